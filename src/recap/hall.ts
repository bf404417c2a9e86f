/**
 * A plenary as its desk knows it: its logs followed from the store, and what is shown of them.
 *
 * A hall keeps nothing that the logs do not say. It needs no other log than those of its region and the plenaries' above it, so
 * that it works on a laptop without a link; opened anew, it stands where the logs stand.
 */
import { type ContestKind, isWithin, plenoLog, type RegionCode, type StationCode } from "../election/codes.ts";
import type { District, Model, Region } from "../election/model.ts";
import type { Hash } from "../ledger/hash.ts";
import type { LogName } from "../store/store.ts";
import { hasStatement, levelOf } from "../tally/book.ts";
import type { Tally } from "../tally/fold.ts";
import { penKey } from "../tally/plenary.ts";
import { deadlineOf } from "./deadline.ts";
import { Findings } from "./findings.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Form } from "./form.ts";
import type { Names } from "./hall-form.ts";
import { HallLogs, type LogsOptions } from "./hall-logs.ts";
import {
  desaNight,
  draftForm,
  incidentList,
  type PaperHall,
  publicLink,
  resultForm,
  seatsPaper,
} from "./hall-papers.ts";
import { readingKey } from "./plenary-record.ts";
import { type PlenaryState, plenaryState } from "./plenary-state.ts";
import { surroundingsOf } from "./plenary-surroundings.ts";
import { Printer } from "./printer.ts";
import { actView, MOST_ACTS } from "./views/acts-view.ts";
import { belowView } from "./views/below-view.ts";
import { desaView, districtView } from "./views/desa-view.ts";
import { hallView } from "./views/hall-view.ts";
import { overviewView } from "./views/overview-view.ts";
import { reopenedBy } from "./views/reopened.ts";
import { seatsView } from "./views/seats-view.ts";
import { desaIn, logView, type Sources } from "./views/sources.ts";
import { type Shelf, stationView } from "./views/station-view.ts";
import { storyView } from "./views/story-view.ts";
import { type LoggedWriter, writersView } from "./views/writers-view.ts";
import type {
  ActsView,
  BelowView,
  DesaView,
  DistrictView,
  HallView,
  LogView,
  OverviewView,
  RemarkView,
  SeatsView,
  StationView,
} from "./wire/views.ts";

/** What is kept apart from the logs, by its hash. */
export interface Apart {
  /** The photographed pages of a list (a sheet's `papers`), in the order of the form; none where they have not come. */
  pages(list: Hash): Promise<readonly Hash[]>;
  /** What was written under a hash (an objection's `papers`); null where it is not at hand. */
  words(hash: Hash): Promise<string | null>;
}

export interface HallOptions extends LogsOptions {
  readonly apart?: Apart;
  /** The note of a station's sheet that is held at this place and in no log yet; null if there is none. */
  readonly heldSheet?: (station: StationCode, contest: ContestKind) => Promise<Uint8Array | null>;
  /** Address of the public site, for the codes on paper; the election's own name as an address if absent. */
  readonly site?: string;
  /** Who prints; a printer of its own if absent. */
  readonly printer?: Printer;
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
  readonly #findings: Findings;
  readonly #printer: Printer;
  #sources: Sources | null = null;
  /** Fingerprints by contest and district, with the moves at which they were made. */
  readonly #fingerprints = new Map<string, { readonly moves: number; readonly text: string }>();

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
    this.#findings = new Findings(this.#logs);
    this.#printer = options.printer ?? new Printer();
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
    const reopened = await reopenedBy(this.sources(), this.#shelf);
    const remarks = await this.#findings.of(this.region);
    const sources = this.sources();
    return hallView(sources, {
      now,
      deadline: deadlineOf(sources.model, sources.region),
      words,
      reopened,
      remarks,
      fingerprint: (contest, district) => this.#fingerprint(sources.region, contest, district),
    });
  }

  /** @param now milliseconds since 1970, by the desk's clock */
  overview(now: number): OverviewView {
    return this.#overview(this.sources(), now, false);
  }

  /**
   * How a plenary below gets on, as this hall's logs have it; null if there is none such.
   * @param everyKecamatan of a provinsi: all of its kecamatan instead of the plenaries right below
   */
  overviewOf(now: number, code: RegionCode, everyKecamatan: boolean): OverviewView | null {
    const sources = this.sources();
    const region = isWithin(code, this.region) ? sources.model.region(code) : undefined;
    if (!region || region.level === "desa" || (everyKecamatan && region.level !== "provinsi")) return null;
    const [record, state] = [this.#logs.record(code), this.#state(region, sources.model)];
    return this.#overview({ ...sources, region, record, state }, now, everyKecamatan);
  }

  #overview(sources: Sources, now: number, everyKecamatan: boolean): OverviewView {
    return overviewView(sources, {
      now,
      everyKecamatan,
      record: (region) => this.#logs.record(region),
      stateOf: (region) => this.#state(region, sources.model),
    });
  }

  /** What the plenaries right below certified, beside what the readings add up to; null if the region has no such result. */
  async below(contest: ContestKind, district: string): Promise<BelowView | null> {
    let remarks: ReadonlyMap<Hash, readonly RemarkView[]> = new Map();
    for (const { code, level } of this.sources().region.children) {
      if (level !== "desa") remarks = await this.#findings.of(code);
    }
    return belowView(this.sources(), contest, district, {
      remarks,
      record: (region) => this.#logs.record(region),
      fingerprint: (region, of) => this.#fingerprint(region, contest, of),
    });
  }

  /** Who writes the logs of the plenaries right below. */
  writers(): Promise<LoggedWriter[]> {
    return writersView(this.sources(), this.#shelf);
  }

  /** Logs right below with a certificate that this plenary's own log has not seen: a result there waits to be brought up. */
  certifiedBelow(): LogName[] {
    const { region, tally } = this.sources();
    const own = tally.authority.log(plenoLog(region.code));
    const isUnseen = (code: RegionCode) =>
      [...this.#logs.record(code).certificates.values()].some(
        (given) => (given.at(-1)?.index ?? -1) >= own.sees(plenoLog(code)),
      );
    return region.children
      .filter(({ level, code }) => level !== "desa" && isUnseen(code))
      .map(({ code }) => plenoLog(code));
  }

  /** The newest entries of its log below a place; of all, without it. */
  async acts(before: number = Number.MAX_SAFE_INTEGER): Promise<ActsView> {
    const log = this.log();
    const to = Math.min(before, log.size);
    const from = Math.max(0, to - MOST_ACTS);
    const name = plenoLog(this.region);
    const entries = await this.#options.store.read(name, from, to);
    const acts = entries.map((bytes, i) => actView(bytes, from + i, this.#logs.tally.refusalOf(name, from + i)));
    return { log, acts: acts.reverse() };
  }

  /** Seats and winners that follow from what this plenary certified; null where it has not, or it is not for it to say. */
  seats(contest: ContestKind, district: string): Promise<SeatsView | null> {
    return seatsView(this.sources(), contest, district, (size) => this.#asOf(size));
  }

  /** What rulings, revotes and corrections did to a station's result, or to a district's; null if the region has none such. */
  story(contest: ContestKind, about: { readonly station: StationCode } | { readonly district: string }) {
    return storyView(this.sources(), this.#options, contest, about);
  }

  /** The certificate of a result as a plain form: what was certified, else a draft; null if the region has no such result. */
  form(contest: ContestKind, district: string, names: Names = new Map()): Promise<Form | null> {
    return resultForm(this.#papers, contest, district, names);
  }

  /** The bytes of {@link form}, the same whenever it is made of the same log. @throws FormError if it does not add up */
  async certificatePdf(contest: ContestKind, district: string, names: Names = new Map()): Promise<Uint8Array | null> {
    const form = await this.form(contest, district, names);
    return form && this.#printer.print({ what: "certificate", form });
  }

  /** The bytes of what {@link seats} says, on paper; null where that says nothing. */
  async seatsPdf(contest: ContestKind, district: string, names: Names = new Map()): Promise<Uint8Array | null> {
    const view = await this.seats(contest, district);
    const paper = view && seatsPaper(this.#papers, view, names);
    return paper && this.#printer.print({ what: "seats", paper });
  }

  /** The night's position of a desa, a page for each contest; null if the kecamatan has no such desa. */
  async nightPdf(desa: RegionCode): Promise<Uint8Array | null> {
    const positions = desaNight(this.#papers, desa);
    return positions && this.#printer.print({ what: "night", positions });
  }

  /** Objections and incidents, also when there are none. */
  async incidentsPdf(names: Names = new Map()): Promise<Uint8Array> {
    return this.#printer.print({ what: "incidents", list: await incidentList(this.#papers, names) });
  }

  /** Ends the printing; reading needs no end. */
  close(): Promise<void> {
    return this.#printer.close();
  }

  /** The columns of a district; null if the region has no part in it. */
  district(contest: ContestKind, code: string): DistrictView | null {
    const { model } = this.sources();
    const district = model.contest(contest)?.district(code);
    return district && desaIn(district, this.region).length > 0 ? districtView(district) : null;
  }

  /** A station with its sheets and its reading; null if the region has none such in the contest. */
  station(contest: ContestKind, station: StationCode): Promise<StationView | null> {
    return stationView(this.sources(), this.#shelf, contest, station);
  }

  /** A desa as read so far; null if the region has none such in the contest. */
  desa(contest: ContestKind, desa: RegionCode): DesaView | null {
    return desaView(this.sources(), contest, desa);
  }

  get #papers(): PaperHall {
    const { site = `https://${this.sources().model.origin}` } = this.#options;
    return {
      sources: () => this.sources(),
      asOf: (size) => this.#asOf(size),
      words: (hash) => this.#apart.words(hash),
      link: (contest) => publicLink(site, contest, this.region),
    };
  }

  async #asOf(size: number) {
    const tally = await this.#logs.asOf(this.region, size);
    return { tally, model: this.#modelSeenBy(tally) };
  }

  /**
   * The fingerprint of a region's result as the logs stand. It covers thousands of figures, so it is made again only when they
   * may have moved.
   */
  #fingerprint(region: Region, contest: ContestKind, district: District): string {
    const key = `${region.code}/${penKey(contest, district.code)}`;
    const moves = this.#logs.moves(contest);
    const known = this.#fingerprints.get(key);
    if (known?.moves === moves) return known.text;
    const text = fingerprint(draftForm(this.#papers, { ...this.sources(), region }, district));
    this.#fingerprints.set(key, { moves, text });
    return text;
  }

  get #shelf(): Shelf {
    return {
      entry: (log, index) => this.#entry(log, index),
      pages: (list) => this.#apart.pages(list),
      held: async (station, contest) => (await this.#options.heldSheet?.(station, contest)) ?? null,
    };
  }

  get #apart(): Apart {
    return this.#options.apart ?? NOTHING_APART;
  }

  #read(): Sources {
    const { tally } = this.#logs;
    const model = this.#modelSeenBy(tally);
    const region = model.region(this.region);
    if (!region || region.level === "desa") throw new HallError(`the definition has no plenary ${this.region}`);
    const record = this.#logs.record(this.region);
    return { region, model, tally, record, state: this.#state(region, model) };
  }

  /** The state of this plenary, or of one below it. */
  #state(region: Region, model: Model): PlenaryState {
    const { tally } = this.#logs;
    const surroundings = surroundingsOf(tally.authority, region.code, model, this.#readAbove(region));
    return plenaryState(this.#logs.record(region.code), surroundings);
  }

  /** The definition that the hall's log has seen in a fold; the one in force while it has seen none. */
  #modelSeenBy({ authority, model }: Tally): Model {
    const root = authority.definitions[authority.definitionSeenBy(authority.log(plenoLog(this.region)))]?.root;
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
