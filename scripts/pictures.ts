// Takes the pictures of the README from a running election (the demonstration: `npm start` in another terminal), so that
// they can be taken again whenever the page changes:
//
//   node scripts/pictures.ts http://localhost:8080 [route, e.g. "#/ppwp/51"]
//
// They are kept below 200 KB each: a repository carries its pictures for ever.
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ensureChromium } from "./chromium.mjs";

const FOLDER = join(import.meta.dirname, "../docs/img");

const PICTURES = [
  { name: "results-phone", viewport: { width: 360, height: 1130 }, deviceScaleFactor: 1.5 },
  { name: "results-desktop", viewport: { width: 1200, height: 960 }, deviceScaleFactor: 1 },
] as const;

const [url, route = "#/ppwp/51"] = process.argv.slice(2);
if (url === undefined) throw new TypeError("usage: node scripts/pictures.ts URL [ROUTE]");

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
} finally {
  await browser.close();
}
