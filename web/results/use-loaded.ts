/** What a part of the page fetches for itself: the last value stays until the next one of the same subject is verified. */
import { useEffect, useState } from "preact/hooks";
import { Fault } from "./verify/fault.ts";

export interface Loaded<T> {
  readonly value: T | null;
  readonly fault: Fault | null;
}

/**
 * Runs `load` whenever subject or version changes; an answer to an older question is dropped. A new version of the same subject
 * comes in place of the last one; of another subject nothing is shown, since it would stand under the wrong name.
 */
export function useLoaded<T>(subject: string, load: () => Promise<T>, version = ""): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T> & { readonly subject?: string }>({ value: null, fault: null });
  const shown = loaded.subject === subject ? loaded : { value: null, fault: null };
  useEffect(() => {
    let current = true;
    load().then(
      (value) => current && setLoaded({ subject, value, fault: null }),
      (fault: unknown) => {
        if (!(fault instanceof Fault)) throw fault;
        if (current) setLoaded({ subject, value: shown.value, fault });
      },
    );
    return () => {
      current = false;
    };
  }, [subject, version]);
  return shown;
}
