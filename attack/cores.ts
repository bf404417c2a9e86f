/** Who takes the processors: for a figure that does not hold, the first thing to know is whether anything was left for it. */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { cpuOf } from "./servers.ts";

const TICKS_PER_SECOND = 100;

/** Seconds of processor time so far, by who took them. */
export type Taken = ReadonlyMap<string, number>;

/** Seconds that these processes have taken, and under "all" the whole machine. */
export function takenBy(processes: ReadonlyMap<string, readonly number[]>): Map<string, number> {
  const taken = new Map<string, number>();
  for (const [name, ids] of processes)
    taken.set(
      name,
      ids.reduce((sum, id) => sum + cpuOf(id), 0),
    );
  return taken.set(ALL, machineBusy());
}

const ALL = "all";

/** Cores that each used in the mean of so many seconds, and what others on this machine did. What took nothing is left out. */
export function coresUsed(
  before: Taken,
  after: Taken,
  seconds: number,
): { readonly used: number; readonly text: string } {
  const cores = [...after].map(
    ([name, then]) => [name, Math.max(0, then - (before.get(name) ?? 0)) / seconds] as const,
  );
  const own = cores.filter(([name]) => name !== ALL);
  const used = own.reduce((sum, [, share]) => sum + share, 0);
  const all = cores.find(([name]) => name === ALL)?.[1] ?? used;
  const parts = [...own, ["others' work", all - used] as const].filter(([, share]) => share >= 0.005);
  return { used, text: parts.map(([name, share]) => `${name} ${share.toFixed(2)}`).join(", ") };
}

export const CORES = availableParallelism();

/** Seconds of processor time that this machine has spent at work, all cores together. */
function machineBusy(): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = readFileSync("/proc/stat", "utf8")
    .slice(0, 200)
    .split(/\s+/)
    .map(Number);
  return (user + nice + system + irq + softirq) / TICKS_PER_SECOND;
}
