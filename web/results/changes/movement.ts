/**
 * How much a posting moved one choice, or all votes of a party. A kecamatan may lie in two districts, so the names of a posting's
 * columns are those of its own district.
 */
import type { Choice } from "../choice.ts";
import { partyKey } from "../route.ts";
import { choiceLabel } from "../station/station-label.ts";
import type { Posting } from "../verify/journal.ts";
import type { Names } from "../verify/names.ts";

export interface Movement {
  readonly label: string;
  readonly before: number;
  readonly after: number;
}

/** The movements of a posting, by the names of its district; of one choice alone if one is given. */
export function movementsOf(posting: Posting, names: Names | undefined, choice: Choice | null): Movement[] {
  const wanted = columnsOf(posting, names, choice);
  return posting.changes
    .filter(({ column }) => wanted === null || wanted.has(column))
    .map(({ column, before, after }) => ({ label: choiceLabel(names, column), before, after }));
}

/** By code of the district. */
export type Districts = ReadonlyMap<string, Names>;

/** Votes up and down over some postings, each change for itself as the counters have them. */
export function upAndDown(postings: readonly Posting[], districts: Districts, choice: Choice) {
  let up = 0;
  let down = 0;
  for (const posting of postings) {
    const wanted = columnsOf(posting, districts.get(posting.district), choice);
    for (const { column, before, after } of posting.changes) {
      if (!wanted?.has(column)) continue;
      if (after > before) up += after - before;
      else down += before - after;
    }
  }
  return { up, down };
}

function columnsOf({ district }: Posting, names: Names | undefined, choice: Choice | null): ReadonlySet<number> | null {
  if (choice === null) return null;
  if ("column" in choice.at) return new Set(choice.at.district === district ? [choice.at.column] : []);
  const party = names?.parties.findIndex(({ id }) => partyKey(id) === choice.key) ?? -1;
  return new Set(names?.choices.flatMap((each, column) => (each.party === party && party >= 0 ? [column] : [])));
}
