/**
 * The story in six taps on a published election in which votes really fell: each tap is followed to its end. And the papers
 * that the story leads to: shown where they fit their hash, named where they do not.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type PublishedStory, publishStory } from "../scripts/published-story.ts";
import { launchBrowser } from "./browser.ts";
import { excess, violations } from "./every-page.ts";
import { keepPicture, openPage, type Site, serveFiles, WIDTHS } from "./results-page-site.ts";

const STORY = "#/dpd/cerita";
const KECAMATAN = "#/dpd/51/5102/510201";
const STATION = `${KECAMATAN}/5102011001/001`;

let browser: Browser;
let story: PublishedStory;
let files: ReadonlyMap<string, Uint8Array>;
const sites: Site[] = [];

before(async () => {
  browser = await launchBrowser();
  story = await publishStory();
  const { publicDir } = story.office;
  const found = readdirSync(publicDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  files = new Map(
    found
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(publicDir.length + 1), readFileSync(path)]),
  );
});

after(async () => {
  await browser?.close();
  for (const site of sites) site.close();
  story?.office.close();
});

async function open(route: string, width: number, change = files, scheme: "light" | "dark" = "light"): Promise<Page> {
  const site = await serveFiles(change);
  sites.push(site);
  const page = await openPage(browser, site, route, width, scheme);
  page.setDefaultTimeout(10_000);
  return page;
}

const textOf = async (page: Page, place: string): Promise<string> =>
  ((await page.locator(place).first().textContent()) ?? "").replaceAll(/\s+/g, " ");

/** Reads down the page, as a person would, until so many of these are there: papers are fetched when they come near. */
async function readTo(page: Page, place: string, count = 1): Promise<void> {
  await page.waitForFunction(
    ([place, count]) => {
      if (document.querySelectorAll(place).length >= count) return true;
      const before = scrollY;
      scrollBy(0, 200);
      if (scrollY === before) scrollTo(0, 0);
      return false;
    },
    [place, count] as const,
  );
}

const title = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

/** The published files with one of them altered in its last byte. */
function forged(path: string): ReadonlyMap<string, Uint8Array> {
  const right = files.get(path);
  assert.ok(right);
  return new Map([...files, [path, right.map((byte, i) => (i === right.length - 1 ? byte ^ 1 : byte))]]);
}

/** What each tap says, and what stands where it leads. */
const TAPS: readonly { readonly tap: string; readonly end: (page: Page) => Promise<void> }[] = [
  {
    tap: "Lihat riwayat suaranya",
    end: async (page) => {
      await title(page, "Riwayat perubahan suara");
      await page.locator(".account").waitFor();
      const figures = await page.locator(".account .figure").allTextContents();
      // 180 + 180 + 3 × 40 came, 312 went: 168.
      assert.deepEqual(
        figures.map((text) => text.replaceAll(/\s/g, "")),
        ["0", "+480", "+0", "−312", "168"],
      );
      assert.equal(await page.locator(".postings > li").count(), 2);
    },
  },
  {
    tap: "Lihat per TPS",
    end: async (page) => {
      await title(page, "Riwayat perubahan suara");
      await page.locator(".account-parts .fell-row").first().waitFor();
      const rows = await page.locator(".account-parts .fell-row").allTextContents();
      assert.equal(rows.length, 2);
      assert.match(rows[0] ?? "", /TPS 001.*−160.*20/);
      assert.match(rows[1] ?? "", /TPS 002.*−152.*28/);
    },
  },
  {
    tap: "Buka TPS ini: kedua C.Hasil, berdampingan",
    end: async (page) => {
      await title(page, "TPS 001");
      await page.locator(".history > li").nth(2).waitFor();
      const [first = "", second = ""] = await page.locator(".history > li").allTextContents();
      assert.match(first, /C\.Hasil diterima/);
      assert.match(second, /C\.Hasil pengganti.*180.*20/);
      await readTo(page, ".photos img");
    },
  },
  {
    tap: "Lihat pembacaannya",
    end: async (page) => {
      await title(page, "TPS 001");
      await page.locator(".history > li").nth(2).waitFor();
      assert.match((await page.locator(".history > li").allTextContents()).at(-1) ?? "", /Pembacaan dalam pleno/);
    },
  },
  {
    tap: "Lihat kecamatannya",
    end: async (page) => {
      await title(page, "Kecamatan 510201");
      assert.match(await textOf(page, ".book.count"), /168/);
      await readTo(page, ".scans img");
    },
  },
  {
    tap: "Coba ubah",
    end: async (page) => {
      await page.getByRole("button", { name: "Ubah dan periksa" }).click();
      await page.getByRole("alert").getByText("wrong-hash").waitFor();
    },
  },
];

test("the story tells how many votes fell, where, what the plenary read, and by which order it was halted", async () => {
  const page = await open(STORY, WIDTHS.phone);
  await page.locator(".story > li").nth(5).waitFor();
  const said = (await page.locator(".story > li").allTextContents()).map((text) => text.replaceAll(/\s+/g, " "));
  assert.equal(said.length, TAPS.length);
  for (const [i, words] of [
    /berkurang 312 suara.*Kecamatan 510201/,
    /Desa 5102011001.*TPS 001: 180 → 20; TPS 002: 180 → 28/,
    /TPS 001.*180 → 20/,
    /20 suara, pembetulan/,
    /perintah nomor 18\/UJI.*perintah nomor 19\/UJI/,
    /ubah satu angka/,
  ].entries()) {
    assert.match(said[i] ?? "", words);
  }
  await page.close();
});

for (const [i, { tap, end }] of TAPS.entries()) {
  test(`tap ${i + 1} of the story, "${tap}", leads to what it says, on the phone and at a desk`, async () => {
    for (const width of Object.values(WIDTHS)) {
      const page = await open(STORY, width);
      await page.getByRole("link", { name: tap, exact: true }).click();
      await end(page);
      assert.equal(await page.locator("main .trouble, .notice.alarm").count(), i === 5 ? 1 : 0);
      await page.close();
    }
  });
}

// ---------------------------------------------------------------- papers

test("a station shows the papers of its sheets and readings, each page once it comes near, and all of them fit", async () => {
  const page = await open(STATION, WIDTHS.phone);
  await readTo(page, ".photos .photo-fits", 4);
  const widths = await page.locator(".photos img").evaluateAll((all) => all.map((img) => img.clientWidth));
  assert.equal(widths.length, 4);
  assert.ok(widths.every((width) => width > 200));
  await page.close();
});

test("evidence that came later is found in the plenary's log and shown", async () => {
  const page = await open(`${KECAMATAN}/5102011001/002`, WIDTHS.desk);
  await page.getByRole("button", { name: "Cari bukti yang menyusul" }).click();
  const photo = page.locator(".photos img");
  await photo.waitFor();
  assert.match((await photo.getAttribute("alt")) ?? "", /Bukti pembetulan, menyusul/);
  await page.close();
});

test("a correction's own evidence stands with it in the account", async () => {
  const page = await open(`${KECAMATAN}/riwayat?buku=count`, WIDTHS.phone);
  await page.locator(".posting summary").last().click();
  await page.locator(".opened").waitFor();
  await page.locator(".opened .photo-fits").first().waitFor();
  await page.close();
});

test("a photograph that does not fit its hash is named and not shown, and the figures stay", async () => {
  for (const [photo, route, place] of [
    [story.photos.scan, KECAMATAN, ".scans"],
    [story.photos.later, `${KECAMATAN}/5102011001/002`, ".photos"],
  ] as const) {
    const page = await open(route, WIDTHS.desk, forged(`photo/${photo}`));
    if (photo === story.photos.later) await page.getByRole("button", { name: "Cari bukti yang menyusul" }).click();
    await readTo(page, "[role=alert]");
    const alarm = page.getByRole("alert");
    assert.match((await alarm.textContent()) ?? "", new RegExp(`tidak cocok dengan sidiknya.*photo/${photo}`));
    assert.equal(await page.locator(`${place} img`).count(), 0);
    await page.getByText("Penjumlahan cocok").waitFor();
    await page.close();
  }
});

test("a photograph that is named and not published says so with its name", async () => {
  const without = new Map([...files].filter(([path]) => path !== `photo/${story.photos.scan}`));
  const page = await open(KECAMATAN, WIDTHS.phone, without);
  await readTo(page, ".scans .paper-note");
  await page.getByText("belum diterbitkan di alamat ini").waitFor();
  assert.match(await textOf(page, ".scans"), new RegExp(`photo/${story.photos.scan}`));
  await page.close();
});

for (const [device, width] of Object.entries(WIDTHS)) {
  for (const scheme of ["light", "dark"] as const) {
    test(`on the ${device} in ${scheme} everybody can use the story and the pages with papers`, async () => {
      for (const [route, last] of [
        [STORY, ".story > li"],
        [STATION, ".photos img"],
        [KECAMATAN, ".scans img"],
      ] as const) {
        const page = await open(route, width, files, scheme);
        await readTo(page, last);
        assert.deepEqual(await violations(page), [], route);
        assert.equal(await excess(page), 0, `${route} is wider than the screen`);
        await keepPicture(page, `${route} ${device} ${scheme}`);
        for (const target of await page.locator("main :is(a, button, summary)").all()) {
          const box = await target.boundingBox();
          assert.ok(box === null || box.height >= 44, `${await target.textContent()} is ${box?.height} px high`);
        }
        await page.close();
      }
    });
  }
}
