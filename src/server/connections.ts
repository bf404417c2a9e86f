/**
 * Who may keep a connection to the door when there are more than it can hold.
 *
 * A listening socket that just stops at a limit belongs to whoever opens connections fastest and lets them lie. So at the limit the
 * oldest connection gives way on which nothing was shown: an honest phone sends its pass with its first bytes, and needs its
 * place for a moment only, however many others lie open. A connection that waits for an answer is never taken away, and does not
 * count: how many of those there are is for the door to say.
 *
 * And a connection ends on which one request after the other is refused. Whoever sends thousands without waiting for an answer keeps
 * the buffer of one connection full, and reading that would let nobody else have a turn; a new connection stands at the end of
 * the queue.
 */
import type { EventEmitter } from "node:events";

/** As much of a socket as is needed here. */
export type Connection = Pick<EventEmitter, "once"> & { destroy(): unknown };

/** So many refusals on a connection, none of them after a request that was let in. */
const MOST_REFUSED = 256;

export class Connections<C extends Connection> {
  readonly #most: number;
  #open = 0;
  #evicted = 0;
  /** No pass was shown on these; the oldest first. */
  readonly #strangers = new Set<C>();
  /** A pass was shown and its request answered; the one that was used longest ago first. */
  readonly #idle = new Set<C>();
  readonly #refused = new WeakMap<C, number>();

  /** At most so many lie open without being at work. */
  constructor(most: number) {
    this.#most = most;
  }

  /** A connection was accepted. */
  opened(connection: C): void {
    this.#open++;
    this.#strangers.add(connection);
    connection.once("close", () => {
      this.#open--;
      this.#strangers.delete(connection);
      this.#idle.delete(connection);
    });
    this.#evict();
  }

  /** A valid pass was shown on it, and its request is being answered. */
  busy(connection: C): void {
    this.#strangers.delete(connection);
    this.#idle.delete(connection);
    this.#refused.delete(connection);
  }

  /** A request on it was refused; whether it has had enough of that and is to end. */
  refused(connection: C): boolean {
    const count = (this.#refused.get(connection) ?? 0) + 1;
    this.#refused.set(connection, count);
    return count >= MOST_REFUSED;
  }

  /** The request with a pass has been answered. */
  answered(connection: C): void {
    this.#idle.add(connection);
    this.#evict();
  }

  /** Open now, and closed since the start because there were too many. */
  get figures(): { readonly open: number; readonly evicted: number } {
    return { open: this.#open, evicted: this.#evicted };
  }

  /** Half of the places are kept for strangers, who may be phones that came back; of the rest the longest idle goes first. */
  #evict(): void {
    if (this.#strangers.size + this.#idle.size <= this.#most) return;
    const [stranger] = this.#strangers;
    const [idle] = this.#idle;
    const victim = this.#strangers.size > this.#most / 2 ? stranger : (idle ?? stranger);
    if (victim === undefined) return;
    // Both now: its "close" comes later, and till then it would be the victim again.
    this.#strangers.delete(victim);
    this.#idle.delete(victim);
    this.#evicted++;
    victim.destroy();
  }
}
