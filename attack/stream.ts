/**
 * A connection on which requests are sent in handfuls, as cheaply as a process can: one call of the kernel for several, and of the
 * answers only the status is looked at.
 */
import { connect, type Socket } from "node:net";
import type { Target } from "./loopback.ts";
import { Statuses } from "./statuses.ts";

/** Requests that are written together. */
export interface Handful {
  readonly bytes: Buffer;
  readonly requests: number;
  /** Answers that are waited for. */
  readonly answers: number;
}

/** Puts requests together, so many in each. `answers`: to each of them. */
export function handfuls(requests: readonly Buffer[], together: number, answers = 1): Handful[] {
  const groups = Map.groupBy(requests.entries(), ([i]) => Math.floor(i / together));
  return [...groups.values()].map((group) => ({
    bytes: Buffer.concat(group.map(([, request]) => request)),
    requests: group.length,
    answers: group.length * answers,
  }));
}

/** Opened with the first handful, and anew when it was closed. */
export class Stream {
  readonly #target: Target;
  readonly #from: string | undefined;
  readonly #told: (status: string, count: number) => void;
  #socket: Socket | null = null;
  /** Answers that are waited for. */
  underWay = 0;

  /** `from`: the address of this machine that it comes from. `told`: of answers, and of those that never came ("closed"). */
  constructor(target: Target, from: string | undefined, told: (status: string, count: number) => void) {
    this.#target = target;
    this.#from = from;
    this.#told = told;
  }

  send({ bytes, answers }: Handful): void {
    this.underWay += answers;
    this.#socket ??= this.#open();
    this.#socket.write(bytes);
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const statuses = new Statuses();
    const local = this.#from === undefined ? {} : { localAddress: this.#from };
    const socket = connect({ ...this.#target, ...local, noDelay: true });
    const told = (status: string) => {
      this.underWay--;
      this.#told(status, 1);
    };
    socket.on("data", (piece: Buffer) => statuses.read(piece, told));
    socket.on("end", () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      if (this.underWay > 0) this.#told("closed", this.underWay);
      this.underWay = 0;
      this.#socket = null;
    });
    return socket;
  }
}
