/** The plenaries' desk: it judges what officials sign, and asks the core to append it. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { CoreClient } from "../../core/client.ts";
import { socketPath } from "../../core/socket.ts";
import { Standings } from "../../core/standings.ts";
import { ed25519Signer } from "../../ledger/note.ts";
import { keyName } from "../../ledger/statement.ts";
import { Desk } from "../../recap/desk.ts";
import type { Hall } from "../../recap/hall.ts";
import { Papers } from "../../recap/papers.ts";
import { People } from "../../recap/people.ts";
import { Sessions } from "../../recap/sessions.ts";
import { cardGroups, makeCard } from "../../recap/wire/card.ts";
import { Witnesses } from "../../recap/witnesses.ts";
import { loadKeys, loadRoot } from "../../store/keys.ts";
import { openSqliteStore } from "../../store/sqlite.ts";
import { centreKeys } from "../../sync/centre-folder.ts";
import { deskServer } from "../desk.ts";
import { Elsewhere } from "../elsewhere.ts";
import { Eyes } from "../eyes/routes.ts";
import { Watch } from "../eyes/watch.ts";
import { definitionOf, listen, originOf, type Starter } from "./role.ts";

export const startDesk: Starter = async ({
  data,
  deskFolder,
  desk: settings = {},
  watch = new Watch(),
  log,
  confide,
  ...options
}) => {
  const store = openSqliteStore(join(data, "store.db"), { readOnly: true });
  const election = await originOf(store, data);
  const definition = definitionOf(data);
  const standings = new Standings(store, definition);
  await standings.load("pleno/0");
  const core = new CoreClient(socketPath(data));
  const random = (count: number) => new Uint8Array(randomBytes(count));
  const desk = new Desk({
    ...settings,
    store,
    core,
    standings,
    definition,
    people: People.open(data, election),
    witnesses: Witnesses.open(data),
    papers: new Papers(data, random),
    sessions: new Sessions({ clock: Date.now, random }),
    clock: Date.now,
    root() {
      const seed = loadRoot(join(data, "keys"));
      return seed === null ? null : ed25519Signer(keyName(election, publicKeyOf(seed)), seed);
    },
  });
  const setupSecret = makeCard(random);
  if (await desk.needsSetup()) {
    const code = cardGroups(setupSecret).join("-");
    confide(`kode penyiapan meja, untuk ketua yang pertama / set-up code of the desk, for the first chair: ${code}`);
  }
  if (!existsSync(join(deskFolder, "index.html")))
    log(`only programs are answered: no page was built in ${deskFolder}; npm run build makes it`);
  const { firstVkey } = centreKeys(election, loadKeys(join(data, "keys")));
  const elsewhere = new Elsewhere({ data, standings, centreVkey: firstVkey });
  const custody = (hall: Hall) => elsewhere.custody(hall);
  const eyes = new Eyes({ data, watch, drill: settings.drill, clock: Date.now });
  const { server, endStreams } = deskServer({ desk, pageFolder: deskFolder, setupSecret, custody, eyes, log });
  const running = await listen(server, options);
  return {
    address: running.address,
    async close() {
      endStreams();
      await running.close();
      await desk.close();
      core.close();
      await elsewhere.close();
      await store.close();
    },
  };
};
