/** The stations of a desa, once it is chosen. */
import type { RegionCode } from "../../../src/election/codes.ts";
import { useSpeech } from "../../ui/language.tsx";
import { useDesk } from "../shell/desk.ts";
import { useView } from "../shell/use-view.ts";
import { SelectField } from "./fields.tsx";
import { WORDS } from "./words.ts";

interface Props {
  readonly desa: RegionCode | "";
  /** A station's code, or nothing. */
  readonly value: string;
  /** What no station means here. */
  readonly empty: string;
  readonly onChange: (station: string) => void;
}

export function StationSelect({ desa, value, empty, onChange }: Props) {
  const speech = useSpeech();
  const { hall, api, region } = useDesk();
  const contest = hall.boxes.find((one) => one.desa.code === desa)?.contest;
  const { view } = useView(`stations/${desa}`, 0, async () =>
    desa === "" || contest === undefined ? null : api.desa(region, contest, desa),
  );
  return (
    <SelectField
      name="station"
      label={speech.text(WORDS.station)}
      empty={empty}
      value={value}
      onChange={onChange}
      options={(view?.lines ?? []).map(({ station, number }) => ({ value: station, label: `TPS ${number}` }))}
    />
  );
}
