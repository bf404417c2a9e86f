/** A thread that reads what the public folder shows of the logs: see `shownLogsAside`. */
import { parentPort, workerData } from "node:worker_threads";
import { diskFolder } from "./folder.ts";
import { shownLogs } from "./shown-logs.ts";

parentPort?.postMessage([...shownLogs(diskFolder(workerData as string, () => undefined))]);
