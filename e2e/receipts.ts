/**
 * Holds receipts against what is published: the files alone, read as any stranger can read them.
 */
import assert from "node:assert/strict";
import { LogFiles } from "../src/cli/log-files.ts";
import { type Head, Reader } from "../src/cli/reader.ts";
import { openSource } from "../src/cli/source.ts";
import { type BodyOf, decodeBody } from "../src/election/statements.ts";
import { toHex, utf8 } from "../src/ledger/bytes.ts";
import { parseVkey } from "../src/ledger/note.ts";
import { parseStatement } from "../src/ledger/statement.ts";
import { TILE_WIDTH } from "../src/ledger/tiles.ts";
import { Frontier, leafHash } from "../src/ledger/tree.ts";
import { logFolder } from "../src/publish/layout.ts";
import { idOf, storedSizes } from "./election.ts";
import { until } from "./until.ts";

/** What a receipt promises. */
export function promiseIn(receipt: string): BodyOf<"receipt"> {
  return decodeBody("receipt", parseStatement(utf8(receipt)).body);
}

/** Asserts that the newest edition of a data folder keeps every receipt, and that no log holds a statement twice. */
export async function assertKept(data: string, receipts: readonly string[]): Promise<void> {
  const reader = await Reader.open(openSource(data).files, undefined);
  const logs = new Map<string, { readonly ids: readonly string[]; readonly head: Head }>();
  for await (const head of reader.heads(await reader.edition())) {
    const ids = await idsIn(reader, head);
    assert.equal(new Set(ids).size, ids.length, `${head.log} holds a statement twice`);
    logs.set(head.log, { ids, head });
  }
  for (const receipt of receipts) {
    const { id, log, index } = promiseIn(receipt);
    const published = logs.get(log);
    assert.ok(published !== undefined && index !== undefined, `${log} is published, the receipt names a place in it`);
    const { text, signatures } = parseStatement(utf8(receipt));
    const key = parseVkey(published.head.vkey);
    assert.ok(signatures[0] && key.verify(text, signatures[0].signature), `the receipt is signed by ${key.name}`);
    assert.equal(published.ids[index], id, `entry ${index} of ${log}`);
  }
}

/** The ids of a log's entries, which are those that its published root is of. */
async function idsIn(reader: Reader, { log, size, root }: Head): Promise<string[]> {
  const files = new LogFiles(reader.files, logFolder(log));
  const frontier = new Frontier();
  const ids: string[] = [];
  for (let n = 0; n * TILE_WIDTH < size; n++) {
    for (const entry of await files.bundle(n, size)) {
      frontier.push(leafHash(entry));
      ids.push(idOf(entry));
    }
  }
  assert.equal(toHex(frontier.root()), root, `the entries of ${log} have the root that the edition names`);
  return ids;
}

/** Waits until the newest edition has all that is in the store. */
export async function untilPublished(data: string): Promise<void> {
  const stored = await storedSizes(data);
  await until("everything that is stored is published", async () => {
    const reader = await Reader.open(openSource(data).files, undefined);
    const published = new Map<string, number>();
    for await (const { log, size } of reader.heads(await reader.edition())) published.set(log, size);
    return Object.entries(stored).every(([log, size]) => published.get(log) === size);
  });
}
