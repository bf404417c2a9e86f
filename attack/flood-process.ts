/**
 * The process of an attacker: one kind of attack at a time, for a bounded time, against this machine alone. `flood` sends
 * requests that were prepared beforehand, at a rate or as fast as a processor core can; `connect` opens connections and drops them;
 * `slow` holds as many as it can and feeds each a byte now and then.
 */
import { readFileSync } from "node:fs";
import { answerCalls } from "./forked.ts";
import { loopbackOnly, type Target } from "./loopback.ts";
import { unpacked } from "./packed.ts";
import { type Heard, Lasting, requestOf, Wire } from "./wire.ts";

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
  readonly milliseconds: number;
}

export interface Connect {
  readonly do: "connect";
  readonly target: string;
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

/** Requests that wait for their answer on one connection; an attacker need not be polite. */
const PIPELINED = 16;
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
  const { requests: file, rate, connections, milliseconds, most = Number.POSITIVE_INFINITY } = call;
  const requests = unpacked(readFileSync(file));
  const lines = Array.from({ length: connections }, () => new Lasting(target));
  const answers: Record<string, number> = {};
  const told = (heard: Heard | null) => {
    const name = heard === null ? "closed" : String(heard.status);
    answers[name] = (answers[name] ?? 0) + 1;
  };
  const since = performance.now();
  let sent = 0;
  while (performance.now() - since < milliseconds) {
    const may = Math.min(most, allowed(rate, since));
    if (sent >= most && lines.every(({ wire }) => wire.underWay === 0)) break;
    for (const { wire } of lines) {
      while (wire.underWay < PIPELINED && sent < may) {
        wire.post(requests[sent++ % requests.length] ?? Buffer.alloc(0), told);
      }
    }
    await (rate === 0 ? turn() : tick(1));
  }
  for (const { wire } of lines) wire.close();
  return { sent, seconds: (performance.now() - since) / 1000, answers, held: connections };
}

async function connectAndDrop({ rate, milliseconds }: Connect, target: Target): Promise<FloodResult> {
  const since = performance.now();
  let opening = 0;
  let opened = 0;
  let failed = 0;
  let sent = 0;
  while (performance.now() - since < milliseconds) {
    while (opening < MOST_OPENING && sent < allowed(rate, since)) {
      sent++;
      opening++;
      const { socket } = new Wire(target);
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
    const wire = new Wire(target, sources === 1 ? undefined : sourceAddress(sent % sources));
    sent++;
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

/** One of many addresses of the loopback network, no two of them neighbours. */
function sourceAddress(n: number): string {
  return `127.${1 + (n % 250)}.${1 + Math.floor(n / 250)}.${1 + (n % 200)}`;
}
