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

  /** Sends a sheet to the intake at `door`; `path` may ask for more than `sheet`. A pass is fetched if there is none yet. */
  async send(door: string, note: Uint8Array, path = "sheet"): Promise<Reply> {
    this.#pass ??= await this.#fetchPass(door);
    return ask(door + path, note, { authorization: `Teguh ${this.#pass}` });
  }

  async #fetchPass(door: string): Promise<string> {
    const { challenge } = JSON.parse((await ask(`${door}pass`)).text) as { challenge: string };
    const given = await ask(`${door}pass`, this.#election.signChallenge(challenge, this.station));
    if (given.status !== 200) throw new Error(`no pass for ${this.station}: ${given.text}`);
    return (JSON.parse(given.text) as { pass: string }).pass;
  }
}
