/**
 * How much of the logs one place folds.
 *
 * A hall on its own has the logs of its region and the plenaries' above it. Those name prefixes of logs that it has not: of the
 * halls beside it. A fold with a scope takes such a prefix as it is named, and goes on. Whatever its region's own logs ask
 * is then answered as by a fold of everything, since a judgement asks the region's own log and the plenaries above it, with one
 * thing taken on trust: that who certified above had the results of the halls beside. {@link Tally} has the exact words.
 */
import { isWithin, parseLogName, type RegionCode } from "../election/codes.ts";
import type { LogName } from "./logs.ts";

/** Whether a log is folded here. */
export type Scope = (log: LogName) => boolean;

/** The scope of who folds everything. */
export const EVERYTHING: Scope = () => true;

/** The scope of a region's hall: all logs within the region, and the plenaries' above it. */
export function scopeOf(region: RegionCode): Scope {
  return (log) => {
    const parsed = parseLogName(log);
    if (parsed === null || parsed.kind === "editions") return false;
    return isWithin(parsed.region, region) || (parsed.kind === "pleno" && isWithin(region, parsed.region));
  };
}
