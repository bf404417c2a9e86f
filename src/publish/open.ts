/**
 * Opens the publisher of a data folder: what stands where in it, in one place.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openSqliteStore } from "../store/sqlite.ts";
import { definitionsIn } from "./definitions.ts";
import { threadedFolder } from "./folder-thread.ts";
import { PublishIndex } from "./index-db.ts";
import { Publisher, type PublisherOptions } from "./publisher.ts";
import { shownLogsAside } from "./shown-logs.ts";

export type OpenPublisherOptions = Pick<
  PublisherOptions,
  "store" | "keys" | "clock" | "log" | "mirrors" | "node" | "side"
>;

/** Where `npm run build` puts the page for readers. */
const BUILT_PAGE = join(import.meta.dirname, "..", "..", "dist", "results");

/** The public folder of a data folder. */
export function publicFolderOf(data: string): string {
  return join(data, "public");
}

/**
 * The publisher of `data`, whose statements are read from `store`: `definition/` holds the definition's objects, `publish.db`
 * the editions log, `publish-index.db` what can be lost, `public/` what everyone reads. Made where they are missing.
 * @throws as Publisher.open does; FlushFailed
 */
export async function openPublisher(data: string, options: OpenPublisherOptions): Promise<Publisher> {
  mkdirSync(publicFolderOf(data), { recursive: true });
  const folder = threadedFolder(publicFolderOf(data), options.log);
  // Before the fold fills the memory: see `flusher`.
  await folder.sync();
  const shown = shownLogsAside(publicFolderOf(data));
  // If something else goes wrong first, nobody asks.
  shown.catch(() => undefined);
  const own = openSqliteStore(join(data, "publish.db"));
  const index = PublishIndex.open(join(data, "publish-index.db"));
  try {
    return await Publisher.open({
      ...options,
      own,
      index,
      folder,
      shown,
      definitions: definitionsIn(join(data, "definition"), { region: options.node }),
      page: BUILT_PAGE,
    });
  } catch (error) {
    index.close();
    await own.close();
    // What went wrong is being said already; a folder that failed would only say it again.
    await folder.close().catch(() => undefined);
    throw error;
  }
}
