/**
 * The public while something else goes on: answers of the public side, asked for at an even rate by a process of their own, so that
 * what the measurement itself is busy with does not count as waiting.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { haveProcessor } from "./elsewhere.ts";

/** Readers ask so many times a second, for what they ask for when a page is opened. */
const READS_A_SECOND = 100;
const PATHS = ["checkpoint", "status.json", "now/ppwp.json"];

/** Milliseconds of each answer that was asked for while the work went on. */
export async function latencies(address: string, work: () => Promise<unknown>): Promise<readonly number[]> {
  const readers = fork(import.meta.filename, [address]);
  await once(readers, "message");
  const times = once(readers, "message") as Promise<[readonly number[]]>;
  await work();
  readers.send("stop");
  const [all] = await times;
  return all;
}

function ask(url: URL): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    // A connection of its own, as of somebody who opens the page.
    get(url, { agent: false }, (response) => {
      response.resume().on("end", () => resolve(performance.now() - began));
    }).on("error", reject);
  });
}

async function readUntilStopped(address: string): Promise<number[]> {
  haveProcessor("first");
  let isOver = false;
  process.once("message", () => {
    isOver = true;
  });
  // The first of each is not like the others: code that is not compiled, connections that were never made.
  for (const path of [...PATHS, ...PATHS]) await ask(new URL(path, address));
  process.send?.("ready");
  const asked: Promise<number>[] = [];
  for (let n = 0; !isOver; n++) {
    asked.push(ask(new URL(PATHS[n % PATHS.length] ?? "", address)));
    await sleep(1_000 / READS_A_SECOND);
  }
  return Promise.all(asked);
}

if (process.argv[1] === import.meta.filename) {
  const [, , address = ""] = process.argv;
  process.send?.(await readUntilStopped(address), () => process.disconnect());
}
