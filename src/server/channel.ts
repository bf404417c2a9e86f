/**
 * What the supervisor and a role's process say to each other over the channel between them: the role its address, a text, once it is
 * ready; the supervisor now and then whether it is alive, and the role that it is, with its figures. Whoever can still answer is not
 * stuck. A role that shows them is told what all roles have said.
 */
import type { ProcessFigures, Seen } from "./eyes/figures.ts";

/** The supervisor's question. */
export const PING = { ask: "alive" } as const;

/** Whether a message of a role answers {@link PING}. */
export function isAlive(message: unknown): boolean {
  return typeof message === "object" && message !== null && "alive" in message;
}

/** The figures in such an answer; null where a process tells none. */
export function figuresIn(message: unknown): ProcessFigures | null {
  const told = typeof message === "object" && message !== null && "figures" in message ? message.figures : null;
  return told as ProcessFigures | null;
}

/** Answers every question of the supervisor for as long as this process has turns to do so, with its figures. */
export function answerPings(figures: () => ProcessFigures): void {
  process.on("message", (message) => {
    if (typeof message !== "object" || message === null || !("ask" in message)) return;
    process.send?.({ alive: true, figures: figures() });
  });
}

/** What the supervisor tells those who show it. */
export const seenMessage = (seen: Seen): object => ({ seen });

/** Calls `tell` whenever the supervisor says how all roles are. */
export function hearSeen(tell: (seen: Seen) => void): void {
  process.on("message", (message) => {
    if (typeof message === "object" && message !== null && "seen" in message) tell(message.seen as Seen);
  });
}
