/** What an act says, in one line: for the minutes, and for the second person who is to confirm it. */
import type { ContestKind, RegionCode, StationCode } from "../../../src/election/codes.ts";
import { FIGURE } from "../../../src/election/figures.ts";
import { ADVICE_REASONS, type MinutesAct, POSTPONE_REASONS, SIGNATURE_REASONS } from "../../../src/election/minutes.ts";
import { OUTCOME_LABELS, READING_REASONS } from "../../../src/election/sheet.ts";
import type { Body } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import type { HallView } from "../../../src/recap/wire/views.ts";
import type { ActName } from "../../../src/tally/powers.ts";
import type { Speech } from "../../ui/language.tsx";
import { OUTCOME_WORDS, WORDS as RESULT_WORDS, SIGNATURE_WORDS } from "../certificates/words.ts";
import { ADVICE_WORDS, ANSWER_WORDS, KIND_WORDS, STATUS_WORDS } from "../objections/words.ts";
import { SEAL_WORDS, WORDS } from "../sitting/words.ts";
import type { Draft } from "./draft.ts";
import { contestName, desaName, participantName, stationName } from "./names.ts";
import { ACT_WORDS, WORDS as COMMON, momentWords } from "./words.ts";

/** Entries that are no acts of people in the hall. */
const OTHER_WORDS: Readonly<Record<string, Text>> = {
  genesis: { id: "Permulaan catatan", en: "Beginning of the log" },
  seen: WORDS.seen,
  sheet: { id: "C.Hasil", en: "Sheet" },
  annul: { id: "Pembatalan C.Hasil", en: "Sheet annulled" },
  edition: { id: "Terbitan", en: "Edition" },
  receipt: { id: "Tanda terima", en: "Receipt" },
};

/** The name of an entry's act. */
export function actTitle(stated: Body): Text {
  if (stated.type === "minutes") return ACT_WORDS[stated.body.act.what];
  // With a note a sheet is adopted as it stands: it takes two persons as a correction does, and is none.
  if (stated.type === "reading") return ACT_WORDS[stated.body.outcome === "corrected" ? "correction" : "reading"];
  return OTHER_WORDS[stated.type] ?? ACT_WORDS[stated.type as ActName];
}

/** What it is about and what it says; empty where its name says all. */
export function actWords(stated: Body | Draft, hall: HallView, speech: Speech): string {
  const say = new Sayer(hall, speech);
  switch (stated.type) {
    case "minutes":
      return say.act(stated.body.act);
    case "reading": {
      const { station, contest, outcome, reason } = stated.body;
      const why = reason === null ? null : (READING_REASONS as Readonly<Record<string, Text>>)[reason];
      return say.list(say.station(station), say.contest(contest), OUTCOME_LABELS[outcome], why ?? null);
    }
    case "pause":
    case "unpause":
      return say.panel(stated.body.panel);
    case "objection": {
      const { kind, contest, station, participant, status } = stated.body;
      return say.list(
        KIND_WORDS[kind],
        say.station(station),
        say.contest(contest),
        say.participant(participant),
        STATUS_WORDS[status],
      );
    }
    case "certificate": {
      const { figures, read, stations } = stated.body;
      const valid = figures[FIGURE.valid] ?? null;
      const votes = valid === null ? null : `${speech.text(RESULT_WORDS.valid)} ${speech.number(valid)}`;
      return say.list(say.result(stated.body), `${read}/${stations} TPS`, votes);
    }
    case "halt":
    case "resume":
      return say.list(stated.body.order, say.moment(stated.body.dated ?? null), stated.body.regions.join(", "));
    case "reopen":
      return say.list(stated.body.order, stated.body.region, say.result(stated.body));
    case "order":
      return say.list(stated.body.number, say.result(stated.body));
    case "custody":
      return `${stated.body.log} · ${speech.number(stated.body.size)} → ${stated.body.vkey.split("+")[1] ?? ""}`;
    case "seen":
      return `${stated.body.log} · ${speech.number(stated.body.size)}`;
    case "grant":
      return speech.number(stated.body.list.length);
    case "revoke":
      return stated.body.keys.join(", ");
    default:
      return "";
  }
}

type Piece = Text | string | null;

class Sayer {
  readonly #hall: HallView;
  readonly #speech: Speech;

  constructor(hall: HallView, speech: Speech) {
    this.#hall = hall;
    this.#speech = speech;
  }

  list(...pieces: readonly Piece[]): string {
    return pieces
      .filter((piece) => piece !== null)
      .map((piece) => (typeof piece === "string" ? piece : this.#speech.text(piece)))
      .filter((words) => words !== "")
      .join(" · ");
  }

  station = (station: StationCode | null): Piece => (station === null ? null : stationName(this.#hall, station));
  contest = (kind: ContestKind | null): Piece =>
    kind === null ? null : contestName(this.#hall, kind, this.#speech.text);
  /** A contest in a district; of one that covers the nation the contest says all. */
  result({ contest, district }: { readonly contest: ContestKind; readonly district: string }): Piece {
    const found = this.#hall.results.find((one) => one.contest === contest && one.district.code === district);
    return contest === "ppwp"
      ? this.contest(contest)
      : this.list(this.contest(contest), found?.district.name ?? district);
  }
  desa = (desa: RegionCode): Piece => desaName(this.#hall, desa);
  participant = (id: string | null): Piece => (id === null ? null : participantName(this.#hall, id));
  panel = (panel: number | null): string =>
    this.#speech.text(panel === null ? COMMON.wholePlenary : COMMON.panel) + (panel === null ? "" : ` ${panel + 1}`);
  moment = (time: number | null): Piece =>
    time === null ? null : momentWords(this.#speech, time, this.#hall.region.zone);

  act(act: MinutesAct): string {
    switch (act.what) {
      case "schedule":
        return this.list(this.moment(act.at));
      case "open":
      case "evidence":
      case "scan":
        return "";
      case "attendance": {
        const saksi = act.participants.map((id) => participantName(this.#hall, id)).join(", ");
        const count = (words: Text, count: number) => `${this.#speech.text(words)} ${count}`;
        return this.list(
          this.panel(act.panel),
          saksi,
          count(WORDS.supervisors, act.supervisors),
          count(WORDS.observers, act.observers),
        );
      }
      case "mandate":
        return this.list(
          this.participant(act.participant),
          act.withdrawn ? WORDS.withdraw : act.seated ? WORDS.inside : WORDS.outside,
        );
      case "box":
        return this.list(
          act.station === null ? this.desa(act.desa) : this.station(act.station),
          this.contest(act.contest),
          SEAL_WORDS[act.seal],
        );
      case "agenda":
        return this.list(this.panel(act.panel), `${act.queue.length} ${this.#speech.text(WORDS.boxesOf)}`);
      case "postpone":
        return this.list(
          this.station(act.station),
          this.contest(act.contest),
          POSTPONE_REASONS[act.reason as keyof typeof POSTPONE_REASONS],
        );
      case "take-up":
        return this.list(this.station(act.station), this.contest(act.contest));
      case "inspection": {
        const by = act.supervisor ? ADVICE_WORDS.supervisor : this.participant(act.participant);
        return this.list(this.result(act), by, OUTCOME_WORDS[act.outcome]);
      }
      case "signature": {
        const reason = act.reason === null ? null : SIGNATURE_REASONS[act.reason as keyof typeof SIGNATURE_REASONS];
        return this.list(this.result(act), this.participant(act.participant), SIGNATURE_WORDS[act.outcome], reason);
      }
      case "advice":
        return this.list(ADVICE_WORDS[act.kind], this.station(act.station), this.contest(act.contest));
      case "advice-answer": {
        const reason = act.reason === null ? null : ADVICE_REASONS[act.reason as keyof typeof ADVICE_REASONS];
        return this.list(act.followed ? ANSWER_WORDS.followed : ANSWER_WORDS.notFollowed, reason);
      }
      case "paper-order":
        return this.list(act.kind === "halt" ? ACT_WORDS.halt : ACT_WORDS.resume, act.order, this.moment(act.dated));
    }
  }
}
