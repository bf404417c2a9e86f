/**
 * The fold: entries of the logs in, accounts out.
 *
 * Each log is folded by its index. There is no order between logs except what a log writes down: an entry that names a
 * prefix of another log (`seen`, `custody`) waits until that prefix is folded, and is judged by it alone. Hence accounts
 * are a pure function of the prefixes: the same whatever the order of arrival, from scratch or bit by bit.
 *
 * Signatures are checked by whoever brings the entries (the door, the audit); authority is judged here.
 */
import { NATION, plenoLog, type RegionCode } from "../election/codes.ts";
import type { Contest, Model, Region } from "../election/model.ts";
import { toHex } from "../ledger/bytes.ts";
import type { Hash } from "../ledger/hash.ts";
import { leafHash } from "../ledger/tree.ts";
import { Authority, type Genesis } from "./authority.ts";
import { hasStatement, idOf, indexOf } from "./book.ts";
import type { Build } from "./build.ts";
import { parsed } from "./decoded.ts";
import { Effects } from "./effects.ts";
import { type LogName, LogState } from "./logs.ts";
import type { TakeObject } from "./output.ts";
import type { Posting } from "./posting.ts";
import { fault, type RefusalReason } from "./refusal.ts";
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
import type { Adjustment, Totals } from "./totals.ts";
import { restoreUnit, saveUnit, type Unit, type VoidEntry } from "./unit.ts";
import { Voids } from "./voids.ts";
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
  readonly #scope: Scope;
  readonly #effects: Effects;
  readonly #voids = new Voids();
  readonly #waiting = new Waiting();
  /** The edition that this fold goes on from, and the kecamatan that nobody has asked for since. */
  #rest: Rest | null = null;
  readonly #resting = new Set<RegionCode>();
  /** Whether what is brought back must at once be as the edition has it; before the first build all of it is checked together. */
  #isAtEdition = false;

  constructor(options: TallyOptions) {
    this.#scope = options.scope ?? EVERYTHING;
    const bringBack = (code: RegionCode) => this.#bringBack(code);
    this.authority = new Authority(this.#scope, bringBack);
    this.#effects = new Effects({
      authority: this.authority,
      scope: this.#scope,
      rest: { bringBack, bringAllBack: () => this.#bringAllBack() },
      definition: options.definition,
      onPosting: options.onPosting ?? null,
    });
  }

  get genesis(): Genesis | null {
    return this.authority.genesis;
  }

  /** The definition in force at the cut; null before there is one. */
  get model(): Model | null {
    return this.#effects.model;
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
    return this.#voids.all();
  }

  /** Why the fold refused an entry; null if it stands, or is not folded yet. */
  refusalOf(log: LogName, index: number): RefusalReason | null {
    return this.#voids.reasonOf(log, index);
  }

  /** A kecamatan's books; null where nothing of it was folded. To be read only. */
  unit(kecamatan: RegionCode): Unit | null {
    return this.#effects.units.get(kecamatan) ?? null;
  }

  /** The sums of a region in a contest (both of {@link model}) as its object has them, or would if it were built now. */
  totals(region: Region, contest: Contest): Totals {
    return this.#effects.builder.totals(region, contest);
  }

  /** The rulings of a region's own plenary that name no station, in the order of its log. */
  adjustments(region: RegionCode): readonly Adjustment[] {
    return this.#effects.adjustments.get(region) ?? [];
  }

  /** The public key of a short name that signs in a log; null if nothing folded names it. Says nothing of authority. */
  publicKey(log: LogName, short: string): Uint8Array | null {
    return this.authority.publicKey(this.authority.log(log).region, short);
  }

  /** The current sheet of a station (13 digits) in a contest; null if there is none. */
  current(station: string, contest: number): Current | null {
    const found = this.model?.station(station);
    const unit = this.#effects.units.get(station.slice(0, 6) as RegionCode);
    const book = unit?.blocks[contest]?.books.count;
    if (!found || !unit || !book) return null;
    const slot = found.index - unit.region.stationFrom;
    return hasStatement(book, slot) ? { id: idOf(book, slot).slice(), index: indexOf(book, slot) } : null;
  }

  /** The logs that were folded further since the last build, as they are now. */
  *moved(): IterableIterator<{ readonly name: LogName; readonly size: number; readonly root: Uint8Array }> {
    for (const log of this.#effects.builder.moved()) yield { name: log.name, size: log.size, root: log.root() };
  }

  /**
   * The objects of what changed since the last build, and the hashes of the trees. `take` gets each object as it is made: a
   * nation's first build makes 3 GB of them, more than a machine may have room for at once.
   */
  build(vkeyOf: (log: LogName) => string, take?: TakeObject): Build {
    this.#isAtEdition = true;
    return this.#effects.builder.build(this.model, vkeyOf, take);
  }

  /** What is above each kecamatan that was built since this was last asked needs of it. Valid right after a build only. */
  *takeOutlines(): IterableIterator<[RegionCode, SavedOutline]> {
    for (const block of this.#effects.builder.takeRebuilt()) {
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
      this.#effects.builder.rest(code, contest, restoreOutline(saved, contest));
      epochs.set(plenoLog(code), saved.epoch);
      this.#resting.add(code);
    }
    for (const [log, { size, root }] of rest.marks) {
      const region = regionOf(log);
      if (region.length < 6) continue;
      this.#resting.add(region);
      const epoch = epochs.get(plenoLog(region));
      if (epoch !== undefined) this.#effects.builder.restHead(log, { size, root, vkey: vkeyOf(log), epoch });
    }
    this.#effects.builder.beginAbove(model);
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
    for (const code of [...this.#resting.values().take(count)]) {
      this.#bringBack(code);
      this.#effects.builder.prepare(code);
    }
  }

  #bringAllBack(): void {
    for (const code of [...this.#resting]) this.#bringBack(code);
  }

  /** Brings a kecamatan back if it rests: its last snapshot, and what its logs have had since. */
  #bringBack(code: RegionCode): void {
    if (!this.#rest || !this.#resting.delete(code)) return;
    const { marks, saved, entries } = this.#rest;
    this.#effects.amidst(() => {
      const snapshot = saved(code);
      if (snapshot) this.#restore(snapshot);
      for (const log of logsOf(code)) {
        for (const entry of entries(log, this.size(log), marks.get(log)?.size ?? 0)) this.add(log, entry);
      }
    });
    if (!this.#isAtEdition) {
      this.#effects.builder.leaveRest(code);
      return;
    }
    for (const log of logsOf(code)) {
      const mark = marks.get(log);
      if (mark && (this.size(log) !== mark.size || toHex(this.root(log)) !== mark.root))
        throw new RestingDiffers(code, log);
    }
    const difference = this.#effects.builder.settle(code);
    if (difference !== null) throw new RestingDiffers(code, difference);
  }

  /** Kecamatan changed since they were last saved, as plain data. Valid right after a build only. */
  *saveUnits(): IterableIterator<[RegionCode, SavedKecamatan]> {
    for (const [code, unit] of this.#effects.units) {
      if (!unit.unsaved) continue;
      unit.unsaved = false;
      const logs = [this.authority.log(`tps/${code}`), this.authority.log(plenoLog(code))];
      yield [
        code,
        {
          unit: saveUnit(unit),
          plenary: this.authority.plenary(code),
          logs: logs.map((log) => log.save()),
          voids: logs.flatMap(({ name }) => this.#voids.of(name)),
          adjustments: this.#effects.adjustments.get(code) ?? [],
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
    const unit = this.#effects.unitOf(code);
    if (!unit || saved.unit.definition !== unit.model.root) return;
    restoreUnit(unit, saved.unit);
    this.authority.restore(saved.logs.map(LogState.restore), saved.plenary);
    for (const entry of saved.voids) this.#voids.add(entry);
    if (saved.adjustments.length > 0) this.#effects.adjustments.set(code, [...saved.adjustments]);
    for (const { name } of saved.logs) {
      const need = this.#unmet(this.authority.log(name));
      if (need) this.#waiting.wait(name, [], need);
    }
    for (const { name } of saved.logs) this.#wake(name);
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
    const refusal = statement ? this.#effects.apply(log, statement) : fault("malformed");
    if (refusal && "needs" in refusal) return refusal.needs;
    if (refusal) this.#voids.add({ log: log.name, index: log.size, reason: refusal.reason, fault: refusal.fault });
    log.push(leafHash(entry));
    const unit = this.#effects.units.get(log.region);
    if (unit) unit.unsaved = true;
    return null;
  }
}
