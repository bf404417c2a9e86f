/**
 * A stolen pass, abused at twenty times an honest rate for as long as the thief likes, in simulated time: the device's true sheet
 * is in within ten minutes. The device knows nothing of the thief and does only what each answer tells it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { keyOf, ORIGIN, openWorld, STATION, sheetNote, type World } from "../core/testing.ts";
import { utf8 } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";
import { signStatement } from "../ledger/statement.ts";
import type { Answer } from "./answers.ts";
import { Door } from "./door.ts";
import type { RequestHead } from "./head.ts";
import { PassOffice } from "./pass.ts";
import { PASS_TYPE, PassLane } from "./pass-lane.ts";
import { Receipts } from "./receipt.ts";

const TEN_MINUTES = 600;
/** Requests of the thief in a second: an honest phone has some five sheets in all. */
const FLOOD = 20;

interface Place {
  readonly world: World;
  readonly passes: PassOffice;
  readonly passLane: PassLane;
  send(bytes: Uint8Array, pass: string): Promise<Answer>;
  /** The device signs a challenge. */
  renew(oldPass: string): Promise<Answer>;
}

async function openDoor(): Promise<Place> {
  const world = await openWorld();
  const clock = () => world.time.now;
  let nonces = 0;
  const random = () => sha256(utf8(`${++nonces}`)).slice(0, 16);
  const passes = new PassOffice({ secret: new Uint8Array(32).fill(9), clock, random });
  const { sequencer } = world;
  const electionTag = sequencer.standings.genesis?.electionTag ?? "";
  const receipts = new Receipts({ election: ORIGIN, electionTag, seedOf: (origin) => sha256(utf8(origin)), clock });
  const door = new Door({ sequencer, passes, receipts, clock, random: () => 0.5 });
  const passLane = new PassLane({ sequencer, passes, door, clock });
  const headOf = (bytes: Uint8Array, pass: string): RequestHead => ({
    contentLength: String(bytes.length),
    transferEncoding: undefined,
    contentEncoding: undefined,
    authorization: `Teguh ${pass}`,
    patience: undefined,
  });
  return {
    world,
    passes,
    passLane,
    async send(bytes, pass) {
      const admitted = door.admit(headOf(bytes, pass), "sheet");
      if ("refused" in admitted) return admitted.refused;
      const answer = await door.sheet(bytes, admitted.entrant, false);
      door.leave(admitted.entrant);
      return answer;
    },
    async renew(oldPass) {
      const { challenge } = JSON.parse(passLane.challenge().body) as { challenge: string };
      const body = { challenge, election: electionTag, region: STATION, time: world.time.now };
      const note = signStatement(PASS_TYPE, body, [keyOf("phone").signer]);
      const admitted = passLane.admit(headOf(note, oldPass));
      return "refused" in admitted ? admitted.refused : passLane.issue(note, admitted.applicant);
    },
  };
}

/** What the device does, as docs/DOOR.md tells it: after 401 it has its pass replaced, after anything else it waits as it is told. */
class Device {
  pass: string;
  readonly #place: Place;
  readonly #sheet: Uint8Array;

  constructor(place: Place, pass: string) {
    this.#place = place;
    this.#sheet = sheetNote(place.world, { time: 77 });
    this.pass = pass;
  }

  /** Seconds until the next attempt; null: it has the receipt. */
  async attempt(): Promise<number | null> {
    const answer = await this.#place.send(this.#sheet, this.pass);
    if (answer.status === 200) return null;
    if (answer.status !== 401) return answer.retryAfter ?? assert.fail(answer.body);
    const given = await this.#place.renew(this.pass);
    if (given.status !== 200) return given.retryAfter ?? assert.fail(given.body);
    this.pass = (JSON.parse(given.body) as { pass: string }).pass;
    return 0;
  }
}

const theft = fc.record({
  /** Seconds for which the thief has been at it. */
  before: fc.integer({ min: 0, max: 60 }),
  /** Of the thief's requests these many in twenty have a bad signature; the others are the same good sheet again. */
  bad: fc.integer({ min: 0, max: FLOOD }),
  /** Seconds after which the thief has stolen each new pass too; 0: never again. */
  again: fc.constantFrom(0, 2, 30),
});

test("however a stolen pass is abused, the device's own sheet is in within ten minutes", async () => {
  await fc.assert(
    fc.asyncProperty(theft, async ({ before, bad, again }) => {
      const place = await openDoor();
      const { world } = place;
      const stolen = { pass: place.passes.issue(keyOf("phone").short, STATION), at: 0 };
      const device = new Device(place, stolen.pass);
      const forged = sheetNote(world, { time: 5 });
      forged[forged.length - 10] = forged[forged.length - 10] === 0x41 ? 0x42 : 0x41;
      const replayed = sheetNote(world);
      let next = before;
      let seconds = 0;
      for (; seconds < before + TEN_MINUTES; seconds++, world.time.now += 1_000) {
        if (device.pass !== stolen.pass && again > 0 && seconds - stolen.at >= again) stolen.pass = device.pass;
        for (let i = 0; i < FLOOD; i++) await place.send(i < bad ? forged : replayed, stolen.pass);
        while (next !== -1 && next <= seconds) {
          const had = device.pass;
          const wait = await device.attempt();
          if (device.pass !== had) stolen.at = seconds;
          next = wait === null ? -1 : wait === 0 ? next : seconds + wait;
        }
        if (next === -1) break;
      }
      assert.equal(next, -1, "it is in");
      assert.ok(seconds - before < TEN_MINUTES);
    }),
    { numRuns: 25 },
  );
});

test("the thief's pass is worth nothing once the device has a new one", async () => {
  const place = await openDoor();
  const stolen = place.passes.issue(keyOf("phone").short, STATION);
  place.world.time.now += 1_000;
  const given = await place.renew(stolen);
  assert.equal(given.status, 200);
  const answer = await place.send(sheetNote(place.world), stolen);
  assert.equal(answer.status, 401);
});
