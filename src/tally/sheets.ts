/**
 * The fold of a kecamatan's sheets: the count book.
 *
 * An authentic, well-formed sheet is never refused for its version: one that names the current sheet becomes current, any
 * other is a rival, which posts nothing. Votes that do not add up are shown and held, unless something of the station was
 * posted before: then that stays, flagged, until a corrected sheet, a reading or an order.
 */
import { type District, type Model, slotOf } from "../election/model.ts";
import { correctionIsLarge, evaluate, flagOf, type Verdict } from "../election/rules.ts";
import type { HotSheet } from "../election/sheet.ts";
import { equalBytes, toHex } from "../ledger/bytes.ts";
import type { Authority } from "./authority.ts";
import {
  type Book,
  type BookName,
  clearStatement,
  figureOf,
  flagsOf,
  hasStatement,
  idOf,
  isSignedBy,
  STATE,
  setFigures,
  setFlags,
  setStatement,
  shownVotes,
  votesOf,
} from "./book.ts";
import type { LogState } from "./logs.ts";
import type { Grant, Role } from "./plenary.ts";
import { type Cause, type Place, type Posted, type Posting, post, postedAt } from "./posting.ts";
import { fault, noEffect, type Refusal } from "./refusal.ts";
import type { Block, Unit } from "./unit.ts";

export type Listener = ((posting: Posting) => void) | null;

const W405 = flagOf("W405");
const W406 = flagOf("W406");
const W407 = flagOf("W407");

/** At most so many sheets of one key may stand beside the current one of a station and contest. */
export const MAX_RIVALS = 8;

/** Whose key may sign a station's sheet: its own, the archive's, and the committee's operator who types one from paper. */
export const SHEET_ROLES: readonly Role[] = ["station", "archive", "operator"];

/** Where a sheet or reading belongs, or why nowhere. */
export function placeOf(unit: Unit, sheet: HotSheet, bookName: BookName): Place | null {
  const desa = unit.model.desa(sheet.desa);
  const block = unit.blocks[sheet.contest];
  if (!desa || !block || desa.parent !== unit.region) return null;
  const place = unit.placeOf(desa);
  const district = block.districts[place];
  const slot = unit.slotOf(desa, sheet.stationNumber);
  if (!district || slot < 0) return null;
  return { block, bookName, book: block.book(bookName), slot, desa: place, district };
}

/**
 * Brings a well-formed sheet into the columns of the latest definition folded, of which it may name an earlier form, and
 * which its log may not even have seen. Columns never move and are only added, so the earlier ones are a prefix; a choice
 * added since has no votes on it, or none reported where the sheet reports none at all.
 */
export function fitColumns(sheet: HotSheet, latest: District): void {
  const columns = latest.choices.length;
  if (sheet.voteCount < 0 || sheet.voteCount >= columns) return;
  const reportsAny = sheet.votes.subarray(0, sheet.voteCount).some((votes) => votes >= 0);
  sheet.votes.fill(reportsAny ? 0 : -1, sheet.voteCount, columns);
  sheet.voteCount = columns;
}

/** The definition that a log has seen, and in it the district of a sheet: what the sheet is judged by. */
export interface View {
  readonly model: Model;
  readonly district: District;
}

export interface SheetContext {
  readonly authority: Authority;
  readonly listener: Listener;
}

/** Folds one sheet of the unit's kecamatan. */
export function foldSheet(
  context: SheetContext,
  unit: Unit,
  log: LogState,
  view: View,
  sheet: HotSheet,
  id: Uint8Array,
  signer: Grant,
): Refusal | null {
  const place = placeOf(unit, sheet, "count");
  if (!place) return fault("malformed");
  fitColumns(sheet, place.district);
  const { book, slot } = place;
  const index = log.size;
  if (!continues(book, slot, sheet)) return addRival(place, sheet, index, signer.short);
  const before = postedAt(place);
  const shown = hasStatement(book, slot) ? shownVotes(book, slot, place.district.choices.length) : null;
  const verdict = judge(view, sheet);
  let { flags } = verdict;
  if (registeredDiffers(unit, place, sheet)) flags |= W405;
  if (shown && sheet.voteCount >= 0 && correctionIsLarge(shown, sheet.votes.subarray(0, sheet.voteCount))) {
    flags |= W406;
  }
  const cause: Cause = { log: log.name, index, reason: null };
  const reported = reportsVotes(sheet, view.district);
  show(place, sheet, { index, level: 0, id, by: signer.short }, verdict, reported, flags);
  const mayWithdraw = signer.role === "archive";
  const { after, stateWithout } = whatIsPosted(view.district, sheet, verdict, reported, before, mayWithdraw);
  const kind = before && !after ? "withdrawal" : "correction";
  post(place, before, after, stateWithout, kind, cause, context.listener);
  return null;
}

const continues = (book: Book, slot: number, sheet: HotSheet): boolean =>
  hasStatement(book, slot) ? sheet.hasPrevious && equalBytes(sheet.previous, idOf(book, slot)) : !sheet.hasPrevious;

/** Makes a sheet or reading the one that the row shows. */
export function show(
  place: Place,
  sheet: HotSheet,
  statement: { readonly index: number; readonly level: number; readonly id: Uint8Array; readonly by: string },
  verdict: Verdict,
  reported: Reported,
  flags = verdict.flags,
): void {
  const { block, book, slot } = place;
  block.unit.touch(block, place.desa);
  setStatement(book, slot, statement);
  const votes = sheet.voteCount >= 0 ? { values: sheet.votes, count: sheet.voteCount } : null;
  setFigures(book, slot, sheet.figures, votes);
  setFlags(book, slot, flags);
  keepWritten(place, sheet, verdict, reported);
}

/** Party totals as written are kept only where they are not what their lines add up to; a party added since has none. */
function keepWritten({ book, slot, district }: Place, sheet: HotSheet, verdict: Verdict, reported: Reported): void {
  let differs = verdict.heldParties.length > 0 || (reported === "partly" && sheet.partyCount > 0);
  for (let p = 0; p < sheet.partyCount && !differs; p++) differs = (sheet.parties[p] ?? -1) < 0;
  if (differs) {
    const written = new Int32Array(district.parties.length).fill(-1);
    written.set(sheet.parties.subarray(0, sheet.partyCount));
    book.written.set(slot, written);
  } else if (book.written.size > 0) book.written.delete(slot);
}

/** What the rules say of the figures alone. */
export function judge({ model, district }: View, sheet: HotSheet): Verdict {
  const desa = model.desa(sheet.desa);
  const station = desa ? desa.stationFrom + slotOf(desa, sheet.stationNumber) : 0;
  return evaluate(sheet, {
    kind: district.contest.kind,
    district,
    stationKind: model.kindAt(station),
    noken: desa?.noken ?? false,
    archive: model.archive,
  });
}

/** What the sheet leaves posted: nothing, what was, all that it shows, or all but the lines of some parties. */
function whatIsPosted(
  district: District,
  sheet: HotSheet,
  verdict: Verdict,
  reported: Reported,
  before: Int32Array | null,
  mayWithdraw: boolean,
): { after: Posted; stateWithout: number } {
  const stateWithout = verdict.hold ? STATE.held : STATE.incomplete;
  if (reported === "partly") return { after: mayWithdraw ? null : before, stateWithout };
  if (verdict.hold) return { after: before, stateWithout };
  if (reported === "all" && verdict.heldParties.length === 0) return { after: "shown", stateWithout };
  const after = blanksAsZero(sheet);
  for (const party of verdict.heldParties) {
    for (const column of district.parties[party]?.columns ?? []) after[column] = before?.[column] ?? 0;
  }
  return { after, stateWithout };
}

export const blanksAsZero = (sheet: HotSheet): Int32Array =>
  sheet.votes.slice(0, sheet.voteCount).map((votes) => Math.max(0, votes));

/** How much of its votes a sheet reports; `withdrawn`: all but those of withdrawn choices, which may be left blank. */
export type Reported = "all" | "withdrawn" | "partly";

/** How much of the votes a sheet reports, by the district that its log has seen: it asks for no choice added since. */
export function reportsVotes(sheet: HotSheet, seen: District): Reported {
  if (sheet.voteCount < 0) return "partly";
  let blank = false;
  for (let i = 0; i < sheet.voteCount; i++) {
    if ((sheet.votes[i] ?? -1) >= 0) continue;
    const choice = seen.choices[i];
    if (choice && !choice.withdrawn) return "partly";
    blank = true;
  }
  return blank ? "withdrawn" : "all";
}

function addRival(
  { block, book, slot, desa, district }: Place,
  sheet: HotSheet,
  index: number,
  by: string,
): Refusal | null {
  const rivals = book.rivals.get(slot) ?? [];
  if (rivals.filter((rival) => rival.by === by).length >= MAX_RIVALS) return fault("too-many-rivals");
  block.unit.touch(block, desa);
  rivals.push({ index, by });
  book.rivals.set(slot, rivals);
  if (hasStatement(book, slot) && !sameFigures(book, slot, sheet, district)) {
    setFlags(book, slot, flagsOf(book, slot) | W407);
  }
  return null;
}

function sameFigures(book: Book, slot: number, sheet: HotSheet, district: District): boolean {
  for (let i = 0; i < sheet.figures.length; i++) if (figureOf(book, slot, i) !== sheet.figures[i]) return false;
  for (let i = 0; i < district.choices.length; i++) {
    if (votesOf(book, slot, i) !== (i < sheet.voteCount ? sheet.votes[i] : -1)) return false;
  }
  return true;
}

/** W405: the later of two sheets is the one that is flagged, since what was judged is not judged again. */
function registeredDiffers(unit: Unit, place: Place, sheet: HotSheet): boolean {
  const registered = sheet.figures[2] ?? -1;
  if (registered < 0) return false;
  for (const block of unit.blocks) {
    const book = block?.books.count;
    if (!book || block === place.block || !hasStatement(book, place.slot)) continue;
    const other = figureOf(book, place.slot, 2);
    if (other >= 0 && other !== registered) return true;
  }
  return false;
}

/** Takes back a sheet that must not count. Only the current one can be: a rival posts nothing anyway. */
export function foldAnnulment(
  context: SheetContext,
  unit: Unit,
  log: LogState,
  annulled: string,
  reason: string,
): Refusal | null {
  for (const block of unit.blocks) {
    const book = block?.books.count;
    if (!block || !book) continue;
    for (let slot = 0; slot < unit.stations; slot++) {
      if (hasStatement(book, slot) && toHex(idOf(book, slot)) === annulled) {
        annul(context, block, slot, { log: log.name, index: log.size, reason });
        return null;
      }
    }
  }
  return noEffect("not-current");
}

/** Takes back every current sheet of a key that was revoked with all it did; it acts where the revocation is seen. */
export function annulSheetsOf(context: SheetContext, unit: Unit, log: LogState, short: string): void {
  for (const block of unit.blocks) {
    const book = block?.books.count;
    if (!block || !book) continue;
    for (let slot = 0; slot < unit.stations; slot++) {
      if (isSignedBy(book, slot, short)) {
        annul(context, block, slot, { log: log.name, index: log.size, reason: "revoked" });
      }
    }
  }
}

function annul(context: SheetContext, block: Block, slot: number, cause: Cause): void {
  const desa = block.unit.placeOfSlot(slot);
  const district = block.districts[desa];
  if (!district) return;
  const place: Place = { block, bookName: "count", book: block.book("count"), slot, desa, district };
  const before = postedAt(place);
  block.unit.touch(block, desa);
  clearStatement(place.book, slot);
  post(place, before, null, STATE.none, "annulment", cause, context.listener);
}
