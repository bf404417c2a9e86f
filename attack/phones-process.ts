/**
 * The process of all honest phones. They send when they should, not when the server is ready for them; they come
 * back when they are told to, and after a time of their own choosing where nobody answers; and they keep every receipt.
 */
import { PATIENCE, untilAsked } from "../src/client/patience.ts";
import type { Sending } from "./course.ts";
import { answerCalls } from "./forked.ts";
import { loopbackOnly, type Target } from "./loopback.ts";
import { type Place, type Sheet, Stations } from "./sheets.ts";
import { type Heard, requestOf, Wire } from "./wire.ts";

/** What a receipt promised. */
export interface Kept {
  readonly id: string;
  readonly log: string;
  readonly index: number;
}

export interface Run {
  readonly do: "run";
  readonly door: string;
  /** Sheets, and the milliseconds over which they are due, evenly. */
  readonly count: number;
  readonly over: number;
  /** Whether each request has a connection of its own, as a phone's that sends once an hour. */
  readonly fresh: boolean;
  /** Milliseconds after the last was due, until what has no receipt is given up in this run. */
  readonly grace: number;
  /** So many sheets more, evenly over the second half, of stations whose passes were stolen; the others send the rest. */
  readonly robbed?: number | undefined;
  /** Milliseconds by which the phones' clocks are wrong. */
  readonly shift?: number | undefined;
  /** Pairs of sheets that replace the same one, in place of one after the other. */
  readonly conflicting?: boolean | undefined;
}

export type PhonesCall =
  | { readonly do: "open"; readonly place: Place }
  /** Every phone gets a pass. */
  | { readonly do: "passes"; readonly door: string }
  | Run
  | { readonly do: "kept" }
  /** What a thief finds: the passes of those who were robbed. */
  | { readonly do: "stolen" }
  /** The last sheets that were received, as they were sent. */
  | { readonly do: "received" };

export type PhonesResult =
  | { readonly passes: number }
  | { readonly sendings: readonly Sending[]; readonly startedAt: number }
  | { readonly kept: readonly Kept[]; readonly contradictions: number }
  | { readonly stolen: readonly { readonly station: string; readonly pass: string }[] }
  /** Base64. */
  | { readonly received: readonly string[] }
  | { readonly opened: true };

/** One station in so many has lost its pass to a thief. */
export const STOLEN_OF = 100;

/** Connections that phones keep at most; where each request has its own there is no such bound. */
const KEPT = 256;
/** First and longest wait of a phone that nobody answered, in milliseconds. */
const BACK_OFF = { first: 250, longest: 8_000 };
/** Attempts of a phone to get its first pass. */
const ATTEMPTS = 12;
/** Milliseconds between two looks at what is due. */
const TICK = 2;

let stations: Stations;
let place: Place;
const passes = new Map<string, string>();
const kept = new Map<string, Kept>();
let contradictions = 0;
/** The last requests that were answered with a receipt: a ring. */
const received: Buffer[] = [];
const MOST_RECEIVED = 8_000;
let next = 0;

answerCalls<PhonesCall, PhonesResult>(async (call) => {
  switch (call.do) {
    case "open":
      place = call.place;
      stations = new Stations(place);
      return { opened: true };
    case "passes":
      return { passes: await fetchPasses(loopbackOnly(call.door)) };
    case "run":
      return run(call);
    case "kept":
      return { kept: [...kept.values()], contradictions };
    case "stolen":
      return { stolen: stolenStations().map((station) => ({ station, pass: passes.get(station) ?? "" })) };
    case "received":
      return { received: received.map((request) => request.toString("base64")) };
  }
});

/** Idle connections that are used again, or none. */
class Connections {
  readonly #target: Target;
  readonly #fresh: boolean;
  readonly #idle: Wire[] = [];
  readonly #waiting: { readonly from: string; take(wire: Wire): void }[] = [];
  #open = 0;

  constructor(target: Target, fresh: boolean) {
    this.#target = target;
    this.#fresh = fresh;
  }

  /** `from`: the address of this machine that it comes from, if a connection is opened for it. */
  async ask(request: Buffer, from: string): Promise<Heard | null> {
    const wire = await this.#take(from);
    const timer = setTimeout(() => wire.close(), PATIENCE);
    const heard = await wire.ask(request);
    clearTimeout(timer);
    this.#giveBack(wire);
    return heard;
  }

  close(): void {
    for (const wire of this.#idle) wire.close();
  }

  #take(from: string): Promise<Wire> | Wire {
    if (this.#fresh) return new Wire(this.#target, from);
    for (let wire = this.#idle.pop(); wire !== undefined; wire = this.#idle.pop()) {
      if (wire.isOpen) return wire;
      this.#open--;
    }
    if (this.#open >= KEPT) return new Promise((take) => this.#waiting.push({ from, take }));
    this.#open++;
    return new Wire(this.#target, from);
  }

  #giveBack(wire: Wire): void {
    if (this.#fresh) {
      wire.close();
      return;
    }
    const next = this.#waiting.shift();
    if (next !== undefined) next.take(wire.isOpen ? wire : new Wire(this.#target, next.from));
    else this.#idle.push(wire);
  }
}

const stolenStations = (): string[] => place.stations.filter((_, i) => i % STOLEN_OF === 0);

async function fetchPasses(target: Target): Promise<number> {
  const wanted = place.stations;
  const connections = new Connections(target, false);
  let turn = 0;
  let fetched = 0;
  const lane = async () => {
    for (let station = wanted[turn++]; station !== undefined; station = wanted[turn++]) {
      // Strangers give way to sheets: who was put off comes back, as every phone does.
      for (let attempt = 1; !passes.has(station) && attempt <= ATTEMPTS; attempt++) {
        if (await fetchPass(connections, station)) fetched++;
        else await new Promise((resolve) => setTimeout(resolve, backOff(attempt)));
      }
    }
  };
  await Promise.all(Array.from({ length: 32 }, lane));
  connections.close();
  return fetched;
}

async function fetchPass(connections: Connections, station: string): Promise<boolean> {
  const from = addressOf(station);
  const asked = await connections.ask(requestOf("GET", "/pass"), from);
  if (asked?.status !== 200) return false;
  const { challenge } = JSON.parse(asked.body) as { challenge: string };
  const old = passes.get(station);
  const headers = old === undefined ? {} : { authorization: `Teguh ${old}` };
  const given = await connections.ask(requestOf("POST", "/pass", headers, stations.answer(challenge, station)), from);
  if (given?.status !== 200) return false;
  passes.set(station, (JSON.parse(given.body) as { pass: string }).pass);
  return true;
}

interface OnItsWay {
  readonly sheet: Sheet;
  readonly due: number;
  done: number | null;
  sends: number;
  refused?: number;
  readonly isRobbed?: boolean;
}

/** Signed beforehand: a phone signs its own sheet, and these phones share one processor with the attackers. */
function sheetsOf({ count, over, shift, conflicting, robbed }: Run): OnItsWay[] {
  const list: OnItsWay[] = [];
  const stolen = new Set(robbed === undefined ? [] : stolenStations());
  while (list.length < count) {
    const due = (list.length * over) / count;
    const sheets = conflicting === true ? stations.rivals() : [stations.next((station) => !stolen.has(station), shift)];
    for (const sheet of sheets) list.push({ sheet, due, done: null, sends: 0 });
  }
  for (let i = 0; i < (robbed ?? 0); i++) {
    const sheet = stations.next((station) => stolen.has(station));
    list.push({ sheet, due: (over * (1 + i / (robbed ?? 1))) / 2, done: null, sends: 0, isRobbed: true });
  }
  return list.sort((a, b) => a.due - b.due);
}

async function run(call: Run): Promise<PhonesResult> {
  const list = sheetsOf(call);
  const connections = new Connections(loopbackOnly(call.door), call.fresh);
  const startedAt = Date.now();
  const began = performance.now();
  const end = began + call.over + call.grace;
  const sending: Promise<void>[] = [];
  while (sending.length < list.length) {
    const now = performance.now() - began;
    for (let one = list[sending.length]; one !== undefined && one.due <= now; one = list[sending.length]) {
      sending.push(deliver(one, connections, began, end));
    }
    await new Promise((resolve) => setTimeout(resolve, TICK));
  }
  await Promise.all(sending);
  connections.close();
  return { startedAt, sendings: list.map(({ sheet: _, ...sent }) => sent) };
}

/** Sends until there is a receipt, the door says no for good, or the run is over. */
async function deliver(one: OnItsWay, connections: Connections, began: number, end: number): Promise<void> {
  const { station, note } = one.sheet;
  let spent = 0;
  while (performance.now() < end) {
    const headers = { authorization: `Teguh ${passes.get(station) ?? ""}`, "teguh-patience": String(PATIENCE) };
    const request = requestOf("POST", "/sheet", headers, note);
    one.sends++;
    const heard = await connections.ask(request, addressOf(station));
    if (heard?.status === 200) {
      one.done = performance.now() - began;
      received[next++ % MOST_RECEIVED] = request;
      return keep(one.sheet, heard.body);
    }
    if (heard?.status === 429) spent++;
    if (heard?.status === 401 || heard?.body.includes('"pass-abused"') || spent >= 2) {
      // As the door says: somebody else sends with this pass, and a new one ends it.
      spent = 0;
      if (await fetchPass(connections, station)) continue;
    } else if (heard !== null && heard.retryAfter === null) {
      one.refused = heard.status;
      return;
    }
    const asked = heard?.retryAfter ?? null;
    const wait = asked === null ? backOff(one.sends) : untilAsked(asked * 1000, Math.random);
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait, Math.max(0, end - performance.now()))));
  }
}

/** Phones stand behind addresses of their own, a few behind each: what limits an attacker's address must not limit them. */
function addressOf(station: string): string {
  const n = Number(station) % 30_000;
  return `127.${200 + (n % 50)}.${1 + (Math.floor(n / 50) % 250)}.${1 + (n % 199)}`;
}

/** Full jitter: those who were cut off together do not come back together. */
function backOff(sends: number): number {
  return Math.random() * Math.min(BACK_OFF.longest, BACK_OFF.first * 2 ** sends);
}

function keep({ id, station }: Sheet, receipt: string): void {
  const index = Number(/"index":(\d+)/.exec(receipt)?.[1] ?? -1);
  const promise = { id, log: `tps/${station.slice(0, 6)}`, index };
  const before = kept.get(id);
  if (before !== undefined && before.index !== index) contradictions++;
  if (!receipt.includes(id)) contradictions++;
  kept.set(id, promise);
}
