/**
 * What a desk shows of a plenary that is written on a laptop of its own: at the laptop how far the centre is, at the desk of the
 * level above who writes which log.
 *
 * | method and path | body → answer |
 * |---|---|
 * | GET  /api/sync | → {@link SyncView}; 404 where the desk is not a laptop's |
 * | GET  /api/sync/stick | → the logs as a file, to be carried by hand |
 * | POST /api/sync/stick | such a file → {@link StickView} |
 * | POST /api/sync/sheets | a sheet's note, as a phone has signed it → {@link HeldView} |
 * | GET  /api/halls/R/custody | → {@link CustodyView}; of a region whose plenaries below can be written elsewhere |
 */
import type { ContestKind, RegionCode } from "../../election/codes.ts";
import type { Text } from "../../election/text.ts";
import type { Hash } from "../../ledger/hash.ts";
import type { Named } from "./views.ts";

/** Longest file of logs that a desk takes, in bytes: several times the logs of the largest kecamatan. */
export const MOST_STICK_BYTES = 64 * 2 ** 20;

/** How files of logs are called. */
export const STICK_ENDING = ".teguhlog";

/** Something that does not go as it should, in words that say what to do. */
export interface SyncTroubleView {
  /** The log that it concerns. */
  readonly log: string;
  /** A stable code. */
  readonly reason: string;
  readonly message: Text;
}

/** Two signed notes about one log that cannot both be true. */
export interface ForkView {
  readonly log: string;
  /** Where they part, if that was found. */
  readonly index: number | null;
  readonly ours: string;
  readonly theirs: string;
}

/** What a replaced machine wrote after the hand-over: from which place of the log to which. */
export interface ApartView {
  readonly log: string;
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
}

/** A laptop, and how far the centre is. */
export interface SyncView {
  readonly region: RegionCode;
  /** The key of this machine, as the hand-over names it, and its short name by which people compare it. */
  readonly vkey: string;
  readonly key: string;
  /** Why nothing may be stated here now; null if it may. */
  readonly hindrance: SyncTroubleView | null;
  /** The logs of the hall and of those above it: entries here, and there as far as it was heard. */
  readonly logs: readonly { readonly log: string; readonly here: number; readonly there: number | null }[];
  /** When the centre was last heard, by this machine's clock; null: never. */
  readonly heardAt: number | null;
  /** Since when it has not been reached; null while it is. */
  readonly awaySince: number | null;
  /** Where it is asked; null: no address is known. */
  readonly url: string | null;
  /** Sheets that are held here and that the centre has not answered for good. */
  readonly sheets: number;
  readonly troubles: readonly SyncTroubleView[];
  /** Logs of which the centre shows less than their writer once showed this machine. */
  readonly withheld: readonly string[];
  readonly forks: readonly ForkView[];
  readonly apart: readonly ApartView[];
  /** Milliseconds since 1970, by this machine's clock. */
  readonly now: number;
}

/** What a file brought of each log. */
export interface StickView {
  readonly logs: readonly {
    readonly log: string;
    readonly before: number;
    readonly after: number;
    /** Why not all of it came in; null if it did. */
    readonly trouble: Text | null;
  }[];
  /** Why the file is not what it should be; null if it is. */
  readonly trouble: Text | null;
}

/** What became of a sheet that was brought to the desk. */
export interface HeldView {
  /** `held`: kept here till the centre has it. `centre`: the centre has it already. */
  readonly by: "held" | "centre";
  readonly station: string;
  readonly contest: ContestKind;
  readonly receipt: string;
}

/** One plenary below, and who writes its log. */
export interface WriterView {
  readonly region: Named;
  readonly log: string;
  /** As the centre has it: what a hand-over names. */
  readonly size: number;
  readonly root: Hash;
  /** How often it has changed hands. */
  readonly epoch: number;
  /** Who writes it now: null is the centre, where it began. */
  readonly vkey: string | null;
  /** The short name of that key; null for the centre's own. */
  readonly key: string | null;
  /** When it was handed over, as that statement claims; null while it is where it began. */
  readonly since: number | null;
  /** When its laptop was last heard of, and how much it had then. */
  readonly contact: { readonly at: number; readonly size: number } | null;
  readonly forks: readonly ForkView[];
  readonly apart: readonly ApartView[];
}

export interface CustodyView {
  readonly writers: readonly WriterView[];
  /** The centre's own key of each of these logs, by which one is taken back. */
  readonly centre: Readonly<Record<string, string>>;
}
