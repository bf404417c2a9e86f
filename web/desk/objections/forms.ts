/** What the forms about objections state: filing, answering, deciding; the supervisor's recommendation and the answer to it. */
import type { ContestKind, StationCode } from "../../../src/election/codes.ts";
import type { ADVICE_REASONS, MinutesActOf } from "../../../src/election/minutes.ts";
import type { BodyOf } from "../../../src/election/statements.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { ObjectionView } from "../../../src/recap/wire/views.ts";
import { type Formed, formed, given, minute, type Need } from "../acts/draft.ts";

export interface ObjectionForm {
  readonly kind: "objection" | "incident";
  readonly contest: ContestKind | null;
  readonly station: StationCode | null;
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
  const { kind, contest, station, participant } = form;
  return formed([objectionNeed(form), placeNeed(form)], () => ({
    type: "objection",
    body: { kind, contest, station, participant, papers, ref: null, status: "filed" },
  }));
}

const objectionNeed = ({ words }: ObjectionForm): Need | null => (words.trim() === "" ? NEED_WORDS : null);

/** A station is read in one contest: without it nobody could say which reading is meant. */
function placeNeed({ station, contest }: ObjectionForm): Need | null {
  const what = { id: "Pilih jenis pemilihannya.", en: "Choose the contest." };
  return station !== null && contest === null ? { field: "contest", what } : null;
}

/** The next word on an objection: an answer in the hall, or how it ended. */
export function reply(
  { id, kind, contest, station, participant }: ObjectionView,
  status: Exclude<BodyOf<"objection">["status"], "filed">,
  papers: Hash | null,
): Formed {
  return { draft: { type: "objection", body: { kind, contest, station, participant, papers, ref: id, status } } };
}

export interface AdviceForm {
  readonly kind: MinutesActOf<"advice">["kind"] | null;
  readonly contest: ContestKind | null;
  readonly station: StationCode | null;
  readonly objection: Hash | null;
  readonly words: string;
}

export function advice({ kind, contest, station, objection, words }: AdviceForm, papers: Hash | null): Formed {
  return formed(
    [
      kind === null
        ? { field: "kind", what: { id: "Pilih jenis rekomendasinya.", en: "Choose what is recommended." } }
        : null,
      kind === "other" && words.trim() === "" ? NEED_WORDS : null,
    ],
    () => minute({ what: "advice", kind: given(kind), contest, station, objection, papers }),
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
