/**
 * The definition objects that name what an object counts: taken from those that came along with the page's path, and fetched as far
 * as it needs others; and kept, since they never change.
 */
import { utf8 } from "../../../src/ledger/bytes.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import { faulted } from "./edition.ts";
import { objectPath } from "./files.ts";
import { decodeNames, type Names } from "./names.ts";
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

  /** The districts whose choices an object counts, in its lists or by a ruling, or that name its parties, by hash of their definition. */
  async of(object: ResultObject | undefined): Promise<ReadonlyMap<string, Names>> {
    if (object === undefined) return new Map();
    const { count, recap, partyNames } = object;
    const lists = [...count.lists, ...recap.lists, ...recap.adjustments].flatMap(({ names }) => names ?? []);
    const wanted = [...new Set([...lists, ...partyNames])];
    return new Map(await Promise.all(wanted.map(async (hash) => [hash, await this.#district(hash)] as const)));
  }

  async #district(hash: string): Promise<Names> {
    const known = this.#known.get(hash);
    if (known !== undefined) return known;
    const bytes = this.#offered.get(hash) ?? (await this.#fetched(hash));
    const names = faulted(objectPath(hash), () => decodeNames(bytes));
    this.#known.set(hash, names);
    return names;
  }
}
