/**
 * The reading of a panel: leads to the station that comes next, keeps the ones after it at hand, and remembers what was decided
 * here until the desk's program has said so too.
 *
 * Address: `baca`, `baca/<panel>`, `baca/<panel>/<contest>/<station>`.
 */
import { useEffect, useMemo, useRef } from "preact/hooks";
import {
  CONTEST_KINDS,
  type ContestKind,
  type DistrictCode,
  desaOf,
  isStationCode,
  type RegionCode,
  type StationCode,
} from "../../../src/election/codes.ts";
import type { DesaView, DistrictView, PanelView, StationView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { PageProps } from "../page.ts";
import { type Api, paperUrl } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { useCached, ViewCache } from "../shell/view-cache.ts";
import { PanelThrough } from "./panel-through.tsx";
import { boxesAfter, type Spot, spotKey, waitingIn } from "./queue.ts";
import "./reading.css";
import { StationPage } from "./station-page.tsx";
import { READING_WORDS as WORDS } from "./words.ts";

/** So many stations are fetched before they are asked for. */
const AHEAD = 3;

interface Caches {
  readonly stations: ViewCache<StationView>;
  readonly desa: ViewCache<DesaView>;
  readonly districts: ViewCache<DistrictView>;
}

function cachesOf(api: Api, region: RegionCode): Caches {
  const parts = (key: string) => key.split("/") as [ContestKind, string];
  return {
    stations: new ViewCache((key) => api.station(region, parts(key)[0], parts(key)[1] as StationCode)),
    desa: new ViewCache((key) => api.desa(region, parts(key)[0], parts(key)[1] as RegionCode)),
    districts: new ViewCache((key) => api.district(region, parts(key)[0], parts(key)[1] as DistrictCode)),
  };
}

/** The station that an address names; null if it names none. */
function spotIn([, contest, station]: readonly string[]): Spot | null {
  const kind = CONTEST_KINDS.find((each) => each === contest);
  return kind === undefined || station === undefined || !isStationCode(station) ? null : { contest: kind, station };
}

/** The first station to read of a panel, from its view alone. */
function firstOf({ queue, at, station }: PanelView): Spot | null {
  const box = queue[at];
  return box === undefined || station === null ? null : { contest: box.contest, station };
}

export default function ReadingPage({ args }: PageProps) {
  const speech = useSpeech();
  const { api, region, hall, go } = useDesk();
  const caches = useMemo(() => cachesOf(api, region), [api, region]);
  const decided = useRef(new Set<string>());
  const panel = hall.panels.find(({ panel: number }) => String(number) === args[0]) ?? hall.panels[0];
  const named = spotIn(args);
  const first = panel === undefined ? null : firstOf(panel);
  // Decided here a moment ago, and the panel's view has not come round yet: it will name the next one.
  const isPassed = first !== null && decided.current.has(spotKey(first));
  const spot = named ?? (isPassed ? null : first);
  useEffect(() => {
    if (named === null && spot !== null && panel !== undefined) {
      go("baca", panel.panel, spot.contest, spot.station);
    }
  }, [named, spot, panel, go]);
  if (spot === null || panel === undefined) {
    return isPassed || panel === undefined ? (
      <p class="narrow" role="status">
        {speech.text(WORDS.loading)}
      </p>
    ) : (
      <PanelThrough panel={panel.panel} />
    );
  }
  return <Panel key={panel.panel} panel={panel} spot={spot} caches={caches} decided={decided.current} />;
}

interface PanelProps {
  readonly panel: PanelView;
  readonly spot: Spot;
  readonly caches: Caches;
  /** Spots that were decided on this page and may not be in the views yet. */
  readonly decided: Set<string>;
}

function Panel({ panel, spot, caches, decided }: PanelProps) {
  const speech = useSpeech();
  const { hall, size, go, region } = useDesk();
  const key = spotKey(spot);
  const desaCode = desaOf(spot.station);
  const box = hall.boxes.find(({ contest, desa }) => contest === spot.contest && desa.code === desaCode);
  const station = useCached(caches.stations, key, size);
  const desa = useCached(caches.desa, `${spot.contest}/${desaCode}`, size);
  // Above a kecamatan there are no boxes: a station is opened there by its code, to be corrected.
  const code = box?.district ?? desa.view?.district;
  const district = useCached(caches.districts, code === undefined ? null : `${spot.contest}/${code}`, 0);

  /** Stations still to be read, nearest first: of this box, then of the panel's next boxes as far as they are at hand. */
  const upcoming = (): Spot[] => {
    const here = desa.view === null ? [] : waitingIn(desa.view, decided, spot.station);
    const boxes = boxesAfter(panel, { contest: spot.contest, desa: desaCode });
    const later = boxes.flatMap((next) => {
      const view = caches.desa.peek(`${next.contest}/${next.desa}`);
      return view === null ? [] : waitingIn(view, decided, null);
    });
    return [...here, ...later].filter((each) => spotKey(each) !== key);
  };

  useEffect(() => {
    if (desa.view === null) return;
    const next = upcoming().slice(0, AHEAD);
    for (const each of next) caches.stations.ahead(spotKey(each));
    const page = next[0] === undefined ? null : caches.stations.peek(spotKey(next[0]))?.sheet?.pages[0];
    if (page !== null && page !== undefined) new Image().src = paperUrl(page);
    if (next.length === AHEAD) return;
    // The box is nearly through: the next one that has anything to read.
    const [following] = boxesAfter(panel, { contest: spot.contest, desa: desaCode }).filter((each) => {
      const view = hall.boxes.find(({ contest, desa: { code } }) => contest === each.contest && code === each.desa);
      return view !== undefined && view.read + view.postponed < view.stations;
    });
    if (following !== undefined) {
      caches.desa.ahead(`${following.contest}/${following.desa}`);
      const code = hall.boxes.find(
        ({ contest, desa: own }) => contest === following.contest && own.code === following.desa,
      );
      if (code !== undefined) caches.districts.ahead(`${following.contest}/${code.district}`);
    }
  }, [key, desa.view, hall]);

  const goNext = () => {
    const [next] = upcoming();
    // Above a kecamatan a station is opened from its certificate, and that is where one goes on.
    if (hall.boxes.length === 0 && code !== undefined) go("dhasil", spot.contest, code);
    else if (next !== undefined) go("baca", panel.panel, next.contest, next.station);
    else go("baca", panel.panel);
  };
  const fault = station.fault ?? desa.fault ?? district.fault;
  if (station.view === null || desa.view === null || district.view === null) {
    return (
      <div class="narrow">
        <p role="status">{speech.text(fault?.words ?? WORDS.loading)}</p>
      </div>
    );
  }
  return (
    <StationPage
      key={`${region}/${key}`}
      station={station.view}
      desa={desa.view}
      district={district.view}
      panel={panel}
      onDecided={() => decided.add(key)}
      onUndecided={() => decided.delete(key)}
      onNext={goNext}
      onGo={(other) => go("baca", panel.panel, spot.contest, other)}
    />
  );
}
