/**
 * A random but plausible history of an election, for properties: what halls, phones and the centre might write, in any
 * order, with their mistakes. A history is a list of steps; each step is a kind and a number from which its choices are
 * drawn, the ordinary ones first, so that fast-check shrinks a counterexample to few and plain steps.
 */
import { amend } from "../../election/amend.ts";
import { checkElection } from "../../election/check-election.ts";
import { type ContestKind, NATION, parentOf, plenoLog, type RegionCode, tpsLog } from "../../election/codes.ts";
import type { ElectionFile } from "../../election/definition.ts";
import type { District, Model } from "../../election/model.ts";
import type { OUTCOMES } from "../../election/sheet.ts";
import { recountIn } from "../../election/testing.ts";
import { toHex, utf8 } from "../../ledger/bytes.ts";
import type { Json, JsonObject } from "../../ledger/canonical.ts";
import { asHash, type Hash, sha256 } from "../../ledger/hash.ts";
import { Tally } from "../fold.ts";
import type { LogName } from "../logs.ts";
import type { Plenary } from "../plenary.ts";
import { chairOf, smallElection, World } from "../testing.ts";
import { amendments, withoutColumns } from "./random-definitions.ts";
import { Dice, randomForm, writeJunk } from "./random-forms.ts";

export const STEP_KINDS = [
  "sheet",
  "reading",
  "certify",
  "see",
  "annul",
  "revoke",
  "grant",
  "reopen",
  "halt",
  "resume",
  "pause",
  "minutes",
  "ruling",
  "custody",
  "amend",
  "objection",
  "junk",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];
export type Step = readonly [kind: StepKind, dice: number];

/** Few stations, so that their sheets meet: three in one kecamatan (two desa, two districts), one beside it, one far off. */
const FOCUS: readonly [string, ...string[]] = [
  "5101011001001",
  "5101011001002",
  "5101011002001",
  "5101021001001",
  "5201011001001",
];

/** A kecamatan, contest and district: what a pen is held over. */
interface Pen {
  readonly kecamatan: RegionCode;
  readonly contest: ContestKind;
  readonly district: District;
}

export class RandomWorld {
  readonly world: World;
  /** Folds along as the steps are written: from it they learn what is current and who holds the pen. */
  readonly tally: Tally;
  #file: ElectionFile;
  #amended = 0;
  #fed = 0;
  #orders = 0;
  /** Ids of all sheets, and of the readings, by station/contest. */
  readonly #sheets = new Map<string, Hash[]>();
  readonly #readings = new Map<string, Hash[]>();
  /** The reading that stands, as far as the fold took it. */
  readonly #read = new Map<string, Hash>();
  readonly #custodies = new Map<LogName, number>();
  readonly #steps: Readonly<Record<StepKind, (dice: Dice) => void>> = {
    sheet: (dice) => this.#sheet(dice),
    reading: (dice) => this.#reading(dice),
    certify: (dice) => this.#certifyUp(this.#pen(dice), dice),
    see: (dice) => this.#see(dice),
    annul: (dice) => this.#annul(dice),
    revoke: (dice) => this.#revoke(dice),
    grant: (dice) => this.#grant(dice),
    reopen: (dice) => this.#reopen(dice),
    halt: (dice) => this.#halt("halt", dice),
    resume: (dice) => this.#halt("resume", dice),
    pause: (dice) => this.#pause(dice),
    minutes: (dice) => this.#minutes(dice),
    ruling: (dice) => this.#ruling(dice),
    custody: (dice) => this.#hand(dice),
    amend: (dice) => this.#amend(dice),
    objection: (dice) => this.#objection(dice),
    junk: (dice) => this.#junk(dice),
  };

  constructor(steps: Iterable<Step>, file = smallElection()) {
    this.#file = file;
    this.world = new World(file);
    this.tally = new Tally({ definition: this.world.definition });
    this.world.grantAll();
    const person = (name: string) => toHex(sha256(utf8(name)).subarray(0, 16));
    const nation = (["member", "operator"] as const).map((role) => ({
      key: toHex(this.world.signer(`${role} 0`).publicKey),
      person: person(`${role} 0`),
      region: NATION,
      role,
    }));
    this.world.write(plenoLog(NATION), "grant", { list: nation }, ["root"]);
    this.#sync();
    for (const [kind, seed] of steps) {
      this.#steps[kind](new Dice(seed));
      this.#sync();
    }
  }

  get model(): Model {
    return this.tally.model ?? this.world.model;
  }

  /** The definitions so far, the one in force first. */
  #models(): [Model, ...Model[]] {
    const earlier = this.tally.authority.definitions.map(({ root }) => this.world.definition(root));
    return [this.model, ...earlier];
  }

  #sync(): void {
    const { order } = this.world;
    for (; this.#fed < order.length; this.#fed++) {
      const entry = order[this.#fed];
      if (entry) this.tally.add(entry.log, entry.bytes);
    }
  }

  #station(dice: Dice): string {
    const station = dice.of(...FOCUS);
    if (!dice.rarely(4)) return station;
    return this.model.stationAt(dice.below(this.model.stationCount));
  }

  #contest(station: string, dice: Dice): ContestKind {
    const desa = this.model.region(station.slice(0, 10));
    const kinds = this.model.contests.filter((contest) => desa && contest.districtOf(desa)).map(({ kind }) => kind);
    return dice.of(kinds[0] ?? "ppwp", ...kinds.slice(1));
  }

  #pen(dice: Dice): Pen {
    const station = this.#station(dice);
    const contest = this.#contest(station, dice);
    const district = this.world.districtOf(station, contest, this.model);
    return { kecamatan: station.slice(0, 6) as RegionCode, contest, district };
  }

  /** The plenaries from a kecamatan up to the nation. */
  #chain(kecamatan: RegionCode): readonly Plenary[] {
    return this.tally.authority.chain(kecamatan);
  }

  /** Who holds a pen, as the logs stand; if it lies between two, the kecamatan. */
  #holder({ kecamatan, contest, district }: Pen): number {
    const { authority } = this.tally;
    const at = this.#chain(kecamatan).findIndex((plenary) =>
      authority.holdsPen(plenary, kecamatan, contest, district.code),
    );
    return Math.max(0, at);
  }

  #plenary(dice: Dice): Plenary {
    const kecamatan = this.#station(dice).slice(0, 6) as RegionCode;
    const chain = this.#chain(kecamatan);
    const [first] = chain;
    if (!first) throw new RangeError(`${kecamatan} has no plenary`);
    return dice.of(first, ...chain.slice(1));
  }

  #previous(known: readonly Hash[], current: Hash | null, dice: Dice): Hash | null {
    switch (Math.max(0, dice.below(8) - 4)) {
      case 1:
        return null;
      case 2:
        return known[dice.below(Math.max(1, known.length))] ?? null;
      case 3:
        return asHash(toHex(sha256(utf8("nothing"))));
      default:
        return current;
    }
  }

  #sheet(dice: Dice): void {
    const station = this.#station(dice);
    const contest = this.#contest(station, dice);
    const log = tpsLog(station.slice(0, 6) as RegionCode);
    const lags = dice.rarely(4);
    const key = `${station}/${contest}`;
    const known = this.#sheets.get(key) ?? [];
    const index = this.model.contest(contest)?.index ?? 0;
    const current = this.tally.current(station, index);
    const previous = this.#previous(known, current && asHash(toHex(current.id)), dice);
    const body = { ...randomForm(this.world, this.#models(), station, contest, dice, 6), papers: null, previous };
    const own = `station ${station}`;
    const wrong = dice.of(`station ${FOCUS[0]}`, "nobody", `observer ${station}`);
    const signer = dice.of(own, own, own, `operator ${station.slice(0, 6)}`, `spare ${station}`, "archive 51", wrong);
    if (!lags) this.world.seeAbove(log);
    this.#sheets.set(key, [...known, this.world.write(log, "sheet", body, [signer]).id]);
  }

  #reading(dice: Dice): void {
    const station = this.#station(dice);
    const contest = this.#contest(station, dice);
    const kecamatan = station.slice(0, 6) as RegionCode;
    const district = this.world.districtOf(station, contest, this.model);
    const chain = this.#chain(kecamatan);
    const holder = this.#holder({ kecamatan, contest, district });
    const level = dice.rarely(5) ? dice.below(4) : holder;
    const { region, log } = chain[level] ?? this.#plenary(dice);
    const lags = dice.rarely(4);
    const outcome = dice.of<(typeof OUTCOMES)[number]>("same", "corrected", "recount", "noted");
    const key = `${station}/${contest}`;
    const known = this.#readings.get(key) ?? [];
    const previous = this.#previous(known, this.#read.get(key) ?? null, dice);
    const operator = `operator ${region}`;
    const two = [operator, chairOf(region)];
    const alone = outcome === "same" ? [operator] : two;
    const signers = dice.of(alone, alone, two, [operator], [`operator ${kecamatan}`], ["nobody"]);
    const body = {
      ...randomForm(this.world, this.#models(), station, contest, dice, outcome === "noted" ? 1 : 8),
      evidence: null,
      fields: [],
      incident: null,
      initialled: [],
      outcome,
      previous,
      reason: dice.of(null, "sum-error"),
      ...recountIn(outcome),
      refused: [],
      sheet: null,
    };
    if (!lags) this.world.seeAbove(log);
    this.#sync();
    const refusals = () => this.tally.voids().length;
    const before = refusals();
    const { id } = this.world.write(log, "reading", body, signers);
    this.#readings.set(key, [...known, id]);
    this.#sync();
    if (refusals() === before) this.#read.set(key, id);
  }

  /** Certifies a district as far up as the dice say, each level after it has seen those below. */
  #certifyUp(pen: Pen, dice: Dice): void {
    const chain = this.#chain(pen.kecamatan);
    const top = chain[Math.min(chain.length - 1, this.#holder(pen) + dice.of(0, 1, 3))];
    const alone = dice.rarely(6);
    if (top) this.#certify(top.region, pen, alone, dice.rarely(6));
  }

  #certify(region: RegionCode, { contest, district }: Pen, alone: boolean, lags: boolean): void {
    const { authority } = this.tally;
    const parts = new Set(district.desa.flatMap(({ parent }) => parent?.code ?? []));
    const within = [...parts].filter((code) => region === NATION || code.startsWith(region));
    if (within.length === 0) return;
    const log = plenoLog(region);
    const holdsAll = () =>
      within.every((code) => authority.holdsPen(authority.plenary(region), code, contest, district.code));
    if (!holdsAll() && region.length < 6) {
      for (const { code } of this.model.region(region)?.children ?? []) {
        this.#certify(code, { kecamatan: code, contest, district }, false, lags);
        this.world.see(log, plenoLog(code));
      }
    }
    if (!lags) this.world.seeAbove(log);
    this.#sync();
    const figures = new Array<number>(25).fill(0);
    const body = { contest, district: district.code, region, figures, votes: [], stations: 0, read: 0, papers: null };
    const member = `member ${region}`;
    this.world.write(log, "certificate", body, alone ? [chairOf(region)] : [chairOf(region), member]);
    this.#sync();
  }

  /** A log sees another of its chain, from above or below, all of it or a part. */
  #see(dice: Dice): void {
    const kecamatan = this.#station(dice).slice(0, 6) as RegionCode;
    const logs = [tpsLog(kecamatan), ...this.#chain(kecamatan).map(({ log }) => log)];
    const log = logs[dice.below(logs.length)];
    const other = logs[dice.below(logs.length)];
    if (!log || !other || log === other) return;
    const size = this.world.logs.get(other)?.length ?? 0;
    this.world.see(log, other, dice.rarely(3) ? dice.below(size + 1) : size);
  }

  #annul(dice: Dice): void {
    const station = this.#station(dice);
    const contest = this.#contest(station, dice);
    const kecamatan = station.slice(0, 6) as RegionCode;
    const current = this.tally.current(station, this.model.contest(contest)?.index ?? 0);
    const known = this.#sheets.get(`${station}/${contest}`) ?? [];
    const sheet = (dice.rarely(4) ? known[0] : current && toHex(current.id)) ?? known.at(-1);
    if (sheet === undefined) return;
    const log = tpsLog(kecamatan);
    if (!dice.rarely(3)) this.world.seeAbove(log);
    const chair = `chair ${kecamatan}`;
    this.world.write(log, "annul", { reason: "test-data", sheet }, [dice.of(chair, chair, `operator ${kecamatan}`)]);
  }

  /** The keys that grants and revocations are about. */
  #key(plenary: Plenary, dice: Dice): { readonly name: string; readonly role: string; readonly region: string } {
    const station = this.#station(dice);
    const kecamatan = station.slice(0, 6);
    const at = plenary.region;
    return dice.of(
      { name: `station ${station}`, role: "station", region: station },
      { name: `spare ${station}`, role: "station", region: station },
      { name: "archive 51", role: "archive", region: at === NATION ? "51" : at },
      { name: `operator ${kecamatan}`, role: "operator", region: kecamatan },
      { name: `chair ${kecamatan}`, role: "chair", region: kecamatan },
      { name: `observer ${station}`, role: "observer", region: kecamatan },
    );
  }

  #revoke(dice: Dice): void {
    const plenary = this.#plenary(dice);
    const { name } = this.#key(plenary, dice);
    const keys = [this.world.shortOf(name)];
    if (!dice.rarely(4)) this.world.seeAbove(plenary.log);
    this.world.write(plenary.log, "revoke", { keys, undo: dice.of(true, true, false) }, [chairOf(plenary.region)]);
  }

  #grant(dice: Dice): void {
    const plenary = this.#plenary(dice);
    const { name, role, region } = this.#key(plenary, dice);
    const person = toHex(sha256(utf8(name)).subarray(0, 16));
    const list = [{ key: toHex(this.world.signer(name).publicKey), person, region, role }];
    if (!dice.rarely(4)) this.world.seeAbove(plenary.log);
    this.world.write(plenary.log, "grant", { list }, [chairOf(plenary.region)]);
  }

  #order(): string {
    this.#orders++;
    return `${this.#orders}/UJI`;
  }

  #reopen(dice: Dice): void {
    const pen = this.#pen(dice);
    const chain = this.#chain(pen.kecamatan);
    const level = Math.max(1, dice.rarely(5) ? dice.below(4) : this.#holder(pen));
    const parent = chain[level];
    const child = chain[level - 1];
    if (!parent || !child) return;
    this.world.seeAbove(parent.log);
    const body = { contest: pen.contest, district: pen.district.code, order: this.#order(), region: child.region };
    this.world.write(parent.log, "reopen", body, [chairOf(parent.region)]);
    if (!dice.rarely(3)) this.world.see(child.log, parent.log);
  }

  #halt(kind: "halt" | "resume", dice: Dice): void {
    const { region, log } = this.#plenary(dice);
    const station = this.#station(dice);
    const where = dice.of(region, station.slice(0, 6), station.slice(0, 4));
    const body = { order: this.#order(), regions: [where] };
    if (!dice.rarely(4)) this.world.seeAbove(log);
    this.world.write(log, kind, kind === "halt" ? body : { ...body, at: null }, [chairOf(region)]);
  }

  #pause(dice: Dice): void {
    const { region, log } = this.#plenary(dice);
    this.world.write(log, dice.of("pause", "unpause"), { panel: dice.of(null, 1) }, [chairOf(region)]);
  }

  /** Acts whose verdict hangs on other logs, on the book or on what the minutes said before. */
  #minutes(dice: Dice): void {
    const { region, log } = this.#plenary(dice);
    const { contest } = this.#pen(dice);
    const order = { at: null, dated: 1, letter: "0a".repeat(32), order: dice.of(this.#order(), "1/UJI", "2/UJI") };
    const mandate = { letter: "0a".repeat(32), participant: "p1", withdrawn: false };
    const act = dice.of<JsonObject>(
      { what: "take-up", contest, station: this.#station(dice) },
      { what: "paper-order", kind: dice.of("halt", "resume"), ...order },
      { what: "mandate", ...mandate, person: dice.of("aa", "bb", "cc").repeat(8), seated: dice.rarely(2) },
      { what: "open" },
      { what: "evidence", papers: order.letter, reading: this.#anyReading(dice) },
    );
    if (!dice.rarely(4)) this.world.seeAbove(log);
    this.world.write(
      log,
      "minutes",
      { act },
      [chairOf(region), `member ${region}`].slice(0, act.what === "open" ? 1 : 2),
    );
  }

  /** One that was written for any station, or none. */
  #anyReading(dice: Dice): string {
    const all = [...this.#readings.values()].flat();
    return all[dice.below(Math.max(1, all.length))] ?? "0a".repeat(32);
  }

  #ruling(dice: Dice): void {
    const { contest, district } = this.#pen(dice);
    const { region, log } = this.#plenary(dice);
    const votes = dice.below(9) - 4;
    const deltas: Json = [
      [dice.below(district.choices.length), votes],
      [dice.below(district.choices.length + 1), 0 - votes],
    ];
    if (!dice.rarely(4)) this.world.seeAbove(log);
    const body = { kind: "ruling", number: this.#order(), contest, district: district.code, region, deltas };
    this.world.write(log, "order", body, [chairOf(region)]);
  }

  /** A log goes to a node and, the next time, back to another writer. */
  #hand(dice: Dice): void {
    const plenary = this.#plenary(dice);
    const log = dice.rarely(3) && plenary.region.length === 6 ? tpsLog(plenary.region) : plenary.log;
    if (log === plenoLog(NATION)) return;
    const parent = parentOf(plenary.region) ?? NATION;
    if (!dice.rarely(4)) this.world.seeAbove(plenoLog(parent));
    const epoch = (this.#custodies.get(log) ?? 0) + (dice.rarely(8) ? 2 : 1);
    this.#custodies.set(log, epoch);
    this.world.hand(log, `node ${epoch}`, epoch);
  }

  #amend(dice: Dice): void {
    const change = amendments[this.#amended];
    if (!change) return;
    const next = checkElection(change(withoutColumns(this.#file)));
    const checked = "faults" in next ? next : amend(this.#file, next.ok);
    if ("faults" in checked) throw new TypeError(checked.faults.map(({ what }) => what.en).join("; "));
    this.#amended++;
    this.#file = checked.ok;
    this.world.amend(checked.ok);
    if (dice.rarely(2)) this.world.seeAbove(plenoLog("510101" as RegionCode));
  }

  #objection(dice: Dice): void {
    const { region, log } = this.#plenary(dice);
    const body = { contest: null, kind: "objection", papers: null, participant: null, ref: null, station: null };
    this.world.write(log, "objection", { ...body, status: "filed" }, [chairOf(region)]);
  }

  #junk(dice: Dice): void {
    const kecamatan = this.#station(dice).slice(0, 6) as RegionCode;
    const log = dice.of(tpsLog(kecamatan), ...this.#chain(kecamatan).map((plenary) => plenary.log));
    writeJunk(this.world, log, FOCUS[0], dice);
  }
}
