/**
 * A hall brought up from its copy, on another laptop or on the same one whose data were lost or put back to an older state.
 *
 * What is brought in proves itself, wherever the stick has been: the bundle by the centre's signature, the logs by their writers',
 * each sheet by the door. The files beside them are named by their content, or hold sealed keys. What is here already stays.
 */
import { join } from "node:path";
import { writeDurable } from "../store/durable.ts";
import { readFileOrNull } from "../store/files.ts";
import { COPIED_FOLDERS, filesIn } from "./copy.ts";
import { type Brought, readLogFile, type TakeHeldSheet } from "./log-file.ts";
import { type SyncReason, SyncRefused } from "./refusals.ts";
import type { Replica } from "./replica.ts";

/** What came of a copy's logs. */
export interface BroughtCopy {
  readonly logs: readonly Brought[];
  /** Why the file is not whole; null if it is. Cut short is what a stick is that was pulled while it was written. */
  readonly trouble: SyncReason | null;
}

/** Takes in the logs and sheets of a copy's file. `open` gives its bytes from the beginning. */
export async function bringLogs(
  replica: Replica,
  open: () => AsyncIterable<Uint8Array>,
  takeSheet: TakeHeldSheet,
): Promise<BroughtCopy> {
  const before = await replica.home.store.heads();
  try {
    return { logs: await readLogFile(replica, open, takeSheet), trouble: null };
  } catch (error) {
    if (!(error instanceof SyncRefused)) throw error;
    const logs: Brought[] = [];
    for (const [log, { size: after }] of await replica.home.store.heads()) {
      logs.push({ log, before: before.get(log)?.size ?? 0, after, apart: null, refused: null });
    }
    return { logs, trouble: error.reason };
  }
}

/** Brings the files that are in no log into a laptop's folder, those that are not there yet; how many. */
export async function bringFiles(copy: string, data: string): Promise<number> {
  let count = 0;
  for (const folder of COPIED_FOLDERS) {
    for (const path of await filesIn(join(copy, folder))) {
      const to = join(data, folder, path);
      const bytes = readFileOrNull(join(copy, folder, path));
      if (bytes === null || readFileOrNull(to) !== null) continue;
      writeDurable(to, bytes, folder === "desk" ? 0o600 : 0o644);
      count++;
    }
  }
  return count;
}
