// Runs a program as if it had been started directly: same terminal, signals passed on, exit code kept.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { NotReady } from "./not-ready.mjs";
import { ROOT } from "./packages.mjs";

/**
 * Where Node keeps what it compiled: the sources are TypeScript and run as they are, and to strip their types again for every
 * process would take as long as all else before its first line (measured: 0.5 s against 0.27 s).
 */
const COMPILED = join(ROOT, "node_modules", ".cache", "compiled");

/**
 * @param {string} node the Node to run under; it also comes first in the PATH, for whatever the program starts
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to this process's
 * @param {string} [cwd]
 * @returns {Promise<number>} the exit code; 128 + its number when a signal ended it, as shells do
 */
export function runUnder(node, args, env = {}, cwd = process.cwd()) {
  const path = [dirname(node), join(ROOT, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter);
  const child = spawn(node, args, {
    stdio: "inherit",
    cwd,
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, PATH: path, ...env },
  });
  // A terminal sends Ctrl-C to the whole group, the child included: told again, it would hear "stop at once".
  const onInterrupt = () => process.stdin.isTTY || child.kill("SIGINT");
  const onTerminate = () => child.kill("SIGTERM");
  const onHangUp = () => child.kill("SIGHUP");
  const handlers = { SIGINT: onInterrupt, SIGTERM: onTerminate, SIGHUP: onHangUp };
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new NotReady(`${node} could not be started: ${error.message}`)));
    child.once("exit", (code, signal) => {
      for (const [name, handler] of Object.entries(handlers)) process.off(name, handler);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
