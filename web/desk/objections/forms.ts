/** What the forms about objections state: filing, answering, deciding; the supervisor's recommendation and the answer to it. */
import { type ContestKind, isStationCode, type StationCode } from "../../../src/election/codes.ts";
import type { ADVICE_REASONS, MinutesActOf } from "../../../src/election/minutes.ts";
import type { BodyOf } from "../../../src/election/statements.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { ObjectionView } from "../../../src/recap/wire/views.ts";
import { type Formed, formed, given, minute, type Need } from "../acts/draft.ts";

/** What it is about, as it was chosen or typed; nothing: all contests, no station. */
interface AboutForm {
  readonly contest: ContestKind | "";
  readonly station: string;
}

export interface ObjectionForm extends AboutForm {
  readonly kind: "objection" | "incident";
  /** For whom a saksi objects; null: the supervisor, or the plenary itself. */
  readonly participant: string | null;
  readonly words: string;
}

const NEED_WORDS: Need = {
  field: "words",
  what: { id: "Tulis uraiannya dengan singkat.", en: "Write in short what it is about." },
};

/**
 * Files an objection or an incident.
 *
 * @param papers of the list with the words and photos, which are kept apart from the log
 */
export function objection(form: ObjectionForm, papers: Hash | null): Formed {
  const { kind, participant, words } = form;
  return formed([words.trim() === "" ? NEED_WORDS : null, aboutNeed(form)], () => ({
    type: "objection",
    body: { kind, ...aboutOf(form), participant, papers, ref: null, status: "filed" },
  }));
}

/** A station is read in one contest: without it nobody could say which reading is meant. */
function aboutNeed({ contest, station }: AboutForm): Need | null {
  if (station.trim() === "") return null;
  const digits = { id: "Kode TPS terdiri atas 13 angka.", en: "The code of a station has 13 digits." };
  if (stationIn(station) === null) return { field: "station", what: digits };
  const choose = { id: "Pilih jenis pemilihannya.", en: "Choose the contest." };
  return contest === "" ? { field: "contest", what: choose } : null;
}

const aboutOf = ({ contest, station }: AboutForm) => ({
  contest: contest === "" ? null : contest,
  station: stationIn(station),
});

function stationIn(typed: string): StationCode | null {
  const code = typed.trim();
  return isStationCode(code) ? code : null;
}

/** The next word on an objection: an answer in the hall, or how it ended. */
export function reply(
  { id, kind, contest, station, participant }: ObjectionView,
  status: Exclude<BodyOf<"objection">["status"], "filed">,
  papers: Hash | null,
): Formed {
  return { draft: { type: "objection", body: { kind, contest, station, participant, papers, ref: id, status } } };
}

export interface AdviceForm extends AboutForm {
  readonly kind: MinutesActOf<"advice">["kind"] | null;
  /** The objection that it is about; then its contest and station are the recommendation's too. */
  readonly objection: Pick<ObjectionView, "id" | "contest" | "station"> | null;
  readonly words: string;
}

export function advice(form: AdviceForm, papers: Hash | null): Formed {
  const { kind, objection, words } = form;
  const { contest, station } = objection ?? aboutOf(form);
  return formed(
    [
      kind === null
        ? { field: "kind", what: { id: "Pilih jenis rekomendasinya.", en: "Choose what is recommended." } }
        : null,
      kind === "other" && words.trim() === "" ? NEED_WORDS : null,
      objection === null ? aboutNeed(form) : null,
    ],
    () => minute({ what: "advice", kind: given(kind), contest, station, objection: objection?.id ?? null, papers }),
  );
}

export interface AdviceAnswerForm {
  readonly followed: boolean | null;
  readonly reason: keyof typeof ADVICE_REASONS | null;
}

/** The chair's answer: a recommendation is followed, or not followed for a reason. */
export function adviceAnswer(id: Hash, { followed, reason }: AdviceAnswerForm): Formed {
  return formed(
    [
      followed === null
        ? { field: "followed", what: { id: "Pilih: dilaksanakan atau tidak.", en: "Choose: followed or not." } }
        : null,
      followed === false && reason === null
        ? { field: "reason", what: { id: "Pilih alasannya.", en: "Choose the reason." } }
        : null,
    ],
    () => minute({ what: "advice-answer", advice: id, followed: given(followed), reason: followed ? null : reason }),
  );
}
