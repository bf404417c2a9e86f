/** What the parts of the list of changes are given. */
import type { Choice } from "../choice.ts";
import type { Book } from "../verify/objects.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";

export interface FeedProps {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
  readonly book: Book;
  /** Null: all. */
  readonly choice: Choice | null;
  readonly refresh: () => void;
}
