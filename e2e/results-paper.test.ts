/**
 * What a phone's camera finds on a paper: the code is read back out of the printed PDF and opened in a browser, and the public page
 * says whether that paper was made from the log that is published.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { RegionCode } from "../src/election/codes.ts";
import { Hall } from "../src/recap/hall.ts";
import { readPdf } from "../src/recap/testing/read-pdf.ts";
import { readQr } from "../src/recap/testing/read-qr.ts";
import { launchBrowser } from "./browser.ts";
import { excess, violations } from "./every-page.ts";
import { type PublishedSite, publishedSite } from "./published-site.ts";
import { WIDTHS } from "./results-page-site.ts";

const KEC = "510101" as RegionCode;
/** Where pictures of what was tried go, if anybody wants to look at them. */
const PICTURES = process.env.TEGUH_PICTURES;

let browser: Browser;
let site: PublishedSite;
let code: string;

before(async () => {
  browser = await launchBrowser();
  site = await publishedSite();
  const { store, world } = site.office;
  const hall = await Hall.open({ store, definition: world.definition, region: KEC, site: site.url });
  const pdf = await hall.certificatePdf("ppwp", "0");
  const [page] = await readPdf(pdf ?? assert.fail("a draft can be printed"));
  code = readQr(page?.code ?? assert.fail("a paper has a code"));
  await hall.close();
});

after(async () => {
  await browser?.close();
  site?.close();
});

async function open(url: string, width: number = WIDTHS.desk, colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  await page.goto(url);
  await page.locator(".printed").waitFor();
  return page;
}

test("the code of a paper opens its region, and the page finds the published log the same", async () => {
  const page = await open(code);
  const answer = page.locator(".printed");
  await answer.getByRole("heading", { name: "Cocok dengan catatan yang diumumkan" }).waitFor();
  assert.match((await answer.textContent()) ?? "", /log\/pleno\/510101/);
  await page.getByRole("link", { name: "Lihat hasil wilayah ini" }).click();
  await page.waitForURL(/#\/ppwp\/51\/5101\/510101$/);
  await page
    .getByRole("heading", { name: /510101/ })
    .first()
    .waitFor();
  await page.close();
});

test("a code with another root, or of a later state, is told apart", async () => {
  const forged = await open(code.replace(/root=.*/, `root=${"ab".repeat(32)}`));
  await forged.getByRole("heading", { name: "Tidak cocok dengan catatan yang diumumkan" }).waitFor();
  await forged.close();
  const later = await open(code.replace(/size=\d+/, "size=99999"));
  await later.getByRole("heading", { name: "Lembar ini lebih baru daripada data di layar" }).waitFor();
  await later.close();
});

for (const [device, width] of Object.entries(WIDTHS)) {
  for (const scheme of ["light", "dark"] as const) {
    test(`on the ${device} in ${scheme} everybody can use the page that checks papers`, async () => {
      for (const url of [code, code.replace(/root=.*/, `root=${"ab".repeat(32)}`)]) {
        const page = await open(url, width, scheme);
        assert.deepEqual(await violations(page), []);
        assert.equal(await excess(page), 0, "wider than the screen");
        if (PICTURES !== undefined) {
          const name = `paper-${url === code ? "same" : "differs"}-${width}-${scheme}.png`;
          await page.screenshot({ path: join(PICTURES, name), fullPage: true });
        }
        await page.close();
      }
    });
  }
}
