/**
 * The sequencer as another process sees it: over the socket, and never with a wait that has no end. A process that dies, hangs or
 * is started anew gives {@link CoreAway}: the caller says "later", and sending the same statement again is safe.
 *
 * All that is asked within a few turns of the event loop goes in one frame. The connection is kept from the beginning, so that
 * news of the plenaries comes without being asked for.
 */
import { connect, type Socket } from "node:net";
import { type LogName, StaleEpoch, StoreFull, StoreUnusable } from "../store/store.ts";
import { FrameError, FrameJoiner, MOST_IN_FRAME } from "./frames.ts";
import { gather } from "./gather.ts";
import { RepeatedStatement } from "./hand-over.ts";
import { type AppendResult, type Core, CoreAway, type SequenceResult, type Submission } from "./submission.ts";
import { type Answer, type Ask, askLength, asksFrame, MOST_ASKS, readSaid } from "./wire.ts";
import { WrittenElsewhere } from "./writers.ts";

export interface CoreClientOptions {
  /** Told which plenaries' logs have grown since the last time; null, whenever a connection stands anew: any of them may have. */
  readonly onGrown?: (logs: readonly LogName[] | null) => void;
  /** An append takes milliseconds; so long only one that nobody is at work on, in milliseconds. */
  readonly deadline?: number;
  /** Without a connection for so long it is away, in milliseconds. */
  readonly patience?: number;
}

const DEADLINE = 5_000;
const PATIENCE = 1_000;
/** After so long it is looked anew whether somebody listens, in milliseconds. */
const KNOCK = 50;
/** Asks that may wait for their answers at the same time: about a third of a second's work. */
const MOST_WAITING = 8_192;

interface Waiting {
  readonly ask: Ask;
  readonly log: LogName;
  readonly since: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

type Result = SequenceResult | AppendResult;

export class CoreClient implements Core {
  readonly #path: string;
  readonly #deadline: number;
  readonly #patience: number;
  readonly #onGrown: (logs: readonly LogName[] | null) => void;
  /** Not sent yet, and sent: each frame as long as it has no answer. */
  #unsent: Waiting[] = [];
  readonly #sent: Waiting[][] = [];
  #waiting = 0;
  #socket: Socket | null = null;
  /** The other side has spoken: it is the sequencer, at work. */
  #stands = false;
  #downSince = performance.now();
  #flushing = false;
  #knocking: NodeJS.Timeout | null = null;
  #looking: NodeJS.Timeout | null = null;
  #isClosed = false;

  /** `path`: of the socket; it need not be there yet. */
  constructor(path: string, { onGrown = () => undefined, ...limits }: CoreClientOptions = {}) {
    this.#path = path;
    this.#deadline = limits.deadline ?? DEADLINE;
    this.#patience = limits.patience ?? PATIENCE;
    this.#onGrown = onGrown;
    this.#connect();
  }

  append(log: LogName, bytes: Uint8Array, after?: number): Promise<AppendResult> {
    return this.#ask(log, { kind: "append", log, bytes, after });
  }

  see(log: LogName, other: LogName): Promise<AppendResult> {
    return this.#ask(log, { kind: "see", log, other });
  }

  /**
   * As `Sequencer.mirror`, in as many steps as frames are needed: what was appended before one that was not stays.
   * @throws RepeatedStatement, and as {@link append}
   */
  async mirror(log: LogName, from: number, entries: readonly Uint8Array[]): Promise<AppendResult> {
    let at = 0;
    for (;;) {
      const end = at + fitting(entries.slice(at).map((bytes) => ({ kind: "append", log, bytes })));
      const ask = { kind: "mirror", log, from: from + at, entries: entries.slice(at, end) } as const;
      const result = await this.#ask<AppendResult>(log, ask);
      if (result.kind === "moved" || end === entries.length) return result;
      at = end;
    }
  }

  /** As `Sequencing.sequence`. */
  sequence(batch: readonly Submission[]): Promise<SequenceResult[]> {
    return Promise.all(
      batch.map(({ log, bytes, expect }) => this.#ask<SequenceResult>(log, { kind: "sheet", bytes, expect })),
    );
  }

  /** As `Sequencing.isAway`. One that hangs is, once the deadline of what it was asked has passed. */
  get isAway(): boolean {
    return !this.#stands && performance.now() - this.#downSince > this.#patience;
  }

  close(): void {
    this.#isClosed = true;
    if (this.#knocking !== null) clearTimeout(this.#knocking);
    this.#knocking = null;
    this.#drop("the connection was closed");
    this.#fail(this.#unsent.splice(0), "the connection was closed");
  }

  /** `R`: what this kind of ask is answered with. */
  #ask<R extends Result>(log: LogName, ask: Ask): Promise<R> {
    return new Promise((resolve, reject) => {
      // First of all: what cannot be sent must not be waited for.
      if (askLength(ask) > MOST_IN_FRAME) throw new FrameError("no frame holds a statement of this length");
      if (this.#isClosed) throw new CoreAway("the connection was closed");
      if (this.#waiting >= MOST_WAITING) throw new CoreAway("too many requests wait already");
      this.#waiting++;
      const since = performance.now();
      this.#unsent.push({ ask, log, since, resolve: resolve as (result: Result) => void, reject });
      this.#looking ??= setInterval(this.#look, this.#deadline / 4);
      if (this.#unsent.length >= MOST_ASKS) this.#send();
      else if (!this.#flushing) this.#flush();
    });
  }

  /** Sends what waits, in frames that are worth it. */
  async #flush(): Promise<void> {
    if (this.#flushing || !this.#stands) return;
    this.#flushing = true;
    await gather(() => this.#unsent.length);
    this.#flushing = false;
    this.#send();
  }

  #send(): void {
    while (this.#stands && this.#unsent.length > 0) {
      const group = this.#unsent.splice(0, fitting(this.#unsent.slice(0, MOST_ASKS).map(({ ask }) => ask)));
      this.#sent.push(group);
      this.#socket?.write(asksFrame(group.map(({ ask }) => ask)));
    }
  }

  /** Connects, and goes on trying: who starts with us may listen a moment later. */
  #connect(): void {
    const socket = connect(this.#path);
    const joiner = new FrameJoiner();
    const lost = (why: string) => {
      if (this.#socket !== socket) return;
      this.#drop(why);
      this.#knocking = setTimeout(() => this.#connect(), KNOCK);
    };
    socket.on("error", ({ message }) => lost(message));
    socket.on("close", () => lost("the process that writes the logs has ended"));
    socket.on("data", (piece: Buffer) => {
      try {
        for (const frame of joiner.join(piece)) this.#hear(readSaid(frame));
      } catch (error) {
        lost(error instanceof Error ? error.message : String(error));
      }
    });
    this.#socket = socket;
  }

  #hear(said: ReturnType<typeof readSaid>): void {
    if (said.kind === "answers") {
      this.#settle(said.answers);
      return;
    }
    this.#onGrown(said.logs.length === 0 ? null : said.logs);
    if (this.#stands) return;
    this.#stands = true;
    this.#flush();
  }

  #settle(answers: readonly Answer[]): void {
    const group = this.#sent.shift();
    if (group?.length !== answers.length)
      throw new FrameError(`${answers.length} answers came to another number of asks`);
    this.#waiting -= group.length;
    this.#rest();
    group.forEach(({ log, resolve, reject }, i) => {
      const answer = answers[i];
      if (answer === undefined || answer.kind === "error") reject(errorOf(answer, log));
      else if (answer.kind === "repeated") reject(new RepeatedStatement(log, answer.index));
      else resolve("index" in answer ? { ...answer, log } : answer);
    });
  }

  /** Looks now and then for what has waited too long: once one has, the rest would too. */
  readonly #look = (): void => {
    const before = performance.now() - this.#deadline;
    const why = `no answer within ${this.#deadline} ms`;
    const isHung = (this.#sent[0]?.[0]?.since ?? before) < before;
    if (isHung) this.#socket?.destroy(new Error(why));
    const inTime = this.#unsent.findIndex(({ since }) => since >= before);
    this.#fail(this.#unsent.splice(0, inTime < 0 ? this.#unsent.length : inTime), why);
  };

  /** Gives up a connection: what was sent over it may or may not have been done. */
  #drop(why: string): void {
    if (this.#stands) this.#downSince = performance.now();
    this.#stands = false;
    this.#socket?.destroy();
    this.#socket = null;
    for (const group of this.#sent.splice(0)) this.#fail(group, why);
  }

  #fail(group: readonly Waiting[], why: string): void {
    this.#waiting -= group.length;
    this.#rest();
    for (const { reject } of group) reject(new CoreAway(why));
  }

  #rest(): void {
    if (this.#waiting > 0 || this.#looking === null) return;
    clearInterval(this.#looking);
    this.#looking = null;
  }
}

/** How many of the first fit into a frame. */
function fitting(asks: readonly Ask[]): number {
  let count = 0;
  let length = 0;
  for (const ask of asks) {
    length += askLength(ask);
    if (length > MOST_IN_FRAME || count === MOST_ASKS) break;
    count++;
  }
  return count;
}

/** The error that the other process met, of the same class where callers tell them apart. */
function errorOf(answer: Extract<Answer, { readonly kind: "error" }> | undefined, log: LogName): Error {
  const { name, message } = answer ?? new CoreAway("no answer came");
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
