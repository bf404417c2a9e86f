/**
 * One setting of the engine for processes that read a whole store.
 *
 * Rows come as buffers outside of V8's heap, and V8 by default collects all garbage whenever some 64 MB of them have come and
 * gone. Beside a nation's fold (then 800 MB of small objects to look through, a second each time; since grants are packed, about 390 MB) that was two thirds of the
 * whole time: 55 µs of processor time per statement against 24 µs with the setting (measured). With it such buffers
 * count like any other memory, and a collection comes when the sum has grown by a share of what is in use. The price is
 * memory: a nation from scratch had 5.7 GB at most, where it had 3.2 GB. (`--heap-growing-percent=15` brings that to 3.8 GB for
 * 7 % more time where node is started with both flags; set at run time it cost a third more.)
 */
import { setFlagsFromString } from "node:v8";

/** Makes buffers count as part of the heap when V8 decides about collecting. For the process as a whole, at its start. */
export function countBuffersAsHeap(): void {
  setFlagsFromString("--external-memory-accounted-in-global-limit");
}
