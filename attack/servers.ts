/**
 * The servers that are attacked: the processes of `teguh start` under its supervisor, on ports of their own of 127.0.0.1. Only the
 * pauses before a restart are shorter, so that hundreds of kills fit into minutes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ROLES, type Role } from "../src/server/roles.ts";
import { Supervisor } from "../src/server/supervisor.ts";

const MAIN = fileURLToPath(new URL("../src/server/main.ts", import.meta.url));
/** Of the times in /proc. */
const TICKS_PER_SECOND = 100;
const PAGE = 4_096;

export interface ServersOptions {
  /** Absent: all. */
  readonly roles?: readonly Role[];
  /** Of the intake; absent: any that is free. */
  readonly intakePort?: number;
}

export class Servers {
  /** What they said to a person. */
  readonly lines: string[] = [];
  readonly #supervisor: Supervisor;
  readonly #ended: Promise<number>;
  readonly #addresses = new Map<string, string>();
  readonly #waiting: (() => void)[] = [];
  #isOver = false;

  constructor(data: string, { roles = ROLES, intakePort = 0 }: ServersOptions = {}) {
    const ports = [
      "--public-port",
      "0",
      "--intake-port",
      String(intakePort),
      "--desk-port",
      "0",
      "--host",
      "127.0.0.1",
    ];
    this.#supervisor = new Supervisor({
      roles: roles.map((name) => ({ name, file: MAIN, args: ["--data", data, "--role", name, ...ports] })),
      onReady: (name, address) => {
        this.#addresses.set(name, address);
        this.#tell();
      },
      log: (line) => this.lines.push(line),
      pauses: { first: 10, longest: 200, kill: 10_000 },
    });
    this.#ended = this.#supervisor.run().finally(() => {
      this.#isOver = true;
      this.#tell();
    });
  }

  /** Where a role listens, once it is ready. */
  async address(role: Role): Promise<string> {
    for (;;) {
      const address = this.#addresses.get(role);
      if (address !== undefined) return address;
      if (this.#isOver) throw new Error(`the servers ended:\n${this.lines.join("\n")}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Sends a signal to a role's process; false if there is none at the moment. A killed one is ready again later. */
  signal(role: Role, signal: NodeJS.Signals): boolean {
    const id = this.#supervisor.processes.get(role);
    if (id === undefined) return false;
    if (signal === "SIGKILL") this.#addresses.delete(role);
    return process.kill(id, signal);
  }

  /** Seconds of processor time that these roles have taken, all threads together. */
  cpu(...roles: readonly Role[]): number {
    return roles.reduce((sum, role) => sum + cpuOf(this.#supervisor.processes.get(role)), 0);
  }

  /** Bytes in memory of a role's process. */
  memory(role: Role): number {
    const id = this.#supervisor.processes.get(role);
    const text = id === undefined ? "" : readOr(`/proc/${id}/statm`);
    return Number(text.split(" ")[1] ?? 0) * PAGE;
  }

  /** The roles that have a process. */
  get roles(): Role[] {
    return ROLES.filter((role) => this.#supervisor.processes.get(role) !== undefined);
  }

  async stop(): Promise<number> {
    this.#supervisor.stop();
    return this.#ended;
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Seconds of processor time of a process; 0 of one that has ended. */
export function cpuOf(id: number | undefined): number {
  const stat = id === undefined ? "" : readOr(`/proc/${id}/stat`);
  // The name in parentheses may hold spaces; times of user and system are the 12th and 13th field after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}

/** Ids of a process's children. */
export function childrenOf(id: number): number[] {
  return readdirSync(`/proc/${id}/task`).flatMap((task) =>
    readOr(`/proc/${id}/task/${task}/children`).trim().split(" ").filter(Boolean).map(Number),
  );
}

/** A process may end between being listed and being read. */
function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
