/**
 * The audit's threads. Jobs go to whichever has least to do; only so many are under way that the entries in memory stay
 * bounded, so that the fold waits for the signatures and not the machine for memory.
 */
import { Worker } from "node:worker_threads";
import { openSource } from "../source.ts";
import { type Done, type Job, work } from "./jobs.ts";
import { KeyTable } from "./key-table.ts";
import type { WorkerData } from "./worker.ts";

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
  readonly #here: (job: Job) => Promise<Done>;
  readonly #open = new Map<number, Job>();
  #next = 0;
  #failure: Error | null = null;
  #wake: (() => void) | null = null;

  /** `take` is given each finished job, in any order. Without threads, jobs are done at once, here. */
  constructor(data: WorkerData, take: (job: Job, done: Done) => void, threads: number) {
    this.#take = take;
    const { files } = openSource(data.where);
    const keys = new KeyTable(data.keys);
    this.#here = (job) => work(job, files, keys);
    this.#threads = Array.from({ length: threads }, () => this.#start(data));
  }

  /** Hands a job over; resolves when there is room for another. Rejects if the files cannot be read. */
  async give(job: Job): Promise<void> {
    const [first, ...others] = this.#threads;
    if (first === undefined) {
      this.#take(job, await this.#here(job));
      return;
    }
    const thread = others.reduce((least, other) => (other.waiting < least.waiting ? other : least), first);
    const id = this.#next++;
    this.#open.set(id, job);
    thread.waiting++;
    thread.worker.postMessage({ id, job });
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
