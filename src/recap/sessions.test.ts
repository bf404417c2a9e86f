/** Sessions over a lid that was closed, and over a clock that was set. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { RegionCode } from "../election/codes.ts";
import { IDLE, Sessions } from "./sessions.ts";

const HALL = "510303" as RegionCode;
const HOUR = 60 * 60_000;
const YEAR = 365 * 24 * HOUR;

let now: number;
let sessions: Sessions;
let count: number;
beforeEach(() => {
  now = Date.UTC(2029, 1, 20);
  count = 0;
  sessions = new Sessions({ clock: () => now, random: (length) => new Uint8Array(length).fill(++count) });
});

test("whoever was signed in when the lid was closed is signed out when it is opened, the room's screen is not", () => {
  const { token } = sessions.signIn(null, HALL, "a");
  const screen = sessions.project(sessions.link(HALL));
  now += IDLE - 1;
  assert.notEqual(sessions.get(token), null);
  now += 8 * HOUR;
  assert.equal(sessions.get(token), null);
  assert.notEqual(sessions.get(screen?.token ?? null), null);
});

test("a clock that is set back does not make a session last for years, nor one that is set ahead bring it back", () => {
  const { token } = sessions.signIn(null, HALL, "a");
  now -= YEAR;
  assert.equal(sessions.get(token), null);
  now += YEAR;
  assert.equal(sessions.get(token), null, "it has ended");
  const screen = sessions.project(sessions.link(HALL));
  now -= 2 * YEAR;
  assert.equal(sessions.get(screen?.token ?? null), null);
});

test("a deed makes the session last on from there, and a challenge is answered once and in time", () => {
  const session = sessions.signIn(null, HALL, "a");
  now += IDLE - 1;
  assert.equal(sessions.touch(session).until, now + IDLE);
  const [late, used] = [sessions.challenge(), sessions.challenge()];
  assert.deepEqual([sessions.redeem(used), sessions.redeem(used)], [true, false]);
  now += HOUR;
  assert.equal(sessions.redeem(late), false);
});
