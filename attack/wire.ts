/**
 * HTTP/1.1 on a bare socket: what phones and attackers of a run speak. A client of a library would cost the generators as much as
 * the server that they are to load, and would hide what an attack needs: many requests at once on one connection, half a
 * request, an answer that nobody reads.
 */
import { connect, type Socket } from "node:net";
import type { Target } from "./loopback.ts";

/** What a server answered. */
export interface Heard {
  readonly status: number;
  /** Seconds; null where none were named. */
  readonly retryAfter: number | null;
  readonly body: string;
}

const END_OF_HEAD = "\r\n\r\n";
/** Longer answers than any of ours: who sends more is no server of this project. */
const MOST = 2 ** 22;

/** Takes answers out of the bytes of one connection, in the order of the requests. */
export class Answers {
  #text = "";

  /** The answers that are whole now. @throws RangeError on something that is not one of our servers' answers */
  read(piece: Buffer): Heard[] {
    // Bytes as characters one to one: lengths are counted in bytes.
    this.#text += piece.toString("latin1");
    const heard: Heard[] = [];
    for (let one = this.#next(); one !== null; one = this.#next()) heard.push(one);
    if (this.#text.length > MOST) throw new RangeError("an answer longer than any of ours");
    return heard;
  }

  #next(): Heard | null {
    const end = this.#text.indexOf(END_OF_HEAD);
    if (end < 0) return null;
    const head = this.#text.slice(0, end);
    const from = end + END_OF_HEAD.length;
    const to = from + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#text.length < to) return null;
    const wait = /\r\nretry-after: *(\d+)/i.exec(head)?.[1];
    const body = Buffer.from(this.#text.slice(from, to), "latin1").toString();
    this.#text = this.#text.slice(to);
    return { status: Number(head.slice(9, 12)), retryAfter: wait === undefined ? null : Number(wait), body };
  }
}

/** A connection on which requests are written as they are and answered in order. */
export class Wire {
  readonly socket: Socket;
  readonly #answers = new Answers();
  #waiting: ((heard: Heard | null) => void)[] = [];

  /** `from`: the address of this machine that it comes from. */
  constructor({ host, port }: Target, from?: string) {
    this.socket = connect({ host, port, ...(from === undefined ? {} : { localAddress: from }) });
    this.socket.setNoDelay(true);
    this.socket.on("error", () => this.socket.destroy());
    this.socket.on("close", () => this.#end());
    this.socket.on("data", (piece: Buffer) => {
      try {
        for (const heard of this.#answers.read(piece)) this.#waiting.shift()?.(heard);
      } catch {
        this.socket.destroy();
      }
    });
  }

  /** Requests without an answer. */
  get underWay(): number {
    return this.#waiting.length;
  }

  get isOpen(): boolean {
    return !this.socket.destroyed && !this.socket.writableEnded;
  }

  /** What is answered to a request; null if the connection ends before. */
  ask(request: Buffer): Promise<Heard | null> {
    return new Promise((resolve) => this.post(request, resolve));
  }

  /** As {@link ask}, without a promise for each of thousands. */
  post(request: Buffer, told: (heard: Heard | null) => void): void {
    if (!this.isOpen) {
      told(null);
      return;
    }
    this.#waiting.push(told);
    this.socket.write(request);
  }

  close(): void {
    this.socket.destroy();
  }

  #end(): void {
    for (const told of this.#waiting.splice(0)) told(null);
  }
}

/** A connection that is opened anew when it was closed. */
export class Lasting {
  readonly #target: Target;
  #wire: Wire;

  constructor(target: Target) {
    this.#target = target;
    this.#wire = new Wire(target);
  }

  get wire(): Wire {
    if (!this.#wire.isOpen) this.#wire = new Wire(this.#target);
    return this.#wire;
  }
}

/** The bytes of a request. */
export function requestOf(
  method: "GET" | "POST",
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: Uint8Array,
): Buffer {
  const length = body === undefined ? {} : { "content-length": String(body.length) };
  const lines = Object.entries({ host: "127.0.0.1", ...length, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}${END_OF_HEAD}`, "latin1");
  return body === undefined ? head : Buffer.concat([head, body]);
}
