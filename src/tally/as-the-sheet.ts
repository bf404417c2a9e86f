/**
 * X504: a reading that says it is as the sheet, whose figures are not those of the sheet that stands.
 *
 * No statement is judged by it. A plenary's log sees no log of sheets, so what a reading is compared with must not depend on which
 * of both came first: the row of the one book is held against the row of the other as they stand at the cut, whenever the station
 * is built. So it is the same for the same prefixes, appears with the sheet where that comes later, and also where another sheet
 * replaces the one that was read. A desk does not take such a reading; another program may write it.
 */
import { flagOf } from "../election/rules.ts";
import { OUTCOMES } from "../election/sheet.ts";
import { type Book, type BookName, type Books, flagsOf, hasStatement, outcomeOf, showsTheSame } from "./book.ts";

const X504 = flagOf("X504");

/** Bits of `FLAG_CODES` for what a station shows in a book: those kept with its statement, and X504. */
export function shownFlags({ books }: { readonly books: Books }, name: BookName, slot: number): number {
  const book = books[name];
  if (!book) return 0;
  const flags = flagsOf(book, slot);
  return name === "recap" && books.count && isAstray(book, books.count, slot) ? flags | X504 : flags;
}

function isAstray(recap: Book, count: Book, slot: number): boolean {
  if (!hasStatement(recap, slot) || !hasStatement(count, slot)) return false;
  const outcome = OUTCOMES[outcomeOf(recap, slot)];
  return (outcome === "same" || outcome === "noted") && !showsTheSame(recap, count, slot);
}
