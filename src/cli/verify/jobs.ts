/**
 * What the audit's threads do beside the fold: signatures and leaf hashes of a bundle of entries, and hashes of files. Both
 * need nothing but the bytes and the table of keys, so any thread can do any of them.
 */
import { verify } from "#ed25519";
import { equalBytes } from "../../ledger/bytes.ts";
import { hashHex } from "../../ledger/hash.ts";
import { ED25519, keyIdOf } from "../../ledger/note.ts";
import { parseParts, type Statement, StatementError } from "../../ledger/statement.ts";
import { completeRoot, parseBundle, TILE_WIDTH } from "../../ledger/tiles.ts";
import { HASH_BYTES, leafHash } from "../../ledger/tree.ts";
import type { PublicFiles } from "../../store/public-files.ts";
import type { Fault } from "./faults.ts";
import type { KeyTable } from "./key-table.ts";

/** A bundle of a log: its first `count` entries are to be checked. */
export interface BundleJob {
  readonly kind: "bundle";
  readonly log: string;
  /** Number of the bundle. */
  readonly n: number;
  readonly count: number;
  /** A thread gets a copy of its own: node checks no signatures on shared memory. */
  readonly bytes: Uint8Array;
  /** Where the tile with the hashes of these entries lies. */
  readonly tilePath: string;
  /** Where it lies once it is full. */
  readonly fullTilePath: string;
}

/** Files that must have these hashes. One that is another name of `known`, which is checked as well, need not be read. */
export interface FilesJob {
  readonly kind: "files";
  readonly files: readonly (readonly [path: string, hash: string, known?: string])[];
}

export type Job = BundleJob | FilesJob;

export interface Done {
  readonly faults: readonly Fault[];
  readonly signatures: number;
  /** Places in the bundle whose hash in the tile is another; null: the tile is missing or too short. */
  readonly differing: readonly number[] | null;
  /** Root of a full bundle, which is a hash of the tile above. */
  readonly root: Uint8Array | null;
  /** Files that are not there, or have another hash. */
  readonly missing: readonly string[];
  readonly wrong: readonly string[];
  /** Seconds of this thread. */
  readonly signing: number;
  readonly hashing: number;
}

const NOTHING: Done = {
  faults: [],
  signatures: 0,
  differing: [],
  root: null,
  missing: [],
  wrong: [],
  signing: 0,
  hashing: 0,
};

/** Does one job. Throws only if the files cannot be read at all. */
export function work(job: Job, files: PublicFiles, keys: KeyTable): Promise<Done> {
  return job.kind === "bundle" ? checkBundle(job, files, keys) : checkFiles(job, files);
}

async function checkFiles({ files: list }: FilesJob, files: PublicFiles): Promise<Done> {
  const began = performance.now();
  const missing: string[] = [];
  const wrong: string[] = [];
  for (const [path, hash, known] of list) {
    if (known !== undefined && files.isSame(path, known)) continue;
    const bytes = await files.get(path);
    if (bytes === null) missing.push(path);
    else if (hashHex(bytes) !== hash) wrong.push(path);
  }
  return { ...NOTHING, missing, wrong, hashing: secondsSince(began) };
}

async function checkBundle(job: BundleJob, files: PublicFiles, keys: KeyTable): Promise<Done> {
  const began = performance.now();
  const entries = parseBundle(job.bytes, job.count);
  const hashes = new Uint8Array(entries.length * HASH_BYTES);
  for (const [i, entry] of entries.entries()) hashes.set(leafHash(entry), i * HASH_BYTES);
  const tile = (await files.get(job.tilePath)) ?? (await files.get(job.fullTilePath));
  const differing = tile === null || tile.length < hashes.length ? null : differences(hashes, tile);
  const root = entries.length === TILE_WIDTH ? completeRoot(hashes) : null;
  const hashing = secondsSince(began);

  const signing = performance.now();
  const faults: Fault[] = [];
  let signatures = 0;
  for (const [i, entry] of entries.entries()) {
    const where = `${job.log}#${job.n * TILE_WIDTH + i}`;
    const statement = readStatement(entry);
    if (statement === null) faults.push({ where, what: "is not a signed statement" });
    else signatures += checkSignatures(statement, keys, (what) => faults.push({ where, what }));
  }
  return { ...NOTHING, faults, signatures, differing, root, hashing, signing: secondsSince(signing) };
}

function differences(hashes: Uint8Array, tile: Uint8Array): number[] {
  if (equalBytes(hashes, tile.subarray(0, hashes.length))) return [];
  const at: number[] = [];
  for (let i = 0; i < hashes.length; i += HASH_BYTES) {
    if (!equalBytes(hashes.subarray(i, i + HASH_BYTES), tile.subarray(i, i + HASH_BYTES))) at.push(i / HASH_BYTES);
  }
  return at;
}

type Signed = Pick<Statement, "text" | "signatures">;

function readStatement(entry: Uint8Array): Signed | null {
  try {
    return parseParts(entry);
  } catch (error) {
    if (error instanceof StatementError) return null;
    throw error;
  }
}

/** Checks all signatures of a statement and returns how many there were. */
function checkSignatures({ text, signatures }: Signed, keys: KeyTable, report: (what: string) => void): number {
  for (const { name, keyId, signature } of signatures) {
    const signer = signerOf(name, keys);
    if (signer === null) report(`is signed by ${name}, a key that no log names`);
    else if (!equalBytes(keyId, signer.keyId) || !verify(signer.publicKey, signature, text)) {
      report(`the signature of ${name} does not fit`);
    }
  }
  return signatures.length;
}

interface KnownSigner {
  readonly publicKey: Uint8Array;
  readonly keyId: Uint8Array;
}

const SHORT_DIGITS = 16;
const MOST_SIGNERS = 4_096;
/** A station's key comes back in five contests of one log; its name and id are hashes that need computing once. */
const signers = new Map<string, KnownSigner>();

/** The key that a name (`…/k/<short name>`) stands for; null if no log names it. */
function signerOf(name: string, keys: KeyTable): KnownSigner | null {
  const known = signers.get(name);
  if (known) return known;
  const publicKey = /\/k\/[0-9a-f]{16}$/.test(name) ? keys.get(name.slice(-SHORT_DIGITS)) : null;
  if (publicKey === null) return null;
  const signer = { publicKey, keyId: keyIdOf(name, ED25519, publicKey) };
  if (signers.size >= MOST_SIGNERS) signers.clear();
  signers.set(name, signer);
  return signer;
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}
