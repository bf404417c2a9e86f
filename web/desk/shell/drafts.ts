/**
 * Half-typed work, kept in this browser: a lock, a reload or a sign-out in the middle of a long station loses nothing. One
 * draft per place (a hall and what is worked on there), cleared when the statement is made. Drafts stay on the device and
 * are never signed or sent.
 */

export interface Drafts {
  read<T>(place: string): T | null;
  /** Null clears it. */
  write(place: string, draft: unknown): void;
}

const PREFIX = "teguh:desk:draft:";

/** Drafts in the browser's storage; where it is refused, in the page. */
export function draftsIn(storage: Storage | null): Drafts {
  const page = new Map<string, string>();
  return {
    read<T>(place: string): T | null {
      try {
        const kept = storage?.getItem(PREFIX + place) ?? page.get(place) ?? null;
        return kept === null ? null : (JSON.parse(kept) as T);
      } catch {
        return null;
      }
    },
    write(place, draft) {
      if (draft === null) {
        page.delete(place);
        storage?.removeItem(PREFIX + place);
        return;
      }
      const text = JSON.stringify(draft);
      page.set(place, text);
      try {
        storage?.setItem(PREFIX + place, text);
      } catch {
        // Full: the draft lasts as long as the page.
      }
    },
  };
}

/** The browser's storage, or null where it is refused (private windows). */
export function storageOf(window: { readonly localStorage: Storage }): Storage | null {
  try {
    window.localStorage.getItem(PREFIX);
    return window.localStorage;
  } catch {
    return null;
  }
}
