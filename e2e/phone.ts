/**
 * A phone at the door: over HTTP, with a pass that it has asked for itself. It knows nothing of the servers but their address.
 */
import type { Election } from "./election.ts";

export interface Fault {
  readonly code: string;
  readonly path?: string;
  readonly message: { readonly id: string; readonly en: string };
}

export interface Reply {
  readonly status: number;
  /** Seconds; null where the door names none. */
  readonly retryAfter: number | null;
  readonly text: string;
  /** Why it was refused; empty if it was not. */
  readonly faults: readonly Fault[];
}

/** The door hangs: no answer in this many milliseconds. Well over what it takes on any machine. */
const HUNG = 30_000;

/** Asks a server; rejects if it cannot be reached or goes away in the middle. */
export async function ask(url: string, body?: Uint8Array, headers: Record<string, string> = {}): Promise<Reply> {
  const signal = AbortSignal.timeout(HUNG);
  const init =
    body === undefined ? { headers, signal } : { method: "POST", body: new Uint8Array(body), headers, signal };
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  const { faults = [] }: { faults?: Fault[] } = isJson ? JSON.parse(text) : {};
  const wait = response.headers.get("retry-after");
  return { status: response.status, retryAfter: wait === null ? null : Number(wait), text, faults };
}

export class Phone {
  readonly station: string;
  readonly #election: Election;
  #pass: string | null = null;

  constructor(election: Election, station: string) {
    this.#election = election;
    this.station = station;
  }

  /**
   * Sends a sheet to the intake at `door`; `path` may ask for more than `sheet`. A pass is fetched if there is none yet; why none
   * is given is the answer then.
   */
  async send(door: string, note: Uint8Array, path = "sheet"): Promise<Reply> {
    const pass = await this.pass(door);
    return typeof pass === "string" ? ask(door + path, note, { authorization: `Teguh ${pass}` }) : pass;
  }

  /** The pass that it was given, for whatever it sends: asking for another would end this one. Or why it gets none. */
  async pass(door: string): Promise<string | Reply> {
    if (this.#pass === null) {
      const given = await this.#askForPass(door);
      if (given.status !== 200) return given;
      this.#pass = (JSON.parse(given.text) as { pass: string }).pass;
    }
    return this.#pass;
  }

  async #askForPass(door: string): Promise<Reply> {
    const asked = await ask(`${door}pass`);
    if (asked.status !== 200) return asked;
    const { challenge } = JSON.parse(asked.text) as { challenge: string };
    return ask(`${door}pass`, this.#election.signChallenge(challenge, this.station));
  }
}
