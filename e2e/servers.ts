/** The servers of a data folder under a supervisor of this process, so that their ids are known and they can be harmed. */
import { fileURLToPath } from "node:url";
import type { Role } from "../src/server/roles.ts";
import { type Pauses, Supervisor } from "../src/server/supervisor.ts";
import { freePorts } from "../src/server/testing/ports.ts";

const MAIN = fileURLToPath(new URL("../src/server/main.ts", import.meta.url));

export class Servers {
  readonly #supervisor: Supervisor;
  readonly #ended: Promise<number>;
  readonly #addresses = new Map<Role, string>();
  readonly #killed = new Map<Role, number>();
  readonly #waiting: (() => void)[] = [];
  /** Milliseconds that the last start of a role took. */
  startTook = 500;
  #isStopped = false;
  readonly lines: string[] = [];

  /** `intakePort`: 0 for any that is free, as all others have it. */
  constructor(data: string, roles: readonly Role[], pauses: Partial<Pauses> = {}, intakePort = 0) {
    const ports = freePorts({ intake: intakePort });
    this.#supervisor = new Supervisor({
      roles: roles.map((name) => ({ name, file: MAIN, args: ["--data", data, "--role", name, ...ports] })),
      onReady: (name, address) => {
        const killed = this.#killed.get(name as Role);
        if (killed !== undefined) this.startTook = performance.now() - killed;
        this.#addresses.set(name as Role, address);
        this.#tell();
      },
      log: (line) => this.lines.push(line),
      pauses: { first: 10, longest: 100, ...pauses },
    });
    this.#ended = this.#supervisor.run();
  }

  /** Where a role listens, once it is ready. */
  async address(role: Role): Promise<string> {
    for (;;) {
      const address = this.#addresses.get(role);
      if (address !== undefined) return address;
      if (this.#isStopped) throw new Error("the servers were stopped");
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Id of a role's process, if there is one at the moment. */
  idOf(role: Role): number | undefined {
    return this.#supervisor.processes.get(role);
  }

  /** Kills a role's process; false if there is none at the moment. */
  kill(role: Role): boolean {
    this.#addresses.delete(role);
    this.#killed.set(role, performance.now());
    return this.signal(role, "SIGKILL");
  }

  /** Sends a role's process a signal; false if there is none at the moment. */
  signal(role: Role, signal: NodeJS.Signals): boolean {
    const id = this.#supervisor.processes.get(role);
    return id !== undefined && process.kill(id, signal);
  }

  async stop(): Promise<number> {
    this.#supervisor.stop();
    const code = await this.#ended;
    this.#isStopped = true;
    this.#addresses.clear();
    this.#tell();
    return code;
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
