/**
 * The sequencer as another process sees it: over the socket, and never with a wait that has no end. A process that dies, hangs or
 * is started anew gives {@link CoreAway}: the caller says "later", and sending the same statement again is safe.
 */
import { connect, type Socket } from "node:net";
import { fromHex, toBase64 } from "../ledger/bytes.ts";
import { StaleEpoch, StoreFull, StoreUnusable } from "../store/store.ts";
import { FrameReader, frameOf } from "./frames.ts";
import type { Reply } from "./socket.ts";
import { type AppendResult, type Core, CoreAway } from "./submission.ts";
import { WrittenElsewhere } from "./writers.ts";

/** An append takes milliseconds; so long only one that nobody is at work on, in milliseconds. */
const DEADLINE = 5_000;
/** After so long it is looked anew whether somebody listens, in milliseconds. */
const KNOCK = 50;

interface Asked {
  readonly log: string;
  readonly frame: Uint8Array;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class CoreClient implements Core {
  readonly #path: string;
  readonly #deadline: number;
  readonly #asked = new Map<number, Asked>();
  #next = 0;
  #socket: Socket | null = null;
  #knocking: NodeJS.Timeout | null = null;

  /** `path`: of the socket; it need not be there yet. */
  constructor(path: string, deadline = DEADLINE) {
    this.#path = path;
    this.#deadline = deadline;
  }

  append(log: string, bytes: Uint8Array, after?: number): Promise<AppendResult> {
    return this.#ask(log, { call: "append", log, bytes: toBase64(bytes), ...(after === undefined ? {} : { after }) });
  }

  see(log: string, other: string): Promise<AppendResult> {
    return this.#ask(log, { call: "see", log, other });
  }

  close(): void {
    if (this.#knocking !== null) clearTimeout(this.#knocking);
    this.#knocking = null;
    this.#lose(new CoreAway("the connection was closed"));
  }

  #ask(log: string, request: object): Promise<AppendResult> {
    const { promise, resolve, reject } = Promise.withResolvers<AppendResult>();
    const n = this.#next++;
    // First of all: what cannot be sent must not be waited for.
    const frame = frameOf({ n, ...request });
    const late = () => {
      this.#asked.delete(n);
      reject(new CoreAway(`no answer within ${this.#deadline} ms`));
    };
    this.#asked.set(n, { log, frame, resolve, reject, timer: setTimeout(late, this.#deadline) });
    if (this.#socket === null) this.#connect();
    else if (!this.#socket.connecting) this.#socket.write(frame);
    return promise;
  }

  /** Sends what waits once somebody listens. Who starts with us may listen a moment later, so it is tried until nobody waits any more. */
  #connect(): void {
    if (this.#knocking !== null) return;
    const socket = connect(this.#path);
    const reader = new FrameReader();
    let stood = false;
    const lost = (why: string) => {
      if (this.#socket !== socket) return;
      if (stood) this.#lose(new CoreAway(why));
      else this.#knockLater();
    };
    socket.on("connect", () => {
      stood = true;
      for (const { frame } of this.#asked.values()) socket.write(frame);
    });
    socket.on("error", ({ message }) => lost(message));
    socket.on("close", () => lost("the process that writes the logs has ended"));
    socket.on("data", (piece: Buffer) => {
      try {
        for (const reply of reader.read(piece)) this.#settle(reply as Reply);
      } catch (error) {
        lost(error instanceof Error ? error.message : String(error));
      }
    });
    this.#socket = socket;
  }

  #knockLater(): void {
    this.#socket = null;
    if (this.#asked.size === 0) return;
    this.#knocking = setTimeout(() => {
      this.#knocking = null;
      this.#connect();
    }, KNOCK);
  }

  #settle(reply: Reply): void {
    const asked = this.#asked.get(reply.n);
    // Answered after the deadline: nobody waits any more.
    if (asked === undefined) return;
    this.#asked.delete(reply.n);
    clearTimeout(asked.timer);
    if ("error" in reply) asked.reject(errorOf(reply.error, asked.log));
    else if (reply.result.kind === "moved") asked.resolve(reply.result);
    else asked.resolve({ ...reply.result, id: fromHex(reply.result.id), log: asked.log });
  }

  #lose(error: CoreAway): void {
    this.#socket?.destroy();
    this.#socket = null;
    for (const { reject, timer } of this.#asked.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#asked.clear();
  }
}

/** The error that the other process met, of the same class where callers tell them apart. */
function errorOf({ name, message }: { readonly name: string; readonly message: string }, log: string): Error {
  switch (name) {
    case "StoreFull":
      return new StoreFull(message);
    case "StoreUnusable":
      return new StoreUnusable(message);
    case "WrittenElsewhere":
      return new WrittenElsewhere(log);
    // It will end, and another has taken its place.
    case StaleEpoch.name:
    case "CoreAway":
      return new CoreAway(message);
    default:
      return Object.assign(new Error(message), { name });
  }
}
