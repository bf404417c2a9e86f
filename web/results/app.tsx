/** The page as a whole: which election, which contest, which region, whether it was checked, and then the figures. */
import { useEffect, useRef } from "preact/hooks";
import { CONTEST_KINDS } from "../../src/election/codes.ts";
import type { Language } from "../ui/format.ts";
import { Speaking, useSpeech } from "../ui/language.tsx";
import { Books } from "./figures/books.tsx";
import { Held } from "./figures/notices.tsx";
import { Parts, Stations } from "./figures/parts.tsx";
import { editionWords, Seal } from "./figures/seal.tsx";
import { loadBelow, loadHalted, Soon } from "./figures/soon.tsx";
import { Later } from "./later.tsx";
import type { PageProps } from "./page-props.ts";
import { PAGES } from "./pages.ts";
import { type Route, routeTo, routeToPage } from "./route.ts";
import { useScrollRow } from "./scroll-row.ts";
import type { Screen } from "./session.ts";
import { Trouble } from "./trouble.tsx";
import { objectPath } from "./verify/files.ts";
import type { ResultObject } from "./verify/objects.ts";
import type { Reader, Snapshot } from "./verify/verify.ts";
import { CONTEST_WORDS, LEVEL_WORDS, WORDS } from "./words.ts";

interface Props {
  readonly screen: Screen;
  readonly reader: Reader;
  /** The page itself was published for a simulation; what the data say about it is added, never taken away. */
  readonly simulation: boolean;
  /** The page stays with the edition of this number; null: it follows the newest. */
  readonly fixed: number | null;
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

function Frame({ screen, reader, simulation, fixed, language, speak, refresh }: Props) {
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
        {fixed !== null && (
          <p class="preliminary">
            {speech.text(WORDS.fixed)}
            {speech.number(fixed)}.{" "}
            <a class="target" href={`./${location.hash}`}>
              {speech.text(WORDS.newest)}
            </a>
          </p>
        )}
        {trouble && (
          <Trouble
            fault={trouble}
            kept={snapshot !== null}
            again={refresh}
            age={snapshot === null ? undefined : editionWords(snapshot, speech)}
          />
        )}
        {newer && (
          <p role="status" class="newer">
            <button type="button" onClick={refresh}>
              {speech.text(WORDS.newer)}
            </button>
          </p>
        )}
        {snapshot === null && trouble === null && <p class="muted waiting">{speech.text(WORDS.waiting)}</p>}
        {snapshot && <Page snapshot={snapshot} route={routeOn(screen)} reader={reader} refresh={refresh} />}
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

/** The route as far as the verified state on the screen can follow it; while another is fetched the page stays. */
function routeOn({ snapshot, route }: Screen): Route {
  const shown = snapshot?.place;
  const region = shown == null ? "0" : shown.reported ? shown.object.region : shown.row.code;
  if (region === route.region && snapshot?.contest === route.contest) return route;
  return { contest: route.contest, region, station: null, page: null, ask: {} };
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
    <nav ref={useScrollRow(route.contest)} class="contests" aria-label={speech.text(WORDS.contests)}>
      {CONTEST_KINDS.filter((kind) => contests.includes(kind)).map((kind) => (
        <a key={kind} href={routeTo(kind, route.region)} aria-current={kind === route.contest ? "page" : undefined}>
          {speech.text(CONTEST_WORDS[kind].short)}
        </a>
      ))}
    </nav>
  );
}

const loadStation = async () => (await import("./station/station.tsx")).Station;
const loadScans = async () => (await import("./papers/scans.tsx")).Scans;

function Page(props: PageProps) {
  const { snapshot, route, reader, refresh } = props;
  const speech = useSpeech();
  const heading = useRef<HTMLHeadingElement>(null);
  const { place } = snapshot;
  const object = place?.reported ? place.object : null;
  const row = object?.stations?.find(({ n }) => n === route.station) ?? null;
  const page = PAGES[route.page ?? ""];
  const where = `${snapshot.contest}/${route.region}/${row?.n}/${page === undefined ? "" : route.page}`;
  const shown = useRef(where);
  useEffect(() => {
    // Only when the reader went somewhere: whoever cannot see the page change hears its new title.
    if (shown.current !== where) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    shown.current = where;
  }, [where]);
  const region = place === null ? speech.text(WORDS.national) : place.reported ? place.object.name : place.row.name;
  const name = row === null ? region : `${speech.text(WORDS.station)} ${row.n}`;
  const title = page === undefined ? name : speech.text(page.title);
  useEffect(() => {
    document.title = `${title}${page === undefined ? "" : ` · ${name}`} · ${speech.text(snapshot.status.title)} · Teguh`;
  }, [title, name, page, speech, snapshot]);
  const above = [...(row === null ? [] : [region]), ...(page === undefined ? [] : [name])].reverse();
  return (
    <>
      <Path snapshot={snapshot} inside={row !== null || page !== undefined} />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="muted">{subtitle(snapshot, object, above, speech)}</p>
      <Menu route={route} station={row?.n} simulation={snapshot.status.simulation} />
      <Seal snapshot={snapshot} />
      {object === null && <p class="panel">{speech.text(WORDS.noneYet)}</p>}
      {page !== undefined && <Later name={route.page ?? ""} load={page.load} props={props} />}
      {page === undefined && object && row && (
        <Later
          name="station"
          load={loadStation}
          props={{ key: row.n, reader, snapshot, desa: object, row, again: refresh }}
        />
      )}
      {page === undefined && object && !row && <Region object={object} snapshot={snapshot} reader={reader} />}
    </>
  );
}

/** The pages about this region, its results first; of a simulation its story too. */
function Menu({ route, station, simulation }: { route: Route; station: string | undefined; simulation: boolean }) {
  const speech = useSpeech();
  const { contest, region, page } = route;
  const link = (address: string, isHere: boolean, words: string) => (
    <a key={address} href={address} aria-current={isHere ? "page" : undefined}>
      {words}
    </a>
  );
  const here = page !== null && page in PAGES ? page : null;
  return (
    <nav ref={useScrollRow(here ?? "")} class="menu" aria-label={speech.text(WORDS.pages)}>
      {link(routeTo(contest, region, station), here === null, speech.text(WORDS.results))}
      {Object.entries(PAGES)
        .filter(([, { inMenu }]) => inMenu || (simulation && region === "0"))
        .map(([word, { short }]) =>
          link(routeToPage(contest, region, word, {}, station), here === word, speech.text(short)),
        )}
    </nav>
  );
}

function subtitle(
  snapshot: Snapshot,
  object: ResultObject | null,
  above: readonly string[],
  speech: ReturnType<typeof useSpeech>,
): string {
  const contest = CONTEST_KINDS.find((kind) => kind === snapshot.contest);
  const words = contest === undefined ? snapshot.contest : speech.text(CONTEST_WORDS[contest].long);
  const level = LEVEL_WORDS[object?.level ?? ""];
  const places = above.length > 0 ? above : level === undefined ? [] : [speech.text(level)];
  return [...places, words].join(" · ");
}

/** Where the page lies: the regions above it, and on a page about a region that region too. */
function Path({ snapshot, inside }: { snapshot: Snapshot; inside: boolean }) {
  const speech = useSpeech();
  const above = inside || snapshot.place?.reported === false ? snapshot.path : snapshot.path.slice(0, -1);
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

/** Whether a plenary here rests or is halted: the region's own, or one of a region within it. */
const isHalted = ({ sittings }: ResultObject) => "halted" in sittings || "paused" in sittings;

function Region({ object, snapshot, reader }: { object: ResultObject; snapshot: Snapshot; reader: Reader }) {
  const speech = useSpeech();
  const { names } = snapshot;
  return (
    <>
      <p class="preliminary">{speech.text(WORDS.preliminary)}</p>
      {isHalted(object) && (
        <Soon load={loadHalted} props={{ object, snapshot, reader }}>
          <div class="notice held halt" />
        </Soon>
      )}
      <Books object={object} names={names} />
      <Held object={object} names={names} />
      {object.stations === null ? (
        <Parts key={object.region} object={object} snapshot={snapshot} reader={reader} />
      ) : (
        <Stations object={object} />
      )}
      {object.status === "certified" && object.stations === null && (
        <Soon key={object.region} load={loadScans} props={{ object, snapshot, reader }} />
      )}
      <Soon load={loadBelow} props={{ object, snapshot, reader }} />
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
