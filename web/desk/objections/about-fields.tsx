/** Where something happened: a desa of this hall or none, and a station of that desa or none. */
import type { RegionCode } from "../../../src/election/codes.ts";
import { useSpeech } from "../../ui/language.tsx";
import { SelectField } from "../acts/fields.tsx";
import { desaIn } from "../acts/names.ts";
import { StationSelect } from "../acts/station-select.tsx";
import { useDesk } from "../shell/desk.ts";
import { WORDS } from "./words.ts";

export interface Place {
  readonly desa: RegionCode | "";
  /** A station's code, or nothing. */
  readonly station: string;
}

interface Props {
  readonly place: Place;
  readonly onChange: (change: Partial<Place>) => void;
}

export function PlaceFields({ place: { desa, station }, onChange }: Props) {
  const speech = useSpeech();
  const { hall } = useDesk();
  return (
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
  );
}
