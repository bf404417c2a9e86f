/**
 * What the fold would say of an act, asked before anybody signs it: the desk shows the reason instead of a button that fails.
 *
 * The judgements are the fold's own (`src/tally`), asked of the plenary's state in place of the fold's. Two things are left to the
 * form that a reading is entered in, since they need its figures: that it names the reading it replaces, and that it adds up.
 */
import {
  type ContestKind,
  desaOf,
  isWithin,
  kecamatanOf,
  parentOf,
  type RegionCode,
  type StationCode,
} from "../election/codes.ts";
import type { MinutesAct } from "../election/minutes.ts";
import { kecamatanIn } from "../election/model.ts";
import type { Outcome } from "../election/sheet.ts";
import type { Role } from "../election/statements.ts";
import { judgeAct } from "../tally/minutes.ts";
import { type ActName, readingAct, signersRefusal } from "../tally/powers.ts";
import { fault, haltedBy, noEffect, type Refusal } from "../tally/refusal.ts";
import type { PlenaryState } from "./plenary-state.ts";
import { heldKey } from "./plenary-surroundings.ts";

/** Somebody who would sign: the random person, and the roles that stand over this region. */
export interface Signing {
  readonly person: string;
  readonly roles: readonly Role[];
}

/** What would be stated in the plenary's own log. */
export type Proposal =
  | { readonly type: "minutes"; readonly act: MinutesAct }
  | {
      readonly type: "reading";
      readonly station: StationCode;
      readonly contest: ContestKind;
      readonly outcome: Outcome;
    }
  | { readonly type: "certificate"; readonly contest: ContestKind; readonly district: string }
  | { readonly type: "objection" | "pause" | "unpause" }
  | { readonly type: "halt" | "resume"; readonly regions: readonly RegionCode[] }
  | {
      readonly type: "reopen";
      readonly contest: ContestKind;
      readonly district: string;
      readonly region: RegionCode;
    };

/** Why the fold would refuse what these would sign now; null if it would take it. */
export function allowed(state: PlenaryState, by: readonly Signing[], proposal: Proposal): Refusal | null {
  switch (proposal.type) {
    case "minutes": {
      const { act } = proposal;
      return unsigned(act.what, by) ?? judgeAct(act, sittingOf(state));
    }
    case "reading":
      return readingRefusal(state, by, proposal);
    case "certificate":
      return certificateRefusal(state, by, proposal);
    case "objection":
    case "pause":
    case "unpause":
      return unsigned(proposal.type, by);
    case "halt":
    case "resume": {
      const inside = proposal.regions.every((region) => isWithin(region, state.region));
      return unsigned(proposal.type, by) ?? (inside ? null : fault("no-authority"));
    }
    case "reopen":
      return reopenRefusal(state, by, proposal);
  }
}

type Of<T extends Proposal["type"]> = Extract<Proposal, { readonly type: T }>;

/** Why an act may not be stated with these signers; null if it may. */
export function unsigned(act: ActName, by: readonly Signing[]): Refusal | null {
  return signersRefusal(act, by, (signer, roles) =>
    signer.roles.some((role) => roles.includes(role)) ? signer : null,
  );
}

function sittingOf(state: PlenaryState): Parameters<typeof judgeAct>[1] {
  const { region, record, surroundings } = state;
  return {
    region,
    model: surroundings.model,
    size: record.size,
    minutedOpen: record.openedAt !== null,
    halt: surroundings.halts[0]?.order ?? null,
    mandates: record.mandates,
    referable: (id) => record.referable.get(id),
    isBoxOpen: (desa, contest) => isBoxOpen(state, desa, contest),
  };
}

/** As the fold's: a box that this hall has begun and not finished, while its result is in this hall's hands. */
function isBoxOpen({ region, boxes, surroundings }: PlenaryState, desa: RegionCode, contest: ContestKind): boolean {
  const box = boxes.find((one) => one.desa === desa && one.contest === contest);
  return box?.open === true && surroundings.pens.has(heldKey(contest, box.district, region));
}

function readingRefusal(state: PlenaryState, by: readonly Signing[], reading: Of<"reading">): Refusal | null {
  const { region, surroundings } = state;
  const { station, contest, outcome } = reading;
  if (!isWithin(station, region)) return fault("wrong-log");
  const desa = surroundings.model.station(station)?.desa;
  const district = desa && surroundings.model.contest(contest)?.districtOf(desa);
  if (!district) return fault("malformed");
  const refusal = unsigned(readingAct(outcome), by);
  if (refusal) return refusal;
  const [halt] = surroundings.halts;
  if (halt !== undefined && !isBoxOpen(state, desaOf(station), contest)) return haltedBy(halt.order);
  return surroundings.pens.has(heldKey(contest, district.code, kecamatanOf(station))) ? null : noEffect("no-pen");
}

function certificateRefusal(
  { region, surroundings }: PlenaryState,
  by: readonly Signing[],
  { contest, district }: Of<"certificate">,
): Refusal | null {
  const found = surroundings.model.contest(contest)?.district(district);
  const parts = found ? kecamatanIn(region, found) : [];
  if (parts.length === 0) return fault("malformed");
  const refusal = unsigned("certificate", by);
  if (refusal) return refusal;
  const [halt] = surroundings.halts;
  if (halt !== undefined) return haltedBy(halt.order);
  const holds = parts.every((part) => surroundings.pens.has(heldKey(contest, district, part)));
  return holds ? null : noEffect("no-pen");
}

function reopenRefusal(
  { region, surroundings }: PlenaryState,
  by: readonly Signing[],
  { contest, district, region: child }: Of<"reopen">,
): Refusal | null {
  const refusal = unsigned("reopen", by);
  if (refusal) return refusal;
  if (parentOf(child) !== region) return fault("no-authority");
  return surroundings.returnable.has(heldKey(contest, district, child)) ? null : noEffect("no-pen");
}
