/**
 * Passes and challenges: what they are worth, where, and for how long.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";
import { hmacSha256 } from "./mac.ts";
import { CHALLENGE_LIFE, EPOCH, epochOf, PASS_LIFE, PassOffice, passKey, passSecret } from "./pass.ts";

const DEVICE = "00112233445566ff";
const PLACE = "7101012001001";
const START = 1_900_000_000_000;

function office({ secret = 1, start = START } = {}) {
  let now = start;
  let count = 0;
  const passes = new PassOffice({
    secret: new Uint8Array(32).fill(secret),
    clock: () => now,
    random: () => new Uint8Array(16).fill(++count),
  });
  return { passes, now: () => now, passTime: (ms: number) => (now += ms) };
}

test("a pass names its device, the place of its grant, its bucket and when it was issued", () => {
  const { passes, now } = office();
  const pass = passes.issue(DEVICE, PLACE);
  const bucket = pass.slice(0, pass.lastIndexOf("."));
  assert.deepEqual(passes.check(pass), { device: DEVICE, place: PLACE, bucket, issued: Math.floor(now() / 1000) });
});

test("a pass that was checked before ends with its time all the same, and with a newer one", () => {
  const { passes, passTime } = office();
  const pass = passes.issue(DEVICE, PLACE);
  assert.notEqual(passes.check(pass), null);
  passTime(PASS_LIFE + 1_000);
  assert.equal(passes.check(pass), null);
  const later = passes.issue(DEVICE, PLACE);
  assert.notEqual(passes.check(later), null);
  passTime(1_000);
  passes.issue(DEVICE, PLACE);
  assert.deepEqual([passes.check(later), passes.genuine(later) === null], [null, false]);
});

test("any other character in a pass makes it worthless", () => {
  const { passes } = office();
  const pass = passes.issue(DEVICE, PLACE);
  fc.assert(
    fc.property(fc.nat(pass.length - 1), fc.constantFrom(..."0123456789abcdefghXYZ_-."), (place, char) => {
      const other = pass.slice(0, place) + char + pass.slice(place + 1);
      assert.equal(passes.check(other) !== null, other === pass);
    }),
  );
});

test("what is not a pass is refused, however long", () => {
  const { passes } = office();
  const pass = passes.issue(DEVICE, PLACE);
  for (const text of ["", ".", "..", DEVICE, `${DEVICE}.1.`, "x".repeat(4_000), `${pass}A`, pass.slice(0, -1)]) {
    assert.equal(passes.check(text), null, text.slice(0, 40));
  }
});

test("a pass of another office is forged", () => {
  assert.equal(office().passes.check(office({ secret: 2 }).passes.issue(DEVICE, PLACE)), null);
});

test("every place has a secret of its own", () => {
  const seedOf = (origin: string) => sha256(utf8(origin));
  const [one, other] = ["door", "second"].map((node) => passSecret(seedOf, "contoh.example/2029", node));
  assert.notDeepEqual(one, other);
});

test("a challenge is not a pass, nor a pass a challenge", () => {
  const { passes } = office();
  assert.equal(passes.check(passes.challenge()), null);
  assert.equal(passes.isOpenChallenge(passes.issue(DEVICE, PLACE)), false);
});

test("a pass is good for a week, in the epoch of its issue and the next", () => {
  fc.assert(
    fc.property(fc.nat(EPOCH), (into) => {
      const { passes, passTime } = office({ start: 3_000 * EPOCH + into });
      const pass = passes.issue(DEVICE, PLACE);
      passTime(PASS_LIFE - 1_000);
      assert.notEqual(passes.check(pass), null);
      passTime(1_000);
      assert.equal(passes.check(pass), null);
    }),
  );
});

test("the key of one epoch makes the passes of that epoch and of no other", () => {
  const secret = new Uint8Array(32).fill(1);
  const { passes, now, passTime } = office({ start: 3_000 * EPOCH });
  const forge = (time: number) => {
    const text = `${DEVICE}.${PLACE}.${Math.floor(time / 1_000).toString(36)}`;
    return `${text}.${hmacSha256(passKey(secret, 3_000))(`teguh/pass\n${text}`).slice(0, 24)}`;
  };
  assert.equal(epochOf(now()), 3_000);
  assert.equal(forge(now()), passes.issue(DEVICE, PLACE));
  passTime(EPOCH);
  assert.equal(passes.check(forge(now())), null);
});

test("a new pass ends those that the device had before, and nobody else's", () => {
  const { passes, passTime } = office();
  const [old, neighbour] = [passes.issue(DEVICE, PLACE), passes.issue("ff".repeat(8), PLACE)];
  passTime(1_000);
  const fresh = passes.issue(DEVICE, PLACE);
  assert.deepEqual(
    [old, fresh, neighbour].map((pass) => passes.check(pass) !== null),
    [false, true, true],
  );
  assert.notEqual(passes.genuine(old), null, "it was issued here all the same");
  assert.notEqual(passes.check(fresh)?.bucket, passes.genuine(old)?.bucket);
});

test("a pass that was ended stays so for as long as it would have been good", () => {
  const { passes, passTime } = office();
  const old = passes.issue(DEVICE, PLACE);
  passTime(1_000);
  passes.issue(DEVICE, PLACE);
  for (let day = 0; day < 7; day++) {
    passTime(86_000_000);
    passes.issue(`${day}`.repeat(16), PLACE);
    assert.equal(passes.check(old), null, `day ${day}`);
  }
});

test("a challenge is good for two minutes, here only, once, and each is another", () => {
  const { passes, passTime } = office();
  const challenge = passes.challenge();
  const answered = passes.challenge();
  assert.notEqual(challenge, answered);
  assert.equal(office({ secret: 2 }).passes.isOpenChallenge(challenge), false);
  passes.issue(DEVICE, PLACE, answered);
  passTime(CHALLENGE_LIFE);
  passes.issue(DEVICE, PLACE, passes.challenge());
  assert.deepEqual([passes.isOpenChallenge(challenge), passes.isOpenChallenge(answered)], [true, false]);
  passTime(1);
  assert.equal(passes.isOpenChallenge(challenge), false);
});
