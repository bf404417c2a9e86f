/**
 * A country in one process: a centre, laptops in halls, phones; a network that loses, repeats and reorders, disks that lose power in
 * the middle of a write, clocks that are years off. Everything follows from one seed: a run that fails is run again by it.
 *
 * What happens is drawn, one event after the other; what must hold is in `checks.ts`. Time passes only in events, so a run of
 * three days takes as long as its signatures.
 */

import { stationChain } from "../src/core/submission.ts";
import { Chance } from "../src/demo/random.ts";
import type { RegionCode } from "../src/election/codes.ts";
import { CONTEST_KINDS, type ContestKind } from "../src/election/codes.ts";
import { FIGURE_COUNT } from "../src/election/figures.ts";
import type { StatementType } from "../src/election/statements.ts";
import { toHex, utf8 } from "../src/ledger/bytes.ts";
import type { JsonObject } from "../src/ledger/canonical.ts";
import { sha256 } from "../src/ledger/hash.ts";
import { parseStatement, signStatement } from "../src/ledger/statement.ts";
import type { LogName } from "../src/store/store.ts";
import { Leader } from "../src/sync/leader.ts";
import { readLogFile, writeLogFile } from "../src/sync/log-file.ts";
import { decodeMessages, encodeMessages, type Message } from "../src/sync/messages.ts";
import { SyncRefused } from "../src/sync/refusals.ts";
import { scopeOf } from "../src/tally/scope.ts";
import { copyDisk } from "./disk.ts";
import {
  centreLogKey,
  genesis,
  HALLS,
  hallLog,
  originKey,
  parentOfHall,
  sheetLog,
  signer,
  stationsOf,
  vkeyOfKey,
  world,
} from "./founding.ts";
import { Centre, Laptop } from "./places.ts";

/** A sheet that a phone has signed, with what it was told. */
export interface SentSheet {
  readonly id: string;
  readonly note: Uint8Array;
  readonly log: LogName;
  /** The centre's receipt; held receipts are none. */
  receipt: string | null;
  refused: boolean;
}

/** A pile of bytes on its way: it may arrive again, and much later. */
interface Parcel {
  readonly to: "centre" | Laptop;
  readonly kind: "messages" | "stick";
  readonly bytes: Uint8Array;
}

/** How many parcels wait to arrive late. */
const MOST_PARCELS = 12;
const YEAR = 365 * 86_400_000;
const START = 1_865_100_000_000;

/** What can happen, with how often. */
const EVENTS = {
  sheet: 14,
  deliver: 12,
  reading: 16,
  pause: 3,
  certify: 2,
  seeBelow: 3,
  converse: 12,
  stick: 4,
  parcel: 6,
  hand: 5,
  handBack: 1,
  lose: 2,
  find: 2,
  putBack: 1,
  revoke: 2,
  grant: 2,
  halt: 2,
  resume: 2,
  restart: 3,
  edition: 6,
} as const;
type Event = keyof typeof EVENTS;
const TOTAL = Object.values(EVENTS).reduce((sum, weight) => sum + weight, 0);

export class Country {
  readonly chance: Chance;
  readonly centre: Centre;
  readonly laptops: Laptop[] = [];
  readonly sheets: SentSheet[] = [];
  /** Told after each event at which the centre could publish. */
  readonly onEdition: () => void;
  readonly #parcels: Parcel[] = [];
  readonly #backups = new Map<Laptop, { medium: Laptop["medium"]; own: Laptop["own"] }>();
  /** The newest sheet of a station in a contest. */
  readonly #newest = new Map<string, SentSheet>();
  #now = START;
  #orders = 0;
  #isCalm = false;

  constructor(seed: string, onEdition: () => void) {
    this.chance = new Chance(seed, "country");
    this.onEdition = onEdition;
    this.centre = new Centre(() => this.#now);
    this.centre.fate = this.#fate(0.004);
  }

  /** Lets so many events happen, then everything heal. */
  async run(events: number): Promise<void> {
    for (let i = 0; i < events; i++) {
      this.#now += Math.floor(this.chance.between(1, 600_000));
      await this.#happen(this.#draw());
    }
    await this.#heal();
  }

  #fate(probability: number) {
    return () => (!this.#isCalm && this.chance.happens(probability) ? this.chance.next() : null);
  }

  #draw(): Event {
    let at = this.chance.below(TOTAL);
    for (const [event, weight] of Object.entries(EVENTS)) {
      at -= weight;
      if (at < 0) return event as Event;
    }
    return "edition";
  }

  async #happen(event: Event): Promise<void> {
    const { chance } = this;
    const hall = chance.pick(HALLS);
    switch (event) {
      case "sheet":
        return this.#sign(hall);
      case "deliver":
        return this.#deliver(chance.below(3) + 1);
      case "reading":
        return this.#read(hall);
      case "pause":
        return this.#say(hall, "pause", { panel: chance.below(3) }, [`chair ${hall}`]);
      case "certify":
        return this.#certify(hall);
      case "seeBelow":
        await this.centre.work(async ({ sequencer }) => {
          if (this.centre.size(hallLog(hall)) > 0) await sequencer.see(hallLog(parentOfHall(hall)), hallLog(hall));
        });
        return;
      case "converse":
        return this.#withLaptop((laptop) => this.#converse(laptop));
      case "stick":
        return this.#withLaptop((laptop) => this.#packStick(laptop));
      case "parcel":
        return this.#arrive();
      case "hand":
        return this.#hand(hall);
      case "handBack":
        return this.#custody(hall, vkeyOfKey(centreLogKey(hallLog(hall))));
      case "lose":
        return this.#withLaptop(async (laptop) => {
          laptop.kill();
          laptop.isLost = true;
        });
      case "find": {
        const lost = this.laptops.filter(({ isLost }) => isLost);
        if (lost.length > 0) chance.pick(lost).isLost = false;
        return;
      }
      case "putBack":
        return this.#withLaptop(async (laptop) => this.#backUpOrPutBack(laptop));
      case "revoke":
        return this.#say(
          hall,
          "revoke",
          { keys: [world.shortOf(`station ${this.#station(hall)}`)], undo: chance.happens(0.5) },
          [`chair ${hall}`],
        );
      case "grant":
        return this.#grant(hall);
      case "halt":
      case "resume":
        return this.#order(hall, event);
      case "restart":
        return chance.happens(0.3) ? this.centre.kill() : this.#withLaptop(async (laptop) => laptop.kill());
      case "edition":
        return this.onEdition();
    }
  }

  async #withLaptop(job: (laptop: Laptop) => Promise<void>): Promise<void> {
    const there = this.laptops.filter(({ isLost }) => !isLost);
    if (there.length > 0) await job(this.chance.pick(there));
  }

  #station(hall: RegionCode): string {
    return this.chance.pick(stationsOf(hall));
  }

  // ------------------------------------------------------------ phones

  #form(station: string): { contest: ContestKind; body: JsonObject } {
    const { chance } = this;
    const contest = chance.pick<ContestKind>(["ppwp", "dpd"]);
    const { choices } = world.districtOf(station, contest);
    const votes = choices.map(() => chance.below(60));
    const form = world.form(station, contest, votes);
    // Some papers do not add up.
    const figures = [...form.figures];
    if (chance.happens(0.1)) figures[FIGURE_COUNT - 1] = (figures[FIGURE_COUNT - 1] ?? 0) + 1;
    return { contest, body: { ...form, figures } };
  }

  async #sign(hall: RegionCode): Promise<void> {
    const station = this.#station(hall);
    const { contest, body } = this.#form(station);
    const before = this.#newest.get(`${station} ${contest}`);
    const previous = before === undefined || this.chance.happens(0.1) ? null : before.id;
    const time = this.#skewed();
    const note = signStatement(
      "teguh/sheet/v1",
      { ...body, election: genesis.electionTag, papers: null, previous, time },
      [signer(`station ${station}`)],
    );
    const id = toHex(parseStatement(note).id);
    if (this.sheets.some((sheet) => sheet.id === id)) return;
    const sheet: SentSheet = { id, note, log: sheetLog(hall), receipt: null, refused: false };
    this.sheets.push(sheet);
    this.#newest.set(`${station} ${contest}`, sheet);
  }

  /** Phones send what they still keep, to the centre or to a laptop near by; the answer may be lost, then they send again. */
  async #deliver(count: number): Promise<void> {
    const waiting = this.sheets.filter(({ receipt, refused }) => receipt === null && !refused);
    const some = waiting.filter(() => this.chance.happens(0.6)).slice(0, count);
    if (this.chance.happens(0.5)) return this.#deliverToCentre(some);
    for (const sheet of some) {
      const near = this.laptops.filter(({ hall, isLost }) => !isLost && sheetLog(hall) === sheet.log);
      if (near.length > 0) await this.#deliverToLaptop(sheet, this.chance.pick(near));
    }
  }

  async #deliverToCentre(sheets: readonly SentSheet[]): Promise<void> {
    const answers = await this.centre.work(({ takeSheets }) => takeSheets(sheets.map(({ note }) => note)));
    if (answers === null || this.#isLostOnTheWay()) return;
    for (const answer of answers)
      this.#told(
        sheets.find(({ id }) => id === answer.id),
        answer,
      );
  }

  async #deliverToLaptop(sheet: SentSheet, laptop: Laptop): Promise<void> {
    const answer = await laptop.work(async ({ relay }) => {
      const receipt = await relay.hold(sheet.note);
      return (await relay.answer(sheet.id)) ?? { id: sheet.id, held: receipt };
    });
    if (answer !== null && !("held" in answer) && !this.#isLostOnTheWay()) this.#told(sheet, answer);
  }

  #told(
    sheet: SentSheet | undefined,
    answer: { receipt: string } | { refused: readonly string[] } | { later: true },
  ): void {
    if (sheet === undefined) return;
    if ("receipt" in answer) sheet.receipt = answer.receipt;
    if ("refused" in answer) sheet.refused = true;
  }

  #isLostOnTheWay(): boolean {
    return !this.#isCalm && this.chance.happens(0.2);
  }

  // ------------------------------------------------------------ halls

  /** Where a hall's log is written now, as far as its members know. */
  #desk(hall: RegionCode): Centre | Laptop {
    const there = this.laptops.filter((laptop) => laptop.hall === hall && !laptop.isLost);
    return there.length === 0 || this.chance.happens(0.15) ? this.centre : this.chance.pick(there);
  }

  /** A hall states something, signed by the keys of names, wherever its log is written; nothing if it is not there. */
  async #say(hall: RegionCode, type: StatementType, body: JsonObject, names: readonly string[]): Promise<void> {
    const log = hallLog(hall);
    const desk = this.#desk(hall);
    const work = async ({ sequencer, replica }: Parameters<Parameters<Laptop["work"]>[0]>[0]) => {
      if (!(await sequencer.writes(log))) return;
      // An old copy that knows itself to be one writes nothing.
      if ((await replica.promised(log)) !== null) return;
      await sequencer.write(log, type, { time: this.#skewed(), ...body }, names.map(signer));
    };
    if (desk instanceof Laptop) await desk.work(work);
    else await desk.work((centre) => work({ ...centre, relay: null as never }));
  }

  async #read(hall: RegionCode): Promise<void> {
    const station = this.#station(hall);
    const { contest, body } = this.#form(station);
    const desk = this.#desk(hall);
    const chain = stationChain(station, CONTEST_KINDS.indexOf(contest));
    const indices = desk.medium.logs.get(hallLog(hall))?.chains.get(chain) ?? [];
    const last = desk.medium.logs.get(hallLog(hall))?.entries[indices.at(-1) ?? -1];
    const previous = last === undefined ? null : toHex(parseStatement(last.bytes).id);
    const outcome = previous === null ? "same" : "corrected";
    const decided = {
      evidence: null,
      fields: [],
      incident: null,
      initialled: [],
      outcome,
      previous,
      reason: null,
      refused: [],
      sheet: null,
    };
    const names = outcome === "same" ? [`operator ${hall}`] : [`operator ${hall}`, `chair ${hall}`];
    await this.#say(hall, "reading", { ...body, ...decided }, names);
  }

  #certify(hall: RegionCode): Promise<void> {
    const figures = new Array<number>(FIGURE_COUNT).fill(0);
    const body = {
      contest: "ppwp",
      district: "0",
      region: hall,
      figures,
      votes: [],
      stations: 0,
      read: 0,
      papers: null,
    };
    return this.#say(hall, "certificate", body, [`chair ${hall}`, `member ${hall}`]);
  }

  #grant(hall: RegionCode): Promise<void> {
    const station = this.#station(hall);
    const name = `station ${station}`;
    const person = toHex(sha256(utf8(name)).subarray(0, 16));
    const list = [{ key: toHex(signer(name).publicKey), person, region: station, role: "station" }];
    return this.#say(hall, "grant", { list }, [`chair ${hall}`]);
  }

  async #order(hall: RegionCode, kind: "halt" | "resume"): Promise<void> {
    const above = this.chance.pick([parentOfHall(hall), hall.slice(0, 2) as RegionCode]);
    const order = `${++this.#orders}/SIMULASI`;
    const body = { order, regions: [hall], ...(kind === "resume" ? { at: null } : {}) };
    await this.centre.work(async ({ sequencer }) => {
      await sequencer.write(hallLog(above), kind, { ...body, time: this.#skewed() }, [signer(`chair ${above}`)]);
    });
  }

  #skewed(): number {
    const skew = this.chance.happens(0.2) ? this.chance.between(-5 * YEAR, 5 * YEAR) : 0;
    return Math.floor(this.#now + skew);
  }

  // ------------------------------------------------------------ custody

  /** The kabupaten hands a hall's log to a new laptop, which begins from a bundle of the centre's logs. */
  async #hand(hall: RegionCode): Promise<void> {
    const name = `laptop ${this.laptops.length} ${hall}`;
    const skew = this.chance.happens(0.3) ? this.chance.between(-3 * YEAR, 3 * YEAR) : 0;
    const before = this.centre.size(hallLog(parentOfHall(hall)));
    await this.#custody(hall, vkeyOfKey(originKey(name, hallLog(hall))));
    if (this.centre.size(hallLog(parentOfHall(hall))) === before) return;
    const medium = copyDisk(this.centre.medium, scopeOf(hall));
    const laptop = new Laptop(name, hall, medium, () => Math.floor(this.#now + skew));
    laptop.fate = this.#fate(0.01);
    this.laptops.push(laptop);
  }

  async #custody(hall: RegionCode, vkey: string): Promise<void> {
    const log = hallLog(hall);
    const parent = parentOfHall(hall);
    await this.centre.work(async ({ sequencer, store }) => {
      await sequencer.standings.load(log);
      const head = await store.head(log);
      const epoch = (sequencer.standings.custodies(log).at(-1)?.epoch ?? 0) + 1;
      if (head === null) return;
      const body = { log, size: head.size, root: toHex(head.root()), vkey, epoch, time: this.#skewed() };
      await sequencer.write(hallLog(parent), "custody", body, [signer(`chair ${parent}`)]);
    });
  }

  /** A copy of a laptop's disks is made; or, if there is one, it is put back, with or without what is kept beside the logs. */
  #backUpOrPutBack(laptop: Laptop): void {
    const backup = this.#backups.get(laptop);
    if (backup === undefined) {
      this.#backups.set(laptop, { medium: copyDisk(laptop.medium), own: copyDisk(laptop.own) });
      return;
    }
    laptop.kill();
    laptop.medium = copyDisk(backup.medium);
    laptop.wasPutBack = true;
    if (this.chance.happens(0.5)) laptop.own = copyDisk(backup.own);
  }

  // ------------------------------------------------------------ the network

  /** A conversation that may break off at every message, each of which may arrive again later. */
  async #converse(laptop: Laptop): Promise<void> {
    await laptop.work(async ({ replica, relay }) => {
      const leader = new Leader({ replica, relay, region: laptop.hall });
      for (;;) {
        const said = await leader.next();
        if (said.length === 0) return;
        const request = encodeMessages(said);
        this.#mayComeLate({ to: "centre", kind: "messages", bytes: request });
        if (this.#isCut()) return;
        const answer = await this.#ask(request);
        if (answer === null || this.#isCut()) return;
        this.#mayComeLate({ to: laptop, kind: "messages", bytes: answer });
        await leader.hear(decodeMessages(answer));
      }
    });
    await this.#fetchAnswers(laptop);
  }

  async #ask(request: Uint8Array): Promise<Uint8Array | null> {
    return this.centre.work(async ({ answerer }) => encodeMessages(await answerer.answer(decodeMessages(request))));
  }

  /** Phones near a laptop ask it what became of their sheets. */
  async #fetchAnswers(laptop: Laptop): Promise<void> {
    for (const sheet of this.sheets) {
      if (sheet.receipt !== null || sheet.log !== sheetLog(laptop.hall) || this.#isLostOnTheWay()) continue;
      const answer = await laptop.work(({ relay }) => relay.answer(sheet.id));
      if (answer !== null) this.#told(sheet, answer);
    }
  }

  #isCut(): boolean {
    return !this.#isCalm && this.chance.happens(0.12);
  }

  #mayComeLate(parcel: Parcel): void {
    if (this.#isCalm || !this.chance.happens(0.25)) return;
    this.#parcels.push(parcel);
    if (this.#parcels.length > MOST_PARCELS) this.#parcels.splice(this.chance.below(MOST_PARCELS), 1);
  }

  /** A laptop's logs on a stick, which turns up somewhere, some time. */
  async #packStick(laptop: Laptop): Promise<void> {
    const log = this.chance.happens(0.7) ? hallLog(laptop.hall) : hallLog(parentOfHall(laptop.hall));
    const bytes = await laptop.work(async ({ replica }) => {
      // What this machine cannot prove nobody can carry from it.
      return gather(writeLogFile(replica, [log])).catch((error: unknown) => {
        if (error instanceof SyncRefused) return null;
        throw error;
      });
    });
    if (bytes === null) return;
    const others = this.laptops.filter(({ hall }) => hall === laptop.hall);
    const to = this.chance.happens(0.7) ? "centre" : this.chance.pick(others);
    this.#parcels.push({ to, kind: "stick", bytes });
  }

  /** Something that was under way arrives, not for the last time perhaps. */
  async #arrive(): Promise<void> {
    if (this.#parcels.length === 0) return;
    const at = this.chance.below(this.#parcels.length);
    const parcel = this.#parcels[at];
    if (parcel === undefined) return;
    if (this.chance.happens(0.7)) this.#parcels.splice(at, 1);
    if (parcel.to !== "centre" && parcel.to.isLost) return;
    if (parcel.kind === "stick") return this.#takeStick(parcel);
    if (parcel.to === "centre") {
      await this.#ask(parcel.bytes);
      return;
    }
    const chunks = decodeMessages(parcel.bytes).filter((message) => message.kind === "chunk");
    await parcel.to.work(async ({ replica }) => {
      for (const chunk of chunks as (Message & { kind: "chunk" })[]) await replica.take(chunk);
    });
  }

  async #takeStick({ to, bytes }: Parcel): Promise<void> {
    const open = async function* () {
      yield bytes;
    };
    if (to === "centre") await this.centre.work(({ replica }) => readLogFile(replica, open));
    else await to.work(({ replica }) => readLogFile(replica, open));
  }

  // ------------------------------------------------------------ healing

  /** Nothing breaks any more, every machine is found, everyone speaks with everyone until nothing moves. */
  async #heal(): Promise<void> {
    this.#isCalm = true;
    for (const laptop of this.laptops) laptop.isLost = false;
    while (this.#parcels.length > 0) await this.#arrive();
    for (let round = 0; round < 3; round++) {
      for (const laptop of this.laptops) await this.#converse(laptop);
      await this.#deliverToCentre(this.sheets.filter(({ receipt, refused }) => receipt === null && !refused));
    }
    this.onEdition();
  }
}

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of all) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
