/** A thread of the audit: does the jobs that it is sent, one after the other. */
import { parentPort, workerData } from "node:worker_threads";
import { openSource } from "../source.ts";
import { type Job, work } from "./jobs.ts";
import { KeyTable } from "./key-table.ts";

/** What a thread is started with: what the command was given, a folder or an address. */
export interface WorkerData {
  readonly where: string;
}

/** What a thread is sent: the keys once, before any job. */
export type Message =
  | { readonly keys: SharedArrayBuffer }
  | { readonly keys?: never; readonly id: number; readonly job: Job };

const { where } = workerData as WorkerData;
const { files } = openSource(where);
let table = KeyTable.of([]);

parentPort?.on("message", async (message: Message) => {
  if (message.keys) {
    table = new KeyTable(message.keys);
    return;
  }
  const { id, job } = message;
  try {
    parentPort?.postMessage({ id, done: await work(job, files, table) });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
