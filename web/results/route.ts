/**
 * The address of a page: `#/dpr/51/5103/510303/5103032001/001`, and with a page of its own about the region
 * `#/dpr/51/5103/riwayat?pilihan=K3`. The hash never leaves the browser, so the server learns of no page that somebody
 * reads beyond the files it asks for, and a saved copy of the page keeps its links.
 *
 * With `?data=12` before the hash the page stays with edition 12. It stands there and not in the hash because every link within
 * the page is only a hash: whichever is followed, the edition stays.
 */
import { CONTEST_KINDS, type ContestKind } from "../../src/election/codes.ts";

export interface Route {
  readonly contest: ContestKind;
  /** "0" or 2, 4, 6, 10 digits. */
  readonly region: string;
  /** Three digits, only with a desa. */
  readonly station: string | null;
  /** The word of a page about the region (see `pages.ts`); null: its results. */
  readonly page: string | null;
  /** What is asked of that page; each page knows its own words. */
  readonly ask: Readonly<Record<string, string>>;
}

/** The route of an address' hash; what cannot be read falls back to the nearest that can. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  const [contest = "", ...parts] = path.split("/");
  const kind = CONTEST_KINDS.find((each) => each === contest) ?? "ppwp";
  const page = parts.findLast((part) => /^[a-z]+$/.test(part)) ?? null;
  const codes = parts.filter((part) => part !== page);
  const regions = codes.filter((code) => /^([1-9]\d|[1-9]\d{3}|[1-9]\d{5}|[1-9]\d{9})$/.test(code));
  const region = regions.at(-1) ?? "0";
  const last = codes.at(-1) ?? "";
  const station = region.length === 10 && /^\d{3}$/.test(last) ? last : null;
  return { contest: kind, region, station, page, ask: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address of a region in a contest, with all its ancestors: it can be shortened by hand. */
export function routeTo(contest: string, region: string, station?: string): string {
  const codes = [2, 4, 6, 10].filter((length) => length <= region.length).map((length) => region.slice(0, length));
  return ["#", contest, ...codes, ...(station === undefined ? [] : [station])].join("/");
}

/** The address of a page about a region, or about one of its stations; what is undefined is not asked. */
export function routeToPage(
  contest: string,
  region: string,
  page: string,
  ask: Readonly<Record<string, string | undefined>> = {},
  station?: string,
): string {
  const asked = Object.entries(ask).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  const query = asked.length === 0 ? "" : `?${new URLSearchParams(asked)}`;
  return `${routeTo(contest, region, station)}/${page}${query}`;
}

/** The number of the edition that an address (its query) fixes; null if it is to be the newest. */
export function fixedEdition(query: string): number | null {
  const asked = new URLSearchParams(query).get("data") ?? "";
  return /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : null;
}

/** How an address names all votes of a party; a choice goes by its id. */
export const partyKey = (id: string): string => `partai-${id}`;
