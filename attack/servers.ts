/**
 * The servers that are attacked: the processes of `teguh start` under its supervisor, with what is looked at while they are: the
 * processor time and the memory that each takes.
 */
import { readFileSync } from "node:fs";
import { Servers as Harmed } from "../e2e/servers.ts";
import { ROLES, type Role } from "../src/server/roles.ts";

/** Of the times in /proc. */
const TICKS_PER_SECOND = 100;
const PAGE = 4_096;

export class Servers extends Harmed {
  /** All roles of a data folder. `intakePort`: absent, any that is free. */
  constructor(data: string, intakePort?: number) {
    super(data, ROLES, {}, intakePort);
  }

  /** Seconds of processor time that these roles have taken, all threads together. */
  cpu(...roles: readonly Role[]): number {
    return roles.reduce((sum, role) => sum + cpuOf(this.idOf(role)), 0);
  }

  /** Bytes in memory of a role's process. */
  memory(role: Role): number {
    const id = this.idOf(role);
    const text = id === undefined ? "" : readOr(`/proc/${id}/statm`);
    return Number(text.split(" ")[1] ?? 0) * PAGE;
  }
}

/** Seconds of processor time of a process; 0 of one that has ended. */
export function cpuOf(id: number | undefined): number {
  const stat = id === undefined ? "" : readOr(`/proc/${id}/stat`);
  // The name in parentheses may hold spaces; times of user and system are the 12th and 13th field after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}

/** A process may end between being listed and being read. */
function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
