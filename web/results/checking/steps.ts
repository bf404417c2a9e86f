/**
 * The checks of one page, done again from nothing: a reader with an empty memory fetches every file anew and verifies it by the same
 * code. Each step is told with what was found, so that it can be repeated elsewhere.
 */
import { toBase64, utf8 } from "../../../src/ledger/bytes.ts";
import { parseNote } from "../../../src/ledger/note.ts";
import { checkSums } from "../verify/checks.ts";
import { objectPath } from "../verify/files.ts";
import { inEdition } from "../verify/fixed.ts";
import { withLists } from "../verify/lists.ts";
import { visitMemory } from "../verify/memory.ts";
import { recompute } from "../verify/sums.ts";
import { Reader, type Snapshot } from "../verify/verify.ts";

/** A file on the way from the edition to the region. */
export interface CheckedFile {
  readonly region: string;
  readonly name: string;
  readonly file: string;
  readonly hash: string;
  /** Of a region's candidates, who stand apart from its own object. */
  readonly isOfCandidates: boolean;
  /** Totals recomputed from the parts in the same file, of candidates against those of their parties. */
  readonly sums: number;
}

export interface Recheck {
  readonly snapshot: Snapshot;
  /** Names of the keys on the checkpoint besides the log's own: the cosigners. */
  readonly cosigners: readonly string[];
  readonly files: readonly CheckedFile[];
  readonly root: string;
}

/** Checks the page again, and the candidates that stand apart. Rejects with Fault. */
export async function recheck(reader: Reader, shown: Snapshot): Promise<Recheck> {
  const fresh = new Reader({ fetch: reader.fetch, memory: visitMemory, status: shown.status });
  const region = regionOf(shown);
  const newest = await fresh.load(shown.contest, region);
  // The screen may stay with an edition, or a newer one may just have come: what is shown is what is checked.
  const { number } = shown.edition;
  const snapshot = number < newest.edition.number ? await inEdition(fresh, newest, number, region) : newest;
  const files = [...filesOf(snapshot), ...(await candidatesOf(fresh, snapshot))];
  return { snapshot, cosigners: cosignersOf(snapshot), files, root: toBase64(snapshot.head.root) };
}

/** The object of the candidates where they stand apart: with all their names they can be added up by party. */
async function candidatesOf(reader: Reader, { place, names }: Snapshot): Promise<CheckedFile[]> {
  if (!place?.reported || place.object.lists === null) return [];
  const { lists: hash, region, name } = place.object;
  const whole = await withLists(reader, place.object);
  const sums = checkSums(whole, await reader.namesOf(whole)) - recompute(place.object, names).compared;
  return [{ region, name, file: objectPath(hash), hash, isOfCandidates: true, sums }];
}

/** Names on the checkpoint besides the log's own. */
export function cosignersOf({ head, status }: Snapshot): string[] {
  const names = parseNote(utf8(head.note)).signatures.map(({ name }) => name);
  return names.filter((name) => name !== status.election);
}

/** The region that a snapshot is of. */
export function regionOf({ place }: Snapshot): string {
  if (place === null) return "0";
  return place.reported ? place.object.region : place.row.code;
}

/** The objects of a page, each with the hash by which the one above names it. */
export function filesOf({ path, edition, contest, names }: Snapshot): CheckedFile[] {
  return path.map((object, depth) => {
    const parent = path[depth - 1];
    const hash =
      parent === undefined
        ? edition.results.get(contest)
        : parent.children.find(({ code }) => code === object.region)?.hash;
    const { compared } = recompute(object, names);
    const { region, name } = object;
    return { region, name, file: objectPath(hash ?? ""), hash: hash ?? "", isOfCandidates: false, sums: compared };
  });
}
