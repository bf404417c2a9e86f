/** How a region's progress ran over the editions that are kept: a dozen of them, read one beside the other. */
import { Editions, slotsBetween, stateIfKept } from "../verify/editions.ts";
import type { ResultObject } from "../verify/objects.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";

/** One edition on the way. */
export interface Step {
  readonly number: number;
  readonly time: number;
  /** Stations reported and read, valid votes counted and read. */
  readonly in: number;
  readonly read: number;
  readonly count: number;
  readonly recap: number;
}

/** How many editions are asked for. */
const STEPS = 12;

/** The steps that are kept, oldest first, the shown edition last. Rejects with Fault. */
export async function readCourse(reader: Reader, snapshot: Snapshot, region: string): Promise<readonly Step[]> {
  const editions = new Editions(reader, snapshot);
  const first = await editions.edition(1);
  const times = slotsBetween(first.time, snapshot.edition.time, STEPS);
  const wanted = new Map([[first.number, first]]);
  for (const time of times) {
    const edition = await editions.firstSince(time);
    wanted.set(edition.number, edition);
  }
  wanted.delete(snapshot.edition.number);
  const steps = await Promise.all(
    [...wanted.values()].map(async (edition): Promise<Step[]> => {
      const state = await stateIfKept(reader, edition, snapshot.contest, region);
      if (state === null) return [];
      const found = state.path.find((object) => object.region === region);
      return [stepOf(edition.number, edition.time, found)];
    }),
  );
  const shown = snapshot.path.find((object) => object.region === region);
  const now = stepOf(snapshot.edition.number, snapshot.edition.time, shown);
  return [...steps.flat().sort((a, b) => a.number - b.number), now];
}

function stepOf(number: number, time: number, object: ResultObject | undefined): Step {
  const { count, recap } = object ?? {};
  return {
    number,
    time,
    in: count?.stations.in ?? 0,
    read: recap?.stations.read ?? 0,
    count: count?.valid ?? 0,
    recap: recap?.valid ?? 0,
  };
}
