/**
 * A kecamatan's laptop at work: desk, publisher, public view, intake of the hall's phones and the exchange with the centre, in one
 * process.
 *
 * At the centre these are processes of their own, so that a flood at one leaves the others at work. Here nobody can flood but the
 * people in the room, one machine has to hold it all in half a gigabyte, and there must be one thing to start and one to stop. What
 * writes and what reads still meet in the store alone, and a crash of the process loses nothing that was answered: the supervisor
 * starts it again, and it stands where its files stand.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { serveCore, socketPath } from "../core/socket.ts";
import { Standings } from "../core/standings.ts";
import { WrittenElsewhere } from "../core/writers.ts";
import { NATION, plenoLog } from "../election/codes.ts";
import { Door } from "../intake/door.ts";
import { DOOR_NODE, PassOffice, passSecret } from "../intake/pass.ts";
import { PassLane } from "../intake/pass-lane.ts";
import { Receipts } from "../intake/receipt.ts";
import type { Hash } from "../ledger/hash.ts";
import { definitionsIn } from "../publish/definitions.ts";
import { Desk } from "../recap/desk.ts";
import { Papers } from "../recap/papers.ts";
import { People } from "../recap/people.ts";
import { Sessions } from "../recap/sessions.ts";
import { makeCard } from "../recap/wire/card.ts";
import type { NetworkView } from "../recap/wire/network.ts";
import { Witnesses } from "../recap/witnesses.ts";
import { logSeed } from "../store/keys.ts";
import { writingTrouble } from "../sync/may-write.ts";
import { scopeOf } from "../tally/scope.ts";
import { deskServer } from "./desk.ts";
import { openHall } from "./hall.ts";
import { HallNetwork, type NetworkOptions } from "./hall-network/network.ts";
import { openHallPhotos } from "./hall-photos.ts";
import { HallSafe } from "./hall-safe.ts";
import { centreEndpoints, HallSync } from "./hall-sync.ts";
import { intakeServer } from "./intake.ts";
import { publicServer } from "./public.ts";
import { listen, type RoleOptions } from "./roles/role.ts";

export interface HallOptions {
  /** The laptop's data folder. */
  readonly data: string;
  /** 0: any that is free. */
  readonly publicPort: number;
  readonly intakePort: number;
  readonly deskPort: number;
  /** Absent: every address of this machine. */
  readonly host?: string | undefined;
  /** Where the pages were built. */
  readonly siteFolder: string;
  readonly deskFolder: string;
  /** Https for the hall's devices; null: nobody comes but from this machine. */
  readonly network: Pick<NetworkOptions, "addresses" | "deskTlsPort" | "intakeTlsPort"> | null;
  /** Address of the public site, for the codes on paper. */
  readonly site?: string | undefined;
  readonly log: (line: string) => void;
  /** Another process has opened the folder, or it can go on no longer (with the cause). */
  readonly onEnd: RoleOptions["onEnd"];
}

/** Where the hall is ready: on this machine, and on the hall's network. */
export interface HallAddresses {
  readonly public: string;
  readonly intake: string;
  readonly desk: string;
  readonly network: Pick<NetworkView, "fingerprint" | "addresses"> | null;
}

export interface RunningHall {
  readonly addresses: HallAddresses;
  close(): Promise<void>;
}

/** Readers keep what changes for two seconds; it is not looked at more often than this, in milliseconds. */
const UNLOOKED = 100;

/** Starts a hall from the folder that a bundle has made. @throws as `openHall` does, or what listening throws */
export async function startHall(options: HallOptions): Promise<RunningHall> {
  const { data, log, onEnd, host } = options;
  const clock = Date.now;
  const hall = await openHall(data, { clock, log, onReplaced: () => onEnd("replaced") });
  const { node } = hall;
  const stopping = new AbortController();
  const { signal } = stopping;
  const failed = (error: unknown) => {
    if (!signal.aborted) onEnd({ error });
  };
  const { door, passLane, passes } = openDoor(node, clock);
  const takeSheet = async (note: Uint8Array) => (await door.relayed([note]))[0] ?? door.busy("sync");
  const safe = new HallSafe({ node, data, clock, elapsed: () => performance.now(), log });
  const { hear: heardTime } = safe.centreTime;
  const { region } = node.settings;
  const place = () => {
    const { model } = desk;
    return { name: model.region(region)?.name ?? region, simulation: model.simulation };
  };
  const network =
    options.network && new HallNetwork({ ...options.network, data, region, place, host, clock, random, log });
  const endpoints = centreEndpoints(node, Math.random);
  const photos = await openHallPhotos({ data, node, passes, endpoints, clock, log });
  const learned = (note: Uint8Array) => endpoints.learn(note);
  const sync = new HallSync({ node, data, takeSheet, network, learned, heardTime, clock, random: Math.random });
  const stated = () => {
    sync.nudge();
    safe.nudge();
  };
  const desk = await openDesk(options, node, safe, stated, clock);
  const served = deskServer({
    desk,
    pageFolder: options.deskFolder,
    // Nobody sets up here: the people come with the bundle.
    setupSecret: makeCard(random),
    sync,
    safe,
    ...(network === null ? {} : { guard: network.guard }),
    log,
  });
  const intake = intakeServer({ door, passLane, beside: photos.handle, log });
  const site = publicServer({
    publicFolder: join(data, "public"),
    siteFolder: options.siteFolder,
    unlookedFor: UNLOOKED,
  });
  const servers = [
    await listen(site, { port: options.publicPort, host }),
    await listen(intake, { port: options.intakePort, host }),
    await listen(served.server, { port: options.deskPort, host }),
  ] as const;
  await network?.listen({ desk: served.server, intake, public: site });
  // So that commands which write the folder know that somebody is at work in it.
  const socket = await serveCore(socketPath(data), node.sequencer);
  const publishing = hall.publish(signal).catch(failed);
  const syncing = sync.run(signal).catch(failed);
  safe.run().catch(failed);
  const sending = photos.run(signal).catch(failed);
  return {
    addresses: {
      public: servers[0].address,
      intake: servers[1].address,
      desk: servers[2].address,
      network: network && { fingerprint: network.fingerprint, addresses: network.addresses },
    },
    async close() {
      stopping.abort();
      safe.close();
      served.endStreams();
      await Promise.all([network?.close(), ...servers.map((server) => server.close())]);
      await Promise.race([Promise.all([syncing, sending]), sleep(1_000)]);
      photos.close();
      await publishing;
      await socket.close();
      await desk.close();
      await hall.close();
    },
  };
}

type Node = Awaited<ReturnType<typeof openHall>>["node"];

const random = (count: number) => new Uint8Array(randomBytes(count));

async function openDesk(
  { data, deskFolder, site, log }: HallOptions,
  node: Node,
  safe: HallSafe,
  stated: () => void,
  clock: () => number,
): Promise<Desk> {
  const { store, sequencer, settings } = node;
  const { region, election } = settings;
  const definitions = definitionsIn(join(data, "definition"), { region });
  const definition = (root: Hash) => definitions.model(root);
  const standings = new Standings(store, definition, scopeOf(region));
  await standings.load(plenoLog(NATION));
  if (!existsSync(join(deskFolder, "index.html")))
    log(`only programs are answered: no page was built in ${deskFolder}; npm run build makes it`);
  return new Desk({
    store,
    core: {
      async append(log, bytes, after) {
        const result = await sequencer.append(log, bytes, after);
        stated();
        return result;
      },
      // What the hall would write by itself, it writes only where it may: an old copy that was put back has something else there.
      async see(log, other) {
        if ((await writingTrouble(node, log)) !== null) throw new WrittenElsewhere(log);
        return sequencer.see(log, other);
      },
    },
    standings,
    definition,
    people: People.open(data, election),
    witnesses: Witnesses.open(data),
    papers: new Papers(data, random),
    sessions: new Sessions({ clock, random }),
    clock,
    region,
    isAlone: true,
    site,
    root: () => null,
    hindrance: (log) => safe.hindrance(log),
    heldSheet: (station, contest) => node.relay.sheetOf(station, contest),
  });
}

/** The door for the hall's phones: it judges as the centre's does, and holds what it may not append. */
export function openDoor({ sequencer, keys, replica, relay }: Node, clock: () => number) {
  const { election, electionTag } = replica.home.genesis;
  const seedOf = (origin: string) => logSeed(keys.master, origin);
  const passes = new PassOffice({
    secret: passSecret(seedOf, election, DOOR_NODE),
    clock,
    random: () => randomBytes(16),
  });
  const receipts = new Receipts({ election, electionTag, seedOf, clock });
  const door = new Door({
    sequencer,
    passes,
    receipts,
    clock,
    random: Math.random,
    hold: (note) => relay.hold(note),
  });
  return { door, passes, passLane: new PassLane({ sequencer, passes, door, clock }) };
}
