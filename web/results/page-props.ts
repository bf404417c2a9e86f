/** What every page about a region is given. */
import type { Route } from "./route.ts";
import type { Reader, Snapshot } from "./verify/verify.ts";

/** What every page is given: a verified state of its region, and the means to read more. */
export interface PageProps {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
  readonly route: Route;
  /** Loads the current state of the region anew. */
  readonly refresh: () => void;
}
