/**
 * Processes that stand for other machines: whoever is timed must not wait for this one's processors, and what others compute is
 * not to be taken from what is measured. Where the system does not allow it (only root may go first), nothing changes.
 */
import { spawnSync } from "node:child_process";

/** For `chrt`: as soon as there is something to do; only when nobody else has anything; as everybody. */
const POLICIES = { first: ["--fifo", "1"], last: ["--idle", "0"], usual: ["--other", "0"] } as const;

/** How all threads of this process have the processor from now on. */
export function haveProcessor(when: keyof typeof POLICIES): void {
  const [policy, priority] = POLICIES[when];
  spawnSync("chrt", ["--all-tasks", policy, "--pid", priority, String(process.pid)], { stdio: "ignore" });
}
