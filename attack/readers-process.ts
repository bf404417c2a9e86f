/**
 * The process of the readers of public files: at an even rate, whether or not the last was answered. It is none of the phones',
 * whose memory grows with every receipt they keep, and does nothing between two calls.
 */
import { setTimeout as pause } from "node:timers/promises";
import { haveProcessor } from "../bench/elsewhere.ts";
import { answerCalls } from "./forked.ts";
import { loopbackOnly } from "./loopback.ts";
import { Lasting, requestOf } from "./wire.ts";

/** What readers ask for first. */
const PATHS = ["/checkpoint", "/status.json", "/now/ppwp.json", "/now/ppwp/51.json", "/now/dpd.json"];
const CONNECTIONS = 32;
const PATIENCE = 10_000;

/** So long, so often a second. */
export interface Read {
  readonly site: string;
  readonly perSecond: number;
  readonly milliseconds: number;
}

export interface Reading {
  /** Sorted, in milliseconds, from when it should have been asked. */
  readonly delays: readonly number[];
  readonly asked: number;
}

haveProcessor("first");
answerCalls<Read, Reading>(readFor);

/** Only whole answers with status 200 have a delay. */
async function readFor({ site, perSecond, milliseconds }: Read): Promise<Reading> {
  const target = loopbackOnly(site);
  const lines = Array.from({ length: CONNECTIONS }, () => new Lasting(target));
  const count = Math.round((perSecond * milliseconds) / 1000);
  const delays: number[] = [];
  const asked: Promise<void>[] = [];
  const began = performance.now();
  while (asked.length < count) {
    for (
      let due = dueAt(asked.length);
      asked.length < count && due <= performance.now() - began;
      due = dueAt(asked.length)
    ) {
      asked.push(read(asked.length, due));
    }
    await pause(1);
  }
  await Promise.race([Promise.all(asked), pause(PATIENCE)]);
  for (const { wire } of lines) wire.close();
  return { delays: delays.sort((a, b) => a - b), asked: count };

  function dueAt(n: number): number {
    return (n * 1000) / perSecond;
  }

  async function read(n: number, due: number): Promise<void> {
    const heard = await lines[n % CONNECTIONS]?.wire.ask(requestOf("GET", PATHS[n % PATHS.length] ?? "/"));
    if (heard?.status === 200) delays.push(performance.now() - began - due);
  }
}
