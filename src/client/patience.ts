/** How long whoever sends sheets waits: for an answer, and until it comes again as a door has asked. */

/** Milliseconds for which an answer is waited for: a door that is full lets nobody in for whom it would not come. */
export const PATIENCE = 20_000;
/** `Retry-After` counts whole seconds. */
const SECOND = 1_000;

/** Milliseconds until one comes again who was asked to after so many: within the second that was meant. `random`: in [0, 1). */
export function untilAsked(milliseconds: number, random: () => number): number {
  return milliseconds === 0 ? 0 : Math.ceil(milliseconds + SECOND * random());
}
