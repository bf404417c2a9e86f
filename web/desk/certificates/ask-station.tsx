/** Asks for a station by its code, where no list of them is at hand: the levels above have up to hundreds of thousands. */
import { useState } from "preact/hooks";
import { isStationCode, isWithin, type RegionCode, type StationCode } from "../../../src/election/codes.ts";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { WORDS } from "./words.ts";

interface Props {
  /** Where the station must be. */
  readonly region: RegionCode;
  readonly submit: Text;
  readonly onStation: (station: StationCode) => void;
}

export function AskStation({ region, submit, onStation }: Props) {
  const speech = useSpeech();
  const [typed, setTyped] = useState("");
  const code = typed.trim();
  const isHere = isStationCode(code) && isWithin(code, region);
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (isHere) onStation(code);
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
