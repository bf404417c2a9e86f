/** What stands around the figures: which station this is, what must be known of it, and what the rules remark. */
import type { ComponentChildren } from "preact";
import { POSTPONE_REASONS } from "../../../src/election/minutes.ts";
import type { Text } from "../../../src/election/text.ts";
import type { DesaView, StationView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { recountWords } from "../acts/recount-words.ts";
import { useDesk } from "../shell/desk.ts";
import type { Remark } from "./judge.ts";
import { OUTCOME_SHORT, READING_WORDS as WORDS } from "./words.ts";

interface HeadingProps {
  readonly station: StationView;
  readonly desa: DesaView;
  readonly contest: Text | undefined;
  /** The choice of the panel; while figures are typed there is none. */
  readonly children?: ComponentChildren;
}

/** Large enough to be read from the next table. */
export function Heading({ station, desa, contest, children }: HeadingProps) {
  const speech = useSpeech();
  const read = desa.lines.filter((line) => line.read !== null).length;
  return (
    <header class="station-head">
      <h1>
        TPS {station.number} <span class="desa-name">{station.desa.name}</span>
      </h1>
      <p class="contest-name">{contest === undefined ? station.contest : speech.text(contest)}</p>
      {children}
      <p class="progress">
        <progress value={read} max={desa.lines.length} aria-label={speech.text(WORDS.stationsRead)} />{" "}
        <span>
          {speech.number(read)} {speech.text(WORDS.of)} {speech.number(desa.lines.length)}{" "}
          {speech.text(WORDS.stationsRead)}
        </span>
      </p>
    </header>
  );
}

interface NoticeProps {
  readonly station: StationView;
  readonly seen: StationView;
  readonly isStale: boolean;
  readonly held: boolean;
  readonly hasFigures: boolean;
  readonly isRead: boolean;
}

/** The one or two things that must be known before this station is decided. */
export function Notices({ station, seen, isStale, held, hasFigures, isRead }: NoticeProps) {
  const speech = useSpeech();
  const { hall, people } = useDesk();
  const { reading, postponed, rivals, refusal } = station;
  return (
    <div class="notices" role="status">
      {isStale && <Stale station={station} seen={seen} />}
      {isRead && reading !== null && (
        <p class="notice read">
          <strong>{speech.text(WORDS.isRead)}:</strong> {speech.text(OUTCOME_SHORT[reading.outcome])}
          {reading.recount !== null && (
            <span class="small"> {recountWords(reading.recount, hall, people, speech)}</span>
          )}
        </p>
      )}
      {reading?.remarks.map(({ code, text }) => (
        <p key={code} class="notice held">
          {code}: {speech.text(text)}
        </p>
      ))}
      {!isRead && refusal !== null && <p class="notice held">{speech.text(refusal)}</p>}
      {!isRead && station.held !== null && (
        <p class="notice">
          <strong>{speech.text(WORDS.heldHere)}.</strong> {speech.text(WORDS.heldHereDo)}
        </p>
      )}
      {!hasFigures && (
        <p class="notice held">
          <strong>{speech.text(WORDS.noSheet)}.</strong> {speech.text(WORDS.noSheetDo)}
        </p>
      )}
      {postponed !== null && (
        <p class="notice held">
          <strong>{speech.text(WORDS.isPostponed)}:</strong> {speech.text(POSTPONE_REASONS[postponed.reason])}
        </p>
      )}
      {!isRead && held && (
        <p class="notice held">
          <strong>{speech.text(WORDS.heldTitle)}.</strong> {speech.text(WORDS.heldDo)}
        </p>
      )}
      {rivals.length > 0 && <p class="notice held">{speech.text(WORDS.rivals)}</p>}
    </div>
  );
}

/** What happened to the station while it was on the screen. */
export function Stale({ station, seen }: { station: StationView; seen: StationView }) {
  const speech = useSpeech();
  const isReading = station.reading?.id !== seen.reading?.id;
  return (
    <p class="notice stale">
      <strong>{speech.text(WORDS.changedTitle)}.</strong>{" "}
      {speech.text(isReading ? WORDS.changedReading : WORDS.changedSheet)}
    </p>
  );
}

/** The rules that speak about these figures; none of them keeps anyone from deciding. */
export function Remarks({ remarks }: { remarks: readonly Remark[] }) {
  const speech = useSpeech();
  return (
    <section class="remarks" aria-label={speech.text(WORDS.remarks)}>
      {remarks.length === 0 ? (
        <p class="small tick-line">
          <span class="tick">✓</span> {speech.text(WORDS.addsUp)}
        </p>
      ) : (
        <ul>
          {remarks.map(({ code, fact, holds }, i) => (
            <li key={`${code}${i}`} class={holds ? "holds" : undefined}>
              {speech.text(fact)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
