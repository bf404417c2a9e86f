/**
 * The public page in a real Chromium, on a phone and on a desk: what a reader sees, what it costs to fetch, what happens
 * when the data are not right, and whether everybody can use it (axe-core).
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { type FixtureOptions, makeFixture } from "../web/results/testdata/fixture.ts";
import { launchBrowser } from "./browser.ts";
import { excess, violations } from "./every-page.ts";
import { builtFile, keepPicture, openPage, publishedPage, type Site, serveFiles, WIDTHS } from "./results-page-site.ts";

let browser: Browser;
const sites: Site[] = [];

before(async () => {
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  for (const site of sites) site.close();
});

/** An invented election on the built page. */
async function serve(options: FixtureOptions = {}): Promise<Site> {
  const site = await serveFiles(makeFixture(options).files);
  sites.push(site);
  return site;
}

const open = (site: Site, route: string, width: number, scheme: "light" | "dark" = "light"): Promise<Page> =>
  openPage(browser, site, route, width, scheme);

const ROUTES = {
  nation: "#/ppwp",
  kecamatan: "#/dpr/41/4101/410101",
  desa: "#/ppwp/41/4101/410101/4101010001",
  station: "#/dpr/41/4101/410101/4101010001/003",
} as const;

for (const [device, width] of Object.entries(WIDTHS)) {
  for (const scheme of ["light", "dark"] as const) {
    test(`on the ${device} in ${scheme} everybody can use every page, and nothing is wider than the screen`, async () => {
      const site = await serve();
      for (const [name, route] of Object.entries(ROUTES)) {
        const page = await open(site, route, width, scheme);
        if (name === "station") await page.locator(".history li").first().waitFor();
        for (const summary of await page.locator("summary").all()) await summary.click();
        for (const fold of await page.locator("button.fold").all()) await fold.click();
        assert.deepEqual(await violations(page), [], name);
        assert.equal(await excess(page), 0, `${name} is wider than the screen`);
        await keepPicture(page, `${name} ${device} ${scheme}`);
        await page.close();
      }
    });
  }
}

test("every target is at least 44 px high on a phone", async () => {
  const page = await open(await serve(), ROUTES.desa, WIDTHS.phone);
  for (const target of await page.locator("a, button, summary").all()) {
    const box = await target.boundingBox();
    if (box === null || (await target.getAttribute("class")) === "skip") continue;
    assert.ok(box.height >= 44, `${await target.textContent()} is ${box.height} px high`);
  }
  await page.close();
});

test("a reader goes from the nation to a station, and each page carries the mark", async () => {
  const page = await open(await serve(), ROUTES.nation, WIDTHS.phone);
  for (const name of ["Pulau Rindang", "Kabupaten Muara Jati", "Ampel Sari", "Kebon Waru", "TPS 002"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
    await page.getByText("Penjumlahan cocok").waitFor();
  }
  await page.getByText("Menunggu pencocokan").first().waitFor();
  await page.getByText("C.Hasil diterima").waitFor();
  await page.close();
});

test("the keyboard alone reaches a region, and its title takes the focus", async () => {
  const page = await open(await serve(), ROUTES.nation, WIDTHS.desk);
  await page.getByRole("link", { name: "Tanjung Senja", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Tanjung Senja" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  await page.close();
});

test("English says all that Indonesian says, and is remembered", async () => {
  const page = await open(await serve(), ROUTES.desa, WIDTHS.desk);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("The sums hold").waitFor();
  const text = (await page.locator("body").textContent()) ?? "";
  for (const word of ["Menunggu", "Penjumlahan", "Suara sah", "Belum", "dibaca", "TPS di wilayah"]) {
    assert.ok(!text.includes(word), `"${word}" is left on the English screen`);
  }
  await page.reload();
  await page.getByText("The sums hold").waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.close();
});

test("the page with its script and style is at most 32 KB, and its policy lets nothing else in", () => {
  const html = builtFile("");
  assert.ok(html);
  const scripts = [...html.toString().matchAll(/<script[^>]* src="\.\/([^"]+)" integrity="sha256-([^"]+)"/g)];
  const files = scripts.map(([, path = "", hash]) => {
    const script = builtFile(path);
    assert.ok(script, path);
    assert.equal(createHash("sha256").update(script).digest("base64"), hash);
    assert.deepEqual(brotliDecompressSync(builtFile(`${path}.br`) ?? ""), script);
    return script;
  });
  assert.equal(files.length, 1);
  const bytes = [html, ...files].reduce((sum, file) => sum + brotliCompressSync(file).length, 0);
  assert.ok(bytes <= 32_000, `${bytes} bytes`);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html.toString())?.[1] ?? "";
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'sha256-[^']+';/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  assert.doesNotMatch(html.toString(), /<script(?![^>]*\ssrc=)|<[a-z][^>]*\s(style|on[a-z]+)=|javascript:/i);
});

test("a script that somebody slips into the page does not run", async () => {
  const site = await serve();
  const page = await browser.newPage();
  await page.goto(site.url + ROUTES.desa);
  await page.locator(".seal").waitFor();
  await assert.rejects(page.addScriptTag({ content: "document.title = 'slipped in'" }), /Content Security Policy/);
  assert.notEqual(await page.title(), "slipped in");
  await page.close();
});

test("to a child region the reader waits for two files at most", async () => {
  const site = await serve();
  const page = await open(site, "#/dpr/41", WIDTHS.desk);
  for (const name of ["Kabupaten Muara Jati", "Ampel Sari", "Kebon Waru"]) {
    site.asked.length = 0;
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
    const asked = site.asked.filter(({ path }) => !path.startsWith("assets/")).map(({ path }) => path);
    assert.ok(asked.length <= 2, asked.join(" "));
  }
  await page.close();
});

test("the largest desa costs at most 8 requests and 70 KB, none of them elsewhere", async () => {
  const site = await serve({ stations: 451, parties: 18, candidates: 9, reported: 95, read: 60 });
  const page = await browser.newPage({ viewport: { width: WIDTHS.phone, height: 800 } });
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith("data:")) elsewhere.push(request.url());
  });
  await page.goto(`${site.url}#/dpr/41/4101/410101/4101010001`);
  await page.locator(".seal").waitFor();
  const bytes = site.asked.reduce((total, { bytes }) => total + bytes, 0);
  assert.ok(site.asked.length <= 8, site.asked.map(({ path }) => path).join(" "));
  assert.ok(bytes <= 70_000, `${bytes} bytes: ${site.asked.map((each) => `${each.path} ${each.bytes}`).join(", ")}`);
  assert.deepEqual(elsewhere, []);
  await page.close();
});

test("where the page's script does not come, or none runs, the page leads to the plain pages", async () => {
  const site = await serve();
  const page = await browser.newPage({ viewport: { width: WIDTHS.phone, height: 800 } });
  await page.route("**/assets/*", (route) => route.abort());
  await page.goto(site.url + ROUTES.nation);
  const plain = page.getByRole("link", { name: "Halaman sederhana / Plain pages" });
  await plain.waitFor();
  assert.equal(await plain.getAttribute("href"), "plain/index.html");
  assert.deepEqual(await violations(page), []);
  assert.equal(await excess(page), 0);
  await page.unroute("**/assets/*");
  await page.reload();
  await page.locator(".seal").waitFor();
  assert.equal(await plain.count(), 0);
  assert.equal(await page.locator("main").count(), 1);
  await page.close();
  const without = await browser.newContext({ javaScriptEnabled: false });
  const silent = await without.newPage();
  await silent.goto(site.url);
  await silent.getByRole("link", { name: "Halaman sederhana / Plain pages" }).waitFor();
  await without.close();
});

test("a station whose script does not come says so, and the figures around it stay", async () => {
  const site = await serve();
  const page = await open(site, ROUTES.desa, WIDTHS.phone);
  await page.route("**/assets/*", (route) => route.abort());
  await page.getByRole("link", { name: "TPS 002", exact: true }).click();
  await page.getByText("Data tidak dapat diambil").waitFor();
  await page.unroute("**/assets/*");
  await page.getByRole("button", { name: "Periksa lagi" }).click();
  await page.getByText("C.Hasil diterima").waitFor();
  await page.close();
});

test("figures that do not verify raise a named alarm, and the last verified state stays", async () => {
  const site = await serve({ edition: 5 });
  const page = await open(site, ROUTES.nation, WIDTHS.phone);
  const votes = await page.locator(".book.count .figure").first().textContent();
  site.files = makeFixture({ edition: 6, fork: true, seed: 9 }).files;
  await page.getByRole("link", { name: "Pulau Rindang", exact: true }).click();
  const alarm = page.getByRole("alert");
  await alarm.getByText("Ada dua riwayat bertanda tangan yang bertentangan.").waitFor();
  await alarm.getByText("checkpoint", { exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.closest("[role=alert]"));
  assert.equal(await page.locator(".book.count .figure").first().textContent(), votes);
  assert.deepEqual(await violations(page), []);
  await page.close();
});

test("a page published for a simulation says so even where no data come", async () => {
  const site = await serve();
  const told = publishedPage(site.files);
  site.files = new Map();
  const page = await browser.newPage();
  await page.route(site.url, (route) => route.fulfill({ contentType: "text/html", body: told }));
  await page.goto(site.url);
  await page.getByText("SIMULASI").waitFor();
  await page.close();
});

test("a site that answers nothing says so calmly and offers to look again", async () => {
  const site = await serve();
  const { files } = site;
  site.files = new Map();
  const page = await open(site, ROUTES.nation, WIDTHS.phone);
  await page.getByText("Data tidak dapat diambil").waitFor();
  site.files = files;
  await page.getByRole("button", { name: "Periksa lagi" }).click();
  await page.getByText("Penjumlahan cocok").waitFor();
  await page.close();
});
