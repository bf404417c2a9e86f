/**
 * Bali with the logs of its kecamatan handed to laptops, each with a reading of every station in every contest in its own folder and
 * none of it at the centre yet: what it is after a night without a line.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import type { Sequencer } from "../src/core/sequence.ts";
import { parentOf, plenoLog, type RegionCode } from "../src/election/codes.ts";
import type { Model, Region } from "../src/election/model.ts";
import { toHex } from "../src/ledger/bytes.ts";
import { asHash, type Hash } from "../src/ledger/hash.ts";
import { ed25519Signer } from "../src/ledger/note.ts";
import { keyName, signStatement } from "../src/ledger/statement.ts";
import { EMPTY_ROOT } from "../src/ledger/tree.ts";
import { definitionsIn } from "../src/publish/definitions.ts";
import { readFileOrNull } from "../src/store/files.ts";
import { loadKeys } from "../src/store/keys.ts";
import { type Bundle, readBundle } from "../src/sync/bundle.ts";
import { centreKeys, type OpenCentre, openCentre } from "../src/sync/centre-folder.ts";
import { makeBundle } from "../src/sync/make-bundle.ts";
import { nodeSettings, nodeVkey, openNode, receiveBundle } from "../src/sync/node-folder.ts";
import { figuresFor } from "../src/tally/testing.ts";
import type { Data } from "./data.ts";
import { stationsOf } from "./election.ts";
import { seedOf } from "./nation.ts";

/** Readings that are on their way into a laptop's log at the same time: they share an append. */
const AT_ONCE = 256;

/** Where a kecamatan's laptop has its folder. */
export const hallFolder = (data: Data, region: RegionCode): string => join(data.dir, "halls", region);

/** The kecamatan of the election, by code. */
export const kecamatanOf = (model: Model): readonly Region[] =>
  model.regions.filter(({ level }) => level === "kecamatan");

/** The centre's folder, open, with what is needed to make bundles. */
export async function withCentre<T>(
  data: Data,
  work: (centre: OpenCentre, bundleOf: (region: RegionCode) => Promise<Uint8Array>) => Promise<T>,
): Promise<T> {
  const secrets = loadKeys(join(data.dir, "keys"));
  const definitions = definitionsIn(data.definitionDir);
  const model = (root: Hash) => definitions.model(root);
  const centre = await openCentre(data.dir, secrets, model, Date.now);
  try {
    const { genesis } = centre.sequencer.standings;
    if (genesis === null) throw new TypeError("the folder holds no election");
    const keys = centreKeys(genesis.election, secrets);
    return await work(centre, (region) =>
      makeBundle({
        store: centre.store,
        standings: centre.sequencer.standings,
        genesis,
        region,
        time: Date.now(),
        object: (hash) => readFileOrNull(join(data.definitionDir, `${hash}.json`)) ?? undefined,
        model,
        logKey: keys.checkpointKey,
        centre: keys.centre,
        endpoints: null,
        people: null,
        photos: [],
      }),
    );
  } finally {
    await centre.close();
  }
}

/** Hands a kecamatan's log to a key, as the root, which is the nation's chair, may. */
export async function handTo(
  sequencer: Sequencer,
  { store }: OpenCentre,
  data: Data,
  log: string,
  vkey: string,
): Promise<void> {
  const { root } = loadKeys(join(data.dir, "keys"));
  const { genesis } = sequencer.standings;
  if (root === null || genesis === null) throw new TypeError("the folder holds no election, or not its root key");
  const head = await store.head(log);
  await sequencer.standings.load(log);
  const epoch = (sequencer.standings.custodies(log).at(-1)?.epoch ?? 0) + 1;
  const body = { log, size: head?.size ?? 0, root: toHex(head?.root() ?? EMPTY_ROOT), vkey, epoch };
  const region = log.slice("pleno/".length) as RegionCode;
  const signer = ed25519Signer(keyName(genesis.election, publicKeyOf(root)), root);
  await sequencer.write(plenoLog(parentOf(region) ?? region), "custody", body, [signer]);
}

/** Makes the laptops' folders beside the centre's, unless they are there. */
export async function prepareHalls(data: Data): Promise<void> {
  await data.statements({ sheets: false });
  const done = join(data.dir, "halls.done");
  if (existsSync(done)) return;
  const began = performance.now();
  rmSync(join(data.dir, "halls"), { recursive: true, force: true });
  const model = data.model();
  let readings = 0;
  await withCentre(data, async (centre, bundleOf) => {
    for (const region of kecamatanOf(model)) {
      const dir = hallFolder(data, region.code);
      mkdirSync(dir, { recursive: true });
      await receive(dir, await bundleOf(region.code), region.code);
      const settings = nodeSettings(dir);
      if (settings === null) throw new TypeError(`${dir} was not made`);
      await handTo(centre.sequencer, centre, data, plenoLog(region.code), nodeVkey(dir, settings));
      // A newer one, that brings the hand-over.
      await receive(dir, await bundleOf(region.code), region.code);
      readings += await readAll(dir, model, region);
    }
  });
  writeFileSync(done, String(readings));
  process.stderr.write(
    `made ${readdirSync(join(data.dir, "halls")).length} halls with ${readings} readings in ${((performance.now() - began) / 1000).toFixed(0)} s\n`,
  );
}

/** How many readings all laptops together hold. */
export const readingsIn = (data: Data): number =>
  Number(Buffer.from(readFileOrNull(join(data.dir, "halls.done")) ?? []).toString());

async function receive(dir: string, bytes: Uint8Array, region: RegionCode): Promise<void> {
  const bundle: Bundle = readBundle(bytes, { genesis: null, region });
  let word = 0;
  await receiveBundle(dir, bundle, (count) => seedOf(`${dir} ${word++}`).subarray(0, count));
}

/** Every station in every contest, as its paper says, by the chair. */
async function readAll(dir: string, model: Model, region: Region): Promise<number> {
  const node = await openNode(dir, Date.now);
  const log = plenoLog(region.code);
  const signer = ed25519Signer(keyName(model.origin, publicKeyOf(seedOf(region.code))), seedOf(region.code));
  let count = 0;
  let waiting: Promise<unknown>[] = [];
  for (const reading of readingsOf(model, region, node.replica.home.genesis.electionTag)) {
    waiting.push(node.sequencer.append(log, signStatement("teguh/reading/v1", reading, [signer])));
    count++;
    if (waiting.length < AT_ONCE) continue;
    await Promise.all(waiting);
    waiting = [];
  }
  await Promise.all(waiting);
  await node.close();
  return count;
}

/** What is read of the stations of a kecamatan, without the signers. */
export function* readingsOf(model: Model, region: Region, election: string) {
  for (const station of stationsOf(model, region)) {
    const desa = model.region(station.slice(0, 10));
    for (const contest of model.contests) {
      const district = desa && contest.districtOf(desa);
      if (!district) continue;
      const votes = district.choices.map((_, i) => (Number(station.slice(-3)) + i) % 7);
      const valid = votes.reduce((sum, value) => sum + value, 0);
      const parties = district.parties.map(({ columns }) =>
        columns.reduce((sum, column) => sum + (votes[column] ?? 0), 0),
      );
      const nothing = {
        evidence: null,
        fields: [],
        incident: null,
        initialled: [],
        previous: null,
        reason: null,
        refused: [],
      };
      yield {
        ...nothing,
        contest: contest.kind,
        district: asHash(district.object),
        election,
        figures: figuresFor(valid, 4, Math.max(270, valid + 4)),
        outcome: "same",
        parties,
        sheet: null,
        station,
        time: 1_865_000_000_000,
        votes,
      };
    }
  }
}
