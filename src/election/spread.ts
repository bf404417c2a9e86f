/**
 * The wider spread of votes, which decides between choices with equal votes: "persebaran wilayah perolehan suara yang lebih
 * luas secara berjenjang" (UU 7/2017 art. 416(4)-(5); PKPU 6/2024) and "dukungan yang lebih merata penyebarannya di seluruh
 * kabupaten/kota" (art. 423(2)).
 *
 * The reading taken here: whoever has votes in more regions of the level is spread wider; where that is equal, the next
 * level down is compared (kabupaten/kota, kecamatan, desa, TPS: PKPU 3/2025 art. 10 spells the steps out). How many votes a
 * region gave does not matter, only whether there were any.
 */
import type { ChoiceId, Level, RegionCode, StationCode } from "./codes.ts";
import type { SeatRuleCode, Tie } from "./seat-rules.ts";
import { counted } from "./shares.ts";

/** The votes of one region by choice; a choice that is not named has none. */
export interface RegionVotes {
  readonly region: RegionCode | StationCode;
  readonly votes: Readonly<Record<ChoiceId, number>>;
}

/** All regions of one level within the district. */
export interface SpreadLevel {
  readonly level: Level | "station";
  readonly regions: readonly RegionVotes[];
}

/** A choice that may get a place. */
export interface Contender {
  readonly id: ChoiceId;
  /** On the ballot or list; it orders what is shown and decides nothing. */
  readonly number: number;
}

/** One comparison of a working: in how many regions of a level each of those still equal has votes. */
export interface SpreadComparison {
  readonly level: SpreadLevel["level"];
  /** In order of their numbers. */
  readonly regions: readonly { readonly choice: ChoiceId; readonly withVotes: number }[];
}

export interface SpreadResult {
  /** Those whom the comparison gives a place: the wider spread first. */
  readonly chosen: readonly ChoiceId[];
  /** What it leaves open, or null. */
  readonly tie: Tie | null;
  readonly compared: readonly SpreadComparison[];
}

/** The order in which choices are shown wherever nothing else orders them. Ids make it total. */
export function byNumber(a: Contender, b: Contender): number {
  return a.number - b.number || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Gives `places` to some of the contenders, who have equal votes and are more than the places.
 *
 * `levels` are compared in the order given. Without any, the tie stands with rule `spread-needed`: its `between` says whose
 * votes by region are wanted. Where the last level leaves it equal, it stands with the rule `whenEqual`.
 */
export function chooseBySpread(
  contenders: readonly Contender[],
  places: number,
  levels: readonly SpreadLevel[],
  whenEqual: SeatRuleCode,
): SpreadResult {
  const chosen: ChoiceId[] = [];
  const compared: SpreadComparison[] = [];
  let open = [...contenders].sort(byNumber);
  for (const { level, regions } of levels) {
    const spread = new Map(open.map(({ id }) => [id, regionsWithVotes(id, regions)]));
    compared.push({ level, regions: [...spread].map(([choice, withVotes]) => ({ choice, withVotes })) });
    const width = ({ id }: Contender) => spread.get(id) ?? 0;
    const ranked = [...open].sort((a, b) => width(b) - width(a));
    const last = ranked[places - chosen.length - 1];
    if (last === undefined) break;
    const boundary = width(last);
    chosen.push(...ranked.filter((one) => width(one) > boundary).map(({ id }) => id));
    open = ranked.filter((one) => width(one) === boundary);
    if (open.length === places - chosen.length) {
      chosen.push(...open.map(({ id }) => id));
      return { chosen, tie: null, compared };
    }
  }
  const rule = levels.length === 0 ? "spread-needed" : whenEqual;
  return { chosen, tie: { between: open.map(({ id }) => id), places: places - chosen.length, rule }, compared };
}

function regionsWithVotes(choice: ChoiceId, regions: readonly RegionVotes[]): number {
  return regions.filter(({ region, votes }) => counted(votes[choice] ?? 0, `${choice} in ${region}`) > 0).length;
}
