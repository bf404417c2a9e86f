/**
 * The supervisor: each role a process of its own, so that killing, flooding or hanging one leaves the others at work. It starts them,
 * starts again what dies, kills what hangs so that it can be started again, and stops them all cleanly. It does nothing else, so that
 * it has no reason to die itself; should it, its children notice the broken channel and stop.
 *
 * What a child's exit means: 0 it was asked to; {@link CANNOT_RUN} trying again would not help (a port is taken, the folder is
 * older than what was published); {@link REPLACED} another process has its role; anything else, an accident.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { figuresIn, isAlive, PING, seenMessage } from "./channel.ts";
import type { ProcessFigures, Seen } from "./eyes/figures.ts";

/** Exit code of a role that can never run as things are. */
export const CANNOT_RUN = 2;
/** Exit code of a role that another process has taken over: starting again would take it back, and so on. */
export const REPLACED = 3;

export interface RoleProcess {
  readonly name: string;
  /** The file that is run, and its arguments. It sends its address (any text) once it is ready, and answers questions from then on. */
  readonly file: string;
  readonly args: readonly string[];
  /** Roles are stopped from the lowest step up, each step once the one before has ended: who asks before who is asked. */
  readonly step?: number;
  /** Milliseconds without an answer after which it hangs, if it is one that can be busy for long; absent: `pauses.hung`. */
  readonly hung?: number;
  /** Whether it is told now and then how all roles are. */
  readonly isTold?: boolean;
}

/** All in milliseconds. */
export interface Pauses {
  /** Before a role is started again: at most `first`, then twice that, up to `longest`, and `first` again after `healthy` of life. */
  readonly first: number;
  readonly longest: number;
  readonly healthy: number;
  /** Until a stop becomes a kill. */
  readonly kill: number;
  /** Between two questions whether a role is alive, and without an answer after which it hangs. */
  readonly ping: number;
  readonly hung: number;
}

export interface SupervisorOptions {
  readonly roles: readonly RoleProcess[];
  /** Told when a role is ready, with what it sent. */
  readonly onReady: (name: string, address: string) => void;
  /** A line each for what a person should know. */
  readonly log: (line: string) => void;
  readonly pauses?: Partial<Pauses>;
  /** In [0, 1): spreads the pauses, so that roles that died together do not come back together, again and again. */
  readonly random?: () => number;
}

const PAUSES: Pauses = { first: 250, longest: 5_000, healthy: 10_000, kill: 10_000, ping: 1_000, hung: 10_000 };

/** A process at work. */
interface Child {
  readonly role: RoleProcess;
  readonly process: ChildProcess;
  /** Questions that it has not answered; null while it starts, for which it may take its time. */
  unanswered: number | null;
  /** Milliseconds since 1970; null: not ready yet. */
  readySince: number | null;
  /** What it told last. */
  figures: ProcessFigures | null;
}

/** One life of a role: its exit code (null: killed), whether it was ever ready, and how long it lived, in milliseconds. */
interface Life {
  readonly code: number | null;
  readonly wasReady: boolean;
  readonly lasted: number;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #pauses: Pauses;
  readonly #random: () => number;
  readonly #children = new Map<string, Child>();
  /** How often each role was started. */
  readonly #lives = new Map<string, number>();
  readonly #stopping = new AbortController();
  #code = 0;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#pauses = { ...PAUSES, ...options.pauses };
    this.#random = options.random ?? Math.random;
  }

  /** Runs all roles until {@link stop}, or until one can never run; the exit code. */
  async run(): Promise<number> {
    const asking = setInterval(() => this.#askAll(), this.#pauses.ping);
    await Promise.all(this.#options.roles.map((role) => this.#keepAlive(role)));
    clearInterval(asking);
    return this.#code;
  }

  /** Asks every role to end its work and stop, in their order. */
  stop(): void {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    void this.#stopInOrder();
  }

  /** Ids of the processes at work, by role. */
  get processes(): ReadonlyMap<string, number | undefined> {
    return new Map([...this.#children].map(([name, child]) => [name, child.process.pid]));
  }

  async #keepAlive(role: RoleProcess): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#stopping;
    const { first, longest, healthy } = this.#pauses;
    let most = first;
    let wasEverReady = false;
    while (!signal.aborted) {
      const { code, wasReady, lasted } = await this.#live(role);
      if (signal.aborted) return;
      if (code === REPLACED) return log(`${role.name}: another process has taken over this role; not started again`);
      wasEverReady ||= wasReady;
      // What ran once can run again: its port or its store may still be held by the process that died.
      if (code === CANNOT_RUN && !wasEverReady) {
        log(`${role.name} cannot run, see above; everything is stopped`);
        this.#code = CANNOT_RUN;
        return this.stop();
      }
      if (wasReady && lasted >= healthy) most = first;
      const wait = Math.ceil(this.#random() * most);
      log(`${role.name} stopped (${code ?? "killed"}); started again in ${wait} ms`);
      await pause(wait, undefined, { signal }).catch(() => undefined);
      most = Math.min(most * 2, longest);
    }
  }

  #live(role: RoleProcess): Promise<Life> {
    const { name, file, args } = role;
    return new Promise((resolve) => {
      const began = performance.now();
      let wasReady = false;
      const running = fork(file, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
      const child: Child = { role, process: running, unanswered: null, readySince: null, figures: null };
      this.#lives.set(name, (this.#lives.get(name) ?? 0) + 1);
      this.#children.set(name, child);
      running.on("message", (message) => {
        if (isAlive(message)) {
          child.unanswered = 0;
          child.figures = figuresIn(message);
        }
        if (typeof message !== "string") return;
        wasReady = true;
        child.readySince = Date.now();
        child.unanswered = 0;
        this.#options.onReady(name, message);
      });
      running.on("error", (error) => this.#options.log(`${name}: ${error.message}`));
      running.on("close", (code) => {
        this.#children.delete(name);
        resolve({ code, wasReady, lasted: performance.now() - began });
      });
    });
  }

  /**
   * A process that is stopped, or goes round in circles, answers nothing. Answers are counted, not timed: a machine that slept, or a
   * supervisor that got no turn, has not asked either.
   */
  #askAll(): void {
    const { ping, hung } = this.#pauses;
    for (const child of this.#children.values()) {
      const { role, process: running, unanswered } = child;
      if (unanswered === null) continue;
      if (unanswered * ping >= (role.hung ?? hung)) {
        this.#options.log(`${role.name} has answered none of ${unanswered} questions and is killed`);
        running.kill("SIGKILL");
        continue;
      }
      child.unanswered = unanswered + 1;
      // That the channel is gone already, the end of the process will tell.
      if (running.connected) running.send(PING, () => undefined);
    }
    this.#tellThose();
  }

  /** Says how all roles are to those who show it. */
  #tellThose(): void {
    const seen: Seen = {
      at: Date.now(),
      roles: this.#options.roles.map(({ name }) => {
        const child = this.#children.get(name);
        const restarts = Math.max(0, (this.#lives.get(name) ?? 0) - 1);
        return { name, restarts, readySince: child?.readySince ?? null, figures: child?.figures ?? null };
      }),
    };
    for (const { role, process: running } of this.#children.values()) {
      if (role.isTold === true && running.connected) running.send(seenMessage(seen), () => undefined);
    }
  }

  async #stopInOrder(): Promise<void> {
    const steps = new Set(this.#options.roles.map(({ step = 0 }) => step));
    for (const step of [...steps].sort((a, b) => a - b)) {
      const children = [...this.#children.values()].filter((child) => (child.role.step ?? 0) === step);
      await Promise.all(children.map((child) => this.#end(child.process)));
    }
  }

  /** A role that does not stop when asked is made to; what it had not acknowledged is sent again. */
  async #end(running: ChildProcess): Promise<void> {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, "close");
    const kill = setTimeout(() => running.kill("SIGKILL"), this.#pauses.kill);
    running.kill("SIGTERM");
    await ended;
    clearTimeout(kill);
  }
}
