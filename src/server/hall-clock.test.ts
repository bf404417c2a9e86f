import assert from "node:assert/strict";
import { test } from "node:test";
import { CentreTime, type ClockSigns, clockDoubt, sayClockDoubt } from "./hall-clock.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2029, 1, 20, 9);

/** A clock that is right, at a hall without a line, on the second day. */
const RIGHT: ClockSigns = {
  now: NOW,
  ahead: null,
  bundled: NOW - 9 * DAY,
  own: NOW - MINUTE,
  elsewhere: [NOW - 10 * DAY, NOW - 3 * DAY],
};

const CASES: readonly [what: string, signs: Partial<ClockSigns>, doubt: string | null, words: RegExp | null][] = [
  ["a right clock", {}, null, null],
  ["no entries yet", { own: null, elsewhere: [] }, null, null],
  ["the centre agrees within minutes", { ahead: 4 * MINUTE }, null, null],
  ["the centre agrees, whatever an entry claims", { ahead: 0, own: NOW + 400 * DAY }, null, null],
  ["an hour ahead of the centre", { ahead: 61 * MINUTE }, "differs", /61 menit lebih cepat/],
  ["three days behind the centre", { ahead: -3 * DAY }, "differs", /3 hari lebih lambat/],
  ["years before the bundle", { now: NOW - 3 * 366 * DAY, own: null }, "early", /2 tahun sebelum/],
  ["before the hall's own last entry", { own: NOW + 10 * MINUTE }, "early", /10 menit sebelum/],
  ["before an entry of the kabupaten", { elsewhere: [NOW + 2 * DAY] }, "early", /2 hari sebelum/],
  ["years after all that is known", { now: NOW + 800 * DAY }, "late", /2 tahun sesudah/],
  [
    "years after, and already stated with it",
    { now: NOW + 800 * DAY, own: NOW + 800 * DAY },
    "late",
    /2 tahun sesudah/,
  ],
  ["two weeks after the bundle", { now: NOW + 14 * DAY }, null, null],
];

for (const [what, signs, kind, words] of CASES) {
  test(`a clock: ${what}: ${kind ?? "no doubt"}`, () => {
    const doubt = clockDoubt({ ...RIGHT, ...signs });
    assert.equal(doubt?.kind ?? null, kind);
    if (doubt === null || words === null) return;
    const { id, en } = sayClockDoubt(doubt);
    assert.match(id, words);
    assert.match(id, /Betulkan tanggal dan jamnya/);
    assert.match(en, /Set date and time right/);
  });
}

test("the centre's time holds for a minute and a half by either clock, so neither sleep nor a clock that is set makes a doubt", () => {
  let now = NOW;
  let elapsed = 0;
  const time = new CentreTime(
    () => now,
    () => elapsed,
  );
  assert.equal(time.ahead, null);
  time.hear(NOW - 2 * MINUTE);
  assert.equal(time.ahead, 2 * MINUTE);
  now += 8 * 60 * MINUTE;
  assert.equal(time.ahead, null, "the lid was closed");
  now = NOW - 400 * DAY;
  assert.equal(time.ahead, null, "the clock was set back");
  now = NOW;
  elapsed = 2 * MINUTE;
  assert.equal(time.ahead, null, "the line is gone");
});
