/**
 * Follows one hall: its view, kept as new as the desk's program has it, and how old it is where nothing comes.
 *
 * The program tells of changes by server-sent events; where these do not come through, the page asks every few seconds. Either
 * way one request is under way at a time, and a view of a shorter log never replaces one of a longer.
 */
import type { RegionCode } from "../../../src/election/codes.ts";
import type { HallView } from "../../../src/recap/wire/views.ts";
import { type Api, ApiFault, eventsUrl } from "./api.ts";
import { Observable } from "./observable.ts";

export interface Watched {
  readonly view: HallView | null;
  /** When the view came, by this browser's clock. */
  readonly at: number;
  /** The desk's clock minus this browser's, in milliseconds. */
  readonly ahead: number;
  /** Null while all is well. */
  readonly fault: ApiFault | null;
}

/** How often to ask where no events come, in milliseconds. */
const ASK_AGAIN = 3000;

export interface Surroundings {
  now(): number;
  /** Opens the stream of events; null where the browser has none. */
  listen(url: string): EventSource | null;
  later(run: () => void, milliseconds: number): () => void;
}

export const BROWSER: Surroundings = {
  now: () => Date.now(),
  listen: (url) => (typeof EventSource === "undefined" ? null : new EventSource(url)),
  later: (run, milliseconds) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

export class HallWatch {
  readonly state = new Observable<Watched>({ view: null, at: 0, ahead: 0, fault: null });
  /** Size of the log that the program last spoke of: views made from a shorter one are out of date. */
  readonly size = new Observable(0);
  readonly region: RegionCode;
  readonly #api: Api;
  readonly #around: Surroundings;
  #source: EventSource | null = null;
  #isAsking = false;
  #isWanted = false;
  #isClosed = false;
  #hasEvents = false;
  #cancel: () => void = () => undefined;

  constructor(api: Api, region: RegionCode, around: Surroundings = BROWSER) {
    this.#api = api;
    this.region = region;
    this.#around = around;
  }

  /** Begins to follow; the first view is asked for at once. */
  start(): void {
    this.#listen();
    void this.refresh();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
    this.#source?.close();
  }

  #listen(): void {
    const source = this.#around.listen(eventsUrl(this.region));
    this.#source = source;
    if (source === null) return;
    source.onopen = () => {
      this.#hasEvents = true;
      void this.refresh();
    };
    source.onmessage = ({ data }) => {
      const size = sizeIn(String(data));
      if (size > this.size.value) this.size.set(size);
      void this.refresh();
    };
    source.onerror = () => {
      this.#hasEvents = false;
      void this.refresh();
    };
  }

  /** Asks for the view now; while a request is under way, once more after it. */
  async refresh(): Promise<void> {
    if (this.#isClosed) return;
    if (this.#isAsking) {
      this.#isWanted = true;
      return;
    }
    this.#cancel();
    this.#isAsking = true;
    try {
      this.#take(await this.#api.hall(this.region));
    } catch (fault) {
      if (!(fault instanceof ApiFault)) throw fault;
      this.state.set({ ...this.state.value, fault });
    } finally {
      this.#isAsking = false;
    }
    if (this.#isWanted) {
      this.#isWanted = false;
      void this.refresh();
    } else if (!this.#isClosed && (!this.#hasEvents || this.state.value.fault !== null)) {
      this.#cancel = this.#around.later(() => {
        if (this.#source?.readyState === 2) this.#listen();
        void this.refresh();
      }, ASK_AGAIN);
    }
  }

  #take(view: HallView): void {
    const before = this.state.value.view;
    const at = this.#around.now();
    const newer = before === null || view.log.size >= before.log.size;
    this.state.set({ view: newer ? view : before, at, ahead: view.now - at, fault: null });
    if (view.log.size > this.size.value) this.size.set(view.log.size);
  }
}

function sizeIn(data: string): number {
  try {
    const { size } = JSON.parse(data) as { size?: unknown };
    return typeof size === "number" ? size : 0;
  } catch {
    return 0;
  }
}
