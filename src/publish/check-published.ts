/**
 * Checks a public folder as a stranger would, from its files alone: trees, signatures, editions, the fold, objects, `now/`.
 * For tests of the publisher; it shares with it the formats and the fold, and none of the code that writes.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { NATION, type RegionCode } from "../election/codes.ts";
import { equalBytes, fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import { openCheckpoint } from "../ledger/checkpoint.ts";
import { asHash, type Hash, hashHex } from "../ledger/hash.ts";
import { ed25519Verifier, parseVkey, type Verifier } from "../ledger/note.ts";
import { openProof } from "../ledger/proof.ts";
import { checkSignature, parseStatement } from "../ledger/statement.ts";
import { growTiles, parseBundle, TILE_WIDTH, tilePath, tilesForSize } from "../ledger/tiles.ts";
import { Frontier, HASH_BYTES, leafHash } from "../ledger/tree.ts";
import type { LogName } from "../store/store.ts";
import { Tally, type TallyOptions } from "../tally/fold.ts";
import { type Edition, readAdvance, readEdition } from "./edition.ts";
import { keptEditions } from "./keep.ts";
import { CHECKPOINT, checkpointPath, logFolder, nowNamesPath, nowPath, nowRegionPath, objectPath } from "./layout.ts";

export interface Expected {
  readonly origin: string;
  readonly editionsKey: Uint8Array;
  readonly definition: TallyOptions["definition"];
  /** The folder is being written: it may hold more than its checkpoint says, and `now/` may be an edition behind. */
  readonly midway: boolean;
}

/** From which edition up to which an object stood in a place. */
interface Use {
  readonly hash: Hash;
  readonly bytes: Uint8Array;
  readonly fine: boolean;
  readonly from: number;
  until: number;
}

/** Asserts that all of the folder holds, and returns its editions. */
export function checkPublished(dir: string, { origin, editionsKey, definition, midway }: Expected): Edition[] {
  const file = (path: string) => readFileSync(join(dir, path));
  if (midway && !existsSync(join(dir, CHECKPOINT))) return [];
  const editionNotes = entriesOf(dir, "editions", ed25519Verifier(origin, editionsKey));
  const editions = editionNotes.map((note, i) => {
    const { edition, id } = readEdition(note);
    assert.ok(checkSignature(parseStatement(note), 0, editionsKey), `edition ${i + 1} is signed`);
    return { edition, id };
  });
  const logs = new Map<LogName, Uint8Array[]>();
  const vkeys = vkeysOf(dir, editions.at(-1)?.edition.heads);
  const tally = new Tally({ definition });
  const uses: Use[] = [];
  editions.forEach(({ edition }, i) => {
    assert.equal(edition.number, i + 1);
    assert.equal(edition.previous, editions[i - 1]?.id ?? null);
    assert.ok(edition.time >= (editions[i - 1]?.edition.time ?? 0), "time does not fall");
    for (const [log, size, root] of readAdvance(objectAt(dir, edition.advance))) {
      const entries = logs.get(log) ?? entriesOf(dir, log, parseVkey(vkeys.get(log) ?? ""));
      logs.set(log, entries);
      for (let at = tally.offered(log); at < size; at++) tally.add(log, entries[at] ?? assert.fail(`${log} ${at}`));
      assert.equal(toHex(tally.root(log)), root, `root of ${log} in edition ${edition.number}`);
    }
    const build = tally.build((log) => vkeys.get(log) ?? "");
    assert.deepEqual({ ...build.results }, { ...edition.results });
    assert.deepEqual([build.districts, build.heads], [edition.districts, edition.heads]);
    for (const object of build.objects) {
      const replaced = uses.findLast((use) => use.hash === object.replaces && use.until === Number.POSITIVE_INFINITY);
      if (replaced) replaced.until = edition.number;
      const fine = object.kind === "detail" || object.level === "desa";
      uses.push({
        hash: object.hash,
        bytes: object.bytes,
        fine,
        from: edition.number,
        until: Number.POSITIVE_INFINITY,
      });
      if (!midway && object.kind === "result" && object.contest && edition.number === editions.length) {
        const region = object.region as RegionCode;
        assert.equal(hashHex(file(nowRegionPath(object.contest, region))), object.hash, region);
      }
    }
  });
  const all = editions.map(({ edition }) => edition);
  checkObjects(dir, uses, all, midway);
  if (midway) return all;
  for (const [log, entries] of logs)
    assert.equal(entries.length, tally.size(log), `${log} is as long as its editions say`);
  const last = editions.at(-1)?.edition;
  for (const [contest, hash] of Object.entries(last?.results ?? {})) {
    const now = JSON.parse(fromUtf8(file(nowPath(contest as keyof Edition["results"]))));
    const { index, checkpoint } = openProof(now.proof, Buffer.from(now.edition), [
      ed25519Verifier(origin, editionsKey),
    ]);
    assert.deepEqual([index, checkpoint.size], [editions.length - 1, editions.length]);
    assert.equal(hashHex(Buffer.from(now.nation)), hash);
  }
  if (last) checkNames(dir, uses);
  for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) assert.doesNotMatch(name, /\.new$/);
  return all;
}

/** Whoever reads a region finds in its file all names that its object asks for, each under its hash. */
function checkNames(dir: string, uses: readonly Use[]): void {
  const current = uses.filter(({ until }) => until === Number.POSITIVE_INFINITY).map(({ bytes }) => parse(bytes));
  for (const object of current) {
    if (object.format !== "teguh/result/v1") continue;
    const lines = fromUtf8(readFileSync(join(dir, nowNamesPath(object.contest, object.region)))).split("\n");
    const offered = new Set<string>(lines.map((line) => hashHex(utf8(line))));
    const lists = [...(object.count.lists ?? []), ...(object.recap.lists ?? [])].map(({ names }) => names);
    for (const hash of [...lists, ...(object.partyNames ?? [])]) {
      assert.ok(offered.has(hash), `${object.contest} ${object.region} names ${hash}`);
    }
  }
}

const parse = (bytes: Uint8Array) => JSON.parse(fromUtf8(bytes));

/** Every kept object is there, every file is what its name says, and of the past nothing else. */
function checkObjects(dir: string, uses: readonly Use[], editions: readonly Edition[], midway: boolean): void {
  const times = editions.map(({ number, time }) => [number, time] as const);
  const keptAt = (now = 0) => {
    const { whole, coarse } = keptEditions(times, now);
    return ({ fine, from, until }: Use) =>
      [...whole, ...(fine ? [] : coarse)].some((number) => number >= from && number < until);
  };
  for (const use of uses.filter(keptAt(editions.at(-1)?.time))) {
    assert.ok(equalBytes(objectAt(dir, use.hash), use.bytes));
  }
  if (midway) return;
  // What is let go follows the flushed editions, hence the last but one.
  const mayStay = new Set(uses.filter(keptAt(editions.at(-2)?.time)).map(({ hash }) => hash));
  const known = new Set(uses.map(({ hash }) => hash));
  for (const name of readdirSync(join(dir, "object"), { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".json")) continue;
    const hash = asHash(name.replace("/", "").replace(".json", ""));
    objectAt(dir, hash);
    assert.ok(mayStay.has(hash) || !known.has(hash), `${name} is of no kept edition`);
  }
}

function objectAt(dir: string, hash: Hash): Uint8Array {
  const bytes = readFileSync(join(dir, objectPath(hash)));
  assert.equal(hashHex(bytes), hash, objectPath(hash));
  return bytes;
}

/** The entries of a log, its checkpoint opened and every tile of every level compared. */
function entriesOf(dir: string, log: LogName, key: Verifier): Uint8Array[] {
  const { size, root } = openCheckpoint(readFileSync(join(dir, checkpointPath(log))), [key]);
  const prefix = `${dir}/${logFolder(log)}`;
  const entries: Uint8Array[] = [];
  for (const { level, n, width } of tilesForSize(size)) {
    if (level === "entries") entries.push(...parseBundle(readFileSync(prefix + tilePath(level, n, width)), width));
  }
  const frontier = new Frontier();
  for (const entry of entries) frontier.push(leafHash(entry));
  assert.ok(equalBytes(frontier.root(), root), `root of ${log}`);
  const tiles = growTiles(0, entries.map(leafHash), () => assert.fail("nothing is read"));
  for (const { level, n, width, bytes } of tiles) {
    const tile = readFileSync(prefix + tilePath(level, n, width));
    assert.ok(equalBytes(tile.subarray(0, width * HASH_BYTES), bytes), `${log} ${tilePath(level, n, width)}`);
    if (log === "editions" || width === TILE_WIDTH) assert.equal(tile.length, bytes.length);
  }
  return entries;
}

/** The published key of every log, from the tree of heads. */
function vkeysOf(dir: string, heads: Hash | undefined): Map<LogName, string> {
  const vkeys = new Map<LogName, string>();
  const read = (node: { region: string; tps?: string[] | null; pleno?: string[] | null; children?: unknown[] }) => {
    if (node.tps?.[2]) vkeys.set(`tps/${node.region}`, node.tps[2]);
    if (node.pleno?.[2]) vkeys.set(`pleno/${node.region}`, node.pleno[2]);
    for (const child of (node.children ?? []) as { region: string; hash?: string }[]) {
      read(child.hash ? JSON.parse(fromUtf8(objectAt(dir, asHash(child.hash)))) : child);
    }
  };
  if (heads) read(JSON.parse(fromUtf8(objectAt(dir, heads))));
  assert.ok(!heads || vkeys.has(`pleno/${NATION}`));
  return vkeys;
}

/** How many files there are, counting each inode once, and how many bytes they hold. */
export function inodesIn(dir: string): { count: number; bytes: number } {
  const seen = new Map<number, number>();
  for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    const { ino, size } = statSync(join(dir, name));
    seen.set(ino, size);
  }
  return { count: seen.size, bytes: [...seen.values()].reduce((sum, size) => sum + size, 0) };
}
