import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import type { StationCode } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import { signStatement } from "../ledger/statement.ts";
import { openMemoryStore } from "../store/memory.ts";
import { StoreFull } from "../store/store.ts";
import { CoreClient, type CoreClientOptions } from "./client.ts";
import { RepeatedStatement } from "./hand-over.ts";
import { type Served, serveCore, socketPath } from "./socket.ts";
import { type AppendResult, CoreAway } from "./submission.ts";
import { keyOf, openWorld, sheetNote, submissionOf, type World } from "./testing.ts";
import { asksFrame, grownFrame, MOST_ASKS } from "./wire.ts";
import { WrittenElsewhere } from "./writers.ts";

const LOG = "pleno/710101";

/** The sequencer, some of whose answers are a test's. */
const servedAs = ({ sequencer }: World, change: Partial<Served>): Served => ({
  standings: sequencer.standings,
  append: (...args) => sequencer.append(...args),
  see: (...args) => sequencer.see(...args),
  sequence: (...args) => sequencer.sequence(...args),
  watch: (...args) => sequencer.watch(...args),
  mirror: (...args) => sequencer.mirror(...args),
  ...change,
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

/** What a test has opened: closed after it, however it ends. */
const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "teguh-core-"));
  open.push(() => rmSync(folder, { recursive: true }));
  return socketPath(folder);
}

async function serve(path: string, core: Served) {
  const serving = await serveCore(path, core);
  open.push(() => serving.close());
  return serving;
}

function newClient(path: string, options: CoreClientOptions = {}): CoreClient {
  const client = new CoreClient(path, options);
  open.push(() => client.close());
  return client;
}

async function openCore(): Promise<{ world: World; client: CoreClient; path: string }> {
  const path = newPath();
  const world = await openWorld();
  await serve(path, world.sequencer);
  return { world, client: newClient(path), path };
}

const pauseIn = ({ sequencer }: World, panel: number | null) =>
  signStatement("teguh/pause/v1", { election: sequencer.standings.genesis?.electionTag ?? "", panel, time: 1 }, [
    keyOf("chair 710101").signer,
  ]);

test("another process appends and sees as the sequencer's own does", async () => {
  const { world, client } = await openCore();
  const note = pauseIn(world, 0);
  const first = await client.append(LOG, note);
  assert.equal(first.kind, "appended");
  assert.deepEqual(await client.append(LOG, note), { ...first, kind: "duplicate" });
  assert.deepEqual(await client.append(LOG, pauseIn(world, 1), 0), { kind: "moved" });
  assert.equal((await client.see("pleno/7101", LOG)).kind, "appended");
  await assert.rejects(client.append(LOG, new Uint8Array(3)), /StatementError/);
});

test("many at once are each answered with their own", async () => {
  const { world, client } = await openCore();
  const notes = Array.from({ length: 100 }, (_, panel) => pauseIn(world, panel));
  const results = await Promise.all(notes.map((note) => client.append(LOG, note)));
  const indices = results.map((result) => (result.kind === "appended" ? result.index : -1));
  assert.deepEqual(
    indices.toSorted((a, b) => a - b),
    Array.from({ length: 100 }, (_, i) => i + (indices[0] ?? 0)),
  );
});

test("only the user of the data folder can reach the socket", async () => {
  const { path } = await openCore();
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("what a crash has left at the socket's place is no hindrance", async () => {
  const path = newPath();
  writeFileSync(path, "");
  await serve(path, (await openWorld()).sequencer);
});

test("sheets handed in together are placed, found again, told of their betters and refused as by the sequencer itself", async () => {
  const { world, client } = await openCore();
  await world.grant("other", "7101012001002", "station");
  const [first, second] = [sheetNote(world), sheetNote(world, { votes: [1, 2, 3] })];
  const notes = [
    submissionOf(first),
    submissionOf(first),
    submissionOf(second, "latest"),
    submissionOf(sheetNote(world, {}, "other")),
    submissionOf(sheetNote(world, {}, "nobody")),
  ];
  const answers = await client.sequence(notes);
  const [placed, , conflict] = answers;
  assert.ok(placed?.kind === "appended" && conflict?.kind === "conflict");
  assert.deepEqual(answers[1], { ...placed, kind: "duplicate" });
  assert.deepEqual(conflict.latest, { id: toHex(placed.id), index: placed.index });
  assert.deepEqual(
    answers.slice(3).map((answer) => [answer.kind, "faults" in answer ? answer.faults[0]?.path : "why" in answer]),
    [
      ["refused", "station"],
      ["later", true],
    ],
  );
  const kinds = (await world.sequencer.sequence(notes)).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["duplicate", "duplicate", "conflict", "refused", "later"]);
});

test("nobody's word is taken for whose sheet it is: what the caller has read in it does not count", async () => {
  const { world, client } = await openCore();
  const honest = submissionOf(sheetNote(world));
  await world.grant("other", "7101012001002", "station");
  const foreign = submissionOf(sheetNote(world, {}, "other"));
  const lie = { ...foreign, facts: honest.facts };
  const [result] = await client.sequence([lie]);
  assert.equal(result?.kind, "refused");
  const nowhere = submissionOf(sheetNote(world, { station: "9999999999001" as StationCode }));
  await assert.rejects(client.sequence([nowhere]), /NotASheet|no sheet of a place/);
  await assert.rejects(client.sequence([{ ...honest, bytes: pauseIn(world, 0) }]), /no sheet of a place/);
});

test("an act that its signer has not signed is not appended, whoever asks", async () => {
  const { world, client } = await openCore();
  const { size } = (await world.store.head(LOG)) ?? { size: 0 };
  const forged = pauseIn(world, 0);
  const at = forged.length - 10;
  forged[at] = forged[at] === 0x41 ? 0x42 : 0x41;
  const body = { election: world.sequencer.standings.genesis?.electionTag ?? "", panel: null, time: 1 };
  const stranger = signStatement("teguh/pause/v1", body, [keyOf("stranger").signer]);
  for (const note of [forged, stranger]) await assert.rejects(client.append(LOG, note), { name: "NotSigned" });
  assert.equal((await world.store.head(LOG))?.size, size);
});

test("entries of another writer are mirrored in their order, from where the log ends, and one that repeats itself is named", async () => {
  const { world, client } = await openCore();
  const { size: from } = (await world.store.head(LOG)) ?? { size: 0 };
  const entries = Array.from({ length: 1_200 }, (_, panel) => pauseIn(world, panel));
  const last = from + entries.length - 1;
  const result = await client.mirror(LOG, from, entries);
  assert.ok(result.kind === "appended" && result.index === last);
  assert.deepEqual(await world.store.read(LOG, from, last + 1), entries);
  assert.deepEqual(await client.mirror(LOG, from, entries.slice(0, 1)), { kind: "moved" });
  await assert.rejects(
    client.mirror(LOG, last + 1, entries.slice(0, 1)),
    (error) => error instanceof RepeatedStatement && error.index === last + 1,
  );
});

test("where nobody writes the logs, the caller is told so, and is served once somebody does", async () => {
  const path = newPath();
  const world = await openWorld();
  const client = newClient(path, { deadline: 20 });
  await assert.rejects(client.append(LOG, pauseIn(world, 0)), CoreAway);
  const serving = await serve(path, world.sequencer);
  const patient = newClient(path);
  assert.equal((await patient.append(LOG, pauseIn(world, 0))).kind, "appended");
  await serving.close();
  await assert.rejects(client.append(LOG, pauseIn(world, 1)), CoreAway);
  patient.close();
  await assert.rejects(patient.append(LOG, pauseIn(world, 1)), CoreAway);
});

test("what is asked a moment before anybody listens is answered", async () => {
  const path = newPath();
  const world = await openWorld();
  const client = newClient(path);
  const early = [0, 1].map((panel) => client.append(LOG, pauseIn(world, panel)));
  await serve(path, world.sequencer);
  for (const result of await Promise.all(early)) assert.equal(result.kind, "appended");
});

for (const greets of [false, true]) {
  const what = greets ? "hangs with what it was asked" : "never says that it is at work";
  test(`a process that ${what} is not waited for, and is known to be away`, async () => {
    const path = newPath();
    const silent = createServer((socket) => {
      open.push(() => void socket.destroy());
      if (greets) socket.write(grownFrame([]));
    }).listen(path);
    open.push(() => void silent.close());
    await once(silent, "listening");
    const client = newClient(path, { deadline: 40, patience: 5 });
    assert.equal(client.isAway, false, "it has had no time yet");
    const asked = client.see(LOG, "pleno/71");
    asked.catch(() => undefined);
    await until(() => client.isAway);
    await assert.rejects(asked, CoreAway);
  });
}

test("a full store, and a log that another place writes, are said to be so on the other side as well", async () => {
  const path = newPath();
  const world = await openWorld();
  const refusing = servedAs(world, {
    append: () => Promise.reject(new StoreFull("store")),
    see: (log) => Promise.reject(new WrittenElsewhere(log)),
    sequence: () => Promise.reject(new StoreFull("store")),
  });
  await serve(path, refusing);
  const client = newClient(path);
  await assert.rejects(client.append(LOG, pauseIn(world, 0)), StoreFull);
  await assert.rejects(client.sequence([submissionOf(sheetNote(world))]), StoreFull);
  await assert.rejects(client.see(LOG, "pleno/71"), (error) => error instanceof WrittenElsewhere && error.log === LOG);
});

test("one connection's frames are taken one at a time, and another connection does not wait for them", async () => {
  const path = newPath();
  const world = await openWorld();
  const asked: string[] = [];
  const held = Promise.withResolvers<AppendResult>();
  await serve(
    path,
    servedAs(world, {
      see(log) {
        asked.push(log);
        return log === LOG ? held.promise : Promise.resolve({ kind: "moved" });
      },
    }),
  );
  const [eager, calm] = [newClient(path), newClient(path)];
  const first = eager.see(LOG, "pleno/71");
  await until(() => asked.length === 1);
  const second = eager.see("pleno/7101", "pleno/71");
  assert.deepEqual(await calm.see("pleno/71", "pleno/0"), { kind: "moved" });
  assert.deepEqual(asked, [LOG, "pleno/71"]);
  held.resolve({ kind: "moved" });
  await Promise.all([first, second]);
  assert.equal(asked.at(-1), "pleno/7101");
});

test("who asks for more than can wait is told to come later, and who speaks otherwise is put off the line", async () => {
  const path = newPath();
  const world = await openWorld();
  const never = new Promise<AppendResult>(() => undefined);
  await serve(path, servedAs(world, { see: () => never }));
  const client = newClient(path, { deadline: 60_000 });
  const asked = Array.from({ length: 8_193 }, () => client.see(LOG, "pleno/71"));
  await assert.rejects(asked[8_192] ?? never, /too many/);
  client.close();
  await Promise.allSettled(asked);
  const see = { kind: "see", log: LOG, other: LOG } as const;
  const tooMany = asksFrame(Array.from({ length: MOST_ASKS + 1 }, () => see));
  const unknown = Buffer.from([0, 0, 0, 1, 9]);
  const cut = Buffer.from([0, 0, 0, 1, 1]);
  for (const words of [unknown, cut, tooMany, Buffer.from([255, 255, 255, 255])]) {
    const socket = connect(path);
    socket.on("error", () => undefined);
    socket.resume();
    socket.write(words);
    await once(socket, "close");
  }
});

test("a process that was taken over says so once it would append, and the other one is asked from then on", async () => {
  const path = newPath();
  const replaced = Promise.withResolvers<void>();
  const world = await openWorld(openMemoryStore(), replaced.resolve);
  const serving = await serve(path, world.sequencer);
  let connected = 0;
  const client = newClient(path, { onGrown: (logs) => (connected += logs === null ? 1 : 0) });
  assert.equal((await client.append(LOG, pauseIn(world, 0))).kind, "appended");
  const next = await world.restart();
  await assert.rejects(client.append(LOG, pauseIn(world, 1)), CoreAway);
  await replaced.promise;
  await serving.close();
  await serve(path, next);
  await until(() => connected === 2);
  assert.equal((await client.append(LOG, pauseIn(world, 1))).kind, "appended");
});
