/**
 * Where the desk is: `#/510303` is a hall, `#/510303/baca/0` a page in it with what the page was told. The hash is the whole
 * address, so that the program needs to serve one file and a reload comes back to the same place.
 */
import { isRegionCode, type RegionCode } from "../../../src/election/codes.ts";

export interface Route {
  /** The hall; null while none is chosen. */
  readonly region: RegionCode | null;
  /** Name of a page, see `pages.ts`; empty for the hall's first page. */
  readonly page: string;
  readonly args: readonly string[];
}

/** The route that a hash names. What is no region's code leads to the choice of a hall. */
export function parseRoute(hash: string): Route {
  const [region = "", page = "", ...args] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decode);
  if (!isRegionCode(region)) return { region: null, page: "", args: [] };
  return { region, page, args: args.filter((arg) => arg !== "") };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

/** The hash of a page in a hall. */
export function routeTo(region: RegionCode | null, page = "", ...args: readonly (string | number)[]): string {
  if (region === null) return "#/";
  const parts = [region, page, ...args.map((arg) => encodeURIComponent(arg))];
  while (parts.at(-1) === "") parts.pop();
  return `#/${parts.join("/")}`;
}
