/**
 * The result tree as a stranger reads it, for tests: objects by hash, their shapes as the published JSON has them, and the
 * accounts that they state. It shares no code with what writes them.
 */
import assert from "node:assert/strict";
import { CONTEST_KINDS, type ContestKind } from "../../election/codes.ts";
import type { Model } from "../../election/model.ts";
import { fromUtf8 } from "../../ledger/bytes.ts";
import { type Hash, hashHex } from "../../ledger/hash.ts";
import type { Build } from "../build.ts";

export type Sparse = readonly (readonly [number, number])[];
export interface ListJson {
  readonly district: string;
  readonly held: Sparse;
  readonly names?: Hash;
  readonly raised: Sparse;
  readonly removed: Sparse;
  readonly votes: readonly number[];
}
export interface AdjustmentJson {
  readonly deltas: Sparse;
  readonly district: string;
  readonly index: number;
  readonly log: string;
  readonly names: Hash;
}
/** What a book of a region and that of a child in its parent's row both have. Only `expected` is always there. */
interface CommonJson {
  readonly expected: number;
  readonly flags?: Readonly<Record<string, number>>;
  readonly held?: number;
  readonly in?: number;
  readonly lists?: readonly ListJson[];
  readonly parties?: Omit<ListJson, "district">;
  readonly posted?: number;
  readonly read?: number;
  readonly withVotes?: number;
}
/** A book of a region. */
export interface BookJson extends CommonJson {
  readonly adjustments?: readonly AdjustmentJson[];
  readonly figures?: readonly number[];
}
/** A book of a child in its parent's row: three of its figures, and lists only where there are no parties. */
export interface RowJson extends CommonJson {
  readonly invalid?: number;
  readonly total?: number;
  readonly valid?: number;
}
export interface ChildJson {
  readonly code: string;
  readonly count: RowJson;
  readonly hash: Hash | null;
  readonly name: string;
  readonly recap: RowJson;
  readonly sittings?: Readonly<Record<string, number>>;
}
/** A station in the row of its desa; in contests with parties `figures` and `votes` stand in the detail. */
export interface StationBookJson {
  readonly as?: "count";
  readonly at: readonly (number | readonly [string, number])[];
  readonly counted?: readonly number[];
  readonly figures?: readonly (number | null)[];
  readonly flags: readonly string[];
  readonly invalid?: number | null;
  readonly parties?: readonly (number | null)[];
  readonly rivals?: readonly number[];
  readonly state: "none" | "incomplete" | "posted" | "held";
  readonly total?: number | null;
  readonly valid?: number | null;
  readonly votes?: readonly (number | null)[];
}
export interface StationJson {
  readonly count: StationBookJson | null;
  readonly n: string;
  readonly recap: StationBookJson | null;
}
const SAID = ["counted", "figures", "invalid", "parties", "total", "valid", "votes", "written"] as const;

/** What a book has of a station: a reading that says what the sheet says leaves that to the row's `count`. */
export function stationIn(station: StationJson, name: "count" | "recap"): StationBookJson | null {
  const own = station[name];
  if (own?.as === undefined) return own;
  assert.ok(name === "recap" && station.count, `${station.n}: says what no sheet says`);
  const { at, flags, rivals, state, ...said } = station.count;
  assert.deepEqual(
    SAID.filter((key) => key in own),
    [],
    `${station.n}: says the same twice`,
  );
  return { ...said, ...own };
}

export interface FiguresJson {
  readonly counted?: readonly number[];
  readonly figures: readonly (number | null)[];
  readonly votes: readonly (number | null)[];
  readonly written?: readonly (number | null)[];
}
export interface DetailJson {
  readonly stations: readonly {
    readonly count: FiguresJson | null;
    readonly n: string;
    readonly recap: FiguresJson | null;
  }[];
}
export interface ResultJson {
  readonly children?: readonly ChildJson[];
  readonly contest: ContestKind;
  readonly count: BookJson;
  readonly detail?: Hash | null;
  readonly journal?: Readonly<Record<"count" | "recap", readonly JournalJson[]>>;
  readonly level: string;
  readonly lists?: Hash;
  readonly name: string;
  readonly parties?: readonly string[];
  readonly partyNames?: readonly Hash[];
  readonly recap: BookJson;
  readonly region: string;
  readonly sittings?: Readonly<Record<string, number>>;
  readonly stations?: readonly StationJson[];
  readonly status: string | null;
  readonly void?: readonly (readonly [string, number, string])[];
}
/** The candidates of a region, where they stand apart. */
export interface ListsJson {
  readonly contest: ContestKind;
  readonly count: readonly ListJson[] | null;
  readonly format: string;
  readonly recap: readonly ListJson[] | null;
  readonly region: string;
}
export interface JournalJson {
  readonly log: string;
  readonly postings: readonly {
    readonly changes: readonly (readonly [number, number, number])[];
    readonly district: string;
    readonly index: number;
    readonly kind: string;
    readonly reason: string | null;
    readonly station: string;
  }[];
  readonly previous: Hash | null;
}
export interface DistrictJson {
  readonly contest: ContestKind;
  readonly count: Omit<ListJson, "district"> | null;
  readonly district: string;
  readonly names: Hash;
  readonly parts: readonly { readonly hash: Hash | null; readonly region: string }[];
  readonly recap: Omit<ListJson, "district"> | null;
}
interface GroupJson {
  readonly contest: ContestKind;
  readonly districts: readonly { readonly district: string; readonly hash: Hash }[];
}
interface DistrictsJson {
  readonly contests: Readonly<Record<string, Readonly<Record<string, Hash>>>>;
}
export interface HeadsJson {
  readonly children: readonly {
    readonly hash?: Hash;
    readonly pleno?: readonly [number, string, string, number] | null;
    readonly region: string;
    readonly tps?: readonly [number, string, string] | null;
  }[];
  readonly pleno: readonly [number, string, string, number] | null;
  readonly region: string;
}

export const BOOK_NAMES = ["count", "recap"] as const;
/** An account's counters: votes of first reports, votes that other postings added, votes removed. */
export type Counters = readonly [first: number, raised: number, removed: number];

/** Everything that builds have published so far, and the roots of the last. */
export class Published {
  readonly #objects = new Map<Hash, Uint8Array>();
  /** What stands where, by kind, contest and region. Journals have many chunks in one place. */
  readonly places = new Map<string, Hash>();
  readonly #placeOf = new Map<Hash, string>();
  #last: Build | null = null;

  /** Takes in a build. Returns the objects that do not replace what stood in their place, or stand at two. */
  apply(build: Build): string[] {
    const wrong: string[] = [];
    this.#last = build;
    for (const { hash, bytes, kind, contest, region, replaces } of build.objects) {
      if (hashHex(bytes) !== hash) wrong.push(`${hash} is not the hash of its bytes`);
      this.#objects.set(hash, bytes);
      const place = `${kind} ${contest} ${kind === "districts" && contest === null ? "root" : region}`;
      const only = this.#placeOf.get(hash) ?? place;
      if (only !== place) wrong.push(`${place} has the same bytes as ${only}`);
      this.#placeOf.set(hash, place);
      if (kind === "journal") continue;
      if ((this.places.get(place) ?? null) !== replaces) wrong.push(`${place} replaces ${replaces}`);
      this.places.set(place, hash);
    }
    return wrong;
  }

  get build(): Build {
    if (!this.#last) throw new RangeError("nothing was built yet");
    return this.#last;
  }

  has(hash: Hash): boolean {
    return this.#objects.has(hash);
  }

  /** The object with this hash, in the shape that the caller knows it to have. */
  read<T>(hash: Hash): T {
    const bytes = this.#objects.get(hash);
    if (!bytes) throw new RangeError(`the object ${hash} is named and was never published`);
    return JSON.parse(fromUtf8(bytes)) as T;
  }

  /** Every region's object, the parent before its children. */
  *results(): Generator<ResultJson> {
    for (const kind of CONTEST_KINDS) {
      const root = this.build.results[kind];
      if (root) yield* this.#below(root);
    }
  }

  /** The object of a region with this hash, its candidates in its books also where they stand apart. */
  region(hash: Hash): ResultJson {
    const object = this.read<ResultJson>(hash);
    const { contest, count, lists, recap, region } = object;
    if (!lists) return object;
    const apart = this.read<ListsJson>(lists);
    assert.deepEqual(
      { ...apart, count: 0, recap: 0 },
      { contest, count: 0, format: "teguh/lists/v1", recap: 0, region },
    );
    assert.deepEqual([count.lists, recap.lists], [undefined, undefined], `${contest} ${region}: lists twice`);
    const whole = (book: BookJson, own: ListsJson["count"]): BookJson => (own ? { ...book, lists: own } : book);
    return { ...object, count: whole(count, apart.count), recap: whole(recap, apart.recap) };
  }

  *#below(hash: Hash): Generator<ResultJson> {
    const object = this.region(hash);
    yield object;
    for (const child of object.children ?? []) if (child.hash) yield* this.#below(child.hash);
  }

  /** The object of one region in a contest, found as a reader finds it: down from the root. */
  result(contest: ContestKind, region: string): ResultJson | null {
    for (const object of this.results()) if (object.contest === contest && object.region === region) return object;
    return null;
  }

  *districts(): Generator<DistrictJson> {
    for (const groups of Object.values(this.read<DistrictsJson>(this.build.districts).contests)) {
      for (const group of Object.values(groups)) {
        for (const { hash } of this.read<GroupJson>(group).districts) yield this.read<DistrictJson>(hash);
      }
    }
  }

  *heads(hash = this.build.heads): Generator<HeadsJson> {
    const object = this.read<HeadsJson>(hash);
    yield object;
    for (const child of object.children) if (child.hash) yield* this.heads(child.hash);
  }

  /** The chunks of a journal by its newest, the first one first. */
  journal(newest: JournalJson): JournalJson[] {
    const chunks = [newest];
    for (let at = newest.previous; at; at = chunks[0]?.previous ?? null) chunks.unshift(this.read<JournalJson>(at));
    return chunks;
  }
}

/** All accounts of a tree: `book contest region district choice` → counters; of parties, `book contest region party id`. */
export function accountsOf(published: Published, model: Model): Map<string, Counters> {
  const accounts = new Map<string, Counters>();
  for (const object of published.results()) {
    const contest = model.contest(object.contest);
    for (const name of BOOK_NAMES) {
      const at = `${name} ${object.contest} ${object.region}`;
      for (const list of object[name].lists ?? []) {
        const ids = contest?.district(list.district)?.choices.map(({ id }) => id) ?? [];
        addAccounts(accounts, `${at} ${list.district}`, ids, list);
      }
      const { parties } = object[name];
      if (parties) addAccounts(accounts, `${at} party`, object.parties ?? [], parties);
    }
  }
  return accounts;
}

function addAccounts(
  accounts: Map<string, Counters>,
  at: string,
  ids: readonly string[],
  { votes, raised, removed }: Omit<ListJson, "district">,
): void {
  const [risen, fallen] = [new Map(raised), new Map(removed)];
  ids.forEach((id, i) => {
    const [up, down] = [risen.get(i) ?? 0, fallen.get(i) ?? 0];
    accounts.set(`${at} ${id}`, [(votes[i] ?? 0) - up + down, up, down]);
  });
}
