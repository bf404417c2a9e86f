/**
 * The stations that were put off and wait to be read after all, each with the way to it: the sitting shows those of the whole
 * plenary, the reading those of its panel once nothing else is left there.
 */
import { desaOf } from "../../../src/election/codes.ts";
import { POSTPONE_REASONS } from "../../../src/election/minutes.ts";
import type { HallView, OverviewView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import "./acts.css";
import { clockTime } from "../shell/clock.tsx";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import { useView, type Viewed } from "../shell/use-view.ts";
import { contestName, stationName } from "./names.ts";
import { Scroll } from "./scroll.tsx";
import { WORDS } from "./words.ts";

export type PutOff = OverviewView["postponed"][number];

/** The stations of this hall that are put off. */
export function usePutOff(): Viewed<readonly PutOff[]> {
  const { api, region, size } = useDesk();
  return useView(`put-off/${region}`, size, async () => (await api.overview(region)).postponed);
}

/** The panel in whose queue a station's box is; the first panel if it is in none. */
export function panelOf({ panels }: Pick<HallView, "panels">, { contest, station }: PutOff): number {
  const desa = desaOf(station);
  return panels.find(({ queue }) => queue.some((box) => box.contest === contest && box.desa === desa))?.panel ?? 0;
}

export function PutOffTable({ list }: { readonly list: readonly PutOff[] }) {
  const speech = useSpeech();
  const { hall, region } = useDesk();
  return (
    <Scroll label={speech.text(WORDS.putOff)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{speech.text(WORDS.station)}</th>
            <th scope="col">{speech.text(WORDS.contest)}</th>
            <th scope="col">{speech.text(WORDS.reason)}</th>
            <th scope="col">{speech.text(WORDS.sinceWhen)}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((one) => (
            <tr key={`${one.contest}/${one.station}`}>
              <th scope="row">
                <a class="target" href={routeTo(region, "baca", panelOf(hall, one), one.contest, one.station)}>
                  {stationName(hall, one.station)}
                </a>
              </th>
              <td>{contestName(hall, one.contest, speech.text)}</td>
              <td>{speech.text(POSTPONE_REASONS[one.reason])}</td>
              <td>{clockTime(one.time, hall.region.zone, speech.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
