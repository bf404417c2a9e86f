/**
 * The logs of a hall as they grow: read from the store, folded, and the plenaries' own said in records.
 *
 * Everything that is new is read first and then taken in at one go, so that nobody who asks in between sees one log further than
 * another.
 */
import {
  CONTEST_KINDS,
  type ContestKind,
  isWithin,
  NATION,
  parentOf,
  plenoLog,
  type RegionCode,
  type StationCode,
  tpsLog,
} from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { HotSheet, OUTCOMES } from "../election/sheet.ts";
import { parseHot } from "../election/sheet-parser.ts";
import { statementType } from "../election/statements.ts";
import { toHex } from "../ledger/bytes.ts";
import { asHash, type Hash, sha256 } from "../ledger/hash.ts";
import { parseStatement, StatementError } from "../ledger/statement.ts";
import type { LogName, Store } from "../store/store.ts";
import { decoded } from "../tally/decoded.ts";
import { PORTION, Tally } from "../tally/fold.ts";
import { scopeOf } from "../tally/scope.ts";
import { type Entry, PlenaryRecord, type Recorded } from "./plenary-record.ts";

export interface LogsOptions {
  readonly store: Store;
  /** Reads a definition by the hash of its root object. Throws if it is not to be had. */
  readonly definition: (root: Hash) => Model;
  /** Whose plenary it is. */
  readonly region: RegionCode;
}

/** A plenary whose record is kept, and entries of its log that are read and not yet in it. */
interface Kept {
  readonly record: PlenaryRecord;
  readonly waiting: Uint8Array[];
}

export class HallLogs {
  readonly tally: Tally;
  readonly #options: LogsOptions;
  readonly #kept = new Map<RegionCode, Kept>();
  /** How often something was stated that moves recap figures, contest by contest. */
  readonly #moves = new Map<ContestKind, number>();
  #movesAbove = 0;
  #logs: readonly LogName[];
  #model: Model | null = null;
  /** The end of the store when everything up to it had been taken in. */
  #end = -1;
  /** One reading of the store at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: LogsOptions) {
    const { definition, region } = options;
    this.#options = options;
    this.tally = new Tally({ definition, scope: scopeOf(region) });
    this.#logs = above(region);
  }

  /** What the log of a plenary says; an empty record where none is kept or nothing was said. */
  record(region: RegionCode): PlenaryRecord {
    return this.#kept.get(region)?.record ?? new PlenaryRecord(region);
  }

  /** Grows whenever figures of the contest in the recap may have changed. */
  moves(contest: ContestKind): number {
    return (this.#moves.get(contest) ?? 0) + this.#movesAbove;
  }

  /**
   * A fold of a plenary's log up to a size, and of what it had seen there: what it stood on when it wrote the entry before. The
   * same whenever it is asked for, whatever was stated since. @throws RangeError if the store has lost any of it
   */
  async asOf(region: RegionCode, size: number): Promise<Tally> {
    for await (const tally of this.atSizes(region, [size])) return tally;
    throw new RangeError(`the log of ${region} was not read`);
  }

  /** As {@link asOf}, at one rising size after the other: it is the same fold each time, and goes on when the next is asked for. */
  async *atSizes(region: RegionCode, sizes: readonly number[]): AsyncGenerator<Tally> {
    const { store, definition } = this.#options;
    const tally = new Tally({ definition, scope: scopeOf(region) });
    const bring = async (log: LogName, to: number) => {
      for (const bytes of await store.read(log, tally.offered(log), to)) tally.add(log, bytes);
      if (tally.offered(log) < to)
        throw new RangeError(`the store has lost entries of ${log}: stop, and bring it back from a copy`);
    };
    for (const size of sizes) {
      await bring(plenoLog(region), size);
      for (let blocked = tally.blocked(); blocked.length > 0; blocked = tally.blocked()) {
        for (const { needs } of blocked) if (tally.offered(needs.log) < needs.size) await bring(needs.log, needs.size);
      }
      yield tally;
    }
  }

  /** Takes in what the store has now; whether there was anything. */
  follow(): Promise<boolean> {
    const done = this.#turn.then(() => this.#follow());
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #follow(): Promise<boolean> {
    // A nation has 8,000 logs: while nothing is stated anywhere none of them is asked for.
    const end = await this.#options.store.end();
    if (end === this.#end) return false;
    for (let any = false; ; any = true) {
      const portion = await this.#read();
      if (portion.length === 0) {
        this.#end = end;
        return any;
      }
      for (const [log, entries] of portion) this.#take(log, entries);
      this.#catchUp();
      this.#chooseLogs();
    }
  }

  /** The next entries of every log that has any. */
  async #read(): Promise<(readonly [LogName, readonly Uint8Array[]])[]> {
    const portion: (readonly [LogName, readonly Uint8Array[]])[] = [];
    for (const log of this.#logs) {
      const from = this.tally.offered(log);
      const size = (await this.#options.store.head(log))?.size ?? 0;
      if (size > from) portion.push([log, await this.#options.store.read(log, from, Math.min(size, from + PORTION))]);
    }
    return portion;
  }

  #take(log: LogName, entries: readonly Uint8Array[]): void {
    const { region } = this.tally.authority.log(log);
    const kept = log === plenoLog(region) ? this.#keep(region) : null;
    if (!kept) this.#movesAbove++;
    for (const bytes of entries) {
      this.tally.add(log, bytes);
      kept?.waiting.push(bytes);
    }
  }

  /** Of a province and below the records of all plenaries within; of the nation, whose kecamatan are too many, the provinces'. */
  #keep(region: RegionCode): Kept | null {
    const own = this.#options.region;
    const isKept = region === own || (isWithin(region, own) && (own !== NATION || region.length === 2));
    if (!isKept) return null;
    const known = this.#kept.get(region);
    if (known) return known;
    const kept = { record: new PlenaryRecord(region), waiting: [] };
    this.#kept.set(region, kept);
    return kept;
  }

  /** Brings the records as far as the fold has come: it may wait for another log. */
  #catchUp(): void {
    for (const { record, waiting } of this.#kept.values()) {
      const log = plenoLog(record.region);
      const folded = waiting.splice(0, this.tally.size(log) - record.size);
      for (const bytes of folded) {
        const entry = this.#entry(log, record.size, bytes);
        record.add(entry);
        const { stated } = entry;
        if (stated?.type === "reading" || stated?.type === "order") {
          const contest = stated.body.contest as ContestKind;
          this.#moves.set(contest, (this.#moves.get(contest) ?? 0) + 1);
        }
      }
    }
  }

  #entry(log: LogName, index: number, bytes: Uint8Array): Entry {
    return { index, ...recorded(bytes), refusal: this.tally.refusalOf(log, index) };
  }

  /** Which logs there can be, once the definition says which regions there are. */
  #chooseLogs(): void {
    const { model } = this.tally;
    if (model === null || model === this.#model) return;
    this.#model = model;
    this.#movesAbove++;
    const own = this.#options.region;
    const within = model.regions.filter(({ code, level }) => level !== "desa" && code !== own && isWithin(code, own));
    this.#logs = [
      ...above(own),
      ...within.map(({ code }) => plenoLog(code)),
      ...[own, ...within.map(({ code }) => code)].filter((code) => code.length === 6).map(tpsLog),
    ];
  }
}

/** The plenaries with a say in a region, the nation's first, its own last. */
function above(region: RegionCode): LogName[] {
  const parent = parentOf(region);
  return [...(parent ? above(parent) : []), plenoLog(region)];
}

const hot = new HotSheet();

/** What a record takes in of an entry; of a reading only what it asks for, which the byte parser gives quickly. */
function recorded(bytes: Uint8Array): Pick<Entry, "id" | "stated"> {
  try {
    const statement = parseStatement(bytes);
    const id = asHash(toHex(statement.id));
    const isReading = statementType(statement.type) === "reading";
    if (!isReading) return { id, stated: decoded(statement) satisfies Recorded | null };
    return { id, stated: parseHot("reading", statement.body, hot) ? { type: "reading", body: readingOf(hot) } : null };
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return { id: asHash(toHex(sha256(bytes))), stated: null };
  }
}

function readingOf(reading: HotSheet): Extract<Recorded, { readonly type: "reading" }>["body"] {
  return {
    station: reading.station as StationCode,
    contest: CONTEST_KINDS[reading.contest] ?? "ppwp",
    outcome: OUTCOMES[reading.outcome] ?? "same",
    evidence: reading.hasEvidence ? asHash(toHex(reading.evidence)) : null,
    time: reading.time,
  };
}
