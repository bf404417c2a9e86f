/**
 * A network of one's own, in which the door is as it is shipped: the kernel with the rules and settings of edge/, on the ports that
 * they guard, nginx before the door. Made with Linux's namespaces, so that nothing of the machine's own network is changed; only root
 * may do that, and elsewhere the door is attacked as it is without them.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasNjs } from "../e2e/nginx.ts";

const EDGE = join(import.meta.dirname, "..", "edge");
const RULES = join(EDGE, "nftables", "teguh.nft");
const SETTINGS = join(EDGE, "sysctl", "90-teguh.conf");

/** As in edge/nginx/door.conf: where nginx listens, and the door behind it. */
export const EDGE_PORT = 443;
export const DOOR_PORT = 8081;

/** Whether such a network can be made here. */
export function canOwnNetwork(): boolean {
  return hasNjs && spawnSync("unshare", ["-n", "sh", "-ec", LOAD], { stdio: "ignore" }).status === 0;
}

const LOAD = `ip link set lo up; nft -f '${RULES}'`;

/** Runs a program of this folder in a network of its own, till it ends or this process is told to; its exit code. */
export async function inOwnNetwork(program: string, args: readonly string[]): Promise<number> {
  const script = `${LOAD}; exec "$0" "$@"`;
  const running = spawn("unshare", ["-n", "sh", "-ec", script, process.execPath, program, ...args], {
    stdio: "inherit",
  });
  const stop = (signal: NodeJS.Signals) => running.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  const [code] = (await once(running, "exit")) as [number | null];
  return code ?? 1;
}

/** Gives the network that this process is in the shipped settings. Those of the whole machine stay as they are. */
export function applySettings(): void {
  for (const [, key = "", value = ""] of readFileSync(SETTINGS, "utf8").matchAll(/^(net\.[\w.]+) = (.+)$/gm)) {
    try {
      writeFileSync(join("/proc/sys", ...key.split(".")), value);
    } catch (error) {
      // Not every setting is a network's own; what is the machine's alone cannot be set, or is not even shown here.
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }
}
