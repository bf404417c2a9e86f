/**
 * Who goes first at the processor, where all processes of a place share one machine. Under systemd the units say it (edge/systemd),
 * and a process may change nothing of it; elsewhere each says it of itself. Where the system does not allow it, all go on alike: it
 * is a preference, and nothing rests on it.
 */
import { spawnSync } from "node:child_process";
import { availableParallelism, constants, getPriority, setPriority } from "node:os";

/** Steps of `nice` by which a role gives way to the door and the core. */
const BELOW = 8;
const LOWEST = constants.priority.PRIORITY_LOW;

/**
 * This process has the processor as soon as it has something to do, whatever computes there: for the one that needs moments of it
 * and for which a nation waits. By real-time scheduling, which root alone may give; those that collect its garbage have it too,
 * since it waits for them, and threads that it starts from now on do not. Not where there is only one processor: a flood of readers
 * could take that from everybody else.
 */
export function comeFirst(): void {
  if (availableParallelism() < 2) return;
  spawnSync("chrt", ["--all-tasks", "--reset-on-fork", "--rr", "--pid", "1", String(process.pid)], { stdio: "ignore" });
}

/**
 * This process has the processor after those that must not wait. Before any thread is started. Relative to what it was started
 * with: a number of its own could be a higher priority than that, and only root may have one.
 */
export function giveWay(): void {
  allowed(() => setPriority(Math.min(LOWEST, getPriority() + BELOW)));
}

/** This process has the processor when nobody else wants it. */
export function comeLast(): void {
  allowed(() => setPriority(LOWEST));
}

function allowed(change: () => void): void {
  try {
    change();
  } catch (error) {
    const { code } = (error as { readonly info?: { readonly code?: string } }).info ?? {};
    if (code !== "EPERM" && code !== "EACCES") throw error;
  }
}
