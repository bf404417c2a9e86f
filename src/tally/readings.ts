/**
 * The fold of the plenaries' decisions that move votes or the pen: readings, certificates, rulings. The recap book.
 *
 * A reading is posted by the one log that holds the pen over its kecamatan, contest and district; anywhere else it is void,
 * and shown. It carries complete figures and names the reading that it replaces, so that two halls can never both be right.
 */
import type { District } from "../election/model.ts";
import { type HotSheet, OUTCOMES } from "../election/sheet.ts";
import type { BodyOf } from "../election/statements.ts";
import { equalBytes } from "../ledger/bytes.ts";
import { shortKey } from "../ledger/statement.ts";
import {
  type Authority,
  CHAIR,
  countBelow,
  fault,
  noEffect,
  OFFICERS,
  type Plenary,
  penKey,
  type Refusal,
} from "./authority.ts";
import { type Book, hasStatement, idOf, STATE } from "./book.ts";
import type { LogState } from "./logs.ts";
import { post, postedAt } from "./posting.ts";
import { fitColumns, judge, placeOf, reportsVotes, type SheetContext, show, type View } from "./sheets.ts";
import type { Unit } from "./unit.ts";

/** Outcomes that need a second person: a changed figure, and unmendable paper that is adopted as it stands. */
const NEEDS_TWO = new Set(["noted", "corrected"]);

/** The persons who sign, if each of them may; null if one may not. */
export function persons(authority: Authority, log: LogState, by: readonly string[]): Set<string> | null {
  const found = new Set<string>();
  for (const name of by) {
    const grant = authority.holder(log, shortKey(name), OFFICERS, log.region);
    if (!grant) return null;
    found.add(grant.person);
  }
  return found.size > 0 ? found : null;
}

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
  fitColumns(reading, view.district);
  const reported = reportsVotes(reading, view.district);
  if (reported === "partly") return fault("malformed");
  const signers = persons(authority, log, reading.by);
  if (!signers) return fault("no-authority");
  const outcome = OUTCOMES[reading.outcome] ?? "same";
  if (NEEDS_TWO.has(outcome) && signers.size < 2) return noEffect("one-person");
  const plenary = authority.plenary(log.region);
  if (authority.haltOn(log, log.region)) return noEffect("halted");
  if (!authority.holdsPen(plenary, unit.code, place.district.contest.kind, place.district.code))
    return noEffect("no-pen");
  if (!replaces(place.book, place.slot, reading)) return noEffect("other-reading");
  const verdict = judge(view, reading);
  const adopted = outcome === "noted";
  if ((verdict.hold || verdict.heldParties.length > 0) && !adopted) return noEffect("does-not-add-up");
  const before = postedAt(place);
  const level = authority.chain(unit.code).indexOf(plenary);
  const by = shortKey(reading.by[0] ?? "");
  show(place, reading, { index: log.size, level, id, by }, verdict);
  place.book.outcome[place.slot] = reading.outcome;
  plenary.opened = true;
  const after = reported === "all" ? "shown" : blanksAsZero(reading, view.district);
  const cause = { log: log.name, index: log.size, reason: reading.reason };
  post(place, before, after, STATE.none, "correction", cause, context.listener);
  return null;
}

const blanksAsZero = (reading: HotSheet, district: District): Int32Array =>
  reading.votes.slice(0, district.choices.length).map((votes) => Math.max(0, votes));

const replaces = (book: Book, slot: number, reading: HotSheet): boolean =>
  hasStatement(book, slot)
    ? reading.hasPrevious && equalBytes(reading.previous, idOf(book, slot))
    : !reading.hasPrevious;

/** A ruling that fixes a total without naming stations: a line of its own, *penyesuaian putusan*. */
export interface Adjustment {
  readonly contest: string;
  readonly district: string;
  readonly log: string;
  readonly index: number;
  /** Pairs column, delta. */
  readonly deltas: readonly (readonly [number, number])[];
}

/** What moves the pen or a region's total above the stations; `units` are the kecamatan of the region. */
export function foldCertificate(
  authority: Authority,
  log: LogState,
  plenary: Plenary,
  body: BodyOf<"certificate">,
  district: District | null,
  units: readonly Unit[],
): Refusal | null {
  if (!district) return fault("malformed");
  const signers = persons(authority, log, body.by);
  if (!signers || !body.by.some((name) => authority.holder(log, shortKey(name), CHAIR, log.region))) {
    return fault("no-authority");
  }
  if (signers.size < 2) return noEffect("one-person");
  if (authority.haltOn(log, log.region)) return noEffect("halted");
  const key = penKey(body.contest, body.district);
  const parts = units.filter((unit) => unit.blocks[district.contest.index]?.districts.includes(district));
  if (parts.length === 0) return fault("malformed");
  const holds = parts.every((unit) => authority.holdsPen(plenary, unit.code, body.contest, body.district));
  if (!holds) return noEffect("no-pen");
  const list = plenary.certificates.get(key);
  if (list) list.push(log.size);
  else plenary.certificates.set(key, [log.size]);
  return null;
}

/** Whether a region's certificate for a district stands: given, and not reopened as far as its log has seen. */
export function isCertified(authority: Authority, plenary: Plenary, contest: string, district: string): boolean {
  const view = authority.log(plenary.log);
  const key = penKey(contest, district);
  const given = countBelow(plenary.certificates.get(key), view.size);
  if (given === 0) return false;
  const parent = authority.chain(plenary.region)[1];
  if (!parent) return true;
  return given > countBelow(parent.reopenings.get(`${key}/${plenary.region}`), view.sees(parent.log));
}
