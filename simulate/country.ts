/**
 * A country in one process: a centre, laptops in halls, phones; a network that loses, repeats and reorders, disks that lose power in
 * the middle of a write, clocks that are years off. Everything follows from one seed: a run that fails is run again by it.
 *
 * What happens is drawn, one event after the other; what must hold is in `checks.ts`. Time passes only in events, so a run of
 * three days takes as long as its signatures.
 */
import { Chance } from "../src/demo/random.ts";
import type { RegionCode } from "../src/election/codes.ts";
import { toHex } from "../src/ledger/bytes.ts";
import { scopeOf } from "../src/tally/scope.ts";
import { copyDisk } from "./disk.ts";
import { centreLogKey, HALLS, hallLog, originKey, parentOfHall, signer, vkeyOfKey } from "./founding.ts";
import { Halls } from "./halls.ts";
import { Network } from "./network.ts";
import { Phones } from "./phones.ts";
import { Centre, Laptop } from "./places.ts";
import type { Stage } from "./stage.ts";

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
  cutLine: 2,
  mendLine: 2,
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

/** The write at which the power goes, counted over all machines, and how much of it is done: 0 nothing, 1 all. */
export interface Cut {
  readonly at: number;
  readonly done: number;
}

export class Country implements Stage {
  readonly chance: Chance;
  readonly centre: Centre;
  readonly laptops: Laptop[] = [];
  readonly phones = new Phones(this);
  /** Told after each event at which the centre could publish. */
  readonly onEdition: () => void;
  readonly network = new Network(this, this.phones);
  readonly #halls = new Halls(this);
  readonly #backups = new Map<Laptop, { medium: Laptop["medium"]; own: Laptop["own"] }>();
  #now = START;
  isCalm = false;

  readonly #cut: Cut | null;
  /** Writes to all disks so far, while power may still go. */
  writes = 0;

  /** `cut`: the power goes at one write alone, and not by chance. */
  constructor(seed: string, onEdition: () => void, cut: Cut | null = null) {
    this.#cut = cut;
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
    return () => {
      if (this.isCalm) return null;
      const write = this.writes++;
      if (this.#cut !== null) return write === this.#cut.at ? this.#cut.done : null;
      return this.chance.happens(probability) ? this.chance.next() : null;
    };
  }

  skewed(): number {
    const skew = this.chance.happens(0.2) ? this.chance.between(-5 * YEAR, 5 * YEAR) : 0;
    return Math.floor(this.#now + skew);
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
        return this.phones.sign(hall);
      case "deliver":
        return this.phones.deliver(chance.below(3) + 1);
      case "reading":
        return this.#halls.read(hall);
      case "pause":
        return this.#halls.pause(hall);
      case "certify":
        return this.#halls.certify(hall);
      case "seeBelow":
        await this.centre.work(async ({ sequencer }) => {
          if (this.centre.size(hallLog(hall)) > 0) await sequencer.see(hallLog(parentOfHall(hall)), hallLog(hall));
        });
        return;
      case "converse":
        return this.#withLaptop((laptop) => this.network.converse(laptop));
      case "cutLine":
        return this.#withLaptop(async (laptop) => {
          laptop.hasLine = false;
        });
      case "mendLine": {
        const cut = this.laptops.filter(({ hasLine }) => !hasLine);
        if (cut.length > 0) chance.pick(cut).hasLine = true;
        return;
      }
      case "stick":
        return this.#withLaptop((laptop) => this.network.packStick(laptop));
      case "parcel":
        return this.network.arrive();
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
        return this.#halls.revoke(hall);
      case "grant":
        return this.#halls.grant(hall);
      case "halt":
      case "resume":
        return this.#halls.order(hall, event);
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
      const body = { log, size: head.size, root: toHex(head.root()), vkey, epoch, time: this.skewed() };
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

  // ------------------------------------------------------------ healing

  /** Nothing breaks any more, every machine is found, everyone speaks with everyone until nothing moves. */
  async #heal(): Promise<void> {
    this.isCalm = true;
    for (const laptop of this.laptops) {
      laptop.isLost = false;
      laptop.hasLine = true;
    }
    while (this.network.underWay > 0) await this.network.arrive();
    for (let round = 0; round < 3; round++) {
      for (const laptop of this.laptops) await this.network.converse(laptop);
      await this.phones.deliverToCentre(this.phones.waiting);
    }
    this.onEdition();
  }
}
