/**
 * The process of an attacker: one kind of attack at a time, for a bounded time, against this machine alone. `flood` sends
 * requests that were prepared beforehand, at a rate or as fast as a processor core can; `connect` opens connections and drops them;
 * `slow` holds as many as it can and feeds each a byte now and then.
 */
import { readFileSync } from "node:fs";
import { answerCalls } from "./forked.ts";
import { loopbackOnly, type Target } from "./loopback.ts";
import { unpacked } from "./packed.ts";
import { handfuls, Stream } from "./stream.ts";
import { requestOf, Wire } from "./wire.ts";

export interface Flood {
  readonly do: "flood";
  readonly target: string;
  /** A file of requests (`packed.ts`), sent in turn. */
  readonly requests: string;
  /** Requests a second; 0: as many as possible. */
  readonly rate: number;
  /** Ends the attack when so many are sent and answered; absent: only time does. */
  readonly most?: number;
  readonly connections: number;
  /** Addresses of this machine that the connections come from; absent: one. */
  readonly sources?: number;
  /** Requests that are sent at once; absent: as many as make it cheap. */
  readonly together?: number;
  /** Answers to each request, where a prepared one is several; absent: one. */
  readonly each?: number;
  readonly milliseconds: number;
}

export interface Connect {
  readonly do: "connect";
  readonly target: string;
  /** Addresses of this machine that they come from. */
  readonly sources: number;
  /** Connections a second; 0: as many as possible. */
  readonly rate: number;
  readonly milliseconds: number;
}

export interface Slow {
  readonly do: "slow";
  readonly target: string;
  /** What is fed: half a head, half a body, or whole requests whose answers nobody reads. */
  readonly how: "head" | "body" | "read";
  /** What a connection begins with, base64. */
  readonly opening: string;
  readonly connections: number;
  /** Addresses of this machine that they come from. */
  readonly sources: number;
  readonly milliseconds: number;
}

export type FloodCall = Flood | Connect | Slow;

export interface FloodResult {
  /** Requests sent, or connections opened. */
  readonly sent: number;
  readonly seconds: number;
  /** Answers by status; "closed": the connection ended before. */
  readonly answers: Readonly<Record<string, number>>;
  /** Of `slow`: most connections that stood at once. */
  readonly held: number;
}

/** Requests that wait for their answer on one connection, and of which so many are sent at once; an attacker need not be polite. */
const PIPELINED = 16;
const TOGETHER = 8;
/** What a connection that never reads goes on asking for. */
const READ = requestOf("GET", "/pass");
/** Milliseconds between two bytes of what is slow. */
const DRIP = 1_000;
/** Connections opened in one turn by `slow`, so that opening does not itself look like a flood. */
const OPENED_AT_ONCE = 250;
/** Half-open connections that `connect` allows itself. */
const MOST_OPENING = 512;

answerCalls<FloodCall, FloodResult>((call) => {
  const target = loopbackOnly(call.target);
  switch (call.do) {
    case "flood":
      return flood(call, target);
    case "connect":
      return connectAndDrop(call, target);
    case "slow":
      return holdSlowly(call, target);
  }
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const tick = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What may be done until now at a rate; everything if there is no rate. */
const allowed = (rate: number, since: number): number =>
  rate === 0 ? Number.POSITIVE_INFINITY : ((performance.now() - since) * rate) / 1000;

async function flood(call: Flood, target: Target): Promise<FloodResult> {
  const { requests, rate, connections, milliseconds, most = Number.POSITIVE_INFINITY } = call;
  const { sources = 1, together = TOGETHER, each = 1 } = call;
  const list = handfuls(unpacked(readFileSync(requests)), together, each);
  const answers: Record<string, number> = {};
  const told = (status: string, count: number) => {
    answers[status] = (answers[status] ?? 0) + count;
  };
  const streams = Array.from({ length: connections }, (_, n) => new Stream(target, sourceOf(n, sources), told));
  const since = performance.now();
  let sent = 0;
  let turnOf = 0;
  let nextOf = 0;
  while (performance.now() - since < milliseconds) {
    if (sent >= most && streams.every(({ underWay }) => underWay === 0)) break;
    const may = Math.min(most, allowed(rate, since));
    // Each in its turn, so that all of them are used at a low rate too.
    for (let full = 0; full < streams.length; ) {
      const [handful, stream] = [list[nextOf % list.length], streams[turnOf++ % streams.length]];
      if (handful === undefined || stream === undefined || sent + handful.requests > may) break;
      if (stream.underWay > 0 && stream.underWay + handful.answers > PIPELINED) {
        full++;
        continue;
      }
      full = 0;
      nextOf++;
      stream.send(handful);
      sent += handful.requests;
    }
    await (rate === 0 ? turn() : tick(1));
  }
  for (const stream of streams) stream.close();
  return { sent, seconds: (performance.now() - since) / 1000, answers, held: connections };
}

async function connectAndDrop({ rate, sources, milliseconds }: Connect, target: Target): Promise<FloodResult> {
  const since = performance.now();
  let opening = 0;
  let opened = 0;
  let failed = 0;
  let sent = 0;
  while (performance.now() - since < milliseconds) {
    while (opening < MOST_OPENING && sent < allowed(rate, since)) {
      opening++;
      const { socket } = new Wire(target, sourceOf(sent++, sources));
      let stood = false;
      socket.once("connect", () => {
        stood = true;
        opened++;
        // A reset and no farewell: nothing of the connection stays behind on either side.
        socket.resetAndDestroy();
      });
      socket.once("close", () => {
        opening--;
        if (!stood) failed++;
      });
    }
    await turn();
  }
  return { sent, seconds: (performance.now() - since) / 1000, answers: { opened, failed }, held: 0 };
}

async function holdSlowly(call: Slow, target: Target): Promise<FloodResult> {
  const { how, connections, sources, milliseconds } = call;
  const opening = Buffer.from(call.opening, "base64");
  const since = performance.now();
  const wires = new Set<Wire>();
  let sent = 0;
  let held = 0;
  let fed = performance.now();
  const open = () => {
    const wire = new Wire(target, sourceOf(sent++, sources));
    wires.add(wire);
    wire.socket.once("close", () => wires.delete(wire));
    wire.socket.once("connect", () => {
      wire.socket.write(opening);
      if (how === "read") wire.socket.pause();
    });
  };
  while (performance.now() - since < milliseconds) {
    for (let i = 0; i < OPENED_AT_ONCE && wires.size < connections; i++) open();
    held = Math.max(held, [...wires].filter(({ socket }) => !socket.connecting).length);
    if (performance.now() - fed > DRIP) {
      fed = performance.now();
      for (const { socket } of wires) if (socket.writable) socket.write(how === "read" ? READ : "a");
    }
    await tick(20);
  }
  for (const wire of wires) wire.close();
  return { sent, seconds: (performance.now() - since) / 1000, answers: {}, held };
}

/** Where the n-th connection comes from: one of so many addresses of the loopback network, no two of them neighbours. */
function sourceOf(n: number, sources: number): string | undefined {
  if (sources === 1) return undefined;
  const place = n % sources;
  return `127.${1 + (place % 250)}.${1 + Math.floor(place / 250)}.${1 + (place % 200)}`;
}
