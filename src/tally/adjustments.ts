/**
 * Rulings that fix a total without naming stations (*penyesuaian putusan*): whether one may stand, asked by the fold and by the desk
 * alike, and what it posts.
 */
import { isWithin, type RegionCode } from "../election/codes.ts";
import { type District, kecamatanIn } from "../election/model.ts";
import type { BodyOf } from "../election/statements.ts";
import type { LogState } from "./logs.ts";
import type { Posting } from "./posting.ts";
import { fault, haltedBy, noEffect, type Refusal } from "./refusal.ts";
import type { Adjustment } from "./totals.ts";

/** Where a ruling is stated, and what bears on it there. */
export interface RulingPlace {
  readonly region: RegionCode;
  /** The district that it names, in the definition that is seen there; null if it has none such. */
  readonly district: District | null;
  /** Why those who sign may not state it; null if they may. */
  readonly unsigned: Refusal | null;
  /** Whether the region has certified the result and it went up: nothing of it moves here before it is given back. */
  readonly wentUp: boolean;
  /** Number of the order that halts the region, or null. */
  readonly halt: string | null;
}

/** Why a ruling does nothing; null if it stands. */
export function judgeAdjustment(
  body: BodyOf<"order">,
  { region, district, unsigned, wentUp, halt }: RulingPlace,
): Refusal | null {
  if (!district || body.region !== region) return fault("wrong-log");
  // Above the district its candidates have no accounts, and beside it no votes.
  const isInside = kecamatanIn(region, district).length > 0 && isWithin(region, district.container.code);
  if (!isInside) return fault("wrong-log");
  if (unsigned) return unsigned;
  const columns = new Set(body.deltas.map(([column]) => column));
  if (columns.size < body.deltas.length || Math.max(...columns) >= district.choices.length) return fault("malformed");
  if (halt !== null) return haltedBy(halt);
  return wentUp ? noEffect("no-pen") : null;
}

/** The line of a ruling that stands, where its log stands. */
export function adjustmentOf({ contest, district, deltas }: BodyOf<"order">, log: LogState): Adjustment {
  const pairs = deltas.map(([column, delta]) => [column, delta] as const);
  return { contest, district, log: log.name, index: log.size, deltas: pairs };
}

/** What it moves, for whoever follows the postings. */
export function postingOf(
  { log, index, deltas }: Adjustment,
  region: RegionCode,
  district: District,
  number: string,
): Posting {
  const after = new Float64Array(district.choices.length);
  for (const [column, delta] of deltas) after[column] = (after[column] ?? 0) + delta;
  const contest = district.contest.index;
  const place = { book: "recap", contest, district, station: null, region } as const;
  return { ...place, kind: "adjustment", log, index, before: null, after, reason: number };
}
