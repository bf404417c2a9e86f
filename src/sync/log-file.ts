/**
 * Logs carried by hand: a file of the same pieces that travel over a wire, for a stick.
 *
 *   "teguh/log/v1\n" ‖ frame* ‖ 00 00 00 00
 *
 * Every frame is a chunk, which proves itself, or sheets that are held for phones. So a file that is cut short, or altered
 * somewhere, still brings in all that comes before; a file for another election or region brings in nothing; and carrying the same
 * file twice changes nothing.
 */
import { concat, equalBytes, utf8 } from "../ledger/bytes.ts";
import type { LogName } from "../store/store.ts";
import type { Chunk } from "./chunk.ts";
import { decodeMessage, encodeMessage, FrameCutter, MessageError, uint32 } from "./messages.ts";
import { type SyncReason, SyncRefused } from "./refusals.ts";
import type { Replica } from "./replica.ts";

export const LOG_FILE_MAGIC = utf8("teguh/log/v1\n");
export const LOG_FILE_END = uint32(0);
/** Longest file: some hundred times the logs of the largest kecamatan. */
export const MAX_LOG_FILE = 2 ** 30;

/** The pieces of a file with whole logs. @throws SyncRefused if one of them cannot be proved from here */
export async function* writeLogFile(replica: Replica, logs: readonly LogName[]): AsyncGenerator<Uint8Array> {
  yield LOG_FILE_MAGIC;
  for (const log of logs) {
    const { size } = await replica.trees.of(log);
    if (size === 0) throw new SyncRefused("not-here", log);
    for (let from = 0; from < size; ) {
      const chunk = await replica.chunkFrom(log, from);
      if (chunk === null || chunk.entries.length === 0) throw new SyncRefused("unknown-writer", log);
      yield encodeMessage({ kind: "chunk", ...chunk });
      from += chunk.entries.length;
    }
  }
  yield LOG_FILE_END;
}

/** What a file brought of one log. */
export interface Brought {
  readonly log: LogName;
  /** Size of the log here before and after. */
  readonly before: number;
  readonly after: number;
  /** Up to which index what a replaced machine wrote is kept apart; null if there is none of it in the file. */
  readonly apart: number | null;
  /** Why not all of it came in; null if it did. */
  readonly refused: SyncReason | "waiting" | null;
}

/** Takes in a sheet that was held at another place, judging it as a door does. */
export type TakeHeldSheet = (note: Uint8Array) => Promise<unknown>;

/**
 * Takes in a file. `open` gives its bytes from the beginning: it is read again for as long as that brings more in, because an
 * entry may name one of another log that stands further on in the file. `takeSheet`: absent at a place that holds none for phones;
 * the phones have them.
 * @throws SyncRefused if it is no such file, or its end is missing: what came before that is taken in all the same
 */
export async function readLogFile(
  replica: Replica,
  open: () => AsyncIterable<Uint8Array>,
  takeSheet?: TakeHeldSheet,
): Promise<Brought[]> {
  const found = new Map<LogName, Brought>();
  // First of all what the writers of these logs have signed: a laptop that has less than its own word must know so before
  // anything else comes in, or it would write in between.
  await readOnce(open(), (chunk) => replica.heed(chunk.log, chunk.checkpoint));
  for (;;) {
    const before = sum(found);
    const whole = await readOnce(open(), (chunk) => takeChunk(replica, chunk, found), takeSheet);
    const isStuck = [...found.values()].some(({ refused }) => refused === "waiting" || refused === "unknown-writer");
    if (isStuck && sum(found) > before) continue;
    if (whole !== null) throw new SyncRefused(whole, "stick");
    return [...found.values()];
  }
}

const sum = (found: ReadonlyMap<LogName, Brought>) =>
  [...found.values()].reduce((total, { after, apart }) => total + after + (apart ?? 0), 0);

/** Why the file is not whole; null if it is. */
async function readOnce(
  bytes: AsyncIterable<Uint8Array>,
  takeChunk: (chunk: Chunk) => Promise<unknown>,
  takeSheet?: TakeHeldSheet,
): Promise<SyncReason | null> {
  const cutter = new FrameCutter();
  let head: Uint8Array | null = new Uint8Array(0);
  let ended = false;
  let length = 0;
  try {
    for await (const piece of bytes) {
      length += piece.length;
      if (ended || length > MAX_LOG_FILE) return "too-long";
      let rest = piece;
      if (head !== null) {
        head = concat(head, piece);
        if (head.length < LOG_FILE_MAGIC.length) continue;
        if (!equalBytes(head.subarray(0, LOG_FILE_MAGIC.length), LOG_FILE_MAGIC)) return "not-this-format";
        rest = head.subarray(LOG_FILE_MAGIC.length);
        head = null;
      }
      for (const frame of cutter.cut(rest)) {
        if (ended) return "too-long";
        if (frame.length === 0) ended = true;
        else await takeFrame(frame, takeChunk, takeSheet);
      }
    }
  } catch (error) {
    if (error instanceof MessageError) return "altered";
    throw error;
  }
  if (head !== null) return "not-this-format";
  if (!ended) return "cut-short";
  return cutter.isWhole ? null : "too-long";
}

async function takeFrame(
  frame: Uint8Array,
  takeChunk: (chunk: Chunk) => Promise<unknown>,
  takeSheet: TakeHeldSheet | undefined,
): Promise<void> {
  const message = decodeMessage(frame);
  if (message.kind === "sheets") for (const note of message.notes) await takeSheet?.(note);
  else if (message.kind === "chunk") await takeChunk(message);
  else throw new MessageError("a file of logs has nothing else in it");
}

async function takeChunk(replica: Replica, chunk: Chunk, found: Map<LogName, Brought>): Promise<void> {
  const { log } = chunk;
  const isHere = replica.home.scope(log);
  const size = async () => (isHere ? (await replica.trees.of(log)).size : 0);
  const known = found.get(log) ?? { log, before: await size(), after: 0, apart: null, refused: null };
  const taken = await replica.take(chunk);
  const end = chunk.from + chunk.entries.length;
  const after = await size();
  found.set(log, {
    ...known,
    after,
    apart: taken.kind === "apart" ? taken.size : known.apart,
    refused:
      taken.kind === "refused"
        ? taken.reason
        : taken.kind === "searching"
          ? "fork"
          : taken.kind !== "apart" && after < end
            ? "waiting"
            : known.refused === "waiting"
              ? null
              : known.refused,
  });
}
