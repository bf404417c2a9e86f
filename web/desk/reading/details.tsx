/**
 * What is said about figures that are not simply the sheet's: the reason, the incident, who initialled and who refused, the photo.
 * Then a second person confirms. Used for corrections, recounts, copies and notes alike.
 */
import { useState } from "preact/hooks";
import type { ContestKind } from "../../../src/election/codes.ts";
import { READING_REASONS, type ReadingReason, type Recount } from "../../../src/election/sheet.ts";
import type { Text } from "../../../src/election/text.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { StationView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { incidentNumber, participantName } from "../acts/names.ts";
import { NO_PHOTOS, PhotoField } from "../acts/photos.tsx";
import { KIND_WORDS } from "../objections/words.ts";
import { useDesk } from "../shell/desk.ts";
import { NO_RECOUNT, participantsPresent, RecountFields, recountMissing } from "./recount.tsx";
import type { Details } from "./said.ts";
import { READING_WORDS as WORDS } from "./words.ts";

export type Kind = "corrected" | "recount" | "copied" | "noted";

/** What was chosen so far; plain, so that it is kept with the draft. */
export interface DetailsDraft {
  readonly reason: ReadingReason | "";
  readonly incident: string;
  readonly initials: Readonly<Record<string, "initialled" | "refused">>;
  readonly recount: Recount;
  readonly photos: { readonly pages: readonly Hash[]; readonly list: Hash | null };
}

export const NO_DETAILS: DetailsDraft = {
  reason: "",
  incident: "",
  initials: {},
  recount: NO_RECOUNT,
  photos: NO_PHOTOS,
};

/** Reasons that make sense for each kind, the usual ones first. */
const REASONS: Readonly<Record<Kind, readonly ReadingReason[]>> = {
  corrected: [
    "entry-error",
    "photo-misread",
    "wrong-row",
    "sum-error",
    "figures-words",
    "tally-marks",
    "copy-error",
    "voters-list",
    "ballot-missing",
    "invalid-reassessed",
    "supervisor-advice",
    "court-ruling",
    "revote",
    "not-explained",
  ],
  recount: ["recount", "supervisor-advice", "court-ruling"],
  copied: ["sheet-missing", "copy-error"],
  noted: [
    "not-explained",
    "ballot-missing",
    "voters-list",
    "sum-error",
    "figures-words",
    "tally-marks",
    "wrong-row",
    "supervisor-advice",
    "court-ruling",
  ],
};

/** The draft as what is stated, or what is still missing. */
export function detailsOf(kind: Kind, draft: DetailsDraft): Details | Text {
  if (draft.reason === "") return WORDS.reasonMissing;
  const incident = /^\d{1,6}$/.test(draft.incident) ? Number(draft.incident) : null;
  if (kind === "noted" && incident === null) return WORDS.incidentMissing;
  const missing = kind === "recount" ? recountMissing(draft.reason, draft.recount) : null;
  if (missing !== null) return missing;
  const those = (choice: "initialled" | "refused") =>
    Object.keys(draft.initials).filter((id) => draft.initials[id] === choice);
  return {
    reason: draft.reason,
    incident,
    initialled: those("initialled"),
    refused: those("refused"),
    ...(kind === "recount" ? { recount: draft.recount } : {}),
    evidence: draft.photos.list,
  };
}

interface Props {
  readonly kind: Kind;
  readonly station: Pick<StationView, "contest" | "station">;
  readonly draft: DetailsDraft;
  readonly onChange: (draft: DetailsDraft) => void;
  readonly onDone: (details: Details) => void;
  readonly onCancel: () => void;
  readonly isBusy: boolean;
}

export function DetailsForm({ kind, station, draft, onChange, onDone, onCancel, isBusy }: Props) {
  const speech = useSpeech();
  const [isTried, setTried] = useState(false);
  const details = detailsOf(kind, draft);
  const missing = "id" in details ? details : null;
  const submit = () => {
    setTried(true);
    if (!("id" in details)) onDone(details);
  };
  return (
    <form
      class="details"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class="field">
        <label for="reason">{speech.text(WORDS.reason)}</label>
        <select
          id="reason"
          value={draft.reason}
          onChange={(event) => onChange({ ...draft, reason: event.currentTarget.value as DetailsDraft["reason"] })}
          onKeyDown={(event) => {
            // A list does nothing with Enter, and the hand is there.
            if (event.key !== "Enter") return;
            event.preventDefault();
            submit();
          }}
          data-first
        >
          <option value="">{speech.text(WORDS.chooseReason)}</option>
          {REASONS[kind].map((reason) => (
            <option key={reason} value={reason}>
              {speech.text(READING_REASONS[reason])}
            </option>
          ))}
        </select>
      </div>
      {kind === "recount" && (
        <RecountFields
          contest={station.contest}
          recount={draft.recount}
          onChange={(recount) => onChange({ ...draft, recount })}
        />
      )}
      <div class="field">
        <label for="incident">
          {speech.text(WORDS.incident)}{" "}
          {kind !== "noted" && <span class="small muted">({speech.text(WORDS.optional)})</span>}
        </label>
        <input
          id="incident"
          class="short"
          inputmode="numeric"
          value={draft.incident}
          onInput={(event) => onChange({ ...draft, incident: event.currentTarget.value.replace(/\D/g, "") })}
        />
        <Recorded {...station} onPick={(number) => onChange({ ...draft, incident: String(number) })} />
      </div>
      {kind !== "noted" && <Initials contest={station.contest} draft={draft} onChange={onChange} />}
      <PhotoField
        name="evidence"
        kind="evidence"
        label={speech.text(WORDS.evidence)}
        help={speech.text(WORDS.evidenceLater)}
        photos={draft.photos}
        onChange={(photos) => onChange({ ...draft, photos })}
      />
      {isTried && missing !== null && (
        <p class="fault" role="alert">
          {speech.text(missing)}
        </p>
      )}
      <div class="row">
        <button type="submit" class="primary" disabled={isBusy}>
          {speech.text(WORDS.adopt)} <kbd>Enter</kbd>
        </button>
        <button type="button" onClick={onCancel}>
          {speech.text(WORDS.cancel)} <kbd>Esc</kbd>
        </button>
      </div>
    </form>
  );
}

/** What is recorded about this station, by its number on D.Kejadian Khusus; where nothing is, the way to record it. */
function Recorded({
  contest,
  station,
  onPick,
}: Pick<StationView, "contest" | "station"> & { onPick: (number: number) => void }) {
  const speech = useSpeech();
  const { hall, go } = useDesk();
  const here = hall.objections.filter((one) => one.station === station);
  return (
    <div class="row">
      {here.map(({ id, kind }) => {
        const number = incidentNumber(hall, id);
        return (
          <button key={id} type="button" class="quiet" onClick={() => onPick(number)}>
            {speech.text(WORDS.recordedAs)} {number}: {speech.text(KIND_WORDS[kind])}
          </button>
        );
      })}
      {here.length === 0 && (
        <button type="button" class="quiet" onClick={() => go("keberatan", contest, station)}>
          {speech.text(WORDS.recordIncident)}
        </button>
      )}
    </div>
  );
}

/** Who of those with a mandate put their initials beside the change, and who refused. */
function Initials({ contest, draft, onChange }: Pick<Props, "draft" | "onChange"> & { contest: ContestKind }) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const present = participantsPresent(hall, contest);
  if (present.length === 0) return <p class="small muted">{speech.text(WORDS.noMandates)}</p>;
  const choose = (id: string, choice: string) => {
    const { [id]: _, ...others } = draft.initials;
    const isChosen = choice === "initialled" || choice === "refused";
    onChange({ ...draft, initials: isChosen ? { ...others, [id]: choice } : others });
  };
  return (
    <fieldset class="initials">
      <legend>{speech.text(WORDS.initials)}</legend>
      {present.map((id) => (
        <label key={id}>
          <span>{participantName(hall, id)}</span>
          <select value={draft.initials[id] ?? ""} onChange={(event) => choose(id, event.currentTarget.value)}>
            <option value="">{speech.text(WORDS.absent)}</option>
            <option value="initialled">{speech.text(WORDS.initialled)}</option>
            <option value="refused">{speech.text(WORDS.refusedInitial)}</option>
          </select>
        </label>
      ))}
    </fieldset>
  );
}
