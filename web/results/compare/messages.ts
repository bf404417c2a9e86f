/** What the page and the worker that compares say to each other. */
import type { Text } from "../../../src/election/text.ts";
import type { Column } from "../../../src/export/columns.ts";
import type { EditionRoots } from "../../../src/export/places.ts";
import type { Subject } from "../../../src/export/table.ts";
import type { Comparison, OwnRow } from "./compare.ts";
import type { Matching } from "./match-columns.ts";

/** What is compared with: a region in an edition. */
export interface Published {
  /** Address of the public folder. */
  readonly base: string;
  readonly edition: EditionRoots;
  readonly subject: Subject;
}

export type Question =
  /** Reads a file and proposes which column is which. */
  | { readonly what: "open"; readonly published: Published; readonly file: File }
  /** Compares the file that was opened last. */
  | { readonly what: "compare"; readonly published: Published; readonly matching: Matching }
  /** Compares one station that was typed. */
  | { readonly what: "one"; readonly published: Published; readonly row: OwnRow }
  /** A table to fill in: every station of the region. */
  | { readonly what: "template"; readonly published: Published; readonly language: keyof Text };

/** A file as it was read. */
export interface Opened {
  readonly rows: number;
  /** The head and some lines. */
  readonly sample: readonly (readonly string[])[];
  readonly matching: Matching;
  /** What can be compared. */
  readonly columns: readonly Column[];
  readonly notes: readonly Text[];
}

/** What a comparison found, and with which book. */
export interface Compared {
  readonly comparison: Comparison;
  readonly columns: readonly Column[];
  readonly book: Subject["book"];
}

export type Answer =
  | { readonly kind: "opened"; readonly opened: Opened }
  | { readonly kind: "progress"; readonly done: number; readonly of: number }
  | ({ readonly kind: "compared" } & Compared)
  | { readonly kind: "template"; readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string }
  | { readonly kind: "failed"; readonly why: Text };
