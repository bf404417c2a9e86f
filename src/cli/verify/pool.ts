/**
 * The audit's threads. Jobs go to whichever has least to do; only so many are under way that the entries in memory stay
 * bounded, so that the fold waits for the signatures and not the machine for memory.
 */
import { Worker } from "node:worker_threads";
import type { PublicFiles } from "../../store/public-files.ts";
import { openSource } from "../source.ts";
import { type Done, type Job, work } from "./jobs.ts";
import { KeyTable } from "./key-table.ts";
import type { Message, WorkerData } from "./worker.ts";

/** Jobs that one thread may have waiting: a bundle has up to 256 entries. */
const WAITING = 16;

interface Answer {
  readonly id: number;
  readonly done?: Done;
  readonly error?: string;
}

interface Thread {
  readonly worker: Worker;
  waiting: number;
}

export class Pool {
  readonly #threads: Thread[];
  readonly #take: (job: Job, done: Done) => void;
  readonly #files: PublicFiles;
  #keys = KeyTable.of([]);
  readonly #open = new Map<number, Job>();
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
    const [first, ...others] = this.#threads;
    if (first === undefined) {
      this.#take(job, await work(job, this.#files, this.#keys));
      return;
    }
    const thread = others.reduce((least, other) => (other.waiting < least.waiting ? other : least), first);
    const id = this.#next++;
    this.#open.set(id, job);
    thread.waiting++;
    thread.worker.postMessage({ id, job } satisfies Message);
    while (this.#open.size >= this.#threads.length * WAITING) await this.#change();
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

  #start(workerData: WorkerData): Thread {
    const thread: Thread = { worker: new Worker(new URL("./worker.ts", import.meta.url), { workerData }), waiting: 0 };
    thread.worker.on("message", ({ id, done, error }: Answer) => {
      thread.waiting--;
      const job = this.#open.get(id);
      this.#open.delete(id);
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

  #change(): Promise<void> {
    if (this.#failure) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
