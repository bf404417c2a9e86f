/**
 * What was used lately, under a bound. In two generations, of which the older is dropped when the younger has half of what may be
 * kept: a map that makes room for each entry by deleting its oldest has to step over all that it has deleted before.
 */
export class Recent<Value> {
  readonly #most: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  /** At most so many are kept, at least half as many of those that were used last. */
  constructor(most: number) {
    this.#most = most;
  }

  get(name: string): Value | undefined {
    const young = this.#young.get(name);
    if (young !== undefined) return young;
    const old = this.#old.get(name);
    if (old !== undefined) this.set(name, old);
    return old;
  }

  set(name: string, value: Value): void {
    if (this.#young.size >= this.#most / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(name, value);
  }
}
