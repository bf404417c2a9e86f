/**
 * A view that a page shows, kept as new as the hall's log: asked for again when the log has grown, and the last one stays on
 * the screen until the next has come.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiFault } from "./api.ts";

export interface Viewed<T> {
  readonly view: T | null;
  readonly fault: ApiFault | null;
}

/**
 * @param key what is shown; another key drops the view at once
 * @param size of the log, see `Desk.size`; pass 0 for what never changes
 */
export function useView<T>(key: string, size: number, load: () => Promise<T>): Viewed<T> {
  const [shown, setShown] = useState<Viewed<T> & { readonly key: string }>({ key, view: null, fault: null });
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    let isCurrent = true;
    latest.current().then(
      (view) => isCurrent && setShown({ key, view, fault: null }),
      (fault: unknown) => {
        if (!(fault instanceof ApiFault)) throw fault;
        if (isCurrent) setShown((before) => ({ key, view: before.key === key ? before.view : null, fault }));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key, size]);
  return shown.key === key ? shown : { view: null, fault: null };
}
