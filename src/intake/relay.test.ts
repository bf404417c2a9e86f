/** The door where two places share the work: one hands sheets on for which no device stands surety, one holds what it may not append. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ORIGIN, openWorld, sheetNote, TPS_LOG, type World } from "../core/testing.ts";
import { utf8 } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";
import { openBody, parseStatement } from "../ledger/statement.ts";
import { type Answer, textOf } from "./answers.ts";
import { Door, type DoorOptions, type Hold } from "./door.ts";
import { PassOffice } from "./pass.ts";
import { Receipts } from "./receipt.ts";

type More = Pick<DoorOptions, "hold" | "limits">;

async function openDoor(more: More = {}): Promise<{ world: World; door: Door }> {
  const world = await openWorld();
  return { world, door: doorOf(world, more) };
}

function doorOf(world: World, more: More = {}): Door {
  const clock = () => world.time.now;
  const { sequencer } = world;
  const electionTag = sequencer.standings.genesis?.electionTag ?? "";
  const passes = new PassOffice({ secret: new Uint8Array(32), clock, random: () => new Uint8Array(16) });
  const receipts = new Receipts({ election: ORIGIN, electionTag, seedOf: (origin) => sha256(utf8(origin)), clock });
  return new Door({ sequencer, passes, receipts, clock, random: () => 0.5, ...more });
}

const statuses = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status);
const codesIn = ({ body }: Answer): string[] =>
  (JSON.parse(body) as { faults: { code: string }[] }).faults.map(({ code }) => code);
const sizeOf = async ({ store }: World): Promise<number> => (await store.head(TPS_LOG))?.size ?? 0;

/** The same with another signature. */
function forged(note: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(note);
  copy[copy.length - 10] = copy[copy.length - 10] === 0x41 ? 0x42 : 0x41;
  return copy;
}

test("sheets that another place hands on are judged by their own signatures, each for itself", async () => {
  const { world, door } = await openDoor();
  const good = sheetNote(world);
  const answers = await door.relayed([good, forged(sheetNote(world, { time: 2 })), utf8("nothing"), good]);
  assert.deepEqual(statuses(answers), [200, 400, 400, 200]);
  assert.equal(answers[3]?.body, answers[0]?.body);
});

test("however many of them are forged, the next good one is taken: no device could be made to answer for them", async () => {
  const { world, door } = await openDoor();
  const bad = Array.from({ length: 50 }, (_, time) => forged(sheetNote(world, { time })));
  assert.deepEqual(new Set(statuses(await door.relayed(bad))), new Set([400]));
  assert.deepEqual(statuses(await door.relayed([sheetNote(world)])), [200]);
});

test("what another place hands on has its own room, and is asked to come back where that is full", async () => {
  const { world, door } = await openDoor({ limits: { lanes: { sheet: 9, sync: 2, renewal: 9, pass: 9 } } });
  const notes = Array.from({ length: 5 }, (_, time) => sheetNote(world, { time }));
  const answers = await door.relayed(notes);
  assert.deepEqual(statuses(answers), [200, 200, 503, 503, 503]);
  assert.ok(answers.slice(2).every(({ retryAfter = 0 }) => retryAfter > 0));
});

test("a place that does not write the logs holds a good sheet, and gives the receipt that it can give", async () => {
  const held: Uint8Array[] = [];
  const hold: Hold = async (note) => ({ receipt: `held ${held.push(note)}` });
  const { world, door } = await openDoor({ hold });
  const before = await sizeOf(world);
  const good = sheetNote(world);
  const [answer, bad] = await door.relayed([good, forged(sheetNote(world, { time: 2 }))]);
  assert.deepEqual([answer?.status, answer?.body, bad?.status], [200, "held 1", 400]);
  assert.deepEqual(held, [good]);
  assert.equal(await sizeOf(world), before);
});

test("what was refused where the log is written is refused where it is held, for the same reasons", async () => {
  const { world, door } = await openDoor({ hold: async () => ({ refused: ["key-revoked", "too-many-rivals"] }) });
  const [answer] = await door.relayed([sheetNote(world)]);
  assert.equal(answer?.status, 403);
  assert.deepEqual(answer && codesIn(answer), ["key-revoked", "too-many-rivals"]);
});

test("a place that only holds promises no place in the log, even of a sheet that it has a copy of there", async () => {
  const { world, door } = await openDoor({ hold: async () => ({ receipt: "held" }) });
  const writer = doorOf(world);
  const note = sheetNote(world);
  const [stored] = await writer.relayed([note]);
  assert.equal(typeof openBody(parseStatement(utf8(stored === undefined ? "" : textOf(stored)))).index, "number");
  await world.revoke("phone", "710101");
  assert.deepEqual(statuses(await doorOf(world).relayed([note])), [200]);
  assert.deepEqual(statuses(await door.relayed([note])), [403]);
});
