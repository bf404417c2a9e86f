/**
 * What the public folder shows of the logs: every log's checkpoint, as its file has it.
 *
 * A publisher must know all of them before it writes anything, and of a nation they are 14,600 small files: 0.4 s, and ten times
 * that from a disk that has been asked for other things since (measured). So at a start a thread of its own reads them, while
 * the fold comes back.
 */
import { Worker } from "node:worker_threads";
import { toHex } from "../ledger/bytes.ts";
import { parseCheckpoint } from "../ledger/checkpoint.ts";
import { parseNote } from "../ledger/note.ts";
import type { LogName } from "../store/store.ts";
import type { PublicFolder } from "./folder.ts";
import { checkpointPath, LOGS } from "./layout.ts";

/** A log as a checkpoint file shows it. The root in hex. */
export interface ShownLog {
  readonly path: string;
  readonly log: LogName;
  readonly size: number;
  readonly root: string;
}

/** All that a folder shows. @throws NoteError, CheckpointError if a file is none */
export function* shownLogs(folder: Pick<PublicFolder, "list" | "read">): Generator<ShownLog> {
  for (const kind of ["pleno", "tps"]) {
    for (const region of folder.list(LOGS + kind)) {
      const log = `${kind}/${region}`;
      const path = checkpointPath(log);
      const note = folder.read(path);
      if (!note) continue;
      const { size, root } = parseCheckpoint(parseNote(note).text);
      yield { path, log, size, root: toHex(root) };
    }
  }
}

/** The same of the folder `dir`, to which nobody may write until it resolves; rejects with what reading throws. */
export function shownLogsAside(dir: string): Promise<ShownLog[]> {
  const worker = new Worker(new URL("./shown-logs-worker.ts", import.meta.url), { workerData: dir });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
