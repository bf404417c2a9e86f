/**
 * The file of logs in a hall's copy: a {@link ./log-file.ts log file} that grows.
 *
 *   "teguh/log/v1\n" ‖ frame* ‖ 00 00 00 00
 *
 * What is new is written over the end mark, with an end mark of its own. So at every moment the file is one that any laptop and
 * the centre take in as it is; one whose last writing was torn is a file that is cut short, and brings in all that came before.
 * Here it is read back: how far it is whole, and whether it is of the logs that are here.
 */
import { equalBytes, toHex } from "../ledger/bytes.ts";
import { parseStatement, StatementError } from "../ledger/statement.ts";
import { Frontier, leafHash } from "../ledger/tree.ts";
import type { LogName } from "../store/store.ts";
import { type Chunk, openChunk } from "./chunk.ts";
import type { CopyDisk } from "./copy-disk.ts";
import { CopyFailed } from "./copy-words.ts";
import { LOG_FILE_END, LOG_FILE_MAGIC } from "./log-file.ts";
import { writersOf } from "./log-writers.ts";
import { decodeMessage, FrameCutter, MAX_FRAME, type Message, MessageError } from "./messages.ts";
import type { Replica } from "./replica.ts";

/** What a copy has, as it was read from its medium. */
export interface Copied {
  /** Offset of the end mark: what is new begins here. */
  end: number;
  /** Something else than the end mark follows what is whole: the next writing mends it. */
  isTorn: boolean;
  /** The edge of each log's tree. */
  readonly logs: Map<LogName, Frontier>;
  /** Ids of the sheets, in hex. */
  readonly sheets: Set<string>;
}

export const nothingCopied = (): Copied => ({ end: 0, isTorn: false, logs: new Map(), sheets: new Set() });

/** Bytes read at a time, and written at a time at most (but for a frame that is larger). */
export const PIECE = 2 ** 20;
/** A writing that was torn leaves no more than this after what is whole. */
const MOST_TORN = PIECE + MAX_FRAME + LOG_FILE_END.length;

/**
 * Reads a copy's file, verifies every signature and root in it, and compares it with the logs here. What follows the last whole
 * piece is the rest of a torn writing, to be written over; if it is more than that, the file is set aside and never touched again.
 * @throws CopyFailed `newer` if it has more than is here, `other` if it is of another history; the disk's errors
 */
export async function readCopy(replica: Replica, disk: CopyDisk, path: string): Promise<Copied> {
  const size = await disk.size(path);
  if (size === null) return nothingCopied();
  const copied = nothingCopied();
  const newer = new Map<LogName, Uint8Array>();
  try {
    for await (const { message, end } of messagesIn(disk, path)) {
      const taken = await compare(replica, message, copied, path);
      if (taken === "broken") break;
      if (taken === "newer" && message.kind === "chunk") newer.set(message.log, message.checkpoint);
      copied.end = end;
    }
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
  }
  // If it is this laptop's own word that it had more, nothing may be written here before that is fetched.
  for (const [log, checkpoint] of newer) await replica.heed(log, checkpoint);
  if (newer.size > 0) throw new CopyFailed("newer", path);
  if (size - copied.end <= MOST_TORN) {
    const rest = await disk.read(path, copied.end, MOST_TORN);
    return { ...copied, isTorn: !equalBytes(rest, LOG_FILE_END) };
  }
  await disk.setAside(path);
  return nothingCopied();
}

interface Placed {
  readonly message: Message;
  /** Offset of what follows it. */
  readonly end: number;
}

async function* messagesIn(disk: CopyDisk, path: string): AsyncGenerator<Placed> {
  const head = await disk.read(path, 0, LOG_FILE_MAGIC.length);
  if (!equalBytes(head, LOG_FILE_MAGIC)) return;
  const cutter = new FrameCutter();
  let end = LOG_FILE_MAGIC.length;
  for (let at = end; ; ) {
    const piece = await disk.read(path, at, PIECE);
    if (piece.length === 0) return;
    at += piece.length;
    for (const frame of cutter.cut(piece)) {
      if (frame.length === 0) return;
      end += LOG_FILE_END.length + frame.length;
      yield { message: decodeMessage(frame), end };
    }
  }
}

/** Takes a message of the file up. `broken`: it is not what was written here. @throws CopyFailed `other` */
export async function compare(
  replica: Replica,
  message: Message,
  copied: Copied,
  path: string,
): Promise<"same" | "newer" | "broken"> {
  if (message.kind === "sheets") return addSheets(message.notes, copied);
  return message.kind === "chunk" ? compareChunk(replica, message, copied, path) : "broken";
}

function addSheets(notes: readonly Uint8Array[], { sheets }: Copied): "same" | "broken" {
  try {
    for (const note of notes) sheets.add(toHex(parseStatement(note).id));
    return "same";
  } catch (error) {
    if (error instanceof StatementError) return "broken";
    throw error;
  }
}

async function compareChunk(
  replica: Replica,
  chunk: Chunk,
  { logs }: Copied,
  path: string,
): Promise<"same" | "newer" | "broken"> {
  const { log, from, entries } = chunk;
  const { home } = replica;
  if (!home.scope(log)) throw new CopyFailed("other", path);
  await home.load(log);
  const verifiers = writersOf(home, log).map(({ verifier }) => verifier);
  const opened = openChunk(chunk, verifiers);
  if (opened === "unknown-writer") {
    // The keys of those who write now stand in a plenary above: if that is newer there, this is too.
    if (await isNewer(replica, logs)) return "newer";
    throw new CopyFailed("other", path);
  }
  const edge = logs.get(log) ?? new Frontier();
  if (typeof opened === "string" || !equalBytes(opened.before.toBytes(), edge.toBytes())) return "broken";
  const tree = await replica.trees.of(log);
  for (let i = 0; i < entries.length; i++) {
    const leaf = leafHash(entries[i] ?? new Uint8Array(0));
    if (from + i < tree.size && !equalBytes(leaf, tree.leaf(from + i))) {
      // Two histories that somebody has signed: kept as evidence if it is one, and nothing is written over.
      await replica.take(chunk);
      throw new CopyFailed("other", path);
    }
    edge.push(leaf);
  }
  logs.set(log, edge);
  return edge.size <= tree.size ? "same" : "newer";
}

async function isNewer({ trees }: Replica, logs: Copied["logs"]): Promise<boolean> {
  for (const [log, { size }] of logs) if (size > (await trees.of(log)).size) return true;
  return false;
}
