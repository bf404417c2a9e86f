import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, ORIGIN } from "../core/testing.ts";
import { plenoLog, type RegionCode } from "../election/codes.ts";
import { utf8 } from "../ledger/bytes.ts";
import { parseCheckpoint, signCheckpoint } from "../ledger/checkpoint.ts";
import { parseNote } from "../ledger/note.ts";
import { signStatement } from "../ledger/statement.ts";
import { leafHash } from "../ledger/tree.ts";
import { Answerer } from "./answerer.ts";
import { type Chunk, makeChunk } from "./chunk.ts";
import { Leader } from "./leader.ts";
import { writingTrouble } from "./may-write.ts";
import {
  converse,
  copyOf,
  HALL_LOG,
  handedOver,
  handTo,
  Laptop,
  originKey,
  PARENT_LOG,
  type Place,
  pause,
  REGION,
  sizes,
} from "./testing.ts";
import { TreeHashes } from "./tree-hashes.ts";

const hallSize = async ({ store }: Place) => (await store.head(HALL_LOG))?.size ?? 0;

/** A chunk of entries of anybody's invention, under a checkpoint by the key of a word. */
async function forged(place: Place, word: string, add: readonly Uint8Array[]): Promise<Chunk> {
  const tree = new TreeHashes();
  const entries = [...(await place.store.read(HALL_LOG, 0, 99)), ...add];
  for (const entry of entries) tree.push(leafHash(entry));
  const key = originKey(word, HALL_LOG);
  const checkpoint = signCheckpoint({ origin: key.name, size: tree.size, root: tree.root() }, [key]);
  const from = entries.length - add.length;
  return makeChunk({ log: HALL_LOG, from, checkpoint, size: tree.size }, tree, add);
}

test("a laptop that rewrites its log is found out: where the histories part, and both signatures, are kept", async () => {
  const { centre, machine, laptop } = await handedOver();
  const before = await copyOf(machine.medium);
  for (const panel of [1, 2, 3]) await pause(laptop, panel);
  await converse(laptop, centre);
  const kept = await centre.store.read(HALL_LOG, 0, 99);
  const rewritten = await machine.open(before);
  for (const panel of [1, 4, 5, 6, 7]) await pause(rewritten, panel);
  const { complete, troubles } = await converse(rewritten, centre);
  assert.equal(complete, false);
  assert.deepEqual(troubles, [{ log: HALL_LOG, reason: "fork", index: 6 }]);
  const forks = await centre.replica.evidence.forks();
  const found = forks.find(({ index }) => index === 6);
  assert.ok(found);
  const said = (note: string) => parseCheckpoint(parseNote(utf8(note)).text).size;
  assert.deepEqual([said(found.ours), said(found.theirs)], [8, 10]);
  assert.deepEqual(await centre.store.read(HALL_LOG, 0, 99), kept, "nothing was merged");
  const again = await converse(rewritten, centre);
  assert.equal(again.complete, false);
  assert.equal((await centre.replica.evidence.forks()).length, forks.length, "and it is kept once");
});

test("where two long histories part is found, however far that is from where it was noticed", async () => {
  const { centre, machine, laptop } = await handedOver();
  for (let panel = 0; panel < 300; panel++) await pause(laptop, panel);
  const before = await copyOf(machine.medium);
  for (let panel = 300; panel < 600; panel++) await pause(laptop, panel);
  await converse(laptop, centre);
  const rewritten = await machine.open(before);
  for (let panel = 1_000; panel < 1_310; panel++) await pause(rewritten, panel);
  const { troubles } = await converse(rewritten, centre);
  assert.deepEqual(troubles, [{ log: HALL_LOG, reason: "fork", index: 305 }]);
  const indices = (await centre.replica.evidence.forks()).map(({ index }) => index);
  assert.ok(indices.includes(305));
});

test("two checkpoints of one size are a fork, even without an entry", async () => {
  const { centre, machine, laptop } = await handedOver();
  const before = await copyOf(machine.medium);
  await pause(laptop, 1);
  await converse(laptop, centre);
  const other = await machine.open(before);
  await pause(other, 2);
  assert.equal(await hallSize(other), await hallSize(centre));
  const { troubles } = await converse(other, centre);
  assert.equal(troubles[0]?.reason, "fork");
  assert.notDeepEqual(await centre.replica.evidence.forks(), []);
  assert.notDeepEqual(await other.replica.evidence.forks(), [], "the laptop sees it as well");
});

test("of two machines that claim custody the one that was named last is right, and the other's is kept apart", async () => {
  const { world, centre, laptop } = await handedOver();
  await pause(laptop, 1);
  await converse(laptop, centre);
  await handTo(world, "second", 2);
  const second = await new Laptop(world, "second").open();
  await converse(second, centre);
  for (const panel of [10, 11, 12, 13]) await pause(second, panel);
  for (const panel of [2, 3]) await pause(laptop, panel);
  const handedAt = (await centre.store.head(HALL_LOG))?.size ?? 0;
  await converse(second, centre);
  const { troubles } = await converse(laptop, centre);
  assert.ok(troubles.every(({ reason }) => reason === "replaced"));
  assert.deepEqual(await centre.replica.apart(), [{ log: HALL_LOG, epoch: 1, size: handedAt + 2 }]);
  assert.deepEqual(await centre.store.read(HALL_LOG, 0, 99), await second.store.read(HALL_LOG, 0, 99));
  assert.deepEqual(await centre.replica.evidence.forks(), []);
  const lost = await laptop.store.read(HALL_LOG, handedAt, 99);
  assert.deepEqual(await centre.replica.evidence.entries(HALL_LOG, 1, handedAt, handedAt, 99), lost);
  await converse(laptop, centre);
  assert.equal((await centre.replica.apart())[0]?.size, handedAt + 2, "twice is once");
  await assert.rejects(pause(laptop, 9), { name: "WrittenElsewhere" });
});

test("the log of another kecamatan is not taken for this one, nor a log that is not kept here", async () => {
  const { world, centre, laptop } = await handedOver();
  const elsewhere = plenoLog("720101" as RegionCode);
  const key = originKey("laptop", elsewhere);
  const checkpoint = signCheckpoint({ origin: key.name, size: 0, root: new TreeHashes().root() }, [key]);
  const nothing = makeChunk({ log: elsewhere, from: 0, checkpoint, size: 0 }, new TreeHashes(), []);
  assert.deepEqual(await laptop.replica.take(nothing), { kind: "refused", reason: "not-here", index: null });
  assert.deepEqual(await centre.replica.take(nothing), { kind: "refused", reason: "unknown-writer", index: null });
  const renamed = { ...nothing, log: HALL_LOG };
  assert.deepEqual(await centre.replica.take(renamed), { kind: "refused", reason: "unknown-writer", index: null });
  assert.equal(world.model.origin, ORIGIN);
});

test("a stranger's checkpoint, and a piece that its checkpoint does not cover, bring nothing in", async () => {
  const { centre, laptop } = await handedOver();
  await pause(laptop, 1);
  const before = await sizes(centre);
  const entries = await laptop.store.read(HALL_LOG, 4, 6);
  const byStranger = await forged(centre, "stranger", entries);
  assert.deepEqual(await centre.replica.take(byStranger), { kind: "refused", reason: "unknown-writer", index: null });
  const chunk = await laptop.replica.chunkFrom(HALL_LOG, 4);
  assert.ok(chunk);
  const altered = { ...chunk, entries: [...chunk.entries.slice(0, -1), utf8("other")] };
  assert.deepEqual(await centre.replica.take(altered), { kind: "refused", reason: "does-not-prove", index: null });
  assert.deepEqual(await sizes(centre), before);
});

test("a statement that nobody has signed does not come in, though the log's writer vouches for it", async () => {
  const mallory = keyOf("mallory").signer;
  const chair = keyOf("chair 710101").signer;
  const forgery = { ...mallory, name: chair.name };
  const said = (election: string, signer: typeof mallory) =>
    signStatement("teguh/pause/v1", { election, panel: 2, time: 1 }, [signer]);
  const cases = [
    ["bad-signature", (tag: string) => said(tag, forgery)],
    ["unknown-key", (tag: string) => said(tag, mallory)],
    ["other-election", () => said("0".repeat(32), chair)],
    ["malformed", () => utf8("not a note")],
  ] as const;
  for (const [reason, entry] of cases) {
    const { world, centre } = await handedOver();
    const size = await hallSize(centre);
    const tag = world.sequencer.standings.genesis?.electionTag ?? "";
    const taken = await centre.replica.take(await forged(centre, "laptop", [entry(tag)]));
    assert.deepEqual(taken, { kind: "refused", reason, index: size });
    assert.equal(await hallSize(centre), size);
  }
});

test("a statement that is in the log already breaks it from there on", async () => {
  const { centre, laptop } = await handedOver();
  await pause(laptop, 1);
  await converse(laptop, centre);
  const size = await hallSize(centre);
  const [again] = await centre.store.read(HALL_LOG, size - 1, size);
  assert.ok(again);
  const taken = await centre.replica.take(await forged(centre, "laptop", [again]));
  assert.deepEqual(taken, { kind: "refused", reason: "repeated", index: size });
});

test("what names a history that is not here does not come in: not yet, or never", async () => {
  const { world, centre } = await handedOver();
  const { signer } = keyOf("laptop");
  const election = world.sequencer.standings.genesis?.electionTag ?? "";
  const seen = (size: number) =>
    signStatement("teguh/seen/v1", { election, log: PARENT_LOG, root: "0".repeat(64), size, time: 1 }, [signer]);
  const size = await hallSize(centre);
  const early = await centre.replica.take(await forged(centre, "laptop", [seen(99)]));
  assert.deepEqual(early, { kind: "waiting", size, needs: { log: PARENT_LOG, size: 99 } });
});

test("an old copy that was put back is recognised, and catches up before it goes on", async () => {
  const { centre, machine, laptop } = await handedOver();
  await pause(laptop, 1);
  await converse(laptop, centre);
  const old = await copyOf(machine.medium);
  await pause(laptop, 2);
  await pause(laptop, 3);
  await converse(laptop, centre);
  const restored = await machine.open(old);
  const size = await hallSize(laptop);
  assert.equal(await restored.replica.promised(HALL_LOG), size, "its own word, kept apart from the logs, tells");
  const { complete } = await converse(restored, centre);
  assert.equal(complete, true);
  assert.equal(await restored.replica.promised(HALL_LOG), null);
  await pause(restored, 4);
  await converse(restored, centre);
  assert.deepEqual(await centre.store.read(HALL_LOG, 0, 99), await restored.store.read(HALL_LOG, 0, 99));
  assert.deepEqual(await centre.replica.evidence.forks(), []);
});

test("a laptop that was put back, whatever it kept, knows so before the first piece of a conversation comes in", async () => {
  const { world, centre, machine, laptop } = await handedOver();
  const old = await copyOf(machine.medium);
  for (const panel of [1, 2]) await pause(laptop, panel);
  await converse(laptop, centre);
  await world.grant("other chair", "7102", "chair");
  const restored = await new Laptop(world, "laptop").open(old);
  assert.equal(await writingTrouble(restored, HALL_LOG), null);
  const known: unknown[] = [];
  const take = restored.replica.take.bind(restored.replica);
  restored.replica.take = async (chunk) => {
    known.push(await writingTrouble(restored, HALL_LOG));
    return take(chunk);
  };
  await converse(restored, centre);
  assert.ok(known.length > 1);
  assert.equal(known[0], "behind", "what comes from above would have it write in the place of its own word");
  assert.equal(await writingTrouble(restored, HALL_LOG), null);
  assert.deepEqual(await centre.replica.evidence.forks(), []);
});

test("a centre that has less than it once signed is named", async () => {
  const { centre, laptop } = await handedOver();
  const leader = new Leader({ replica: laptop.replica, region: REGION });
  const [heads] = await new Answerer({ replica: centre.replica }).answer(await leader.next());
  assert.ok(heads?.kind === "heads");
  const logs = heads.logs.map((one) => (one.log === "pleno/71" ? { ...one, size: 1, root: "0".repeat(64) } : one));
  await leader.hear([{ ...heads, logs }]);
  assert.deepEqual((await leader.outcome()).withheld, ["pleno/71"]);
});
