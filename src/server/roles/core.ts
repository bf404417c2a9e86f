/** The one process that writes the logs. It speaks with nobody but the processes beside it, over a socket in the data folder. */
import { join } from "node:path";
import { Sequencer } from "../../core/sequence.ts";
import { serveCore, socketPath } from "../../core/socket.ts";
import { assertNotOlder } from "../../publish/older.ts";
import { loadKeys } from "../../store/keys.ts";
import { openSqliteStore } from "../../store/sqlite.ts";
import { centreKeys } from "../../sync/centre-folder.ts";
import { definitionOf, originOf, type Starter } from "./role.ts";

export const startCore: Starter = async ({ data, beside, onEnd }) => {
  const keys = loadKeys(join(data, "keys"));
  const store = openSqliteStore(join(data, "store.db"));
  await assertNotOlder(data, store);
  const { centre, logKey } = centreKeys(await originOf(store, data), keys);
  const sequencer = await Sequencer.open({
    store,
    definition: definitionOf(data, { keep: true }),
    centre,
    logKey,
    clock: Date.now,
    onReplaced: () => onEnd("replaced"),
  });
  // At once, while those who ask are starting, and not when the first of them waits for an answer.
  sequencer.standings.model("pleno/0");
  const path = socketPath(data);
  const serving = await serveCore(path, sequencer);
  const other = beside?.({ sequencer, store, data });
  return {
    address: path,
    async close() {
      // First nobody can ask any more, then what was asked is written, then the store.
      await serving.close();
      await other?.close();
      await sequencer.close();
      await store.close();
    },
  };
};
