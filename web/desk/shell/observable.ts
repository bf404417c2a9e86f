/**
 * A value that changes, and whoever wants to know: all the state management that the desk needs. What has a life of its own
 * (the hall's state, the outbox, the keys) stands in such values outside of the components, so that it can be tested
 * without a screen.
 */
import { useEffect, useState } from "preact/hooks";

export class Observable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  /** Sets the value and tells everyone, unless it is the very same. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Calls `listener` after every change; the answer ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The value, in a component that is drawn anew when it changes. */
export function useObserved<T>(observable: Observable<T>): T {
  const [, draw] = useState(0);
  useEffect(() => {
    let seen = observable.value;
    const follow = () => {
      if (Object.is(seen, observable.value)) return;
      seen = observable.value;
      draw((count) => count + 1);
    };
    draw((count) => count + 1);
    return observable.subscribe(follow);
  }, [observable]);
  return observable.value;
}
