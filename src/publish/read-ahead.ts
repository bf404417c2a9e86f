/**
 * Reads ahead, when a publisher is started, what it will ask for first: the snapshots of the kecamatan that have moved since their
 * outlines were kept, and the ends of their logs.
 *
 * A publisher asks for one after the other and goes on with each before it asks for the next. After a night's writing they lie all
 * over a file of gigabytes, so that each takes the disk some ten milliseconds (measured: 7 s for 580 of them). A thread beside it
 * has read them while the definition and the outlines are still being read. It only reads: without it everything is the same, later.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import type { RegionCode } from "../election/codes.ts";
import { TILE_WIDTH, tilePath, tileWidth } from "../ledger/tiles.ts";
import { readFileOrNull } from "../store/files.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { LogName, Store } from "../store/store.ts";
import { logsOf, regionOf } from "../tally/resting.ts";
import type { Cut } from "./edition.ts";
import { EditionLog } from "./edition-log.ts";
import { PublishIndex } from "./index-db.ts";
import { logFolder } from "./layout.ts";

/** Reads ahead in a thread of its own, which ends when it has; `log` is told why it could not. `data` is the data folder. */
export function readAhead(data: string, log: (line: string) => void): void {
  if (!filesOf(data).every((path) => existsSync(path))) return;
  const worker = new Worker(new URL(import.meta.url), { workerData: data });
  worker.unref();
  worker.on("error", (error: Error) => log(`nothing was read ahead: ${error.message}`));
}

/** The kecamatan of which the store has more than an edition with this cut. */
export async function movedSince(cut: Cut, store: Store): Promise<RegionCode[]> {
  const moved = new Set<RegionCode>();
  for (const [log, { size }] of await store.heads()) {
    const region = regionOf(log);
    if (region.length === 6 && size > (cut.get(log)?.size ?? 0)) moved.add(region);
  }
  // In the order of the logs' names, as an edition lists them.
  return [...moved].sort();
}

const filesOf = (data: string): [store: string, editions: string, index: string] => [
  join(data, "store.db"),
  join(data, "publish.db"),
  join(data, "publish-index.db"),
];

async function readAll(data: string): Promise<void> {
  const [storePath, editionsPath, indexPath] = filesOf(data);
  const index = PublishIndex.look(indexPath);
  if (index === null) return;
  const store = openSqliteStore(storePath, { readOnly: true });
  const own = openSqliteStore(editionsPath, { readOnly: true });
  const editions = await EditionLog.look(own);
  const cut = await editions.cut(Math.min(index.outlined(), editions.size));
  for (const region of await movedSince(cut, store)) {
    index.readAhead(region);
    for (const log of logsOf(region)) readEnd(join(data, "public"), log, cut.get(log)?.size ?? 0);
  }
  index.close();
  await own.close();
  await store.close();
}

/** The last bundle of a log of this size. */
function readEnd(folder: string, log: LogName, size: number): void {
  if (size === 0) return;
  const n = Math.floor((size - 1) / TILE_WIDTH);
  readFileOrNull(join(folder, logFolder(log) + tilePath("entries", n, tileWidth("entries", n, size))));
}

if (!isMainThread) await readAll(workerData as string);
