// A small published election for the tests of the documents: both books, a correction, a held sheet, a party whose lines do
// not add up, a ruling without stations, a province of two districts. Everything that the formats have occurs in it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ContestKind, RegionCode } from "../src/election/codes.ts";
import { canonical, type Json } from "../src/ledger/canonical.ts";
import { signCheckpoint } from "../src/ledger/checkpoint.ts";
import { asHash, type Hash, hashHex } from "../src/ledger/hash.ts";
import { ed25519Signer } from "../src/ledger/note.ts";
import { keyName } from "../src/ledger/statement.ts";
import { encodeEntry } from "../src/ledger/tiles.ts";
import { Frontier, leafHash } from "../src/ledger/tree.ts";
import { type Edition, readEdition, signEdition } from "../src/publish/edition.ts";
import { objectPath } from "../src/publish/layout.ts";
import { KEYS, type Office, readyOffice } from "../src/publish/testing.ts";
import { figuresFor, ORIGIN, severalDistricts, World } from "../src/tally/testing.ts";

const FIRST = "5101011001001";
const KECAMATAN = "510101" as RegionCode;

/** Publishes the example, as two editions or as one; the caller closes the office. */
export async function publishExample({ editions }: { readonly editions: 1 | 2 }): Promise<Office> {
  const office = readyOffice(new World(severalDistricts()));
  const { world } = office;
  const publisher = await office.open();
  const sheet = world.sheet(FIRST, "ppwp", [100, 60, 40], null);
  world.sheet("5101011001002", "ppwp", [10, 20, 30], null, { figures: figuresFor(61, 5) });
  world.sheet("5101011002001", "dpr", [5, 10, 15, 1, 2, 3], null, { parties: [31, 6] });
  world.sheet("5102011001001", "dprdp", [5, 10, 15, 1, 2, 3], null);
  await office.receive();
  if (editions === 2) {
    await publisher.step();
    office.now += 1000;
  }
  world.sheet(FIRST, "ppwp", [90, 65, 40], sheet.id);
  world.sheet("5102011002001", "dprdp", [7, 0, 1, 4, 0, 8], null);
  world.sheet("5201011001001", "dpd", [4, 3, 2, 1], null);
  const reading = world.reading(KECAMATAN, FIRST, "ppwp", [90, 65, 40], null);
  const corrected = { outcome: "corrected", reason: "entry-error", fields: ["votes.0"] };
  world.reading(KECAMATAN, FIRST, "ppwp", [88, 65, 40], reading.id, corrected, ["operator 510101", "chair 510101"]);
  for (const [contest, district] of [
    ["dpr", "5100"],
    ["dprdp", "5102"],
  ] as const) {
    const ruling = { contest, deltas: [[1, 2]], district, kind: "ruling", number: "1/PHPU", region: "51" };
    world.write("pleno/51", "order", ruling, ["chair 51"]);
  }
  await office.receive();
  await publisher.step();
  return office;
}

/** An object of the result tree as a forger would change it. */
// biome-ignore lint/suspicious/noExplicitAny: a forger changes what he likes
export type Forged = any;

/**
 * Makes the only edition of `publicDir` say something else about a contest, all hashes and signatures right again: what a
 * publisher who lies could publish. `path` names the regions from the nation down to the one whose object is changed, or whose
 * `lists` are.
 */
export function forgeResult(
  publicDir: string,
  contest: ContestKind,
  path: readonly string[],
  change: (object: Forged) => void,
): Hash {
  const bundle = join(publicDir, "tile/entries/000.p/1");
  const { edition } = readEdition(new Uint8Array(readFileSync(bundle).subarray(2)));
  const { root, changed } = forgeObject(publicDir, edition.results[contest] ?? asHash(""), path.slice(1), change);
  publishAlone(publicDir, { ...edition, results: { ...edition.results, [contest]: root } });
  return changed;
}

function forgeObject(
  publicDir: string,
  hash: Hash,
  path: readonly string[],
  change: (object: Forged) => void,
): { root: Hash; changed: Hash } {
  const object: Forged = JSON.parse(readFileSync(join(publicDir, objectPath(hash)), "utf8"));
  const [next, ...rest] = path;
  const [holder, key] =
    next === "lists"
      ? [object, "lists"]
      : [object.children?.find(({ code }: { code: string }) => code === next), "hash"];
  const below = holder ? forgeObject(publicDir, holder[key], rest, change) : null;
  if (below) holder[key] = below.root;
  else change(object);
  const bytes = canonical(object as Json);
  const root = hashHex(new TextEncoder().encode(bytes));
  const file = join(publicDir, objectPath(root));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return { root, changed: next === "lists" ? root : (below?.changed ?? root) };
}

/** Writes a log of editions with this one alone in it, signed by the key of the editions. */
function publishAlone(publicDir: string, edition: Edition): void {
  const genesis: { genesis: string } = JSON.parse(readFileSync(join(publicDir, "status.json"), "utf8"));
  const { publicKey } = ed25519Signer(ORIGIN, KEYS.editions);
  const key = ed25519Signer(keyName(ORIGIN, publicKey), KEYS.editions);
  const { note } = signEdition(edition, genesis.genesis.slice(0, 32), key);
  const frontier = new Frontier();
  frontier.push(leafHash(note));
  writeFileSync(join(publicDir, "tile/entries/000.p/1"), encodeEntry(note));
  writeFileSync(join(publicDir, "tile/0/000.p/1"), leafHash(note));
  const origin = ed25519Signer(ORIGIN, KEYS.editions);
  writeFileSync(
    join(publicDir, "checkpoint"),
    signCheckpoint({ origin: ORIGIN, size: 1, root: frontier.root() }, [origin]),
  );
}
