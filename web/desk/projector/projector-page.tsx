/**
 * The wall of the hall: the station that a panel has in hand, its votes, and what the desa adds up to so far. Nothing else and
 * nothing to press: it follows the panel. `#/R/layar/<panel>`, with `/gelap` for a dark hall or `/terang` for a bright one.
 */
import { useEffect, useState } from "preact/hooks";
import type { ContestKind, RegionCode, StationCode } from "../../../src/election/codes.ts";
import { FIGURE } from "../../../src/election/figures.ts";
import type { BoxView, DesaView, PanelView, StationView } from "../../../src/recap/wire/views.ts";
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import { contestName } from "../acts/names.ts";
import type { PageProps } from "../page.ts";
import { useDesk } from "../shell/desk.ts";
import { useView } from "../shell/use-view.ts";
import { type Line, linesOf, pageOf, pagesOf } from "./lines.ts";
import "./projector.css";
import { WORDS } from "./words.ts";

/** How long a part of a long list stays, in milliseconds: time to read ten lines from the last row. */
const STAYS = 8000;

export default function ProjectorPage({ args }: PageProps) {
  const { hall } = useDesk();
  const [wanted = "0"] = args;
  const theme = args.at(-1);
  const panel = hall.panels.find((one) => `${one.panel}` === wanted) ?? hall.panels[0];
  useEffect(() => {
    const root = document.documentElement;
    if (theme === "gelap") root.dataset.theme = "dark";
    else if (theme === "terang") root.dataset.theme = "light";
    return () => {
      delete root.dataset.theme;
    };
  }, [theme]);
  const box = panel?.queue[panel.at];
  const view = hall.boxes.find(({ desa, contest }) => desa.code === box?.desa && contest === box.contest);
  return (
    <div class="wall">
      {panel !== undefined && view !== undefined && hall.openedAt !== null ? (
        <InHand key={`${view.contest}/${view.desa.code}`} panel={panel} box={view} />
      ) : (
        <Resting isOpen={hall.openedAt !== null} />
      )}
    </div>
  );
}

/** No station is in hand: before the opening, after the last, and above the kecamatan, where results are certified and not read. */
function Resting({ isOpen }: { isOpen: boolean }) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const certified = hall.results.filter(({ stage }) => stage === "certified").length;
  const isAbove = hall.region.level !== "kecamatan";
  const count = `${speech.number(certified)} ${speech.text(WORDS.of)} ${speech.number(hall.results.length)}`;
  return (
    <header class="wall-head">
      <h1>{hall.region.name}</h1>
      <p class="wall-note">
        {isAbove ? `${count} ${speech.text(WORDS.certified)}` : speech.text(isOpen ? WORDS.through : WORDS.notOpen)}
      </p>
    </header>
  );
}

interface InHandProps {
  readonly panel: PanelView;
  readonly box: BoxView;
}

function InHand({ panel, box }: InHandProps) {
  const speech = useSpeech();
  const { hall, api, region, size } = useDesk();
  const { contest, desa, district } = box;
  const names = useView(`district/${contest}/${district}`, 0, () => api.district(region, contest, district)).view;
  const sums = useView(`desa/${contest}/${desa.code}`, size, () => api.desa(region, contest, desa.code)).view;
  const station = useStation(contest, panel.station);
  const isHalted = hall.halts.length > 0 && !box.open;
  const note = isHalted ? WORDS.halted : panel.paused ? WORDS.paused : null;
  return (
    <>
      <header class="wall-head">
        <div>
          <p class="wall-contest">{contestName(hall, contest, speech.text)}</p>
          <h1>{desa.name}</h1>
        </div>
        <p class="wall-station">
          <span>{speech.text(WORDS.station)}</span> <strong>{panel.station?.slice(-3) ?? "–"}</strong>
        </p>
      </header>
      {note !== null && (
        <p class="wall-note held">
          {speech.text(note)}
          {isHalted && `: ${hall.halts.map(({ order }) => order).join(", ")}`}
        </p>
      )}
      {names !== null && sums !== null && (
        <Table
          key={panel.station ?? desa.code}
          lines={linesOf(names, votesOf(station), sums.sums.votes)}
          sums={sums}
          station={station}
          hasStation={panel.station !== null}
        />
      )}
    </>
  );
}

const votesOf = (station: StationView | null) => (station?.reading ?? station?.sheet)?.votes ?? null;

function useStation(contest: ContestKind, code: StationCode | null): StationView | null {
  const { api, region, size } = useDesk();
  return useView(`station/${contest}/${code}`, size, async () =>
    code === null ? null : api.station(region as RegionCode, contest, code),
  ).view;
}

interface TableProps {
  readonly lines: readonly Line[];
  readonly sums: DesaView;
  readonly station: StationView | null;
  readonly hasStation: boolean;
}

function Table({ lines, sums, station, hasStation }: TableProps) {
  const speech = useSpeech();
  const pages = pagesOf(lines);
  const [page, setPage] = useState(0);
  useEffect(() => {
    if (pages < 2) return;
    const timer = setInterval(() => setPage((before) => (before + 1) % pages), STAYS);
    return () => clearInterval(timer);
  }, [pages]);
  const shown = pageOf(lines, page);
  const figures = (station?.reading ?? station?.sheet)?.figures ?? null;
  const read = sums.lines.filter((line) => line.read !== null).length;
  const awaits = hasStation && station !== null && votesOf(station) === null;
  const foot = (place: number) => {
    const [one, all] = [figures?.[place] ?? null, sums.sums.figures[place] ?? null];
    return (
      <>
        <td class="number">{one === null ? "–" : speech.number(one)}</td>
        <td class="number desa">{all === null ? "–" : <Changing value={all} />}</td>
      </>
    );
  };
  return (
    <table class="wall-table" style={{ "--lines": shown.length }}>
      <thead>
        <tr>
          <td />
          <th scope="col" class="number">
            {awaits ? speech.text(WORDS.noSheet) : `${speech.text(WORDS.station)} ${station?.number ?? ""}`}
          </th>
          <th scope="col" class="number desa">
            {speech.text(WORDS.desaSoFar)}
            <span class="wall-read">
              {speech.number(read)} {speech.text(WORDS.of)} {speech.number(sums.lines.length)} {speech.text(WORDS.read)}
            </span>
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ number, name, colour, station: one, desa }) => (
          <tr key={`${number} ${name}`}>
            <th scope="row">
              <span class="wall-choice">
                <span class="swatch" style={{ background: colour }} />
                <span class="ballot">{number}</span>
                <span>{name}</span>
              </span>
            </th>
            <td class="number">{one === null ? "–" : speech.number(one)}</td>
            <td class="number desa">{desa === null ? "–" : <Changing value={desa} />}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            {speech.text(WORDS.valid)}
            {pages > 1 && (
              <span class="wall-page">
                {speech.text(WORDS.page)} {page + 1}/{pages}
              </span>
            )}
          </th>
          {foot(FIGURE.valid)}
        </tr>
        <tr>
          <th scope="row">{speech.text(WORDS.invalid)}</th>
          {foot(FIGURE.invalid)}
        </tr>
      </tfoot>
    </table>
  );
}
