/**
 * What an objection or a recommendation is about: one contest or all, and the whole hall, a desa or a station. Above a kecamatan,
 * where no list of stations is at hand, a station is named by its code.
 */
import type { ContestKind, RegionCode } from "../../../src/election/codes.ts";
import { useSpeech } from "../../ui/language.tsx";
import { SelectField, TextField } from "../acts/fields.tsx";
import { contestOptions, desaIn } from "../acts/names.ts";
import { StationSelect } from "../acts/station-select.tsx";
import { WORDS as COMMON } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { WORDS } from "./words.ts";

export interface About {
  readonly contest: ContestKind | "";
  readonly desa: RegionCode | "";
  /** A station's code as it was typed, or nothing. */
  readonly station: string;
}

interface Props {
  readonly about: About;
  readonly onChange: (change: Partial<About>) => void;
}

export function AboutFields({ about: { contest, desa, station }, onChange }: Props) {
  const speech = useSpeech();
  const { hall } = useDesk();
  return (
    <>
      <SelectField
        name="contest"
        label={speech.text(COMMON.contest)}
        empty={speech.text(COMMON.allContests)}
        value={contest}
        onChange={(kind) => onChange({ contest: kind as ContestKind | "" })}
        options={contestOptions(hall, speech.text)}
      />
      {hall.boxes.length > 0 ? (
        <div class="pair">
          <SelectField
            name="desa"
            label={speech.text(WORDS.where)}
            empty={speech.text(WORDS.noDesa)}
            value={desa}
            onChange={(code) => onChange({ desa: code as RegionCode | "", station: "" })}
            options={desaIn(hall).map(({ code, name }) => ({ value: code, label: name }))}
          />
          <StationSelect
            desa={desa}
            empty={speech.text(WORDS.noStation)}
            value={station}
            onChange={(code) => onChange({ station: code })}
          />
        </div>
      ) : (
        <TextField
          name="station"
          of="code"
          label={speech.text(WORDS.stationCode)}
          help={speech.text(WORDS.noCode)}
          value={station}
          onInput={(code) => onChange({ station: code })}
        />
      )}
    </>
  );
}
