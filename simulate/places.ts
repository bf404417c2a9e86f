/** The machines of the simulation: the centre and laptops, each with disks that stay and a process that can die. */
import { Sequencer } from "../src/core/sequence.ts";
import { type RegionCode, tpsLog } from "../src/election/codes.ts";
import { Receipts } from "../src/intake/receipt.ts";
import { keyName, parseStatement, shortKey } from "../src/ledger/statement.ts";
import { MemoryMedium } from "../src/store/memory.ts";
import type { LogName, Store } from "../src/store/store.ts";
import { Answerer } from "../src/sync/answerer.ts";
import type { SheetAnswer } from "../src/sync/messages.ts";
import { Relay } from "../src/sync/relay.ts";
import { Replica } from "../src/sync/replica.ts";
import { homeOf } from "../src/sync/sequencer-home.ts";
import { scopeOf } from "../src/tally/scope.ts";
import { copyDisk, type Fate, openDisk, PowerCut } from "./disk.ts";
import {
  centreLogKey,
  founded,
  genesis,
  hallLog,
  logSeed,
  ORIGIN,
  originKey,
  signer,
  vkeyOfKey,
  world,
} from "./founding.ts";
import { takeSheet } from "./take-sheet.ts";

/** A process on a machine: gone with its next power cut. */
export interface Process {
  readonly store: Store;
  readonly sequencer: Sequencer;
  readonly replica: Replica;
}

/** What machines have in common. `clock` may be years off. */
export abstract class Machine<P extends Process> {
  readonly name: string;
  medium: MemoryMedium;
  own = new MemoryMedium();
  fate: Fate = () => null;
  readonly clock: () => number;
  #process: P | null = null;

  constructor(name: string, medium: MemoryMedium, clock: () => number) {
    this.name = name;
    this.medium = medium;
    this.clock = clock;
  }

  protected abstract start(store: Store, own: Store): Promise<P>;

  /** Does some work in the machine's process, starting it if need be; null if the power went. Other errors are found bugs. */
  async work<T>(job: (process: P) => Promise<T>): Promise<T | null> {
    try {
      this.#process ??= await this.start(openDisk(this.medium, this.fate), openDisk(this.own, this.fate));
      return await job(this.#process);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      this.kill();
      return null;
    }
  }

  /** The process is gone; the disks stay. */
  kill(): void {
    this.#process = null;
  }

  size(log: LogName): number {
    return this.medium.logs.get(log)?.entries.length ?? 0;
  }
}

interface CentreProcess extends Process {
  readonly answerer: Answerer;
  takeSheets(notes: readonly Uint8Array[]): Promise<SheetAnswer[]>;
}

export class Centre extends Machine<CentreProcess> {
  constructor(clock: () => number) {
    super("centre", copyDisk(founded), clock);
  }

  protected async start(store: Store, own: Store): Promise<CentreProcess> {
    const sequencer = await Sequencer.open({
      store,
      definition: world.definition,
      centre: signer("centre"),
      logKey: (log) => ({ ...centreLogKey(log), name: keyName(ORIGIN, centreLogKey(log).publicKey) }),
      clock: this.clock,
    });
    const firstVkey = (log: LogName) => vkeyOfKey(centreLogKey(log));
    const home = homeOf({ sequencer, store, genesis, firstVkey, isCentre: true, checkpointKey: centreLogKey });
    const replica = await Replica.open(home, own);
    const receipts = new Receipts({
      election: ORIGIN,
      electionTag: genesis.electionTag,
      seedOf: logSeed,
      clock: this.clock,
    });
    const takeSheets = (notes: readonly Uint8Array[]) =>
      Promise.all(notes.map((note) => takeSheet(sequencer, receipts, note)));
    return { store, sequencer, replica, takeSheets, answerer: new Answerer({ replica, sheets: takeSheets }) };
  }
}

interface LaptopProcess extends Process {
  readonly relay: Relay;
}

export class Laptop extends Machine<LaptopProcess> {
  readonly hall: RegionCode;
  /** Not in anybody's hands now. */
  isLost = false;
  /** Without one it speaks with nobody: sticks are carried, and phones near by reach it. */
  hasLine = true;
  /** Put back to an old copy without knowing: it may contradict itself, through no fault of the program. */
  wasPutBack = false;

  constructor(name: string, hall: RegionCode, medium: MemoryMedium, clock: () => number) {
    super(name, medium, clock);
    this.hall = hall;
  }

  get vkey(): string {
    return vkeyOfKey(originKey(this.name, hallLog(this.hall)));
  }

  protected async start(store: Store, own: Store): Promise<LaptopProcess> {
    const log = hallLog(this.hall);
    const scope = scopeOf(this.hall);
    const key = originKey(this.name, log);
    const writing = signer(this.name);
    const only =
      <T>(value: T) =>
      (asked: LogName) =>
        asked === log ? value : null;
    const sequencer = await Sequencer.open({
      store,
      definition: world.definition,
      centre: writing,
      logKey: only(writing),
      scope,
      clock: this.clock,
    });
    const firstVkey = (asked: LogName) => vkeyOfKey(centreLogKey(asked));
    const home = homeOf({ sequencer, store, genesis, scope, firstVkey, isCentre: false, checkpointKey: only(key) });
    const replica = await Replica.open(home, own);
    const relay = await Relay.open({ replica, own, log: tpsLog(this.hall), signer: key, clock: this.clock });
    return { store, sequencer, replica, relay };
  }
}

/** The short name of whoever signs first. */
export const signedBy = (bytes: Uint8Array): string => shortKey(parseStatement(bytes).signatures[0]?.name ?? "");
