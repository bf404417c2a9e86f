/**
 * A plenary as its desk knows it: its logs followed from the store, and what is shown of them.
 *
 * A hall keeps nothing that the logs do not say. It needs no other log than those of its region and the plenaries' above it, so
 * that it works on a laptop without a link; opened anew, it stands where the logs stand.
 */
import { type ContestKind, plenoLog, type RegionCode, type StationCode } from "../election/codes.ts";
import type { Model, Region } from "../election/model.ts";
import type { Hash } from "../ledger/hash.ts";
import type { LogName } from "../store/store.ts";
import { hasStatement, levelOf } from "../tally/book.ts";
import { deadlineOf } from "./deadline.ts";
import { HallLogs, type LogsOptions } from "./hall-logs.ts";
import { type PlenaryRecord, readingKey } from "./plenary-record.ts";
import { type PlenaryState, plenaryState } from "./plenary-state.ts";
import { surroundingsOf } from "./plenary-surroundings.ts";
import { desaView, districtView } from "./views/desa-view.ts";
import { hallView } from "./views/hall-view.ts";
import { desaIn, logView, type Sources } from "./views/sources.ts";
import { stationView } from "./views/station-view.ts";
import type { DesaView, DistrictView, HallView, LogView, StationView } from "./wire/views.ts";

/** What is kept apart from the logs, by its hash. */
export interface Apart {
  /** The photographed pages of a list (a sheet's `papers`), in the order of the form; none where they have not come. */
  pages(list: Hash): Promise<readonly Hash[]>;
  /** What was written under a hash (an objection's `papers`); null where it is not at hand. */
  words(hash: Hash): Promise<string | null>;
}

export interface HallOptions extends LogsOptions {
  readonly apart?: Apart;
  /** Day of the vote, `YYYY-MM-DD`: the deadline counts from it. Null or absent: there is none to show. */
  readonly votingDay?: string | null;
}

/** A hall that cannot be opened; the message says what is missing. */
export class HallError extends Error {
  override readonly name = "HallError";
}

const NOTHING_APART: Apart = { pages: async () => [], words: async () => null };

export class Hall {
  readonly region: RegionCode;
  readonly #options: HallOptions;
  readonly #logs: HallLogs;
  #sources: Sources | null = null;

  /** @throws HallError if the logs have no definition yet, or it has no such region */
  static async open(options: HallOptions): Promise<Hall> {
    const hall = new Hall(options);
    await hall.follow();
    hall.sources();
    return hall;
  }

  private constructor(options: HallOptions) {
    this.region = options.region;
    this.#options = options;
    this.#logs = new HallLogs(options);
  }

  /** Takes in what its logs have now; whether there was anything. */
  async follow(): Promise<boolean> {
    const any = await this.#logs.follow();
    if (any) this.#sources = null;
    return any;
  }

  /** Its log as far as it has been followed. */
  log(): LogView {
    return logView(this.#logs.tally, this.region);
  }

  state(): PlenaryState {
    return this.sources().state;
  }

  /** What the views are made from. It holds until the hall is followed again. */
  sources(): Sources {
    this.#sources ??= this.#read();
    return this.#sources;
  }

  /** @param now milliseconds since 1970, by the desk's clock */
  async view(now: number): Promise<HallView> {
    const { record } = this.sources();
    const words = await this.#words([...record.objections.values()].map(({ papers }) => papers));
    const sources = this.sources();
    return hallView(sources, {
      now,
      deadline: deadlineOf(this.#options.votingDay ?? null, this.region, sources.region.zone),
      words,
      fingerprint: () => null,
    });
  }

  /** The columns of a district; null if the region has no part in it. */
  district(contest: ContestKind, code: string): DistrictView | null {
    const { model } = this.sources();
    const district = model.contest(contest)?.district(code);
    return district && desaIn(district, this.region).length > 0 ? districtView(district) : null;
  }

  /** A station with its sheets and its reading; null if the region has none such in the contest. */
  station(contest: ContestKind, station: StationCode): Promise<StationView | null> {
    const { pages } = this.#apart;
    return stationView(this.sources(), { entry: (log, index) => this.#entry(log, index), pages }, contest, station);
  }

  /** A desa as read so far; null if the region has none such in the contest. */
  desa(contest: ContestKind, desa: RegionCode): DesaView | null {
    return desaView(this.sources(), contest, desa);
  }

  get #apart(): Apart {
    return this.#options.apart ?? NOTHING_APART;
  }

  #read(): Sources {
    const { tally } = this.#logs;
    const model = this.#modelSeenBy(plenoLog(this.region));
    const region = model.region(this.region);
    if (!region || region.level === "desa") throw new HallError(`the definition has no plenary ${this.region}`);
    const record = this.#logs.record(this.region);
    const state = this.#state(record, region, model);
    return { region, model, tally, record, state };
  }

  #state(record: PlenaryRecord, region: Region, model: Model): PlenaryState {
    const { authority } = this.#logs.tally;
    return plenaryState(record, surroundingsOf(authority, region.code, model, this.#readAbove(region)));
  }

  /** The definition that a log has seen; the one in force while it has seen none. */
  #modelSeenBy(log: LogName): Model {
    const { authority, model } = this.#logs.tally;
    const root = authority.definitions[authority.definitionSeenBy(authority.log(log))]?.root;
    if (root !== undefined && root !== model?.root) return this.#options.definition(root);
    if (!model) throw new HallError("the logs have no definition yet: bring the log pleno/0 first");
    return model;
  }

  /** Stations of a kecamatan whose standing reading is a higher plenary's. */
  #readAbove({ code, level }: Region): Set<string> {
    const above = new Set<string>();
    const unit = level === "kecamatan" ? this.#logs.tally.unit(code) : null;
    for (const block of unit?.blocks ?? []) {
      const book = block?.books.recap;
      if (!unit || !block || !book) continue;
      for (let slot = 0; slot < unit.stations; slot++) {
        if (!hasStatement(book, slot) || levelOf(book, slot) === 0) continue;
        const contest = block.districts[unit.placeOfSlot(slot)]?.contest.kind ?? "";
        above.add(readingKey(contest, unit.model.stationAt(unit.region.stationFrom + slot)));
      }
    }
    return above;
  }

  async #entry(log: LogName, index: number): Promise<Uint8Array> {
    const [bytes] = await this.#options.store.read(log, index, index + 1);
    if (!bytes) throw new HallError(`the store has lost entry ${index} of ${log}: stop, and bring it back from a copy`);
    return bytes;
  }

  /** What was written under each of the hashes, as far as it is at hand. */
  async #words(hashes: readonly (Hash | null)[]): Promise<Map<Hash, string>> {
    const words = new Map<Hash, string>();
    for (const hash of hashes) {
      const text = hash === null ? null : await this.#apart.words(hash);
      if (hash !== null && text !== null) words.set(hash, text);
    }
    return words;
  }
}
