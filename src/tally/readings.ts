/**
 * The fold of the plenaries' decisions that move votes or the pen: readings, certificates, rulings. The recap book.
 *
 * A reading is posted by the one log that holds the pen over its kecamatan, contest and district; anywhere else it is void,
 * and shown. It carries complete figures and names the reading that it replaces, so that two halls can never both be right.
 */
import type { RegionCode } from "../election/codes.ts";
import type { Verdict } from "../election/rules.ts";
import { type HotSheet, OUTCOMES, type Outcome } from "../election/sheet.ts";
import type { BodyOf } from "../election/statements.ts";
import { equalBytes, toHex } from "../ledger/bytes.ts";
import { shortKey } from "../ledger/statement.ts";
import { type Authority, countBelow } from "./authority.ts";
import { type Book, hasStatement, idOf, STATE, setOutcome } from "./book.ts";
import type { LogState } from "./logs.ts";
import { isBeingRead } from "./opened-boxes.ts";
import { type Plenary, penKey } from "./plenary.ts";
import { type Place, post, postedAt } from "./posting.ts";
import { readingAct } from "./powers.ts";
import { fault, haltedBy, noEffect, type Refusal } from "./refusal.ts";
import {
  blanksAsZero,
  fitColumns,
  judge,
  placeOf,
  reportsVotes,
  type SheetContext,
  show,
  type View,
} from "./sheets.ts";
import type { Unit } from "./unit.ts";

/** Folds one reading of a station in `unit`, given in the plenary of `log` (its kecamatan's or one above). */
export function foldReading(
  context: SheetContext,
  unit: Unit,
  log: LogState,
  view: View,
  reading: HotSheet,
  id: Uint8Array,
): Refusal | null {
  const { authority } = context;
  const place = placeOf(unit, reading, "recap");
  if (!place) return fault("malformed");
  fitColumns(reading, place.district);
  const reported = reportsVotes(reading, view.district);
  if (reported === "partly") return fault("malformed");
  const outcome = OUTCOMES[reading.outcome] ?? "same";
  const unsigned = authority.refusesSigners(log, readingAct(outcome), reading.by);
  if (unsigned?.fault) return unsigned;
  const plenary = authority.plenary(log.region);
  if (isApplied(unit, log)) return refold(place, plenary, log, outcome, id);
  const verdict = judge(view, reading);
  const refusal = unsigned ?? whyVoid(authority, plenary, place, view, reading, verdict);
  if (refusal) {
    place.block.voids.push({ log: log.name, index: log.size, reason: refusal.reason, fault: false });
    unit.touchStatus(place.block);
    return refusal;
  }
  const before = postedAt(place);
  const level = authority.chain(unit.code).indexOf(plenary);
  const by = shortKey(reading.by[0] ?? "");
  show(place, reading, { index: log.size, level, id, by }, verdict, reported);
  setOutcome(place.book, place.slot, reading.outcome);
  keepReading(plenary, place, log, outcome, id);
  const after = reported === "all" ? "shown" : blanksAsZero(reading);
  const cause = { log: log.name, index: log.size, reason: reading.reason };
  post(place, before, after, STATE.none, "correction", cause, context.listener);
  return null;
}

/** Whether a restored unit already holds what this entry of a log above it does; else notes that it now does. */
function isApplied(unit: Unit, log: LogState): boolean {
  if (log.region === unit.code) return false;
  if (log.size < (unit.applied.get(log.name) ?? 0)) return true;
  unit.applied.set(log.name, log.size + 1);
  return false;
}

/** A reading that a restored unit holds: what it did outside the unit, and whether it was void. */
function refold(place: Place, plenary: Plenary, log: LogState, outcome: Outcome, id: Uint8Array): Refusal | null {
  const shown = place.block.voids.find((entry) => entry.log === log.name && entry.index === log.size);
  if (shown) return noEffect(shown.reason);
  keepReading(plenary, place, log, outcome, id);
  return null;
}

/** What later acts of the plenary may ask of a reading that stands. */
function keepReading(plenary: Plenary, { district }: Place, log: LogState, outcome: Outcome, id: Uint8Array): void {
  plenary.opened = true;
  plenary.movedAt.set(penKey(district.contest.kind, district.code), log.size);
  if (outcome !== "same") plenary.referable.set(toHex(id), { type: "reading" });
}

/** Why a reading by those who may give it does nothing, if so; it is then shown where it would have counted. */
function whyVoid(
  authority: Authority,
  plenary: Plenary,
  { block, book, slot, desa, district }: Place,
  { model }: View,
  reading: HotSheet,
  { hold, heldParties }: Verdict,
): Refusal | null {
  const order = authority.haltOn(authority.log(plenary.log), plenary.region);
  if (order !== null && !isBeingRead(authority, plenary, block, desa, model)) return haltedBy(order);
  if (!authority.holdsPen(plenary, block.unit.code, district.contest.kind, district.code)) return noEffect("no-pen");
  if (!replaces(book, slot, reading)) return noEffect("other-reading");
  const adopted = OUTCOMES[reading.outcome] === "noted";
  return (hold || heldParties.length > 0) && !adopted ? noEffect("does-not-add-up") : null;
}

const replaces = (book: Book, slot: number, reading: HotSheet): boolean =>
  hasStatement(book, slot)
    ? reading.hasPrevious && equalBytes(reading.previous, idOf(book, slot))
    : !reading.hasPrevious;

/** Passes the pen of a region on; `kecamatan` are those of the region, and in scope, that have a part in the district. */
export function foldCertificate(
  authority: Authority,
  log: LogState,
  body: BodyOf<"certificate">,
  id: Uint8Array,
  kecamatan: readonly RegionCode[],
): Refusal | null {
  const unsigned = authority.refusesSigners(log, "certificate", body.by);
  if (unsigned) return unsigned;
  const order = authority.haltOn(log, log.region);
  if (order !== null) return haltedBy(order);
  const key = penKey(body.contest, body.district);
  const plenary = authority.plenary(log.region);
  const holds = kecamatan.every((code) => authority.holdsPen(plenary, code, body.contest, body.district));
  if (!holds) return noEffect("no-pen");
  const list = plenary.certificates.get(key);
  if (list) list.push(log.size);
  else plenary.certificates.set(key, [log.size]);
  plenary.referable.set(toHex(id), { type: "certificate", contest: body.contest, district: body.district });
  return null;
}

/**
 * Whether a region's certificate for a district stands: given, not given back as far as its log has seen, and nothing of the
 * result moved or given back below in this log since. The last happens to the nation alone, in whose hands a result stays.
 */
export function isCertified(authority: Authority, plenary: Plenary, contest: string, district: string): boolean {
  const view = authority.log(plenary.log);
  const key = penKey(contest, district);
  const certificates = plenary.certificates.get(key);
  const given = countBelow(certificates, view.size);
  if (given === 0 || (certificates?.[given - 1] ?? 0) < (plenary.movedAt.get(key) ?? -1)) return false;
  const parent = authority.chain(plenary.region)[1];
  if (!parent) return true;
  return given > countBelow(parent.reopenings.get(`${key}/${plenary.region}`), view.sees(parent.log));
}
