/**
 * What the process that writes the logs and those that ask it say to each other, byte for byte.
 *
 * A frame of the asker holds any number of asks, one after the other; the frame that answers it holds as many answers, in the same
 * order, and frames are answered in the order in which they came. Numbers are big-endian; `bytes` and `text` (UTF-8) stand behind
 * their length, a uint32.
 *
 *   ask      u8 1  sheet    u8 (1: only if it names the latest)  bytes (the note)
 *            u8 2  append   text (log)  u32 (the log's size by which it was judged; 2³²−1: any)  bytes (the note)
 *            u8 3  see      text (log)  text (the other log)
 *            u8 4  mirror   text (log)  u32 (index of the first)  u32 (how many)  bytes (each entry)
 *   answer   u8 1  appended   u32 (index)  32 bytes (id)       u8 2  duplicate   the same
 *            u8 3  conflict   u8 (1: there is a current one)  [u32 (index)  32 bytes (id)]
 *            u8 4  refused    text (JSON: the faults)          u8 5  later   text (JSON: the fault)
 *            u8 6  moved
 *            u8 7  error      text (its class)  text (its message)
 *            u8 8  repeated   u32 (index of the entry that the log holds already)
 *
 * The writer also speaks unasked: which plenaries' logs have grown (`u8 2`, then a text for each; none: any may have, which is
 * said first of all to whoever connects). A frame of answers begins with `u8 1`.
 */
import { fromHex, toHex } from "../ledger/bytes.ts";
import type { LogName } from "../store/store.ts";
import { FrameError, type FrameReader, FrameWriter } from "./frames.ts";
import type { AppendResult, Fault, SequenceResult } from "./submission.ts";

export type Ask =
  | { readonly kind: "sheet"; readonly bytes: Uint8Array; readonly expect?: "latest" | undefined }
  | {
      readonly kind: "append";
      readonly log: LogName;
      readonly bytes: Uint8Array;
      readonly after?: number | undefined;
    }
  | { readonly kind: "see"; readonly log: LogName; readonly other: LogName }
  | { readonly kind: "mirror"; readonly log: LogName; readonly from: number; readonly entries: readonly Uint8Array[] };

/** What became of one ask; of one that is placed the log is the asker's to know. */
export type Answer =
  | { readonly kind: "appended" | "duplicate"; readonly index: number; readonly id: Uint8Array }
  | Exclude<SequenceResult | AppendResult, { readonly index: number }>
  | { readonly kind: "error"; readonly name: string; readonly message: string }
  | { readonly kind: "repeated"; readonly index: number };

/** What the writer sends: answers to the oldest frame that has none, or the logs that have grown. */
export type Said =
  | { readonly kind: "answers"; readonly answers: readonly Answer[] }
  | { readonly kind: "grown"; readonly logs: readonly LogName[] };

/** Asks in one frame. */
export const MOST_ASKS = 512;
const ID_BYTES = 32;
const ANYWHERE = 2 ** 32 - 1;

const ASK = { sheet: 1, append: 2, see: 3, mirror: 4 } as const;
const ANSWER = {
  appended: 1,
  duplicate: 2,
  conflict: 3,
  refused: 4,
  later: 5,
  moved: 6,
  error: 7,
  repeated: 8,
} as const;
const SAID = { answers: 1, grown: 2 } as const;

// ---------------------------------------------------------------- asks

export function asksFrame(asks: readonly Ask[]): Uint8Array {
  const to = new FrameWriter(asks.reduce((sum, ask) => sum + askLength(ask), 0));
  for (const ask of asks) writeAsk(to, ask);
  return to.finish();
}

/** Bytes that an ask takes in a frame, or a few more. */
export function askLength(ask: Ask): number {
  const surroundings = 16 + (ask.kind === "sheet" ? 0 : ask.log.length);
  if (ask.kind === "see") return surroundings + ask.other.length;
  if (ask.kind === "mirror") return ask.entries.reduce((sum, entry) => sum + 4 + entry.length, surroundings);
  return surroundings + ask.bytes.length;
}

function writeAsk(to: FrameWriter, ask: Ask): void {
  to.u8(ASK[ask.kind]);
  if (ask.kind === "sheet") {
    to.u8(ask.expect === "latest" ? 1 : 0);
    to.bytes(ask.bytes);
    return;
  }
  to.text(ask.log);
  if (ask.kind === "see") {
    to.text(ask.other);
    return;
  }
  if (ask.kind === "append") {
    to.u32(ask.after ?? ANYWHERE);
    to.bytes(ask.bytes);
    return;
  }
  to.u32(ask.from);
  to.u32(ask.entries.length);
  for (const entry of ask.entries) to.bytes(entry);
}

/** The asks of a frame; their bytes are views of it. @throws FrameError */
export function readAsks(from: FrameReader): Ask[] {
  const asks: Ask[] = [];
  while (!from.isAtEnd) asks.push(readAsk(from));
  if (asks.length > MOST_ASKS) throw new FrameError(`a frame has at most ${MOST_ASKS} asks, this one ${asks.length}`);
  return asks;
}

function readAsk(from: FrameReader): Ask {
  const kind = from.u8();
  switch (kind) {
    case ASK.sheet: {
      const expect = from.u8() === 1 ? "latest" : undefined;
      return { kind: "sheet", expect, bytes: from.bytes() };
    }
    case ASK.append: {
      const log = from.text();
      const after = from.u32();
      return { kind: "append", log, after: after === ANYWHERE ? undefined : after, bytes: from.bytes() };
    }
    case ASK.see:
      return { kind: "see", log: from.text(), other: from.text() };
    case ASK.mirror: {
      const [log, first, count] = [from.text(), from.u32(), from.u32()];
      const entries: Uint8Array[] = [];
      while (entries.length < count) entries.push(from.bytes());
      return { kind: "mirror", log, from: first, entries };
    }
    default:
      throw new FrameError(`nothing is asked with ${kind}`);
  }
}

// ---------------------------------------------------------------- answers

export function answersFrame(answers: readonly Answer[]): Uint8Array {
  const to = new FrameWriter();
  to.u8(SAID.answers);
  for (const answer of answers) writeAnswer(to, answer);
  return to.finish();
}

/** No logs: any may have grown. */
export function grownFrame(logs: Iterable<LogName>): Uint8Array {
  const to = new FrameWriter();
  to.u8(SAID.grown);
  for (const log of logs) to.text(log);
  return to.finish();
}

function writeAnswer(to: FrameWriter, answer: Answer): void {
  to.u8(ANSWER[answer.kind]);
  switch (answer.kind) {
    case "appended":
    case "duplicate":
      to.u32(answer.index);
      to.raw(answer.id);
      break;
    case "conflict":
      to.u8(answer.latest === null ? 0 : 1);
      if (answer.latest === null) break;
      to.u32(answer.latest.index);
      to.raw(fromHex(answer.latest.id));
      break;
    case "refused":
      to.text(JSON.stringify(answer.faults));
      break;
    case "later":
      to.text(JSON.stringify(answer.why));
      break;
    case "moved":
      break;
    case "error":
      to.text(answer.name);
      to.text(answer.message);
      break;
    case "repeated":
      to.u32(answer.index);
  }
}

/** What the writer says in a frame. @throws FrameError */
export function readSaid(from: FrameReader): Said {
  const kind = from.u8();
  if (kind === SAID.answers) {
    const answers: Answer[] = [];
    while (!from.isAtEnd) answers.push(readAnswer(from));
    return { kind: "answers", answers };
  }
  if (kind !== SAID.grown) throw new FrameError(`nothing is said with ${kind}`);
  const logs: LogName[] = [];
  while (!from.isAtEnd) logs.push(from.text());
  return { kind: "grown", logs };
}

function readAnswer(from: FrameReader): Answer {
  const kind = from.u8();
  switch (kind) {
    case ANSWER.appended:
    case ANSWER.duplicate:
      return {
        kind: kind === ANSWER.appended ? "appended" : "duplicate",
        index: from.u32(),
        id: from.raw(ID_BYTES),
      };
    case ANSWER.conflict:
      if (from.u8() === 0) return { kind: "conflict", latest: null };
      return { kind: "conflict", latest: { index: from.u32(), id: toHex(from.raw(ID_BYTES)) } };
    case ANSWER.refused:
      return { kind: "refused", faults: readJson<readonly Fault[]>(from) };
    case ANSWER.later:
      return { kind: "later", why: readJson<Fault>(from) };
    case ANSWER.moved:
      return { kind: "moved" };
    case ANSWER.error:
      return { kind: "error", name: from.text(), message: from.text() };
    case ANSWER.repeated:
      return { kind: "repeated", index: from.u32() };
    default:
      throw new FrameError(`nothing is answered with ${kind}`);
  }
}

function readJson<T>(from: FrameReader): T {
  try {
    return JSON.parse(from.text()) as T;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new FrameError("a fault is not JSON", { cause });
  }
}
