/** What a part of the page fetches for itself: the last value stays until the next one is verified. */
import { useEffect, useState } from "preact/hooks";
import { Fault } from "./verify/fault.ts";

export interface Loaded<T> {
  readonly value: T | null;
  readonly fault: Fault | null;
}

/** Runs `load` whenever `key` changes; an answer to an older key is dropped. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ value: null, fault: null });
  useEffect(() => {
    let current = true;
    load().then(
      (value) => current && setLoaded({ value, fault: null }),
      (cause: unknown) => {
        if (!(cause instanceof Fault)) throw cause;
        if (current) setLoaded((before) => ({ ...before, fault: cause }));
      },
    );
    return () => {
      current = false;
    };
  }, [key]);
  return loaded;
}
