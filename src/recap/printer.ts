/**
 * Prints papers in a thread of their own, one after the other. The thread starts with the first paper and keeps nobody from
 * ending; one that dies fails the papers that it had, and the next paper starts another.
 */
import { Worker } from "node:worker_threads";
import { type Form, FormError } from "./form.ts";
import type { IncidentList } from "./pdf-incidents.ts";
import type { NightPosition } from "./pdf-night.ts";
import type { SeatsPaper } from "./pdf-seats.ts";

export type PrintJob =
  | { readonly what: "certificate"; readonly form: Form }
  | { readonly what: "night"; readonly positions: readonly NightPosition[] }
  | { readonly what: "incidents"; readonly list: IncidentList }
  | { readonly what: "seats"; readonly paper: SeatsPaper };

/** The bytes of the paper, or why it must not be printed: place and message of a FormError. */
export type PrintAnswer =
  | { readonly bytes: Uint8Array }
  | { readonly fault: readonly [where: string, message: string] };

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

export class Printer {
  #worker: Worker | null = null;
  /** Jobs that the thread has, in their order. */
  readonly #waiting: Waiting[] = [];

  /** The bytes of a PDF. Rejects with FormError where the paper must not be printed. */
  print(job: PrintJob): Promise<Uint8Array> {
    const worker = this.#start();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      worker.ref();
      worker.postMessage(job);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll(new Error("the printing was ended"));
    await worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL("./pdf-worker.ts", import.meta.url));
    worker.on("message", (answer: PrintAnswer) => this.#answered(worker, answer));
    worker.on("error", (error) => this.#died(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => this.#died(worker, new Error("the printing thread has ended")));
    this.#worker = worker;
    return worker;
  }

  #answered(worker: Worker, answer: PrintAnswer): void {
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0) worker.unref();
    if ("bytes" in answer) waiting?.resolve(answer.bytes);
    else waiting?.reject(faultOf(answer.fault));
  }

  #died(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#failAll(error);
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

/** The message of a FormError begins with its place. */
const faultOf = ([where, message]: readonly [string, string]): FormError =>
  new FormError(where, message.slice(where.length + 2));
