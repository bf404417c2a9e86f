/**
 * The public while something else goes on: answers of the public side, asked for at an even rate by a thread of their own, so that
 * what the measurement itself is busy with does not count as waiting.
 */
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

/** Readers ask so many times a second, for what they ask for when a page is opened. */
const READS_A_SECOND = 40;
const PATHS = ["checkpoint", "status.json", "now/ppwp.json"];

/** Milliseconds of each answer that was asked for while the work went on. */
export async function latencies(address: string, work: () => Promise<unknown>): Promise<number[]> {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { address } });
  const times = new Promise<number[]>((resolve, reject) => worker.on("message", resolve).on("error", reject));
  await work();
  worker.postMessage("stop");
  return times;
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
  const asked: Promise<number>[] = [];
  let isOver = false;
  parentPort?.once("message", () => {
    isOver = true;
  });
  for (let n = 0; !isOver; n++) {
    asked.push(ask(new URL(PATHS[n % PATHS.length] ?? "", address)));
    await sleep(1_000 / READS_A_SECOND);
  }
  return Promise.all(asked);
}

if (!isMainThread) {
  const { address } = workerData as { readonly address: string };
  parentPort?.postMessage(await readUntilStopped(address));
}
