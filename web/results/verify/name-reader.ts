/**
 * The definition objects that name what an object counts: taken from those that came along with the page's path, and fetched as far
 * as it needs others; and kept, since they never change.
 */
import { utf8 } from "../../../src/ledger/bytes.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import { type Edition, faulted } from "./edition.ts";
import { objectPath } from "./files.ts";
import { decodeContest, decodeElection, decodeNames, type Names } from "./names.ts";
import type { ResultObject } from "./objects.ts";

export class NameReader {
  readonly #fetched: (hash: string) => Promise<Uint8Array>;
  readonly #known = new Map<string, Names>();
  /** By their own hash. */
  readonly #offered = new Map<string, Uint8Array>();

  /** `object`: a verified object by its hash. */
  constructor(object: (hash: string) => Promise<Uint8Array>) {
    this.#fetched = object;
  }

  /** Takes the lines of a file as objects that may be wanted. One that is none has a hash that nothing verified names. */
  offer(bytes: Uint8Array | null | undefined): void {
    for (const line of new TextDecoder().decode(bytes ?? undefined).split("\n")) {
      const object = utf8(line);
      this.#offered.set(hashHex(object), object);
    }
  }

  async #object(hash: string): Promise<Uint8Array> {
    return this.#offered.get(hash) ?? this.#fetched(hash);
  }

  /** The districts whose choices an object counts, by hash of the definition object; none for no object. */
  async of(object: ResultObject | undefined, definition: Edition["definition"]): Promise<ReadonlyMap<string, Names>> {
    if (object === undefined) return new Map();
    const hashes = [...object.count.lists, ...object.recap.lists].flatMap(({ names }) => names ?? []);
    if (hashes.length === 0 && object.parties.length > 0) return this.#parties(object, definition);
    const wanted = [...new Set(hashes)];
    return new Map(await Promise.all(wanted.map(async (hash) => [hash, await this.#district(hash)] as const)));
  }

  /** Above the districts only parties are shown: districts are read until each party has its name, those at hand first. */
  async #parties(object: ResultObject, definition: string): Promise<ReadonlyMap<string, Names>> {
    const found = new Map<string, Names>();
    const election = await this.#object(definition);
    const contest = faulted(objectPath(definition), () => decodeElection(election)).get(object.contest);
    if (contest === undefined) return found;
    const bytes = await this.#object(contest);
    const unnamed = new Set(object.parties);
    const hashes = faulted(objectPath(contest), () => decodeContest(bytes));
    const isOffered = (hash: string) => this.#offered.has(hash);
    for (const hash of new Set([...hashes.filter(isOffered), ...hashes])) {
      const names = await this.#district(hash);
      if (names.parties.filter(({ id }) => unnamed.delete(id)).length > 0) found.set(hash, names);
      if (unnamed.size === 0) break;
    }
    return found;
  }

  async #district(hash: string): Promise<Names> {
    const known = this.#known.get(hash);
    if (known !== undefined) return known;
    const bytes = await this.#object(hash);
    const names = faulted(objectPath(hash), () => decodeNames(bytes));
    this.#known.set(hash, names);
    return names;
  }
}
