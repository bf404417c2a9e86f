/**
 * The files that follow from an edition but that no edition waits for: the search index, the feed of changes, the plain pages,
 * the prepared downloads. They are made from the published files, as any stranger could make them, in a process of their own
 * (`side-process.ts`); if that dies, editions go on without noticing.
 *
 * What each may cost: a feed at most every ten seconds, plain pages at most each minute, downloads at most every ten minutes,
 * the index once for each definition.
 */
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { searchFolder } from "../election/search.ts";
import { type Facts, readFacts } from "../export/facts.ts";
import type { ObjectSource } from "../export/source.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { asHash, type Hash, hashHex } from "../ledger/hash.ts";
import { readFileOrNull, writeAtomic } from "../store/files.ts";
import { type DownloadSet, type Members, makeDownloads, readSet, removeOthers } from "./downloads.ts";
import type { Edition } from "./edition.ts";
import { atomFeed, type FeedEntry, feedsOf, jsonFeed, merged, newEntries, readFeed } from "./feed.ts";
import { objectPath } from "./layout.ts";
import { plainPages } from "./plain-pages.ts";
import { searchFiles } from "./search-index.ts";

/** An edition with what its statement is known by. */
export interface PublishedEdition {
  readonly edition: Edition;
  readonly id: string;
  /** Origin of the log of editions. */
  readonly election: string;
}

/** How often each is made at most, in milliseconds by the clock that is handed in. */
export const FEED_EVERY = 10_000;
export const PLAIN_EVERY = 60_000;
export const DOWNLOADS_EVERY = 600_000;

/** Sets of downloads that stay: the newest, and what caches and readers may still be fetching. */
const KEPT_SETS = 3;
/** Objects read in one go before others get a turn. */
const BREATH = 64;
const FEED = "feed";
/** Hidden names: no web server gives them away. */
const FEED_STATE = `${FEED}/.state.json`;
const DOWNLOADS_STATE = "download/.state.json";

/** The newest downloads, and in which ten minutes they were made. */
interface DownloadsState {
  readonly edition: number;
  readonly hash: Hash;
  readonly slot: number;
}

/** An object that was published is not there: the edition has been let go meanwhile. */
export class ObjectGone extends Error {
  override readonly name = "ObjectGone";
}

export class SideFiles {
  readonly #dir: string;
  readonly #clock: () => number;
  /** By region, newest first. */
  readonly #feeds = new Map<string, FeedEntry[]>();
  #fed: Edition | null = null;
  #feedAt = Number.NEGATIVE_INFINITY;
  /** Number of the edition that the plain pages are of. */
  #plain = 0;
  #plainAt = Number.NEGATIVE_INFINITY;
  #slot = Number.NEGATIVE_INFINITY;
  readonly #sets: DownloadSet[] = [];
  readonly #members: Members = new Map();

  /** `clock` in milliseconds, only for how often things are made. */
  constructor(publicDir: string, clock: () => number) {
    this.#dir = publicDir;
    this.#clock = clock;
  }

  /**
   * Brings all but the downloads up to an edition, as far as it is time. Returns the milliseconds until what it was too early for
   * can be made; 0 if there is nothing of that kind.
   */
  async follow(published: PublishedEdition): Promise<number> {
    const { edition, id, election } = published;
    const source = this.#source();
    const facts = await readFacts(source, edition, { election, editionId: id });
    await this.#index(source, edition.definition);
    const now = this.#clock();
    let wait = Number.POSITIVE_INFINITY;
    if (this.#fed?.number !== edition.number) {
      if (now - this.#feedAt >= FEED_EVERY) {
        this.#feedAt = now;
        await this.#feed(source, edition, facts);
      } else wait = this.#feedAt + FEED_EVERY - now;
    }
    if (this.#plain !== edition.number) {
      if (now - this.#plainAt >= PLAIN_EVERY) {
        this.#plainAt = now;
        for await (const [path, html] of plainPages(source, edition, facts)) this.#replace(path, html);
        this.#plain = edition.number;
      } else wait = Math.min(wait, this.#plainAt + PLAIN_EVERY - now);
    }
    return wait === Number.POSITIVE_INFINITY ? 0 : wait;
  }

  /**
   * The downloads of an edition, if ten minutes have gone by since the last; else null. Those that a process before this one made in
   * the same ten minutes are not made again.
   */
  async downloads({ edition }: PublishedEdition): Promise<Edition["downloads"]> {
    const slot = Math.floor(edition.time / DOWNLOADS_EVERY);
    if (slot <= this.#slot) return null;
    this.#slot = slot;
    const before = this.#readState<DownloadsState>(DOWNLOADS_STATE);
    const known = before?.slot === slot ? readSet(this.#dir, before.hash) : null;
    if (before && known) {
      this.#sets.push(known);
      return { edition: before.edition, hash: before.hash };
    }
    const set = await makeDownloads(this.#dir, this.#source(), edition, this.#members);
    this.#sets.push(set);
    if (this.#sets.length > KEPT_SETS) this.#sets.shift();
    // Until as many were made as stay, older ones may still be named by the newest edition.
    if (this.#sets.length === KEPT_SETS) removeOthers(this.#dir, readdirSync(join(this.#dir, "download")), this.#sets);
    const made = { edition: edition.number, hash: asHash(set.hash) };
    this.#writeState(DOWNLOADS_STATE, { ...made, slot } satisfies DownloadsState);
    return made;
  }

  #source(): ObjectSource {
    let reads = 0;
    return {
      object: async (hash) => {
        if (++reads % BREATH === 0) await turn();
        const bytes = readFileOrNull(join(this.#dir, objectPath(asHash(hash))));
        if (bytes === null || hashHex(bytes) !== hash) throw new ObjectGone(`object ${hash} is not published any more`);
        return JSON.parse(fromUtf8(bytes)) as JsonObject;
      },
    };
  }

  async #index(source: ObjectSource, definition: string): Promise<void> {
    const folder = searchFolder(definition);
    if (existsSync(join(this.#dir, folder, "index.json"))) return;
    for await (const [path, text] of searchFiles(source, definition)) {
      writeAtomic(join(this.#dir, folder, path), utf8(text));
      await turn();
    }
    const made = (name: string) => statSync(join(this.#dir, "search", name)).mtimeMs;
    const others = readdirSync(join(this.#dir, "search")).filter((name) => name !== definition);
    // The one before stays for pages that are open.
    for (const name of others.sort((a, b) => made(b) - made(a)).slice(1))
      rmSync(join(this.#dir, "search", name), { recursive: true, force: true });
  }

  async #feed(source: ObjectSource, edition: Edition, facts: Facts): Promise<void> {
    const before = this.#fed ?? this.#readState<Edition>(FEED_STATE);
    const added = await newEntries(source, before, edition);
    const touched = new Map<string, FeedEntry[]>();
    for (const entry of added) {
      for (const region of feedsOf(entry)) touched.set(region, [...(touched.get(region) ?? []), entry]);
    }
    // The nation's is there from the beginning, so that a reader can subscribe before anything changes.
    if (before === null && !touched.has("0")) touched.set("0", []);
    for (const [region, entries] of touched) {
      const there = this.#feeds.get(region) ?? this.#readFeed(region);
      const feed = merged(there, entries);
      this.#feeds.set(region, feed);
      const subject = { region, name: nameOf(region, feed), facts, time: feed[0]?.time ?? edition.time };
      this.#replace(`${FEED}/${region}.atom`, atomFeed(subject, feed));
      this.#replace(`${FEED}/${region}.json`, jsonFeed(subject, feed));
    }
    this.#fed = edition;
    // Last: should this process die before, the same entries are found again, and stand in the feeds once all the same.
    this.#writeState(FEED_STATE, edition);
  }

  #writeState(path: string, state: object): void {
    this.#replace(path, `${JSON.stringify(state)}\n`);
  }

  #readState<T>(path: string): T | null {
    const bytes = readFileOrNull(join(this.#dir, path));
    try {
      return bytes === null ? null : (JSON.parse(fromUtf8(bytes)) as T);
    } catch {
      // Cut short by a power cut: all is made as at the first start.
      return null;
    }
  }

  #readFeed(region: string): FeedEntry[] {
    const bytes = readFileOrNull(join(this.#dir, FEED, `${region}.json`));
    return bytes === null ? [] : readFeed(fromUtf8(bytes));
  }

  /** Only when it differs, so that caches keep what they have. */
  #replace(path: string, text: string): void {
    const bytes = utf8(text);
    const there = readFileOrNull(join(this.#dir, path));
    if (there === null || Buffer.compare(there, bytes) !== 0) writeAtomic(join(this.#dir, path), bytes);
  }
}

/** A region's name as its entries have it. */
function nameOf(region: string, feed: readonly FeedEntry[]): string {
  if (region === "0") return "nasional";
  const entry = feed.find(({ station }) => station.startsWith(region));
  return entry?.where[region.length === 2 ? 2 : 1] ?? region;
}
