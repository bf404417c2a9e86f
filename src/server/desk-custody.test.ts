import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, ORIGIN } from "../core/testing.ts";
import type { RegionCode } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import { asHash } from "../ledger/hash.ts";
import { vkeyOf } from "../ledger/note.ts";
import type { Said } from "../recap/wire/sign.ts";
import { type Fixture, KEC, withDesk } from "./testing/desk.ts";

const HALL = "7101" as RegionCode;
const CHAIR = `chair ${HALL}`;
const LOG = `pleno/${KEC}`;
const keyFor = (word: string, log = LOG) => vkeyOf(`${ORIGIN}/log/${log}`, keyOf(word).signer.publicKey);

/** The hand-over of the kecamatan's log to a laptop, where it stands. */
async function handOver({ world }: Fixture, change: Partial<Said<"custody">> = {}): Promise<Said<"custody">> {
  const head = await world.store.head(LOG);
  assert.ok(head);
  const stands = { size: head.size, root: asHash(toHex(head.root())) };
  return { log: LOG, ...stands, epoch: 1, vkey: keyFor("a laptop"), ...change };
}

/** States a hand-over in the kabupaten's hall; the answer's status and reason. */
async function state(fixture: Fixture, body: Said<"custody">, word = CHAIR): Promise<string> {
  const device = fixture.device();
  assert.equal((await device.signIn(word, HALL)).status, 200);
  const answer = await device.ask("POST", `/api/halls/${HALL}/statements`, fixture.note("custody", body, word));
  return `${answer.status} ${answer.body.reason ?? ""}`;
}

test("a log is handed to a laptop where it stands, and then to another, but not to who writes it already", async () => {
  await withDesk(async (fixture) => {
    assert.equal(await state(fixture, await handOver(fixture)), "200 ");
    assert.equal(await fixture.world.sequencer.writes(LOG), false);
    assert.equal(await state(fixture, await handOver(fixture, { epoch: 2 })), "409 same-writer");
    assert.equal(await state(fixture, await handOver(fixture, { epoch: 2, vkey: keyFor("another") })), "200 ");
  });
});

test("refused, and nothing is appended: a log that has grown, a wrong turn, a key of something else, another's log, no chair", async () => {
  await withDesk(async (fixture) => {
    const { world } = fixture;
    await world.grant("member 7101", HALL, "member");
    const before = (await world.store.head(`pleno/${HALL}`))?.size;
    const { size } = await handOver(fixture);
    assert.equal(await state(fixture, await handOver(fixture, { size: size - 1 })), "409 moved-on");
    assert.equal(await state(fixture, await handOver(fixture, { root: asHash("0".repeat(64)) })), "409 moved-on");
    assert.equal(await state(fixture, await handOver(fixture, { epoch: 2 })), "409 moved-on");
    assert.equal(await state(fixture, await handOver(fixture, { vkey: "no-key" })), "409 no-key");
    assert.equal(await state(fixture, await handOver(fixture, { vkey: keyFor("x", "pleno/710102") })), "409 no-key");
    const elsewhere = { log: "pleno/720101", vkey: keyFor("x", "pleno/720101") };
    assert.equal(await state(fixture, await handOver(fixture, elsewhere)), "409 no-authority");
    assert.equal(await state(fixture, await handOver(fixture), "member 7101"), "409 no-authority");
    assert.equal((await world.store.head(`pleno/${HALL}`))?.size, before);
  });
});

test("a desk that may not write says why before anything is judged", async () => {
  const words = { id: "Belum.", en: "Not yet." };
  await withDesk(
    async (fixture) => {
      const before = await fixture.size();
      const device = await fixture.signedIn(`chair ${KEC}`);
      const { status, body } = await fixture.say(device, "pause", { panel: null }, `chair ${KEC}`);
      assert.deepEqual([status, body.reason, body.message], [409, "no-custody", words]);
      assert.equal(await fixture.size(), before);
    },
    () => ({ hindrance: async () => ({ reason: "no-custody", message: words }) }),
  );
});
