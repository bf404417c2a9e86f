/**
 * The names of choices, from a district's definition object: a column's number, name and colour, and its party. A page
 * fetches only the districts that its object names: those that it shows, and where party totals of many stand together, as many as
 * it takes to name every party (mostly one).
 */
import { fields, integer, items, parseJson, ShapeError, text } from "./shape.ts";

export interface ChoiceName {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly colour: string;
  /** Index into {@link Names.parties}; -1 where choices do not stand within parties. */
  readonly party: number;
}

export interface PartyName {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly short: string;
  readonly colour: string;
}

/** `choices` in the columns of `votes`. */
export interface Names {
  readonly district: string;
  /** Codes of the largest regions that lie wholly in the district. */
  readonly regions: readonly string[];
  readonly choices: readonly ChoiceName[];
  readonly parties: readonly PartyName[];
}

/** A colour goes into a style attribute, so only the one form is let through. */
function colour(value: unknown, where: string): string {
  const found = text(value, where);
  if (!/^#[0-9a-f]{6}$/i.test(found)) throw new ShapeError(`${where}: not a colour like #aabbcc`);
  return found;
}

/** Decodes a district's definition object. Throws {@link ShapeError}. */
export function decodeNames(bytes: Uint8Array): Names {
  const from = parseJson(bytes, "district");
  const choices = items(from.choices, "choices", (value, where) => {
    const choice = fields(value, where);
    return {
      id: text(choice.id, where),
      number: integer(choice.number, where),
      name: text(choice.name, where),
      colour: colour(choice.colour, where),
      party: integer(choice.party, where),
    };
  });
  const parties = items(from.parties, "parties", (value, where) => {
    const party = fields(value, where);
    const id = text(party.id, where);
    return {
      id,
      number: integer(party.number, where),
      name: text(party.name, where),
      short: text(party.short, where),
      // A party's colour is that of its own column.
      colour: choices.find((choice) => choice.id === id)?.colour ?? "#6b7280",
    };
  });
  return { district: text(from.name, "name"), regions: items(from.regions, "regions", text), choices, parties };
}
