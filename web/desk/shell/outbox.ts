/**
 * Statements on their way from this browser to the desk's program, in order.
 *
 * A statement is signed when the person acts, and from then on only has to arrive. It is kept in the browser's storage until
 * the program has taken or refused it, so a cut connection, a closed lid or a reload loses no act. Bytes are handed in
 * unchanged as often as it takes: the program knows a statement by its id. Signed statements are public, so storage holds
 * no secret.
 */

import type { RegionCode } from "../../../src/election/codes.ts";
import type { Text } from "../../../src/election/text.ts";
import { fromBase64, toBase64 } from "../../../src/ledger/bytes.ts";
import type { Accepted } from "../../../src/recap/wire/routes.ts";
import { type Api, ApiFault } from "./api.ts";
import { Observable } from "./observable.ts";

export type Delivery =
  | ({ readonly ok: true } & Accepted)
  | { readonly ok: false; readonly code: string; readonly words: Text; readonly reason: string | null };

/** A refusal that came after its page had gone on: told loudly, until somebody has read it. */
export interface Returned {
  /** What it was about, e.g. a station in a contest. */
  readonly about: Text;
  /** Where to look: a hash of the desk. */
  readonly link: string | null;
  readonly words: Text;
}

interface Waiting {
  readonly note: string;
  readonly about: Text;
  readonly link: string | null;
}

interface Parcel extends Waiting {
  readonly done: (delivery: Delivery) => void;
  /** Whoever handed it in waits for the answer and tells the person. */
  readonly isAwaited: boolean;
}

export interface Letter {
  readonly note: Uint8Array;
  readonly about: Text;
  readonly link?: string;
  /** The page goes on before the answer: a refusal comes back through {@link Outbox.returned}. */
  readonly goesOn?: boolean;
}

/** How long to wait before handing in again what did not arrive, in milliseconds. */
const TRY_AGAIN = 2000;

export class Outbox {
  /** How many statements have not arrived yet. */
  readonly waiting = new Observable(0);
  /** The last attempt had no answer: the connection is not what it seems. */
  readonly isStuck = new Observable(false);
  readonly returned = new Observable<readonly Returned[]>([]);
  readonly #api: Api;
  readonly #region: RegionCode;
  readonly #storage: Storage | null;
  readonly #key: string;
  #parcels: Parcel[] = [];
  #isSending = false;
  #retry: ReturnType<typeof setTimeout> | null = null;

  /** @param storage null where the browser refuses it: then the outbox lasts as long as the page */
  constructor(api: Api, region: RegionCode, storage: Storage | null) {
    this.#api = api;
    this.#region = region;
    this.#storage = storage;
    this.#key = `teguh:desk:outbox:${region}`;
    this.#parcels = this.#kept().map((waiting) => ({ ...waiting, done: () => undefined, isAwaited: false }));
    this.waiting.set(this.#parcels.length);
  }

  /** Hands in a statement after those before it. Resolves when the program has taken or refused it. */
  send({ note, about, link, goesOn }: Letter): Promise<Delivery> {
    return new Promise((done) => {
      this.#parcels.push({ note: toBase64(note), about, link: link ?? null, done, isAwaited: goesOn !== true });
      this.#keep();
      void this.push();
    });
  }

  /** Sends what waits, first come first; called again when the connection is back. */
  async push(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    try {
      for (let next = this.#parcels[0]; next !== undefined; next = this.#parcels[0]) {
        const delivery = await this.#deliver(next);
        this.isStuck.set(delivery === null);
        if (delivery === null) {
          this.#retry = setTimeout(() => void this.push(), TRY_AGAIN);
          return;
        }
        this.#parcels.shift();
        this.#keep();
        this.#answer(next, delivery);
      }
    } finally {
      this.#isSending = false;
    }
  }

  /** The person has read the refusal. */
  dismiss(returned: Returned): void {
    this.returned.set(this.returned.value.filter((each) => each !== returned));
  }

  #answer({ about, link, isAwaited, done }: Parcel, delivery: Delivery): void {
    if (!delivery.ok && !isAwaited) {
      this.returned.set([...this.returned.value, { about, link, words: delivery.words }]);
    }
    done(delivery);
  }

  /** The program's answer; null if there was none and it is to be tried again. */
  async #deliver({ note }: Parcel): Promise<Delivery | null> {
    try {
      return { ok: true, ...(await this.#api.state(this.#region, fromBase64(note))) };
    } catch (fault) {
      if (!(fault instanceof ApiFault)) throw fault;
      // Without a session it waits until somebody has signed in again.
      if (fault.isOffline || fault.code === "no-session") return null;
      return { ok: false, code: fault.code, words: fault.words, reason: fault.reason };
    }
  }

  #kept(): Waiting[] {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(this.#key) ?? "[]");
      return Array.isArray(kept) ? (kept as Waiting[]) : [];
    } catch {
      return [];
    }
  }

  #keep(): void {
    this.waiting.set(this.#parcels.length);
    const waiting = this.#parcels.map(({ note, about, link }) => ({ note, about, link }));
    try {
      if (waiting.length === 0) this.#storage?.removeItem(this.#key);
      else this.#storage?.setItem(this.#key, JSON.stringify(waiting));
    } catch {
      // Full or refused: what waits still lasts as long as the page.
    }
  }
}
