/**
 * The simulated plenaries: committees that read the papers, compare them with the sheets that have arrived, correct, halt, go on and
 * certify. They append through the sequencer beside the door, as a desk would. Each committee does its acts one after the other,
 * and waits where it must: for its time, for another plenary, for a station's sheets.
 */
import { readChain } from "../core/chain.ts";
import type { Sequencer } from "../core/sequence.ts";
import { stationChain } from "../core/submission.ts";
import {
  CONTEST_KINDS,
  type ContestKind,
  kecamatanOf,
  parentOf,
  plenoLog,
  type RegionCode,
  type StationCode,
  tpsLog,
} from "../election/codes.ts";
import { FIGURES } from "../election/figures.ts";
import type { District, Model } from "../election/model.ts";
import type { Outcome, ReadingReason, SheetBody } from "../election/sheet.ts";
import { type StatementType, statementType } from "../election/statements.ts";
import { fromUtf8, toHex } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import type { Signer } from "../ledger/note.ts";
import { parseStatement, type Statement } from "../ledger/statement.ts";
import type { Store } from "../store/store.ts";
import { penKey } from "../tally/plenary.ts";
import type { DemoClock } from "./calendar.ts";
import type { Paper } from "./figures.ts";
import type { DemoKeys } from "./keys.ts";
import { REASONS, recountedPaper } from "./mistakes.ts";
import { districtOf, stationsOf } from "./places.ts";
import { Chance } from "./random.ts";
import { rest } from "./rest.ts";
import { formOf, reportedOf, sheetCount, storyIn } from "./sheets.ts";
import { ACT_TYPES, type Act, actsOf, type Deed } from "./sittings.ts";
import { addTotals, type Total, Totals } from "./totals.ts";
import { VISITOR_SEATS, visitorPlenaries } from "./visitor.ts";
import { Visits } from "./visits.ts";

export interface CommitteesOptions {
  readonly sequencer: Sequencer;
  readonly store: Store;
  readonly model: Model;
  readonly seed: string;
  readonly keys: DemoKeys;
  readonly clock: DemoClock;
}

/** How long a committee that waits for somebody waits until it looks again, in milliseconds. */
const LOOK_AGAIN = 100;
/** Entries read from a log at a time. */
const PAGE = 500;

export class Committees {
  readonly #options: CommitteesOptions;
  readonly #plans: ReadonlyMap<RegionCode, readonly Act[]>;
  readonly #totals: Totals;
  /** Acts done, by plenary. */
  readonly #done = new Map<RegionCode, number>();
  /** The time of its latest act, by plenary. */
  readonly #spoken = new Map<RegionCode, number>();
  readonly #visits: Visits;
  readonly #visitors: readonly RegionCode[];

  constructor(options: CommitteesOptions) {
    this.#options = options;
    this.#plans = actsOf(options.model, options.seed);
    this.#totals = new Totals(options.model);
    const { store, model, keys } = options;
    this.#visitors = visitorPlenaries(model);
    const names = this.#visitors.flatMap((region) => VISITOR_SEATS.map(({ seat }) => keys.visitor(region, seat).name));
    this.#visits = new Visits(store, new Set(names));
  }

  /** All plenaries, from where their logs say that they are, until all is done or the signal. */
  async run(signal: AbortSignal): Promise<void> {
    for (const region of this.#plans.keys()) await this.#options.sequencer.standings.load(plenoLog(region));
    for (const region of this.#plans.keys()) await this.#recall(region);
    await Promise.all([...this.#plans].map(([region, plan]) => this.#sit(region, plan, signal)));
  }

  /** What the simulated committee of a plenary has done, from its log. */
  async #recall(region: RegionCode): Promise<void> {
    const { store } = this.#options;
    const log = plenoLog(region);
    const readings = new Map<string, Paper>();
    let done = 0;
    for (let from = 0; ; from += PAGE) {
      const entries = await store.read(log, from, from + PAGE);
      for (const entry of entries) {
        const statement = parseStatement(entry);
        const type = statementType(statement.type);
        if (this.#isVisitors(statement)) continue;
        if (type !== null && ACT_TYPES.has(type)) done++;
        if (type === "reading") this.#recallReading(statement, readings);
      }
      if (entries.length < PAGE) break;
    }
    this.#done.set(region, done);
  }

  #recallReading(statement: Statement, readings: Map<string, Paper>): void {
    const body = bodyOf(statement);
    const chain = chainOf(body.station, body.contest);
    const district = districtOf(this.#options.model, body.station, body.contest);
    const paper = paperIn(body);
    this.#totals.read(body.station, district, paper, readings.get(chain) ?? null);
    readings.set(chain, paper);
  }

  #isVisitors({ signatures }: Statement): boolean {
    return signatures.some(({ name }) => this.#visits.isKey(name));
  }

  async #sit(region: RegionCode, plan: readonly Act[], signal: AbortSignal): Promise<void> {
    for (;;) {
      const done = this.#done.get(region) ?? 0;
      const act = plan[done];
      if (act === undefined || signal.aborted) return;
      await rest(this.#options.clock.until(act.at), signal);
      while (!signal.aborted && !(await this.#isReady(region, act))) await rest(LOOK_AGAIN, signal);
      if (signal.aborted) return;
      // Once somebody has come, the rest is theirs.
      if (act.left && (await this.#visits.isVisited(region))) return;
      await this.#perform(region, act, plan.slice(0, done));
      this.#done.set(region, done + 1);
    }
  }

  async #isReady(here: RegionCode, { deed, after }: Act): Promise<boolean> {
    for (const { region, acts } of after) {
      const isDone = (this.#done.get(region) ?? 0) >= acts;
      if (!isDone && !(await this.#isCertified(region))) return false;
    }
    // A visitor may have halted them.
    if (deed.type !== "resume" && this.#options.sequencer.standings.haltOn(plenoLog(here)) !== null) return false;
    if (deed.type !== "reading") return true;
    const { station, kind } = deed;
    const { model, seed } = this.#options;
    const expected = sheetCount(storyIn(model, seed, station, kind));
    const head = await this.#options.store.chain(logOf(station), chainOf(station, kind));
    return (head?.count ?? 0) >= expected;
  }

  /** Whether a visitor has certified all that the region's plenary certifies. */
  async #isCertified(region: RegionCode): Promise<boolean> {
    if (!this.#visitors.includes(region)) return false;
    const given = await this.#visits.certificates(region);
    const planned = (this.#plans.get(region) ?? []).flatMap(({ deed }) =>
      deed.type === "certificate" ? [deed.district] : [],
    );
    return planned.every(({ contest, code }) => given.has(penKey(contest.kind, code)));
  }

  async #perform(region: RegionCode, { at, deed, after }: Act, before: readonly Act[]): Promise<void> {
    const { sequencer, keys } = this.#options;
    const chair = keys.official(region, "chair");
    switch (deed.type) {
      case "reading":
        return this.#read(region, at, deed, before);
      case "recount":
        return this.#recount(region, at, deed);
      case "objection":
        return this.#object(region, at, deed);
      case "pause":
      case "unpause":
        return this.#say(region, at, deed.type, { panel: null }, [chair]);
      case "halt":
      case "resume": {
        const body = { order: deed.order, regions: [deed.region] };
        await this.#say(region, at, deed.type, deed.type === "halt" ? body : { ...body, at: null }, [chair]);
        // The order reaches the hall at once.
        await sequencer.see(plenoLog(deed.region), plenoLog(region));
        return;
      }
      case "certificate": {
        // Whoever certifies has the certificates of those below on the table.
        const below = after.filter((one) => parentOf(one.region) === region);
        for (const one of below) await sequencer.see(plenoLog(region), plenoLog(one.region));
        return this.#certify(region, at, deed.district);
      }
    }
  }

  async #read(region: RegionCode, at: number, deed: Deed & { type: "reading" }, before: readonly Act[]): Promise<void> {
    const { model, seed, store, keys } = this.#options;
    const { station, kind } = deed;
    const { story, district, truth, paper } = reportedOf(model, seed, station, kind);
    const { current } = await readChain(store, logOf(station), chainOf(station, kind), []);
    const sheet = current === null ? null : await this.#statement(logOf(station), current.index);
    const read = story === "unmendable" ? paper : truth;
    const fields = sheet === null ? [] : differences(paperIn(bodyOf(sheet)), read);
    const noted = story === "unmendable";
    const outcome: Outcome = noted ? "noted" : sheet === null || fields.length > 0 ? "corrected" : "same";
    const incident = noted ? 1 + before.filter((act) => isUnmendable(model, seed, act.deed)).length : null;
    const saksi = outcome === "same" ? NOBODY : saksiOf(seed, station, district);
    const reason: ReadingReason | null = outcome === "same" ? null : (REASONS[story] ?? "not-explained");
    const decided = { ...saksi, fields, incident, outcome, previous: null, reason, sheet: current?.id ?? null };
    const operator = keys.official(region, "operator");
    const signers = outcome === "same" ? [operator] : [operator, keys.official(region, "chair")];
    const body = { ...formOf(station, district, read), ...decided, evidence: null };
    await this.#say(region, at, "reading", body, signers);
    this.#totals.read(station, district, read, null);
  }

  /** The votes of a station are counted again in the hall; the reading before is replaced. */
  async #recount(region: RegionCode, at: number, { station, kind }: Deed & { type: "recount" }): Promise<void> {
    const { seed, keys } = this.#options;
    const before = await this.#reading(region, station, kind);
    const body = bodyOf(before);
    const district = districtOf(this.#options.model, station, kind);
    const old = paperIn(body);
    const found = recountedPaper(seed, station, district, old);
    const saksi = saksiOf(seed, station, district);
    const decided = {
      ...saksi,
      evidence: null,
      fields: differences(old, found),
      incident: null,
      outcome: "recount",
      previous: toHex(before.id),
      reason: "recount",
      recount: {
        // Whoever objected.
        asked: saksi.initialled.slice(0, 1),
        counted: [keys.officialPerson(region, "operator"), keys.officialPerson(region, "member")],
        supervisor: false,
      },
      sheet: body.sheet,
    };
    const signers = [keys.official(region, "operator"), keys.official(region, "chair")];
    await this.#say(region, at, "reading", { ...formOf(station, district, found), ...decided }, signers);
    this.#totals.read(station, district, found, old);
  }

  async #object(region: RegionCode, at: number, { station, kind }: Deed & { type: "objection" }): Promise<void> {
    const { seed, model, keys } = this.#options;
    const reading = await this.#reading(region, station, kind);
    const [participant = null] = saksiOf(seed, station, districtOf(model, station, kind)).initialled;
    const about = { contest: kind, station, ref: toHex(reading.id), participant, papers: null };
    const body = { ...about, kind: "objection", status: "accepted" };
    await this.#say(region, at, "objection", body, [keys.official(region, "operator")]);
  }

  async #certify(region: RegionCode, at: number, district: District): Promise<void> {
    const { model, keys } = this.#options;
    const { figures, votes, read } = await this.#sums(region, district);
    const stations = stationsOf(model, region).filter(
      (station) => districtOf(model, station, district.contest.kind) === district,
    ).length;
    const about = { contest: district.contest.kind, district: district.code, region, papers: null };
    const signers = [keys.official(region, "chair"), keys.official(region, "member")];
    await this.#say(region, at, "certificate", { ...about, figures, votes, read, stations }, signers);
  }

  /** What a region's certificate says: of a visitor's plenary below, what that has certified. */
  async #sums(region: RegionCode, district: District): Promise<Total> {
    const given = (await this.#visits.isVisited(region)) ? await this.#visits.certificates(region) : null;
    const certificate = given?.get(penKey(district.contest.kind, district.code));
    if (certificate !== undefined) {
      const numbers = (list: readonly (number | null)[]) => list.map((value) => value ?? 0);
      return { figures: numbers(certificate.figures), votes: numbers(certificate.votes), read: certificate.read };
    }
    if (!this.#visitors.includes(region) || region.length === 6) return this.#totals.within(region, district);
    const children = this.#options.model.region(region)?.children ?? [];
    const sums = await Promise.all(children.map(({ code }) => this.#sums(code, district)));
    return sums.reduce(addTotals, this.#totals.of(region, district));
  }

  async #say(
    region: RegionCode,
    at: number,
    type: StatementType,
    body: JsonObject,
    signers: readonly Signer[],
  ): Promise<void> {
    const { sequencer, clock } = this.#options;
    // Each at a time of its own: the second pause of a sitting is not a copy of the first.
    const time = Math.max(clock.timeOf(at), (this.#spoken.get(region) ?? 0) + 1);
    this.#spoken.set(region, time);
    await sequencer.write(plenoLog(region), type, { ...body, time }, signers);
  }

  /** The reading of a station that stands. */
  async #reading(region: RegionCode, station: StationCode, kind: ContestKind): Promise<Statement> {
    const head = await this.#options.store.chain(plenoLog(region), chainOf(station, kind));
    if (head === null) throw new RangeError(`${station} was not read in ${kind}`);
    return this.#statement(plenoLog(region), head.index);
  }

  async #statement(log: string, index: number): Promise<Statement> {
    const [bytes] = await this.#options.store.read(log, index, index + 1);
    if (bytes === undefined) throw new RangeError(`${log} has no entry ${index}`);
    return parseStatement(bytes);
  }
}

const NOBODY = { initialled: [], refused: [] } as const;

/** Whose saksi initial a change, and whose refuses. */
function saksiOf(seed: string, station: StationCode, { contest, choices, parties }: District) {
  const chance = new Chance(seed, `saksi ${station} ${contest.kind}`);
  const ids = (parties.length > 0 ? parties : choices).map(({ id }) => id);
  const from = chance.below(ids.length);
  const present = [...ids.slice(from), ...ids.slice(0, from)].slice(0, 3);
  const refusing = chance.happens(0.2) ? 1 : 0;
  return { initialled: present.slice(refusing), refused: present.slice(0, refusing) };
}

function isUnmendable(model: Model, seed: string, deed: Deed): boolean {
  return deed.type === "reading" && storyIn(model, seed, deed.station, deed.kind) === "unmendable";
}

const logOf = (station: StationCode) => tpsLog(kecamatanOf(station));
const chainOf = (station: StationCode, kind: ContestKind) => stationChain(station, CONTEST_KINDS.indexOf(kind));

/** The body of a sheet or reading of this store: it was judged before it got there. */
function bodyOf({ body }: Statement): SheetBody & { readonly sheet: string | null } {
  return JSON.parse(fromUtf8(body)) as SheetBody & { readonly sheet: string | null };
}

/** In this election every sheet and reading has all its numbers. */
function paperIn({ figures, votes, parties }: SheetBody): Paper {
  const numbers = (list: readonly (number | null)[]) => list.map((value) => value ?? 0);
  return { figures: numbers(figures), votes: numbers(votes ?? []), parties: numbers(parties) };
}

/** The paths of what differs, as a reading names them. */
function differences(before: Paper, after: Paper): string[] {
  const differing = (key: keyof Paper, name: (i: number) => string) =>
    after[key].flatMap((value, i) => (value === before[key][i] ? [] : [name(i)]));
  return [
    ...differing("figures", (i) => FIGURES[i] ?? ""),
    ...differing("parties", (i) => `parties.${i}`),
    ...differing("votes", (i) => `votes.${i}`),
  ];
}
