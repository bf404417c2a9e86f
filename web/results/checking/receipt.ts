/**
 * Whether what a receipt promises is in the log: signed by the log's own key, and the entry at its place is the statement that it
 * names, under a head that the signed edition names.
 */
import { toHex, utf8 } from "../../../src/ledger/bytes.ts";
import { NoteError, openNote, parseVkey } from "../../../src/ledger/note.ts";
import { openBody, parseStatement, StatementError } from "../../../src/ledger/statement.ts";
import { Fault } from "../verify/fault.ts";
import { readHeads } from "../verify/heads.ts";
import { integer, optional, ShapeError, text } from "../verify/shape.ts";
import { settled } from "../verify/signatures.ts";
import { provedEntries } from "../verify/tiles.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";

export type Answer =
  /** The promise is kept. `station`: the statement's, if it is about one. */
  | {
      readonly what: "kept";
      readonly log: string;
      readonly index: number;
      readonly contest: string;
      readonly station: string;
    }
  /** A right receipt, of an entry that the shown edition does not include yet. */
  | { readonly what: "later"; readonly log: string; readonly index: number; readonly size: number }
  /** Held by a relay only: it promises no place. */
  | { readonly what: "relay"; readonly log: string }
  /** The edition knows no such log. */
  | { readonly what: "unknown-log"; readonly log: string }
  | { readonly what: "no-receipt" }
  /** Not signed by the key of its log. */
  | { readonly what: "bad-signature"; readonly log: string }
  /** Signed, and broken: another statement stands at its place. */
  | { readonly what: "broken"; readonly log: string; readonly index: number; readonly found: string };

interface Receipt {
  readonly id: string;
  readonly log: string;
  readonly index: number | null;
}

/** Checks the text of a receipt. Rejects with {@link Fault} where a file does not verify or does not come. */
export async function checkReceipt(reader: Reader, snapshot: Snapshot, note: string): Promise<Answer> {
  const bytes = utf8(`${note.trim().replaceAll("\r\n", "\n")}\n`);
  const receipt = parseReceipt(bytes);
  if (receipt === null) return { what: "no-receipt" };
  const { id, log, index } = receipt;
  const heads = await readHeads(reader, snapshot.edition, log.slice(log.indexOf("/") + 1));
  const head = heads.get(log);
  if (head === undefined) return { what: "unknown-log", log };
  const isSigned = await settled(() => opens(bytes, head.vkey));
  if (!isSigned) return { what: "bad-signature", log };
  if (index === null) return { what: "relay", log };
  if (index >= head.size) return { what: "later", log, index, size: head.size };
  const [entry = utf8("")] = await provedEntries(reader.fetch, head, [index]);
  const statement = parseStatement(entry);
  const found = toHex(statement.id);
  if (found !== id) return { what: "broken", log, index, found };
  const body = openBody(statement);
  const about = (value: unknown) => (typeof value === "string" ? value : "");
  return { what: "kept", log, index, contest: about(body.contest), station: about(body.station) };
}

function parseReceipt(bytes: Uint8Array): Receipt | null {
  try {
    const statement = parseStatement(bytes);
    if (statement.type !== "teguh/receipt/v1") return null;
    const body = openBody(statement);
    const log = text(body.log, "log");
    if (!/^(tps|pleno)\/\d{1,6}$/.test(log)) return null;
    return { id: text(body.id, "id"), log, index: optional(body.index, "index", integer) };
  } catch (cause) {
    if (cause instanceof StatementError || cause instanceof NoteError || cause instanceof ShapeError) return null;
    throw cause;
  }
}

function opens(bytes: Uint8Array, vkey: string): boolean {
  try {
    openNote(bytes, [parseVkey(vkey)]);
    return true;
  } catch (cause) {
    if (cause instanceof NoteError) return false;
    throw cause;
  }
}

/** A broken receipt as an alarm, with the receipt as evidence. */
export function brokenReceipt(answer: Answer & { what: "broken" }, note: string): Fault {
  const detail = `the receipt promises entry ${answer.index} of ${answer.log} to another statement than ${answer.found}`;
  return new Fault("broken-receipt", `log/${answer.log}`, detail, [note]);
}
