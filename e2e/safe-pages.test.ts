/**
 * What a laptop's desk shows of its own safety, in a browser: on every page that its stick was pulled, and since when; on the page of
 * connections its copy, and what to do about a clock that is years off.
 */
import assert from "node:assert/strict";
import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { LAPTOP, signIn } from "./desk-page.ts";
import { lookEverywhere } from "./every-page.ts";
import { Halls, KEC } from "./hall-fixture.ts";
import type { Program } from "./program.ts";

/** What does not come in so long does not come, in milliseconds. */
const PATIENCE = 60_000;
const CLOCK = pathToFileURL(join(import.meta.dirname, "wrong-clock.mjs")).href;

let halls: Halls;
let hall: Program;
let stick: string;
let browser: Browser;
const errors: string[] = [];

before(async () => {
  halls = await Halls.open();
  stick = halls.folder("stick");
  mkdirSync(stick);
  hall = halls.laptop("hall", true, ["--copy", stick]);
  await halls.handOver(hall);
  browser = await launchBrowser([]);
});
after(async () => {
  await browser?.close();
  await halls?.close();
});

async function sit(name: string, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: LAPTOP });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => errors.push(`${name}: ${error.message}`));
  await page.goto(`${await hall.address("desk")}#/${KEC}${path}`);
  await signIn(page, halls.official(name));
  await page.getByText(name, { exact: true }).waitFor();
  return page;
}

test("a stick that is pulled is told on every page, with since when, until it is back", async () => {
  const page = await sit("Ayu Ketua", "/sambungan");
  await page.getByText("Salinan lengkap").waitFor();
  await lookEverywhere(page, "salinan");
  const warning = page.getByRole("status", { name: "Yang perlu ditangani" });
  await warning.getByText("Salinan ada di disk yang sama", { exact: false }).waitFor();
  renameSync(stick, `${stick}-pulled`);
  await warning.getByText("Stik atau disk salinan tidak ada di tempatnya", { exact: false }).waitFor();
  await warning.getByText("Sejak", { exact: false }).waitFor();
  await page.getByText("Salinan terhenti").waitFor();
  await lookEverywhere(page, "salinan-terhenti");
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${KEC}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await warning.waitFor();
  await lookEverywhere(page, "rapat-tanpa-salinan");
  renameSync(`${stick}-pulled`, stick);
  await warning.getByText("tidak ada di tempatnya", { exact: false }).waitFor({ state: "detached" });
  await page.context().close();
});

test("a clock that is years off is told before anything is stated, and the chair decides to go on", async () => {
  await hall.stop();
  halls.link.cut();
  hall = halls.laptop("hall", false, [], { NODE_OPTIONS: `--import=${CLOCK}`, TEGUH_CLOCK_OFF: "94608000000" });
  const page = await sit("Ayu Ketua", "/sambungan");
  await page.getByRole("heading", { name: "Jam laptop ini" }).waitFor();
  await lookEverywhere(page, "jam");
  await page.getByRole("button", { name: "Jam dibiarkan, rapat diteruskan" }).click();
  await page.getByText("Rapat diteruskan dengan jam ini.", { exact: false }).waitFor();
  await page.context().close();
});

test("no page has failed", () => assert.deepEqual(errors, []));
