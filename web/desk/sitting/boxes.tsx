/** Boxes received from the PPS: when, and whether the seal was whole. */
import { type ContestKind, isStationCode, type RegionCode } from "../../../src/election/codes.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { momentText } from "../acts/fields.ts";
import { Radios, SelectField, TextField } from "../acts/fields.tsx";
import { contestName, contestOptions, desaIn, desaName } from "../acts/names.ts";
import { NO_PHOTOS, PhotoField } from "../acts/photos.tsx";
import { Scroll } from "../acts/scroll.tsx";
import { StationSelect } from "../acts/station-select.tsx";
import { useDraft } from "../acts/use-draft.ts";
import { WORDS as COMMON } from "../acts/words.ts";
import { paperUrl } from "../shell/api.ts";
import { clockTime } from "../shell/clock.tsx";
import { useDesk } from "../shell/desk.ts";
import { box } from "./forms.ts";
import { SEAL_WORDS, WORDS } from "./words.ts";

export function Boxes() {
  const speech = useSpeech();
  const { hall } = useDesk();
  if (hall.boxes.length === 0) return <p class="card-panel muted">{speech.text(WORDS.onlyKecamatan)}</p>;
  return (
    <div class="two">
      <Receive />
      <Received />
    </div>
  );
}

interface Typed {
  readonly desa: RegionCode | "";
  readonly contest: ContestKind | "";
  readonly station: string;
  readonly received: string;
  readonly seal: "whole" | "broken" | null;
  readonly photo: typeof NO_PHOTOS;
}

function Receive() {
  const speech = useSpeech();
  const { hall, ahead } = useDesk();
  const { zone } = hall.region;
  const empty: Typed = { desa: "", contest: "", station: "", received: "", seal: null, photo: NO_PHOTOS };
  const [typed, change, clear] = useDraft("kotak", empty);
  // Until somebody writes another hour it is now.
  const received = typed.received === "" ? momentText(Date.now() + ahead, zone) : typed.received;
  const form = () =>
    box(
      {
        desa: typed.desa === "" ? null : typed.desa,
        contest: typed.contest === "" ? null : typed.contest,
        station: isStationCode(typed.station) ? typed.station : null,
        received,
        seal: typed.seal,
        photo: typed.photo.pages[0] ?? null,
      },
      zone,
    );
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.boxTitle)}</h2>
      <p class="small muted">{speech.text(WORDS.boxHelp)}</p>
      <ActForm act="box" submit={WORDS.boxTitle} form={form} onStated={clear}>
        <SelectField
          name="desa"
          label={speech.text(COMMON.desa)}
          empty={speech.text(COMMON.choose)}
          value={typed.desa}
          onChange={(desa) => change({ desa: desa as RegionCode, station: "" })}
          options={desaIn(hall).map(({ code, name }) => ({ value: code, label: name }))}
        />
        <div class="pair">
          <StationSelect
            desa={typed.desa}
            value={typed.station}
            empty={speech.text(WORDS.allStations)}
            onChange={(station) => change({ station })}
          />
          <SelectField
            name="contest"
            label={speech.text(COMMON.contest)}
            empty={speech.text(COMMON.allContests)}
            value={typed.contest}
            onChange={(contest) => change({ contest: contest as ContestKind })}
            options={contestOptions(hall, speech.text)}
          />
        </div>
        <TextField
          name="received"
          of="moment"
          label={speech.text(WORDS.received)}
          help={`${speech.text(WORDS.onHallClock)} (${zone})`}
          value={received}
          onInput={(value) => change({ received: value })}
        />
        <Radios
          name="seal"
          label={speech.text(WORDS.seal)}
          value={typed.seal}
          onChange={(seal) => change({ seal: seal as "whole" | "broken" })}
          options={(["whole", "broken"] as const).map((seal) => ({
            value: seal,
            label: speech.text(SEAL_WORDS[seal]),
          }))}
        />
        <PhotoField
          name="photo"
          kind="evidence"
          label={speech.text(WORDS.sealPhoto)}
          help={speech.text(WORDS.sealPhotoHelp)}
          photos={typed.photo}
          onChange={(photo) => change({ photo })}
        />
      </ActForm>
    </section>
  );
}

function Received() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const { zone } = hall.region;
  const newest = [...hall.received].sort((a, b) => b.index - a.index);
  const come = new Set(newest.map(({ desa }) => desa));
  const awaited = desaIn(hall).filter(({ code }) => !come.has(code));
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.boxesReceived)}</h2>
      {awaited.length > 0 && (
        <p>
          <span class="muted">{speech.text(WORDS.notReceived)}:</span> {awaited.map(({ name }) => name).join(", ")}
        </p>
      )}
      {newest.length > 0 && (
        <Scroll label={speech.text(WORDS.boxesReceived)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{speech.text(COMMON.desa)}</th>
                <th scope="col">{speech.text(COMMON.contest)}</th>
                <th scope="col">{speech.text(WORDS.received)}</th>
                <th scope="col">{speech.text(WORDS.seal)}</th>
              </tr>
            </thead>
            <tbody>
              {newest.map(({ index, desa, station, contest, received, seal, photo }) => (
                <tr key={index}>
                  <th scope="row">
                    {desaName(hall, desa)}
                    {station !== null && ` · TPS ${station.slice(-3)}`}
                  </th>
                  <td>
                    {contest === null ? speech.text(COMMON.allContests) : contestName(hall, contest, speech.text)}
                  </td>
                  <td>{clockTime(received, zone, speech.language)}</td>
                  <td class={seal === "broken" ? "held-text" : undefined}>
                    {speech.text(SEAL_WORDS[seal])}
                    {photo !== null && (
                      <>
                        {" "}
                        <a href={paperUrl(photo)} target="_blank" rel="noopener">
                          {speech.text({ id: "foto", en: "photo" })}
                        </a>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
