import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CHALLENGE_LIFE, PASS_PERIODS, PassOffice, PERIOD } from "./pass.ts";

const DEVICE = "00112233445566ff";
const START = 1_900_000_000_000;

function office({ secret = 1, start = START } = {}) {
  let now = start;
  let count = 0;
  const passes = new PassOffice({
    secret: new Uint8Array(32).fill(secret),
    clock: () => now,
    random: () => new Uint8Array(16).fill(++count),
  });
  return { passes, passTime: (ms: number) => (now += ms) };
}

test("a pass names its device and its bucket", () => {
  const { passes } = office();
  const pass = passes.issue(DEVICE);
  assert.deepEqual(passes.check(pass), { device: DEVICE, bucket: pass.slice(0, pass.lastIndexOf(".")) });
});

test("any other character in a pass makes it worthless", () => {
  const { passes } = office();
  const pass = passes.issue(DEVICE);
  fc.assert(
    fc.property(fc.nat(pass.length - 1), fc.constantFrom(..."0123456789abcdefghXYZ_-."), (place, char) => {
      const other = pass.slice(0, place) + char + pass.slice(place + 1);
      assert.equal(passes.check(other) !== null, other === pass);
    }),
  );
});

test("what is not a pass is refused, however long", () => {
  const { passes } = office();
  for (const text of ["", ".", "..", DEVICE, `${DEVICE}.1.`, "x".repeat(4_000), `${passes.issue(DEVICE)}A`]) {
    assert.equal(passes.check(text), null, text.slice(0, 40));
  }
});

test("a pass of another office is forged", () => {
  assert.equal(office().passes.check(office({ secret: 2 }).passes.issue(DEVICE)), null);
});

test("a challenge is not a pass, nor a pass a challenge", () => {
  const { passes } = office();
  assert.equal(passes.check(passes.challenge()), null);
  assert.equal(passes.isOwnChallenge(passes.issue(DEVICE)), false);
});

test("a pass is good for a week, to the period", () => {
  const { passes, passTime } = office();
  const pass = passes.issue(DEVICE);
  passTime(PERIOD * (PASS_PERIODS - 1));
  assert.notEqual(passes.check(pass), null);
  passTime(PERIOD);
  assert.equal(passes.check(pass), null);
});

test("within a period a key has one bucket, in the next a new one", () => {
  const { passes, passTime } = office({ start: PERIOD * 3_000_000 });
  const bucket = () => passes.check(passes.issue(DEVICE))?.bucket;
  const first = bucket();
  passTime(PERIOD - 1);
  assert.equal(bucket(), first);
  passTime(1);
  assert.notEqual(bucket(), first);
});

test("a challenge is good for two minutes, here only, and each is another", () => {
  const { passes, passTime } = office();
  const challenge = passes.challenge();
  assert.notEqual(challenge, passes.challenge());
  assert.equal(office({ secret: 2 }).passes.isOwnChallenge(challenge), false);
  passTime(CHALLENGE_LIFE);
  assert.equal(passes.isOwnChallenge(challenge), true);
  passTime(1);
  assert.equal(passes.isOwnChallenge(challenge), false);
});
