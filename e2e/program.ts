/**
 * `teguh start` as an operator runs it: a process of its own, on ports of its own, known only by what it prints.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { ROLE_NAMES } from "../src/server/main.ts";
import type { Role } from "../src/server/roles.ts";
import { freePorts } from "../src/server/testing/ports.ts";

const CLI = join(dirname(fileURLToPath(import.meta.url)), "../src/cli/teguh.ts");

export class Program {
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** Everything that it has printed on standard error. */
  errors = "";
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  #out = "";
  #isOver = false;
  #waiting: (() => void)[] = [];

  /** Starts the servers of a data folder; `role`: only that one; `more`: further arguments; `env`: further variables. */
  constructor(data: string, role?: Role, more: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    const roles = role === undefined ? [] : ["--role", role];
    this.#child = spawn(process.execPath, [CLI, "start", "--data", data, ...freePorts(), ...roles, ...more], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#out += text;
      this.#tell();
    });
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.errors += text;
      this.#tell();
    });
    this.ended = once(this.#child, "close").then(([code]) => {
      this.#isOver = true;
      this.#tell();
      return code as number | null;
    });
  }

  /** Where a role was last ready; waits until it is. Rejects if the program ends before. */
  address(role: Role): Promise<string> {
    return this.said(ROLE_NAMES[role]);
  }

  /** What it has printed last behind `title: `; waits until it has. Rejects if the program ends before. */
  async said(title: string): Promise<string> {
    const line = new RegExp(`^${title}: (.+)$`, "gm");
    const found = () => [...this.#out.matchAll(line)].at(-1)?.[1];
    await this.until(() => found() !== undefined);
    return found() ?? "";
  }

  /** Resolves when the condition holds; it is asked again whenever the program has said something. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#isOver) throw new Error(`the program ended before what was waited for:\n${this.#out}${this.errors}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Ids of the processes that it has started, by role. */
  children(): Map<string, number> {
    const { pid } = this.#child;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
    return new Map(
      children.map((id) => {
        const command = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
        return [command[command.indexOf("--role") + 1] ?? "", Number(id)];
      }),
    );
  }

  /** Asks it to stop, and waits until it has. */
  async stop(): Promise<number | null> {
    this.#child.kill("SIGTERM");
    return this.ended;
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
