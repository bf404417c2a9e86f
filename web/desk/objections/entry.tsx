/** One of a list of what was filed or recommended: how it stands, what it is and when, what it is about, and how to answer it. */
import type { ComponentChildren } from "preact";
import type { BodyOf } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { momentWords } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { WORDS } from "./words.ts";

interface Props {
  /** The colour in which it stands. */
  readonly status: BodyOf<"objection">["status"];
  readonly said: Text;
  readonly kind: Text;
  /** As it is printed on D.Kejadian Khusus; a recommendation, which is not, has its place among its kind. */
  readonly number: number;
  readonly time: number;
  /** Station, contest and the like, as far as it names them. */
  readonly about: readonly (string | null)[];
  /** What it is about where it names nothing. */
  readonly otherwise?: string;
  readonly answer: Text;
  /** Null: there is nothing more to answer. */
  readonly onAnswer: (() => void) | null;
  readonly children?: ComponentChildren;
}

export function Entry(props: Props) {
  const { status, said, kind, number, time, about, otherwise = "", answer, onAnswer, children } = props;
  const speech = useSpeech();
  const { hall } = useDesk();
  return (
    <li>
      <p class="row">
        <span class={`status status-${status}`}>{speech.text(said)}</span>
        <strong>{speech.text(kind)}</strong>
        <span class="muted small">
          {speech.text(WORDS.number)} {speech.number(number)} · {momentWords(speech, time, hall.region.zone)}
        </span>
      </p>
      <p>{about.filter((part) => part !== null).join(" · ") || otherwise}</p>
      {children}
      {onAnswer !== null && (
        <button type="button" aria-label={`${speech.text(answer)}: ${speech.text(kind)} ${number}`} onClick={onAnswer}>
          {speech.text(answer)}
        </button>
      )}
    </li>
  );
}
