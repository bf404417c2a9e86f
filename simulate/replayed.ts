/** The three days beside the same days undisturbed: what must be the same in the end, and what is written of it. */
import assert from "node:assert/strict";
import type { Bali } from "./bali.ts";
import { Invented } from "./invented.ts";
import { page, type Replayed } from "./replay-page.ts";
import { hallsPicture, statementsPicture, votesPicture } from "./replay-picture.ts";
import { disturbed, undisturbed } from "./three-days.ts";

/** Of what docs/REPLAY.md tells. */
export const PAGE = { seed: "2024", stations: 1_020 } as const;

/**
 * Runs both. `hourly` is done at the end of every hour of the disturbed days.
 * @throws AssertionError where anything that must hold does not
 */
export async function replay(
  seed: string,
  stations: number,
  hourly?: (bali: Bali) => Promise<void>,
): Promise<Replayed> {
  const invented = new Invented(seed, stations);
  const course = await disturbed(invented, hourly);
  const orderly = await undisturbed(invented);
  const votes = course.watch.votes();
  assert.deepEqual(votes, orderly.watch.votes(), "both books are those of an undisturbed country");
  // What was read in spite of the halt, and nothing else.
  const inVain = course.inVain === 0 ? [] : [["halted", course.inVain]];
  assert.deepEqual([...course.watch.voids()], inVain, "a halt binds from where it was seen");
  assert.deepEqual([...orderly.watch.voids()], []);
  return { seed, course, orderly, equal: votes.length, accounts: course.watch.accounts() };
}

/** The page and its pictures, by their paths below docs/. */
export function filesOf(replayed: Replayed): ReadonlyMap<string, string> {
  const { course, orderly } = replayed;
  return new Map([
    ["REPLAY.md", page(replayed)],
    ["img/replay-halls.svg", hallsPicture(course)],
    ["img/replay-statements.svg", statementsPicture(course)],
    ["img/replay-votes.svg", votesPicture(course, orderly)],
  ]);
}
