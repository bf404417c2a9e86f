/**
 * What each type of statement says: one strict schema per type, so that a field which this version does not know is refused
 * and never silently ignored. Sheets and readings are also parsed by `sheet-parser.ts`; here is their slow, explaining path.
 *
 * No names, free text or numbers of identity cards are in any of these: reasons are codes, persons are random, papers are
 * hashes.
 */
import Type, { type TSchema } from "typebox";
import { CanonicalError, parseCanonical } from "../ledger/canonical.ts";
import { ACTS, type MinutesAct, MinutesActSchema } from "./minutes.ts";
import { fits, schemaFaults } from "./schema-faults.ts";
import {
  MAX_PARTIES,
  MAX_VOTES,
  OUTCOMES,
  READING_REASONS,
  type ReadingBody,
  type SheetBody,
  saysRecount,
} from "./sheet.ts";
import {
  Contest,
  Count,
  codesOf,
  Decree,
  District,
  ElectionId,
  Field,
  Figures,
  HashText,
  KeyName,
  Log,
  MAX_LISTED,
  Natural,
  orNull,
  Participant,
  Person,
  PublicKey,
  Region,
  Regions,
  ShortKey,
  Station,
  strict,
  Vkey,
} from "./statement-fields.ts";
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

/** The letter of an order: its date, and the list of its photographed pages, which are kept apart. */
const letter = { dated: Type.Optional(Natural), letter: Type.Optional(HashText) };

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
          person: Person,
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
    initialled: Type.Array(Participant, { maxItems: MAX_LISTED }),
    outcome: Type.Enum([...OUTCOMES]),
    reason: orNull(codesOf(READING_REASONS)),
    /** There exactly where the outcome is a recount: {@link recountFaults}. */
    recount: Type.Optional(
      Type.Object(
        {
          asked: Type.Array(Participant, { maxItems: MAX_LISTED }),
          counted: Type.Array(Person, { minItems: 1, maxItems: MAX_LISTED }),
          supervisor: Type.Boolean(),
        },
        strict,
      ),
    ),
    refused: Type.Array(Participant, { maxItems: MAX_LISTED }),
    sheet: orNull(HashText),
  }),
  annul: body({ reason: codesOf(ANNUL_REASONS), sheet: HashText }),
  pause: body({ panel: orNull(Natural) }),
  unpause: body({ panel: orNull(Natural) }),
  halt: body({ ...letter, order: Decree, regions: Regions }),
  resume: body({ ...letter, at: orNull(Natural), order: Decree, regions: Regions }),
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
  minutes: body({ act: MinutesActSchema }),
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
    : T extends "minutes"
      ? MinutesBody
      : Type.Static<(typeof BODIES)[T]>;

type MinutesBody = Omit<Type.Static<(typeof BODIES)["minutes"]>, "act"> & { readonly act: MinutesAct };

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

/** Every place where a body breaks the schema of its type; of an act in the minutes, by the schema of what it says it is. */
export function bodyFaults(type: StatementType, value: unknown): Fault[] {
  const act = type === "minutes" ? actSchemaOf(value) : null;
  const faults = schemaFaults(act ? body({ act }) : BODIES[type], value);
  return faults.length > 0 ? faults : recountFaults(type, value);
}

/** What no schema says: a reading names who asked for a recount and who counted exactly where there was one. `value` fits its schema. */
function recountFaults(type: StatementType, value: unknown): Fault[] {
  if (type !== "reading") return [];
  const { outcome, reason, recount } = value as ReadingBody;
  if (saysRecount(outcome, reason, recount)) return [];
  const what =
    outcome === "recount"
      ? { id: "harus menyebut siapa yang meminta dan siapa yang menghitung", en: "must say who asked and who counted" }
      : { id: "hanya ada pada hasil hitung ulang; hapus", en: "belongs to a recount alone; remove it" };
  return [{ path: "recount", what }];
}

function actSchemaOf(value: unknown): TSchema | null {
  const act = (value as { readonly act?: { readonly what?: unknown } | null } | null)?.act;
  const what = act?.what;
  return typeof what === "string" && Object.hasOwn(ACTS, what) ? ACTS[what as MinutesAct["what"]] : null;
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
  const faults = recountFaults(type, value);
  if (faults.length > 0) throw new BodyError(type, faults);
  return value as BodyOf<T>;
}

/** As {@link decodeBody}, with the type beside the body. */
export function decode(type: StatementType, bytes: Uint8Array): Body {
  return { type, body: decodeBody(type, bytes) } as Body;
}
