/**
 * One attempt at a door: a sheet is offered, or a pass is asked for, and the answer is one of a few. Whether to try again, where
 * and when is the courier's to decide. The requests are those of docs/FORMATS.md, *The intake*.
 */
import { fromUtf8 } from "../ledger/bytes.ts";
import type { Signer } from "../ledger/note.ts";
import { signStatement } from "../ledger/statement.ts";
import type { Reason } from "./outbox.ts";

/** What is used of fetch: the platform's, or a test's. */
export type Fetch = (
  url: string,
  init: {
    readonly method: "GET" | "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly signal: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

export type Answer =
  /** Some text that says that it is a receipt. */
  | { readonly kind: "receipt"; readonly receipt: string }
  /** Refused for good, by a door that says why. */
  | { readonly kind: "refused"; readonly reasons: readonly Reason[] }
  /** Nothing was decided; come again after so many milliseconds. */
  | { readonly kind: "later"; readonly milliseconds: number }
  | { readonly kind: "no-pass" }
  /** Nobody there, no answer in time, or an answer that no door of ours gives. */
  | { readonly kind: "away" };

export type PassAnswer =
  | { readonly kind: "pass"; readonly pass: string; readonly until: number }
  | Exclude<Answer, { kind: "receipt" }>;

/** Line 1 of a signed challenge. */
const PASS = "teguh/pass/v1";
/** Statuses of a refusal for good, where the body says why. */
const REFUSALS = new Set([400, 403, 409, 413, 415]);

export interface DoorOptions {
  readonly fetch: Fetch;
  /** Milliseconds for which an answer is waited for. */
  readonly patience: number;
  /** Resolves after so many milliseconds, at once when the signal comes. */
  readonly rest: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Who asks for a pass, for what. */
export interface PassRequest {
  readonly signer: Signer;
  /** What statements carry as `election`. */
  readonly election: string;
  /** The region or station of the key. */
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Offers a sheet's note to the door of `host`, an address that ends with a slash. */
export async function offerSheet(options: DoorOptions, host: string, note: string, pass: string): Promise<Answer> {
  // A door that knows how long it is waited for does no work whose answer nobody would hear.
  const headers = { authorization: `Teguh ${pass}`, "teguh-patience": String(options.patience) };
  const reply = await ask(options, `${host}sheet`, note, headers);
  return reply.status === 200 ? { kind: "receipt", receipt: reply.text } : refusalIn(reply);
}

/** Signs a challenge of the door's, for a pass. */
export async function askForPass(options: DoorOptions, host: string, request: PassRequest): Promise<PassAnswer> {
  const asked = await ask(options, `${host}pass`);
  const challenge = asked.status === 200 ? textIn(asked.text, "challenge") : null;
  if (challenge === null) return refusalIn(asked);
  const { signer, election, region, time } = request;
  const signed = fromUtf8(signStatement(PASS, { challenge, election, region, time }, [signer]));
  const given = await ask(options, `${host}pass`, signed);
  const pass = given.status === 200 ? textIn(given.text, "pass") : null;
  if (pass === null) return refusalIn(given);
  return { kind: "pass", pass, until: Number(objectIn(given.text)?.until ?? 0) };
}

interface Reply {
  /** 0: there was none. */
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}
const NO_REPLY: Reply = { status: 0, text: "", retryAfter: null };

async function ask(
  { fetch, patience, rest }: DoorOptions,
  url: string,
  body?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const waiting = new AbortController();
  const asking = new AbortController();
  const tooLate = rest(patience, waiting.signal).then(() => {
    asking.abort();
    return NO_REPLY;
  });
  const method = body === undefined ? "GET" : "POST";
  const init = { method, headers, signal: asking.signal, ...(body === undefined ? {} : { body }) } as const;
  const answered = fetch(url, init)
    .then(async (response) => ({
      status: response.status,
      text: await response.text(),
      retryAfter: response.headers.get("retry-after"),
    }))
    .catch((error: unknown) => {
      // fetch's own word for every failure of the network; anything else is a mistake of ours.
      if (error instanceof TypeError || (error instanceof Error && error.name === "AbortError")) return NO_REPLY;
      throw error;
    });
  try {
    return await Promise.race([answered, tooLate]);
  } finally {
    waiting.abort();
  }
}

function refusalIn({ status, text, retryAfter }: Reply): Exclude<Answer, { kind: "receipt" }> {
  if (status === 401) return { kind: "no-pass" };
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  if (seconds >= 0) return { kind: "later", milliseconds: seconds * 1000 };
  const reasons = REFUSALS.has(status) ? reasonsIn(text) : null;
  // What any box on the way may answer (a captive portal, a proxy) decides nothing.
  return reasons === null ? { kind: "away" } : { kind: "refused", reasons };
}

/** The reasons that a door gives for a refusal; null if the text is none of a door's. */
export function reasonsIn(text: string): readonly Reason[] | null {
  const faults = objectIn(text)?.faults;
  if (!Array.isArray(faults) || faults.length === 0) return null;
  const reasons = faults.map((fault: unknown) => reasonOf(fault));
  return reasons.every((reason) => reason !== null) ? reasons : null;
}

function reasonOf(fault: unknown): Reason | null {
  const { code, message } = (fault ?? {}) as { code?: unknown; message?: { id?: unknown; en?: unknown } };
  if (typeof code !== "string" || typeof message?.id !== "string" || typeof message.en !== "string") return null;
  return { code, message: { id: message.id, en: message.en } };
}

function textIn(text: string, key: string): string | null {
  const value = objectIn(text)?.[key];
  return typeof value === "string" ? value : null;
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
