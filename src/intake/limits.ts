/**
 * Every number by which the door limits anyone, in one place.
 */
import type { BucketRule } from "./bucket.ts";
import { LANE_LIMITS, type LaneLimits } from "./lanes.ts";

/** Longest sheet, and longest bundle of statements, in bytes. */
export const MAX_SHEET_BODY = 65_535;
export const MAX_BUNDLE_BODY = 2 ** 20;
/** So many statements together are still one phone's own: a station's five sheets and a few corrections. */
export const OWN_STATEMENTS = 8;

/**
 * Bytes of a body that is let in however many bytes are in the door: the number of connections bounds those. Any sheet and any
 * station's sheets together are smaller, so whoever fills the door with large bodies keeps out large bodies.
 */
export const SMALL_BODY = 16_384;

export interface DoorLimits {
  /**
   * Requests with one pass; a large body counts for each {@link SMALL_BODY}. A station has five sheets; a phone that comes back
   * sends them all, and again if unsure.
   */
  readonly requests: BucketRule;
  /** Statements that are sent in bundles with one pass. */
  readonly relayed: BucketRule;
  /** Signatures that may be wrong, with one pass; then it counts as abused. */
  readonly badSignatures: BucketRule;
  /**
   * Requests that may come too often with one pass; then it counts as abused. Whoever sends by the book waits when told to, so it
   * is somebody else, and the device that owns the pass is told by 401 to have it replaced.
   */
  readonly tooOften: BucketRule;
  /**
   * Requests of all passes of one kecamatan: many stolen phones together. The largest has some 1,500 stations, which may all
   * come back at once.
   */
  readonly kecamatan: BucketRule;
  /** Requests with one pass that are in the door at once: bodies that are being read, and what waits. */
  readonly inside: number;
  /** Requests of all passes that are in the door at once: each holds a connection, some twenty thousand bytes of memory. */
  readonly entrants: number;
  /** Bytes of all bodies in the door that are not {@link SMALL_BODY}. */
  readonly bytes: number;
  /** Sheets that are with the sequencer: two of its groups. The others wait in their lanes, where it is known for how long. */
  readonly appending: number;
  /** Jobs waiting for their turn, by lane. */
  readonly lanes: LaneLimits;
}

export const DOOR_LIMITS: DoorLimits = {
  requests: { capacity: 65, perSecond: 1 },
  relayed: { capacity: 2_000, perSecond: 20 },
  badSignatures: { capacity: 5, perSecond: 1 / 60 },
  tooOften: { capacity: 60, perSecond: 0.2 },
  kecamatan: { capacity: 10_000, perSecond: 100 },
  inside: 16,
  entrants: 10_240,
  bytes: 48 * 2 ** 20,
  appending: 1_024,
  lanes: LANE_LIMITS,
};

/** Passes that one key is given: a few for who tries several doors, then one in a while for who was robbed again. */
export const PASSES_PER_KEY: BucketRule = { capacity: 3, perSecond: 1 / 100 };
/** Challenges answered with one old pass, in the lane that strangers cannot fill. */
export const RENEWALS_PER_PASS: BucketRule = { capacity: 3, perSecond: 1 / 30 };
