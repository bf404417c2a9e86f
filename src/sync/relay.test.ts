import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, ORIGIN, STATION, sheetNote, submissionOf, TPS_LOG, type World } from "../core/testing.ts";
import { fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import { openBody, parseStatement, signStatement } from "../ledger/statement.ts";
import type { SheetAnswer } from "./messages.ts";
import { Relay } from "./relay.ts";
import { converse, firstKey, genesisOf, HALL_LOG, handedOver, originKey, type Place } from "./testing.ts";

const open = ({ replica, own }: Place) =>
  Relay.open({ replica, own, log: TPS_LOG, signer: originKey("laptop", HALL_LOG), clock: () => 1 });

/** The receipt for a sheet that is handed in. */
async function heldIn(relay: Relay, note: Uint8Array): Promise<string> {
  const answer = await relay.hold(note);
  assert.ok("receipt" in answer);
  return answer.receipt;
}

/** A receipt by the key of the log of sheets at the centre, or by another. */
function receiptOf(world: World, id: Uint8Array, index: number, signer = firstKey(TPS_LOG)): string {
  const body = { election: genesisOf(world).electionTag, id: toHex(id), index, log: TPS_LOG, time: 1 };
  return fromUtf8(signStatement("teguh/receipt/v1", body, [signer]));
}

/** What the centre answers to relayed sheets; `lie`: it promises without storing. */
function centreTakes(world: World, lie = false) {
  const taken: string[] = [];
  const sheets = async (notes: readonly Uint8Array[]): Promise<SheetAnswer[]> => {
    const answers: SheetAnswer[] = [];
    for (const note of notes) {
      const { id } = parseStatement(note);
      taken.push(toHex(id));
      const [result] = lie ? [] : await world.sequencer.sequence([submissionOf(note)]);
      const index = result !== undefined && "index" in result ? result.index : 0;
      answers.push({ id: toHex(id), receipt: receiptOf(world, id, index) });
    }
    return answers;
  };
  return { sheets, taken };
}

const bodyOf = (receipt: string) => openBody(parseStatement(utf8(receipt)));

test("a sheet that is held here has a receipt without a place, and the centre's once it has one; sent on once", async () => {
  const { world, centre, laptop } = await handedOver();
  const relay = await open(laptop);
  const note = sheetNote(world);
  const held = await heldIn(relay, note);
  assert.deepEqual([bodyOf(held).log, bodyOf(held).index], [TPS_LOG, undefined]);
  assert.equal(parseStatement(utf8(held)).signatures[0]?.name, `${ORIGIN}/log/${HALL_LOG}`);
  await relay.hold(note);
  assert.equal(relay.waiting, 1, "twice is one");
  const { sheets, taken } = centreTakes(world);
  const { complete } = await converse(laptop, centre, { relay, sheets });
  assert.equal(complete, true);
  await converse(laptop, centre, { relay, sheets });
  assert.equal(taken.length, 1);
  const receipt = await heldIn(relay, note);
  assert.equal(typeof bodyOf(receipt).index, "number");
  assert.equal(bodyOf(receipt).id, toHex(parseStatement(note).id));
});

test("what is held outlives the process, so does the centre's answer", async () => {
  const { world, centre, laptop } = await handedOver();
  const note = sheetNote(world);
  await (await open(laptop)).hold(note);
  const again = await open(laptop);
  assert.equal(again.waiting, 1);
  await converse(laptop, centre, { relay: again, sheets: centreTakes(world).sheets });
  assert.equal((await open(laptop)).waiting, 0);
});

test("what the centre has refused for good is refused to whoever hands it in again, and is not sent on", async () => {
  const { world, laptop } = await handedOver();
  const relay = await open(laptop);
  const note = sheetNote(world);
  await relay.hold(note);
  await relay.settle([{ id: toHex(parseStatement(note).id), refused: ["key-revoked"] }]);
  assert.equal(relay.waiting, 0);
  const again = await relay.hold(note);
  assert.deepEqual("refused" in again && again.refused, ["key-revoked"]);
});

test("the newest sheet of a station that is held here is found by its place, also after a start", async () => {
  const { world, laptop } = await handedOver();
  const relay = await open(laptop);
  const [first, second] = [sheetNote(world), sheetNote(world, { time: 2 })];
  for (const note of [first, second]) await relay.hold(note);
  for (const one of [relay, await open(laptop)]) {
    assert.deepEqual(await one.sheetOf(STATION, "ppwp"), second);
    assert.equal(await one.sheetOf(STATION, "dpr"), null);
  }
});

test("a receipt for another sheet, or by another key, is none", async () => {
  const { world, laptop } = await handedOver();
  const relay = await open(laptop);
  const note = sheetNote(world);
  await relay.hold(note);
  const { id } = parseStatement(note);
  const forged = receiptOf(world, id, 0, { ...keyOf("mallory").signer, name: firstKey(TPS_LOG).name });
  const other = receiptOf(world, new Uint8Array(32), 0);
  for (const receipt of [forged, other, "not a receipt"]) await relay.settle([{ id: toHex(id), receipt }]);
  assert.equal(relay.waiting, 1);
});

test("a centre that has promised a place and gives it to something else is evidence against itself", async () => {
  const { world, centre, laptop } = await handedOver();
  const relay = await open(laptop);
  const note = sheetNote(world);
  await relay.hold(note);
  await converse(laptop, centre, { relay, sheets: centreTakes(world, true).sheets });
  assert.equal(relay.waiting, 0);
  await world.sequencer.sequence([submissionOf(sheetNote(world, { contest: "ppwp", time: 2 }))]);
  await converse(laptop, centre, { relay });
  const [fork] = await laptop.replica.evidence.forks();
  assert.equal(fork?.log, TPS_LOG);
  assert.equal(fork?.index, 0);
  assert.match(fork?.ours ?? "", /^teguh\/receipt\/v1/);
  assert.match(fork?.theirs ?? "", new RegExp(`^${ORIGIN}/log/${TPS_LOG}\n`));
});
