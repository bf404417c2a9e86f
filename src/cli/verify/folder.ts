/**
 * The files around the logs: objects, `now/` and `status.json`. Every object that an edition still needs must be there, every
 * file must have the hash that is its name, and what a page fetches first must be what the newest edition says.
 *
 * While a publisher is at work, these move on. What does not fit is therefore looked at again with the newest checkpoint:
 * what it explains is no fault.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ContestKind, RegionCode } from "../../election/codes.ts";
import { fromUtf8, utf8 } from "../../ledger/bytes.ts";
import { CheckpointError } from "../../ledger/checkpoint.ts";
import { type Hash, hashHex } from "../../ledger/hash.ts";
import { NoteError } from "../../ledger/note.ts";
import { openProof, ProofError } from "../../ledger/proof.ts";
import type { SignedEdition } from "../../publish/edition.ts";
import { nowPath, nowRegionPath, objectPath, STATUS } from "../../publish/layout.ts";
import { namesBytes, namesFiles } from "../../publish/names.ts";
import { mustGet, PublishedError } from "../log-files.ts";
import { Reader, readStatus } from "../reader.ts";
import type { Source } from "../source.ts";
import type { Definitions } from "./definitions.ts";
import type { Faults } from "./faults.ts";
import type { FilesJob } from "./jobs.ts";
import type { NeededObjects } from "./needed.ts";
import type { Pool } from "./pool.ts";

/** What must exist. */
export interface ObjectLists {
  readonly needed: NeededObjects;
  /** Whatever is pruned: advances, definitions. */
  readonly must: ReadonlySet<Hash>;
  readonly editions: readonly SignedEdition[];
  /** Whether `needed` is complete. */
  readonly folded: boolean;
}

/** Files handed to a thread at a time. */
const PORTION = 256;

/** Has all objects checked, those that must exist and those that are there, and returns how many there are. */
export async function checkObjects(source: Source, lists: ObjectLists, pool: Pool): Promise<number> {
  const there = source.folder === null ? [] : listObjects(source.folder);
  const check = [...new Set<Hash>([...lists.must, ...neededNow(lists, null), ...there])];
  for (let from = 0; from < check.length; from += PORTION) {
    const files = check.slice(from, from + PORTION).map((hash) => [objectPath(hash), hash] as const);
    await pool.give({ kind: "files", files });
  }
  return check.length;
}

/** The objects that must exist when `newer` (number and time) is the newest edition; null: when the audited one is. */
function neededNow({ needed, editions, folded }: ObjectLists, newer: readonly [number, number] | null): Iterable<Hash> {
  if (!folded) return [];
  const times = editions.map(({ edition }) => [edition.number, edition.time] as const);
  const last = newer ?? times.at(-1) ?? [0, 0];
  return needed.after(newer ? [...times, newer] : times, last[1]);
}

/**
 * What of the missing and the wrong files is a fault. Where a newer edition was published in the meantime, `now/` shows it,
 * and objects that it no longer needs may be gone.
 */
export async function judgeFiles(
  lists: ObjectLists,
  reader: Reader,
  missing: readonly string[],
  wrong: readonly string[],
  faults: Faults,
): Promise<void> {
  if (missing.length === 0 && wrong.length === 0) return;
  const newer = await newerEdition(reader);
  const must = new Set([...lists.must, ...neededNow(lists, newer)].map(objectPath));
  for (const path of missing) {
    if (path.startsWith("now/") ? newer === null : must.has(path)) faults.add(path, "is missing");
  }
  for (const path of wrong) {
    if (!path.startsWith("now/")) faults.add(path, "does not have the hash that is its name");
    else if (newer === null) faults.add(path, "is not what the newest edition says");
  }
}

/** Number and time of the newest edition by now, if there is a newer one than the reader's. */
async function newerEdition(reader: Reader): Promise<readonly [number, number] | null> {
  const fresh = await Reader.open(reader.files, reader.trust.vkey);
  if (fresh.newest === reader.newest) return null;
  const { edition } = await fresh.edition();
  return [edition.number, edition.time];
}

const OBJECT = /^[0-9a-f]{62}\.json$/;

function listObjects(folder: string): Set<Hash> {
  const found = new Set<Hash>();
  const objects = join(folder, "object");
  for (const start of existsSync(objects) ? readdirSync(objects) : []) {
    if (!/^[0-9a-f]{2}$/.test(start)) continue;
    for (const name of readdirSync(join(objects, start))) {
      if (OBJECT.test(name)) found.add(`${start}${name.slice(0, -".json".length)}` as Hash);
    }
  }
  return found;
}

/** What `now/` must show. */
export interface Current {
  readonly objects: NeededObjects;
  readonly definitions: Definitions;
}

/**
 * `now/`: the contests' files with their proofs, each region's object, and the names that lie beside it. `current` null: it is not
 * known what they must be.
 */
export async function checkNow(
  source: Source,
  reader: Reader,
  newest: SignedEdition,
  current: Current | null,
  pool: Pool,
  faults: Faults,
): Promise<void> {
  for (const contest of Object.keys(newest.edition.results) as ContestKind[]) {
    try {
      checkContest(await mustGet(reader.files, nowPath(contest)), contest, reader, newest, faults);
    } catch (error) {
      faults.addError(error);
    }
  }
  if (current === null || source.folder === null) return;
  const objects = [...current.objects.current()].map(
    ({ contest, region, hash }) =>
      [nowRegionPath(contest as ContestKind, region as RegionCode), hash, objectPath(hash)] as const,
  );
  const files = [...objects, ...namesThere(source.folder, current.definitions, newest.edition.definition)];
  for (let from = 0; from < files.length; from += PORTION) {
    await pool.give({ kind: "files", files: files.slice(from, from + PORTION) });
  }
}

/** Nothing rests on these files, and an older program published none: what is not there is no fault. */
function* namesThere(folder: string, definitions: Definitions, root: Hash): Generator<FilesJob["files"][number]> {
  for (const [path, hashes] of namesFiles(definitions.model(root))) {
    if (!existsSync(join(folder, path))) continue;
    const [first, ...others] = hashes;
    if (first !== undefined && others.length === 0) yield [path, first, objectPath(first)];
    else yield [path, hashHex(namesBytes(hashes, (hash) => definitions.bytes(hash)))];
  }
}

function checkContest(
  bytes: Uint8Array,
  contest: ContestKind,
  reader: Reader,
  newest: SignedEdition,
  faults: Faults,
): void {
  const path = nowPath(contest);
  const { edition, nation, proof } = parseNow(bytes, path);
  try {
    const { index } = openProof(proof, utf8(edition), [reader.verifier]);
    // A newer edition than the audited one is published while we read: its proof holds, and that is all there is to say.
    if (index >= reader.newest) return;
    if (edition !== fromUtf8(newest.note)) faults.add(path, "does not show the newest edition");
    else if (hashHex(utf8(nation)) !== newest.edition.results[contest])
      faults.add(path, "its nation is not that of its edition");
  } catch (error) {
    if (!(error instanceof ProofError || error instanceof NoteError || error instanceof CheckpointError)) throw error;
    faults.add(path, error.message);
  }
}

function parseNow(bytes: Uint8Array, path: string): { edition: string; nation: string; proof: string } {
  try {
    const { edition, nation, proof } = JSON.parse(fromUtf8(bytes)) as Record<string, unknown>;
    if (typeof edition === "string" && typeof nation === "string" && typeof proof === "string")
      return { edition, nation, proof };
  } catch {
    // Said below.
  }
  throw new PublishedError(path, "does not have the three texts edition, nation and proof");
}

/** `status.json`: nothing signs it, so it must agree with what is signed. */
export async function checkStatus(reader: Reader, genesis: string | null, faults: Faults): Promise<void> {
  try {
    const status = await readStatus(reader.files);
    if (status.election !== reader.election) faults.add(STATUS, `names the election ${String(status.election)}`);
    if (status.editionsVkey !== reader.trust.vkey) faults.add(STATUS, "names another editions key");
    if (genesis !== null && status.genesis !== genesis)
      faults.add(STATUS, "names another genesis than the log pleno/0 has");
    if (typeof status.edition !== "number" || status.edition < reader.newest)
      faults.add(STATUS, "names an old edition");
  } catch (error) {
    faults.addError(error);
  }
}
