/**
 * The exchange over HTTP: one request brings what the laptop says, one answer what the centre says. Everything is proved by what it
 * is, so the connection needs no trust of its own; what has to be kept in bounds is size, time and how often.
 *
 *   POST /sync   body and answer: frames, at most 4 MiB each; Content-Length is mandatory
 *   Teguh-Contact: the contact note of a log's writer, base64, by which a hall is told from a stranger before its body is read
 *   413 411 400 what cannot be a request; 503 with Retry-After while there is more to do than can be
 *
 * Anybody may ask: a laptop hears here that a log was handed to it. But strangers have one place, so that however many of them send
 * however slowly, the halls have theirs; and a hall has one at a time, so that what was overheard of it harms nobody else.
 *
 * Who has brought entries goes before who only begins: so there are never more conversations than can be kept up with, and
 * whoever is turned away has brought nothing that would have to be sent again.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { RegionCode } from "../election/codes.ts";
import type { Endpoints } from "../election/endpoints.ts";
import { concat } from "../ledger/bytes.ts";
import { StoreFull } from "../store/store.ts";
import type { Answerer } from "./answerer.ts";
import { Leader, type LeaderOptions, type Outcome } from "./leader.ts";
import { decodeMessages, encodeMessage, encodeMessages, MAX_FRAME, type Message, MessageError } from "./messages.ts";

const SYNC_PATH = "/sync";
const CONTACT = "teguh-contact";
/** Longest body, either way. */
export const MAX_BODY = 4 * 2 ** 20;
/**
 * How many are answered at the same time; how many who only begin may wait meanwhile; and how many bytes of all bodies together
 * may be awaited or wait for their turn: for halls some 160 requests of the usual size.
 */
const OF_HALLS = { places: 3, beginning: 64, bytes: 32 * 2 ** 20 };
const OF_STRANGERS = { places: 1, beginning: 16, bytes: 8 * 2 ** 20 };
/** For a turn, in milliseconds: the intake closes a connection on which nothing moves for twenty seconds. */
const LONGEST_WAIT = 15_000;
/** Longest header with a contact note. */
const MOST_CONTACT = 2_048;
/** A body must have come within this time, an answer too, in milliseconds. */
const BODY_TIME = 20_000;

export interface SyncHandlerOptions {
  readonly answerer: Answerer;
  /** Who has signed a contact note: a name for the key that has, or had, a log in hand; null for anybody else. */
  readonly speaker: (note: Uint8Array) => Promise<string | null>;
  /** In [0, 1): spreads `Retry-After`. */
  readonly random: () => number;
  /** For what should never happen: the laptop is asked to come back. */
  readonly log: (line: string) => void;
}

/** Answers `POST /sync`. True if the request was for it. */
export function syncHandler({
  answerer,
  speaker,
  random,
  log,
}: SyncHandlerOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const [halls, strangers] = [new Turns(OF_HALLS), new Turns(OF_STRANGERS)];
  const present = new Set<string>();
  return (request, response) => {
    if (request.url !== SYNC_PATH) return false;
    const fault = shapeFault(request);
    if (fault === null) void serve(request, response).catch((error: unknown) => failed(error, request, response));
    else refuse(request, response, fault, random);
    return true;
  };

  function failed(error: unknown, request: IncomingMessage, response: ServerResponse): void {
    log(`sync: ${error instanceof Error ? error.stack : error}`);
    refuse(request, response, 503, random);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const note = contactIn(request);
    const name = note && (await speaker(note));
    if (name === null) return inTurn(strangers, request, response);
    if (present.has(name)) return refuse(request, response, 503, random);
    present.add(name);
    try {
      await inTurn(halls, request, response);
    } finally {
      present.delete(name);
    }
  }

  async function inTurn(turns: Turns, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const length = Number(request.headers["content-length"]);
    if (!turns.takeInHand(length)) return refuse(request, response, 503, random);
    try {
      await answer(turns, request, response);
    } finally {
      turns.letGo(length);
    }
  }

  /** A turn begins when all has come: nobody waits for somebody else's slow line. */
  async function answer(turns: Turns, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === null) {
      request.destroy();
      return;
    }
    const said = decodedOrNull(body);
    if (said === null) {
      response.writeHead(400).end();
      return;
    }
    const isMyTurn = await turns.begin(said.some(bringsEntries) ? "bringing" : "beginning");
    if (!isMyTurn) return refuse(request, response, 503, random);
    try {
      const answers = bounded(await answerer.answer(said));
      const headers = { "content-type": "application/octet-stream", "content-length": answers.length };
      response.writeHead(200, headers).end(answers);
    } finally {
      turns.end();
    }
  }
}

const bringsEntries = ({ kind }: Message): boolean => kind === "chunk" || kind === "sheets";

function decodedOrNull(body: Uint8Array): Message[] | null {
  try {
    return decodeMessages(body);
  } catch (error) {
    if (error instanceof MessageError) return null;
    throw error;
  }
}

/** The contact note in a request's headers; null if there is none, or one that is none. */
function contactIn({ headers }: IncomingMessage): Uint8Array | null {
  const value = headers[CONTACT];
  if (typeof value !== "string" || value.length > MOST_CONTACT) return null;
  return new Uint8Array(Buffer.from(value, "base64"));
}

type Lane = "bringing" | "beginning";

/** Who may be at work: so many at once; the others by lane, and in each in the order in which they came. */
class Turns {
  readonly #most: typeof OF_HALLS;
  readonly #waiting: Readonly<Record<Lane, Set<(isMyTurn: boolean) => void>>> = {
    bringing: new Set(),
    beginning: new Set(),
  };
  #atWork = 0;
  #bytes = 0;

  constructor(most: typeof OF_HALLS) {
    this.#most = most;
  }

  /** Whether a body of this length may come; then it has to be let go. */
  takeInHand(length: number): boolean {
    if (this.#bytes + length > this.#most.bytes) return false;
    this.#bytes += length;
    return true;
  }

  letGo(length: number): void {
    this.#bytes -= length;
  }

  /** Resolves when the turn has come; with false if it does not come in time. */
  begin(lane: Lane): Promise<boolean> {
    if (this.#atWork < this.#most.places) {
      this.#atWork++;
      return Promise.resolve(true);
    }
    const line = this.#waiting[lane];
    if (lane === "beginning" && line.size >= this.#most.beginning) return Promise.resolve(false);
    return new Promise((resolve) => {
      const late = setTimeout(() => settle(false), LONGEST_WAIT);
      const settle = (isMyTurn: boolean) => {
        clearTimeout(late);
        line.delete(settle);
        resolve(isMyTurn);
      };
      line.add(settle);
    });
  }

  /** The place goes to who has waited longest. */
  end(): void {
    const [next] = [...this.#waiting.bringing, ...this.#waiting.beginning];
    if (next === undefined) this.#atWork--;
    else next(true);
  }
}

/** The status for a request that cannot be one, by its headers alone; null if it may go on. */
function shapeFault({ method, headers }: IncomingMessage): number | null {
  if (method !== "POST") return 405;
  const length = headers["content-length"];
  if (length === undefined || headers["transfer-encoding"] !== undefined) return 411;
  if (headers["content-encoding"] !== undefined) return 415;
  return /^\d{1,9}$/.test(length) && Number(length) <= MAX_BODY ? null : 413;
}

/** As many messages as an answer may hold; the rest is asked for again. */
function bounded(messages: readonly Message[]): Uint8Array {
  const frames: Uint8Array[] = [];
  let length = 0;
  for (const frame of messages.map(encodeMessage)) {
    length += frame.length;
    if (length > MAX_BODY) break;
    frames.push(frame);
  }
  return concat(...frames);
}

/** The body; null if it is longer than announced, or does not come. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const late = setTimeout(() => request.destroy(), BODY_TIME);
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of request as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > MAX_BODY) return null;
      pieces.push(piece);
    }
    return concat(...pieces);
  } catch {
    return null;
  } finally {
    clearTimeout(late);
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, random: () => number): void {
  // Not read to its end: an upload that nobody wants must not be carried.
  response.once("finish", () => request.destroy());
  if (response.headersSent) return;
  const headers = status === 503 ? { "retry-after": String(2 + Math.floor(random() * 5)) } : {};
  response.writeHead(status, { ...headers, connection: "close" }).end();
}

// ---------------------------------------------------------------- the laptop's side

/** The centre was not reached, or did not answer as it should; trying again later, or elsewhere, can help. */
export class SyncAway extends Error {
  override readonly name = "SyncAway";
  /** Milliseconds that the centre asked us to wait. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter = 0, options?: ErrorOptions) {
    super(message, options);
    this.retryAfter = retryAfter;
  }
}

interface OverHttp {
  readonly signal: AbortSignal;
  /** Told the other side's time, in milliseconds since 1970, to the second: its word, and nothing rests on it. */
  readonly heardTime?: ((time: number) => void) | undefined;
}

/** Sends messages in as few requests as their sizes allow, and gives what was answered. @throws SyncAway */
async function exchangeOver(
  url: string,
  said: readonly Message[],
  contact: Uint8Array | null,
  over: OverHttp,
): Promise<Message[]> {
  const heard: Message[] = [];
  for (const body of bodiesOf(said)) heard.push(...(await post(url, body, contact, over)));
  return heard;
}

function bodiesOf(messages: readonly Message[]): Uint8Array[] {
  const bodies: Uint8Array[] = [];
  let frames: Uint8Array[] = [];
  let length = 0;
  for (const message of messages) {
    const frame = encodeMessages([message]);
    if (length + frame.length > MAX_BODY && frames.length > 0) {
      bodies.push(concat(...frames));
      frames = [];
      length = 0;
    }
    frames.push(frame);
    length += frame.length;
  }
  return frames.length === 0 ? bodies : [...bodies, concat(...frames)];
}

async function post(
  url: string,
  body: Uint8Array,
  contact: Uint8Array | null,
  { signal, heardTime }: OverHttp,
): Promise<Message[]> {
  try {
    const response = await fetch(new URL(SYNC_PATH.slice(1), url), {
      method: "POST",
      body: new Uint8Array(body),
      headers: {
        "content-type": "application/octet-stream",
        ...(contact === null ? {} : { [CONTACT]: Buffer.from(contact).toString("base64") }),
      },
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(2 * BODY_TIME)]),
    });
    const time = Date.parse(response.headers.get("date") ?? "");
    if (!Number.isNaN(time)) heardTime?.(time);
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new SyncAway(`${url} answers ${response.status}`, retryAfterOf(response.headers.get("retry-after")));
    }
    return decodeMessages(await readAnswer(response, url));
  } catch (error) {
    if (error instanceof SyncAway) throw error;
    throw new SyncAway(`${url} was not reached`, 0, { cause: error });
  }
}

/** At most a minute, whatever the other side says. */
function retryAfterOf(header: string | null): number {
  return header !== null && /^\d{1,4}$/.test(header) ? Math.min(60, Number(header)) * 1_000 : 0;
}

async function readAnswer(response: Response, url: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > MAX_BODY + MAX_FRAME) throw new SyncAway(`${url} answers without end`);
    pieces.push(piece);
  }
  return concat(...pieces);
}

export interface SyncLoopOptions extends Omit<LeaderOptions, "region" | "endpoints">, OverHttp {
  readonly region: RegionCode;
  readonly endpoints: Endpoints;
  /** Milliseconds between two conversations when all is well. */
  readonly every: number;
  /** Resolves when there is something to be sent at once; asked after a conversation that went well. */
  readonly woken?: () => Promise<void>;
  /** Told after each: how it went with which address. */
  readonly report: (url: string | null, outcome: Outcome | SyncAway | StoreFull) => void;
}

/** Keeps a laptop and the centre up to date until the signal: at any address of the list, and with patience. */
export async function keepInSync({ signal, every, woken, ...options }: SyncLoopOptions): Promise<void> {
  while (!signal.aborted) {
    const wait = await converseOnce({ ...options, signal }, every);
    const waking = new AbortController();
    const slept = sleep(wait, undefined, { signal: AbortSignal.any([signal, waking.signal]) }).catch(() => undefined);
    // After a failure the wait is kept: whoever is in a hurry must not take part in a stampede.
    await (wait === every && woken !== undefined ? Promise.race([slept, woken()]) : slept);
    waking.abort();
  }
}

async function converseOnce(
  { signal, report, endpoints, heardTime, ...options }: Omit<SyncLoopOptions, "every" | "woken">,
  every: number,
): Promise<number> {
  const url = endpoints.current;
  try {
    if (url === null) throw new SyncAway("no address of the centre is known");
    const outcome = await converseOver(url, { ...options, endpoints }, { signal, heardTime });
    endpoints.succeeded();
    report(url, outcome);
    return every;
  } catch (error) {
    // A full disk takes nothing in; what the centre says is said again when there is room.
    if (!(error instanceof SyncAway) && !(error instanceof StoreFull)) throw error;
    report(url, error);
    return error instanceof SyncAway ? endpoints.failed(error.retryAfter) : every;
  }
}

/** One conversation with the centre at an address. @throws SyncAway; what was taken in by then stays */
export async function converseOver(url: string, options: LeaderOptions, over: OverHttp): Promise<Outcome> {
  // Said once, in the first words and at the head of every request.
  const contact = (await options.contact?.()) ?? null;
  const leader = new Leader({ ...options, contact: async () => contact });
  for (;;) {
    const said = await leader.next();
    if (said.length === 0) return leader.outcome();
    await leader.hear(await exchangeOver(url, said, contact, over));
  }
}
