// Takes the pictures of the README from a running election (the demonstration: `npm start` in another terminal, once votes have
// been corrected and phones have sent their photographs), so that they can be taken again whenever the pages change:
//
//   node scripts/pictures.ts http://localhost:8080 http://localhost:8082 [route, e.g. "#/ppwp/51"]
//
// In the visitor's hall it opens the plenary, if nobody has. The pictures are kept below 200 KB each: a repository carries them
// for ever.
import { join } from "node:path";
import { type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { WelcomeView } from "../src/recap/wire/people.ts";
import { ensureChromium } from "./chromium.mjs";

const FOLDER = join(import.meta.dirname, "../docs/img");
const PHONE = { viewport: { width: 360, height: 1130 }, deviceScaleFactor: 1.5, colorScheme: "light" } as const;
const DESK = { viewport: { width: 1200, height: 960 }, colorScheme: "light" } as const;
const TALL = { viewport: { width: 1000, height: 1340 }, deviceScaleFactor: 1.25, colorScheme: "light" } as const;
const LAPTOP = { viewport: { width: 1366, height: 768 }, colorScheme: "light" } as const;

const [url, desk, route = "#/ppwp/51"] = process.argv.slice(2);
if (url === undefined || desk === undefined) throw new TypeError("usage: node scripts/pictures.ts URL DESK [ROUTE]");

const keep = (page: Page, name: string) => page.screenshot({ path: join(FOLDER, `${name}.png`) });

/** Opens a page of the site. The mark is there once everything on the screen has been verified. */
async function site(options: BrowserContextOptions, hash: string): Promise<Page> {
  const page = await browser.newPage(options);
  await page.goto(new URL(hash, url).href);
  await page.locator(".seal").first().waitFor();
  return page;
}

/** The account of the votes that the story is about, and one of its changes as a card. */
async function account(): Promise<void> {
  const page = await site(TALL, "#/ppwp/cerita");
  await page.locator(".step-link").first().click();
  await page.locator(".postings li").first().waitFor();
  await keep(page, "account");
  await page.locator(".posting summary").first().click();
  await page.getByRole("button", { name: "Kartu Perubahan" }).click();
  const card = page.locator(".card img");
  await card.scrollIntoViewIfNeeded();
  await card.screenshot({ path: join(FOLDER, "kartu.png") });
  await page.close();
}

/** The kecamatan whose plenary is left to visitors. */
async function visitorsHall(): Promise<string> {
  const { halls } = (await (await fetch(new URL("/api/welcome", desk))).json()) as WelcomeView;
  const hall = halls.find(({ level, tryRoles }) => level === "kecamatan" && (tryRoles?.length ?? 0) > 0);
  if (hall === undefined) throw new Error("this desk leaves no kecamatan to visitors");
  return hall.code;
}

/** A station as it is read aloud, beside its photograph. */
async function reading(): Promise<void> {
  const hall = await visitorsHall();
  const page = await browser.newPage(LAPTOP);
  await page.goto(new URL(`#/${hall}`, desk).href);
  await page.getByRole("button", { name: "Ketua", exact: true }).click();
  const isOpen = page.getByText(/^Rapat dibuka/);
  const open = page.getByRole("button", { name: "Buka rapat" });
  await isOpen.or(open).first().waitFor();
  if (await open.isVisible()) await open.click();
  await isOpen.first().waitFor();
  await page.getByRole("button", { name: "Keluar" }).click();
  await page.getByRole("button", { name: "Operator", exact: true }).click();
  await page.goto(new URL(`#/${hall}/baca/0`, desk).href);
  await page.getByRole("heading", { level: 1, name: /^TPS/ }).waitFor();
  await page.locator(".reading-body img").first().waitFor();
  await page.waitForLoadState("networkidle");
  // A photograph takes three times as much as PNG.
  await page.screenshot({ path: join(FOLDER, "desk.jpg"), type: "jpeg", quality: 78 });
}

const browser = await chromium.launch({
  executablePath: ensureChromium(),
  // Chromium refuses to sandbox for root, which is who runs it in a bare container.
  chromiumSandbox: process.getuid?.() !== 0,
  args: ["--disable-dev-shm-usage"],
});
try {
  await keep(await site(PHONE, route), "results-phone");
  await keep(await site(DESK, route), "results-desktop");
  await account();
  await reading();
} finally {
  await browser.close();
}
