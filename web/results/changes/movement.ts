/** How much a posting moved one choice, or all votes of a party. */
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
export function movementsOf({ changes }: Posting, names: Names | undefined, choice: Choice | null): Movement[] {
  const wanted = columnsOf(names, choice);
  return changes
    .filter(({ column }) => wanted === null || wanted.has(column))
    .map(({ column, before, after }) => ({ label: choiceLabel(names, column), before, after }));
}

/** Votes that a posting gave to a choice, less those it took. */
export function deltaOf({ changes }: Posting, names: Names | undefined, choice: Choice): number {
  const wanted = columnsOf(names, choice);
  return changes.reduce((sum, { column, before, after }) => sum + (wanted?.has(column) ? after - before : 0), 0);
}

/** Votes up and down over some postings, each change for itself as the counters have them. */
export function upAndDown(postings: readonly Posting[], names: Names | undefined, choice: Choice) {
  const wanted = columnsOf(names, choice);
  let up = 0;
  let down = 0;
  for (const { column, before, after } of postings.flatMap(({ changes }) => changes)) {
    if (!wanted?.has(column)) continue;
    if (after > before) up += after - before;
    else down += before - after;
  }
  return { up, down };
}

function columnsOf(names: Names | undefined, choice: Choice | null): ReadonlySet<number> | null {
  if (choice === null) return null;
  if ("column" in choice.at) return new Set([choice.at.column]);
  const party = names?.parties.findIndex(({ id }) => partyKey(id) === choice.key) ?? -1;
  return new Set(names?.choices.flatMap((each, column) => (each.party === party && party >= 0 ? [column] : [])));
}
