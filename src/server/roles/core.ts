/** The one process that writes the logs. It speaks with nobody but the processes beside it, over a socket in the data folder. */
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { Sequencer } from "../../core/sequence.ts";
import { serveCore, socketPath } from "../../core/socket.ts";
import { ed25519Signer } from "../../ledger/note.ts";
import { keyName } from "../../ledger/statement.ts";
import { assertNotOlder } from "../../publish/older.ts";
import { loadKeys } from "../../store/keys.ts";
import { openSqliteStore } from "../../store/sqlite.ts";
import { definitionOf, originOf, type Starter } from "./role.ts";

export const startCore: Starter = async ({ data, beside, onEnd }) => {
  const keys = loadKeys(join(data, "keys"));
  const store = openSqliteStore(join(data, "store.db"));
  await assertNotOlder(data, store);
  const centre = ed25519Signer(keyName(await originOf(store, data), publicKeyOf(keys.centre)), keys.centre);
  const sequencer = await Sequencer.open({
    store,
    definition: definitionOf(data),
    centre,
    clock: Date.now,
    onReplaced: () => onEnd("replaced"),
  });
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
