/** What every part of a change on the screen is given. */
import type { Choice } from "../choice.ts";
import type { Posting } from "../verify/journal.ts";
import type { Names } from "../verify/names.ts";
import type { Book } from "../verify/objects.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";

export interface PostingProps {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
  readonly book: Book;
  readonly posting: Posting;
  readonly names: Names | undefined;
  /** Only its movement is shown at first; null: all. */
  readonly choice: Choice | null;
  /** The name of the station's desa, where it is known. */
  readonly desa: string | undefined;
}
