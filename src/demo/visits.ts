/** What visitors have done, read from the logs of their plenaries: whether any came, and what they certified. */
import { plenoLog, type RegionCode } from "../election/codes.ts";
import { type BodyOf, decodeBody, typeLine } from "../election/statements.ts";
import { parseStatement } from "../ledger/statement.ts";
import type { Store } from "../store/store.ts";
import { penKey } from "../tally/plenary.ts";

interface Seen {
  read: number;
  isVisited: boolean;
  /** By contest/district, the last one, whoever gave it. */
  readonly certificates: Map<string, BodyOf<"certificate">>;
}

const PAGE = 500;

export class Visits {
  readonly #store: Store;
  /** Names of the visitors' keys. */
  readonly #keys: ReadonlySet<string>;
  readonly #seen = new Map<RegionCode, Seen>();

  constructor(store: Store, keys: ReadonlySet<string>) {
    this.#store = store;
    this.#keys = keys;
  }

  /** Whether this is the name of a visitor's key. */
  isKey(name: string): boolean {
    return this.#keys.has(name);
  }

  /** Whether a visitor has signed anything in the region's plenary. */
  async isVisited(region: RegionCode): Promise<boolean> {
    return (await this.#look(region)).isVisited;
  }

  /** What was certified in the region's plenary, by contest/district. */
  async certificates(region: RegionCode): Promise<ReadonlyMap<string, BodyOf<"certificate">>> {
    return (await this.#look(region)).certificates;
  }

  async #look(region: RegionCode): Promise<Seen> {
    const seen = this.#seen.get(region) ?? { read: 0, isVisited: false, certificates: new Map() };
    this.#seen.set(region, seen);
    for (;;) {
      const entries = await this.#store.read(plenoLog(region), seen.read, seen.read + PAGE);
      for (const entry of entries) this.#take(seen, entry);
      if (entries.length < PAGE) return seen;
    }
  }

  #take(seen: Seen, entry: Uint8Array): void {
    const { type, body, signatures } = parseStatement(entry);
    seen.read++;
    seen.isVisited ||= signatures.some(({ name }) => this.#keys.has(name));
    if (type !== typeLine("certificate")) return;
    const certificate = decodeBody("certificate", body);
    seen.certificates.set(penKey(certificate.contest, certificate.district), certificate);
  }
}
