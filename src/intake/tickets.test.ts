/** Promises of places: each its own, at the door's pace, kept for whoever holds them, and forgotten when nobody comes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Tickets } from "./tickets.ts";

function ticketsOf(pace: number) {
  const time = { now: 1_000_000 };
  const tickets = new Tickets({ clock: () => time.now, random: () => 0.5, pace: () => pace });
  return { time, tickets };
}
const draw = (tickets: Tickets, count: number, kind = "phone") =>
  Array.from({ length: count }, (_, i) => tickets.draw(`${kind} ${i}`));

test("ten seconds' work is promised over ten seconds, so many in each", () => {
  const { tickets, time } = ticketsOf(400);
  const seconds = draw(tickets, 4_000);
  assert.equal(seconds[0], 2);
  for (let second = 3; second < 12; second++) assert.equal(seconds.filter((one) => one === second).length, 400);
  time.now += 5_000;
  const next = tickets.draw("somebody else");
  assert.ok(next === 7 || next === 8, `${next}`);
});

test("who draws again has the same number, and moves nobody on", () => {
  const { tickets, time } = ticketsOf(1);
  assert.deepEqual(draw(tickets, 3), [2, 3, 4]);
  for (let i = 0; i < 100; i++) assert.equal(tickets.draw("phone 2"), 4);
  time.now += 1_000;
  assert.deepEqual([tickets.draw("phone 2"), tickets.draw("phone 3")], [3, 4]);
});

test("while places are promised it is the turn of those whose time has come, and of no newcomer", () => {
  const { tickets, time } = ticketsOf(1);
  assert.equal(tickets.isTurnOf("anybody"), true);
  draw(tickets, 4);
  const turns = () => [0, 1, 2, 3].map((i) => tickets.isTurnOf(`phone ${i}`));
  assert.deepEqual([turns(), tickets.isTurnOf("anybody")], [[false, false, false, false], false]);
  time.now += 2_000;
  assert.deepEqual([turns(), tickets.isTurnOf("anybody")], [[true, true, false, false], false]);
  time.now += 3_000;
  assert.deepEqual([turns(), tickets.isTurnOf("anybody")], [[true, true, true, true], true]);
});

test("whoever has come may go on bringing what they have, and it is for those who draw later to wait for that", () => {
  const { tickets, time } = ticketsOf(1);
  draw(tickets, 10);
  time.now += 2_000;
  for (let sheet = 0; sheet < 5; sheet++) {
    assert.equal(tickets.isTurnOf("phone 0"), true);
    tickets.cameIn("phone 0");
    time.now += 500;
  }
  assert.equal(tickets.draw("phone 9"), 7, "what was promised stays");
  assert.equal(tickets.draw("somebody else"), 12, "four places later than it would have been");
  time.now += 3_001;
  assert.equal(tickets.isTurnOf("phone 0"), false, "whoever has gone is a newcomer");
});

test("numbers of those who never come are forgotten, and nobody is promised more than a minute ahead", () => {
  const { tickets, time } = ticketsOf(100);
  assert.equal(Math.max(...draw(tickets, 20_000)), 60 + 60 / 2);
  time.now += 64_000;
  assert.equal(tickets.isTurnOf("anybody"), true);
  assert.equal(tickets.draw("phone 0"), 2);
});

test("whoever goes on bringing sheets for minutes keeps nobody's number in memory", () => {
  const { tickets, time } = ticketsOf(1_000);
  tickets.draw("somebody");
  for (let second = 0; second < 300; second++) {
    time.now += 1_000;
    tickets.cameIn("somebody");
    tickets.draw(`phone ${second}`);
  }
  assert.ok(tickets.size < 10, `${tickets.size}`);
});

test("whoever comes in the second that was meant finds it is their turn, whatever others do meanwhile", () => {
  const comer = fc.record({ after: fc.nat(800), jitter: fc.nat(999) });
  fc.assert(
    fc.property(fc.array(comer, { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (comers, pace) => {
      const { tickets, time } = ticketsOf(pace);
      const coming: { readonly name: string; readonly at: number }[] = [];
      for (const [i, { after, jitter }] of comers.entries()) {
        time.now += after;
        for (const { name } of coming.filter(({ at }) => at <= time.now && at > time.now - after)) {
          // Up to a second after what was asked, and no later than that.
          assert.ok(tickets.isTurnOf(name), name);
        }
        const seconds = tickets.draw(`phone ${i}`);
        if (seconds < 60) coming.push({ name: `phone ${i}`, at: time.now + seconds * 1_000 + jitter });
      }
    }),
  );
});
