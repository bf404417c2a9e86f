/** A thread of the audit: does the jobs that it is sent, one after the other. */
import { parentPort, workerData } from "node:worker_threads";
import { openSource } from "../source.ts";
import { type Job, work } from "./jobs.ts";
import { KeyTable } from "./key-table.ts";

/** What a thread is started with. */
export interface WorkerData {
  /** What the command was given: a folder or an address. */
  readonly where: string;
  readonly keys: SharedArrayBuffer;
}

const { where, keys } = workerData as WorkerData;
const { files } = openSource(where);
const table = new KeyTable(keys);

parentPort?.on("message", async ({ id, job }: { id: number; job: Job }) => {
  try {
    parentPort?.postMessage({ id, done: await work(job, files, table) });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
