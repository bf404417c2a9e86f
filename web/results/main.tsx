/** Starts the page: the address decides what is shown, the reader's choices are remembered, and every 20 seconds it looks for newer data. */
import { render } from "preact";
import "../ui/tokens.css";
import "../ui/base.css";
import "./frame.css";
import "./notices.css";
import "./figures/figures.css";
import { utf8 } from "../../src/ledger/bytes.ts";
import type { Language } from "../ui/format.ts";
import { App } from "./app.tsx";
import { fixedEdition, parseRoute } from "./route.ts";
import { Session } from "./session.ts";
import { httpFetch } from "./verify/files.ts";
import { lastingMemory } from "./verify/memory.ts";
import { decodeStatus } from "./verify/status.ts";
import { Reader } from "./verify/verify.ts";
import { learnEnglish } from "./words.ts";

/** How often the page looks for newer data, in milliseconds; it fetches one small signed file. */
const LOOK = 20_000;

const base = new URL("./", location.href).href;
/** What the page was told when it was published; empty where it was not. */
const told = document.querySelector<HTMLMetaElement>('meta[name="teguh-site"]')?.content;
const status = told ? decodeStatus(utf8(told)) : null;
const reader = new Reader({
  fetch: httpFetch(base),
  memory: (simulation) => lastingMemory(() => localStorage, `teguh:${base}${simulation}`),
  status,
});

const simulation = status?.simulation ?? false;
// A demonstration opens on its story; an election on its results.
if (simulation && location.hash === "") history.replaceState(null, "", "#/dpd/cerita");

const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no element #app");

let language: Language = readLanguage();
const fixed = fixedEdition(location.search);
const session = new Session(reader, parseRoute(location.hash), Date.now, draw, fixed);

function readLanguage(): Language {
  try {
    return localStorage.getItem("teguh:language") === "en" ? "en" : "id";
  } catch {
    return "id";
  }
}

/** English comes with a file of its own; without it the page goes on in Indonesian. */
async function learn(chosen: Language): Promise<void> {
  if (chosen !== "en") return;
  try {
    const { WORDS_EN, FAULTS_EN } = await import("./words-en.ts");
    learnEnglish(WORDS_EN, FAULTS_EN);
  } catch {
    language = "id";
  }
  draw();
}

function speak(chosen: Language): void {
  language = chosen;
  void learn(chosen);
  try {
    localStorage.setItem("teguh:language", chosen);
  } catch {
    // Storage is refused: the choice holds for this visit.
  }
  draw();
}

function draw(): void {
  document.documentElement.lang = language;
  const refresh = () => void session.refresh();
  const props = { screen: session.screen, reader, simulation, fixed, language, speak, refresh };
  if (root) render(<App {...props} />, root);
}

draw();
void learn(language);
void session.refresh();
addEventListener("hashchange", () => void session.go(parseRoute(location.hash)));
const look = () => document.visibilityState === "visible" && void session.poll();
setInterval(look, LOOK);
document.addEventListener("visibilitychange", look);
