/**
 * Every act that a hall may state, as kabupaten {@link HALL} of the example would state it: with nothing against it but, it may be,
 * who signs.
 */
import { keyOf, ORIGIN, STATION } from "../../core/testing.ts";
import { type DistrictCode, districtCode, type RegionCode } from "../../election/codes.ts";
import type { MinutesAct } from "../../election/minutes.ts";
import { toHex } from "../../ledger/bytes.ts";
import { asHash, type Hash } from "../../ledger/hash.ts";
import { vkeyOf } from "../../ledger/note.ts";
import type { HallType, Said } from "../../recap/wire/sign.ts";
import type { ActName } from "../../tally/powers.ts";

export const HALL = "7101" as RegionCode;
/** The one kecamatan below it. */
export const BELOW = "710101" as RegionCode;
/** A district whose result the hall has handed up. */
export const DPRDK = "7101-1" as DistrictCode;
const HASH = asHash("0".repeat(64));
const PERSON = "ab".repeat(8);

/** The acts of a plenary that are not stated at a desk: the nation's own, made with the commission's tools. */
export const ELSEWHERE = ["definition", "rules", "cosign"] as const satisfies readonly ActName[];
export type HallAct = Exclude<ActName, (typeof ELSEWHERE)[number]>;

/** What stands in the logs before anybody tries anything, as acts refer to it. */
export interface Standing {
  readonly reading: Said<"reading">;
  readonly certificate: Said<"certificate">;
  /** The hall's certificate of another contest, whose result it has handed up. */
  readonly finished: Hash;
  readonly advice: Hash;
  /** Where the log of {@link BELOW} ends. */
  readonly below: { readonly size: number; readonly root: Hash };
}

/** A statement to try. */
type Tried = { readonly [T in HallType]: { readonly type: T; readonly body: Said<T> } }[HallType];

const letter = { order: "12/PL.01/2029", regions: [BELOW] };
const minutes = (act: MinutesAct): Tried => ({ type: "minutes", body: { act } });

/** Every act with nothing against it but, it may be, who states it. */
export const TRIED: Readonly<Record<HallAct, (standing: Standing) => Tried>> = {
  schedule: () => minutes({ what: "schedule", at: null, place: null }),
  open: () => minutes({ what: "open" }),
  attendance: () => minutes({ what: "attendance", observers: 1, panel: 0, participants: [], supervisors: 1 }),
  mandate: () =>
    minutes({ what: "mandate", letter: HASH, participant: "1", person: PERSON, seated: true, withdrawn: false }),
  box: () =>
    minutes({
      what: "box",
      contest: null,
      desa: STATION.slice(0, 10) as RegionCode,
      from: "pps",
      photo: null,
      received: 1,
      seal: "whole",
      station: null,
    }),
  agenda: () => minutes({ what: "agenda", panel: 0, queue: [] }),
  "take-up": () => minutes({ what: "take-up", contest: "ppwp", station: STATION }),
  reading: ({ reading }) => ({ type: "reading", body: reading }),
  correction: ({ reading }) => {
    const [first = 0, ...others] = reading.votes ?? [];
    const changed = { votes: [(first ?? 0) + 1, ...others], fields: ["votes.0"], reason: "wrong-row" } as const;
    return { type: "reading", body: { ...reading, ...changed, outcome: "corrected" } };
  },
  postpone: () => minutes({ what: "postpone", contest: "ppwp", reason: "box-missing", station: STATION }),
  evidence: ({ reading }) => minutes({ what: "evidence", papers: HASH, reading: reading.previous ?? HASH }),
  objection: () => {
    const about = { contest: null, papers: null, participant: null, ref: null, station: null };
    return { type: "objection", body: { ...about, kind: "incident", status: "filed" } };
  },
  advice: () => minutes({ what: "advice", contest: null, kind: "other", objection: null, papers: null, station: null }),
  "advice-answer": ({ advice }) => minutes({ what: "advice-answer", advice, followed: true, reason: null }),
  pause: () => ({ type: "pause", body: { panel: null } }),
  unpause: () => ({ type: "unpause", body: { panel: null } }),
  inspection: () =>
    minutes({
      what: "inspection",
      contest: "ppwp",
      district: "0" as DistrictCode,
      draft: { root: HASH, size: 1 },
      outcome: "agreed",
      papers: null,
      participant: "1",
      supervisor: false,
    }),
  certificate: ({ certificate }) => ({ type: "certificate", body: certificate }),
  signature: ({ finished }) =>
    minutes({
      what: "signature",
      certificate: finished,
      contest: "dprdk",
      district: DPRDK,
      outcome: "absent",
      participant: "P1",
      reason: null,
    }),
  scan: ({ finished }) => minutes({ what: "scan", certificate: finished, pages: HASH }),
  "paper-order": () =>
    minutes({ what: "paper-order", at: null, dated: 1, kind: "halt", letter: HASH, order: "99/KERTAS/2029" }),
  halt: () => ({ type: "halt", body: letter }),
  resume: () => ({ type: "resume", body: { ...letter, at: null } }),
  reopen: () => ({
    type: "reopen",
    body: { contest: "ppwp", district: districtCode("0"), order: "13/PL.01/2029", region: BELOW },
  }),
  order: () => {
    const about = { contest: "ppwp", district: districtCode("0"), region: HALL } as const;
    return { type: "order", body: { ...about, deltas: [[0, 1]], kind: "ruling", number: "14/MK/2029" } };
  },
  grant: () => {
    const key = toHex(keyOf("somebody new").signer.publicKey);
    return { type: "grant", body: { list: [{ key, person: PERSON, region: BELOW, role: "operator" }] } };
  },
  custody: ({ below }) => {
    const log = `pleno/${BELOW}`;
    const vkey = vkeyOf(`${ORIGIN}/log/${log}`, keyOf("a laptop").signer.publicKey);
    return { type: "custody", body: { ...below, log, epoch: 1, vkey } };
  },
  revoke: () => ({ type: "revoke", body: { keys: [keyOf("somebody new").short], undo: false } }),
};
export const HALL_ACTS = Object.keys(TRIED) as readonly HallAct[];
