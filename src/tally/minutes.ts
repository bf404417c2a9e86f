/**
 * The fold of the minutes: whether a recorded act of a plenary stands, and what later acts need to know of it.
 *
 * Little is refused. What happened in the hall happened, and belongs into the record even where it is unwelcome: a witness who
 * refuses to sign blocks nothing, a broken seal is a fact. Refused is what those who sign may not do, what names something
 * that is not there, what an order halts, and what the law limits (two mandates per participant, one of them in the room).
 */
import { type ContestKind, desaOf, isWithin, type RegionCode, type StationCode } from "../election/codes.ts";
import type { MinutesAct, MinutesActOf } from "../election/minutes.ts";
import type { Model } from "../election/model.ts";
import type { BodyOf } from "../election/statements.ts";
import { toHex } from "../ledger/bytes.ts";
import type { Authority } from "./authority.ts";
import type { LogState } from "./logs.ts";
import { boxKey, type Plenary, type Referable } from "./plenary.ts";
import { fault, haltedBy, noEffect, type Refusal } from "./refusal.ts";

/** Most mandates of one participant that stand at the same time, and how many of them may be in the room. */
export const MAX_MANDATES = 2;
export const MAX_SEATED = 1;

/** What the judgement of an act asks of the plenary that it stands in; the desk asks the same of its own state. */
export interface Sitting {
  readonly region: RegionCode;
  /** The definition that the plenary's log has seen. */
  readonly model: Model;
  /** Entries of its log before the act. */
  readonly size: number;
  /** Whether the chair's opening is in the minutes. */
  readonly minutedOpen: boolean;
  /** Number of the order that halts it, or null. */
  readonly halt: string | null;
  /** Participant → person → seated. */
  readonly mandates: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
  referable(id: string): Referable | undefined;
  /** Whether this hall is in the middle of a box. */
  isBoxOpen(desa: RegionCode, contest: ContestKind): boolean;
}

/** Folds one act into a plenary, or says why it does nothing. */
export function foldMinutes(
  authority: Authority,
  log: LogState,
  model: Model,
  { act, by }: BodyOf<"minutes">,
  id: Uint8Array,
  isBoxOpen: Sitting["isBoxOpen"],
): Refusal | null {
  const plenary = authority.plenary(log.region);
  const unsigned = authority.refusesSigners(log, act.what, by);
  if (unsigned) return unsigned;
  const refusal = judgeAct(act, {
    region: log.region,
    model,
    size: log.size,
    minutedOpen: plenary.minutedOpen,
    halt: authority.haltOn(log, log.region),
    mandates: plenary.mandates,
    referable: (ref) => plenary.referable.get(ref),
    isBoxOpen,
  });
  if (!refusal) keep(plenary, log, act, toHex(id));
  return refusal;
}

/** Why an act by those who may do it does nothing in this sitting; null if it stands. */
export function judgeAct(act: MinutesAct, sitting: Sitting): Refusal | null {
  if (isMisplaced(act, sitting)) return fault("malformed");
  const { halt } = sitting;
  switch (act.what) {
    case "open":
      if (halt !== null) return haltedBy(halt);
      return sitting.minutedOpen ? noEffect("already-open") : null;
    case "take-up":
      if (halt === null || sitting.isBoxOpen(desaOf(act.station), act.contest)) return null;
      return haltedBy(halt);
    case "inspection":
      if (act.draft.size > sitting.size) return fault("wrong-root");
      return halt === null ? null : haltedBy(halt);
    case "mandate":
      return judgeMandate(act, sitting.mandates.get(act.participant) ?? NO_MANDATES);
    case "signature": {
      const named = sitting.referable(act.certificate);
      const fits = named?.type === "certificate" && named.contest === act.contest && named.district === act.district;
      return fits ? null : noEffect("unknown-reference");
    }
    case "scan":
      return refersTo(sitting, act.certificate, "certificate");
    case "advice":
      return act.objection === null ? null : refersTo(sitting, act.objection, "objection");
    case "advice-answer":
      return refersTo(sitting, act.advice, "advice");
    case "evidence":
      return refersTo(sitting, act.reading, "reading");
    case "schedule":
    case "attendance":
    case "box":
    case "agenda":
    case "postpone":
    case "paper-order":
      return null;
  }
}

/** The mandates of a participant once this one is taken in; it must have been judged. */
export function mandatesAfter(
  { person, seated, withdrawn }: MinutesActOf<"mandate">,
  before: ReadonlyMap<string, boolean>,
): Map<string, boolean> {
  const after = new Map(before);
  if (withdrawn) after.delete(person);
  else after.set(person, seated);
  return after;
}

function judgeMandate(act: MinutesActOf<"mandate">, standing: ReadonlyMap<string, boolean>): Refusal | null {
  if (act.withdrawn) return standing.has(act.person) ? null : noEffect("unknown-reference");
  const after = mandatesAfter(act, standing);
  const seated = [...after.values()].filter(Boolean).length;
  return after.size > MAX_MANDATES || seated > MAX_SEATED ? noEffect("too-many-mandates") : null;
}

function refersTo({ referable }: Sitting, id: string, type: Referable["type"]): Refusal | null {
  return referable(id)?.type === type ? null : noEffect("unknown-reference");
}

/** Whether an act names a place that is not in the region, or a contest that the place does not have. */
function isMisplaced(act: MinutesAct, { region, model }: Sitting): boolean {
  const hasDesa = (desa: RegionCode, contest: ContestKind | null) => {
    const found = isWithin(desa, region) ? model.region(desa) : undefined;
    return found !== undefined && (contest === null || Boolean(model.contest(contest)?.districtOf(found)));
  };
  const hasStation = (station: StationCode, contest: ContestKind | null) =>
    model.station(station) !== undefined && hasDesa(desaOf(station), contest);
  const hasDistrict = (contest: ContestKind, code: string) =>
    Boolean(
      model
        .contest(contest)
        ?.district(code)
        ?.desa.some((desa) => isWithin(desa.code, region)),
    );
  switch (act.what) {
    case "box":
      if (act.station !== null && (desaOf(act.station) !== act.desa || !hasStation(act.station, null))) return true;
      return !hasDesa(act.desa, act.contest);
    case "agenda":
      return !act.queue.every(({ desa, contest }) => hasDesa(desa, contest));
    case "postpone":
    case "take-up":
      return !hasStation(act.station, act.contest);
    case "advice":
      return act.station !== null && !hasStation(act.station, act.contest);
    case "inspection":
    case "signature":
      return !hasDistrict(act.contest, act.district);
    case "schedule":
    case "open":
    case "attendance":
    case "mandate":
    case "scan":
    case "evidence":
    case "advice-answer":
    case "paper-order":
      return false;
  }
}

/** What later judgements ask for. All else of the minutes is only shown. */
function keep(plenary: Plenary, log: LogState, act: MinutesAct, id: string): void {
  switch (act.what) {
    case "open":
      plenary.minutedOpen = true;
      plenary.opened = true;
      return;
    case "mandate":
      plenary.mandates.set(act.participant, mandatesAfter(act, plenary.mandates.get(act.participant) ?? NO_MANDATES));
      return;
    case "take-up":
      plenary.takenUp.add(boxKey(act.contest, desaOf(act.station)));
      return;
    case "advice":
      plenary.referable.set(id, { type: "advice" });
      return;
    case "paper-order":
      plenary.paperOrders.push({ index: log.size, kind: act.kind, order: act.order, knew: new Map(log.seen) });
      return;
    default:
      return;
  }
}

const NO_MANDATES: ReadonlyMap<string, boolean> = new Map();
