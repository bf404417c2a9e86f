/** Readers of the public files: at an even rate, whether or not the last was answered. */
import { setTimeout as pause } from "node:timers/promises";
import { loopbackOnly } from "./loopback.ts";
import { Lasting, requestOf } from "./wire.ts";

/** What readers ask for first. */
const PATHS = ["/checkpoint", "/status.json", "/now/ppwp.json", "/now/ppwp/51.json", "/now/dpd.json"];
const CONNECTIONS = 32;
const PATIENCE = 10_000;

export interface Reading {
  /** Sorted, in milliseconds, from when it should have been asked. */
  readonly delays: readonly number[];
  readonly asked: number;
}

/** Reads for so long, so often a second. Only whole answers with status 200 have a delay. */
export async function readFor(address: string, perSecond: number, milliseconds: number): Promise<Reading> {
  const target = loopbackOnly(address);
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
