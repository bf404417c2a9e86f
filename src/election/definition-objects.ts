/**
 * The objects of which a definition is made, content-addressed canonical JSON:
 *
 *   election ─┬─ contest ── district          (a reader fetches only the names it shows)
 *             └─ region (nation → provinsi → kabupaten) ── kecamatan (its desa and stations)
 *
 * A sheet names its district's object: that fixes what each of its numbers means, whatever is amended later.
 */
import type Type from "typebox";
import T from "typebox";
import { fromUtf8 } from "../ledger/bytes.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { CONTEST_KINDS } from "./codes.ts";
import { STATION_KINDS } from "./model.ts";
import { fits } from "./schema-faults.ts";

const strict = { additionalProperties: false } as const;
const Words = T.Object({ en: T.String(), id: T.String() }, strict);
const HashText = T.String({ pattern: "^[0-9a-f]{64}$" });
const Code = T.String({ pattern: "^(0|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{10})$" });
const Kind = T.Enum([...CONTEST_KINDS]);
const Share = T.Union([T.Integer(), T.Null()]);

export const ElectionObject = T.Object(
  {
    archive: T.Boolean(),
    contests: T.Array(T.Tuple([Kind, HashText])),
    origin: T.String(),
    regions: HashText,
    simulation: T.Boolean(),
    title: Words,
    /** `YYYY-MM-DD`; absent where the file did not say it. */
    votingDay: T.Optional(T.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })),
  },
  strict,
);

export const ContestObject = T.Object(
  {
    /** [code, name, hash of its object] */
    districts: T.Array(T.Tuple([T.String(), T.String(), HashText])),
    kind: Kind,
    name: Words,
    thresholds: T.Object({ majority: Share, party: Share, spread: Share }, strict),
  },
  strict,
);

export const DistrictObject = T.Object(
  {
    choices: T.Array(
      T.Object(
        {
          colour: T.String(),
          id: T.String(),
          kind: T.Enum(["pair", "party", "candidate"]),
          name: T.String(),
          number: T.Integer(),
          /** Index into `parties`, or -1. */
          party: T.Integer({ minimum: -1 }),
          withdrawn: T.Boolean(),
        },
        strict,
      ),
    ),
    code: T.String(),
    contest: Kind,
    name: T.String(),
    /** `columns` are read off `choices`. */
    parties: T.Array(
      T.Object(
        { id: T.String(), name: T.String(), number: T.Integer(), short: T.String(), withdrawn: T.Boolean() },
        strict,
      ),
    ),
    /** The largest regions wholly inside. */
    regions: T.Array(Code),
    seats: T.Integer(),
  },
  strict,
);

/** The nation, a provinsi or a kabupaten. */
export const RegionObject = T.Object(
  {
    /** [code, name, hash of its object] */
    children: T.Array(T.Tuple([Code, T.String(), HashText])),
    code: Code,
    name: T.String(),
    noken: T.Boolean(),
    zone: T.String(),
  },
  strict,
);

export const DesaEntry = T.Object(
  {
    code: Code,
    /** [number, kind], where it is not tps (below 900) or special (900 and above). */
    kinds: T.Array(T.Tuple([T.Integer(), T.Enum([...STATION_KINDS])])),
    name: T.String(),
    noken: T.Boolean(),
    /** Per station, or null where nothing is known of any. */
    registered: T.Union([T.Array(T.Union([T.Integer(), T.Null()])), T.Null()]),
    /** Ranges of station numbers, ascending. */
    stations: T.Array(T.Tuple([T.Integer({ minimum: 1 }), T.Integer({ maximum: 999 })])),
    zone: T.String(),
  },
  strict,
);

/** A kecamatan with its desa: the leaf, since a kecamatan is the least that anyone works with. */
export const KecamatanObject = T.Object(
  { code: Code, desa: T.Array(DesaEntry), name: T.String(), noken: T.Boolean(), zone: T.String() },
  strict,
);

export type ElectionObject = Type.Static<typeof ElectionObject>;
export type ContestObject = Type.Static<typeof ContestObject>;
export type DistrictObject = Type.Static<typeof DistrictObject>;
export type RegionObject = Type.Static<typeof RegionObject>;
export type DesaEntry = Type.Static<typeof DesaEntry>;
export type KecamatanObject = Type.Static<typeof KecamatanObject>;

/** An object of the definition is not there, is not what its hash says, or does not fit the others. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";
}

/** Gives the bytes of an object, or undefined if it is not at hand. */
export type GetObject = (hash: Hash) => Uint8Array | undefined;

export const OBJECT_TYPES = {
  election: ElectionObject,
  contest: ContestObject,
  district: DistrictObject,
  region: RegionObject,
  kecamatan: KecamatanObject,
} as const;
export type ObjectType = keyof typeof OBJECT_TYPES;
export type ObjectOf<T extends ObjectType> = Type.Static<(typeof OBJECT_TYPES)[T]>;

/** Opens one object: its bytes must have this hash and this shape. Throws {@link DefinitionError}. */
export function openObject<T extends ObjectType>(type: T, hash: Hash, bytes: Uint8Array | undefined): ObjectOf<T> {
  return shaped(type, OBJECT_TYPES[type], hash, textOf(type, hash, checked(type, hash, bytes))) as ObjectOf<T>;
}

/** What a district's object says beside its choices: where it lies, and which parties stand there. */
export type DistrictGround = Pick<DistrictObject, "parties" | "regions" | "seats">;
const { parties, regions, seats } = DistrictObject.properties;
const DistrictGround = T.Object({ parties, regions, seats }, strict);
/** Where these fields begin. Within a text this cannot stand: its quotes would be escaped. */
const GROUND = '"parties":[';

/**
 * Of a district's object what follows the choices: these are nearly all of the object, and cost the more to read. The bytes
 * must have this hash; the shape of the rest is not looked at. Throws {@link DefinitionError}.
 */
export function openDistrictGround(hash: Hash, bytes: Uint8Array | undefined): DistrictGround {
  const text = textOf("district", hash, checked("district", hash, bytes));
  return shaped("district", DistrictGround, hash, `{${text.slice(text.lastIndexOf(GROUND))}`) as DistrictGround;
}

/** The bytes, if they have this hash. */
function checked(type: ObjectType, hash: Hash, bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new DefinitionError(`the definition's ${type} object ${hash} is missing`);
  if (hashHex(bytes) !== hash) throw new DefinitionError(`the bytes of the ${type} object ${hash} have another hash`);
  return bytes;
}

function textOf(type: ObjectType, hash: Hash, bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    throw new DefinitionError(`the ${type} object ${hash} is not text`);
  }
}

function shaped(type: ObjectType, shape: Type.TSchema, hash: Hash, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DefinitionError(`the ${type} object ${hash} is not JSON`);
  }
  if (!fits(shape, value)) throw new DefinitionError(`the ${type} object ${hash} has not the right shape`);
  return value;
}
