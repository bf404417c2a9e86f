/**
 * What this browser remembers between visits: the key that it first met and the last signed checkpoint. Without it a
 * server could show each visit another history; with it, an older or a conflicting one is proof against the server.
 */

export interface Remembered {
  /** vkey of the editions log. */
  readonly vkey: string;
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

export interface Memory {
  read(): Remembered | null;
  write(remembered: Remembered): void;
}

/** A memory for one visit. */
export function visitMemory(): Memory {
  let kept: Remembered | null = null;
  return {
    read: () => kept,
    write: (remembered) => {
      kept = remembered;
    },
  };
}

/** A memory in the browser's storage; where storage is refused (private windows), one for this visit. */
export function lastingMemory(storage: () => Storage, key: string): Memory {
  const visit = visitMemory();
  return {
    read() {
      try {
        const kept: unknown = JSON.parse(storage().getItem(key) ?? "null");
        return isRemembered(kept) ? kept : visit.read();
      } catch {
        return visit.read();
      }
    },
    write(remembered) {
      visit.write(remembered);
      try {
        storage().setItem(key, JSON.stringify(remembered));
      } catch {
        // Refused or full: the memory of this visit still guards against a change while the page is open.
      }
    },
  };
}

function isRemembered(value: unknown): value is Remembered {
  return (
    typeof value === "object" &&
    value !== null &&
    "vkey" in value &&
    "checkpoint" in value &&
    typeof value.vkey === "string" &&
    typeof value.checkpoint === "string"
  );
}
