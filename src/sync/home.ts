/**
 * What the exchange of logs asks of the place that it belongs to: its store, who may do what there, and the one who writes. The
 * sequencer is all of it; here it is an interface, so that the exchange can be read and tested without one.
 */
import type { Signer } from "../ledger/note.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Genesis } from "../tally/authority.ts";
import type { Custody } from "../tally/plenary.ts";
import type { Scope } from "../tally/scope.ts";

export interface Home {
  /** The logs; only read here. */
  readonly store: Store;
  readonly genesis: Genesis;
  /** Which logs this place has at all. */
  readonly scope: Scope;
  /** Reads what is needed to answer the questions below about a log. */
  load(log: LogName): Promise<void>;
  /** The public key of a short name, if a plenary above the log, a genesis or a custody names it. */
  publicKey(log: LogName, short: string): Uint8Array | null;
  /** The hand-overs of a log that this place knows, the latest last. */
  custodies(log: LogName): readonly Custody[];
  /** Under which custody the log is where its copy here ends: 0 before the first. */
  epoch(log: LogName): number;
  /** The vkey under which the log began, at the centre. */
  firstVkey(log: LogName): string;
  /** Signs checkpoints of what was written under a custody of the log, if it was written here; null if elsewhere. */
  signer(log: LogName, epoch: number): Signer | null;
  /**
   * Appends verified entries of a log from an index on. `moved`: the log does not end there; `repeated`: one of them is in the
   * log already, and from it on nothing was appended.
   */
  mirror(log: LogName, from: number, entries: readonly Uint8Array[]): Promise<"appended" | "moved" | "repeated">;
}
