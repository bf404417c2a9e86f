/**
 * The machine's own raw speeds, measured in the same run: what other figures are compared with. No code of ours runs in them.
 */
import { generateKeyPairSync, hash, sign, verify } from "node:crypto";
import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { cacheFolder } from "./data.ts";
import { type Context, type Figure, seconds } from "./figure.ts";

/** Length of a typical sheet's text, in bytes. */
const SHEET_BYTES = 800;
const KEYS = 500;

export interface Speed {
  /** By the clock on the wall, and by the processor time taken: on a busy machine only the second means something. */
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** Ed25519 checks of one thread, over `time` seconds; keys are imported beforehand. */
export function rawVerifies(time: number): Speed {
  const signed = Array.from({ length: KEYS }, (_, i) => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const message = Buffer.alloc(SHEET_BYTES, i);
    return { publicKey, message, signature: sign(null, message, privateKey) };
  });
  const cpu = process.cpuUsage();
  const began = performance.now();
  let checked = 0;
  while (seconds(began) < time) {
    for (const { publicKey, message, signature } of signed) {
      if (verify(null, message, publicKey, signature)) checked++;
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: checked / seconds(began), perCpuSecond: (checked * 1e6) / (user + system) };
}

/** Checks a second on so many threads at once, all together. */
export async function rawVerifiesOn(threads: number, time: number): Promise<number> {
  const speeds = Array.from({ length: threads }, () => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { time } });
    return new Promise<number>((resolve, reject) => worker.on("message", resolve).on("error", reject));
  });
  return (await Promise.all(speeds)).reduce((sum, speed) => sum + speed, 0);
}

/** Milliseconds that writing a page and flushing it takes. */
function rawFlush(time: number): number {
  mkdirSync(cacheFolder(), { recursive: true });
  const path = join(cacheFolder(), "flush");
  const file = openSync(path, "w");
  const page = Buffer.alloc(4096, 1);
  const began = performance.now();
  let count = 0;
  for (; seconds(began) < time; count++) {
    writeSync(file, page, 0, page.length, count * page.length);
    fdatasyncSync(file);
  }
  const each = (seconds(began) * 1000) / count;
  closeSync(file);
  rmSync(path);
  return each;
}

/** SHA-256 of sheets, a second. */
function rawHashes(time: number): number {
  const message = Buffer.alloc(SHEET_BYTES, 1);
  const began = performance.now();
  let count = 0;
  for (; seconds(began) < time; count++) {
    message.writeUInt32LE(count);
    hash("sha256", message, "binary");
  }
  return count / seconds(began);
}

export async function run({ short }: Context): Promise<Figure[]> {
  const time = short ? 0.5 : 2;
  return [
    { what: "raw Ed25519 checks on one core", value: rawVerifies(time).perSecond, unit: "/s" },
    { what: "raw Ed25519 checks on two cores", value: await rawVerifiesOn(2, time), unit: "/s" },
    { what: "raw write of 4 KB and flush", value: rawFlush(time), unit: "ms" },
    { what: `raw SHA-256 of ${SHEET_BYTES} bytes`, value: rawHashes(time), unit: "/s" },
  ];
}

if (!isMainThread) parentPort?.postMessage(rawVerifies((workerData as { time: number }).time).perSecond);
