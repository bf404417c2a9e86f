/**
 * The plenary desk's page, in Chromium and by its keyboard: from the key that agrees to a station until the next station has been
 * painted, and what it costs to open a kecamatan of the largest size there is in Bali. The hall behind it lives in memory, so
 * what is measured is the page; the desk's own program has its measurements elsewhere.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../e2e/browser.ts";
import { type FixtureDesk, REGION, startFixtureDesk } from "../e2e/desk-fixture.ts";
import { type Context, type Figure, median } from "./figure.ts";

const ROOT = join(import.meta.dirname, "..");
const VIEWPORT = { width: 1366, height: 768 };
/** Denpasar Barat: 11 desa, 551 stations, five contests. */
const LARGEST = { desa: 11, stationsPerDesa: 50, contests: 5, allAgree: true };

export async function prepare(): Promise<void> {
  const built = spawnSync(process.execPath, [join(ROOT, "scripts", "build-web.ts")], { stdio: "inherit" });
  if (built.status !== 0) throw new Error("the pages could not be built");
}

export async function run({ short }: Context): Promise<Figure[]> {
  const desk = await startFixtureDesk(LARGEST);
  const browser = await launchBrowser();
  try {
    const first = await opened(browser, desk);
    const stations = short ? 12 : 45;
    const ppwp = await read(browser, desk, "ppwp", stations);
    const dpr = await read(browser, desk, "dpr", stations);
    return [
      { what: "desk: first screen of 550 stations × 5 contests", value: first.seconds, unit: "s", atMost: 1 },
      { what: "desk: memory of the page (its heap) after reading on", value: dpr.megabytes, unit: "MB", atMost: 150 },
      ...figuresOf("presidential station", ppwp.times),
      ...figuresOf("station of DPR, 179 columns", dpr.times),
    ];
  } finally {
    await browser.close();
    await desk.close();
  }
}

function figuresOf(what: string, times: readonly number[]): Figure[] {
  return [
    { what: `desk: key → next station, ${what}, median`, value: median(times), unit: "ms", atMost: 150 },
    { what: `desk: key → next station, ${what}, slowest`, value: Math.max(...times), unit: "ms" },
  ];
}

/** A page that has the role already, as after signing in; its parts come from the browser's memory as on any second day. */
async function enter(browser: Browser, desk: FixtureDesk, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  await page.goto(`${desk.url}#/${REGION}${path}`);
  await page.getByRole("button", { name: "Operator", exact: true }).waitFor();
  return page;
}

/** Seconds from the click that lets somebody in to the first station on the screen. */
async function opened(browser: Browser, desk: FixtureDesk): Promise<{ seconds: number }> {
  const page = await enter(browser, desk, "/baca");
  const milliseconds = await page.evaluate<number>(CLICK_TO_STATION);
  await page.context().close();
  return { seconds: milliseconds / 1000 };
}

/** Agrees to station after station; milliseconds from each key to the frame that shows the next, by the page's own clock. */
async function read(browser: Browser, desk: FixtureDesk, contest: string, stations: number) {
  const page = await enter(browser, desk, `/baca/0/${contest}/${desk.hall.desa[0]?.code}001`);
  await page.getByRole("button", { name: "Operator", exact: true }).click();
  await page.locator(".station-head h1").waitFor();
  const times: number[] = [];
  for (let i = 0; i < stations; i++) {
    // What the person needs to read a station aloud is far longer than what it takes to fetch the next ones.
    await page.waitForLoadState("load");
    times.push(await page.evaluate<number>(KEY_TO_NEXT));
  }
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await page.context().close();
  return { times, megabytes: usedSize / 1e6 };
}

// ---------------------------------------------------------------- in the page, by its own clock

/** Resolves in the frame after the one in which the condition first holds: what it speaks of has been painted. */
const painted = (condition: string): string => `await new Promise((done) => {
  const look = () => ${condition} ? requestAnimationFrame(done) : requestAnimationFrame(look);
  look();
});`;

/** Clicks on the role, and waits for the first station. */
const CLICK_TO_STATION = `(async () => {
  const since = performance.now();
  [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Operator").click();
  ${painted('document.querySelector(".station-head h1")')}
  return performance.now() - since;
})()`;

/** Presses Enter, and waits for another heading. */
const KEY_TO_NEXT = `(async () => {
  const heading = () => document.querySelector(".station-head h1")?.textContent;
  const before = heading();
  const since = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  ${painted("heading() !== undefined && heading() !== before")}
  return performance.now() - since;
})()`;
