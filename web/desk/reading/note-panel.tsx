/** *Sesuai dengan catatan*: paper that cannot be mended is adopted as it stands, by two persons, with a reason and an incident. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { READING_REASONS } from "../../../src/election/sheet.ts";
import type { Text } from "../../../src/election/text.ts";
import type { Said } from "../../../src/recap/wire/sign.ts";
import type { DistrictView, StationView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { useDraft } from "../acts/use-draft.ts";
import { Dialog } from "../shell/dialog.tsx";
import { DetailsForm, NO_DETAILS } from "./details.tsx";
import type { StationFigures } from "./form.ts";
import { judge } from "./judge.ts";
import { withANote } from "./said.ts";
import { Remarks } from "./station-parts.tsx";
import { READING_WORDS as WORDS } from "./words.ts";

interface Props {
  readonly station: StationView;
  readonly district: DistrictView;
  readonly figures: StationFigures;
  /** Why it was not taken. */
  readonly told: Text | null;
  /** Whether it was taken. */
  readonly onDecide: (reading: Said<"reading">, summary: ComponentChildren) => Promise<boolean>;
  readonly onClose: () => void;
}

export function NotePanel({ station, district, figures, told, onDecide, onClose }: Props) {
  const speech = useSpeech();
  const [draft, change, clear] = useDraft(`catatan/${station.contest}/${station.station}`, NO_DETAILS);
  const [isBusy, setBusy] = useState(false);
  const { remarks } = judge(station, district, figures);
  const summary = (
    <>
      <p>{speech.text(READING_REASONS[draft.reason === "" ? "not-explained" : draft.reason])}</p>
      <Remarks remarks={remarks} />
    </>
  );
  return (
    <Dialog title={speech.text(WORDS.noteTitle)} onClose={onClose}>
      <p>{speech.text(WORDS.noteLead)}</p>
      <DetailsForm
        kind="noted"
        station={station}
        draft={draft}
        onChange={change}
        onCancel={onClose}
        isBusy={isBusy}
        onDone={(details) => {
          setBusy(true);
          void onDecide(withANote(station, district, figures, details), summary).then((isTaken) => {
            setBusy(false);
            if (isTaken) clear();
          });
        }}
      />
      {told !== null && (
        <p class="fault" role="alert">
          {speech.text(told)}
        </p>
      )}
    </Dialog>
  );
}
