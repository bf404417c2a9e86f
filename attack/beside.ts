/** What most attacks are: honest phones that send evenly, a quiet time first, then an attack beside them. */
import type { Outcome } from "./attack-of.ts";
import type { Flood, FloodResult } from "./flood-process.ts";
import type { Run } from "./phones-process.ts";
import type { Played, Stage } from "./stage.ts";

/** Seconds before the attack and under it. */
export const spans = ({ short }: Stage): { quiet: number; seconds: number } =>
  short ? { quiet: 2, seconds: 4 } : { quiet: 3, seconds: 6 };

export interface Beside<Result> extends Played {
  /** When the attack began, in milliseconds of the run. */
  readonly from: number;
  readonly result: Result;
  readonly course: NonNullable<Outcome["course"]>;
}

/** `attack` is given its milliseconds. `run`: what the phones do otherwise than always. */
export async function beside<Result>(
  stage: Stage,
  attack: (milliseconds: number) => Promise<Result>,
  run: Partial<Omit<Run, "do">> = {},
): Promise<Beside<Result>> {
  const { quiet, seconds } = spans(stage);
  const done = Promise.withResolvers<Result>();
  const played = await stage.during({ quiet, seconds, ...run }, async () => {
    done.resolve(await attack(seconds * 1000));
  });
  const from = quiet * 1000;
  const course = { sendings: played.sendings, from, to: from + seconds * 1000 };
  return { ...played, from, course, result: await done.promise };
}

/** Connections of a flood, each from an address of its own: what a kernel can count by address does not stop it. */
export const MANY = { connections: 64, sources: 64 };

/** An attack for {@link beside}: these requests in turn, at the edge unless `shape` has another target. */
export function floodOf(
  stage: Stage,
  name: string,
  requests: readonly Buffer[],
  shape: Pick<Flood, "rate"> & Partial<Flood>,
): (milliseconds: number) => Promise<FloodResult> {
  const file = stage.writeRequests(name, requests);
  return async (milliseconds) =>
    stage.attack({ target: await stage.door(), milliseconds, ...MANY, ...shape, do: "flood", requests: file });
}
