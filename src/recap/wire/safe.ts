/**
 * What a laptop that holds a plenary alone says of its own safety: its copy, its clock, its disk. Shown on every page of its desk
 * while something is to be done, and whole on the page of connections.
 *
 * | method and path | body → answer |
 * |---|---|
 * | GET  /api/safe | → {@link SafeView}; 404 where the desk is not a laptop's |
 * | POST /api/safe/seen | a checkpoint that this browser was shown → {@link SafeView} |
 * | POST /api/safe/clock | {} → {@link SafeView}: an officer goes on with a clock that may be wrong |
 * | GET  /api/safe/places | → {@link PlaceView}[]: sticks and disks that a copy can be made on |
 * | POST /api/safe/copy | {folder}, null to end it → {@link SafeView}; by an officer |
 */
import type { Text } from "../../election/text.ts";

/** Something that a person is to see to, in words that say how. */
export interface CautionView {
  readonly code: string;
  readonly message: Text;
  /** Since when, in milliseconds since 1970 by this machine's clock; null where that says nothing. */
  readonly since: number | null;
}

/** The continuous copy. */
export interface CopyView {
  /** The folder on the stick or second disk. */
  readonly folder: string;
  /** When all that is here was last there; null: not since the start. */
  readonly at: number | null;
  /** When all of it was last read back from its medium and compared. */
  readonly checkedAt: number | null;
}

export interface SafeView {
  readonly cautions: readonly CautionView[];
  /** Null: no copy is made. */
  readonly copy: CopyView | null;
  /** The clock seems wrong and an officer went on with it: times are to be read with that in mind. */
  readonly clockAccepted: boolean;
  /**
   * The hall's log as it stands, signed by this laptop; null while it does not write it. A browser keeps the newest, so that an old
   * copy put back on the laptop is recognised.
   */
  readonly checkpoint: string | null;
  /** Entries of the hall's log here. */
  readonly size: number;
}

/** Where a copy could be made. */
export interface PlaceView {
  readonly folder: string;
  /** Bytes that are free. */
  readonly free: number;
}
