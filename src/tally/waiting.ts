/**
 * Logs that wait: an entry may name a prefix of another log that is not folded yet, and until it is, nothing after that
 * entry can be judged.
 */
import type { LogName } from "./logs.ts";

/** A prefix that an entry names. */
export interface Need {
  readonly log: LogName;
  readonly size: number;
}

interface Queue {
  readonly entries: Uint8Array[];
  readonly need: Need;
}

export class Waiting {
  readonly #queues = new Map<LogName, Queue>();
  /** For each log that is waited for, who waits. */
  readonly #waiters = new Map<LogName, Set<LogName>>();

  /** Queues a copy of an entry of a log that waits; false if the log does not. */
  take(name: LogName, entry: Uint8Array): boolean {
    const queue = this.#queues.get(name);
    queue?.entries.push(entry.slice());
    return queue !== undefined;
  }

  /** From now on the log waits, with these entries unfolded, which are its own. */
  wait(name: LogName, entries: readonly Uint8Array[], need: Need): void {
    this.#queues.set(name, { entries: [...entries], need });
    const waiters = this.#waiters.get(need.log) ?? new Set();
    waiters.add(name);
    this.#waiters.set(need.log, waiters);
  }

  isAwaited(name: LogName): boolean {
    return this.#waiters.has(name);
  }

  /** Entries of a log that are not folded. */
  count(name: LogName): number {
    return this.#queues.get(name)?.entries.length ?? 0;
  }

  all(): [LogName, Need][] {
    return [...this.#queues].map(([name, { need }]) => [name, need]);
  }

  /** Takes out the logs whose wait is over now that so many entries of `name` are folded, with their entries. */
  *ready(name: LogName, size: number): IterableIterator<[LogName, readonly Uint8Array[]]> {
    const waiters = this.#waiters.get(name);
    for (const waiter of [...(waiters ?? [])]) {
      const queue = this.#queues.get(waiter);
      if (!queue || queue.need.size > size) continue;
      waiters?.delete(waiter);
      this.#queues.delete(waiter);
      yield [waiter, queue.entries];
    }
    if (waiters?.size === 0) this.#waiters.delete(name);
  }
}
