/**
 * What stands on the wall: few large lines, and of a long list one page after another. Of party contests the wall shows parties
 * with all their votes: candidates are read aloud, and no one reads 179 lines from 15 metres.
 */
import type { Reported } from "../../../src/election/sheet.ts";
import type { DistrictView } from "../../../src/recap/wire/views.ts";

/** So many lines are readable at once. */
export const LINES = 10;

export interface Line {
  readonly number: number;
  readonly name: string;
  readonly colour: string;
  /** Of the station in hand; null while it is not known. */
  readonly station: Reported;
  /** Of the desa so far. */
  readonly desa: Reported;
}

/** The lines in the order of the ballot: of each party its own votes and its candidates', or of each choice. */
export function linesOf(
  { choices, parties }: DistrictView,
  station: readonly Reported[] | null,
  desa: readonly Reported[],
): Line[] {
  if (parties.length === 0) {
    return choices.map(({ number, name, colour }, i) => {
      return { number, name, colour, station: station?.[i] ?? null, desa: desa[i] ?? null };
    });
  }
  return parties.map(({ number, short }, party) => {
    const own = choices.flatMap((choice, i) => (choice.party === party ? [i] : []));
    const colour = choices[own[0] ?? -1]?.colour ?? "";
    return { number, name: short, colour, station: sumAt(own, station), desa: sumAt(own, desa) };
  });
}

function sumAt(places: readonly number[], votes: readonly Reported[] | null): Reported {
  return places.reduce<Reported>((sum, i) => {
    const value = votes?.[i] ?? null;
    return value === null ? sum : (sum ?? 0) + value;
  }, null);
}

/** How many pages a list takes; at least one. */
export const pagesOf = (lines: readonly unknown[]): number => Math.max(1, Math.ceil(lines.length / LINES));

/** The lines of a page, which may be counted on for ever: after the last comes the first. Pages are as even as can be. */
export function pageOf<T>(lines: readonly T[], page: number): T[] {
  const pages = pagesOf(lines);
  const each = Math.ceil(lines.length / pages);
  const at = (((page % pages) + pages) % pages) * each;
  return lines.slice(at, at + each);
}
