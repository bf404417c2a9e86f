/**
 * The regions below in the order that whoever watches wants them: what has to be looked at first, and what each column is sorted
 * by. Plain values, so that the order is the same on every screen.
 */
import type { Text } from "../../../src/election/text.ts";
import type { ChildView, OverviewView } from "../../../src/recap/wire/views.ts";

/** What can be said of a plenary below, the gravest first. */
export const CONDITIONS = ["halted", "behind", "reopened", "disputed", "paused", "waiting", "going", "done"] as const;
export type Condition = (typeof CONDITIONS)[number];

export const CONDITION_WORDS: Readonly<Record<Condition, Text>> = {
  halted: { id: "Dihentikan sementara", en: "Halted by order" },
  behind: { id: "Tertinggal", en: "Behind" },
  reopened: { id: "Dibuka kembali", en: "Reopened" },
  disputed: { id: "Ada keberatan", en: "Disputed" },
  paused: { id: "Diskors", en: "In recess" },
  waiting: { id: "Belum mulai", en: "Not begun" },
  going: { id: "Berjalan", en: "Under way" },
  done: { id: "Ditetapkan", en: "Certified" },
};

/** The gravest that is true of a plenary. */
export function conditionOf({ phase, isBehind, openObjections }: ChildView): Condition {
  if (phase.phase === "halted") return "halted";
  if (phase.phase === "certified") return "done";
  if (isBehind) return "behind";
  if (phase.phase === "reopened") return "reopened";
  if (openObjections > 0) return "disputed";
  if (phase.phase === "paused") return "paused";
  return phase.phase === "unscheduled" || phase.phase === "scheduled" ? "waiting" : "going";
}

/** How many plenaries are in each condition; one that is halted and disputed counts in both. */
export function countConditions(children: readonly ChildView[]): Readonly<Record<Condition, number>> {
  const count = (is: (child: ChildView) => boolean) => children.filter(is).length;
  return {
    halted: count(({ phase }) => phase.phase === "halted"),
    behind: count(({ isBehind }) => isBehind),
    reopened: count(({ phase }) => phase.phase === "reopened"),
    disputed: count(({ openObjections }) => openObjections > 0),
    paused: count(({ phase }) => phase.phase === "paused"),
    waiting: count((child) => conditionOf(child) === "waiting"),
    going: count((child) => conditionOf(child) === "going"),
    done: count(({ phase }) => phase.phase === "certified"),
  };
}

export const COLUMNS = ["region", "condition", "left", "pace", "forecast", "held", "objections", "lastAct"] as const;
export type Column = (typeof COLUMNS)[number];

export interface Sorting {
  readonly by: Column;
  readonly isDown: boolean;
}

/** What each column is sorted by, smallest first; null is last either way. */
const KEYS: Readonly<Record<Column, (child: ChildView) => number | string | null>> = {
  region: ({ region }) => region.name,
  condition: (child) => CONDITIONS.indexOf(conditionOf(child)),
  left: ({ pace }) => pace.stationsLeft,
  pace: ({ pace }) => pace.secondsPerBox,
  forecast: ({ pace }) => pace.forecast,
  held: ({ held }) => held,
  objections: ({ openObjections }) => openObjections,
  lastAct: ({ lastAct }) => lastAct,
};

/** The regions sorted; those that are equal stand by name. */
export function sorted(children: readonly ChildView[], { by, isDown }: Sorting): ChildView[] {
  const key = KEYS[by];
  const byName = (a: ChildView, b: ChildView) => a.region.name.localeCompare(b.region.name, "id");
  return [...children].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return x === y ? byName(a, b) : x === null ? 1 : -1;
    const order = typeof x === "string" || typeof y === "string" ? String(x).localeCompare(String(y), "id") : x - y;
    return (isDown ? -order : order) || byName(a, b);
  });
}

/** The sorting after a press on a column's head: the same column turns about, another begins with what matters in it. */
export function pressed(before: Sorting, by: Column): Sorting {
  if (before.by === by) return { by, isDown: !before.isDown };
  return { by, isDown: by !== "region" && by !== "condition" && by !== "lastAct" };
}

/** How the forecast stands against the deadline. */
export type Against =
  | { readonly is: "unknown" }
  | { readonly is: "in-time" | "late"; readonly by: number }
  | { readonly is: "no-deadline" };

/** Milliseconds by which a forecast is before (or after) the deadline. */
export function against({ pace, deadline }: Pick<OverviewView, "pace" | "deadline">): Against {
  if (deadline === null) return { is: "no-deadline" };
  if (pace.forecast === null) return { is: "unknown" };
  const spare = deadline - pace.forecast;
  return spare >= 0 ? { is: "in-time", by: spare } : { is: "late", by: -spare };
}
