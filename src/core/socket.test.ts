import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { signStatement } from "../ledger/statement.ts";
import { StoreFull } from "../store/store.ts";
import { CoreClient } from "./client.ts";
import { frameOf } from "./frames.ts";
import { serveCore, socketPath } from "./socket.ts";
import { type AppendResult, type Core, CoreAway } from "./submission.ts";
import { keyOf, openWorld, type World } from "./testing.ts";
import { WrittenElsewhere } from "./writers.ts";

const LOG = "pleno/710101";

async function inFolder(run: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "teguh-core-"));
  try {
    await run(socketPath(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function withCore(run: (world: World, client: CoreClient, path: string) => Promise<void>): Promise<void> {
  await inFolder(async (path) => {
    const world = await openWorld();
    const serving = await serveCore(path, world.sequencer);
    const client = new CoreClient(path);
    try {
      await run(world, client, path);
    } finally {
      client.close();
      await serving.close();
    }
  });
}

const pauseIn = ({ sequencer }: World, panel: number | null) =>
  signStatement("teguh/pause/v1", { election: sequencer.standings.genesis?.electionTag ?? "", panel, time: 1 }, [
    keyOf("chair 710101").signer,
  ]);

test("another process appends and sees as the sequencer's own does", async () => {
  await withCore(async (world, client) => {
    const note = pauseIn(world, 0);
    const first = await client.append(LOG, note);
    assert.equal(first.kind, "appended");
    assert.deepEqual(await client.append(LOG, note), { ...first, kind: "duplicate" });
    assert.deepEqual(await client.append(LOG, pauseIn(world, 1), 0), { kind: "moved" });
    assert.equal((await client.see("pleno/7101", LOG)).kind, "appended");
    await assert.rejects(client.append(LOG, new Uint8Array(3)), /StatementError/);
  });
});

test("many at once are each answered with their own", async () => {
  await withCore(async (world, client) => {
    const notes = Array.from({ length: 100 }, (_, panel) => pauseIn(world, panel));
    const results = await Promise.all(notes.map((note) => client.append(LOG, note)));
    const indices = results.map((result) => (result.kind === "appended" ? result.index : -1));
    assert.deepEqual(
      indices.toSorted((a, b) => a - b),
      Array.from({ length: 100 }, (_, i) => i + (indices[0] ?? 0)),
    );
  });
});

test("only the user of the data folder can reach the socket", async () => {
  await withCore(async (_world, _client, path) => assert.equal(statSync(path).mode & 0o777, 0o600));
});

test("what a crash has left at the socket's place is no hindrance", async () => {
  await inFolder(async (path) => {
    writeFileSync(path, "");
    const serving = await serveCore(path, (await openWorld()).sequencer);
    await serving.close();
  });
});

test("where nobody writes the logs, the caller is told so, and is served once somebody does", async () => {
  await inFolder(async (path) => {
    const world = await openWorld();
    const client = new CoreClient(path, 20);
    await assert.rejects(client.append(LOG, pauseIn(world, 0)), CoreAway);
    const serving = await serveCore(path, world.sequencer);
    const patient = new CoreClient(path);
    assert.equal((await patient.append(LOG, pauseIn(world, 0))).kind, "appended");
    await serving.close();
    await assert.rejects(client.append(LOG, pauseIn(world, 1)), CoreAway);
    client.close();
    patient.close();
  });
});

test("what is asked a moment before anybody listens is answered", async () => {
  await inFolder(async (path) => {
    const world = await openWorld();
    const client = new CoreClient(path);
    const early = [0, 1].map((panel) => client.append(LOG, pauseIn(world, panel)));
    const serving = await serveCore(path, world.sequencer);
    for (const result of await Promise.all(early)) assert.equal(result.kind, "appended");
    client.close();
    await serving.close();
  });
});

test("a process that does not answer is not waited for", async () => {
  await inFolder(async (path) => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(path);
    await once(silent, "listening");
    const client = new CoreClient(path, 20);
    await assert.rejects(client.see(LOG, "pleno/71"), (error) => error instanceof CoreAway);
    client.close();
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});

test("a full store, and a log that another place writes, are said to be so on the other side as well", async () => {
  await inFolder(async (path) => {
    const world = await openWorld();
    const refusing: Core = {
      append: () => Promise.reject(new StoreFull("store")),
      see: (log) => Promise.reject(new WrittenElsewhere(log)),
    };
    const serving = await serveCore(path, refusing);
    const client = new CoreClient(path);
    await assert.rejects(client.append(LOG, pauseIn(world, 0)), StoreFull);
    await assert.rejects(
      client.see(LOG, "pleno/71"),
      (error) => error instanceof WrittenElsewhere && error.log === LOG,
    );
    client.close();
    await serving.close();
  });
});

test("who floods is told to come later, and who speaks otherwise is put off the line", async () => {
  await inFolder(async (path) => {
    const never = new Promise<AppendResult>(() => undefined);
    const serving = await serveCore(path, { append: () => never, see: () => never });
    const client = new CoreClient(path, 60_000);
    const asked = Array.from({ length: 257 }, () => client.see(LOG, "pleno/71"));
    await assert.rejects(asked[256] ?? never, /too many/);
    client.close();
    await Promise.allSettled(asked);
    const odd: (object | Buffer)[] = [{ n: 0, call: "write" }, Buffer.from([255, 255, 255, 255])];
    for (const words of odd) {
      const socket = connect(path);
      socket.on("error", () => undefined);
      socket.write(Buffer.isBuffer(words) ? words : frameOf(words));
      await once(socket, "close");
    }
    await serving.close();
  });
});
