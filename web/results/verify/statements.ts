/**
 * Statements read from the logs themselves, each proved to be under a head that a signed edition names. So "before" and
 * "after" are what was signed then, not what a page says about it.
 */
import { fromUtf8, toHex } from "../../../src/ledger/bytes.ts";
import { openBody, parseStatement, shortKey } from "../../../src/ledger/statement.ts";
import { faulted } from "./edition.ts";
import { Fault } from "./fault.ts";
import type { NamedHead } from "./heads.ts";
import { integer, items, optional, text } from "./shape.ts";
import { provedEntries } from "./tiles.ts";
import type { Reader } from "./verify.ts";

type Body = Readonly<Record<string, unknown>>;

/** One signed statement of a log. */
export interface Entry {
  readonly log: string;
  readonly index: number;
  /** The hash by which other statements name it. */
  readonly id: string;
  /** E.g. `sheet`. */
  readonly type: string;
  /** Milliseconds since 1970, as the signer claims. */
  readonly time: number;
  /** Short names of the signing keys. */
  readonly keys: readonly string[];
  readonly body: Body;
  /** The signed text itself. */
  readonly note: string;
}

/** The statements of a log at some indices. Rejects with {@link Fault}. */
export async function readStatements(
  reader: Reader,
  head: NamedHead | undefined,
  log: string,
  indices: readonly number[],
): Promise<Entry[]> {
  if (head === undefined) throw new Fault("malformed", `log/${log}`, `the edition names no head of ${log}`);
  const entries = await provedEntries(reader.fetch, head, indices);
  return entries.map((bytes, i) => entryOf(bytes, log, indices[i] ?? 0));
}

export function entryOf(bytes: Uint8Array, log: string, index: number): Entry {
  return faulted(`log/${log}/tile/entries`, () => {
    const statement = parseStatement(bytes);
    const body = openBody(statement);
    const [, type = statement.type] = statement.type.split("/");
    const keys = statement.signatures.map(({ name }) => shortKey(name));
    const id = toHex(statement.id);
    return { log, index, id, type, time: integer(body.time, "time"), keys, body, note: fromUtf8(bytes) };
  });
}

/** What was recorded in the minutes of a plenary, if it is of this kind. */
export function actIn({ type, body: { act } }: Entry, what: string): Body | null {
  if (type !== "minutes" || typeof act !== "object" || act === null) return null;
  return "what" in act && act.what === what ? (act as Body) : null;
}

/** What a sheet or a reading says of a station. */
export interface Version extends Entry {
  readonly figures: readonly (number | null)[];
  readonly votes: readonly (number | null)[] | null;
  /** Of a reading. */
  readonly outcome: string | null;
  readonly reason: string | null;
  /** Hash of the list of photographs, or of the evidence of a reading. */
  readonly papers: string | null;
}

/** The version that a statement about a station and a contest is. Throws {@link Fault} if it is about another. */
export function versionOf(entry: Entry, contest: string, station: string): Version {
  const { body, log, index } = entry;
  // An annulment names its sheet alone.
  if (entry.type !== "annul" && (body.contest !== contest || body.station !== station)) {
    throw new Fault("wrong-place", `log/${log}`, `entry ${index} is not about ${contest} at ${station}`);
  }
  const numbers = (value: unknown, where: string) => items(value, where, (each, at) => optional(each, at, integer));
  return faulted(`log/${log}/tile/entries`, () => ({
    ...entry,
    figures: optional(body.figures, "figures", numbers) ?? [],
    votes: optional(body.votes, "votes", numbers),
    outcome: optional(body.outcome, "outcome", text),
    reason: optional(body.reason, "reason", text),
    papers: optional(body.papers ?? body.evidence, "papers", text),
  }));
}
