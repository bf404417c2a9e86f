/**
 * The side of an exchange that answers: the centre. It remembers nothing of the conversation, so it can be asked anything, in any
 * order and twice, and a thousand laptops cost it no memory.
 */
import { isRegionCode } from "../election/codes.ts";
import type { LogName } from "../store/store.ts";
import { scopeOf } from "../tally/scope.ts";
import type { Message, SheetAnswer } from "./messages.ts";
import type { SyncReason } from "./refusals.ts";
import type { Replica, Taken } from "./replica.ts";

/** Chunks that answer one request for entries: enough that a log of a kecamatan comes in a few turns. */
const CHUNKS_AT_ONCE = 3;
/** Takes in sheets that were relayed, with an answer for each. */
export type TakeSheets = (notes: readonly Uint8Array[]) => Promise<SheetAnswer[]>;

export interface AnswererOptions {
  readonly replica: Replica;
  /** Absent: this place takes no sheets. */
  readonly sheets?: TakeSheets;
  /** The newest list of endpoints, told to everyone who asks. */
  readonly endpoints?: () => Uint8Array | null;
  /** Told that a hall has spoken: a note, not looked at yet. */
  readonly heardOf?: (note: Uint8Array) => Promise<void>;
  /** Told what was not taken in. */
  readonly trouble?: (log: LogName, reason: SyncReason, index: number | null) => void;
}

/** The place that answers: the centre. */
export class Answerer {
  readonly #options: AnswererOptions;

  constructor(options: AnswererOptions) {
    this.#options = options;
  }

  /** What is said to these messages. */
  async answer(messages: readonly Message[]): Promise<Message[]> {
    const answers: Message[] = [];
    for (const message of messages) answers.push(...(await this.#answerOne(message)));
    return answers;
  }

  async #answerOne(message: Message): Promise<Message[]> {
    const { replica, sheets } = this.#options;
    switch (message.kind) {
      case "heads":
        return this.#heads(message);
      case "want":
        return chunksFrom(replica, message.log, message.from);
      case "chunk":
        return this.#reply(message.log, await replica.take(message));
      case "contact":
        await this.#options.heardOf?.(message.note);
        return [];
      case "sheets":
        return sheets === undefined ? [] : [{ kind: "answers", answers: await sheets(message.notes) }];
      default:
        // What only who leads can use.
        return [];
    }
  }

  async #heads({ election, region }: Message & { readonly kind: "heads" }): Promise<Message[]> {
    const { replica, endpoints } = this.#options;
    const { electionTag } = replica.home.genesis;
    if (election !== electionTag || !isRegionCode(region)) {
      return [{ kind: "refused", log: "pleno/0", reason: "other-election", index: null }];
    }
    const scope = scopeOf(region);
    const heads: Message = {
      kind: "heads",
      election,
      region,
      logs: await replica.standings(region),
      apart: (await replica.apart()).filter(({ log }) => scope(log)),
    };
    const list = endpoints?.() ?? null;
    return list === null ? [heads] : [heads, { kind: "endpoints", note: list }];
  }

  #reply(log: LogName, taken: Taken): Message[] {
    switch (taken.kind) {
      case "taken":
      case "gap":
      case "waiting":
      case "apart":
        return [{ kind: "have", log, size: taken.size }];
      case "searching":
        return [{ kind: "want", log, from: taken.next }];
      case "refused":
        this.#options.trouble?.(log, taken.reason, taken.index);
        return [{ kind: "refused", log, reason: taken.reason, index: taken.index }];
    }
  }
}

/** Chunks of a log from an index on, as many as one answer has. */
export async function chunksFrom(replica: Replica, log: LogName, from: number): Promise<Message[]> {
  const messages: Message[] = [];
  for (let at = from; messages.length < CHUNKS_AT_ONCE; ) {
    const chunk = replica.home.scope(log) ? await replica.chunkFrom(log, at) : null;
    if (chunk === null || (chunk.entries.length === 0 && messages.length > 0)) break;
    messages.push({ kind: "chunk", ...chunk });
    if (chunk.entries.length === 0) break;
    at += chunk.entries.length;
  }
  return messages;
}
