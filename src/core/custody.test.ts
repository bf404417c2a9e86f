import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeBody } from "../election/statements.ts";
import { toHex } from "../ledger/bytes.ts";
import { vkeyOf } from "../ledger/note.ts";
import { parseStatement, shortKey, signStatement } from "../ledger/statement.ts";
import { openMemoryStore } from "../store/memory.ts";
import type { LogName, Store } from "../store/store.ts";
import { Tally } from "../tally/fold.ts";
import { scopeOf } from "../tally/scope.ts";
import { RepeatedStatement } from "./hand-over.ts";
import { Sequencer } from "./sequence.ts";
import type { AppendResult } from "./submission.ts";
import { keyOf, ORIGIN, openWorld, sheetNote, submissionOf, type World } from "./testing.ts";
import { WrittenElsewhere } from "./writers.ts";

const LOG = "pleno/710101";
const REGION = LOG.slice(6) as Parameters<typeof scopeOf>[0];
const ABOVE = ["pleno/0", "pleno/71", "pleno/7101"];

/** Hands the log to the key of a word, by the parent's chair, at the size that it has at the centre or at another. */
async function hand(world: World, word: string, epoch: number, size?: number): Promise<AppendResult> {
  const head = await world.store.head(LOG);
  const vkey = vkeyOf(`${ORIGIN}/log/${LOG}`, keyOf(word).signer.publicKey);
  const body = {
    epoch,
    log: LOG,
    root: toHex(head?.root() ?? new Uint8Array(32)),
    size: size ?? head?.size ?? 0,
    vkey,
  };
  return world.sequencer.write("pleno/7101", "custody", body, [keyOf("chair 7101").signer]);
}

/** A laptop with the logs that it needs as they are at the centre, and the key of a word. */
async function laptop(world: World, word: string): Promise<{ store: Store; sequencer: Sequencer }> {
  const store = openMemoryStore();
  const sequencer = await Sequencer.open({
    store,
    definition: () => world.model,
    centre: keyOf(`${word} alone`).signer,
    logKey: () => keyOf(word).signer,
    scope: scopeOf(REGION),
    clock: () => world.time.now,
  });
  await fetchInto(sequencer, store, world, [...ABOVE, LOG]);
  return { store, sequencer };
}

/** Brings over what the centre has more of some logs, in the order in which it came: an entry after all that it names. */
async function fetchInto(sequencer: Sequencer, store: Store, world: World, logs: readonly LogName[]): Promise<void> {
  for (const { log, index, bytes } of (await world.store.changes(0, 10_000)).entries) {
    const size = (await store.head(log))?.size ?? 0;
    if (logs.includes(log) && index === size) await sequencer.mirror(log, index, [bytes]);
  }
}

const pause = (sequencer: Sequencer, panel: number) =>
  sequencer.write(LOG, "pause", { panel }, [keyOf("chair 710101").signer]);

/** Entries of the log that are `seen`: of which log, and by whose key. */
async function sights(store: Store): Promise<string[]> {
  const found = [];
  for (const bytes of await store.read(LOG, 0, 1_000)) {
    const { type, body, signatures } = parseStatement(bytes);
    if (type !== "teguh/seen/v1") continue;
    const by = shortKey(signatures[0]?.name ?? "");
    const who = ["centre", "laptop", "second laptop"].find((word) => keyOf(word).short === by);
    found.push(`${decodeBody("seen", body).log} by ${who}`);
  }
  return found;
}

test("a log that was handed to a laptop is written there, which begins with what it has seen of the parent", async () => {
  const world = await openWorld();
  assert.equal((await hand(world, "laptop", 1)).kind, "appended");
  await assert.rejects(pause(world.sequencer, 1), WrittenElsewhere);
  await world.grant("chair of more", "72", "chair");
  const { store, sequencer } = await laptop(world, "laptop");
  assert.equal(await sequencer.writes(LOG), true);
  assert.equal(await sequencer.writes("pleno/7101"), false);
  assert.equal((await pause(sequencer, 1)).kind, "appended");
  const seen = await sights(store);
  assert.deepEqual(seen.slice(-2), ["pleno/7101 by laptop", "pleno/0 by laptop"]);
  const size = (await world.store.head(LOG))?.size ?? 0;
  await world.sequencer.mirror(LOG, size, await store.read(LOG, size, 1_000));
  assert.deepEqual(await faultsAt(world), []);
});

test("what is asked of the new writer first may be that it has seen its parent", async () => {
  const world = await openWorld();
  await hand(world, "laptop", 1);
  await world.grant("chair of more", "72", "chair");
  const { store, sequencer } = await laptop(world, "laptop");
  assert.equal((await sequencer.see(LOG, "pleno/7101")).kind, "appended");
  assert.deepEqual((await sights(store)).slice(-2), ["pleno/7101 by laptop", "pleno/0 by laptop"]);
});

test("a log is handed over as it stands: a custody that names another state is not appended", async () => {
  const world = await openWorld();
  const size = (await world.store.head(LOG))?.size ?? 0;
  assert.equal((await hand(world, "laptop", 1, size - 1)).kind, "moved");
  const [handed, paused] = await Promise.all([hand(world, "laptop", 1), pause(world.sequencer, 1)]);
  assert.deepEqual([handed.kind, paused.kind], ["moved", "appended"]);
  assert.equal((await hand(world, "laptop", 1)).kind, "appended");
});

test("a laptop that hears of its replacement stops, and the next one goes on where the centre stands", async () => {
  const world = await openWorld();
  await hand(world, "laptop", 1);
  const lost = await laptop(world, "laptop");
  await pause(lost.sequencer, 1);
  await hand(world, "second laptop", 2);
  const second = await laptop(world, "second laptop");
  await pause(second.sequencer, 2);
  await fetchInto(lost.sequencer, lost.store, world, ["pleno/7101"]);
  await assert.rejects(pause(lost.sequencer, 3), WrittenElsewhere);
  assert.equal((await sights(second.store)).at(-1), "pleno/7101 by second laptop");
  const from = (await world.store.head(LOG))?.size ?? 0;
  await world.sequencer.mirror(LOG, from, await second.store.read(LOG, from, 1_000));
  assert.deepEqual(await faultsAt(world), []);
});

test("sheets are refused, with what to do, where their log is written elsewhere", async () => {
  const world = await openWorld();
  const { store, sequencer } = await laptop(world, "laptop");
  const [result] = await sequencer.sequence([submissionOf(sheetNote(world))]);
  assert.equal(result?.kind === "refused" && result.faults[0]?.code, "written-elsewhere");
  assert.equal(await store.head("tps/710101"), null);
});

test("entries of another writer come where they belong, and a statement that comes twice breaks its log", async () => {
  const world = await openWorld();
  const { store, sequencer } = await laptop(world, "laptop");
  const [first] = await store.read(LOG, 0, 1);
  assert.ok(first);
  const { size = 0 } = (await store.head(LOG)) ?? {};
  const next = signStatement("teguh/pause/v1", { election: "0".repeat(32), panel: 1, time: 1 }, [keyOf("x").signer]);
  assert.deepEqual(await sequencer.mirror(LOG, 0, [first]), { kind: "moved" });
  await assert.rejects(sequencer.mirror(LOG, size, [first, next]), RepeatedStatement);
  assert.equal((await store.head(LOG))?.size, size, "nor does anything after it come in at its place");
});

async function faultsAt(world: World) {
  const tally = new Tally({ definition: () => world.model });
  const { entries } = await world.store.changes(0, 10_000);
  tally.addAll(entries);
  assert.deepEqual(tally.blocked(), []);
  return tally.voids();
}
