/**
 * What the processes tell of themselves, and what is put together of it. Every process counts for itself and tells its supervisor with
 * each sign of life; the supervisor hands all of it to the desk, which shows it to the nation's operator. Nothing here names a
 * person, a sheet or a vote: a figure that nobody may see must not be counted.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { DoorFigures } from "../../intake/figures.ts";

/** What only some roles have to tell. */
export interface RoleFigures {
  readonly door?: DoorFigures;
}

/** A process of its own making: plain numbers. */
export interface ProcessFigures extends RoleFigures {
  /** Seconds of processor time since its start. */
  readonly cpu: number;
  /** Bytes in memory. */
  readonly memory: number;
  /** Milliseconds: the 99th percentile of how late its turns came, since it last told. */
  readonly delay: number;
}

/** A role as its supervisor sees it. */
export interface RoleState {
  readonly name: string;
  /** Milliseconds since 1970: since when it is ready; null: it is not. */
  readonly readySince: number | null;
  /** How often it was started again. */
  readonly restarts: number;
  /** What it told last; null if it has told nothing in this life. */
  readonly figures: ProcessFigures | null;
}

/** Everything at one moment. */
export interface Seen {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly roles: readonly RoleState[];
}

const NANOSECONDS = 1e6;

/** Gives this process's figures whenever it is asked; `own` adds what only its role has. */
export function ownFigures(own: () => RoleFigures): () => ProcessFigures {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  return () => {
    const { user, system } = process.cpuUsage();
    const delay = delays.percentile(99) / NANOSECONDS;
    delays.reset();
    // Before its first turn was measured there is no number.
    const known = Number.isFinite(delay) ? delay : 0;
    return { cpu: (user + system) / 1e6, memory: process.memoryUsage.rss(), delay: known, ...own() };
  };
}
