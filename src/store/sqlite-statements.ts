/**
 * Every statement of SQL that the SQLite engine runs, prepared once, and the typed way out of its untyped rows.
 *
 * Entries are read many at a time as one blob and one list of lengths: a row of its own costs node:sqlite more than the
 * bytes in it (measured with 1 KB entries: 0.4 M rows/s one by one, 1.0 M rows/s gathered). SQLite has no aggregate that
 * joins blobs; `group_concat` joins their bytes untouched as text, and the cast gives them back as a blob.
 */
import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import { StoreUnusable } from "./store.ts";

/** Entries per gathered read: enough to make the call's own cost vanish, at most 64 MB. */
export const GATHER = 1_000;

const LOG = "(SELECT id FROM log WHERE name = ?)";
const JOINED = "CAST(group_concat(bytes, '') AS BLOB) AS joined, json_group_array(length(bytes)) AS lengths";

const SQL = {
  begin: "BEGIN IMMEDIATE",
  end: "COMMIT",
  undo: "ROLLBACK",
  dataVersion: "PRAGMA data_version",
  logs: "SELECT id, name, frontier FROM log",
  logNames: "SELECT id, name FROM log",
  frontier: "SELECT frontier FROM log WHERE name = ?",
  addLog: "INSERT INTO log(id, name, frontier) VALUES(?, ?, ?)",
  // Not an upsert: that would look the name up in its own index each time (measured: a quarter of the whole append).
  moveLog: "UPDATE log SET frontier = ? WHERE id = ?",
  addEntry: "INSERT INTO entry(log, idx, bytes) VALUES(?, ?, ?)",
  entries: `SELECT ${JOINED} FROM
    (SELECT bytes FROM entry WHERE log = ${LOG} AND idx >= ? AND idx < ? ORDER BY idx)`,
  changes: `SELECT ${JOINED}, json_group_array(seq) AS seqs, json_group_array(log) AS logs, json_group_array(idx) AS indices
    FROM (SELECT seq, log, idx, bytes FROM entry WHERE seq > ? ORDER BY seq LIMIT ?)`,
  newest: "SELECT coalesce(max(seq), 0) AS seq FROM entry",
  chain: "SELECT head, count, hot FROM chain WHERE log = ? AND name = ?",
  chainOf: `SELECT head, count, hot FROM chain WHERE log = ${LOG} AND name = ?`,
  addChain: "INSERT INTO chain(head, count, hot, log, name) VALUES(?, ?, ?, ?, ?)",
  moveChain: "UPDATE chain SET head = ?, count = ?, hot = ? WHERE log = ? AND name = ?",
  cold: "SELECT idx FROM cold WHERE log = ? AND id = ?",
  addCold: "INSERT INTO cold(log, id, idx, chain) VALUES(?, ?, ?, ?)",
  coldOfChain: `SELECT idx FROM cold WHERE log = ${LOG} AND chain = ?`,
  value: "SELECT value FROM value WHERE key = ?",
  putValue: "INSERT INTO value(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
  isHeld: "SELECT 1 FROM epoch WHERE epoch = ?",
  lastEpoch: "SELECT coalesce(max(epoch), 0) AS epoch FROM epoch",
  putEpoch: "INSERT INTO epoch(role, epoch) VALUES(?, ?) ON CONFLICT(role) DO UPDATE SET epoch = excluded.epoch",
} as const;

export type Statements = Record<keyof typeof SQL, StatementSync>;

export function prepareAll(db: DatabaseSync): Statements {
  const prepared = Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]);
  return Object.fromEntries(prepared) as Statements;
}

export type Row = Record<string, SQLOutputValue>;

export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw damaged(column);
  return value;
}

export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw damaged(column);
  return value;
}

export function bytesIn(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw damaged(column);
  return value;
}

/** A column made by `json_group_array` over integers. */
export function numbersIn(row: Row, column: string): number[] {
  return JSON.parse(textIn(row, column));
}

/** The entries that a gathered read joined, as views of one buffer. */
export function splitJoined(row: Row): Uint8Array[] {
  const lengths = numbersIn(row, "lengths");
  if (lengths.length === 0) return [];
  const joined = bytesIn(row, "joined");
  let at = 0;
  const entries = lengths.map((length) => {
    at += length;
    return joined.subarray(at - length, at);
  });
  if (at !== joined.length) throw damaged("bytes");
  return entries;
}

function damaged(column: string): StoreUnusable {
  return new StoreUnusable(
    `the store is damaged: column ${column} holds what was never written; restore it from a copy`,
  );
}
