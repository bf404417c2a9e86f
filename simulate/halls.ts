/** What people in the halls and above them state: readings, rests, certificates, grants, revocations, orders. */
import { stationChain } from "../src/core/submission.ts";
import { CONTEST_KINDS, type RegionCode } from "../src/election/codes.ts";
import { FIGURE_COUNT } from "../src/election/figures.ts";
import type { StatementType } from "../src/election/statements.ts";
import { toHex, utf8 } from "../src/ledger/bytes.ts";
import type { JsonObject } from "../src/ledger/canonical.ts";
import { sha256 } from "../src/ledger/hash.ts";
import { parseStatement } from "../src/ledger/statement.ts";
import { writingTrouble } from "../src/sync/may-write.ts";
import { hallLog, parentOfHall, signer, stationsOf, world } from "./founding.ts";
import { randomForm } from "./phones.ts";
import type { Machine, Process } from "./places.ts";
import type { Stage } from "./stage.ts";

export class Halls {
  readonly #stage: Stage;
  #orders = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Where a hall's log is written now, as far as its members know. */
  #desk(hall: RegionCode): Machine<Process> {
    const there = this.#stage.laptops.filter((laptop) => laptop.hall === hall && !laptop.isLost);
    return there.length === 0 || this.#stage.chance.happens(0.15) ? this.#stage.centre : this.#stage.chance.pick(there);
  }

  /** A hall states something, signed by the keys of names, wherever its log is written; nothing if it is not there. */
  async #say(hall: RegionCode, type: StatementType, body: JsonObject, names: readonly string[]): Promise<void> {
    const log = hallLog(hall);
    await this.#desk(hall).work(async ({ sequencer, replica }) => {
      if ((await writingTrouble({ sequencer, replica }, log)) !== null) return;
      await sequencer.write(log, type, { time: this.#stage.skewed(), ...body }, names.map(signer));
    });
  }

  async read(hall: RegionCode): Promise<void> {
    const station = this.#station(hall);
    const { contest, body } = randomForm(this.#stage.chance, station);
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

  pause(hall: RegionCode): Promise<void> {
    return this.#say(hall, "pause", { panel: this.#stage.chance.below(3) }, [`chair ${hall}`]);
  }

  revoke(hall: RegionCode): Promise<void> {
    const keys = [world.shortOf(`station ${this.#station(hall)}`)];
    return this.#say(hall, "revoke", { keys, undo: this.#stage.chance.happens(0.5) }, [`chair ${hall}`]);
  }

  certify(hall: RegionCode): Promise<void> {
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

  grant(hall: RegionCode): Promise<void> {
    const station = this.#station(hall);
    const name = `station ${station}`;
    const person = toHex(sha256(utf8(name)).subarray(0, 16));
    const list = [{ key: toHex(signer(name).publicKey), person, region: station, role: "station" }];
    return this.#say(hall, "grant", { list }, [`chair ${hall}`]);
  }

  async order(hall: RegionCode, kind: "halt" | "resume"): Promise<void> {
    const above = this.#stage.chance.pick([parentOfHall(hall), hall.slice(0, 2) as RegionCode]);
    const order = `${++this.#orders}/SIMULASI`;
    const body = { order, regions: [hall], ...(kind === "resume" ? { at: null } : {}) };
    await this.#stage.centre.work(async ({ sequencer }) => {
      await sequencer.write(hallLog(above), kind, { ...body, time: this.#stage.skewed() }, [signer(`chair ${above}`)]);
    });
  }

  #station(hall: RegionCode): string {
    return this.#stage.chance.pick(stationsOf(hall));
  }
}
