/** From a difference to where it is mended: a correction is made at its station, in the log of the plenary that holds the result. */
import { useState } from "preact/hooks";
import { type ContestKind, isStationCode, isWithin } from "../../../src/election/codes.ts";
import type { Text } from "../../../src/election/text.ts";
import type { BelowView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { useDesk } from "../shell/desk.ts";
import { WORDS } from "./words.ts";

interface Props {
  readonly contest: ContestKind;
  readonly region: BelowView["children"][number]["region"];
  /** What is done there: a correction, or a reading that was left out below. */
  readonly submit: Text;
}

export function CorrectAt({ contest, region, submit }: Props) {
  const speech = useSpeech();
  const { go } = useDesk();
  const [typed, setTyped] = useState("");
  const code = typed.trim();
  const isHere = isStationCode(code) && isWithin(code, region.code);
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (isHere) go("baca", 0, contest, code);
      }}
    >
      <label class="row">
        {speech.text(WORDS.stationCode)}
        <input
          inputmode="numeric"
          autocomplete="off"
          maxLength={13}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={!isHere}>
        {speech.text(submit)}
      </button>
    </form>
  );
}
