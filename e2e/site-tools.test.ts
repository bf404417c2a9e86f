/**
 * Search, downloads, comparison and the plain pages in a real browser over the real server: what a person gets, that nothing
 * is asked of anyone else, and that everybody can use it.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { readPdf } from "../src/recap/testing/read-pdf.ts";
import { readFile } from "../web/results/compare/read-file.ts";
import { launchBrowser } from "./browser.ts";
import { excess, violations } from "./every-page.ts";
import { type PublishedSite, publishedSite } from "./published-site.ts";

const STATION = "5101011001001";
const folder = mkdtempSync(join(tmpdir(), "teguh-site-tools-"));
let browser: Browser;
let site: PublishedSite;

before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), publishedSite()]);
});
after(async () => {
  await browser?.close();
  site?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Look {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly english?: boolean;
}

async function open(route: string, { width = 360, scheme = "light", english = false }: Look = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(site.url))
      wrong.push(`asked ${request.url()}`);
  });
  page.on("close", () => assert.deepEqual(wrong, []));
  await page.goto(site.url + route);
  await page.locator(".seal").waitFor();
  if (english) await page.getByRole("button", { name: "English" }).click();
  return page;
}

/** What a button makes the browser save. */
async function saved(page: Page, button: string): Promise<{ name: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).first().click(),
  ]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(path)) };
}

const OWN = `Kode TPS,1,2,3\n${STATION},88,65,40\n5101011001002,10,20,31\n5101011001999,1,1,1\n`;

async function choose(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const buffer = Buffer.from(content);
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });
}

/** Confirms the columns of the file that was chosen. */
async function compareFile(page: Page): Promise<void> {
  await page.getByText(/baris terbaca|rows read/).waitFor();
  await page
    .getByRole("button", { name: /^(Bandingkan|Compare)$/ })
    .first()
    .click();
}

for (const [width, scheme, english] of [
  [360, "light", false],
  [360, "dark", true],
  [1280, "light", true],
  [1280, "dark", false],
] as const) {
  test(`at ${width} px in ${scheme}, in ${english ? "English" : "Indonesian"}, everybody can use every tool`, async () => {
    const look = { width, scheme, english };
    const check = async (page: Page, what: string) => {
      for (const summary of await page.locator("main summary").all()) await summary.click();
      assert.deepEqual(await violations(page), [], what);
      assert.ok((await excess(page)) <= 0, `${what} is wider than the screen`);
      await page.close();
    };
    const search = await open("#/ppwp/51/cari?kata=desa+5101011001", look);
    await search.locator(".found li").first().waitFor();
    await check(search, "search");
    const downloads = await open("#/dpr/51/5101/unduh", look);
    await downloads.locator(".files li").first().waitFor();
    await check(downloads, "downloads");
    const compare = await open("#/ppwp/51/bandingkan", look);
    await choose(compare, "salinan.csv", OWN);
    await compareFile(compare);
    await compare.locator(".tallies").waitFor();
    await check(compare, "comparison");
  });
}

test("typing finds places, stations and people, and what is found opens", async () => {
  const page = await open("#/ppwp/cari");
  const field = page.getByRole("searchbox");
  for (const [question, answer] of [
    ["kecamatan 510101", "Kecamatan 510101"],
    ["5101", "Kabupaten 5101"],
    ["51010110010", "TPS 001"],
  ] as const) {
    await field.fill(question);
    await page.locator(".found li").first().filter({ hasText: answer }).waitFor();
  }
  assert.match(page.url(), /cari\?kata=51010110010$/);
  await page.getByRole("link", { name: "TPS 001" }).click();
  await page.getByRole("heading", { level: 1, name: "TPS 001" }).waitFor();
  await page.close();
});

test("a candidate who stands apart is found in the district, and the account is that candidate's", async () => {
  const page = await open("#/ppwp/cari?kata=b2+5102");
  const hit = page.locator(".found li").filter({ hasText: "DPRD Provinsi" });
  await hit.getByRole("link", { name: "Riwayat" }).click();
  await page.locator(".account").waitFor();
  assert.match(page.url(), /dprdp\/51\/riwayat\?pilihan=5102-b2&dapil=5102$/);
  assert.equal(await page.getByLabel("Perolehan suara siapa").inputValue(), "5102-b2");
  await page.goBack();
  await hit.getByRole("link", { name: "Calon b2 5102" }).click();
  await page.getByRole("heading", { level: 2, name: "Dapil 5102" }).waitFor();
  await page.close();
});

test("the file of evidence of a regency offers candidates who stand apart", async () => {
  const page = await open("#/dprdp/51/5102/unduh");
  await page.locator("select option", { hasText: "Calon b2 5102" }).waitFor({ state: "attached" });
  await page.close();
});

test("nothing that fits is said calmly", async () => {
  const page = await open("#/ppwp/cari?kata=zzz");
  await page.getByText("Tidak ada yang cocok").waitFor();
  await page.close();
});

test("the spreadsheet, the csv, the json and the paper of a region say the same, and say it as the page does", async () => {
  const page = await open("#/ppwp/51/unduh", { width: 1280 });
  const csv = await saved(page, "CSV");
  assert.match(csv.name, /^teguh-ppwp-51-count-data-\d+\.csv$/);
  const [head = [], ...rows] = readFile(csv.bytes).rows.map((row) => row.map(({ text }) => text));
  const xlsx = readFile((await saved(page, "Excel (XLSX)")).bytes).rows.slice(1);
  assert.deepEqual(
    xlsx.map((row) => head.map((_, i) => row[i]?.text ?? "")),
    rows,
  );
  const json = JSON.parse(new TextDecoder().decode((await saved(page, "JSON")).bytes));
  assert.deepEqual(
    json.rows.map((row: unknown[]) => row.map((cell) => (cell === null ? "" : String(cell)))),
    rows,
  );
  const counted = rows.filter((row) => row[3] === "posted");
  const votes = counted.reduce((sum, row) => sum + Number(row.at(-3)), 0);
  const pdf = await readPdf((await saved(page, "PDF, lembar wilayah")).bytes);
  const words = pdf.flatMap((each) => each.words.map(({ text }) => text));
  assert.ok(words.includes(String(votes)), `${votes} is not on the paper`);
  assert.ok(words.some((text) => text.startsWith("SIMULASI")));
  await page.close();
});

test("a file that is being made says how far it is, can be stopped, and is made when it is asked for again", async () => {
  const page = await open("#/ppwp/51/unduh", { width: 1280 });
  const saves: string[] = [];
  page.on("download", (download) => saves.push(download.suggestedFilename()));
  const objects = (url: URL) => url.pathname.startsWith("/object/");
  // Requests of the worker too are the context's.
  await page.context().route(objects, () => undefined);
  await page.getByRole("button", { name: "CSV", exact: true }).first().click();
  await page.locator(".making progress").waitFor();
  await page.getByRole("button", { name: "Hentikan" }).click();
  await page.locator(".making").waitFor({ state: "detached" });
  await page.context().unroute(objects);
  assert.deepEqual(saves, []);
  assert.match((await saved(page, "CSV")).name, /\.csv$/);
  await page.close();
});

test("prepared files are listed with their hashes, and are what they are listed as", async () => {
  const page = await open("#/ppwp/51/unduh");
  const link = page.locator(".files a").first();
  const bytes = await page.request.get(new URL((await link.getAttribute("href")) ?? "", site.url).href);
  assert.match(gunzipSync(await bytes.body()).toString(), /^\uFEFFregion,desa,station/);
  await page.close();
});

test("a file of evidence opens without a network and verifies with Python alone", async (t) => {
  const page = await open("#/ppwp/51/5101/510101/unduh", { width: 1280 });
  const { bytes } = await saved(page, "Buat berkas bukti");
  await page.close();
  const files = unzipSync(bytes);
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, "bukti", path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  const offline = await browser.newContext({ offline: true });
  const reader = await offline.newPage();
  await reader.goto(`file://${folder}/bukti/index.html`);
  assert.equal(await reader.locator("section").count(), 10);
  assert.deepEqual(await violations(reader), []);
  await reader.locator("#p-4 a").first().click();
  await reader.waitForURL(/pernyataan/);
  await offline.close();
  if (spawnSync("python3", ["--version"]).status !== 0) {
    t.skip("Python is not installed");
    return;
  }
  const script = ["verify-by-hand.py", "data", "--bundle", "--contest", "ppwp", "--region", "510101"];
  const ran = spawnSync("python3", script, { cwd: join(folder, "bukti"), encoding: "utf8" });
  assert.match(ran.stdout, /^HOLDS edition 2/m, ran.stdout + ran.stderr);
  const sums = spawnSync("sha256sum", ["-c", "--quiet", "SHA256SUMS"], { cwd: join(folder, "bukti") });
  assert.equal(sums.status, 0);
  // One vote changed anywhere in it is found.
  const forged = join(folder, "bukti", "data", "now", "ppwp.json");
  writeFileSync(forged, readFileSync(forged, "utf8").replace(/votes\\":\[(\d)/, 'votes\\":[9$1'));
  assert.equal(spawnSync("python3", script, { cwd: join(folder, "bukti") }).status, 0, "a text that is not used");
  const object = Object.keys(files).find(
    (path) => path.startsWith("data/object/") && new TextDecoder().decode(files[path]).includes('"level":"kecamatan"'),
  );
  writeFileSync(join(folder, "bukti", object ?? ""), "{}");
  assert.equal(spawnSync("python3", script, { cwd: join(folder, "bukti") }).status, 1);
});

test("a comparison lists what differs and by how much, what could not be compared and why, and saves the list", async () => {
  const page = await open("#/ppwp/51/bandingkan", { width: 1280 });
  await choose(page, "salinan.csv", OWN);
  await compareFile(page);
  await page.getByText("TPS berbeda: 2").waitFor();
  const rows = await page.locator(".differences tbody tr").allTextContents();
  assert.equal(rows.length, 2);
  assert.match(rows.join(), /88.*90.*−2/);
  await page.locator("summary", { hasText: "Baris atau sel tidak dibandingkan: 1" }).click();
  await page.getByText("TPS 5101011001999 tidak ada dalam pemilu ini").waitFor();
  const { bytes } = await saved(page, "Simpan daftar perbedaan (CSV)");
  assert.match(new TextDecoder().decode(bytes), new RegExp(`${STATION},Desa 5101011001,2,1\\. .*,88,90,-2`));
  await page.close();
});

test("the other book is compared with once it is chosen, and what was found in the first is not shown as its", async () => {
  const page = await open("#/ppwp/51/bandingkan", { width: 1280 });
  await choose(page, "salinan.csv", OWN);
  await compareFile(page);
  await page.getByText("TPS berbeda: 2").waitFor();
  await page.getByLabel("Rekapitulasi").check();
  await page.locator(".tallies").waitFor({ state: "detached" });
  await compareFile(page);
  await page.locator(".tallies").waitFor();
  assert.equal(await page.getByText("TPS berbeda: 2").count(), 0);
  await page.close();
});

test("what is read to compare is never sent: while comparing, only published files are asked for", async () => {
  const page = await open("#/ppwp/51/bandingkan");
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`));
  await choose(page, "rahasia.csv", OWN);
  await compareFile(page);
  await page.getByText("TPS berbeda: 2").waitFor();
  for (const each of sent) assert.match(each, /^GET http:\/\/127\.0\.0\.1:\d+\/(object|assets)\/[\w./-]+ $/);
  await page.close();
});

test("the template of a region comes back as a file that is understood", async () => {
  const page = await open("#/ppwp/51/5101/510101/bandingkan");
  const { bytes } = await saved(page, "Unduh templat wilayah ini (CSV)");
  const filled = new TextDecoder().decode(bytes).replace(new RegExp(`(${STATION},[^\\r]*?),,,`), "$1,1,2,3");
  await choose(page, "templat.csv", `\uFEFF${filled}`);
  await page.getByText("7 baris terbaca").waitFor();
  await page.close();
});

test("one station typed by hand is compared alone", async () => {
  const page = await open("#/ppwp/51/bandingkan");
  await page.getByLabel("Kode TPS, 13 angka").fill("5101.01.1001.001");
  await page.getByRole("textbox", { name: /^1\. / }).fill("90");
  await page.getByRole("button", { name: "Bandingkan", exact: true }).last().click();
  await page.getByText("Semua angka yang diisi sama").waitFor();
  await page.getByRole("textbox", { name: /^1\. / }).fill("sembilan");
  await page.getByRole("button", { name: "Bandingkan", exact: true }).last().click();
  await page
    .getByRole("alert")
    .getByText(/^Ini bukan bilangan bulat: 1\. /)
    .waitFor();
  await page.getByRole("textbox", { name: /^1\. / }).fill("91");
  await page.getByRole("button", { name: "Bandingkan", exact: true }).last().click();
  await page.getByText("TPS berbeda: 1").waitFor();
  await page.close();
});

for (const [what, name, content, message] of [
  ["a PDF", "a.pdf", "%PDF-1.7", "Ini berkas PDF"],
  ["nothing", "a.csv", "", "Berkas ini kosong"],
  ["a million rows", "a.csv", `Kode TPS,1\n${"5101011001001,1\n".repeat(1_000_000)}`, "lebih dari 300.000 baris"],
] as const) {
  test(`a file with ${what} is refused with what to do, and another can be chosen`, async () => {
    const page = await open("#/ppwp/51/bandingkan");
    await choose(page, name, content);
    await page.getByRole("alert").getByText(message).waitFor();
    await choose(page, "salinan.csv", OWN);
    await page.getByText("3 baris terbaca").waitFor();
    await page.close();
  });
}

for (const [what, content, message] of [
  ["columns that are none of ours", "nama,suara\nBudi,3\n", "Tidak ada kolom dengan kode TPS"],
  ["text for a number", `Kode TPS,1\n${STATION},seratus\n`, 'berisi "seratus", bukan bilangan bulat'],
  ["a formula", `Kode TPS,1\n${STATION},=50+50\n`, "berisi rumus"],
  ["a station that is not there", "Kode TPS,1\n5101011001999,3\n", "tidak ada dalam pemilu ini"],
  ["another encoding", Buffer.from(`Kode TPS,1,Médan\n${STATION},3,x\n`, "latin1"), "tidak disimpan sebagai UTF-8"],
] as const) {
  test(`of a file with ${what} the person is told what to do`, async () => {
    const page = await open("#/ppwp/51/bandingkan");
    await choose(page, "salinan.csv", content);
    await compareFile(page);
    const told = page.getByText(message);
    await told.first().waitFor({ state: "attached" });
    for (const summary of await page.locator("main summary").all()) await summary.click();
    await told.first().waitFor();
    await page.close();
  });
}

test("without JavaScript the top levels can be read, in both languages", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${site.url}plain/index.html`);
  await page.getByRole("link", { name: "Presiden dan Wakil Presiden" }).click();
  await page.getByRole("link", { name: /^51 / }).click();
  await page.getByRole("heading", { level: 1, name: /Provinsi 51/ }).waitFor();
  await page.getByRole("link", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: /^Results/ }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await context.close();
});

for (const path of ["plain/index.html", "plain/id/ppwp/0.html", "plain/en/dpr/51.html"]) {
  test(`${path} can be used by everybody on a phone, and its policy holds`, async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    const answer = await page.goto(site.url + path);
    assert.equal(answer?.headers()["cache-control"]?.includes("max-age=2"), true);
    assert.deepEqual(await violations(page), []);
    assert.ok((await excess(page)) <= 0);
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

test("the feeds are there, as Atom and as JSON", async () => {
  const atom = await fetch(`${site.url}feed/0.atom`);
  assert.equal(atom.headers.get("content-type"), "application/atom+xml; charset=utf-8");
  assert.match(await atom.text(), /<feed xmlns="http:\/\/www\.w3\.org\/2005\/Atom"/);
  const json = (await (await fetch(`${site.url}feed/51.json`)).json()) as { items: { url: string }[] };
  assert.ok(json.items.length > 0);
  assert.match(json.items[0]?.url ?? "", /^\.\.\/index\.html#\/ppwp\/51\/5101\/510101\/5101011001\/001$/);
  assert.ok(existsSync(join(site.office.publicDir, "feed/51.atom")));
});
