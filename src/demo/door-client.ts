/**
 * The way from a phone to the door, as any phone goes it: over HTTP, with a pass of its own, and again where it was asked to
 * come back. What a phone keeps in the end is the receipt, checked against the log's key that it was given with its grant.
 */
import { Agent, request } from "node:http";
import { decodeBody, typeLine } from "../election/statements.ts";
import { toHex } from "../ledger/bytes.ts";

import { parseVkey, type Signer } from "../ledger/note.ts";
import { parseStatement, signStatement } from "../ledger/statement.ts";

/** The type of a signed challenge. */
const PASS = "teguh/pass/v1";
/** Seconds until the next attempt when the door cannot be reached at all. */
const UNREACHED = 1;
const FORBIDDEN = 401;

/** What the door said. `later`: nothing was decided; try again after so many seconds. */
export type Sent =
  | { readonly kind: "receipt"; readonly note: Uint8Array; readonly index: number }
  | { readonly kind: "later"; readonly seconds: number }
  /** Refused for good, or answered by something that is no receipt of ours. */
  | { readonly kind: "refused"; readonly why: string };

interface Response {
  readonly status: number;
  readonly retryAfter: number | null;
  readonly body: Buffer;
}

export interface DoorClientOptions {
  /** `http://host:port/` of the intake. */
  readonly door: string;
  /** What statements carry as `election`: 32 hex. */
  readonly election: string;
  /** The vkey of each log of sheets, by the log's name. */
  readonly vkeys: ReadonlyMap<string, string>;
  readonly clock: () => number;
  /** Connections kept open; all phones share them, since they share a machine. */
  readonly connections: number;
}

export class DoorClient {
  readonly #options: DoorClientOptions;
  readonly #agent: Agent;
  /** By the name of a phone's key. A real phone keeps its pass for a week; these keep theirs until the program ends. */
  readonly #passes = new Map<string, string>();

  constructor(options: DoorClientOptions) {
    this.#options = options;
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  }

  /** Offers a sheet of a station once, with the phone's own pass. */
  async send(note: Uint8Array, station: string, phone: Signer): Promise<Sent> {
    try {
      const pass = this.#passes.get(phone.name) ?? (await this.#fetchPass(station, phone));
      if (typeof pass !== "string") return pass;
      return this.#receive(await this.#ask("POST", "sheet", note, pass), note, station, phone);
    } catch (error) {
      // Nobody there, or gone in the middle: the sheet is still on the phone, and sending it again is safe.
      if (error instanceof Error && "code" in error) return { kind: "later", seconds: UNREACHED };
      throw error;
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #fetchPass(station: string, phone: Signer): Promise<string | Sent> {
    const asked = await this.#ask("GET", "pass");
    if (asked.status !== 200) return refusal(asked);
    const { challenge } = JSON.parse(asked.body.toString()) as { challenge: string };
    const { election, clock } = this.#options;
    const signed = signStatement(PASS, { challenge, election, region: station, time: clock() }, [phone]);
    const given = await this.#ask("POST", "pass", signed);
    if (given.status !== 200) return refusal(given);
    const { pass } = JSON.parse(given.body.toString()) as { pass: string };
    this.#passes.set(phone.name, pass);
    return pass;
  }

  #receive(response: Response, note: Uint8Array, station: string, phone: Signer): Sent {
    if (response.status === FORBIDDEN) this.#passes.delete(phone.name);
    if (response.status !== 200) return refusal(response);
    const log = `tps/${station.slice(0, 6)}`;
    const vkey = this.#options.vkeys.get(log);
    const index = vkey === undefined ? null : promisedIndex(response.body, note, log, vkey);
    if (index === null) return { kind: "refused", why: `the answer is not a receipt of ${log} for this sheet` };
    return { kind: "receipt", note: response.body, index };
  }

  #ask(method: "GET" | "POST", path: string, body?: Uint8Array, pass?: string): Promise<Response> {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const headers = {
      ...(body === undefined ? {} : { "content-length": body.length }),
      ...(pass === undefined ? {} : { authorization: `Teguh ${pass}` }),
    };
    const asked = request(new URL(path, this.#options.door), { method, headers, agent: this.#agent }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const after = Number(response.headers["retry-after"]);
        const retryAfter = Number.isFinite(after) ? after : null;
        resolve({ status: response.statusCode ?? 0, retryAfter, body: Buffer.concat(parts) });
      });
    });
    asked.on("error", reject);
    asked.end(body);
    return promise;
  }
}

function refusal({ status, retryAfter, body }: Response): Sent {
  if (retryAfter !== null) return { kind: "later", seconds: retryAfter };
  if (status === FORBIDDEN) return { kind: "later", seconds: 0 };
  return { kind: "refused", why: `${status} ${body.toString().slice(0, 300)}` };
}

/** The index that a receipt promises for a sheet; null if it is not the log's receipt for it. */
export function promisedIndex(receipt: Uint8Array, sheet: Uint8Array, log: string, vkey: string): number | null {
  const statement = parseStatement(receipt);
  if (statement.type !== typeLine("receipt")) return null;
  const body = decodeBody("receipt", statement.body);
  const [line] = statement.signatures;
  const verifier = parseVkey(vkey);
  const holds =
    body.id === toHex(parseStatement(sheet).id) &&
    body.log === log &&
    line?.name === verifier.name &&
    verifier.verify(statement.text, line.signature);
  return holds ? (body.index ?? null) : null;
}
