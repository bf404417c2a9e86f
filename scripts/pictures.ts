// Takes the pictures of the README from a running election (the demonstration: `npm start` in another terminal), so that
// they can be taken again whenever the page changes:
//
//   node scripts/pictures.ts http://localhost:8080 http://localhost:8082 [route, e.g. "#/ppwp/51"]
//
// They are kept below 200 KB each: a repository carries its pictures for ever.
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { WelcomeView } from "../src/recap/wire/people.ts";
import { ensureChromium } from "./chromium.mjs";

const FOLDER = join(import.meta.dirname, "../docs/img");

const PICTURES = [
  { name: "results-phone", viewport: { width: 360, height: 1130 }, deviceScaleFactor: 1.5 },
  { name: "results-desktop", viewport: { width: 1200, height: 960 }, deviceScaleFactor: 1 },
] as const;

const [url, desk, route = "#/ppwp/51"] = process.argv.slice(2);
if (url === undefined || desk === undefined) throw new TypeError("usage: node scripts/pictures.ts URL DESK [ROUTE]");

/** The kecamatan whose plenary is left to visitors. */
async function visitorsHall(): Promise<string> {
  const { halls } = (await (await fetch(new URL("/api/welcome", desk))).json()) as WelcomeView;
  const hall = halls.find(({ level, tryRoles }) => level === "kecamatan" && (tryRoles?.length ?? 0) > 0);
  if (hall === undefined) throw new Error("this desk leaves no kecamatan to visitors");
  return hall.code;
}

const browser = await chromium.launch({
  executablePath: ensureChromium(),
  // Chromium refuses to sandbox for root, which is who runs it in a bare container.
  chromiumSandbox: process.getuid?.() !== 0,
  args: ["--disable-dev-shm-usage"],
});
try {
  for (const { name, viewport, deviceScaleFactor } of PICTURES) {
    const page = await browser.newPage({ viewport, deviceScaleFactor, colorScheme: "light" });
    await page.goto(new URL(route, url).href);
    // The mark is there once everything on the screen has been verified.
    await page.locator(".seal").first().waitFor();
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    await page.close();
  }
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, colorScheme: "light" });
  await page.goto(new URL(`#/${await visitorsHall()}/baca/0`, desk).href);
  await page.getByRole("button", { name: "Operator", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: /^TPS/ }).waitFor();
  await page.screenshot({ path: join(FOLDER, "desk.png") });
} finally {
  await browser.close();
}
