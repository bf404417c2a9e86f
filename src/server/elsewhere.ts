/**
 * What the centre knows of logs that are written elsewhere, besides the logs: its own key of each, by which one is taken back; when
 * a hall was last heard of; what contradicts a log or was written by a replaced machine. Read from the files that the exchange
 * writes, so that the desk needs nothing of that process.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Standings } from "../core/standings.ts";
import type { RegionCode } from "../election/codes.ts";
import type { Hall } from "../recap/hall.ts";
import type { CustodyView } from "../recap/wire/sync.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Contact } from "../sync/contact.ts";
import { Evidence } from "../sync/evidence.ts";
import { contactPath, readContacts } from "./exchange.ts";

export interface ElsewhereOptions {
  /** The centre's data folder. */
  readonly data: string;
  readonly standings: Standings;
  /** The centre's own vkey of a log. */
  readonly centreVkey: (log: LogName) => string;
}

export class Elsewhere {
  readonly #options: ElsewhereOptions;
  #own: Store | null = null;

  constructor(options: ElsewhereOptions) {
    this.#options = options;
  }

  /** Who writes the logs right below a hall, and what is known of them besides. */
  async custody(hall: Hall): Promise<CustodyView> {
    const { centreVkey } = this.#options;
    const writers = await hall.writers();
    const forks = (await this.#evidence()?.forks()) ?? [];
    const apart = await this.#apart();
    const contacts = this.#contacts(hall.region);
    return {
      centre: Object.fromEntries(writers.map(({ log }) => [log, centreVkey(log)])),
      writers: writers.map((writer) => ({
        ...writer,
        contact: contacts.find(({ region }) => region === writer.region.code) ?? null,
        forks: forks.filter(({ log }) => log === writer.log),
        apart: apart.filter(({ log }) => log === writer.log),
      })),
    };
  }

  async close(): Promise<void> {
    await this.#own?.close();
  }

  async #apart(): Promise<CustodyView["writers"][number]["apart"]> {
    const begun = new Map<string, number>();
    const found = await this.#evidence()?.apart(async (log, epoch) => {
      await this.#options.standings.load(log);
      await this.#options.standings.refresh(log);
      const next = this.#options.standings.custodies(log).find((custody) => custody.epoch === epoch + 1);
      if (next !== undefined) begun.set(`${log}@${epoch}`, next.size);
      return next?.size ?? null;
    });
    return (found ?? []).map(({ log, epoch, size }) => ({
      log,
      epoch,
      from: begun.get(`${log}@${epoch}`) ?? size,
      to: size,
    }));
  }

  #contacts(kabupaten: RegionCode): readonly Contact[] {
    return readContacts(contactPath(this.#options.data, kabupaten));
  }

  /** Before anything was exchanged there is no such store. */
  #evidence(): Evidence | null {
    const path = join(this.#options.data, "sync.db");
    if (this.#own === null && existsSync(path)) this.#own = openSqliteStore(path, { readOnly: true });
    return this.#own === null ? null : new Evidence(this.#own, 0);
  }
}
