/** Waiting that ends with the program. */
import { setTimeout as pause } from "node:timers/promises";

/** Waits so many milliseconds, but not beyond the signal. */
export async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}
