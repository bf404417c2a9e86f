/**
 * The halls that a desk has open: each is opened when it is first asked for and kept.
 *
 * While anyone watches a hall its logs are followed, and what the plenaries above have said is written into its log as seen at
 * once: an order from above binds a hall from there on, and the people in it are to learn so before the next of them signs
 * something.
 */
import type { Standings } from "../core/standings.ts";
import type { Core } from "../core/submission.ts";
import { plenoLog, type RegionCode } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { fromUtf8 } from "../ledger/bytes.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import type { Store } from "../store/store.ts";
import { Acts, isUnwritten, type Stated } from "./acts.ts";
import { Hall, type HallOptions } from "./hall.ts";
import type { Papers } from "./papers.ts";
import { Printer } from "./printer.ts";

export interface HallsOptions {
  readonly store: Store;
  readonly core: Core;
  readonly standings: Standings;
  readonly definition: (root: Hash) => Model;
  readonly papers: Papers;
  /** Address of the public site, for the codes on paper. */
  readonly site?: string | undefined;
  /** A station's sheet that is held at this place and in no log yet; null if there is none. */
  readonly heldSheet?: HallOptions["heldSheet"];
}

interface Open {
  readonly hall: Hall;
  readonly acts: Acts;
  readonly watchers: Set<() => void>;
  /** Sizes of the plenaries above that the hall's log was last seen to know. */
  known: string;
  /** The end of the store when this hall was last looked at and all was in order. */
  lookedAt: number;
}

export class Halls {
  readonly #options: HallsOptions;
  readonly #open = new Map<RegionCode, Promise<Open>>();
  readonly #printer = new Printer();

  constructor(options: HallsOptions) {
    this.#options = options;
  }

  /** The hall of a region. @throws HallError if the definition has no plenary of it */
  async hall(region: RegionCode): Promise<Hall> {
    return (await this.#opened(region)).hall;
  }

  /** Ends what goes on by itself: the printing. */
  close(): Promise<void> {
    return this.#printer.close();
  }

  /** Calls back whenever what the hall shows may have changed; the answer ends it. */
  async watch(region: RegionCode, tell: () => void): Promise<() => void> {
    const { watchers } = await this.#opened(region);
    watchers.add(tell);
    return () => watchers.delete(tell);
  }

  /** Looks at the logs of every hall that is watched, and tells the watchers of those that moved; costs nothing while none did. */
  async look(): Promise<void> {
    const end = await this.#options.store.end();
    for (const opening of [...this.#open.values()]) {
      const open = await opening.catch(() => null);
      if (open === null || open.watchers.size === 0 || open.lookedAt === end) continue;
      const isDown = await this.#bringDown(open);
      const hasMoved = await open.hall.follow();
      if (hasMoved) for (const tell of open.watchers) tell();
      const isUp = await this.#bringUp(open.hall);
      if (isDown && isUp) open.lookedAt = end;
    }
  }

  /** Hands in a statement that people with these keys signed, and tells the hall's watchers at once. */
  async state(region: RegionCode, note: Uint8Array, keys: readonly string[]): Promise<Stated> {
    const { acts, watchers } = await this.#opened(region);
    const stated = await acts.state(note, keys);
    if (stated.kind === "accepted") for (const tell of watchers) tell();
    return stated;
  }

  #opened(region: RegionCode): Promise<Open> {
    let open = this.#open.get(region);
    if (open === undefined) {
      open = this.#openHall(region);
      this.#open.set(region, open);
      // One that could not be opened is tried again.
      open.catch(() => this.#open.delete(region));
    }
    return open;
  }

  async #openHall(region: RegionCode): Promise<Open> {
    const { store, core, standings, definition, papers, site, heldSheet } = this.#options;
    await standings.load(plenoLog(region));
    const apart = {
      pages: async (list: Hash) => pagesIn(papers.get(list)),
      words: async (hash: Hash) => wordsIn(papers, hash),
    };
    const told = { ...(site === undefined ? {} : { site }), ...(heldSheet === undefined ? {} : { heldSheet }) };
    const hall = await Hall.open({ store, definition, region, apart, printer: this.#printer, ...told });
    const acts = new Acts({ store, core, standings, hall });
    const open: Open = { hall, acts, watchers: new Set(), known: "", lookedAt: -1 };
    await this.#bringDown(open);
    await hall.follow();
    await this.#bringUp(hall);
    return open;
  }

  /** Has the hall's log say that it knows the plenaries above as they stand; whether it does now. */
  async #bringDown(open: Open): Promise<boolean> {
    const { core, standings } = this.#options;
    const log = plenoLog(open.hall.region);
    await standings.refresh(log);
    const above = standings.plenaries(log);
    const sizes = above.map(({ size }) => size).join(" ");
    if (sizes === open.known) return true;
    const isWritten = await written(async () => {
      for (const plenary of above) await core.see(log, plenary.log);
    });
    if (isWritten) open.known = sizes;
    return isWritten;
  }

  /**
   * Has the hall's log say that it knows the certificates below; whether it does now. A desk passes its own on by itself; those
   * that came with a log from elsewhere nobody has passed on, and nothing could be certified over them.
   */
  #bringUp(hall: Hall): Promise<boolean> {
    return written(async () => {
      for (const below of hall.certifiedBelow()) await this.#options.core.see(plenoLog(hall.region), below);
    });
  }
}

/** Whether a note was written; one that was not is written with the next statement, or at the next look. */
async function written(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (!isUnwritten(error)) throw error;
    return false;
  }
}

type Paper = ReturnType<Papers["get"]>;

/** The pages of a list, none where it has not come. */
function pagesIn(paper: Paper): readonly Hash[] {
  if (paper?.type !== "application/json") return [];
  return (JSON.parse(fromUtf8(paper.bytes)) as string[]).map(asHash);
}

/** What was written under a hash: the text itself, or the one among the pages of a list. */
function wordsIn(papers: Papers, hash: Hash): string | null {
  const paper = papers.get(hash);
  if (paper?.type !== "application/json") return textIn(paper);
  return pagesIn(paper).reduce<string | null>((text, page) => text ?? textIn(papers.get(page)), null);
}

function textIn(paper: Paper): string | null {
  return paper?.type.startsWith("text/") ? fromUtf8(paper.bytes) : null;
}
