/** For what another process brings about and nobody announces: asked again and again, and given up in the end. */
import { setTimeout as pause } from "node:timers/promises";

const EVERY = 20;
const GIVEN_UP = 60_000;

/** Resolves when the condition holds. Rejects, saying `what` was waited for, after a minute. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const began = performance.now();
  while (!(await condition())) {
    if (performance.now() - began > GIVEN_UP) throw new Error(`waited for a minute in vain: ${what}`);
    await pause(EVERY);
  }
}
