/** The minutes are fetched stretch by stretch, newest first; here they are put together, so that none is missing and none twice. */
import type { ActView } from "../../../src/recap/wire/views.ts";

/**
 * Two stretches as one.
 * @param older is left out if entries between the two are missing: it is to be fetched again
 */
export function joined(newer: readonly ActView[], older: readonly ActView[]): readonly ActView[] {
  const lowest = newer.at(-1)?.index;
  if (lowest === undefined) return older;
  const below = older.filter(({ index }) => index < lowest);
  return below[0]?.index === lowest - 1 ? [...newer, ...below] : newer;
}
