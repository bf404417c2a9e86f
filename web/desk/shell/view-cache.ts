/**
 * Views that were fetched, or fetched ahead, so that the next station stands on the screen the moment it is asked for. A view
 * may be shown while a newer one is on its way; what the log's size was when it was asked for says whether it is new.
 */
import { useEffect, useState } from "preact/hooks";
import { ApiFault } from "./api.ts";

/** So many views are kept; a station of DPR is some 10 KB. */
const MOST = 400;

export class ViewCache<V> {
  readonly #load: (key: string) => Promise<V>;
  readonly #kept = new Map<string, { readonly view: V; readonly size: number }>();
  readonly #asked = new Map<string, { readonly size: number; readonly answer: Promise<V> }>();

  constructor(load: (key: string) => Promise<V>) {
    this.#load = load;
  }

  /** The view as last fetched; null if it never was. */
  peek(key: string): V | null {
    return this.#kept.get(key)?.view ?? null;
  }

  isFresh(key: string, size: number): boolean {
    const kept = this.#kept.get(key);
    return kept !== undefined && kept.size >= size;
  }

  /** Fetches a view for a log of this size, unless that is already at hand or on its way. */
  fetch(key: string, size: number): Promise<V> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.size >= size) return Promise.resolve(kept.view);
    const asked = this.#asked.get(key);
    if (asked !== undefined && asked.size >= size) return asked.answer;
    const answer = this.#load(key).then(
      (view) => {
        if ((this.#kept.get(key)?.size ?? -1) < size) this.#keep(key, view, size);
        this.#forget(key, size);
        return view;
      },
      (fault: unknown) => {
        this.#forget(key, size);
        throw fault;
      },
    );
    this.#asked.set(key, { size, answer });
    return answer;
  }

  /** Fetches what will be wanted soon; that it did not come is told when it is wanted. */
  ahead(key: string): void {
    if (this.#kept.has(key)) return;
    this.fetch(key, 0).catch((fault: unknown) => {
      if (!(fault instanceof ApiFault)) throw fault;
    });
  }

  #forget(key: string, size: number): void {
    if (this.#asked.get(key)?.size === size) this.#asked.delete(key);
  }

  #keep(key: string, view: V, size: number): void {
    this.#kept.delete(key);
    this.#kept.set(key, { view, size });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
  }
}

export interface Cached<V> {
  readonly view: V | null;
  readonly fault: ApiFault | null;
}

/** A cached view in a component: what is at hand at once, the newest as soon as it comes. Null as key: nothing is wanted. */
export function useCached<V>(cache: ViewCache<V>, key: string | null, size: number): Cached<V> {
  const [, draw] = useState(0);
  const [failed, setFailed] = useState<{ readonly key: string; readonly fault: ApiFault } | null>(null);
  useEffect(() => {
    if (key === null || cache.isFresh(key, size)) return;
    let isCurrent = true;
    cache.fetch(key, size).then(
      () => {
        if (!isCurrent) return;
        setFailed(null);
        draw((count) => count + 1);
      },
      (fault: unknown) => {
        if (!(fault instanceof ApiFault)) throw fault;
        if (isCurrent) setFailed({ key, fault });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [cache, key, size]);
  return { view: key === null ? null : cache.peek(key), fault: failed?.key === key ? failed.fault : null };
}
