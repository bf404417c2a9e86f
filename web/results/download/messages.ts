/** What the page and the worker that makes files say to each other. */
import type { Text } from "../../../src/election/text.ts";
import type { EditionRoots } from "../../../src/export/places.ts";
import type { Subject } from "../../../src/export/table.ts";

export const TABLE_FORMATS = ["xlsx", "csv", "json"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** What everything is made from. */
interface Common {
  /** Address of the public folder. */
  readonly base: string;
  readonly edition: EditionRoots;
  /** Id of the edition's statement, hex. */
  readonly editionId: string;
  /** Origin of the log of editions. */
  readonly election: string;
  readonly subject: Subject;
  readonly language: keyof Text;
}

export type Order =
  | (Common & { readonly what: "table"; readonly format: TableFormat })
  | (Common & { readonly what: "paper" })
  | (Common & { readonly what: "evidence"; readonly choice: string; readonly vkey: string });

export type Report =
  /** So many of so many: stations or files. */
  | { readonly kind: "progress"; readonly done: number; readonly of: number }
  | { readonly kind: "done"; readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string; readonly type: string }
  | { readonly kind: "failed"; readonly why: Text };
