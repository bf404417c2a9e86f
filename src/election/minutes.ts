/**
 * The acts of a plenary that have no statement type of their own: what a `minutes` statement may record, and the words for it.
 *
 * Readings, objections, pauses, orders and certificates move votes, the pen or the sitting and are types by themselves. What else
 * happens in the hall (PKPU 5/2024: boxes handed over, mandates shown, the draft inspected, signatures given or refused) is
 * recorded here, one act per statement, in a closed union by `what`. Reasons are codes, papers and photos are hashes, persons
 * are random: a log has no free text and no names.
 */
import Type, { type TSchema } from "typebox";
import {
  Contest,
  codesOf,
  Decree,
  Desa,
  District,
  HashText,
  Natural,
  orNull,
  Participant,
  Person,
  Station,
  strict,
} from "./statement-fields.ts";
import type { Text } from "./text.ts";

/** Panels of a plenary: a kecamatan reads in up to four at once. They are numbered from 0, on screens from 1. */
export const PANELS = 4;

/** Why a station is put off to a later hour. */
export const POSTPONE_REASONS = {
  "box-missing": { id: "Kotak suara belum tiba", en: "The box has not arrived" },
  "sheet-missing": { id: "C.Hasil tidak ada di dalam kotak", en: "The sheet is not in the box" },
  "objection-open": { id: "Keberatan belum selesai", en: "An objection is not settled" },
  "advice-awaited": { id: "Menunggu rekomendasi pengawas", en: "The supervisor's recommendation is awaited" },
  "recount-ahead": { id: "Menunggu penghitungan suara ulang", en: "A recount comes first" },
  "revote-ahead": { id: "Menunggu pemungutan suara ulang", en: "A revote comes first" },
} as const satisfies Readonly<Record<string, Text>>;

/** Why a participant does not sign a certificate. */
export const SIGNATURE_REASONS = {
  "figures-disputed": { id: "Tidak menerima angkanya", en: "Disputes the figures" },
  "objection-open": { id: "Keberatannya belum diselesaikan", en: "An objection is not settled" },
  "no-instruction": { id: "Belum mendapat arahan dari pesertanya", en: "Has no instruction from the participant" },
  "left-early": { id: "Sudah meninggalkan rapat", en: "Had left the plenary" },
  "not-stated": { id: "Tidak menyebutkan alasan", en: "Gives no reason" },
} as const satisfies Readonly<Record<string, Text>>;

/** Why a recommendation of the supervisor is not followed. */
export const ADVICE_REASONS = {
  "no-ground": { id: "Syaratnya menurut undang-undang tidak terpenuhi", en: "The law's conditions are not met" },
  "already-done": { id: "Sudah dilaksanakan sebelumnya", en: "It had been done before" },
  "not-competent": { id: "Bukan kewenangan rapat ini", en: "Not for this plenary to decide" },
  "too-late": { id: "Tenggatnya sudah lewat", en: "The time for it has passed" },
} as const satisfies Readonly<Record<string, Text>>;

/** What an act is called on screens and in the record. */
export const ACT_LABELS = {
  schedule: { id: "Jadwal rapat", en: "Schedule" },
  open: { id: "Rapat dibuka", en: "Opening" },
  attendance: { id: "Kehadiran", en: "Attendance" },
  mandate: { id: "Surat mandat saksi", en: "Mandate of a witness" },
  box: { id: "Penerimaan kotak suara", en: "Box received" },
  agenda: { id: "Urutan pembacaan", en: "Order of reading" },
  postpone: { id: "Ditunda", en: "Postponed" },
  "take-up": { id: "Mulai dibacakan", en: "Taken up" },
  inspection: { id: "Pencermatan draf D.Hasil", en: "Inspection of the draft" },
  signature: { id: "Tanda tangan D.Hasil", en: "Signature on the certificate" },
  scan: { id: "Pindaian D.Hasil bertanda tangan", en: "Scan of the signed certificate" },
  evidence: { id: "Foto bukti pembetulan", en: "Evidence of a correction" },
  advice: { id: "Rekomendasi pengawas", en: "Recommendation of the supervisor" },
  "advice-answer": { id: "Tindak lanjut rekomendasi", en: "Answer to a recommendation" },
  "paper-order": { id: "Surat perintah yang diterima tanpa jaringan", en: "Order received on paper" },
} as const satisfies Readonly<Record<MinutesAct["what"], Text>>;

const Panel = Type.Integer({ minimum: 0, maximum: PANELS - 1 });
const act = <W extends string, P extends Record<string, TSchema>>(what: W, properties: P) =>
  Type.Object({ what: Type.Literal(what), ...properties }, strict);

/** The schema of each act, by `what`. The order is that of a plenary. */
export const ACTS = {
  schedule: act("schedule", { at: orNull(Natural), place: orNull(HashText) }),
  open: act("open", {}),
  attendance: act("attendance", {
    observers: Natural,
    panel: Panel,
    participants: Type.Array(Participant, { maxItems: 1000, uniqueItems: true }),
    supervisors: Natural,
  }),
  mandate: act("mandate", {
    letter: HashText,
    participant: Participant,
    person: Person,
    seated: Type.Boolean(),
    withdrawn: Type.Boolean(),
  }),
  box: act("box", {
    contest: orNull(Contest),
    desa: Desa,
    from: Type.Enum(["pps"]),
    photo: orNull(HashText),
    received: Natural,
    seal: Type.Enum(["whole", "broken"]),
    station: orNull(Station),
  }),
  agenda: act("agenda", {
    panel: Panel,
    queue: Type.Array(Type.Object({ contest: Contest, desa: Desa }, strict), { maxItems: 400, uniqueItems: true }),
  }),
  postpone: act("postpone", { contest: Contest, reason: codesOf(POSTPONE_REASONS), station: Station }),
  "take-up": act("take-up", { contest: Contest, station: Station }),
  inspection: act("inspection", {
    contest: Contest,
    district: District,
    /** The prefix of this very log that the printed draft was made from: it stands on the paper. */
    draft: Type.Object({ root: HashText, size: Natural }, strict),
    outcome: Type.Enum(["agreed", "remarks"]),
    papers: orNull(HashText),
    participant: orNull(Participant),
    supervisor: Type.Boolean(),
  }),
  signature: act("signature", {
    certificate: HashText,
    contest: Contest,
    district: District,
    outcome: Type.Enum(["signed-wet", "refused", "absent"]),
    participant: Participant,
    reason: orNull(codesOf(SIGNATURE_REASONS)),
  }),
  scan: act("scan", { certificate: HashText, pages: HashText }),
  evidence: act("evidence", { papers: HashText, reading: HashText }),
  advice: act("advice", {
    contest: orNull(Contest),
    kind: Type.Enum(["correct", "recount", "revote", "other"]),
    objection: orNull(HashText),
    papers: orNull(HashText),
    station: orNull(Station),
  }),
  "advice-answer": act("advice-answer", {
    advice: HashText,
    followed: Type.Boolean(),
    reason: orNull(codesOf(ADVICE_REASONS)),
  }),
  "paper-order": act("paper-order", {
    at: orNull(Natural),
    dated: Natural,
    kind: Type.Enum(["halt", "resume"]),
    letter: HashText,
    order: Decree,
  }),
} as const;

/** One recorded act. */
export type MinutesAct = { readonly [W in keyof typeof ACTS]: Type.Static<(typeof ACTS)[W]> }[keyof typeof ACTS];
export type MinutesActOf<W extends MinutesAct["what"]> = Extract<MinutesAct, { readonly what: W }>;
export const ACT_NAMES = Object.keys(ACTS) as readonly MinutesAct["what"][];

export const MinutesActSchema = Type.Union(Object.values(ACTS));
