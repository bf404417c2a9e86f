/**
 * The fold: entries of the logs in, accounts out.
 *
 * Each log is folded by its index. There is no order between logs except what a log writes down: an entry that names a
 * prefix of another log (`seen`, `custody`) waits until that prefix is folded, and is judged by it alone. Hence accounts
 * are a pure function of the prefixes: the same whatever the order of arrival, from scratch or bit by bit.
 *
 * Signatures are checked by whoever brings the entries (the door, the audit); authority is judged here.
 */
import { CONTEST_KINDS, isWithin, NATION, parseLogName, plenoLog, type RegionCode } from "../election/codes.ts";
import type { MinutesAct } from "../election/minutes.ts";
import { type Contest, type District, kecamatanIn, type Model, type Region } from "../election/model.ts";
import { HotSheet } from "../election/sheet.ts";
import { parseHot } from "../election/sheet-parser.ts";
import { type Body, BodyError, type BodyOf, decode, statementType } from "../election/statements.ts";
import { toHex } from "../ledger/bytes.ts";
import type { Hash } from "../ledger/hash.ts";
import { parseStatement, type Statement, StatementError, shortKey } from "../ledger/statement.ts";
import { leafHash } from "../ledger/tree.ts";
import { adjustmentOf, judgeAdjustment, postingOf } from "./adjustments.ts";
import { Authority, type Genesis } from "./authority.ts";
import { hasStatement, idOf, indexOf } from "./book.ts";
import { type Build, Builder } from "./build.ts";
import { Definitions } from "./definitions.ts";
import { type LogName, LogState } from "./logs.ts";
import { foldMinutes, type Sitting } from "./minutes.ts";
import { isBeingRead } from "./opened-boxes.ts";
import type { TakeObject } from "./output.ts";
import { penKey } from "./plenary.ts";
import type { Posting } from "./posting.ts";
import { CHAIR } from "./powers.ts";
import { foldCertificate, foldReading, isCertified } from "./readings.ts";
import { fault, noEffect, type Refusal, type RefusalReason } from "./refusal.ts";
import {
  logsOf,
  type Rest,
  RestingDiffers,
  regionOf,
  restoreOutline,
  type SavedKecamatan,
  type SavedOutline,
  saveOutline,
} from "./resting.ts";
import { EVERYTHING, type Scope } from "./scope.ts";
import { annulSheetsOf, foldAnnulment, foldSheet, SHEET_ROLES, type SheetContext, type View } from "./sheets.ts";
import type { Adjustment, Totals } from "./totals.ts";
import { amendUnit, type Block, restoreUnit, saveUnit, Unit, type VoidEntry } from "./unit.ts";
import { type Need, Waiting } from "./waiting.ts";

export interface TallyOptions {
  /** Reads a definition by the hash of its root object. Throws if it is not to be had: the fold cannot go on without. */
  readonly definition: (root: Hash) => Model;
  readonly onPosting?: (posting: Posting) => void;
  /**
   * Which logs are folded; all of them if absent. Only these may be added, and with any log the plenaries' above it.
   *
   * A prefix of a log out of scope is taken as known: nothing waits for it, and its root is not checked. Of the kecamatan out of
   * scope nothing is kept: a reading of one of their stations in a log above moves nothing, and a certificate above is judged by
   * the kecamatan in scope alone, the others being taken to have been passed up. So, for the region of the scope, all is as in a
   * fold of everything (the verdicts on its logs, who holds its pens, its halts, its objects), unless somebody above certified
   * before the results of all others were there: a fold of everything calls that certificate void, and this one does
   * not. Objects and statuses of the regions above are of no use here.
   */
  readonly scope?: Scope;
}

/** The current sheet of a station, for whoever writes the next. */
export interface Current {
  readonly id: Uint8Array;
  readonly index: number;
}

/** As many entries as whoever reads a whole store best gives at a time: their bytes still fit into a processor's cache. */
export const PORTION = 16_384;

export class Tally {
  readonly authority: Authority;
  readonly #options: TallyOptions;
  readonly #scope: Scope;
  readonly #definitions = new Definitions();
  readonly #units = new Map<RegionCode, Unit>();
  readonly #changed = new Set<Block>();
  readonly #builder: Builder;
  readonly #voids = new Map<LogName, VoidEntry[]>();
  readonly #adjustments = new Map<RegionCode, Adjustment[]>();
  readonly #waiting = new Waiting();
  /** The edition that this fold goes on from, and the kecamatan that nobody has asked for since. */
  #rest: Rest | null = null;
  readonly #resting = new Set<RegionCode>();
  /** Whether what is brought back must at once be as the edition has it; before the first build all of it is checked together. */
  #isAtEdition = false;
  #hot = new HotSheet();
  readonly #context: SheetContext;

  constructor(options: TallyOptions) {
    this.#options = options;
    this.#scope = options.scope ?? EVERYTHING;
    this.authority = new Authority(this.#scope, (region) => this.#bringBack(region));
    this.#context = {
      authority: this.authority,
      listener: options.onPosting ?? null,
    };
    this.#builder = new Builder(this.authority, this.#units, this.#changed, this.#adjustments, (code) => {
      this.#bringBack(code);
    });
  }

  get genesis(): Genesis | null {
    return this.authority.genesis;
  }

  /** The definition in force at the cut; null before there is one. */
  get model(): Model | null {
    return this.#definitions.inForce;
  }

  /**
   * Gives the next entry of a log. It is folded, or waits for the prefix that it, or one before it, names. Its bytes stay the
   * caller's: what is kept of them is copied.
   */
  add(name: LogName, entry: Uint8Array): void {
    const log = this.authority.log(name);
    if (this.#waiting.take(name, entry)) return;
    const need = this.#fold(log, entry);
    if (need) this.#waiting.wait(name, [entry.slice()], need);
    else this.#wake(name);
  }

  /**
   * Gives entries of many logs, those of each log in their order. Log by log: what a kecamatan needs is then at hand for all
   * of its entries, where in order of arrival each would find it gone from the processor's caches (measured: 16 µs
   * an entry against 22).
   */
  addAll(entries: Iterable<{ readonly log: LogName; readonly bytes: Uint8Array }>): void {
    const byLog = Map.groupBy(entries, ({ log }) => log);
    // Plenaries come first in this order, so that little has to wait for them.
    for (const log of [...byLog.keys()].sort()) for (const { bytes } of byLog.get(log) ?? []) this.add(log, bytes);
  }

  /** Entries given so far. */
  offered(name: LogName): number {
    return this.size(name) + this.#waiting.count(name);
  }

  /** Entries folded so far. */
  size(name: LogName): number {
    const log = this.authority.logAtHand(name);
    if (log) return log.size;
    return this.rests(name) ? (this.#rest?.marks.get(name)?.size ?? 0) : 0;
  }

  /** Whether a log is of a kecamatan that rests. */
  rests(name: LogName): boolean {
    return this.#resting.size > 0 && this.#resting.has(regionOf(name));
  }

  *logs(): IterableIterator<LogName> {
    for (const log of this.authority.logs()) if (log.size > 0) yield log.name;
  }

  /** RFC 6962 root of what is folded of a log. */
  root(name: LogName): Uint8Array {
    return this.authority.log(name).root();
  }

  /** Logs that wait, with the entry that waits and the prefix it names. */
  blocked(): { log: LogName; index: number; needs: Need }[] {
    return this.#waiting.all().map(([log, needs]) => ({ log, index: this.size(log), needs }));
  }

  /** Everything the fold refused, by log and index. */
  voids(): VoidEntry[] {
    return [...this.#voids].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, voids]) => voids);
  }

  /** Why the fold refused an entry; null if it stands, or is not folded yet. */
  refusalOf(log: LogName, index: number): RefusalReason | null {
    const voids = this.#voids.get(log) ?? [];
    let [low, high] = [0, voids.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((voids[middle]?.index ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    const found = voids[low];
    return found?.index === index ? found.reason : null;
  }

  /** A kecamatan's books; null where nothing of it was folded. To be read only. */
  unit(kecamatan: RegionCode): Unit | null {
    return this.#units.get(kecamatan) ?? null;
  }

  /** The sums of a region in a contest (both of {@link model}) as its object has them, or would if it were built now. */
  totals(region: Region, contest: Contest): Totals {
    return this.#builder.totals(region, contest);
  }

  /** The rulings of a region's own plenary that name no station, in the order of its log. */
  adjustments(region: RegionCode): readonly Adjustment[] {
    return this.#adjustments.get(region) ?? [];
  }

  /** The public key of a short name that signs in a log; null if nothing folded names it. Says nothing of authority. */
  publicKey(log: LogName, short: string): Uint8Array | null {
    return this.authority.publicKey(this.authority.log(log).region, short);
  }

  /** The current sheet of a station (13 digits) in a contest; null if there is none. */
  current(station: string, contest: number): Current | null {
    const found = this.model?.station(station);
    const unit = this.#units.get(station.slice(0, 6) as RegionCode);
    const book = unit?.blocks[contest]?.books.count;
    if (!found || !unit || !book) return null;
    const slot = found.index - unit.region.stationFrom;
    return hasStatement(book, slot) ? { id: idOf(book, slot).slice(), index: indexOf(book, slot) } : null;
  }

  /**
   * The objects of what changed since the last build, and the hashes of the trees. `take` gets each object as it is made: a
   * nation's first build makes 3 GB of them, more than a machine may have room for at once.
   */
  build(vkeyOf: (log: LogName) => string, take?: TakeObject): Build {
    this.#isAtEdition = true;
    return this.#builder.build(this.model, vkeyOf, take);
  }

  /** What is above each kecamatan that was built since this was last asked needs of it. Valid right after a build only. */
  *takeOutlines(): IterableIterator<[RegionCode, SavedOutline]> {
    for (const block of this.#builder.takeRebuilt()) {
      const { code } = block.unit;
      yield [code, saveOutline(block, this.authority.log(plenoLog(code)).epoch)];
    }
  }

  /**
   * Goes on from an edition: its kecamatan rest, and each is brought back when something first asks for it. To be called when
   * `pleno/0` is folded as far as the edition has it, and before anything else is; after it the logs of all other regions above
   * the kecamatan are to be folded so far, and what a build then gives is to be compared with the edition.
   * @throws RangeError if an outline does not fit the definition
   */
  rest(rest: Rest, vkeyOf: (log: LogName) => string): void {
    const { model } = this;
    if (!model) throw new RangeError("without a definition nothing can rest");
    this.#rest = rest;
    const epochs = new Map<LogName, number>();
    for (const [code, saved] of rest.outlines()) {
      const contest = model.contestAt(saved.contest);
      if (!contest) throw new RangeError(`the definition has no contest ${saved.contest}`);
      this.#builder.rest(code, contest, restoreOutline(saved, contest));
      epochs.set(plenoLog(code), saved.epoch);
      this.#resting.add(code);
    }
    for (const [log, { size, root }] of rest.marks) {
      const region = regionOf(log);
      if (region.length < 6) continue;
      this.#resting.add(region);
      const epoch = epochs.get(plenoLog(region));
      if (epoch !== undefined) this.#builder.restHead(log, { size, root, vkey: vkeyOf(log), epoch });
    }
    this.#builder.beginAbove(model);
    // Where nothing was reported there is no outline, and so nothing that knows how often custody has moved.
    for (const code of [...this.#resting]) if (!epochs.has(plenoLog(code))) this.#bringBack(code);
    // `pleno/0` may have come to an entry that names one of them.
    for (const { needs } of this.blocked()) this.#bringBack(regionOf(needs.log));
  }

  /** Kecamatan that nobody has asked for yet. */
  get resting(): number {
    return this.#resting.size;
  }

  /** Brings back up to so many of those that rest. Valid right after a build only. */
  bringBack(count: number): void {
    for (const code of [...this.#resting.values().take(count)]) this.#bringBack(code);
  }

  /** Brings a kecamatan back if it rests: its last snapshot, and what its logs have had since. */
  #bringBack(code: RegionCode): void {
    if (!this.#rest || !this.#resting.delete(code)) return;
    const { marks, saved, entries } = this.#rest;
    // Asked for in the midst of a statement, which goes on afterwards.
    const hot = this.#hot;
    this.#hot = new HotSheet();
    const snapshot = saved(code);
    if (snapshot) this.#restore(snapshot);
    for (const log of logsOf(code)) {
      for (const entry of entries(log, this.size(log), marks.get(log)?.size ?? 0)) this.add(log, entry);
    }
    this.#hot = hot;
    if (!this.#isAtEdition) {
      this.#builder.leaveRest(code);
      return;
    }
    for (const log of logsOf(code)) {
      const mark = marks.get(log);
      if (mark && (this.size(log) !== mark.size || toHex(this.root(log)) !== mark.root))
        throw new RestingDiffers(code, log);
    }
    const difference = this.#builder.settle(code);
    if (difference !== null) throw new RestingDiffers(code, difference);
  }

  /** Kecamatan changed since they were last saved, as plain data. Valid right after a build only. */
  *saveUnits(): IterableIterator<[RegionCode, SavedKecamatan]> {
    for (const [code, unit] of this.#units) {
      if (!unit.unsaved) continue;
      unit.unsaved = false;
      const logs = [this.authority.log(`tps/${code}`), this.authority.log(plenoLog(code))];
      yield [
        code,
        {
          unit: saveUnit(unit),
          plenary: this.authority.plenary(code),
          logs: logs.map((log) => log.save()),
          voids: logs.flatMap((log) => this.#voids.get(log.name) ?? []),
          adjustments: this.#adjustments.get(code) ?? [],
        },
      ];
    }
  }

  /**
   * Puts a kecamatan back, before anything of it is added; not if it was saved under another definition. Arrays of numbers are
   * copied, the rest is taken over.
   */
  #restore(saved: SavedKecamatan): void {
    const { code } = saved.unit;
    const unit = this.#unitOf(code);
    if (!unit || saved.unit.definition !== unit.model.root) return;
    restoreUnit(unit, saved.unit);
    this.authority.restore(saved.logs.map(LogState.restore), saved.plenary);
    for (const entry of saved.voids) this.#keepVoid(entry);
    if (saved.adjustments.length > 0) this.#adjustments.set(code, [...saved.adjustments]);
    for (const { name } of saved.logs) {
      const need = this.#unmet(this.authority.log(name));
      if (need) this.#waiting.wait(name, [], need);
    }
    for (const { name } of saved.logs) this.#wake(name);
  }

  #unitOf(code: RegionCode): Unit | null {
    this.#bringBack(code);
    const known = this.#units.get(code);
    if (known) return known;
    const region = this.model?.region(code);
    if (!this.model || !region || region.level !== "kecamatan") return null;
    const unit = new Unit(region, this.model, this.#changed);
    this.#units.set(code, unit);
    return unit;
  }

  /** Goes on with every log that waited for what is folded of this one now, and with those that waited for them. */
  #wake(first: LogName): void {
    if (!this.#waiting.isAwaited(first)) return;
    const moved = [first];
    for (let name = moved.pop(); name !== undefined; name = moved.pop()) {
      for (const [waiter, entries] of this.#waiting.ready(name, this.size(name))) {
        this.#resume(waiter, entries);
        moved.push(waiter);
      }
    }
  }

  /** A prefix that a restored log had seen and that is not folded again yet: until then nothing can be judged by it. */
  #unmet(log: LogState): Need | null {
    for (const [name, size] of log.seen) {
      if (this.#scope(name) && this.size(name) < size) return { log: name, size };
    }
    return null;
  }

  #resume(name: LogName, entries: readonly Uint8Array[]): void {
    const log = this.authority.log(name);
    let need = this.#unmet(log);
    let next = 0;
    for (let entry = entries[0]; !need && entry; entry = entries[next]) {
      need = this.#fold(log, entry);
      if (!need) next++;
    }
    if (need) this.#waiting.wait(name, entries.slice(next), need);
  }

  /** Folds one entry, unless it names a prefix that is not here. */
  #fold(log: LogState, entry: Uint8Array): Need | null {
    // A genesis is the first entry of pleno/0 or never comes: then every entry is refused, and none waits.
    if (!this.genesis && log.name !== plenoLog(NATION) && this.size(plenoLog(NATION)) === 0) {
      return { log: plenoLog(NATION), size: 1 };
    }
    const statement = parsed(entry);
    const refusal = statement ? this.#statement(log, statement) : fault("malformed");
    if (refusal && "needs" in refusal) return refusal.needs;
    if (refusal) this.#refuse(log, refusal);
    log.push(leafHash(entry));
    const unit = this.#units.get(log.region);
    if (unit) unit.unsaved = true;
    return null;
  }

  #statement(log: LogState, statement: Statement): Refusal | { readonly needs: Need } | null {
    if (statement.type === "teguh/sheet/v1") return this.#sheet(log, statement);
    if (statement.type === "teguh/reading/v1") return this.#reading(log, statement);
    const stated = decoded(statement);
    if (!stated) return fault("malformed");
    if (stated.type === "seen" || stated.type === "custody") {
      const { log: named, size } = stated.body;
      if (!isFolded(named)) return fault("malformed");
      // A log that rests is brought back here, and may itself have to wait then.
      const waits = named !== log.name && this.#scope(named) && this.authority.log(named).size < size;
      if (waits) return { needs: { log: named, size } };
    }
    return this.#cold(log, stated, statement.id);
  }

  #cold(log: LogState, stated: Body, id: Uint8Array): Refusal | null {
    if (stated.type === "annul") return this.#annul(log, stated.body);
    if (stated.type === "certificate") return this.#certificate(log, stated.body, id);
    if (stated.type === "minutes") return this.#minutes(log, stated.body, id);
    if (stated.type === "order") return this.#adjust(log, stated.body);
    const before = stated.type === "seen" ? log.sees(stated.body.log) : 0;
    const refusal = this.authority.state(log, stated, id);
    if (refusal) return refusal;
    if (stated.type === "definition" && !this.#adopt(this.#options.definition(stated.body.root)))
      return fault("malformed");
    if (stated.type === "seen" && log.kind === "tps") {
      this.#undoRevoked(log, stated.body.log, before, stated.body.size);
    }
    this.#touchStatus(log);
    return null;
  }

  #isElection(tag: string, statement: Statement, by: readonly string[]): boolean {
    const { genesis } = this;
    if (!genesis || tag !== genesis.electionTag || by.length !== statement.signatures.length) return false;
    const prefix = `${genesis.election}/k/`;
    return by.every((name, i) => name === statement.signatures[i]?.name && name.startsWith(prefix));
  }

  #view(log: LogState, sheet: HotSheet): View | null {
    return this.#definitions.view(this.authority.definitionSeenBy(log), sheet);
  }

  #sheet(log: LogState, statement: Statement): Refusal | null {
    const sheet = this.#hot;
    if (!parseHot("sheet", statement.body, sheet)) return fault("malformed");
    if (!this.#isElection(sheet.electionHex, statement, sheet.by)) return fault("other-election");
    if (log.kind !== "tps" || sheet.kecamatan !== log.region) return fault("wrong-log");
    const view = this.#view(log, sheet);
    const unit = view && this.#unitOf(log.region);
    if (!unit) return fault("malformed");
    const [by = "", ...others] = sheet.by;
    const signer = this.authority.holder(log, shortKey(by), SHEET_ROLES, sheet.station);
    if (!signer || others.length > 0) return fault("no-authority");
    return foldSheet(this.#context, unit, log, view, sheet, statement.id, signer);
  }

  #reading(log: LogState, statement: Statement): Refusal | null {
    const reading = this.#hot;
    if (!parseHot("reading", statement.body, reading)) return fault("malformed");
    if (!this.#isElection(reading.electionHex, statement, reading.by)) return fault("other-election");
    const kecamatan = reading.kecamatan as RegionCode;
    if (log.kind !== "pleno" || !isWithin(kecamatan, log.region)) return fault("wrong-log");
    if (!this.#scope(plenoLog(kecamatan))) return null;
    const view = this.#view(log, reading);
    const unit = view && this.#unitOf(kecamatan);
    if (!unit) return fault("malformed");
    const plenary = this.authority.plenary(log.region);
    const wasOpened = plenary.opened;
    const refusal = foldReading(this.#context, unit, log, view, reading, statement.id);
    if (plenary.opened !== wasOpened) this.#touchStatus(log);
    return refusal;
  }

  #annul(log: LogState, body: BodyOf<"annul">): Refusal | null {
    if (log.kind !== "tps") return fault("wrong-log");
    if (body.election !== this.genesis?.electionTag) return fault("other-election");
    const may = body.by.every((name) => this.authority.holder(log, shortKey(name), CHAIR, log.region));
    if (!may) return fault("no-authority");
    const unit = this.#unitOf(log.region);
    if (!unit) return noEffect("not-current");
    return foldAnnulment(this.#context, unit, log, body.sheet, body.reason);
  }

  #undoRevoked(log: LogState, pleno: LogName, from: number, to: number): void {
    const unit = this.#unitOf(log.region);
    const plenary = this.authority.chain(log.region).find((other) => other.log === pleno);
    if (!unit || !plenary) return;
    for (const [short, revocations] of plenary.revoked) {
      if (revocations.some(({ index, undo }) => undo && index >= from && index < to)) {
        annulSheetsOf(this.#context, unit, log, short);
      }
    }
  }

  #certificate(log: LogState, body: BodyOf<"certificate">, id: Uint8Array): Refusal | null {
    if (body.election !== this.genesis?.electionTag) return fault("other-election");
    if (log.kind !== "pleno" || body.region !== log.region) return fault("wrong-log");
    const district = this.#districtSeen(log, body.contest, body.district);
    const parts = district ? kecamatanIn(log.region, district) : [];
    if (parts.length === 0) return fault("malformed");
    const refusal = foldCertificate(this.authority, log, body, id, this.#inScope(parts));
    if (!refusal) this.#touchStatus(log);
    return refusal;
  }

  #minutes(log: LogState, body: BodyOf<"minutes">, id: Uint8Array): Refusal | null {
    if (body.election !== this.genesis?.electionTag) return fault("other-election");
    if (log.kind !== "pleno") return fault("wrong-log");
    const model = this.#definitions.model(this.authority.definitionSeenBy(log));
    if (!model) return fault("malformed");
    const isBoxOpen: Sitting["isBoxOpen"] = (desa, contest) => {
      const unit = this.#unitOf(log.region);
      const block = unit?.blocks[CONTEST_KINDS.indexOf(contest)];
      const place = unit?.desa.findIndex(({ code }) => code === desa) ?? -1;
      return block ? isBeingRead(this.authority, this.authority.plenary(log.region), block, place, model) : false;
    };
    const refusal = foldMinutes(this.authority, log, model, body, id, isBoxOpen);
    if (!refusal && MOVES_STATUS.has(body.act.what)) this.#touchStatus(log);
    return refusal;
  }

  #adjust(log: LogState, body: BodyOf<"order">): Refusal | null {
    if (body.election !== this.genesis?.electionTag) return fault("other-election");
    if (log.kind !== "pleno") return fault("wrong-log");
    const district = this.#districtSeen(log, body.contest, body.district);
    const unsigned = this.authority.refusesSigners(log, "order", body.by);
    const halt = this.authority.haltOn(log, log.region);
    const plenary = this.authority.plenary(log.region);
    // Nobody stands above the nation: what it certified stays in its hands, and its certificate falls by what moves after it.
    const wentUp = log.region !== NATION && isCertified(this.authority, plenary, body.contest, body.district);
    const refusal = judgeAdjustment(body, { region: log.region, district, unsigned, wentUp, halt });
    if (refusal || !district) return refusal;
    plenary.movedAt.set(penKey(body.contest, body.district), log.size);
    const adjustment = adjustmentOf(body, log);
    const list = this.#adjustments.get(log.region);
    if (list) list.push(adjustment);
    else this.#adjustments.set(log.region, [adjustment]);
    this.#touchStatus(log);
    this.#builder.touchDistrict(district);
    const unit = log.region.length === 6 ? this.#unitOf(log.region) : null;
    const block = unit?.blocks[district.contest.index];
    if (block) unit?.touchStatus(block);
    this.#context.listener?.(postingOf(adjustment, log.region, district, body.number));
    return null;
  }

  #inScope(kecamatan: readonly RegionCode[]): RegionCode[] {
    return kecamatan.filter((code) => this.#scope(plenoLog(code)));
  }

  #districtSeen(log: LogState, contest: string, code: string): District | null {
    return this.#definitions.district(this.authority.definitionSeenBy(log), contest, code);
  }

  /** Takes over a definition that an authorised statement names; what is no amendment of the one before is refused. */
  #adopt(model: Model): boolean {
    // What rests is laid out by the definition before.
    for (const code of [...this.#resting]) this.#bringBack(code);
    if (!this.#definitions.add(model)) return false;
    for (const [code, unit] of [...this.#units]) {
      const region = model.region(code);
      if (region) this.#units.set(code, amendUnit(unit, region, model, this.#changed));
    }
    this.#builder.amend(model);
    return true;
  }

  #refuse(log: LogState, { reason, fault: isFault }: Refusal): void {
    this.#keepVoid({ log: log.name, index: log.size, reason, fault: isFault });
  }

  #keepVoid(entry: VoidEntry): void {
    const voids = this.#voids.get(entry.log);
    if (voids) voids.push(entry);
    else this.#voids.set(entry.log, [entry]);
  }

  #touchStatus(log: LogState): void {
    if (log.kind !== "pleno") return;
    if (log.region.length < 6) this.#builder.touchStatus(log.region, this.model);
    const unit = this.#units.get(log.region);
    for (const block of unit?.blocks ?? []) if (block) unit?.touchStatus(block);
  }
}

/** Acts of the minutes after which a region's status may be another. */
const MOVES_STATUS: ReadonlySet<MinutesAct["what"]> = new Set<MinutesAct["what"]>(["open", "paper-order"]);

/** Whether a log of this name takes part in the fold: any but the editions. */
function isFolded(name: LogName): boolean {
  const log = parseLogName(name);
  return log !== null && log.kind !== "editions";
}

function parsed(entry: Uint8Array): Statement | null {
  try {
    return parseStatement(entry);
  } catch (error) {
    if (error instanceof StatementError) return null;
    throw error;
  }
}

/** A statement's body, with `by` exactly its signature lines; null if it is malformed or of a type unknown to this fold. */
export function decoded(statement: Statement): Body | null {
  const type = statementType(statement.type);
  if (!type) return null;
  try {
    const stated = decode(type, statement.body);
    const { by } = stated.body;
    const matches =
      by.length === statement.signatures.length && by.every((name, i) => name === statement.signatures[i]?.name);
    return matches ? stated : null;
  } catch (error) {
    if (error instanceof BodyError) return null;
    throw error;
  }
}
