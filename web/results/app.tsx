/** The page as a whole: which election, which contest, which region, whether it was checked, and then the figures. */
import { useEffect, useRef } from "preact/hooks";
import { CONTEST_KINDS } from "../../src/election/codes.ts";
import type { Language } from "../ui/format.ts";
import { Speaking, useSpeech } from "../ui/language.tsx";
import { Books } from "./figures/books.tsx";
import { Flags, Held } from "./figures/notices.tsx";
import { Children, Stations } from "./figures/parts.tsx";
import { Seal } from "./figures/seal.tsx";
import { type Route, routeTo } from "./route.ts";
import type { Screen } from "./session.ts";
import { StationLater } from "./station/station-later.tsx";
import { Trouble } from "./trouble.tsx";
import type { ResultObject } from "./verify/objects.ts";
import { objectPath, type Reader, type Snapshot } from "./verify/verify.ts";
import { CONTEST_WORDS, LEVEL_WORDS, WORDS } from "./words.ts";

interface Props {
  readonly screen: Screen;
  readonly reader: Reader;
  /** The page itself was published for a simulation; what the data say about it is added, never taken away. */
  readonly simulation: boolean;
  readonly language: Language;
  readonly speak: (language: Language) => void;
  readonly refresh: () => void;
}

export function App(props: Props) {
  return (
    <Speaking language={props.language}>
      <Frame {...props} />
    </Speaking>
  );
}

function Frame({ screen, reader, simulation, language, speak, refresh }: Props) {
  const speech = useSpeech();
  const { snapshot, trouble, newer } = screen;
  return (
    <>
      <header>
        <button type="button" class="skip" onClick={skipToContent}>
          {speech.text(WORDS.skip)}
        </button>
        {(simulation || snapshot?.status.simulation) && <p class="simulation">{speech.text(WORDS.simulation)}</p>}
        <div class="top">
          <p class="mark">
            <span>Teguh</span>
            {snapshot && <span class="muted"> {speech.text(snapshot.status.title)}</span>}
          </p>
          <Languages language={language} speak={speak} />
        </div>
      </header>
      {snapshot && <Contests route={screen.route} contests={snapshot.status.contests} />}
      <main id="isi" tabIndex={-1} aria-busy={screen.busy}>
        {trouble && <Trouble fault={trouble} kept={snapshot !== null} again={refresh} />}
        {newer && (
          <p role="status" class="newer">
            <button type="button" onClick={refresh}>
              {speech.text(WORDS.newer)}
            </button>
          </p>
        )}
        {snapshot === null && trouble === null && <p class="muted waiting">{speech.text(WORDS.waiting)}</p>}
        {snapshot && <Page snapshot={snapshot} station={stationOf(screen)} reader={reader} refresh={refresh} />}
      </main>
      <footer class="small muted">
        <p>{speech.text(WORDS.about)}</p>
        {snapshot && <ObjectLink snapshot={snapshot} />}
      </footer>
    </>
  );
}

/** A button and no link: the hash is the page's address and must not change. */
function skipToContent(): void {
  document.getElementById("isi")?.focus();
}

/** The route's station once the verified state is that of its desa. */
function stationOf({ snapshot, route }: Screen): string | null {
  const shown = snapshot?.path.at(-1);
  return shown?.region === route.region && shown.contest === route.contest ? route.station : null;
}

function Languages({ language, speak }: Pick<Props, "language" | "speak">) {
  const speech = useSpeech();
  const names: readonly [Language, string][] = [
    ["id", "Indonesia"],
    ["en", "English"],
  ];
  return (
    <fieldset class="languages">
      <legend class="unseen">{speech.text(WORDS.languages)}</legend>
      {names.map(([code, name]) => (
        <button key={code} type="button" lang={code} aria-pressed={language === code} onClick={() => speak(code)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}

function Contests({ route, contests }: { route: Route; contests: readonly string[] }) {
  const speech = useSpeech();
  return (
    <nav class="contests" aria-label={speech.text(WORDS.contests)}>
      {CONTEST_KINDS.filter((kind) => contests.includes(kind)).map((kind) => (
        <a key={kind} href={routeTo(kind, route.region)} aria-current={kind === route.contest ? "page" : undefined}>
          {speech.text(CONTEST_WORDS[kind].short)}
        </a>
      ))}
    </nav>
  );
}

interface PageProps {
  readonly snapshot: Snapshot;
  readonly station: string | null;
  readonly reader: Reader;
  readonly refresh: () => void;
}

function Page({ snapshot, station, reader, refresh }: PageProps) {
  const speech = useSpeech();
  const heading = useRef<HTMLHeadingElement>(null);
  const { place } = snapshot;
  const object = place?.reported ? place.object : null;
  const row = object?.stations?.find(({ n }) => n === station) ?? null;
  const region = place === null ? "0" : place.reported ? place.object.region : place.row.code;
  const where = `${snapshot.contest}/${region}/${station}`;
  const shown = useRef(where);
  useEffect(() => {
    // Only when the reader went somewhere: whoever cannot see the page change hears its new title.
    if (shown.current !== where) heading.current?.focus({ preventScroll: false });
    shown.current = where;
  }, [where]);
  const name = place === null ? speech.text(WORDS.national) : place.reported ? place.object.name : place.row.name;
  const title = row === null ? name : `${speech.text(WORDS.station)} ${row.n}`;
  useEffect(() => {
    document.title = `${title} · ${speech.text(snapshot.status.title)} · Teguh`;
  }, [title, speech, snapshot]);
  return (
    <>
      <Path snapshot={snapshot} station={row !== null} />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="muted">{subtitle(snapshot, object, row !== null ? name : null, speech)}</p>
      <Seal snapshot={snapshot} />
      <p class="preliminary">{speech.text(WORDS.preliminary)}</p>
      {object === null && <p class="panel">{speech.text(WORDS.noneYet)}</p>}
      {object && row && (
        <StationLater key={row.n} reader={reader} snapshot={snapshot} desa={object} row={row} again={refresh} />
      )}
      {object && !row && <Region object={object} snapshot={snapshot} />}
    </>
  );
}

function subtitle(
  snapshot: Snapshot,
  object: ResultObject | null,
  desa: string | null,
  speech: ReturnType<typeof useSpeech>,
): string {
  const contest = CONTEST_KINDS.find((kind) => kind === snapshot.contest);
  const words = contest === undefined ? snapshot.contest : speech.text(CONTEST_WORDS[contest].long);
  const level = LEVEL_WORDS[object?.level ?? ""];
  const place = desa ?? (level === undefined ? "" : speech.text(level));
  return place === "" ? words : `${place} · ${words}`;
}

function Path({ snapshot, station }: { snapshot: Snapshot; station: boolean }) {
  const speech = useSpeech();
  const above = station
    ? snapshot.path
    : snapshot.place?.reported === false
      ? snapshot.path
      : snapshot.path.slice(0, -1);
  if (above.length === 0) return null;
  return (
    <nav class="path" aria-label={speech.text(WORDS.path)}>
      <ol>
        {above.map(({ region, name, level }) => (
          <li key={region}>
            <a href={routeTo(snapshot.contest, region)}>{level === "nation" ? speech.text(WORDS.national) : name}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Region({ object, snapshot }: { object: ResultObject; snapshot: Snapshot }) {
  return (
    <>
      <Books object={object} names={snapshot.names} />
      <Held object={object} names={snapshot.names} />
      {object.stations === null ? <Children object={object} names={snapshot.names} /> : <Stations object={object} />}
      <Flags object={object} />
    </>
  );
}

/** The verified bytes themselves, for whoever wants to look. */
function ObjectLink({ snapshot }: { snapshot: Snapshot }) {
  const speech = useSpeech();
  const parent = snapshot.path.at(-2);
  const shown = snapshot.path.at(-1);
  const hash =
    parent === undefined
      ? snapshot.edition.results.get(snapshot.contest)
      : parent.children.find(({ code }) => code === shown?.region)?.hash;
  if (hash === undefined || hash === null) return null;
  return (
    <p>
      <a href={objectPath(hash)}>{speech.text(WORDS.openObject)}</a>
    </p>
  );
}
