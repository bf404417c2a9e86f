/** `teguh bundle`: one signed file with all that a kecamatan needs to hold its plenary alone. The centre may be running. */
import { join } from "node:path";
import { Standings } from "../core/standings.ts";
import { isRegionCode } from "../election/codes.ts";
import { signEndpoints } from "../election/endpoints.ts";
import { definitionsIn } from "../publish/definitions.ts";
import { People } from "../recap/people.ts";
import { readFileOrNull, syncFolder, writeAtomic } from "../store/files.ts";
import { loadKeys } from "../store/keys.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import { readBundle } from "../sync/bundle.ts";
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
  usage: "bundle REGION --data DIR --out FILE [--endpoints URL,URL] [--json]",
  summary: "Makes the file with which a kecamatan can work alone.",
  options: {
    data: { type: "string" },
    out: { type: "string" },
    endpoints: { type: "string" },
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
      writeAtomic(join(data, ENDPOINTS_FILE), signEndpoints(list, keys.centre));
    }
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
    });
    // What was made must be what the other side will accept.
    const { logs, objects } = readBundle(bytes, { genesis: genesis.id, region });
    writeAtomic(out, bytes);
    await syncFolder(join(out, ".."));
    if (args.flag("json")) {
      const sizes = Object.fromEntries(logs.map(({ log, entries }) => [log, entries.length]));
      printJson(io, { ok: true, region, genesis: genesis.id, bytes: bytes.length, objects: objects.size, logs: sizes });
    } else {
      io.out(
        `${out}: ${model.region(region)?.name} (${region}), ${grouped(bytes.length)} byte, genesis ${genesis.id}\n`,
      );
    }
    return 0;
  } finally {
    await store.close();
  }
}
