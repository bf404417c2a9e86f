/**
 * A helper of a run in a process of its own: phones and attackers must not share an event loop, or one would hide what the other
 * does to the server. One call at a time, answered over the fork channel.
 */
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { join } from "node:path";

/** Steps of `nice`, and the last of them. */
const AHEAD = 5;
const FIRST = -20;
const TASKSET = ["/usr/bin/taskset", "/bin/taskset"].find((path) => existsSync(path));

/** A process that answers `Call` with `Result`. */
export class Forked<Call, Result> {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  /** `file`: beside this one. `core`: the only processor core that it may use. */
  constructor(file: string, core?: number) {
    this.#child = fork(join(import.meta.dirname, file), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.#ended = once(this.#child, "exit");
    if (core !== undefined && TASKSET !== undefined && this.#child.pid !== undefined) {
      execFileSync(TASKSET, ["-acp", String(core), String(this.#child.pid)], { stdio: "ignore" });
    }
  }

  /** Of the process. */
  get id(): number {
    return this.#child.pid ?? 0;
  }

  /**
   * Before all others at the processor, where that is allowed: for those who stand for other machines. What they would wait for this
   * one's processors is no delay of what is measured.
   */
  goAhead(): void {
    try {
      setPriority(this.id, Math.max(FIRST, getPriority(this.id) - AHEAD));
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }

  async call(call: Call): Promise<Result> {
    this.#child.send(call as object);
    const answer = await Promise.race([once(this.#child, "message"), this.#ended]);
    const [said] = answer as [Result | number | null];
    if (typeof said !== "object" || said === null)
      throw new Error(`${this.#child.spawnfile} ended in the middle of a call`);
    return said;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}

/** The other end: answers every call by `serve`, until the parent goes away. */
export function answerCalls<Call, Result>(serve: (call: Call) => Promise<Result>): void {
  process.on("message", (call: Call) => {
    serve(call).then(
      (result) => process.send?.(result as object),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        process.exit(1);
      },
    );
  });
  process.on("disconnect", () => process.exit(0));
}
