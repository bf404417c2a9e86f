/**
 * Whether all that is wrong is that a disk has no room: what a program waits out, since everyone can read meanwhile and what is tried
 * again once there is some succeeds.
 */
import { StoreFull } from "./store.ts";

/** What the system says. */
const NO_ROOM: readonly string[] = ["ENOSPC", "EDQUOT", "EFBIG"];
const SQLITE_FULL = 13;
/** The shared-memory file beside the log could not grow: what a full disk says to the first reader or writer. */
const SQLITE_IOERR_SHMSIZE = 4874;

/** Judged by the error, or by what caused it. */
export function isOutOfRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof StoreFull || ("code" in error && NO_ROOM.includes(String(error.code)))) return true;
  const code = sqliteCode(error);
  return code === null ? isOutOfRoom(error.cause) : isFullDatabase(code);
}

/** The extended code of an error of SQLite; null if it is none. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error)) return null;
  return typeof error.errcode === "number" ? error.errcode : null;
}

/** What an extended code is one of. */
export const primaryCode = (extendedCode: number): number => extendedCode & 0xff;

/** Whether an extended code says that there is no room. */
export const isFullDatabase = (code: number): boolean =>
  code === SQLITE_IOERR_SHMSIZE || primaryCode(code) === SQLITE_FULL;
