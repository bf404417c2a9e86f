/**
 * One region's object as programs and people ask for it: votes by the id of each choice, not by column. The objects keep
 * arrays, since an array is a third of a keyed map; here the names of the columns come back, from the district's own object.
 */
import type { ContestKind, RegionCode } from "../election/codes.ts";
import { ExportError, withLists } from "../export/source.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import type { SignedEdition } from "../publish/edition.ts";
import { objectPath } from "../publish/layout.ts";
import { isObject, type JsonObject, type JsonValue } from "./archive/json.ts";
import { CommandError } from "./command.ts";
import { PublishedError } from "./log-files.ts";
import { pathTo, type Reader, resultRoot } from "./reader.ts";

export type Votes = Record<string, number>;

export interface CountView {
  readonly expected: number;
  readonly in: number;
  readonly withVotes: number;
  readonly posted: number;
  readonly held: number;
  readonly votes: Votes;
  readonly raised: Votes;
  readonly removed: Votes;
  readonly heldVotes: Votes;
  /** Contests with parties: each party with its candidates. */
  readonly parties?: Votes;
  readonly flags: Record<string, number>;
}

export interface RecapView {
  readonly expected: number;
  readonly read: number;
  readonly votes: Votes;
  readonly raised: Votes;
  readonly removed: Votes;
  readonly parties?: Votes;
}

export interface RowView {
  readonly region: string;
  readonly name: string;
  readonly count: CountView;
  readonly recap: RecapView;
}

export interface RegionView extends RowView {
  /** `figures`: sums of the 25 figures of the form; none where nothing was reported. */
  readonly count: CountView & { readonly figures: readonly number[] };
  readonly level: string;
  readonly status: string;
  /** Null: nothing was reported here, so that there is no object. */
  readonly hash: Hash | null;
  readonly children: readonly RowView[];
  /** Of a desa: its stations as the object has them. */
  readonly stations?: readonly JsonObject[];
}

/** The choices of a district, in the order of the columns. */
export type Columns = readonly string[];

/** Ids of the columns for each district that an object carries. */
type ColumnsOf = ReadonlyMap<string, Columns>;

/** A region of a contest in an edition, verified from the edition down. Throws {@link CommandError} if there is none such. */
export async function readRegion(
  reader: Reader,
  edition: SignedEdition,
  contest: ContestKind,
  region: RegionCode,
): Promise<RegionView> {
  const root = resultRoot(edition, contest);
  let object = await reader.object(root);
  let hash: Hash = root;
  for (const step of region === "0" ? [] : pathTo(region)) {
    const child = rows(object.children).find((row) => row.code === step);
    if (child === undefined) throw new CommandError(`there is no region ${step} in this contest`);
    if (typeof child.hash !== "string") return viewWithoutObject(reader, object, child, step, region);
    hash = asHash(child.hash);
    object = await reader.object(hash);
    if (object.region !== step)
      throw new PublishedError(objectPath(hash), `is of region ${String(object.region)}, not ${step}`);
  }
  return viewOf(reader, object, hash);
}

async function viewOf(reader: Reader, published: JsonObject, hash: Hash): Promise<RegionView> {
  const object = await whole(reader, published);
  const columns = await readColumns(reader, object);
  const parties = strings(object.parties);
  const children: RowView[] = [];
  for (const row of rows(object.children)) {
    children.push(rowView(row, await booksOf(reader, row, columns, parties), columns, parties));
  }
  return {
    region: String(object.region),
    name: String(object.name),
    level: String(object.level),
    status: String(object.status ?? "none"),
    hash,
    count: { ...countView(object.count, columns, parties), figures: figuresOf(object.count) },
    recap: recapView(object.recap, columns, parties),
    children,
    ...(Array.isArray(object.stations) ? { stations: rows(object.stations) } : {}),
  };
}

/** A region in which nothing was reported: what its parent says of it is all there is. */
async function viewWithoutObject(
  reader: Reader,
  parent: JsonObject,
  row: JsonObject,
  step: RegionCode,
  region: RegionCode,
): Promise<RegionView> {
  if (step !== region)
    throw new CommandError(`nothing was reported in region ${step}, so region ${region} has no figures yet`);
  const columns = await readColumns(reader, await whole(reader, parent));
  const level = { 2: "provinsi", 4: "kabupaten", 6: "kecamatan" }[region.length] ?? "desa";
  const view = rowView(row, row, columns, strings(parent.parties));
  return { ...view, count: { ...view.count, figures: [] }, level, status: "none", hash: null, children: [] };
}

/** What has the books of a child: its row, or, for the candidates that no row has, the child's own object. */
async function booksOf(reader: Reader, row: JsonObject, columns: ColumnsOf, parties: Columns): Promise<JsonObject> {
  const isComplete = parties.length === 0 || columns.size === 0;
  return isComplete || typeof row.hash !== "string" ? row : whole(reader, await reader.object(asHash(row.hash)));
}

/** A region's object with its candidates, also where they stand apart. */
async function whole(reader: Reader, object: JsonObject): Promise<JsonObject> {
  try {
    return (await withLists({ object: (hash) => reader.object(asHash(hash)) }, object)) as JsonObject;
  } catch (error) {
    if (error instanceof ExportError) throw new PublishedError(objectPath(asHash(String(object.lists))), error.en);
    throw error;
  }
}

function rowView(row: JsonObject, { count, recap }: JsonObject, columns: ColumnsOf, parties: Columns): RowView {
  return {
    region: String(row.code),
    name: String(row.name),
    count: countView(count, columns, parties),
    recap: recapView(recap, columns, parties),
  };
}

/** The ids of the columns of every district that an object names. */
export async function readColumns(reader: Reader, object: JsonObject): Promise<Map<string, Columns>> {
  const columns = new Map<string, Columns>();
  for (const book of [object.count, object.recap]) {
    for (const list of isObject(book) ? rows(book.lists) : []) {
      if (typeof list.names !== "string" || columns.has(String(list.district))) continue;
      columns.set(String(list.district), await districtColumns(reader, asHash(list.names)));
    }
  }
  return columns;
}

async function districtColumns(reader: Reader, hash: Hash): Promise<Columns> {
  const { choices } = await reader.object(hash);
  return rows(choices).map((choice) => String(choice.id));
}

function countView(book: JsonValue | undefined, columns: ColumnsOf, parties: Columns): CountView {
  const from = isObject(book) ? book : {};
  return {
    expected: number(from.expected),
    in: number(from.in),
    withVotes: number(from.withVotes),
    posted: number(from.posted),
    held: number(from.held),
    votes: allVotes(from, columns),
    raised: allSparse(from, columns, "raised"),
    removed: allSparse(from, columns, "removed"),
    heldVotes: allSparse(from, columns, "held"),
    ...partyView(from, parties),
    flags: flagsOf(from.flags),
  };
}

const figuresOf = (book: JsonValue | undefined): number[] => (isObject(book) ? numbers(book.figures) : []);

function recapView(book: JsonValue | undefined, columns: ColumnsOf, parties: Columns): RecapView {
  const from = isObject(book) ? book : {};
  return {
    expected: number(from.expected),
    read: number(from.read),
    votes: allVotes(from, columns),
    raised: allSparse(from, columns, "raised"),
    removed: allSparse(from, columns, "removed"),
    ...partyView(from, parties),
  };
}

/** Every choice of every district has its place in the answer, also with no votes. */
function allVotes(book: JsonObject, columns: ColumnsOf): Votes {
  const votes: Votes = {};
  for (const ids of columns.values()) for (const id of ids) votes[id] = 0;
  for (const list of rows(book.lists)) {
    const ids = columns.get(String(list.district)) ?? [];
    numbers(list.votes).forEach((value, column) => {
      const id = ids[column];
      if (id !== undefined) votes[id] = (votes[id] ?? 0) + value;
    });
  }
  return votes;
}

function allSparse(book: JsonObject, columns: ColumnsOf, field: "raised" | "removed" | "held"): Votes {
  const votes: Votes = {};
  for (const ids of columns.values()) for (const id of ids) votes[id] = 0;
  for (const list of rows(book.lists)) {
    const ids = columns.get(String(list.district)) ?? [];
    for (const pair of Array.isArray(list[field]) ? list[field] : []) {
      const [column = -1, value = 0] = numbers(pair);
      const id = ids[column];
      if (id !== undefined) votes[id] = (votes[id] ?? 0) + value;
    }
  }
  return votes;
}

function partyView(book: JsonObject, ids: Columns): { parties?: Votes } {
  if (ids.length === 0) return {};
  const sums = isObject(book.parties) ? numbers(book.parties.votes) : [];
  return { parties: Object.fromEntries(ids.map((id, i) => [id, sums[i] ?? 0])) };
}

function flagsOf(value: JsonValue | undefined): Record<string, number> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([code, n]) => [code, number(n)])) : {};
}

/** The objects in a list; anything else is left out. */
export function rows(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function number(value: JsonValue | undefined): number {
  return typeof value === "number" ? value : 0;
}

function numbers(value: JsonValue | undefined): number[] {
  return Array.isArray(value) ? value.map(number) : [];
}

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
