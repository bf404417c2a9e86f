/**
 * The bundle: one file with all that a kecamatan needs to begin alone, signed by the centre. `docs/SYNC.md` has it byte for byte.
 *
 *   "teguh/bundle/v1\n" ‖ length of the manifest (uint32) ‖ manifest ‖ parts, each exactly as long as the manifest says ‖ photos
 *
 * The manifest is a statement by the key that the genesis names as the centre's. It lists every part by what it is, never by a
 * path, with its length and hash; so before anything of it is used, all of it is known to be what the centre signed, to the last
 * byte and no byte more. Who opens it compares the genesis with one from elsewhere.
 *
 * Photos are many times what all else is. So they come last, are named by one part, and are never in memory together: see
 * `bundle-photos.ts`.
 */
import Type from "typebox";
import { NATION, plenoLog, type RegionCode } from "../election/codes.ts";
import { MOST_PHOTO_BYTES } from "../election/photo.ts";
import { readDefinition } from "../election/read-definition.ts";
import { fits } from "../election/schema-faults.ts";
import { ElectionId, HashText, KeyName, Log, Natural, strict, Vkey } from "../election/statement-fields.ts";
import { BodyError, decodeBody } from "../election/statements.ts";
import { concat, equalBytes, fromHex, fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { asHash, type Hash, hashHex } from "../ledger/hash.ts";
import type { Signer } from "../ledger/note.ts";
import {
  checkSignature,
  MAX_STATEMENT,
  openBody,
  parseStatement,
  type Statement,
  StatementError,
  signStatement,
} from "../ledger/statement.ts";
import { encodeEntry } from "../ledger/tiles.ts";
import { leafHash, rootOf } from "../ledger/tree.ts";
import type { LogName } from "../store/store.ts";
import type { Genesis } from "../tally/authority.ts";
import { scopeOf } from "../tally/scope.ts";
import { readUint32, uint32 } from "./messages.ts";
import { SyncRefused } from "./refusals.ts";

const MAGIC = utf8("teguh/bundle/v1\n");
const TYPE = "teguh/bundle/v1";
/** Without its photos: far above what the largest kecamatan needs, low enough to be read into memory. */
export const MAX_BUNDLE = 2 ** 27;
/** As many bytes as have the manifest of any bundle. */
export const MOST_HEAD = 16 + 4 + MAX_STATEMENT;
const MAX_OBJECTS = 4_000;
const MAX_LOGS = 8;

const Kecamatan = Type.Unsafe<RegionCode>(Type.String({ pattern: "^[1-9][0-9]{5}$" }));
const Manifest = Type.Object(
  {
    by: Type.Array(KeyName, { minItems: 1, maxItems: 1 }),
    election: ElectionId,
    /** The centre's newest list of endpoints, a note; null if there is none. */
    endpoints: Type.Union([Type.String({ maxLength: 16_384 }), Type.Null()]),
    genesis: HashText,
    logs: Type.Array(
      Type.Object(
        {
          /** Of its part. */
          bytes: Natural,
          /** Of its writer, for all of it or its beginning; null if the centre has none. The manifest vouches for all of it. */
          checkpoint: Type.Union([Type.String({ maxLength: 4_096 }), Type.Null()]),
          hash: HashText,
          log: Log,
          root: HashText,
          size: Natural,
          /** The key under which the log began. */
          vkey: Vkey,
        },
        strict,
      ),
      { maxItems: MAX_LOGS },
    ),
    objects: Type.Array(Type.Object({ bytes: Natural, hash: HashText }, strict), { maxItems: MAX_OBJECTS }),
    /** Who sits in the hall: names and sealed keys, as its desk keeps them; null if there are none. */
    people: Type.Union([Type.Object({ bytes: Natural, hash: HashText }, strict), Type.Null()]),
    /** The list of the photos that follow; absent where none do. */
    photos: Type.Optional(Type.Object({ bytes: Natural, hash: HashText }, strict)),
    region: Kecamatan,
    time: Natural,
  },
  strict,
);
type Manifest = Type.Static<typeof Manifest>;

/** A log as a bundle carries it. */
export interface BundledLog {
  readonly log: LogName;
  /** The key under which it began. */
  readonly vkey: string;
  /** A checkpoint of its writer, for all of it or its beginning, if the centre has one. */
  readonly checkpoint: Uint8Array | null;
  readonly entries: readonly Uint8Array[];
}

/** A photo, or the list of a sheet's pages, that a bundle brings. */
export interface BundledPhoto {
  readonly hash: Hash;
  readonly bytes: number;
}

/** What a bundle brings. */
export interface Bundle {
  readonly genesis: Genesis;
  readonly region: RegionCode;
  /** Milliseconds since 1970: when the centre made it, as it says. */
  readonly time: number;
  readonly endpoints: Uint8Array | null;
  readonly objects: ReadonlyMap<Hash, Uint8Array>;
  /** The plenaries of the region and of those above it, and the sheets of a kecamatan; without entries where one has not begun. */
  readonly logs: readonly BundledLog[];
  /** For the hall's desk, which alone can read it: without it nobody could sign in there. Null if there is nobody. */
  readonly people: Uint8Array | null;
  /** Of the sheets, in the order in which they follow. */
  readonly photos: readonly BundledPhoto[];
}

export interface BundleOptions extends Omit<Bundle, "genesis"> {
  readonly genesis: Pick<Genesis, "id" | "electionTag">;
}

/** The bytes of a bundle up to its photos. `centre` signs under its name as a key. @throws StatementError if it has too many parts */
export function writeBundle(
  { genesis, region, time, endpoints, objects, logs, people, photos }: BundleOptions,
  centre: Signer,
): Uint8Array {
  const parts: Uint8Array[] = [];
  const part = (bytes: Uint8Array) => {
    parts.push(bytes);
    return { bytes: bytes.length, hash: hashHex(bytes) };
  };
  const manifest: JsonObject = {
    election: genesis.electionTag,
    endpoints: endpoints && fromUtf8(endpoints),
    genesis: genesis.id,
    objects: [...objects.values()].map(part),
    logs: logs.map(({ log, vkey, checkpoint, entries }) => ({
      ...part(concat(...entries.map(encodeEntry))),
      checkpoint: checkpoint && fromUtf8(checkpoint),
      log,
      root: toHex(rootOf(entries.map(leafHash))),
      size: entries.length,
      vkey,
    })),
    people: people && part(people),
    ...(photos.length === 0 ? {} : { photos: part(writePhotoList(photos)) }),
    region,
    time,
  };
  const note = signStatement(TYPE, manifest, [centre]);
  return concat(MAGIC, uint32(note.length), note, ...parts);
}

/** How many bytes of a bundle are not photos, by its beginning of at least {@link MOST_HEAD} bytes. @throws SyncRefused */
export function lengthWithoutPhotos(head: Uint8Array): number {
  const { manifest, start } = readManifest(head);
  return partsOf(manifest).reduce((sum, { bytes }) => sum + bytes, start);
}

/**
 * What a bundle without its photos holds, verified to its last byte but for the statements' own signatures, which are checked as
 * they come in.
 * @param expected id of the genesis as it is known from elsewhere, and the region for which it should be; null: not known
 * @throws SyncRefused
 */
export function readBundle(
  bytes: Uint8Array,
  expected: { readonly genesis: string | null; readonly region: RegionCode | null },
): Bundle {
  const { statement, manifest, rest } = readManifest(bytes);
  if (expected.genesis !== null && manifest.genesis !== expected.genesis) throw refuse("other-election");
  if (expected.region !== null && manifest.region !== expected.region) throw refuse("other-region");
  const parts = cutParts(manifest, rest);
  const logs = manifest.logs.map((one, i) => readLog(one, parts[manifest.objects.length + i] ?? NOTHING));
  const genesis = readGenesis(manifest, statement, logs);
  checkNames(manifest, logs);
  const objects = new Map(manifest.objects.map(({ hash }, i) => [asHash(hash), parts[i] ?? NOTHING]));
  checkDefinitions(objects, logs, manifest.region);
  const endpoints = manifest.endpoints === null ? null : utf8(manifest.endpoints);
  const [first, second] = parts.slice(manifest.objects.length + logs.length);
  const people = manifest.people && (first ?? NOTHING);
  const list = (manifest.people === null ? first : second) ?? NOTHING;
  const photos = manifest.photos === undefined ? [] : readPhotoList(list);
  return { genesis, region: manifest.region, time: manifest.time, endpoints, objects, logs, people, photos };
}

const NOTHING = new Uint8Array(0);
const refuse = (reason: ConstructorParameters<typeof SyncRefused>[0]) => new SyncRefused(reason, "bundle");

function readManifest(bytes: Uint8Array) {
  const start = MAGIC.length + 4;
  if (!equalBytes(bytes.subarray(0, MAGIC.length), MAGIC)) throw refuse("not-this-format");
  if (bytes.length < start) throw refuse("cut-short");
  const length = readUint32(bytes, MAGIC.length);
  if (length > MAX_STATEMENT) throw refuse("not-this-format");
  if (bytes.length < start + length) throw refuse("cut-short");
  const { statement, body } = opened(bytes.subarray(start, start + length));
  if (statement.type !== TYPE || !fits(Manifest, body)) throw refuse("not-this-format");
  const manifest = body as unknown as Manifest;
  return { statement, manifest, start: start + length, rest: bytes.subarray(start + length) };
}

function opened(note: Uint8Array): { readonly statement: Statement; readonly body: JsonObject } {
  try {
    const statement = parseStatement(note);
    return { statement, body: openBody(statement) };
  } catch (error) {
    if (error instanceof StatementError) throw refuse("not-this-format");
    throw error;
  }
}

/** The parts that a manifest names, in their order. */
const partsOf = ({ objects, logs, people, photos }: Manifest) => [
  ...objects,
  ...logs,
  ...(people === null ? [] : [people]),
  ...(photos === undefined ? [] : [photos]),
];

/** The parts in their order, each of the length and hash that were signed. */
function cutParts(manifest: Manifest, rest: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { bytes, hash } of partsOf(manifest)) {
    if (at + bytes > rest.length) throw refuse("cut-short");
    const part = rest.slice(at, at + bytes);
    if (hashHex(part) !== hash) throw refuse("altered");
    parts.push(part);
    at += bytes;
  }
  if (at < rest.length) throw refuse("too-long");
  return parts;
}

const PHOTO_LINE = 32 + 4;

const writePhotoList = (photos: readonly BundledPhoto[]): Uint8Array =>
  concat(...photos.flatMap(({ hash, bytes }) => [fromHex(hash), uint32(bytes)]));

function readPhotoList(list: Uint8Array): BundledPhoto[] {
  if (list.length % PHOTO_LINE !== 0) throw refuse("altered");
  return Array.from({ length: list.length / PHOTO_LINE }, (_, i) => {
    const at = i * PHOTO_LINE;
    const bytes = readUint32(list, at + 32);
    if (bytes > MOST_PHOTO_BYTES) throw refuse("altered");
    return { hash: asHash(toHex(list.subarray(at, at + 32))), bytes };
  });
}

function readLog({ log, size, root, vkey, checkpoint }: Manifest["logs"][number], part: Uint8Array): BundledLog {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < part.length; ) {
    const start = at + 2;
    const end = start + (part[at] ?? 0) * 256 + (part[at + 1] ?? 0);
    if (start > part.length || end > part.length) throw refuse("altered");
    entries.push(part.subarray(start, end));
    at = end;
  }
  if (entries.length !== size || toHex(rootOf(entries.map(leafHash))) !== root) throw refuse("altered");
  return { log, vkey, checkpoint: checkpoint === null ? null : utf8(checkpoint), entries };
}

/** The genesis that all of it rests on, whose centre must have signed the manifest. */
function readGenesis(manifest: Manifest, statement: Statement, logs: readonly BundledLog[]): Genesis {
  const [first] = logs.find(({ log }) => log === plenoLog(NATION))?.entries ?? [];
  if (first === undefined) throw refuse("altered");
  const { statement: begun } = opened(first);
  if (toHex(begun.id) !== manifest.genesis) throw refuse("other-election");
  const body = decodedGenesis(begun);
  const genesis: Genesis = {
    id: asHash(manifest.genesis),
    election: body.name,
    electionTag: manifest.genesis.slice(0, 32),
    root: fromHex(body.root),
    editions: fromHex(body.editions),
    centre: fromHex(body.centre),
  };
  if (manifest.election !== genesis.electionTag) throw refuse("other-election");
  if (!checkSignature(begun, 0, genesis.root) || !checkSignature(statement, 0, genesis.centre)) throw refuse("altered");
  return genesis;
}

function decodedGenesis({ type, body }: Statement) {
  if (type !== "teguh/genesis/v1") throw refuse("altered");
  try {
    return decodeBody("genesis", body);
  } catch (error) {
    if (error instanceof BodyError) throw refuse("altered");
    throw error;
  }
}

/** Each log once, and none but those that the region needs: so nothing else can be smuggled into a store. */
function checkNames({ region, objects }: Manifest, logs: readonly BundledLog[]): void {
  const names = new Set(logs.map(({ log }) => log));
  if (names.size < logs.length || ![...names].every(scopeOf(region))) throw refuse("altered");
  if (new Set(objects.map(({ hash }) => hash)).size < objects.length) throw refuse("altered");
}

/** Every definition that the nation's plenary names can be read, as far as it concerns the region. */
function checkDefinitions(
  objects: ReadonlyMap<Hash, Uint8Array>,
  logs: readonly BundledLog[],
  region: RegionCode,
): void {
  for (const entry of logs.find(({ log }) => log === "pleno/0")?.entries ?? []) {
    const { type, body } = parseStatement(entry);
    if (type !== "teguh/definition/v1") continue;
    try {
      readDefinition(decodeBody("definition", body).root, (hash) => objects.get(hash), { region });
    } catch {
      throw refuse("altered");
    }
  }
}
