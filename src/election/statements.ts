/**
 * What each type of statement says: one strict schema per type, so that a field which this version does not know is refused
 * and never silently ignored. Sheets and readings are also parsed by `sheet-parser.ts`; here is their slow, explaining path.
 *
 * No names, free text or numbers of identity cards are in any of these: reasons are codes, persons are random, papers are
 * hashes.
 */
import Type, { type TSchema } from "typebox";
import { CanonicalError, parseCanonical } from "../ledger/canonical.ts";
import type { Hash } from "../ledger/hash.ts";
import { CONTEST_KINDS, type DistrictCode, type RegionCode, type StationCode } from "./codes.ts";
import { FIGURE_COUNT } from "./figures.ts";
import { fits, schemaFaults } from "./schema-faults.ts";
import { MAX_PARTIES, MAX_VOTES, OUTCOMES, READING_REASONS, type ReadingBody, type SheetBody } from "./sheet.ts";
import type { Fault, Text } from "./text.ts";

/** What a key may do, granted for a region or a station. */
export const ROLES = [
  "chair",
  "member",
  "operator",
  "supervisor",
  "observer",
  "projector",
  "station",
  "archive",
] as const;
export type Role = (typeof ROLES)[number];

/** Why a definition was made or amended. */
export const DEFINITION_NOTES = {
  first: { id: "Penetapan pertama", en: "First definition" },
  "court-ruling": { id: "Putusan pengadilan", en: "Court ruling" },
  revote: { id: "Pemungutan suara ulang", en: "Revote" },
  correction: { id: "Perbaikan data", en: "Correction of data" },
} as const satisfies Readonly<Record<string, Text>>;

/** Why a sheet was annulled. */
export const ANNUL_REASONS = {
  "wrong-station": { id: "Untuk TPS yang salah", en: "For the wrong station" },
  "lost-device": { id: "Perangkat hilang atau dicuri", en: "Device lost or stolen" },
  "not-authorised": { id: "Dikirim oleh yang tidak berwenang", en: "Sent by someone without authority" },
  "test-data": { id: "Data percobaan", en: "Test data" },
  revote: { id: "Pemungutan suara ulang", en: "Revote" },
} as const satisfies Readonly<Record<string, Text>>;

const strict = { additionalProperties: false } as const;
const HashText = Type.Unsafe<Hash>(Type.String({ pattern: "^[0-9a-f]{64}$" }));
const PublicKey = Type.String({ pattern: "^[0-9a-f]{64}$" });
const ShortKey = Type.String({ pattern: "^[0-9a-f]{16}$" });
const ElectionId = Type.String({ pattern: "^[0-9a-f]{32}$" });
const Region = Type.Unsafe<RegionCode>(
  Type.String({ pattern: "^(0|[1-9][0-9]|[1-9][0-9]{3}|[1-9][0-9]{5}|[1-9][0-9]{9})$" }),
);
const Station = Type.Unsafe<StationCode>(Type.String({ pattern: "^[1-9][0-9]{12}$" }));
const District = Type.Unsafe<DistrictCode>(Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$" }));
const Contest = Type.Enum([...CONTEST_KINDS]);
/** Of a decree or order, as printed: `123/PL.01.8-Kpt/5103/2029`. */
const Decree = Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9 ./()_-]{0,63}$" });
/** Of a participant (party, pair, candidate, supervisor): an id, never a name. */
export const PARTICIPANT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;
const Participant = Type.String({ pattern: PARTICIPANT.source });
/** Most participants that a reading lists as having initialled, or refused. */
export const MAX_PARTICIPANTS = 100;
const KeyName = Type.String({ pattern: "^[!-~]{1,120}$" });
const Log = Type.String({ pattern: "^(editions|tps/[0-9]{6}|pleno/(0|[0-9]{2}|[0-9]{4}|[0-9]{6}))$" });
const Vkey = Type.String({ pattern: "^[!-~]{1,400}$" });
/** The path of a changed figure: `valid`, `voters.dpt.male`, `votes.3`. */
export const FIELD = /^[a-z]+(\.([a-z]+|[0-9]+)){0,2}$/;
const Field = Type.String({ pattern: FIELD.source });
const Natural = Type.Integer({ minimum: 0 });
const codesOf = <K extends string>(labels: Readonly<Record<K, Text>>) => Type.Enum(Object.keys(labels) as K[]);
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** A count; what it may be at most depends on the station, see `malformed.ts`. */
const Count = orNull(Natural);
const Figures = Type.Array(Count, { minItems: FIGURE_COUNT, maxItems: FIGURE_COUNT });
const Regions = Type.Array(Region, { minItems: 1, maxItems: 1000 });

const common = {
  by: Type.Array(KeyName, { minItems: 1, maxItems: 16 }),
  election: ElectionId,
  time: Natural,
};
const body = <P extends Record<string, TSchema>>(properties: P) => Type.Object({ ...common, ...properties }, strict);

const station = {
  contest: Contest,
  district: HashText,
  figures: Figures,
  parties: Type.Array(Count, { maxItems: MAX_PARTIES }),
  previous: orNull(HashText),
  station: Station,
  votes: orNull(Type.Array(Count, { maxItems: MAX_VOTES })),
};

/** The schema of each type's line 2. The order is that of the design. */
export const BODIES = {
  genesis: body({
    centre: PublicKey,
    editions: PublicKey,
    fold: Natural,
    name: Type.String({ pattern: "^[a-z0-9][a-z0-9./_-]{0,63}$" }),
    root: PublicKey,
    rules: Natural,
  }),
  definition: body({ decree: Decree, note: codesOf(DEFINITION_NOTES), root: HashText }),
  rules: body({ decree: Decree, fold: Natural, rules: Natural }),
  grant: body({
    list: Type.Array(
      Type.Object(
        {
          key: PublicKey,
          person: Type.String({ pattern: "^[0-9a-f]{16,32}$" }),
          region: Type.Union([Region, Station]),
          role: Type.Enum([...ROLES]),
        },
        strict,
      ),
      { minItems: 1, maxItems: 400 },
    ),
  }),
  revoke: body({ keys: Type.Array(ShortKey, { minItems: 1, maxItems: 400 }), undo: Type.Boolean() }),
  seen: body({ log: Log, root: HashText, size: Natural }),
  custody: body({ epoch: Natural, log: Log, root: HashText, size: Natural, vkey: Vkey }),
  sheet: body({ ...station, papers: orNull(HashText) }),
  reading: body({
    ...station,
    evidence: orNull(HashText),
    fields: Type.Array(Field, { maxItems: MAX_VOTES }),
    incident: orNull(Natural),
    initialled: Type.Array(Participant, { maxItems: MAX_PARTICIPANTS }),
    outcome: Type.Enum([...OUTCOMES]),
    reason: orNull(codesOf(READING_REASONS)),
    refused: Type.Array(Participant, { maxItems: MAX_PARTICIPANTS }),
    sheet: orNull(HashText),
  }),
  annul: body({ reason: codesOf(ANNUL_REASONS), sheet: HashText }),
  pause: body({ panel: orNull(Natural) }),
  unpause: body({ panel: orNull(Natural) }),
  halt: body({ order: Decree, regions: Regions }),
  resume: body({ at: orNull(Natural), order: Decree, regions: Regions }),
  reopen: body({ contest: Contest, district: District, order: Decree, region: Region }),
  order: body({
    contest: Contest,
    deltas: Type.Array(Type.Tuple([Natural, Type.Integer()]), { minItems: 1, maxItems: MAX_VOTES }),
    district: District,
    kind: Type.Enum(["ruling"]),
    number: Decree,
    region: Region,
  }),
  objection: body({
    contest: orNull(Contest),
    kind: Type.Enum(["objection", "incident"]),
    papers: orNull(HashText),
    participant: orNull(Participant),
    ref: orNull(HashText),
    station: orNull(Station),
    status: Type.Enum(["filed", "answered", "accepted", "refused"]),
  }),
  certificate: body({
    contest: Contest,
    district: District,
    figures: Figures,
    papers: orNull(HashText),
    read: Natural,
    region: Region,
    stations: Natural,
    votes: Type.Array(Count, { maxItems: MAX_VOTES }),
  }),
  cosign: body({ vkey: Vkey }),
  edition: body({
    /** Object that lists `[log, size, root]` of what moved since the previous edition: too long for a statement. */
    advance: HashText,
    definition: HashText,
    districts: HashText,
    downloads: orNull(Type.Object({ edition: Natural, hash: HashText }, strict)),
    fold: Natural,
    heads: HashText,
    number: Natural,
    previous: orNull(HashText),
    results: Type.Object(
      {
        ppwp: Type.Optional(HashText),
        dpr: Type.Optional(HashText),
        dpd: Type.Optional(HashText),
        dprdp: Type.Optional(HashText),
        dprdk: Type.Optional(HashText),
      },
      strict,
    ),
    rules: Natural,
  }),
  receipt: body({ id: HashText, index: Type.Optional(Natural), log: Log }),
} as const;

export type StatementType = keyof typeof BODIES;
export const STATEMENT_TYPES = Object.keys(BODIES) as readonly StatementType[];

/** The body of a type. Sheets and readings have the hand-written types that the rest of the code knows. */
export type BodyOf<T extends StatementType> = T extends "sheet"
  ? SheetBody
  : T extends "reading"
    ? ReadingBody
    : Type.Static<(typeof BODIES)[T]>;

/** Any body together with its type, to switch over. */
export type Body = { readonly [T in StatementType]: { readonly type: T; readonly body: BodyOf<T> } }[StatementType];

/** One key's grant. */
export type Grant = BodyOf<"grant">["list"][number];

/** A body that is not canonical JSON or does not fit its type; every fault is named. */
export class BodyError extends Error {
  override readonly name = "BodyError";
  readonly faults: readonly Fault[];

  constructor(type: string, faults: readonly Fault[]) {
    super(`not a ${type}: ${faults.map(({ path, what }) => `${path} ${what.en}`).join("; ")}`);
    this.faults = faults;
  }
}

const TYPE_LINE = /^teguh\/([a-z]+)\/v1$/;

/** Line 1 of a statement of this type. */
export function typeLine(type: StatementType): string {
  return `teguh/${type}/v1`;
}

/** The type that line 1 of a statement names, or null if this version does not know it. */
export function statementType(line: string): StatementType | null {
  const name = TYPE_LINE.exec(line)?.[1];
  return name !== undefined && Object.hasOwn(BODIES, name) ? (name as StatementType) : null;
}

/** Every place where a body breaks the schema of its type. */
export function bodyFaults(type: StatementType, value: unknown): Fault[] {
  return schemaFaults(BODIES[type], value);
}

/** Line 2 of a statement as its body. Throws {@link BodyError} naming every fault. */
export function decodeBody<T extends StatementType>(type: T, bytes: Uint8Array): BodyOf<T> {
  let value: unknown;
  try {
    value = parseCanonical(bytes);
  } catch (error) {
    if (!(error instanceof CanonicalError)) throw error;
    const what = { id: `bukan JSON kanonik: ${error.message}`, en: `is not canonical JSON: ${error.message}` };
    throw new BodyError(type, [{ path: "$", what }]);
  }
  if (!fits(BODIES[type], value)) throw new BodyError(type, bodyFaults(type, value));
  return value as BodyOf<T>;
}

/** As {@link decodeBody}, with the type beside the body. */
export function decode(type: StatementType, bytes: Uint8Array): Body {
  return { type, body: decodeBody(type, bytes) } as Body;
}
