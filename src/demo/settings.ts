/**
 * What the processes of the demonstration have in common, in `DIR/demo/`: `run.json` for those that the present run starts, and
 * `clock.json`, by which the next run goes on where this one stopped.
 */
import { join } from "node:path";
import { electionIn } from "../cli/data-folder.ts";
import { definitionObjects } from "../election/definition-tree.ts";
import type { Model } from "../election/model.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { definitionsIn } from "../publish/definitions.ts";
import type { LookedAt } from "../server/eyes/drill.ts";
import { readFileOrNull, writeAtomic } from "../store/files.ts";
import { DemoClock } from "./calendar.ts";
import type { Founded } from "./founding.ts";

export interface Run extends Founded {
  /** The demonstration's time, in seconds, at `began` (milliseconds since 1970). */
  readonly from: number;
  readonly began: number;
  readonly speed: number;
  /** Where the doors are: a list of endpoints that the centre has signed, and the centre's vkey. */
  readonly endpoints: string;
  readonly centre: string;
  /** `http://host:port/` of the door for photos. */
  readonly photos: string;
  /** `http://127.0.0.1:port/` of each: where it is looked whether all goes on. */
  readonly addresses: Readonly<Record<LookedAt, string>>;
}

const inDemo = (data: string, name: string) => join(data, "demo", name);

export function writeRun(data: string, run: Run): void {
  writeAtomic(inDemo(data, "run.json"), utf8(`${JSON.stringify(run)}\n`));
}

/** The present run, as a process that it has started sees it. */
export function readRun(data: string): Run {
  const run = readJson<Run>(inDemo(data, "run.json"));
  if (run === null) throw new RangeError(`${data} has no run of the demonstration`);
  return run;
}

/** The time at which the demonstration was stopped, in its seconds; 0 if it is new. */
export function readClock(data: string): number {
  return readJson<{ at: number }>(inDemo(data, "clock.json"))?.at ?? 0;
}

export function writeClock(data: string, at: number): void {
  writeAtomic(inDemo(data, "clock.json"), utf8(`${JSON.stringify({ at: Math.floor(at) })}\n`));
}

export const outboxPath = (data: string): string => inDemo(data, "outbox");

export const clockOf = (run: Run): DemoClock => new DemoClock(run);

/** The definition in force in the folder. */
export function modelIn(data: string): Model {
  const file = electionIn(data);
  if (file === null) throw new RangeError(`${data} has no election`);
  return definitionsIn(join(data, "definition")).model(definitionObjects(file).root);
}

function readJson<T>(path: string): T | null {
  const bytes = readFileOrNull(path);
  return bytes === null ? null : (JSON.parse(fromUtf8(bytes)) as T);
}
