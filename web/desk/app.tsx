/** The whole page: the mark of a simulation, the language, and the hall that the address names. */
import { useEffect, useState } from "preact/hooks";
import { NOT_PAIRED, pairingIn, SIMULATION } from "../../src/recap/wire/network.ts";
import type { WelcomeView } from "../../src/recap/wire/people.ts";
import type { Language } from "../ui/format.ts";
import { Speaking, useSpeech } from "../ui/language.tsx";
import { pageNamed } from "./pages.ts";
import { SetUp } from "./people/set-up.tsx";
import { type Api, ApiFault } from "./shell/api.ts";
import { Hall } from "./shell/hall.tsx";
import { parseRoute, routeTo } from "./shell/route.ts";
import { hallTitle, SHELL_WORDS as WORDS } from "./shell/words.ts";
import { PairDevice } from "./sync/pair-device.tsx";

const LANGUAGE_KEY = "teguh:language";
/** How often to look whether the program is there, in milliseconds. */
const LOOK = 3000;

function rememberedLanguage(): Language {
  try {
    return localStorage.getItem(LANGUAGE_KEY) === "en" ? "en" : "id";
  } catch {
    return "id";
  }
}

export function App({ api }: { api: Api }) {
  const [language, setLanguage] = useState<Language>(rememberedLanguage);
  const speak = (chosen: Language) => {
    setLanguage(chosen);
    try {
      localStorage.setItem(LANGUAGE_KEY, chosen);
    } catch {
      // Storage is refused: the choice holds for this visit.
    }
  };
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <Speaking language={language}>
      <Desk api={api} language={language} speak={speak} />
    </Speaking>
  );
}

interface Props {
  readonly api: Api;
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

function Desk({ api, language, speak }: Props) {
  const speech = useSpeech();
  const [hash, setHash] = useState(location.hash);
  const { welcome, fault, again } = useWelcome(api);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const way = pairingIn(hash);
  const isIn = welcome !== null;
  useEffect(() => {
    // The code is used up, and would only mislead whoever copies the address.
    if (isIn && way !== null) location.replace(way.next || "#/");
  }, [isIn, way]);
  const route = parseRoute(hash);
  const isStranger = !isIn && fault?.code === NOT_PAIRED;
  return (
    <>
      <section class="strip no-print" aria-label={speech.text(WORDS.desk)}>
        <button type="button" class="skip" onClick={() => document.getElementById("isi")?.focus()}>
          {speech.text(WORDS.skip)}
        </button>
        <p class="mark">
          <strong>Teguh</strong> {speech.text(WORDS.desk)}
        </p>
        {(welcome?.simulation || fault?.reason === SIMULATION) && (
          <p class="simulation">
            <strong>{speech.text(WORDS.simulation)}</strong> <span>{speech.text(WORDS.simulationLong)}</span>{" "}
            {/* A demonstration alone lets itself be attacked, and a wall has nothing to press. */}
            {welcome?.tryRoles && !pageNamed(route.page)?.bare && (
              <a href={`status?lang=${language}`}>{speech.text(WORDS.servers)}</a>
            )}
          </p>
        )}
        <Languages language={language} speak={speak} />
      </section>
      {isStranger && <PairDevice api={api} hash={hash} onDone={again} />}
      {!isIn && !isStranger && (
        <main id="isi" class="narrow" tabIndex={-1}>
          <p role="status">{speech.text(fault?.words ?? WORDS.loading)}</p>
        </main>
      )}
      {welcome?.needsSetup && <SetUp api={api} welcome={welcome} onDone={again} />}
      {welcome !== null && !welcome.needsSetup && route.region === null && way === null && <Halls welcome={welcome} />}
      {welcome !== null && !welcome.needsSetup && route.region !== null && (
        <Hall key={route.region} api={api} welcome={welcome} region={route.region} route={route} />
      )}
    </>
  );
}

/** What the program says of itself, asked for until it answers. */
function useWelcome(api: Api) {
  const [welcome, setWelcome] = useState<WelcomeView | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let timer = 0;
    api.welcome().then(
      (view) => {
        setWelcome(view);
        setFault(null);
      },
      (problem: unknown) => {
        if (!(problem instanceof ApiFault)) throw problem;
        setFault(problem);
        timer = window.setTimeout(() => setTries((count) => count + 1), LOOK);
      },
    );
    return () => clearTimeout(timer);
  }, [api, tries]);
  return { welcome, fault, again: () => setTries((count) => count + 1) };
}

function Languages({ language, speak }: Omit<Props, "api">) {
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

/** The first screen: which plenary. One that is alone is gone to at once; of many, those come first in which roles can be tried. */
function Halls({ welcome }: { welcome: WelcomeView }) {
  const speech = useSpeech();
  const [typed, setTyped] = useState("");
  const { halls } = welcome;
  const only = halls.length === 1 ? halls[0] : undefined;
  useEffect(() => {
    if (only !== undefined) location.replace(routeTo(only.code));
  }, [only]);
  const wanted = typed.trim().toLowerCase();
  const fits = (hall: HallEntry) =>
    [hall.name, hall.code, ...hall.above].some((text) => text.toLowerCase().includes(wanted));
  const open = halls.filter(({ tryRoles }) => tryRoles.length > 0);
  return (
    <main id="isi" class="narrow" tabIndex={-1}>
      <h1>{speech.text(welcome.title)}</h1>
      {open.length > 0 && open.length < halls.length && (
        <section>
          <h2>{speech.text(WORDS.tryHalls)}</h2>
          <HallList halls={open.toReversed()} />
        </section>
      )}
      <h2>{speech.text(WORDS.halls)}</h2>
      {halls.length === 0 && <p>{speech.text(WORDS.noHalls)}</p>}
      {halls.length > MANY && (
        <div class="field">
          <label for="hall-filter">{speech.text(WORDS.findHall)}</label>
          <input id="hall-filter" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        </div>
      )}
      <HallList halls={halls.filter(fits)} />
    </main>
  );
}

type HallEntry = WelcomeView["halls"][number];

/** From so many halls on the list is narrowed by typing. */
const MANY = 8;

function HallList({ halls }: { halls: readonly HallEntry[] }) {
  const speech = useSpeech();
  return (
    <ul class="halls">
      {halls.map(({ code, name, level, above }) => (
        <li key={code}>
          <a href={routeTo(code)}>
            <strong>{speech.text(hallTitle({ level, name }))}</strong>
            <span class="muted small">{above.toReversed().join(", ")}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
