/** The account of a desa by station: from its rows in the two editions, and the postings between them. */

import { upAndDown } from "../changes/movement.ts";
import type { Choice } from "../choice.ts";
import { partyKey } from "../route.ts";
import type { Detail } from "../verify/detail.ts";
import type { Posting } from "../verify/journal.ts";
import type { Names } from "../verify/names.ts";
import type { Book, ResultObject, StationRow } from "../verify/objects.ts";
import { type Account, accountOf } from "./account.ts";

export interface StationAccount {
  readonly n: string;
  /** Null where the station had not reported by the closing. */
  readonly closing: number | null;
  /** Null where the opening is no longer kept by station. */
  readonly account: Account | null;
  readonly postings: readonly Posting[];
}

export interface StationsAsked {
  /** The desa at the opening: null before the first edition, undefined where it is not kept. */
  readonly before: ResultObject | null | undefined;
  readonly after: ResultObject;
  /** All votes by station, needed for candidates who stand within parties. */
  readonly detail: Detail | null;
  /** Those of the desa between the two editions. */
  readonly postings: readonly Posting[];
  readonly choice: Choice;
  readonly book: Book;
  /** Of the desa's district. */
  readonly names: Names | undefined;
}

/** Every station of the desa. Throws Fault where a counter fell. */
export function stationAccounts(asked: StationsAsked): StationAccount[] {
  const { before, after, postings, choice, book, names } = asked;
  const [list] = [...after[book].lists, ...after.count.lists];
  const districts = new Map(list && names ? [[list.district, names]] : []);
  const rowsBefore = new Map(before?.stations?.map((row) => [row.n, row]));
  return (after.stations ?? []).map((row) => {
    const station = after.region + row.n;
    const own = postings.filter((posting) => posting.station === station);
    const closing = votesOf(row, asked);
    // A candidate's votes at the opening would need the detail of then, which is not kept as long as its rows.
    const known = before === null || (before !== undefined && !needsDetail(choice, before));
    if (closing === null || !known) return { n: row.n, closing, account: null, postings: own };
    const then = rowsBefore.get(row.n);
    const opening = then === undefined ? null : votesOf(then, { ...asked, detail: null });
    const { up, down } = upAndDown(own, districts, choice);
    const account = accountOf(
      { votes: opening ?? 0, raised: 0, removed: 0 },
      { votes: closing, raised: up, removed: down },
      opening === null ? 1 : 0,
      `${book} ${station}`,
    );
    return { n: row.n, closing, account, postings: own };
  });
}

const needsDetail = (choice: Choice, desa: ResultObject): boolean => "column" in choice.at && desa.detail !== null;

/** What is counted of a station for a choice; null where nothing is. */
function votesOf(row: StationRow, { book, choice, names, detail }: StationsAsked): number | null {
  const entry = row[book];
  if (entry?.state !== "posted") return null;
  if ("party" in choice.at) {
    const place = names?.parties.findIndex(({ id }) => partyKey(id) === choice.key) ?? -1;
    return entry.parties?.[place] ?? 0;
  }
  const { column } = choice.at;
  const votes = detail?.get(row.n)?.[book];
  return (entry.counted ?? entry.votes ?? votes?.counted ?? votes?.votes)?.[column] ?? 0;
}
