/** The whole page: the mark of a simulation, the language, and the hall that the address names. */
import { useEffect, useState } from "preact/hooks";
import type { WelcomeView } from "../../src/recap/wire/people.ts";
import type { Language } from "../ui/format.ts";
import { Speaking, useSpeech } from "../ui/language.tsx";
import { SetUp } from "./people/set-up.tsx";
import { type Api, ApiFault } from "./shell/api.ts";
import { Hall } from "./shell/hall.tsx";
import { parseRoute, routeTo } from "./shell/route.ts";
import { LEVEL_WORDS, SHELL_WORDS as WORDS } from "./shell/words.ts";

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
  const route = parseRoute(hash);
  return (
    <>
      <section class="strip no-print" aria-label={speech.text(WORDS.desk)}>
        <button type="button" class="skip" onClick={() => document.getElementById("isi")?.focus()}>
          {speech.text(WORDS.skip)}
        </button>
        <p class="mark">
          <strong>Teguh</strong> {speech.text(WORDS.desk)}
        </p>
        {welcome?.simulation && (
          <p class="simulation">
            <strong>{speech.text(WORDS.simulation)}</strong> <span>{speech.text(WORDS.simulationLong)}</span>
          </p>
        )}
        <Languages language={language} speak={speak} />
      </section>
      {welcome === null && (
        <main id="isi" class="narrow" tabIndex={-1}>
          <p role="status">{speech.text(fault?.words ?? WORDS.loading)}</p>
        </main>
      )}
      {welcome?.needsSetup && <SetUp api={api} welcome={welcome} onDone={again} />}
      {welcome !== null && !welcome.needsSetup && route.region === null && <Halls welcome={welcome} />}
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

/** The first screen: which plenary. One that is alone is gone to at once. */
function Halls({ welcome }: { welcome: WelcomeView }) {
  const speech = useSpeech();
  const [only, ...others] = welcome.halls;
  useEffect(() => {
    if (only !== undefined && others.length === 0) location.replace(routeTo(only.code));
  }, [only, others.length]);
  return (
    <main id="isi" class="narrow" tabIndex={-1}>
      <h1>{speech.text(welcome.title)}</h1>
      <h2>{speech.text(WORDS.halls)}</h2>
      {only === undefined && <p>{speech.text(WORDS.noHalls)}</p>}
      <ul class="halls">
        {welcome.halls.map(({ code, name, level, above }) => (
          <li key={code}>
            <a href={routeTo(code)}>
              <strong>{name}</strong>
              <span class="muted">
                {[LEVEL_WORDS[level] === undefined ? level : speech.text(LEVEL_WORDS[level]), ...above].join(" · ")}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </main>
  );
}
