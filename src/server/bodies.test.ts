/**
 * Bodies that come slowly.
 */
import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { Bodies, GRACE, isTooSlow, LEAST_RATE } from "./bodies.ts";

test("a body is waited for as long as it keeps up, after a grace", () => {
  const cases: [number, number, boolean][] = [
    [0, GRACE, false],
    [0, GRACE + 1, true],
    [LEAST_RATE, GRACE + 1_000, false],
    [LEAST_RATE - 1, GRACE + 1_000, true],
    [2 ** 20, 500_000, false],
  ];
  for (const [received, after, expected] of cases) assert.equal(isTooSlow(received, after), expected, `${after} ms`);
});

function bodyOf() {
  const time = { now: 0 };
  const bodies = new Bodies(() => time.now);
  const stream = new PassThrough();
  return { time, bodies, stream, read: bodies.read(stream as unknown as IncomingMessage) };
}

test("a body that comes in pieces is put together", async () => {
  const { stream, read } = bodyOf();
  stream.write("one ");
  stream.end("two");
  assert.equal(Buffer.from((await read) as Uint8Array).toString(), "one two");
});

test("a body that stops half-way is given up, one whose sender is gone is over", async () => {
  const slow = bodyOf();
  slow.stream.write("x");
  slow.bodies.look();
  slow.time.now = GRACE + 1;
  slow.bodies.look();
  assert.equal(await slow.read, "slow");
  const gone = bodyOf();
  gone.stream.destroy();
  assert.equal(await gone.read, "gone");
});
