/**
 * The supervisor: each role a process of its own, so that killing or flooding one leaves the others at work. It starts them,
 * starts again what dies (after a pause that doubles), and stops them all cleanly. It does nothing else, so that it has no
 * reason to die itself; should it, its children notice the broken channel and stop.
 *
 * What a child's exit means: 0 it was asked to; {@link CANNOT_RUN} trying again would not help (a port is taken, the folder is
 * older than what was published); {@link REPLACED} another process has its role; anything else, an accident.
 */
import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

/** Exit code of a role that can never run as things are. */
export const CANNOT_RUN = 2;
/** Exit code of a role that another process has taken over: starting again would take it back, and so on. */
export const REPLACED = 3;

export interface RoleProcess {
  readonly name: string;
  /** The file that is run, and its arguments. It sends its address (any text) once it is ready. */
  readonly file: string;
  readonly args: readonly string[];
}

export interface SupervisorOptions {
  readonly roles: readonly RoleProcess[];
  /** Told when a role is ready, with what it sent. */
  readonly onReady: (name: string, address: string) => void;
  /** A line each for what a person should know. */
  readonly log: (line: string) => void;
  /** Pauses before a restart and until a stop becomes a kill, in milliseconds. */
  readonly pauses?: { readonly first: number; readonly longest: number; readonly kill: number };
}

const PAUSES = { first: 250, longest: 10_000, kill: 10_000 };

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #pauses: typeof PAUSES;
  readonly #children = new Map<string, ChildProcess>();
  readonly #stopping = new AbortController();
  #code = 0;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#pauses = options.pauses ?? PAUSES;
  }

  /** Runs all roles until {@link stop}, or until one can never run; the exit code. */
  async run(): Promise<number> {
    await Promise.all(this.#options.roles.map((role) => this.#keepAlive(role)));
    return this.#code;
  }

  /** Asks every role to end its work and stop. */
  stop(): void {
    this.#stopping.abort();
    for (const child of this.#children.values()) child.kill("SIGTERM");
  }

  /** Ids of the processes at work, by role. */
  get processes(): ReadonlyMap<string, number | undefined> {
    return new Map([...this.#children].map(([name, { pid }]) => [name, pid]));
  }

  async #keepAlive(role: RoleProcess): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#stopping;
    let wait = this.#pauses.first;
    let wasEverReady = false;
    while (!signal.aborted) {
      const { code, wasReady } = await this.#runOnce(role);
      if (signal.aborted) return;
      if (code === REPLACED) return log(`${role.name}: another process has taken over this role; not started again`);
      wasEverReady ||= wasReady;
      // What ran once can run again: its port or its store may still be held by the process that died.
      if (code === CANNOT_RUN && !wasEverReady) {
        log(`${role.name} cannot run, see above; everything is stopped`);
        this.#code = CANNOT_RUN;
        return this.stop();
      }
      if (wasReady) wait = this.#pauses.first;
      log(`${role.name} stopped (${code ?? "killed"}); started again in ${wait} ms`);
      await pause(wait, undefined, { signal }).catch(() => undefined);
      wait = Math.min(wait * 2, this.#pauses.longest);
    }
  }

  /** One life of a role: its exit code (null: killed), and whether it was ever ready. */
  #runOnce({ name, file, args }: RoleProcess): Promise<{ code: number | null; wasReady: boolean }> {
    return new Promise((resolve) => {
      let wasReady = false;
      const child = fork(file, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
      this.#children.set(name, child);
      child.on("message", (address) => {
        wasReady = true;
        this.#options.onReady(name, String(address));
      });
      child.on("error", (error) => this.#options.log(`${name}: ${error.message}`));
      // A role that does not stop when asked is made to; what it had not acknowledged is sent again.
      const kill = () => pause(this.#pauses.kill, undefined, { ref: false }).then(() => child.kill("SIGKILL"));
      this.#stopping.signal.addEventListener("abort", kill, { once: true });
      child.on("close", (code) => {
        this.#stopping.signal.removeEventListener("abort", kill);
        this.#children.delete(name);
        resolve({ code, wasReady });
      });
    });
  }
}
