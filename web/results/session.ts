/**
 * What is on the screen and when it may move. The last verified state stays until the next one is verified; a newer edition
 * replaces it by itself at most once a minute, or at once when the reader asks; an alarm stays until the reader checks
 * again. A page with a fixed edition never moves. Time and waiting come in as arguments, so that tests need no clock.
 */

import type { Route } from "./route.ts";
import { Fault } from "./verify/fault.ts";
import type { Reader, Snapshot } from "./verify/verify.ts";

export interface Screen {
  readonly route: Route;
  /** The last verified state; it may still be of the page before, while `busy`. */
  readonly snapshot: Snapshot | null;
  readonly busy: boolean;
  readonly trouble: Fault | null;
  /** A newer edition is published. */
  readonly newer: boolean;
}

/** How long the numbers on the screen stay before they may move by themselves, in milliseconds. */
export const REST = 60_000;

export class Session {
  readonly #reader: Reader;
  readonly #now: () => number;
  readonly #show: (screen: Screen) => void;
  readonly #fixed: number | null;
  #screen: Screen;
  #movedAt = 0;
  /** Counts the loads begun: an answer to an older question is dropped. */
  #asked = 0;

  /** `fixed`: the number of the edition to stay with; null for the newest. */
  constructor(
    reader: Reader,
    route: Route,
    now: () => number,
    show: (screen: Screen) => void,
    fixed: number | null = null,
  ) {
    this.#reader = reader;
    this.#now = now;
    this.#show = show;
    this.#fixed = fixed;
    this.#screen = { route, snapshot: null, busy: true, trouble: null, newer: false };
  }

  get screen(): Screen {
    return this.#screen;
  }

  /** Opens a page. A station is part of its desa's page, so that going there needs no new state. */
  async go(route: Route): Promise<void> {
    const { snapshot, route: old } = this.#screen;
    const samePage = snapshot !== null && old.contest === route.contest && old.region === route.region;
    this.#update({ route });
    if (this.#screen.trouble !== null) await this.refresh();
    else if (!samePage) await this.#move(snapshot, route);
  }

  /** Goes to another page: within the edition on the screen if it is near, so that nothing else moves; else to the newest. */
  async #move(snapshot: Snapshot | null, { contest, region }: Route): Promise<void> {
    if (snapshot === null || snapshot.contest !== contest) return this.refresh();
    const mine = ++this.#asked;
    this.#update({ busy: true });
    try {
      const next = await this.#reader.step(snapshot, region);
      if (mine !== this.#asked) return;
      if (next === null) return this.refresh();
      this.#update({ snapshot: next, busy: false });
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      if (mine === this.#asked) this.#update({ busy: false, trouble: cause });
    }
  }

  /** Loads the current state of the page, now. */
  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    const { contest, region } = this.#screen.route;
    this.#update({ busy: true });
    try {
      const snapshot = await this.#load(contest, region);
      if (mine !== this.#asked) return;
      this.#movedAt = this.#now();
      this.#update({ snapshot, busy: false, trouble: null, newer: false });
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      if (mine === this.#asked) this.#update({ busy: false, trouble: cause });
    }
  }

  async #load(contest: string, region: string): Promise<Snapshot> {
    if (this.#fixed === null) return this.#reader.load(contest, region);
    const current = await this.#reader.load(contest, "0");
    // Few pages are fixed, so what finds an earlier edition is fetched by those that are.
    let fixed: typeof import("./verify/fixed.ts");
    try {
      fixed = await import("./verify/fixed.ts");
    } catch (cause) {
      throw new Fault("unreachable", "assets/", String(cause));
    }
    return fixed.inEdition(this.#reader, current, this.#fixed, region);
  }

  /** Looks whether there is anything newer; moves to it if the screen has rested long enough. */
  async poll(): Promise<void> {
    const { snapshot, busy, trouble } = this.#screen;
    if (busy || trouble?.isAlarm || (this.#fixed !== null && snapshot !== null)) return;
    try {
      const size = snapshot === null ? 0 : await this.#reader.latest();
      if (snapshot !== null && trouble === null && size <= snapshot.head.size) return;
      if (snapshot === null || trouble !== null || this.#now() - this.#movedAt >= REST) await this.refresh();
      else this.#update({ newer: true });
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      // Nobody answered: the verified state stays, and the next look tells more.
      if (cause.isAlarm) this.#update({ trouble: cause });
    }
  }

  #update(change: Partial<Screen>): void {
    this.#screen = { ...this.#screen, ...change };
    this.#show(this.#screen);
  }
}
