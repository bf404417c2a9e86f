/** `teguh bundle`: one signed file with all that a kecamatan needs to hold its plenary alone. The centre may be running. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Standings } from "../core/standings.ts";
import { isRegionCode, tpsLog } from "../election/codes.ts";
import { signEndpoints } from "../election/endpoints.ts";
import { definitionsIn } from "../publish/definitions.ts";
import { People } from "../recap/people.ts";
import { writeDurable } from "../store/durable.ts";
import { readFileOrNull, syncFolder } from "../store/files.ts";
import { loadKeys } from "../store/keys.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { LogName, Store } from "../store/store.ts";
import { readBundle } from "../sync/bundle.ts";
import { appendPhotos, photosOf } from "../sync/bundle-photos.ts";
import { centreKeys, ENDPOINTS_FILE, electionOf } from "../sync/centre-folder.ts";
import { makeBundle } from "../sync/make-bundle.ts";
import {
  type Arguments,
  type Command,
  CommandError,
  type ExitCode,
  grouped,
  type Io,
  need,
  printJson,
} from "./command.ts";

export const command: Command = {
  usage: "bundle REGION --data DIR --out FILE [--endpoints URL,URL] [--photos] [--json]",
  summary: "Makes the file with which a kecamatan can work alone; --photos: with the photographs of its sheets.",
  options: {
    data: { type: "string" },
    out: { type: "string" },
    endpoints: { type: "string" },
    photos: { type: "boolean" },
    json: { type: "boolean" },
  },
  positionals: [1, 1],
  run,
};

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const [region = ""] = args.positionals;
  if (!isRegionCode(region) || region.length !== 6)
    throw new CommandError(`${region} is no code of a kecamatan (6 digits)`);
  const data = need(command, args, "data");
  const out = need(command, args, "out");
  const secrets = loadKeys(join(data, "keys"));
  const store = openSqliteStore(join(data, "store.db"), { readOnly: true });
  try {
    const definitions = definitionsIn(join(data, "definition"));
    const standings = new Standings(store, (root) => definitions.model(root));
    const keys = centreKeys(await electionOf(store, data), secrets);
    await standings.load("pleno/0");
    const { genesis } = standings;
    const model = standings.model("pleno/0");
    if (genesis === null || model === null)
      throw new CommandError(`${data} has no definition; its founding was cut short`);
    if (model.region(region) === undefined) throw new CommandError(`this election has no kecamatan ${region}`);
    const time = Date.now();
    const urls = args.text("endpoints")?.split(",") ?? [];
    // What is said once holds for the next bundles too, and is what the centre tells everyone who asks.
    if (urls.length > 0) {
      const list = { election: genesis.electionTag, number: time, time, urls };
      writeDurable(join(data, ENDPOINTS_FILE), signEndpoints(list, keys.centre), 0o644);
    }
    const photos = args.flag("photos") ? photosOf(data, await allOf(store, tpsLog(region))) : [];
    const bytes = await makeBundle({
      store,
      standings,
      genesis,
      region,
      time,
      object: (hash) => readFileOrNull(join(data, "definition", `${hash}.json`)) ?? undefined,
      model: (root) => definitions.model(root),
      logKey: keys.checkpointKey,
      centre: keys.centre,
      endpoints: readFileOrNull(join(data, ENDPOINTS_FILE)),
      people: People.open(data, genesis.election).packed(region),
      photos,
    });
    // What was made must be what the other side will accept.
    const { logs, objects } = readBundle(bytes, { genesis: genesis.id, region });
    const next = `${out}.new`;
    writeFileSync(next, bytes);
    appendPhotos(next, data, photos);
    renameSync(next, out);
    await syncFolder(join(out, ".."));
    const size = photos.reduce((sum, photo) => sum + photo.bytes, bytes.length);
    if (args.flag("json")) {
      const sizes = Object.fromEntries(logs.map(({ log, entries }) => [log, entries.length]));
      printJson(io, {
        ok: true,
        region,
        genesis: genesis.id,
        bytes: size,
        objects: objects.size,
        photos: photos.length,
        logs: sizes,
      });
    } else {
      io.out(`${out}: ${model.region(region)?.name} (${region}), ${grouped(size)} byte, genesis ${genesis.id}\n`);
    }
    return 0;
  } finally {
    await store.close();
  }
}

/** All entries that a log has now. */
async function allOf(store: Store, log: LogName): Promise<Uint8Array[]> {
  const head = await store.head(log);
  return head === null ? [] : store.read(log, 0, head.size);
}
