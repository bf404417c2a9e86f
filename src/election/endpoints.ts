/**
 * Where the centre can be reached: a list that the centre has signed, so that a phone or a laptop that hears of new addresses
 * knows that they are the centre's; and when to try which, so that a thousand that come back at once do not come at once.
 *
 * Waiting is "full jitter": anything between nothing and a bound that doubles with each failure. Measured elsewhere and well
 * known: it spreads a herd best, and needs no agreement.
 */
import Type from "typebox";
import type { Signer } from "../ledger/note.ts";
import { NoteError, openNote, type Verifier } from "../ledger/note.ts";
import { openBody, parseStatement, StatementError, signStatement } from "../ledger/statement.ts";
import { fits } from "./schema-faults.ts";
import { strict } from "./statement-fields.ts";

const MAX_ENDPOINTS = 32;
const Url = Type.String({ pattern: "^https?://[!-~]{1,200}/$" });
const Urls = Type.Array(Url, { minItems: 1, maxItems: MAX_ENDPOINTS });
const EndpointsBody = Type.Object(
  {
    by: Type.Array(Type.String(), { minItems: 1, maxItems: 1 }),
    election: Type.String(),
    /** Grows with each list; an older one changes nothing. */
    number: Type.Integer({ minimum: 0 }),
    time: Type.Integer({ minimum: 0 }),
    urls: Urls,
  },
  strict,
);

/** Longest wait after failures, and the bound of the first, in milliseconds. */
const LONGEST = 60_000;
const FIRST = 500;

/** A signed list. `number`: larger than that of every list before. `urls` end with a slash. */
export function signEndpoints(
  { election, number, time, urls }: { election: string; number: number; time: number; urls: readonly string[] },
  centre: Signer,
): Uint8Array {
  return signStatement("teguh/endpoints/v1", { election, number, time, urls: [...urls] }, [centre]);
}

export interface EndpointsOptions {
  /** The centre's key, as the genesis names it, under its name as a key. */
  readonly centre: Verifier;
  /** What statements carry as `election`. */
  readonly electionTag: string;
  /** In [0, 1). */
  readonly random: () => number;
  /** Told of a list that is newer, to be kept. */
  readonly keep?: (note: Uint8Array) => void;
}

export class Endpoints {
  readonly #options: EndpointsOptions;
  #number = -1;
  #urls: readonly string[] = [];
  #at = 0;
  #failures = 0;

  constructor(options: EndpointsOptions) {
    this.#options = options;
  }

  /** Takes over a list if the centre has signed it and it is newer. */
  learn(note: Uint8Array): void {
    const list = this.#read(note);
    if (list === null || list.number <= this.#number) return;
    const current = this.current;
    this.#number = list.number;
    this.#urls = list.urls;
    const same = current === null ? -1 : list.urls.indexOf(current);
    // Where one begins is drawn, so that not everybody asks the first of the list.
    this.#at = same >= 0 ? same : Math.floor(this.#options.random() * list.urls.length);
    this.#options.keep?.(note);
  }

  /** The address to try now; null if none is known. */
  get current(): string | null {
    return this.#urls[this.#at] ?? null;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /**
   * Notes a failure: the next address is the current one from now on. Returns how many milliseconds to wait: not long while there
   * are addresses that were not tried, and never less than the other side has asked for.
   */
  failed(retryAfter = 0): number {
    const untried = this.#failures + 1 < this.#urls.length;
    this.#at = this.#urls.length === 0 ? 0 : (this.#at + 1) % this.#urls.length;
    const round = Math.floor(this.#failures / Math.max(1, this.#urls.length));
    this.#failures++;
    const bound = untried ? FIRST : Math.min(LONGEST, FIRST * 2 ** Math.min(round, 20));
    return retryAfter + Math.floor(this.#options.random() * bound);
  }

  #read(note: Uint8Array): { readonly number: number; readonly urls: readonly string[] } | null {
    try {
      openNote(note, [this.#options.centre]);
      const statement = parseStatement(note);
      const body: unknown = openBody(statement);
      if (statement.type !== "teguh/endpoints/v1" || !fits(EndpointsBody, body)) return null;
      const list = body as Type.Static<typeof EndpointsBody>;
      return list.election === this.#options.electionTag ? list : null;
    } catch (error) {
      if (error instanceof NoteError || error instanceof StatementError) return null;
      throw error;
    }
  }
}
