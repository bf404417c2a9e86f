/**
 * What the log of one region's plenary has stated: grants, revocations, halts, certificates, reopenings, custody. Every fact
 * keeps its index and none is removed, so that it can be asked for as of any size that another log has seen.
 */
import { plenoLog, type RegionCode } from "../election/codes.ts";
import type { MinutesActOf } from "../election/minutes.ts";
import type { Role } from "../election/statements.ts";
import type { Grant, Run } from "./grants.ts";
import type { LogName } from "./logs.ts";

export type { Grant, Role };

/** An order that halts regions, or one that lifts halts. */
export interface Halt {
  readonly index: number;
  readonly order: string;
  readonly regions: readonly string[];
  /** How much of the other logs its own had seen when it was given. */
  readonly knew: ReadonlyMap<LogName, number>;
}

/** A higher level's halt or resumption as a hall without a link entered it from paper: see `halts.ts`. */
export type PaperOrder = Pick<MinutesActOf<"paper-order">, "kind" | "order"> & Pick<Halt, "index" | "knew">;

/** What later acts of the same log may refer to by its id. */
export type Referable =
  | { readonly type: "objection" | "advice" }
  /** One that is not simply as the sheet says: only these want evidence, and all readings would be too many to keep. */
  | { readonly type: "reading" }
  | { readonly type: "certificate"; readonly contest: string; readonly district: string };

/** A log's hand-over to another writer, at `size`. */
export interface Custody {
  readonly index: number;
  readonly size: number;
  readonly writer: string;
  readonly vkey: string;
  readonly epoch: number;
}

/** What the log of one region's plenary has stated. */
export class Plenary {
  readonly region: RegionCode;
  readonly log: LogName;
  /** As {@link addGrants} packs them and {@link grantsTo} finds them. */
  readonly grants: Run[] = [];
  readonly revoked = new Map<string, { readonly index: number; readonly undo: boolean }[]>();
  readonly halts: Halt[] = [];
  readonly resumes: Halt[] = [];
  /** By contest/district: the indices of this region's valid certificates. */
  readonly certificates = new Map<string, number[]>();
  /** By contest/district/child region: the indices at which the pen was given back. */
  readonly reopenings = new Map<string, number[]>();
  /**
   * By contest/district: the index at which this log last moved the result (a reading, a ruling) or gave a part of it back. A
   * certificate before it stands no longer.
   */
  readonly movedAt = new Map<string, number>();
  readonly custodies = new Map<LogName, Custody[]>();
  /** Panels that rest; {@link WHOLE} for the whole plenary. */
  readonly paused = new Set<number>();
  /** Whether anything was read here, or the chair opened the sitting. */
  opened = false;
  /** Whether the chair's opening is in the minutes. */
  minutedOpen = false;
  readonly paperOrders: PaperOrder[] = [];
  /** Participant → random person → whether seated in the room: the mandates that stand. */
  readonly mandates = new Map<string, Map<string, boolean>>();
  /** By contest/desa: the boxes of which a station was taken up. */
  readonly takenUp = new Set<string>();
  /** By id. */
  readonly referable = new Map<string, Referable>();

  constructor(region: RegionCode) {
    this.region = region;
    this.log = plenoLog(region);
  }
}

/** In {@link Plenary.paused}: not a panel but all of it. */
export const WHOLE = -1;

/** Under which name an opened box is kept: one desa in one contest. */
export const boxKey = (contest: string, desa: string): string => `${contest}/${desa}`;

/** Under which district and contest certificates and reopenings are kept. */
export const penKey = (contest: string, district: string): string => `${contest}/${district}`;
