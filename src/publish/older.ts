/**
 * Refuses to publish from a state that is older than what the public already has.
 *
 * A restored backup, a second machine, a store that lost its end: each would sign a second history under the same key, and two
 * histories cannot both be true. So before anything is folded, what was published is compared with what the stores hold:
 * the editions' checkpoints (the folder's own and those of mirrors), then every log's checkpoint.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { equalBytes, toHex } from "../ledger/bytes.ts";
import { openCheckpoint, parseCheckpoint } from "../ledger/checkpoint.ts";
import { ed25519Verifier, parseNote } from "../ledger/note.ts";
import { Frontier, leafHash } from "../ledger/tree.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { LogHead, LogName, Store } from "../store/store.ts";
import type { Cut } from "./edition.ts";
import { EditionLog } from "./edition-log.ts";
import { diskFolder, type PublicFolder } from "./folder.ts";
import { CHECKPOINT } from "./layout.ts";
import { type ShownLog, shownLogs } from "./shown-logs.ts";

/** Published is more than, or other than, what is stored here. Names both. */
export class OlderThanPublished extends Error {
  override readonly name = "OlderThanPublished";

  constructor(published: string, stored: string) {
    super(
      `${published}, but ${stored}: publishing from here would make a second history. ` +
        "Bring back the newest stores, or publish from the machine that has them",
    );
  }
}

type Heads = ReadonlyMap<LogName, LogHead>;

/** What a mirror says of the editions: a checkpoint note and where it is from, for the message. */
export interface MirrorCheckpoint {
  readonly from: string;
  readonly note: Uint8Array;
}

/**
 * Compares the checkpoints of the editions log with the publisher's own log, and returns how many editions the folder
 * has published. `key` is the public key of the editions.
 * @throws OlderThanPublished; NoteError if a checkpoint is not signed by the key
 */
export async function checkEditions(
  folder: PublicFolder,
  mirrors: readonly MirrorCheckpoint[],
  editions: EditionLog,
  key: Uint8Array,
): Promise<number> {
  const own = folder.read(CHECKPOINT);
  for (const { from, note } of own ? [...mirrors, { from: "the public folder", note: own }] : mirrors) {
    const { origin } = editions.state ?? parseCheckpoint(parseNote(note).text);
    const there = openCheckpoint(note, [ed25519Verifier(origin, key)]);
    const published = `${from} has edition ${there.size}`;
    if (there.size > editions.size) {
      throw new OlderThanPublished(published, `the newest edition stored here is ${editions.size}`);
    }
    if (!equalBytes(await editions.rootAt(there.size), there.root)) {
      throw new OlderThanPublished(
        `${published} of another history`,
        `edition ${there.size} stored here is not that one`,
      );
    }
  }
  return own ? parseCheckpoint(parseNote(own).text).size : 0;
}

/**
 * Compares what the folder shows of the logs with the store and its heads; `cut` is that of the newest edition.
 * @throws OlderThanPublished
 */
export async function checkLogs(shown: Iterable<ShownLog>, store: Store, heads: Heads, cut: Cut): Promise<void> {
  for (const { path, log, size, root } of shown) {
    assertReaches(path, size, heads.get(log)?.size ?? 0);
    const fixed = cut.get(log);
    const ours = fixed?.size === size ? fixed.root : toHex(await rootOf(store, log, size));
    if (ours !== root)
      throw new OlderThanPublished(`${path} is of size ${size} with another root`, "these are other entries");
  }
}

/**
 * The quick look for who is about to append: whether a log is published further than the store has it. Reads no entries; that
 * the roots agree as well is for the publisher to see. `data` is the data folder.
 * @throws OlderThanPublished
 */
export async function assertNotOlder(data: string, store: Store): Promise<void> {
  const heads = await store.heads();
  const folder = diskFolder(join(data, "public"), () => undefined);
  const cut = await cutShown(folder, join(data, "publish.db"));
  if (cut) {
    assertReachesCut(heads, cut);
    return;
  }
  // Fourteen thousand files of a nation.
  for (const { path, log, size } of shownLogs(folder)) assertReaches(path, size, heads.get(log)?.size ?? 0);
}

/** Where the logs stand in the newest edition, by the publisher's own log; null if the folder shows any other as the newest. */
async function cutShown(folder: PublicFolder, path: string): Promise<Cut | null> {
  const shown = folder.read(CHECKPOINT);
  if (!shown || !existsSync(path)) return null;
  const own = openSqliteStore(path, { readOnly: true });
  try {
    const editions = await EditionLog.look(own);
    const newest = editions.newestCheckpoint;
    return newest && equalBytes(newest, shown) ? await editions.cut(editions.size) : null;
  } finally {
    await own.close();
  }
}

/**
 * Compares the sizes that an edition has fixed with the store's heads. That the roots agree as well shows when the entries are folded.
 * @throws OlderThanPublished
 */
export function assertReachesCut(heads: Heads, cut: Cut): void {
  for (const [log, { size }] of cut) {
    const stored = heads.get(log)?.size ?? 0;
    if (size > stored) throw new OlderThanPublished(`an edition has ${log} up to ${size}`, `the store has ${stored}`);
  }
}

function assertReaches(path: string, size: number, stored: number): void {
  if (size > stored)
    throw new OlderThanPublished(`${path} is of size ${size}`, `the store has ${stored} entries of it`);
}

async function rootOf(store: Store, log: LogName, size: number): Promise<Uint8Array> {
  const frontier = new Frontier();
  for (const entry of await store.read(log, 0, size)) frontier.push(leafHash(entry));
  return frontier.root();
}
