/**
 * The account of a choice in a region between two editions, from the region's two objects alone: each has of every choice the
 * votes, and what corrections ever added and removed; the rest of what was added came from stations that reported first. All
 * three counters only ever grow; one that fell is an alarm.
 */
import { type Choice, type Counters, countersOf, NOTHING } from "../choice.ts";
import { Fault } from "../verify/fault.ts";
import type { Book, ChildRow, ResultObject, RowFigures } from "../verify/objects.ts";

/** An account: closing = opening + first + raised − removed. */
export interface Account {
  readonly opening: number;
  /** Votes of stations that reported for the first time. */
  readonly first: number;
  /** Votes that corrections added, and those that they took away. */
  readonly raised: number;
  readonly removed: number;
  readonly closing: number;
  /** Stations that are posted at the closing and were not at the opening. */
  readonly stations: number;
}

/** The account between two states of the same place; `where` names it in an alarm. Throws {@link Fault} where a counter fell. */
export function accountOf(before: Counters, after: Counters, stations: number, where: string): Account {
  const raised = after.raised - before.raised;
  const removed = after.removed - before.removed;
  const first = after.votes - before.votes - raised + removed;
  for (const [counter, growth] of Object.entries({ first, raised, removed })) {
    if (growth < 0) throw new Fault("counter-fell", where, `${counter} fell by ${-growth}`);
  }
  return { opening: before.votes, first, raised, removed, closing: after.votes, stations };
}

/** Stations that are counted, or read. */
export const postedIn = ({ stations }: RowFigures, book: Book): number =>
  (book === "count" ? stations.posted : stations.read) ?? 0;

/** The account of a region itself. `before`: null if nothing had been reported. */
export function regionAccount(
  before: RowFigures | null,
  after: RowFigures,
  choice: Choice,
  book: Book,
  where: string,
): Account | null {
  const then = before === null ? NOTHING : countersOf(before, choice);
  const now = countersOf(after, choice);
  if (then === null || now === null) return null;
  const stations = postedIn(after, book) - (before === null ? 0 : postedIn(before, book));
  return accountOf(then, now, stations, where);
}

/** A part of a region, with its account; null where rows do not carry the choice. */
export interface Part {
  readonly code: string;
  readonly name: string;
  readonly reported: boolean;
  readonly account: Account | null;
}

/** The accounts of a region's children, from the rows of its two objects: nothing more is fetched for them. */
export function partAccounts(before: ResultObject | null, after: ResultObject, choice: Choice, book: Book): Part[] {
  const then = new Map<string, ChildRow>(before?.children.map((child) => [child.code, child]));
  return after.children.map((child) => {
    const where = `now/${after.contest}/${child.code}.json`;
    const account = regionAccount(then.get(child.code)?.[book] ?? null, child[book], choice, book, where);
    return { code: child.code, name: child.name, reported: child.hash !== null, account };
  });
}
