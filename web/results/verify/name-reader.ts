/**
 * The definition objects that name what an object counts, fetched as far as a page needs them and kept: they never change.
 */
import { type Edition, faulted } from "./edition.ts";
import { objectPath } from "./files.ts";
import { decodeContest, decodeElection, decodeNames, type Names } from "./names.ts";
import type { ResultObject } from "./objects.ts";

export class NameReader {
  readonly #object: (hash: string) => Promise<Uint8Array>;
  readonly #known = new Map<string, Names>();
  /** Asked for before it was known to be wanted. */
  readonly #coming = new Map<string, Promise<Uint8Array>>();

  /** `object`: a verified object by its hash. */
  constructor(object: (hash: string) => Promise<Uint8Array>) {
    this.#object = object;
  }

  /**
   * Asks for the names that some bytes speak of, though nothing of these is verified yet: on a slow phone checking them takes as
   * long as fetching the names. Bytes that lie cost a request.
   */
  expect(bytes: Uint8Array | null | undefined): void {
    const hash = /"names":"([0-9a-f]{64})"/.exec(new TextDecoder().decode(bytes ?? undefined))?.[1];
    if (hash === undefined || this.#known.has(hash)) return;
    const coming = this.#object(hash);
    coming.catch(() => this.#coming.delete(hash));
    this.#coming.set(hash, coming);
  }

  /** The districts whose choices an object counts, by hash of the definition object; none for no object. */
  async of(object: ResultObject | undefined, definition: Edition["definition"]): Promise<ReadonlyMap<string, Names>> {
    if (object === undefined) return new Map();
    const hashes = [...object.count.lists, ...object.recap.lists].flatMap(({ names }) => names ?? []);
    if (hashes.length === 0 && object.parties.length > 0) return this.#parties(object, definition);
    const wanted = [...new Set(hashes)];
    return new Map(await Promise.all(wanted.map(async (hash) => [hash, await this.#district(hash)] as const)));
  }

  /** Above the districts only parties are shown: districts are read until each party has its name. */
  async #parties(object: ResultObject, definition: string): Promise<ReadonlyMap<string, Names>> {
    const found = new Map<string, Names>();
    const election = await this.#object(definition);
    const contest = faulted(objectPath(definition), () => decodeElection(election)).get(object.contest);
    if (contest === undefined) return found;
    const bytes = await this.#object(contest);
    const unnamed = new Set(object.parties);
    for (const hash of faulted(objectPath(contest), () => decodeContest(bytes))) {
      const names = await this.#district(hash);
      if (names.parties.filter(({ id }) => unnamed.delete(id)).length > 0) found.set(hash, names);
      if (unnamed.size === 0) break;
    }
    return found;
  }

  async #district(hash: string): Promise<Names> {
    const known = this.#known.get(hash);
    if (known !== undefined) return known;
    const bytes = await (this.#coming.get(hash) ?? this.#object(hash));
    const names = faulted(objectPath(hash), () => decodeNames(bytes));
    this.#known.set(hash, names);
    return names;
  }
}
