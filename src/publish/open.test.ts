/** The publisher as it runs: SQLite files, the definition's folder, its own loop. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { publicKeyOf } from "#ed25519";
import { parseStatement } from "../ledger/statement.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import { World } from "../tally/testing.ts";
import { checkPublished } from "./check-published.ts";
import { openPublisher, publicFolderOf } from "./open.ts";
import type { Publisher } from "./publisher.ts";
import { KEYS } from "./testing.ts";

test("a data folder is published, closed, opened again and published further", async () => {
  const data = mkdtempSync(join(tmpdir(), "teguh-data-"));
  const world = new World();
  mkdirSync(join(data, "definition"));
  for (const [hash, bytes] of world.objects) writeFileSync(join(data, "definition", `${hash}.json`), bytes);
  const store = openSqliteStore(join(data, "store.db"));
  const epoch = await store.claim("core");
  let given = 0;
  const receive = async () => {
    const entries = world.order.slice(given).map(({ log, bytes }) => {
      return { log, bytes, id: parseStatement(bytes).id, chain: null, hot: false };
    });
    given += entries.length;
    await store.append(entries, epoch);
  };
  const options = {
    store,
    keys: KEYS,
    clock: Date.now,
    log: (line: string) => assert.match(line, /npm run build makes it/),
  };

  world.grantAll();
  const { id } = world.sheet("5101011001001", "ppwp", [100, 60, 40], null);
  await receive();
  const first = await openPublisher(data, options);
  await firstEdition(first);
  await first.close();

  world.sheet("5101011001001", "ppwp", [90, 60, 40], id);
  await receive();
  const second = await openPublisher(data, options);
  assert.equal((await second.step())?.number, 2);
  await second.close();
  await store.close();

  const { origin } = world.model;
  const editionsKey = publicKeyOf(KEYS.editions);
  checkPublished(publicFolderOf(data), { origin, editionsKey, definition: world.definition, midway: false });
  rmSync(data, { recursive: true });
});

/** Lets the publisher run by itself until it has made an edition. */
async function firstEdition(publisher: Publisher): Promise<void> {
  const stop = new AbortController();
  const running = publisher.run({ signal: stop.signal, published: () => stop.abort() });
  await running;
  assert.equal(publisher.latest?.edition.number, 1);
}
