/** The choices of a region, named alike in addresses, accounts and lists of changes, and the counters that each has. */
import { partyKey } from "./route.ts";
import { knownDistricts } from "./verify/candidates.ts";
import type { Names } from "./verify/names.ts";
import type { Parties, ResultObject, RowFigures } from "./verify/objects.ts";
import type { Sparse } from "./verify/shape.ts";
import type { Snapshot } from "./verify/verify.ts";

/** What an account is about: a column of a district, or in contests with parties all votes of a party. */
export interface Choice {
  /** As the address has it: the choice's id, or `partai-` and the party's. */
  readonly key: string;
  readonly number: string;
  readonly name: string;
  readonly colour: string;
  /** District and column, or the place among the parties. */
  readonly at: { readonly district: string; readonly column: number } | { readonly party: number };
}

/** The choices that an object carries, in the order of the ballot; parties before their candidates. */
export function choicesOf(object: ResultObject, names: ReadonlyMap<string, Names>): Choice[] {
  const districts = knownDistricts(object, names);
  const known = new Map(
    [...names.values()].flatMap(({ parties }) => parties.map((party) => [party.id, party] as const)),
  );
  const parties = object.parties.flatMap((id, party): Choice[] => {
    const found = known.get(id);
    if (found === undefined) return [];
    return [{ key: partyKey(id), number: `${found.number}`, name: found.name, colour: found.colour, at: { party } }];
  });
  const columns = [...districts].flatMap(([district, { choices, parties: own }]) =>
    choices.map((choice, column): Choice => {
      const party = own[choice.party];
      const isParty = party?.id === choice.id;
      const number = party === undefined || isParty ? `${choice.number}` : `${party.number}.${choice.number}`;
      return { key: choice.id, number, name: choice.name, colour: choice.colour, at: { district, column } };
    }),
  );
  return [...parties, ...columns];
}

/** Votes as they stand; all that corrections ever added; all that were ever removed. */
export interface Counters {
  readonly votes: number;
  readonly raised: number;
  readonly removed: number;
}

export const NOTHING: Counters = { votes: 0, raised: 0, removed: 0 };

/** The counters of a choice in a region's own figures or in its parent's row; null where they do not carry it. */
export function countersOf(figures: RowFigures, { at }: Choice): Counters | null {
  if ("party" in at) return figures.parties === null ? NOTHING : countersAt(figures.parties, at.party);
  const list = figures.lists.find(({ district }) => district === at.district);
  if (list !== undefined) return countersAt(list, at.column);
  // Without parties every object and row carries its lists, and an empty one has none.
  return figures.parties === null ? NOTHING : null;
}

function countersAt({ votes, raised, removed }: Parties, column: number): Counters {
  const at = (pairs: Sparse) => pairs.find(([place]) => place === column)?.[1] ?? 0;
  return { votes: votes[column] ?? 0, raised: at(raised), removed: at(removed) };
}

/** The districts of the region on the page, by code. */
export function districtsOf({ place, names }: Pick<Snapshot, "place" | "names">): ReadonlyMap<string, Names> {
  return place?.reported ? knownDistricts(place.object, names) : new Map();
}
