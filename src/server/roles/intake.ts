/**
 * The door for sheets, and for halls that exchange their logs: it checks, asks the core to append, and gives receipts. It reads the
 * store of the logs; what it knows of halls besides it keeps in files of its own.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { RemoteSequencer } from "../../core/remote.ts";
import { socketPath } from "../../core/socket.ts";
import { Door } from "../../intake/door.ts";
import { DOOR_NODE, PassOffice, passSecret } from "../../intake/pass.ts";
import { PassLane } from "../../intake/pass-lane.ts";
import { Receipts } from "../../intake/receipt.ts";
import { warmUp } from "../../intake/warm-up.ts";
import { loadKeys, logSeed } from "../../store/keys.ts";
import { openSqliteStore } from "../../store/sqlite.ts";
import { centreKeys } from "../../sync/centre-folder.ts";
import { openExchange } from "../exchange.ts";
import { intakeServer } from "../intake.ts";
import { definitionOf, listen, originOf, type Starter } from "./role.ts";

export const startIntake: Starter = async ({ data, log, onEnd, ...options }) => {
  const keys = loadKeys(join(data, "keys"));
  const store = openSqliteStore(join(data, "store.db"), { readOnly: true });
  const election = await originOf(store, data);
  const clock = Date.now;
  const sequencer = await RemoteSequencer.open({
    store,
    definition: definitionOf(data),
    path: socketPath(data),
    onError: (error) => onEnd({ error }),
  });
  // As the core does: both read at the same time then, and not one after the other for the first sheet.
  sequencer.standings.model("pleno/0");
  const electionTag = sequencer.standings.genesis?.electionTag ?? "";
  const seedOf = (origin: string) => logSeed(keys.master, origin);
  const secret = passSecret(seedOf, election, DOOR_NODE);
  const passes = new PassOffice({ secret, clock, random: () => randomBytes(16) });
  const receipts = new Receipts({ election, electionTag, seedOf, clock });
  const door = new Door({ sequencer, passes, receipts, clock, random: Math.random });
  const passLane = new PassLane({ sequencer, passes, door, clock });
  const told = { keys: centreKeys(election, keys), clock, random: Math.random, log };
  const exchange = await openExchange({ data, sequencer, store, door, ...told });
  const server = intakeServer({ door, passLane, beside: exchange.handle, log });
  await warmUp(door, store).catch((error: unknown) =>
    log(`the door opens cold: ${error instanceof Error ? error.stack : error}`),
  );
  const running = await listen(server, options);
  return {
    address: running.address,
    figures: () => ({ door: door.figures() }),
    async close() {
      // First no more requests, then the answers to those that are in, then the connection that they needed.
      await running.close();
      await exchange.close();
      sequencer.close();
      await store.close();
    },
  };
};
