import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { RemoteSequencer } from "./remote.ts";
import { serveCore, socketPath } from "./socket.ts";
import { keyOf, openWorld, STATION, sheetNote, submissionOf, TPS_LOG, type World } from "./testing.ts";

interface Scene {
  readonly world: World;
  readonly remote: RemoteSequencer;
  /** Serves the world's sequencer, until the function that it gives is called. */
  serve(): Promise<() => Promise<void>>;
}

async function withRemote(run: (scene: Scene) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "teguh-remote-"));
  const world = await openWorld();
  const path = socketPath(folder);
  const remote = await RemoteSequencer.open({
    store: world.store,
    definition: () => world.model,
    path,
    onError: (error) => assert.fail(String(error)),
  });
  const open: (() => Promise<void>)[] = [];
  try {
    await run({
      world,
      remote,
      async serve() {
        const serving = await serveCore(path, world.sequencer);
        open.push(() => serving.close());
        return () => serving.close();
      },
    });
  } finally {
    remote.close();
    for (const close of open) await close();
    rmSync(folder, { recursive: true });
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

const isGranted = ({ standings }: RemoteSequencer, word: string) =>
  standings.keyFor(TPS_LOG, keyOf(word).short, STATION).ok;

test("what a plenary says is known in the other process without being asked for, and after a time apart as well", async () => {
  await withRemote(async ({ world, remote, serve }) => {
    await remote.standings.load(TPS_LOG);
    const stop = await serve();
    // An answer comes over a connection that stands: from here on there is news.
    await remote.sequence([submissionOf(sheetNote(world))]);
    assert.ok(!isGranted(remote, "second"));
    await world.grant("second", STATION, "station");
    await until(() => isGranted(remote, "second"));
    await world.revoke("second", "710101");
    await until(() => !isGranted(remote, "second"));

    await stop();
    await world.grant("third", STATION, "station");
    await serve();
    await until(() => isGranted(remote, "third"));
  });
});

test("a sheet is placed by the one process and found by the other", async () => {
  await withRemote(async ({ world, remote, serve }) => {
    await serve();
    const submission = submissionOf(sheetNote(world));
    const { log, facts } = submission;
    assert.equal(await remote.find(log, facts.chain, facts.id), null);
    const [placed] = await remote.sequence([submission]);
    assert.ok(placed?.kind === "appended");
    assert.equal(await remote.find(log, facts.chain, facts.id), placed.index);
    assert.equal(remote.isAway, false);
  });
});
