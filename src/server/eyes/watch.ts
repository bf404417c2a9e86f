/**
 * The desk's memory of what the supervisor told it: the newest, and one from some seconds before, since people want to know how much it
 * is a second and the processes only count.
 */
import { STEPS, type Step } from "../../intake/figures.ts";
import type { ProcessFigures, RoleState, Seen } from "./figures.ts";

/** Over so many milliseconds rates are taken. */
const SPAN = 5_000;

/** What the door does in a second. */
export interface DoorRates {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: Readonly<Record<Step, number>>;
}

/** A role's share of one processor, 0 to 1 and more; null while it is not known. */
export interface RoleNow extends RoleState {
  readonly load: number | null;
}

export interface Now {
  readonly at: number;
  readonly roles: readonly RoleNow[];
  /** Null while the door has told nothing. */
  readonly door: { readonly figures: NonNullable<ProcessFigures["door"]>; readonly rates: DoorRates | null } | null;
}

export class Watch {
  #seen: Seen[] = [];

  /** Told by the supervisor. */
  tell(seen: Seen): void {
    this.#seen.push(seen);
    // The oldest that is kept is the first that is at least a span old.
    while ((this.#seen[1]?.at ?? seen.at) <= seen.at - SPAN) this.#seen.shift();
  }

  /** What is known now; null before the supervisor has told anything. */
  get now(): Now | null {
    const last = this.#seen.at(-1);
    const [first] = this.#seen;
    if (last === undefined || first === undefined) return null;
    const seconds = (last.at - first.at) / 1000;
    const roles = last.roles.map((role) => ({ ...role, load: loadOf(role, before(first, role), seconds) }));
    const door = last.roles.find(({ figures }) => figures?.door !== undefined);
    const figures = door?.figures?.door;
    if (door === undefined || figures === undefined) return { at: last.at, roles, door: null };
    const then = before(first, door)?.door;
    return {
      at: last.at,
      roles,
      door: { figures, rates: then === undefined ? null : ratesOf(figures, then, seconds) },
    };
  }
}

/** What a role told then, if it is the same life: counters begin anew with the process. */
function before(first: Seen, { name, restarts }: RoleState): ProcessFigures | null {
  const then = first.roles.find((role) => role.name === name);
  return then?.restarts === restarts ? then.figures : null;
}

function loadOf({ figures }: RoleState, then: ProcessFigures | null, seconds: number): number | null {
  return figures === null || then === null || seconds <= 0 ? null : (figures.cpu - then.cpu) / seconds;
}

type Door = NonNullable<ProcessFigures["door"]>;

function ratesOf(now: Door, then: Door, seconds: number): DoorRates | null {
  if (seconds <= 0) return null;
  const refused = Object.fromEntries(
    STEPS.map((step) => [step, (now.byStep[step].refused - then.byStep[step].refused) / seconds]),
  ) as Record<Step, number>;
  return {
    accepted: (now.accepted - then.accepted) / seconds,
    duplicates: (now.duplicates - then.duplicates) / seconds,
    refused,
  };
}
