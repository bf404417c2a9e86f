import { PublishedError } from "../log-files.ts";

/** What an audit finds: where (a public path, or a log's entry as `tps/510303#7`) and what is wrong there. */
export interface Fault {
  readonly where: string;
  readonly what: string;
}

/** One flipped bit can break ten thousand things; the first of them say what happened. */
export const MOST_FAULTS = 1_000;

/** Collects faults, each once. */
export class Faults {
  readonly list: Fault[] = [];
  readonly #known = new Set<string>();

  /** Notes what a published file has been found to be. Throws on any other error: that is not the publication's fault. */
  addError(error: unknown): void {
    if (!(error instanceof PublishedError)) throw error;
    this.add(error.where, error.message.slice(error.where.length + 2));
  }

  add(where: string, what: string): void {
    const key = `${where}\n${what}`;
    if (this.#known.has(key) || this.list.length >= MOST_FAULTS) return;
    this.#known.add(key);
    this.list.push({ where, what });
  }
}
