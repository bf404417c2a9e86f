/**
 * The real server processes, started on a data folder and, where that is measured, killed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "../src/server/roles.ts";
import { freePorts } from "../src/server/testing/ports.ts";

const MAIN = join(import.meta.dirname, "..", "src", "server", "main.ts");
/** Of the times in /proc. */
const TICKS_PER_SECOND = 100;

export class ServerProcess {
  readonly address: string;
  readonly #process: ChildProcess;

  private constructor(running: ChildProcess, address: string) {
    this.#process = running;
    this.address = address;
  }

  /** Starts a role; resolves when it is ready. */
  static async start(role: Role, data: string): Promise<ServerProcess> {
    const running = spawn(process.execPath, [MAIN, "--role", role, "--data", data, ...freePorts()], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const [said] = (await Promise.race([once(running, "message"), once(running, "exit")])) as [unknown];
    if (typeof said !== "string") throw new Error(`the ${role} process ended before it was ready`);
    return new ServerProcess(running, said);
  }

  /** Seconds of processor time that it has taken, all threads together. */
  cpu(): number {
    const stat = readFileSync(`/proc/${this.#process.pid}/stat`, "utf8");
    // The name in parentheses may hold spaces; times of user and system are the 12th and 13th field after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }

  /** As a power cut would for this process: nothing is ended, nothing written. */
  kill(): Promise<unknown> {
    return this.#end("SIGKILL");
  }

  stop(): Promise<unknown> {
    return this.#end("SIGTERM");
  }

  #end(signal: NodeJS.Signals): Promise<unknown> {
    const exit = once(this.#process, "exit");
    this.#process.kill(signal);
    return exit;
  }
}
