/**
 * What is handed to the sequencer and what comes back. Everything of a submission that the store needs follows from the
 * statement's bytes alone: its id, its chain, whether it is hot; so the same bytes always meet their earlier copy.
 */
import { CONTEST_KINDS } from "../election/codes.ts";
import { HotSheet } from "../election/sheet.ts";
import { parseHot } from "../election/sheet-parser.ts";
import { BodyError, decodeBody, statementType, typeLine } from "../election/statements.ts";
import type { Text } from "../election/text.ts";
import type { Statement } from "../ledger/statement.ts";
import type { Chain, LogName } from "../store/store.ts";
import type { Standings } from "./standings.ts";

/** One reason for a refusal: a stable code, where in the request, and what to do about it in both languages. */
export interface Fault {
  readonly code: string;
  readonly path?: string;
  readonly message: Text;
}

export const SHEET_TYPE = typeLine("sheet");

/** How the store is to keep a statement. */
export interface Place {
  readonly chain: Chain;
  readonly hot: boolean;
}

/** A sheet as the sequencer needs it: see `sheet-facts.ts`. */
export interface SheetFacts {
  readonly id: Uint8Array;
  /** Short name (16 hex) of the key that signed. */
  readonly key: string;
  /** 13 digits as text. */
  readonly station: string;
  readonly chain: string;
  /** Id of the sheet that it replaces, or null. */
  readonly previous: Uint8Array | null;
}

export interface Submission {
  readonly log: LogName;
  /** The statement's note, whose signature the caller has checked. */
  readonly bytes: Uint8Array;
  /** `latest`: append only if this sheet names the current one (or none, where there is none). */
  readonly expect?: "latest" | undefined;
  readonly facts: SheetFacts;
}

/**
 * What became of a statement that is appended as it is. `moved`: nothing was appended, since the log, or a plenary that it must
 * have seen, is not as the caller knew it; whoever judged the statement by it has to judge again.
 */
export type AppendResult = Extract<SequenceResult, { readonly index: number }> | { readonly kind: "moved" };

/** What others ask of the one process that writes the logs; in that process it is the sequencer itself. */
export interface Core {
  /**
   * Appends a statement that is signed already. Its authority is not judged here; the fold will.
   * @param after the size of the log by which the caller has judged it; absent: wherever it comes
   * @throws as `Sequencer.sequence`, and from another process {@link CoreAway}
   */
  append(log: LogName, bytes: Uint8Array, after?: number): Promise<AppendResult>;
  /** Writes into `log` that it knows `other` as it stands now, unless it says so already. Throws as `append` does. */
  see(log: LogName, other: LogName): Promise<AppendResult>;
}

/**
 * What the door asks of the one process that writes the logs, and what it knows of them by itself: the sequencer in its own process,
 * or {@link RemoteSequencer} in another.
 */
export interface Sequencing {
  /** Who may do what, as it is known in this process. */
  readonly standings: Standings;
  /** Nobody has been there to write the logs for a second: what is handed in now would wait for nothing. */
  readonly isAway: boolean;
  /**
   * Appends sheets whose signatures the caller has checked. One result for each, in order; when they come they are durable.
   * @throws StoreFull (nothing of the batch was stored), StoreUnusable (any of it may have been), {@link CoreAway} (the same)
   */
  sequence(batch: readonly Submission[]): Promise<SequenceResult[]>;
  /** Where a sheet of this chain was stored, by its id; null if it was not. */
  find(log: LogName, chain: string, id: Uint8Array): Promise<number | null>;
}

/** The process that writes the logs does not answer. Whether it has stored what was sent, its id tells when it is sent again. */
export class CoreAway extends Error {
  override readonly name = "CoreAway";
}

/** A statement of a chain, by what names it. */
export interface Latest {
  /** 64 hex. */
  readonly id: string;
  readonly index: number;
}

export type SequenceResult =
  | { readonly kind: "appended" | "duplicate"; readonly id: Uint8Array; readonly log: LogName; readonly index: number }
  /** Not appended: this is the current sheet, null if there is none. */
  | { readonly kind: "conflict"; readonly latest: Latest | null }
  | { readonly kind: "refused"; readonly faults: readonly Fault[] }
  /** Not appended, and trying again can help without any change. */
  | { readonly kind: "later"; readonly why: Fault };

/** The chain of a station's sheets (or readings) in a contest; `contest` is an index into `CONTEST_KINDS`. */
export function stationChain(station: string, contest: number): string {
  return `${station}/${CONTEST_KINDS[contest]}`;
}

/** The chain of a log's annulments: an annulment names a sheet by its id, which tells no station. */
export const ANNUL_CHAIN = "annul";

/** The chain of what a log has seen of another. */
export function seenChain(log: LogName): string {
  return `seen/${log}`;
}

const scratch = new HotSheet();

/**
 * How the store keeps a statement, from its bytes alone. Sheets and readings come by the million and are hot; the rest is
 * found by an index.
 * @throws TypeError or BodyError if it is not in the form of its type: a caller that writes such a thing has a bug.
 */
export function placeOf({ type: line, body }: Statement): Place {
  const type = statementType(line);
  switch (type) {
    case null:
      throw new TypeError(`this version knows no statement ${line}`);
    case "sheet":
    case "reading":
      if (!parseHot(type, body, scratch))
        throw new TypeError(`a ${type} that is not in its canonical form cannot be kept`);
      return { chain: stationChain(String(scratch.station), scratch.contest), hot: true };
    case "seen":
      return { chain: seenChain(decodeBody(type, body).log), hot: false };
    case "annul":
      return { chain: ANNUL_CHAIN, hot: false };
    default:
      return { chain: null, hot: false };
  }
}

/** As {@link placeOf}, of what another writer has appended: what is no statement of this version is found by its id alone. */
export function placeOfMirrored(statement: Statement): Place {
  try {
    return placeOf(statement);
  } catch (error) {
    if (error instanceof TypeError || error instanceof BodyError) return { chain: null, hot: false };
    throw error;
  }
}
