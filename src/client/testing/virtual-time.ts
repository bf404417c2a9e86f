/** Time that passes only when everybody waits: tests of hours run in moments, the same way each time. */

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export class VirtualTime {
  now = 0;
  #sleepers: Sleeper[] = [];

  /** Resolves after so many milliseconds, or when the signal comes. */
  rest = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (signal?.aborted) return Promise.resolve();
    const sleeper: Sleeper = { at: this.now + Math.max(0, milliseconds), wake: resolve };
    this.#sleepers.push(sleeper);
    const end = () => {
      this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
      resolve();
    };
    signal?.addEventListener("abort", end, { once: true });
    return promise;
  };

  /** Lets time pass until `work` is done. @throws RangeError if it never will be */
  async until(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    // What is thrown is told by the wait for it below.
    done.catch(() => undefined);
    for (;;) {
      // Everything that can go on without time passing does so first.
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) break;
      const next = this.#sleepers.reduce<Sleeper | null>((a, b) => (a === null || b.at < a.at ? b : a), null);
      if (next === null) throw new RangeError("everybody waits, and nobody for time");
      this.now = Math.max(this.now, next.at);
      const due = this.#sleepers.filter(({ at }) => at <= this.now);
      this.#sleepers = this.#sleepers.filter(({ at }) => at > this.now);
      for (const { wake } of due) wake();
    }
    await done;
  }
}
