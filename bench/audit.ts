/**
 * The full audit of a province: `teguh verify` as anyone would run it, against the time that the checks of the same signatures
 * by the same keys take alone on as many cores. Both are measured twice, in turn, since a machine changes its speed.
 */
import { spawn } from "node:child_process";
import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { parseStatement, shortKey } from "../src/ledger/statement.ts";
import { Tally } from "../src/tally/fold.ts";
import { BALI, Data, FULL_BALI } from "./data.ts";
import { type Context, type Figure, seconds } from "./figure.ts";

const MOST_TIMES = 1.35;
const ROUNDS = 2;
const SCAN = 4096;

const dataOf = ({ short }: Context) => new Data(short ? BALI : FULL_BALI, { signed: true, kind: "read" });

export async function prepare(context: Context): Promise<void> {
  const data = dataOf(context);
  await data.statements({ readings: true });
  await data.published();
}

/** A statement's signature, as one thread is to check it. */
interface Check {
  readonly key: string;
  readonly signature: Uint8Array;
  readonly text: Uint8Array;
}

/** Every signature of the store with its key, read and parsed beforehand: that is not what is measured. */
async function checksOf(data: Data): Promise<Check[]> {
  const store = data.openStore({ readOnly: true });
  const tally = new Tally({ definition: () => data.model() });
  const found: { log: string; short: string; signature: Uint8Array; text: Uint8Array }[] = [];
  for (let cursor = 0; ; ) {
    const changes = await store.changes(cursor, SCAN);
    if (changes.entries.length === 0) break;
    cursor = changes.cursor;
    for (const { log, bytes } of changes.entries) {
      tally.add(log, bytes);
      const { text, signatures } = parseStatement(bytes);
      for (const { name, signature } of signatures) found.push({ log, short: shortKey(name), signature, text });
    }
  }
  await store.close();
  const checks = found.map(({ log, short, signature, text }) => {
    const key = tally.publicKey(log, short);
    if (!key) throw new Error(`no key is known as ${short}`);
    return { key: Buffer.from(key).toString("hex"), signature, text };
  });
  // All of one key on one thread: the fewest keys to be made, and as many on either.
  return checks.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Seconds that the checks take on so many threads, the making of each key once included. */
async function rawSeconds(checks: readonly Check[], threads: number): Promise<number> {
  const share = Math.ceil(checks.length / threads);
  const workers = Array.from({ length: threads }, (_, i) => {
    const part = checks.slice(i * share, (i + 1) * share);
    return new Worker(fileURLToPath(import.meta.url), { workerData: part });
  });
  const ready = workers.map((worker) => once(worker, "message"));
  await Promise.all(ready);
  const done = workers.map((worker) => once(worker, "message"));
  const began = performance.now();
  for (const worker of workers) worker.postMessage("go");
  const answers = await Promise.all(done);
  const took = seconds(began);
  if (!answers.every(([good]) => good === true)) throw new Error("a signature does not verify");
  return took;
}

async function auditSeconds(data: Data): Promise<number> {
  const teguh = join(import.meta.dirname, "..", "src", "cli", "teguh.ts");
  const began = performance.now();
  const running = spawn(process.execPath, [teguh, "verify", data.dir, "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  running.stdout.on("data", (part: Buffer) => {
    text += part.toString();
  });
  const [code] = (await once(running, "close")) as [number];
  const took = seconds(began);
  if (code !== 0) throw new Error(`the audit found faults or could not run (${code}): ${text.slice(0, 2000)}`);
  const { seconds: parts, statements, objects } = JSON.parse(text) as { [key: string]: unknown };
  process.stderr.write(`audit: ${statements} statements, ${objects} objects, ${JSON.stringify(parts)}\n`);
  return took;
}

export async function run(context: Context): Promise<Figure[]> {
  const data = dataOf(context);
  const threads = Math.min(2, availableParallelism());
  const checks = await checksOf(data);
  let raw = 0;
  let audit = 0;
  for (let round = 0; round < (context.short ? 1 : ROUNDS); round++) {
    raw += await rawSeconds(checks, threads);
    audit += await auditSeconds(data);
  }
  const which = context.short ? "a Bali of 7,600 stations" : "Bali";
  return [
    {
      what: `full audit of ${which} × 5 contests and as many readings, against raw checks on ${threads} cores`,
      value: audit / raw,
      unit: "×",
      atMost: MOST_TIMES,
    },
  ];
}

/** What RFC 8410 puts before the 32 bytes of a key. */
const SPKI = "302a300506032b6570032100";

function checkAll(checks: readonly Check[]): boolean {
  const keys = new Map<string, KeyObject>();
  return checks.every(({ key, signature, text }) => {
    let made = keys.get(key);
    if (!made) {
      made = createPublicKey({ key: Buffer.from(SPKI + key, "hex"), format: "der", type: "spki" });
      keys.set(key, made);
    }
    return verify(null, text, made, signature);
  });
}

if (!isMainThread) {
  parentPort?.once("message", () => {
    parentPort?.postMessage(checkAll(workerData as Check[]));
  });
  parentPort?.postMessage("ready");
}
