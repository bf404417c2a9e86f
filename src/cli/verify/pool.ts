/**
 * The audit's threads. Jobs go to whichever has least to do; only so many are under way that the entries in memory stay
 * bounded, so that the fold waits for the signatures and not the machine for memory. Of a province the fold need not wait at all:
 * what it does last, the building of all objects, is then done while the threads are still at work.
 */
import { Worker } from "node:worker_threads";
import type { PublicFiles } from "../../store/public-files.ts";
import { openSource } from "../source.ts";
import { type Done, type Job, work } from "./jobs.ts";
import { KeyTable } from "./key-table.ts";
import type { Message, WorkerData } from "./worker.ts";

/** What may be under way: bytes of bundles, and jobs of whichever kind. */
const MOST_BYTES = 128 * 2 ** 20;
const MOST_JOBS = 4_096;
/** So many jobs more than another a thread may have: the bundles of a log, and the keys that it needs, stay with one. */
const UNEVEN = 4;

interface Answer {
  readonly id: number;
  readonly done?: Done;
  readonly error?: string;
}

interface Thread {
  readonly worker: Worker;
  waiting: number;
  /** The log of its last bundle. */
  log: string | null;
}

export class Pool {
  readonly #threads: Thread[];
  readonly #take: (job: Job, done: Done) => void;
  readonly #files: PublicFiles;
  #keys = KeyTable.of([]);
  readonly #open = new Map<number, Job>();
  #bytes = 0;
  #next = 0;
  #failure: Error | null = null;
  #wake: (() => void) | null = null;

  /**
   * Starts the threads. `take` is given each finished job, in any order. Without threads, jobs are done at once, here.
   * Signatures need the keys: they are given with {@link learn}, so that threads start while those are being read.
   */
  constructor(data: WorkerData, take: (job: Job, done: Done) => void, threads: number) {
    this.#take = take;
    this.#files = openSource(data.where).files;
    this.#threads = Array.from({ length: threads }, () => this.#start(data));
  }

  /** Gives all threads the keys; before any job. */
  learn(keys: KeyTable): void {
    this.#keys = keys;
    for (const { worker } of this.#threads) worker.postMessage({ keys: keys.shared } satisfies Message);
  }

  /** Hands a job over; resolves when there is room for another. Rejects if the files cannot be read. */
  async give(job: Job): Promise<void> {
    const thread = this.#threadFor(job);
    if (thread === null) {
      this.#take(job, await work(job, this.#files, this.#keys));
      return;
    }
    const id = this.#next++;
    this.#open.set(id, job);
    this.#bytes += bytesOf(job);
    thread.waiting++;
    const [own, moved] = ownCopy(job);
    thread.worker.postMessage({ id, job: own } satisfies Message, moved);
    while (this.#failure === null && this.#isFull()) await this.#change();
    if (this.#failure) throw this.#failure;
  }

  /** Resolves when every job is done. */
  async finish(): Promise<void> {
    while (this.#open.size > 0 && this.#failure === null) await this.#change();
    if (this.#failure) throw this.#failure;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  /** Who has least to do, or nearly, and knows the log; null: there are no threads. */
  #threadFor(job: Job): Thread | null {
    const [first, ...others] = this.#threads;
    if (first === undefined) return null;
    const least = others.reduce((one, other) => (other.waiting < one.waiting ? other : one), first);
    if (job.kind !== "bundle") return least;
    const known = this.#threads.find(({ log, waiting }) => log === job.log && waiting <= least.waiting + UNEVEN);
    const thread = known ?? least;
    thread.log = job.log;
    return thread;
  }

  #start(workerData: WorkerData): Thread {
    const thread: Thread = {
      worker: new Worker(new URL("./worker.ts", import.meta.url), { workerData }),
      waiting: 0,
      log: null,
    };
    thread.worker.on("message", ({ id, done, error }: Answer) => {
      thread.waiting--;
      const job = this.#open.get(id);
      this.#open.delete(id);
      if (job) this.#bytes -= bytesOf(job);
      if (job && done) this.#take(job, done);
      if (error !== undefined) this.#failure ??= new Error(error);
      this.#wake?.();
    });
    thread.worker.on("error", (error) => {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
      this.#wake?.();
    });
    return thread;
  }

  #isFull(): boolean {
    return this.#bytes >= MOST_BYTES || this.#open.size >= MOST_JOBS;
  }

  /** The next answer, or failure. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function bytesOf(job: Job): number {
  return job.kind === "bundle" ? job.bytes.length : 0;
}

/** A job as a thread gets it, and the memory that goes over to it: it is copied once, and not into a message and out of it. */
function ownCopy(job: Job): [Job, ArrayBuffer[]] {
  if (job.kind !== "bundle") return [job, []];
  const bytes = new Uint8Array(job.bytes);
  return [{ ...job, bytes }, [bytes.buffer]];
}
