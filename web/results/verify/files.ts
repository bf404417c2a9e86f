/** The public folder as the page reads it: one function, so that tests read from memory and the page by HTTP. */
import { Fault } from "./fault.ts";

/**
 * Bytes of a file below the site's address; null if there is none. Rejects with Fault ("unreachable") when nobody answers.
 * `fresh`: past every cache, because what came does not fit.
 */
export type Fetch = (path: string, fresh?: boolean) => Promise<Uint8Array | null>;

/** Where an object lies below the site's address. */
export function objectPath(hash: string): string {
  return `object/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
}

/** So long a server may take for a file, in milliseconds: one that hangs is as one that is down. */
const PATIENCE = 30_000;

/** A {@link Fetch} over HTTP, relative to `base`. Objects and tiles never change, so the browser's cache serves them. */
export function httpFetch(base: string): Fetch {
  return async (path, fresh = false) => {
    try {
      const response = await fetch(new URL(path, base), {
        cache: fresh ? "reload" : "default",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.status === 404 || response.status === 410) return null;
      if (!response.ok) throw new Fault("unreachable", path, `the server answered ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      if (cause instanceof Fault) throw cause;
      throw new Fault("unreachable", path, "no answer");
    }
  };
}
