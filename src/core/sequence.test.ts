import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StationCode } from "../election/codes.ts";
import type { SheetBody } from "../election/sheet.ts";
import { decodeBody } from "../election/statements.ts";
import { toHex } from "../ledger/bytes.ts";
import { asHash } from "../ledger/hash.ts";
import { parseStatement, signStatement } from "../ledger/statement.ts";
import { type Fault, MemoryMedium, openMemoryStore } from "../store/memory.ts";
import { StaleEpoch, StoreFull, StoreUnusable } from "../store/store.ts";
import { Tally } from "../tally/fold.ts";
import { MAX_RIVALS } from "../tally/sheets.ts";
import type { SequenceResult } from "./submission.ts";
import { keyOf, openWorld, STATION, sheetNote, submissionOf, TPS_LOG, type World } from "./testing.ts";

const idOf = (note: Uint8Array) => asHash(toHex(parseStatement(note).id));

async function send(world: World, change: Partial<SheetBody>, { word = "phone", latest = false } = {}) {
  const note = sheetNote(world, change, word);
  const [result] = await world.sequencer.sequence([submissionOf(note, latest ? "latest" : undefined)]);
  assert.ok(result !== undefined);
  return { note, result, id: idOf(note) };
}

/** One word for a result, for tables. */
function wordFor(result: SequenceResult): string {
  if (result.kind === "refused") return result.faults.map(({ code }) => code).join(" ");
  if (result.kind === "later") return `later: ${result.why.code}`;
  return result.kind;
}

async function typesIn(world: World, log: string): Promise<string[]> {
  const entries = await world.store.read(log, 0, 100);
  return entries.map((bytes) => {
    const { type, body } = parseStatement(bytes);
    if (type !== "teguh/seen/v1") return type.split("/")[1] ?? "";
    const seen = decodeBody("seen", body);
    return `seen ${seen.log} ${seen.size}`;
  });
}

test("before its first sheet a log says how much of its plenaries it has seen", async () => {
  const world = await openWorld();
  await send(world, {});
  assert.deepEqual(await typesIn(world, TPS_LOG), [
    "seen pleno/0 3",
    "seen pleno/71 2",
    "seen pleno/7101 3",
    "seen pleno/710101 4",
    "sheet",
  ]);
});

test("it says so again only when one of them has moved, also after a restart", async () => {
  const world = await openWorld();
  await send(world, {});
  await send(world, { contest: "ppwp", time: 1 });
  await world.grant("other phone", "7101012001002", "station");
  const restarted = { ...world, sequencer: await world.restart() };
  await send(restarted, { station: "7101012001002" as StationCode }, { word: "other phone" });
  assert.deepEqual((await typesIn(world, TPS_LOG)).slice(4), ["sheet", "sheet", "seen pleno/710101 5", "sheet"]);
});

test("whatever the sequencer appends, the fold finds no fault in it", async () => {
  const world = await openWorld();
  const { id } = await send(world, {});
  await send(world, { previous: id, votes: [101, 60, 40] });
  await send(world, { time: 5 });
  const tally = new Tally({ definition: () => world.model });
  const { entries } = await world.store.changes(0, 1_000);
  for (const { log, bytes } of entries) tally.add(log, bytes);
  assert.deepEqual([...tally.voids()], []);
  assert.deepEqual(tally.blocked(), []);
  assert.equal(toHex(tally.current(STATION, 0)?.id ?? new Uint8Array()), await latestId(world));
});

async function latestId(world: World): Promise<string> {
  const { result } = await send(world, { previous: asHash("0".repeat(64)), time: 77 }, { latest: true });
  assert.equal(result.kind, "conflict");
  return result.kind === "conflict" ? (result.latest?.id ?? "") : "";
}

test("who may send a sheet", async () => {
  const world = await openWorld();
  await world.grant("revoked", STATION, "station");
  await world.revoke("revoked", "710101");
  await world.grant("neighbour", "7101012001002", "station");
  await world.grant("observer", "710101", "observer");
  await world.grant("operator", "710101", "operator");
  const expected: Record<string, string> = {
    phone: "appended",
    operator: "appended",
    stranger: "later: key-unknown",
    revoked: "key-revoked",
    neighbour: "D",
    observer: "key-role",
  };
  for (const [word, outcome] of Object.entries(expected)) {
    const { result } = await send(world, { time: word.length }, { word });
    assert.equal(wordFor(result), outcome, word);
  }
});

test("a key that is revoked above the log that granted it is revoked", async () => {
  const world = await openWorld();
  await world.revoke("phone", "71");
  assert.equal(wordFor((await send(world, {})).result), "key-revoked");
});

test("an unknown key is let in once its grant has arrived", async () => {
  const world = await openWorld();
  const early = await send(world, {}, { word: "late" });
  assert.equal(wordFor(early.result), "later: key-unknown");
  await world.grant("late", STATION, "station");
  const [again] = await world.sequencer.sequence([submissionOf(early.note)]);
  assert.equal(again?.kind, "appended");
});

test("the same sheet again has the place that it had", async () => {
  const world = await openWorld();
  const first = await send(world, {});
  const second = await send(world, {});
  assert.deepEqual(second.result, { ...first.result, kind: "duplicate" });
});

test("who insists on the latest is told of it before anything is appended", async () => {
  const world = await openWorld();
  const first = await send(world, {}, { latest: true });
  assert.equal(first.result.kind, "appended");
  const blind = await send(world, { votes: [1, 2, 3] }, { latest: true });
  assert.deepEqual(blind.result.kind === "conflict" && blind.result.latest?.id, first.id);
  const seeing = await send(world, { votes: [1, 2, 3], previous: first.id }, { latest: true });
  assert.equal(seeing.result.kind, "appended");
  assert.equal((await world.store.head(TPS_LOG))?.size, 6);
});

test("of two who name the same latest at once, one is told of the other", async () => {
  const world = await openWorld();
  const notes = [sheetNote(world, { time: 1 }), sheetNote(world, { time: 2 })];
  const results = await world.sequencer.sequence(notes.map((note) => submissionOf(note, "latest")));
  assert.deepEqual(
    results.map(({ kind }) => kind),
    ["appended", "conflict"],
  );
});

test("a correction sent right behind its sheet, in the same batch, is a correction", async () => {
  const world = await openWorld();
  const first = sheetNote(world, {});
  const next = sheetNote(world, { previous: idOf(first), votes: [1, 2, 3] });
  const results = await world.sequencer.sequence([submissionOf(first, "latest"), submissionOf(next, "latest")]);
  assert.deepEqual(
    results.map(({ kind }) => kind),
    ["appended", "appended"],
  );
});

test("after an annulment there is no current sheet", async () => {
  const world = await openWorld();
  const { id } = await send(world, {});
  await world.sequencer.write(TPS_LOG, "annul", { reason: "lost-device", sheet: id }, [keyOf("chair 710101").signer]);
  const blind = await send(world, { previous: id, time: 1 }, { latest: true });
  assert.deepEqual(blind.result, { kind: "conflict", latest: null });
  assert.equal((await send(world, { time: 2 }, { latest: true })).result.kind, "appended");
});

test("a revocation that undoes what the key sent leaves no current sheet, once the log has seen it", async () => {
  const world = await openWorld();
  const { id } = await send(world, {});
  await world.grant("new phone", STATION, "station");
  await world.revoke("phone", "710101", true);
  await send(world, { station: "7101012001002" as StationCode }, { word: "phone" });
  await world.grant("operator", "710101", "operator");
  await send(world, { station: "7101012001002" as StationCode }, { word: "operator" });
  const blind = await send(world, { previous: id, time: 1 }, { word: "new phone", latest: true });
  assert.deepEqual(blind.result, { kind: "conflict", latest: null });
});

test("a key has eight rivals at a station, other keys theirs, and a correction is always let in", async () => {
  const world = await openWorld();
  await world.grant("operator", "710101", "operator");
  const { id } = await send(world, {});
  for (let i = 1; i <= MAX_RIVALS; i++) assert.equal((await send(world, { time: i })).result.kind, "appended");
  assert.equal(wordFor((await send(world, { time: 99 })).result), "too-many-rivals");
  assert.equal((await send(world, { time: 5 })).result.kind, "duplicate");
  assert.equal((await send(world, { time: 99 }, { word: "operator" })).result.kind, "appended");
  assert.equal((await send(world, { time: 100, previous: id })).result.kind, "appended");
});

test("before the definition nothing is let in, and the sender may come back", async () => {
  const world = await openWorld();
  const other = await openWorldWithoutElection();
  const [result] = await other.sequence([submissionOf(sheetNote(world))]);
  assert.equal(result && wordFor(result), "later: no-election");
});

async function openWorldWithoutElection() {
  const { Sequencer } = await import("./sequence.ts");
  const definition = () => assert.fail("no definition is in force");
  return Sequencer.open({ store: openMemoryStore(), definition, centre: keyOf("centre").signer, clock: () => 0 });
}

test("a full store is said to be full, nothing is lost, and the same sheet enters once there is room", async () => {
  await failing("full", StoreFull, (kind) => assert.equal(kind, "appended"));
});

test("a write that failed can be repeated, whether it had happened or not", async () => {
  await failing("not-stored", StoreUnusable, (kind) => assert.equal(kind, "appended"));
  await failing("stored", StoreUnusable, (kind) => assert.equal(kind, "duplicate"));
});

async function failing(fault: Fault, error: new (...args: never[]) => Error, check: (kind: string) => void) {
  const medium = new MemoryMedium();
  const next: { fault: Fault | null } = { fault: null };
  const world = await openWorld(openMemoryStore(medium, { fault: () => next.fault }));
  const submission = submissionOf(sheetNote(world));
  next.fault = fault;
  await assert.rejects(world.sequencer.sequence([submission]), error);
  next.fault = null;
  const [again] = await world.sequencer.sequence([submission]);
  check(again?.kind ?? "");
  const types = await typesIn(world, TPS_LOG);
  assert.equal(types.filter((type) => type === "sheet").length, 1);
}

test("a sequencer that was replaced appends nothing more", async () => {
  const world = await openWorld();
  await world.restart();
  await assert.rejects(world.sequencer.sequence([submissionOf(sheetNote(world))]), StaleEpoch);
});

test("many at once share an append, and each has its own answer", async () => {
  const world = await openWorld();
  let appends = 0;
  const { append } = world.store;
  world.store.append = (entries, epoch) => {
    appends++;
    return append.call(world.store, entries, epoch);
  };
  await world.grant("operator", "710101", "operator");
  appends = 0;
  const notes = ["7101012001001", "7101012001002", "7101012001003", "7101012002001", "7101012002002"].map((station) =>
    sheetNote(world, { station: station as StationCode }, "operator"),
  );
  const results = await Promise.all(notes.map((note) => world.sequencer.sequence([submissionOf(note)])));
  assert.deepEqual(
    results.map(([result]) => result?.kind === "appended" && toHex(result.id)),
    notes.map(idOf),
  );
  assert.equal(appends, 1);
});

test("in whatever order versions come, the latest that is named is the fold's current sheet", async () => {
  // Each step names the current sheet, an old one, or none; `expect: latest` then tells what is current.
  const step = fc.constantFrom("current", "first", "none");
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const world = await openWorld();
      const ids: string[] = [];
      for (const [i, names] of steps.entries()) {
        const previous =
          names === "none" || ids.length === 0 ? null : names === "first" ? ids[0] : await latestId(world);
        const { result, id } = await send(world, {
          time: 1_000 + i,
          previous: previous == null ? null : asHash(previous),
        });
        if (result.kind === "appended") ids.push(id);
      }
      const tally = new Tally({ definition: () => world.model });
      for (const { log, bytes } of (await world.store.changes(0, 1_000)).entries) tally.add(log, bytes);
      assert.equal(await latestId(world), toHex(tally.current(STATION, 0)?.id ?? new Uint8Array()));
    }),
    { numRuns: 30 },
  );
});

test("what was judged by a log of another size is not appended, but what the log must have seen is", async () => {
  const world = await openWorld();
  const { sequencer } = world;
  const pause = (panel: number) => signStatement("teguh/pause/v1", { ...NOW, election: tagOf(world), panel }, [chair]);
  const chair = keyOf("chair 710101").signer;
  const log = "pleno/710101";
  const sizeOf = async () => (await world.store.head(log))?.size;
  const before = (await sizeOf()) ?? 0;
  await world.grant("other chair", "710101", "chair");
  assert.deepEqual(await sequencer.append(log, pause(0), before), { kind: "moved" });
  assert.equal(await sizeOf(), before + 1, "it has seen the grant above");
  const [first, second] = await Promise.all([1, 2].map((panel) => sequencer.append(log, pause(panel), before + 1)));
  assert.deepEqual([first?.kind, second?.kind], ["appended", "moved"]);
  assert.equal((await sequencer.append(log, pause(1))).kind, "duplicate");
});

test("a log says of another once how far it knows it", async () => {
  const world = await openWorld();
  const { sequencer } = world;
  await send(world, {});
  const see = () => sequencer.see("pleno/710101", TPS_LOG);
  assert.equal((await see()).kind, "appended");
  assert.equal((await see()).kind, "duplicate");
  await world.grant("other chair", "710101", "chair");
  assert.equal((await sequencer.see("pleno/710101", "pleno/7101")).kind, "appended");
  const types = await typesIn(world, "pleno/710101");
  assert.deepEqual(types.slice(-2), ["seen tps/710101 5", "seen pleno/7101 4"], "a plenary above is not named twice");
  const sightOfNothing = sequencer.see("pleno/710101", "tps/710102");
  await assert.rejects(sightOfNothing, RangeError);
});

const NOW = { time: 1_865_000_000_000 };
const tagOf = ({ sequencer }: World): string => sequencer.standings.genesis?.electionTag ?? "";
