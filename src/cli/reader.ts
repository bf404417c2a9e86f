/**
 * Reads an election and believes nothing: the checkpoint is signed, the edition is in its log, every object has the hash by
 * which it was named. Whatever a command prints has come through here.
 *
 * The one thing that must come from elsewhere is the key of the editions log. Given with `--key` it is certain; else it is
 * taken from the publication itself, which proves that everything fits together but not whose election it is. Commands
 * say which of the two it was.
 */
import type { ContestKind, RegionCode } from "../election/codes.ts";
import { BodyError, decodeBody } from "../election/statements.ts";
import { fromUtf8 } from "../ledger/bytes.ts";
import { CheckpointError, openCheckpoint, type ReadCheckpoint } from "../ledger/checkpoint.ts";
import { asHash, type Hash, hashHex } from "../ledger/hash.ts";
import { NoteError, parseVkey, type Verifier } from "../ledger/note.ts";
import { verifyInclusion } from "../ledger/proof.ts";
import { parseStatement, StatementError } from "../ledger/statement.ts";
import { leafHash } from "../ledger/tree.ts";
import { type Advanced, readAdvance, readEdition, type SignedEdition } from "../publish/edition.ts";
import { CHECKPOINT, objectPath, STATUS } from "../publish/layout.ts";
import type { PublicFiles } from "../store/public-files.ts";
import { isObject, type JsonObject } from "./archive/json.ts";
import { CommandError } from "./command.ts";
import { LogFiles, mustGet, PublishedError } from "./log-files.ts";

/** What the key of the editions log rests on. */
export interface Trust {
  readonly vkey: string;
  /** Given by the caller; false: as the publication itself says. */
  readonly given: boolean;
}

export class Reader {
  readonly files: PublicFiles;
  readonly trust: Trust;
  readonly verifier: Verifier;
  readonly checkpoint: ReadCheckpoint;
  /** The signed checkpoint as it was read. */
  readonly checkpointText: string;
  readonly editions: LogFiles;

  private constructor(
    files: PublicFiles,
    trust: Trust,
    verifier: Verifier,
    note: Uint8Array,
    checkpoint: ReadCheckpoint,
  ) {
    this.files = files;
    this.trust = trust;
    this.verifier = verifier;
    this.checkpoint = checkpoint;
    this.checkpointText = fromUtf8(note);
    this.editions = new LogFiles(files, "");
  }

  /** Opens an election by its newest checkpoint. Throws {@link CommandError} or {@link PublishedError}. */
  static async open(files: PublicFiles, key: string | undefined): Promise<Reader> {
    const trust = await readTrust(files, key);
    const verifier = openVkey(trust);
    const note = await mustGet(files, CHECKPOINT);
    return new Reader(files, trust, verifier, note, readCheckpoint(CHECKPOINT, note, verifier));
  }

  /** The election's name: the origin of its editions log. */
  get election(): string {
    return this.verifier.name;
  }

  /** Number of the newest edition that the checkpoint covers. */
  get newest(): number {
    return this.checkpoint.size;
  }

  /** An edition by its number, the newest if undefined, proved to be in the log. */
  async edition(number = this.newest): Promise<SignedEdition> {
    if (number < 1 || number > this.newest) {
      throw new CommandError(`there is no edition ${number}; the newest is ${this.newest}`);
    }
    const { size, root } = this.checkpoint;
    const index = number - 1;
    const note = await this.editions.entry(index, size);
    const proof = await this.editions.proof(index, size);
    if (!verifyInclusion(index, size, leafHash(note), proof, root)) {
      throw new PublishedError(
        this.editions.path("entries", Math.floor(index / 256), size),
        "is not what the checkpoint signs",
      );
    }
    return openEdition(note, number, this.verifier, this.editions.path("entries", Math.floor(index / 256), size));
  }

  /** The bytes of an object, checked against its hash. Throws {@link PublishedError}. */
  async objectBytes(hash: Hash): Promise<Uint8Array> {
    const path = objectPath(hash);
    const bytes = await this.files.get(path);
    if (bytes === null) throw new PublishedError(path, "is missing; editions of the past are kept in part only");
    if (hashHex(bytes) !== hash) throw new PublishedError(path, "does not have the hash that is its name");
    return bytes;
  }

  /** An object that has been checked against its hash. Throws {@link PublishedError}. */
  async object(hash: Hash): Promise<JsonObject> {
    const value: unknown = JSON.parse(fromUtf8(await this.objectBytes(hash)));
    if (!isObject(value as JsonObject)) throw new PublishedError(objectPath(hash), "is not an object");
    return value as JsonObject;
  }

  /** What moved in an edition. Throws {@link PublishedError}. */
  async advance({ edition }: SignedEdition): Promise<readonly Advanced[]> {
    return readAdvance(await this.objectBytes(edition.advance));
  }

  /** Every published log with its size, root and key, from the verified heads of an edition. */
  async *heads({ edition }: SignedEdition): AsyncGenerator<Head> {
    yield* this.#headsBelow(await this.object(edition.heads));
  }

  async *#headsBelow(object: JsonObject): AsyncGenerator<Head> {
    yield* ownHeads(object);
    for (const child of Array.isArray(object.children) ? object.children : []) {
      if (!isObject(child)) continue;
      if (typeof child.hash === "string") yield* this.#headsBelow(await this.object(asHash(child.hash)));
      else yield* ownHeads(child);
    }
  }

  /** The head of one log, reading only the path to it; null if the edition does not have the log. */
  async head(edition: SignedEdition, log: string): Promise<Head | null> {
    const region = log.slice(log.indexOf("/") + 1);
    let object: JsonObject | null = await this.object(edition.edition.heads);
    while (object !== null) {
      for (const head of ownHeads(object)) if (head.log === log) return head;
      const next: JsonObject | undefined = (Array.isArray(object.children) ? object.children : [])
        .filter(isObject)
        .find((child) => region.startsWith(String(child.region)));
      if (next === undefined) return null;
      object = typeof next.hash === "string" ? await this.object(asHash(next.hash)) : { ...next, children: [] };
    }
    return null;
  }
}

/** A log as the heads publish it. */
export interface Head {
  readonly log: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  readonly vkey: string;
}

function* ownHeads(object: JsonObject): Generator<Head> {
  for (const kind of ["pleno", "tps"] as const) {
    const head = object[kind];
    if (!Array.isArray(head)) continue;
    const [size, root, vkey] = head;
    if (typeof size === "number" && typeof root === "string" && typeof vkey === "string") {
      yield { log: `${kind}/${String(object.region)}`, size, root, vkey };
    }
  }
}

async function readTrust(files: PublicFiles, key: string | undefined): Promise<Trust> {
  if (key !== undefined) return { vkey: key, given: true };
  const status = await readStatus(files);
  if (typeof status.editionsVkey !== "string")
    throw new PublishedError(STATUS, "has no editionsVkey; give it with --key");
  return { vkey: status.editionsVkey, given: false };
}

/** `status.json`, which nothing signs: good for hints and titles only. */
export async function readStatus(files: PublicFiles): Promise<JsonObject> {
  const bytes = await mustGet(files, STATUS);
  try {
    const status: unknown = JSON.parse(fromUtf8(bytes));
    if (isObject(status as JsonObject)) return status as JsonObject;
  } catch {
    // Said below: what matters is that it is no status, not why.
  }
  throw new PublishedError(STATUS, "is not a JSON object");
}

function openVkey({ vkey, given }: Trust): Verifier {
  try {
    return parseVkey(vkey);
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    if (given) throw new CommandError(`--key: ${error.message}`);
    throw new PublishedError(STATUS, `editionsVkey: ${error.message}`);
  }
}

/** A log's checkpoint at a path, signed by its key. Throws {@link PublishedError}. */
export function readCheckpoint(path: string, note: Uint8Array, verifier: Verifier): ReadCheckpoint {
  try {
    return openCheckpoint(note, [verifier]);
  } catch (error) {
    if (error instanceof NoteError || error instanceof CheckpointError) throw new PublishedError(path, error.message);
    throw error;
  }
}

/** The edition in a statement: its signature, its number. Throws {@link PublishedError} naming `path`. */
export function openEdition(note: Uint8Array, number: number, verifier: Verifier, path: string): SignedEdition {
  const where = `${path} (edition ${number})`;
  try {
    decodeBody("edition", parseStatement(note).body);
    const signed = readEdition(note);
    if (signed.edition.number !== number)
      throw new PublishedError(where, `says it is edition ${signed.edition.number}`);
    checkEditionSignature(note, verifier, where);
    return signed;
  } catch (error) {
    const isMalformed = error instanceof StatementError || error instanceof BodyError || error instanceof TypeError;
    if (isMalformed) throw new PublishedError(where, error.message);
    throw error;
  }
}

function checkEditionSignature(note: Uint8Array, verifier: Verifier, where: string): void {
  const { text, signatures } = parseStatement(note);
  const ok = signatures.length === 1 && signatures.every((line) => verifier.verify(text, line.signature));
  if (!ok) throw new PublishedError(where, "is not signed by the editions key");
}

/** The hash in a field of an object. Throws {@link PublishedError}. */
export function hashOf(value: unknown, path: string): Hash {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) throw new PublishedError(path, "names no object");
  return asHash(value);
}

/** The nation's result object of a contest in an edition, or a refusal that lists the contests. */
export function resultRoot({ edition }: SignedEdition, contest: ContestKind): Hash {
  const root = edition.results[contest];
  if (root === undefined) {
    throw new CommandError(
      `this election has no contest ${contest}; it has ${Object.keys(edition.results).join(", ")}`,
    );
  }
  return root;
}

/** What stands on the way from the nation to a region: 51, 5103, 510303 … and the region itself. */
export function pathTo(region: RegionCode): RegionCode[] {
  return [2, 4, 6, 10]
    .filter((length) => length <= region.length)
    .map((length) => region.slice(0, length) as RegionCode);
}

/** A line that says what a verified answer rests on. */
export function trustLine({ trust, election }: Reader): string {
  return trust.given
    ? `Signed by the given key of ${election}.`
    : `Signed by the key that this publication itself names (${trust.vkey}); compare it with one you trust, or give --key.`;
}
