/**
 * A page at an earlier edition, whose number stands in its address: what somebody was shown stays what they can show. The edition is
 * proved to be in the log that the current checkpoint signs, so it is as good as the newest; how long which of its files are kept
 * is in FORMATS.md, "What is kept".
 */
import { Editions } from "./editions.ts";
import { Fault } from "./fault.ts";
import type { Reader, Snapshot } from "./verify.ts";

/** A region in the edition with this number; `current` is any verified state of the contest. Rejects with {@link Fault}. */
export async function inEdition(reader: Reader, current: Snapshot, number: number, region: string): Promise<Snapshot> {
  if (number > current.edition.number) {
    throw new Fault("gone", "checkpoint", `the newest edition is ${current.edition.number}, not ${number}`);
  }
  const edition = await new Editions(reader, current).edition(number);
  const { path, place, names, sums } = await reader.stateIn(edition, current.contest, region);
  const checks = { ...current.checks, objects: path.length + names.size, sums };
  return { ...current, edition, path, place, names, checks };
}
