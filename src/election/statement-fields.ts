/**
 * The fields that bodies of statements are made of, each with its one form. They stand apart because the acts of a plenary
 * (`minutes.ts`) are made of the same ones as the statements (`statements.ts`).
 */
import Type, { type TSchema } from "typebox";
import type { Hash } from "../ledger/hash.ts";
import { CONTEST_KINDS, type DistrictCode, type RegionCode, type StationCode } from "./codes.ts";
import { FIGURE_COUNT } from "./figures.ts";
import type { Text } from "./text.ts";

/** A field that a schema does not name is refused. */
export const strict = { additionalProperties: false } as const;
export const HashText = Type.Unsafe<Hash>(Type.String({ pattern: "^[0-9a-f]{64}$" }));
export const PublicKey = Type.String({ pattern: "^[0-9a-f]{64}$" });
export const ShortKey = Type.String({ pattern: "^[0-9a-f]{16}$" });
export const ElectionId = Type.String({ pattern: "^[0-9a-f]{32}$" });
export const Region = Type.Unsafe<RegionCode>(
  Type.String({ pattern: "^(0|[1-9][0-9]|[1-9][0-9]{3}|[1-9][0-9]{5}|[1-9][0-9]{9})$" }),
);
export const Desa = Type.Unsafe<RegionCode>(Type.String({ pattern: "^[1-9][0-9]{9}$" }));
export const Station = Type.Unsafe<StationCode>(Type.String({ pattern: "^[1-9][0-9]{12}$" }));
export const District = Type.Unsafe<DistrictCode>(Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$" }));
export const Contest = Type.Enum([...CONTEST_KINDS]);
/** Of a decree or order, as printed: `123/PL.01.8-Kpt/5103/2029`. */
export const DECREE = /^[A-Za-z0-9][A-Za-z0-9 ./()_-]{0,63}$/;
export const Decree = Type.String({ pattern: DECREE.source });
/** Of a participant (party, pair, candidate, supervisor): an id, never a name. */
export const PARTICIPANT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;
export const Participant = Type.String({ pattern: PARTICIPANT.source });
/** Most participants that a reading lists as having initialled, refused or asked, and most persons who counted. */
export const MAX_LISTED = 100;
/** A person, named by nothing but a random number. */
export const PERSON = /^[0-9a-f]{16,32}$/;
export const Person = Type.String({ pattern: PERSON.source });
export const KeyName = Type.String({ pattern: "^[!-~]{1,120}$" });
export const Log = Type.String({ pattern: "^(editions|tps/[0-9]{6}|pleno/(0|[0-9]{2}|[0-9]{4}|[0-9]{6}))$" });
export const Vkey = Type.String({ pattern: "^[!-~]{1,400}$" });
/** The path of a changed figure: `valid`, `voters.dpt.male`, `votes.3`. */
export const FIELD = /^[a-z]+(\.([a-z]+|[0-9]+)){0,2}$/;
export const Field = Type.String({ pattern: FIELD.source });
export const Natural = Type.Integer({ minimum: 0 });
export const codesOf = <K extends string>(labels: Readonly<Record<K, Text>>) => Type.Enum(Object.keys(labels) as K[]);
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** A count; what it may be at most depends on the station, see `malformed.ts`. */
export const Count = orNull(Natural);
export const Figures = Type.Array(Count, { minItems: FIGURE_COUNT, maxItems: FIGURE_COUNT });
export const Regions = Type.Array(Region, { minItems: 1, maxItems: 1000 });
