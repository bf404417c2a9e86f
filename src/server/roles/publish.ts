/** The publisher: it reads the store and makes editions; its death stops nobody else. */
import { join } from "node:path";
import { openPublisher, publicFolderOf } from "../../publish/open.ts";
import { readAhead } from "../../publish/read-ahead.ts";
import { sideProcess } from "../../publish/side-handle.ts";
import { loadKeys } from "../../store/keys.ts";
import { giveWay } from "../../store/precedence.ts";
import { openSqliteStore } from "../../store/sqlite.ts";
import type { Starter } from "./role.ts";

export const startPublish: Starter = async ({ data, log, onEnd }) => {
  // A later edition is a nuisance, a sheet that is not taken in a loss. Before any thread is started.
  giveWay();
  readAhead(data, log);
  const store = openSqliteStore(join(data, "store.db"), { readOnly: true });
  const keys = loadKeys(join(data, "keys"));
  const side = sideProcess(publicFolderOf(data), log);
  const publisher = await openPublisher(data, { store, keys, clock: Date.now, log, side });
  const stopping = new AbortController();
  let hasFailed = false;
  const running = publisher.run({ signal: stopping.signal }).catch((error: unknown) => {
    hasFailed = true;
    onEnd({ error });
  });
  return {
    address: join(data, "public"),
    async close() {
      stopping.abort();
      await running;
      // Nobody appends any more, so this edition has all that was acknowledged; if it fails, the next start makes it.
      if (!hasFailed) await publisher.step().catch((error: Error) => log(`no last edition: ${error.message}`));
      await publisher.close();
      await store.close();
    },
  };
};
