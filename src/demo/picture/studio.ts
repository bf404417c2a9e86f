/**
 * Draws photographs in a thread of its own, one form after the other and after everybody else on the machine: a page takes a fifth
 * of a second, and sheets without photographs are not to wait for those with them.
 */
import { Worker } from "node:worker_threads";
import type { Form } from "./form.ts";

/** What is drawn; the same seed and label give the same bytes, `shot` tells phones apart. */
export interface Order {
  readonly form: Form;
  readonly seed: string;
  readonly label: string;
  readonly shot: string;
}

export class Studio {
  readonly #worker = new Worker(new URL("./studio-worker.ts", import.meta.url));
  /** Who waits, in the order in which they asked: so are they answered. */
  readonly #waiting: PromiseWithResolvers<Uint8Array[]>[] = [];

  constructor() {
    this.#worker.on("message", (pictures: Uint8Array[]) => this.#waiting.shift()?.resolve(pictures));
    this.#worker.on("error", (error) => {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
  }

  /** The photographs of a form's pages: JPEG. */
  photographs(order: Order): Promise<Uint8Array[]> {
    const answer = Promise.withResolvers<Uint8Array[]>();
    this.#waiting.push(answer);
    this.#worker.postMessage(order);
    return answer.promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
