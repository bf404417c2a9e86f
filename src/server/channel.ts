/**
 * What the supervisor and a role's process say to each other over the channel between them: the role its address, a text, once it is
 * ready; the supervisor now and then whether it is alive, and the role that it is. Whoever can still answer is not stuck.
 */

/** The supervisor's question. */
export const PING = { ask: "alive" } as const;
const ALIVE = { alive: true } as const;

/** Whether a message of a role answers {@link PING}. */
export function isAlive(message: unknown): boolean {
  return typeof message === "object" && message !== null && "alive" in message;
}

/** Answers every question of the supervisor for as long as this process has turns to do so. */
export function answerPings(): void {
  process.on("message", (message) => {
    if (typeof message === "object" && message !== null && "ask" in message) process.send?.(ALIVE);
  });
}
