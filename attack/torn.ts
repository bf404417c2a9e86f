/**
 * A torn write, as a power cut leaves it in the store's write-ahead log: behind the last whole frame stands the head of another one and
 * half of its page. The format is SQLite's (https://sqlite.org/fileformat.html#the_write_ahead_log): a head of 32 bytes, then frames of
 * 24 bytes and a page, each with the salts of the file's present use; behind them what is left of earlier uses.
 */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

const HEAD = 32;
const FRAME_HEAD = 24;
const SALTS = 8;

/** Where the frames of the log's present use end, in bytes from its beginning; null if there is no log. */
export function tailOf(log: Buffer): number | null {
  if (log.length < HEAD) return null;
  const frame = FRAME_HEAD + log.readUInt32BE(8);
  const salts = log.subarray(16, 16 + SALTS);
  let at = HEAD;
  while (at + frame <= log.length && log.subarray(at + 8, at + 8 + SALTS).equals(salts)) at += frame;
  return at;
}

/** Writes half a frame behind the log's last whole one: as if it claimed to be the end of a commit. False if there is no log. */
export function tearTail(path: string, random: () => number): boolean {
  let log: Buffer;
  try {
    log = readFileSync(path);
  } catch {
    return false;
  }
  const tail = tailOf(log);
  if (tail === null) return false;
  const page = log.readUInt32BE(8);
  const bytes = Buffer.from(
    Array.from({ length: FRAME_HEAD + Math.floor(random() * page) }, () => Math.floor(random() * 256)),
  );
  bytes.writeUInt32BE(2, 0);
  bytes.writeUInt32BE(1_000, 4);
  log.copy(bytes, 8, 16, 16 + SALTS);
  const file = openSync(path, "r+");
  writeSync(file, bytes, 0, bytes.length, tail);
  closeSync(file);
  return true;
}
