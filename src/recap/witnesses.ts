/**
 * What the saksi of mandates are called: one file per person in `DIR/desk/witnesses/`, kept beside the log as members' names are.
 *
 * The log knows a saksi by the random number of a mandate. The name is for the lines that are signed and for those who work in the
 * hall; with its file it is gone from all of them, and the logs still say the same.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fits } from "../election/schema-faults.ts";
import { Person } from "../election/statement-fields.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { writeDurable } from "../store/durable.ts";
import { readFileOrNull } from "../store/files.ts";
import { PersonName } from "./people.ts";
import type { HallView } from "./wire/views.ts";

/** Whether a text can be a person's number in a log. */
export const isPerson = (text: unknown): text is string => fits(Person, text);
/** Whether a text can be a name, see {@link PersonName}. */
export const isName = (text: unknown): text is string => fits(PersonName, text);

export class Witnesses {
  readonly #folder: string;
  readonly #names = new Map<string, string>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** The saksi of a data folder. */
  static open(data: string): Witnesses {
    const witnesses = new Witnesses(join(data, "desk", "witnesses"));
    for (const person of witnesses.#persons()) {
      const bytes = readFileOrNull(witnesses.#path(person));
      if (bytes !== null) witnesses.#names.set(person, fromUtf8(bytes).trim());
    }
    return witnesses;
  }

  /** Person → name. */
  names(): ReadonlyMap<string, string> {
    return this.#names;
  }

  /** Keeps a name, or another in its place. Both are {@link isPerson} and {@link isName}. Throws what the disk throws. */
  keep(person: string, name: string): void {
    writeDurable(this.#path(person), utf8(`${name}\n`));
    this.#names.set(person, name);
  }

  /** Forgets a name; of nobody there is none to forget. */
  forget(person: string): void {
    rmSync(this.#path(person), { force: true });
    this.#names.delete(person);
  }

  #persons(): string[] {
    // Before the first name there is no folder; one that cannot be read is no empty one.
    return existsSync(this.#folder) ? readdirSync(this.#folder).filter(isPerson) : [];
  }

  #path(person: string): string {
    return join(this.#folder, person);
  }
}

/** A hall's view with the names of those who hold its mandates, for those who work in it. */
export function withNames(view: HallView, names: ReadonlyMap<string, string>): HallView {
  const mandates = view.mandates.map((mandate) => ({ ...mandate, name: names.get(mandate.person) ?? null }));
  return { ...view, mandates };
}
