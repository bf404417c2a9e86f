/** The thread of the studio. */
import { constants, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { draw } from "./draw.ts";
import type { Order } from "./studio.ts";

// On Linux of this thread alone.
setPriority(constants.priority.PRIORITY_LOW);
parentPort?.on("message", (order: Order) => parentPort?.postMessage(draw(order)));
