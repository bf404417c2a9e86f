/**
 * Reading bodies that come slowly, or never. Node bounds the time of a whole request; a bound that lets a kecamatan send a large
 * bundle over a poor line lets anyone hold a connection for as long. So a body must keep up a rate, looked at once a second.
 */
import type { IncomingMessage } from "node:http";

/** Bytes a second that a body must have brought on average, after a grace in milliseconds for the line to wake up. */
export const LEAST_RATE = 2_000;
export const GRACE = 5_000;
const LOOK = 1_000;

/** Whether a body that has brought so many bytes in so many milliseconds is not worth waiting for. */
export function isTooSlow(received: number, milliseconds: number): boolean {
  return received < ((milliseconds - GRACE) * LEAST_RATE) / 1_000;
}

interface Reading {
  readonly since: number;
  received: number;
  stop(): void;
}

export class Bodies {
  readonly #clock: () => number;
  readonly #readings = new Set<Reading>();
  #looking: NodeJS.Timeout | null = null;

  /** `clock` in milliseconds. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The body, which is as long as its header says (node:http sees to that); `gone` with its sender, `slow` if not kept up. */
  read(request: IncomingMessage): Promise<Uint8Array | "gone" | "slow"> {
    return new Promise((resolve) => {
      const parts: Buffer[] = [];
      const end = (result: Uint8Array | "gone" | "slow"): void => {
        this.#readings.delete(reading);
        resolve(result);
      };
      const reading: Reading = { since: this.#clock(), received: 0, stop: () => end("slow") };
      this.#readings.add(reading);
      request.on("data", (part: Buffer) => {
        reading.received += part.length;
        parts.push(part);
      });
      request.on("end", () => end(parts.length === 1 ? (parts[0] ?? "gone") : Buffer.concat(parts)));
      request.on("close", () => end("gone"));
      this.#looking ??= setInterval(() => this.look(), LOOK).unref();
    });
  }

  /** Stops those that have fallen behind. */
  look(): void {
    const now = this.#clock();
    for (const reading of this.#readings) if (isTooSlow(reading.received, now - reading.since)) reading.stop();
    if (this.#readings.size > 0 || this.#looking === null) return;
    clearInterval(this.#looking);
    this.#looking = null;
  }
}
