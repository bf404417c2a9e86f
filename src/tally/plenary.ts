/**
 * What the log of one region's plenary has stated: grants, revocations, halts, certificates, reopenings, custody. Every fact
 * keeps its index and none is removed, so that it can be asked for as of any size that another log has seen.
 */
import { plenoLog, type RegionCode } from "../election/codes.ts";
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
  readonly custodies = new Map<LogName, Custody[]>();
  readonly paused = new Set<number>();
  /** Whether anything was read here. */
  opened = false;

  constructor(region: RegionCode) {
    this.region = region;
    this.log = plenoLog(region);
  }
}

/** Under which district and contest certificates and reopenings are kept. */
export const penKey = (contest: string, district: string): string => `${contest}/${district}`;
