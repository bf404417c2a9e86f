/**
 * What each role is made of: the wiring, and nothing but. A role is ready when it returns, and works until it is closed.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { CoreClient } from "../core/client.ts";
import { Sequencer } from "../core/sequence.ts";
import { serveCore, socketPath } from "../core/socket.ts";
import { Standings } from "../core/standings.ts";
import type { RegionCode } from "../election/codes.ts";
import { decodeBody } from "../election/statements.ts";
import { Door } from "../intake/door.ts";
import { PassOffice } from "../intake/pass.ts";
import { PassLane } from "../intake/pass-lane.ts";
import { Receipts } from "../intake/receipt.ts";
import type { Hash } from "../ledger/hash.ts";
import { ed25519Signer } from "../ledger/note.ts";
import { keyName, parseStatement } from "../ledger/statement.ts";
import { definitionsIn } from "../publish/definitions.ts";
import { assertNotOlder } from "../publish/older.ts";
import { Desk, type DeskOptions } from "../recap/desk.ts";
import type { Hall } from "../recap/hall.ts";
import { Papers } from "../recap/papers.ts";
import { People } from "../recap/people.ts";
import { Sessions } from "../recap/sessions.ts";
import { cardGroups, makeCard } from "../recap/wire/card.ts";
import { Witnesses } from "../recap/witnesses.ts";
import { loadKeys, loadRoot, logSeed } from "../store/keys.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { centreKeys } from "../sync/centre-folder.ts";
import { deskServer } from "./desk.ts";
import { Elsewhere } from "./elsewhere.ts";
import { openExchange } from "./exchange.ts";
import { intakeServer } from "./intake.ts";
import { listen } from "./listen.ts";
import { publicServer } from "./public.ts";

export const ROLES = ["public", "intake", "publish", "desk"] as const;
export type Role = (typeof ROLES)[number];

export interface RoleOptions {
  /** The data folder. */
  readonly data: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Absent: every address of this machine. */
  readonly host?: string | undefined;
  /** Where the pages were built: of the public side, and of the desk. */
  readonly siteFolder: string;
  readonly deskFolder: string;
  /** Of the desk: what it is told beside the data folder. */
  readonly desk?: DeskSettings | undefined;
  readonly log: (line: string) => void;
  /**
   * Of the intake: what else appends through its sequencer, which only one process can hold: in the demonstration the
   * simulated plenaries. Closed before the sequencer is.
   */
  readonly beside?: Beside | undefined;
  /** Another process has taken this role, or it can go on no longer (with the cause). */
  readonly onEnd: (cause: "replaced" | { readonly error: unknown }) => void;
}

export interface DeskSettings {
  /** Only this region's plenary and those above and within it. */
  readonly region?: RegionCode | undefined;
  /** Address of the public site, for the codes on paper. */
  readonly site?: string | undefined;
  /** Of a simulation: see `DeskOptions`. */
  readonly openRoles?: DeskOptions["openRoles"];
}

export type Beside = (core: { readonly sequencer: Sequencer; readonly store: Store; readonly data: string }) => {
  close(): Promise<void>;
};

export interface RunningRole {
  /** `http://…/` of a role that listens, else the folder that it works on. */
  readonly address: string;
  /** Ends the work in hand, then resolves. */
  close(): Promise<void>;
}

/** Editions come once a second, and readers keep what changes for two. Milliseconds. */
const UNLOOKED = 100;

/** There is nothing in the data folder that a server could serve. */
export class NoElection extends Error {
  override readonly name = "NoElection";

  constructor(data: string) {
    super(`${data} has no election yet; found one with "teguh init" or "teguh import"`);
  }
}

/** Said at once, since a store that is missing and one that is damaged fail alike further down. */
function assertElection(data: string): void {
  if (!existsSync(join(data, "store.db"))) throw new NoElection(data);
}

/** Starts a role. @throws NoElection, KeysError, StoreUnusable, OlderThanPublished, or what listening throws */
export async function startRole(role: Role, options: RoleOptions): Promise<RunningRole> {
  assertElection(options.data);
  switch (role) {
    case "public":
      return startPublic(options);
    case "intake":
      return startIntake(options);
    case "publish":
      return startPublish(options);
    case "desk":
      return startDesk(options);
  }
}

async function startPublic({ data, siteFolder, ...options }: RoleOptions): Promise<RunningRole> {
  return listen(publicServer({ publicFolder: join(data, "public"), siteFolder, unlookedFor: UNLOOKED }), options);
}

async function startIntake({ data, log, beside, onEnd, ...options }: RoleOptions): Promise<RunningRole> {
  const keys = loadKeys(join(data, "keys"));
  const store = openSqliteStore(join(data, "store.db"));
  await assertNotOlder(data, store);
  const election = await originOf(store, data);
  const definitions = definitionsIn(join(data, "definition"));
  const clock = Date.now;
  const centre = centreKeys(election, keys);
  const sequencer = await Sequencer.open({
    store,
    definition: (root) => definitions.model(root),
    centre: centre.centre,
    logKey: centre.logKey,
    clock,
  });
  const electionTag = sequencer.standings.genesis?.electionTag ?? "";
  const seedOf = (origin: string) => logSeed(keys.master, origin);
  // No log's origin has a space, so this is nobody's signing key.
  const secret = seedOf(`${election} passes`);
  const passes = new PassOffice({ secret, clock, random: () => randomBytes(16) });
  const receipts = new Receipts({ election, electionTag, seedOf, clock });
  const onReplaced = () => onEnd("replaced");
  const door = new Door({ sequencer, passes, receipts, clock, random: Math.random, onReplaced });
  const exchange = await openExchange({ data, sequencer, store, keys: centre, door, clock, random: Math.random, log });
  const passLane = new PassLane({ sequencer, passes, door });
  const server = intakeServer({ door, passLane, beside: exchange.handle, log });
  const running = await listen(server, options);
  const serving = await serveCore(socketPath(data), sequencer).catch((error: Error) => {
    // Sheets are taken all the same: a desk that cannot write is no reason to close the door.
    log(`${socketPath(data)}: the plenary desk cannot write, ${error.message}; a shorter path may help`);
    return { close: async () => undefined };
  });
  const other = beside?.({ sequencer, store, data });
  return {
    address: running.address,
    async close() {
      // First no more requests, then the answers to those that are in, then the store.
      await running.close();
      await serving.close();
      await other?.close();
      await exchange.close();
      await sequencer.close();
      await store.close();
    },
  };
}

async function startPublish({ data, log, onEnd }: RoleOptions): Promise<RunningRole> {
  // Only here: the door should be open again after a crash before the fold would even be loaded.
  const { openPublisher, publicFolderOf } = await import("../publish/open.ts");
  const { sideProcess } = await import("../publish/side-handle.ts");
  const store = openSqliteStore(join(data, "store.db"), { readOnly: true });
  const keys = loadKeys(join(data, "keys"));
  const side = sideProcess(publicFolderOf(data), log);
  const publisher = await openPublisher(data, { store, keys, clock: Date.now, log, side });
  const stopping = new AbortController();
  const running = publisher.run({ signal: stopping.signal }).catch((error: unknown) => onEnd({ error }));
  return {
    address: join(data, "public"),
    async close() {
      stopping.abort();
      await running;
      await publisher.close();
      await store.close();
    },
  };
}

async function startDesk({
  data,
  deskFolder,
  desk: settings = {},
  log,
  ...options
}: RoleOptions): Promise<RunningRole> {
  const store = openSqliteStore(join(data, "store.db"), { readOnly: true });
  const election = await originOf(store, data);
  const definitions = definitionsIn(join(data, "definition"));
  const definition = (root: Hash) => definitions.model(root);
  const core = new CoreClient(socketPath(data));
  const standings = new Standings(store, definition);
  await standings.load("pleno/0");
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
    log(`kode penyiapan meja, untuk ketua yang pertama / set-up code of the desk, for the first chair: ${code}`);
  }
  if (!existsSync(join(deskFolder, "index.html")))
    log(`only programs are answered: no page was built in ${deskFolder}; npm run build makes it`);
  const { firstVkey } = centreKeys(election, loadKeys(join(data, "keys")));
  const elsewhere = new Elsewhere({ data, standings, centreVkey: firstVkey });
  const custody = (hall: Hall) => elsewhere.custody(hall);
  const { server, endStreams } = deskServer({ desk, pageFolder: deskFolder, setupSecret, custody, log });
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
}

/** The name of the election whose genesis begins the store. */
async function originOf(store: Store, data: string): Promise<string> {
  const [genesis] = await store.read("pleno/0", 0, 1);
  if (genesis === undefined) throw new NoElection(data);
  return decodeBody("genesis", parseStatement(genesis).body).name;
}
