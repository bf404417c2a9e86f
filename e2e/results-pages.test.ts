/**
 * The pages about a region, on what the publisher itself wrote: why votes changed, the list of changes, one station, the
 * checks; whether everybody can use them, what they cost, and what they say on a mirror that lies, hangs or is down.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { publishExample } from "../scripts/published-example.ts";
import { type Office, readyOffice } from "../src/publish/testing.ts";
import { launchBrowser } from "./browser.ts";
import { excess, violations } from "./every-page.ts";
import { type Files, keepPicture, openPage, type Site, serveFiles, WIDTHS } from "./results-page-site.ts";

let browser: Browser;
let office: Office;
let files: Files;
const sites: Site[] = [];

before(async () => {
  browser = await launchBrowser();
  office = await publishExample({ editions: 2 });
  files = publishedFiles(office.publicDir);
});

after(async () => {
  await browser?.close();
  for (const site of sites) site.close();
  office?.close();
});

function publishedFiles(folder: string): Files {
  const found = new Map<string, Uint8Array>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(path.slice(folder.length + 1), readFileSync(path));
  }
  return found;
}

async function serve(): Promise<Site> {
  const site = await serveFiles(files);
  sites.push(site);
  return site;
}

const open = (site: Site, route: string, width: number, scheme: "light" | "dark" = "light"): Promise<Page> =>
  openPage(browser, site, route, width, scheme);

/** The line that says of a number how much of it was corrected down: the one thing that a newer edition may add, in pixels. */
const MARK_HEIGHT = 60;

/** Each page, and what is on it once it is complete. */
const PAGES: Readonly<Record<string, readonly [route: string, last: string]>> = {
  "account of a province": ["#/ppwp/51/riwayat", ".account-parts"],
  "account of a kecamatan": ["#/ppwp/51/5101/510101/riwayat?pilihan=p1", ".postings li"],
  "account of a desa": ["#/ppwp/51/5101/510101/5101011001/riwayat?pilihan=p1", ".postings li"],
  "changes of a province": ["#/ppwp/51/perubahan", ".falls tbody tr"],
  "changes of a kecamatan": ["#/ppwp/51/5101/510101/perubahan?buku=recap", ".postings li"],
  checks: ["#/dpr/51/periksa", ".verified-all"],
  "a district": ["#/dpr/51/dapil", ".parts tbody tr"],
  "a province of several districts": ["#/dprdp/51", ".book.count .votes"],
  "its districts": ["#/dprdp/51/dapil", "main .panel li"],
  "account of its candidates": ["#/dprdp/51/riwayat?pilihan=5102-a1&dapil=5102", ".account-parts"],
  station: ["#/ppwp/51/5101/510101/5101011001/001", ".history li"],
};

for (const [device, width] of Object.entries(WIDTHS)) {
  for (const scheme of ["light", "dark"] as const) {
    test(`on the ${device} in ${scheme} everybody can use every page about a region`, async () => {
      const site = await serve();
      for (const [name, [route, last]] of Object.entries(PAGES)) {
        const page = await open(site, route, width, scheme);
        await page.locator(last).first().waitFor();
        for (const summary of await page.locator(".posting summary").all()) await summary.click();
        for (const button of await page.getByRole("button", { name: "Laporkan" }).all()) await button.click();
        assert.deepEqual(await violations(page), [], name);
        assert.equal(await excess(page), 0, `${name} is wider than the screen`);
        await keepPicture(page, `${name} ${device} ${scheme}`);
        await page.close();
      }
    });
  }
}

for (const [name, [route, last]] of Object.entries(PAGES)) {
  test(`${name}: English says all that Indonesian says, and every target is 44 px high`, async () => {
    const page = await open(await serve(), route, WIDTHS.phone);
    await page.locator(last).first().waitFor();
    for (const target of await page.locator("main :is(a, button, summary, select)").all()) {
      const box = await target.boundingBox();
      assert.ok(box === null || box.height >= 44, `${await target.textContent()} is ${box?.height} px high`);
    }
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("The sums hold").first().waitFor();
    const text = ((await page.locator("body").textContent()) ?? "").replaceAll(/C\.Hasil|D\.Hasil/g, "");
    for (const word of ["Suara ", "Belum", "dibaca", "Perubahan", "Periksa", "Alasan", "Tidak ", "yang "]) {
      assert.ok(!text.includes(word), `"${word}" is left on the English screen`);
    }
    await page.close();
  });
}

test("a fall leads to its account, the account to the station's statement, and closing = opening + added − removed", async () => {
  const page = await open(await serve(), "#/ppwp/51/5101/510101", WIDTHS.phone);
  await page.locator(".book.count .fall").click();
  await page.getByRole("heading", { level: 1, name: "Riwayat perubahan suara" }).waitFor();
  await page.locator(".account").waitFor();
  const figures = (await page.locator(".account .figure").allTextContents()).map((text) => text.replaceAll(/\s/g, ""));
  assert.deepEqual(figures, ["0", "+100", "+0", "−10", "90"]);
  await page.locator(".posting summary").first().click();
  await page.getByText("Terbukti ada dalam log").waitFor();
  assert.match((await page.locator(".movements").first().textContent()) ?? "", /100 →.*90 −10/s);
  await page.close();
});

test("between two editions only what happened between them is told", async () => {
  const page = await open(await serve(), "#/ppwp/51/5101/510101/riwayat?pilihan=p1&dari=1", WIDTHS.desk);
  await page.locator(".account").waitFor();
  const figures = (await page.locator(".account .figure").allTextContents()).map((text) => text.replaceAll(/\s/g, ""));
  assert.equal(figures.at(0), "100");
  assert.equal(figures.at(-1), "90");
  await page.close();
});

test("while the course of another contest is fetched, the one before is not shown under its name", async () => {
  const page = await open(await serve(), "#/ppwp/51/5101/510101", WIDTHS.desk);
  await page.getByRole("button", { name: "Waktu", exact: true }).click();
  await page.locator(".course svg").waitFor();
  // What the page itself shows comes with the edition; earlier states of it are objects, and do not come.
  await page.route("**/object/**", (route) => {
    const text = new TextDecoder().decode(files.get(new URL(route.request().url()).pathname.slice(1)));
    return text.includes('"contest":"dpr"') && text.includes('"region":"') ? undefined : route.continue();
  });
  await page.getByRole("link", { name: "DPR", exact: true }).click();
  await page.getByText("Kecamatan · DPR RI").waitFor();
  assert.equal(await page.locator(".course").count(), 0);
  await page.close();
});

test("a link with a fixed edition shows that edition on every page, leads only to pages that keep it, and to the newest", async () => {
  const site = await serve();
  const page = await open(site, "#/ppwp/51/5101/510101", WIDTHS.phone);
  const votes = () => page.locator(".book.count .votes .figure").first().textContent();
  assert.match((await votes()) ?? "", /^90/);
  await page.goto(`${site.url}?data=1#/ppwp/51`);
  await page.getByText("Tetap pada data ke-1.").waitFor();
  for (const code of ["5101", "510101"]) await page.locator(`.parts tbody a[href$="/${code}"]`).click();
  await page.locator('.menu a[href$="/510101/riwayat"]').waitFor();
  assert.match((await votes()) ?? "", /^100/);
  for (const menu of ["Riwayat suara", "Periksa", "Cari"]) {
    await page.getByRole("link", { name: menu, exact: true }).click();
    await page.locator("main > .panel, .steps, .account").first().waitFor();
    assert.match((await page.locator(".seal .edition").textContent()) ?? "", /Data ke-1 /, menu);
  }
  assert.deepEqual(await violations(page), []);
  await page.getByRole("link", { name: "Data terbaru" }).click();
  await page.locator(".seal .edition").getByText("Data ke-2").waitFor();
  await page.locator(".seal .edition").click();
  await page.getByText("Tetap pada data ke-2.").waitFor();
  await page.close();
});

test("what is halted or paused within a region is told at every level above it, with place, order and time", async () => {
  const hall = readyOffice();
  const { world } = hall;
  try {
    world.sheet("5101011001001", "ppwp", [1, 2, 3], null);
    world.sheet("5102011001001", "ppwp", [4, 5, 6], null);
    world.write("pleno/51", "halt", { order: "12/UJI", regions: ["510101"] }, ["chair 51"]);
    world.see("pleno/510101", "pleno/51");
    world.write("pleno/510201", "minutes", { act: { what: "open" } }, ["chair 510201"]);
    world.write("pleno/510201", "pause", { panel: null }, ["chair 510201"]);
    await hall.receive();
    await (await hall.open()).step();
    const site = await serveFiles(publishedFiles(hall.publicDir));
    sites.push(site);
    for (const [route, told, places] of [
      ["#/ppwp", "1 rapat pleno dihentikan sementara, 1 rapat pleno diskors", ["510101", "510201"]],
      ["#/ppwp/51", "1 rapat pleno dihentikan sementara, 1 rapat pleno diskors", ["510101", "510201"]],
      ["#/ppwp/51/5101", "1 rapat pleno dihentikan sementara", ["510101"]],
    ] as const) {
      const page = await open(site, route, WIDTHS.phone);
      await page.getByRole("heading", { name: `Di dalam wilayah ini: ${told}`, exact: true }).waitFor();
      await page.getByText("Di mana, sejak kapan, atas perintah siapa").click();
      for (const code of places)
        await page
          .locator(".notice")
          .getByRole("link", { name: new RegExp(`^Kecamatan ${code}`) })
          .waitFor();
      await page.getByText("perintah nomor 12/UJI").first().waitFor();
      await page.getByText("oleh pleno provinsi").waitFor();
      const since = page.getByText(/^Sejak /);
      await since.nth(places.length - 1).waitFor();
      assert.equal(await since.count(), places.length);
      assert.deepEqual(await violations(page), []);
      assert.equal(await excess(page), 0);
      await page.close();
    }
  } finally {
    hall.close();
  }
});

test("a newer edition changes numbers where they stand: nothing jumps, and what changed is marked", async () => {
  const hall = readyOffice();
  const { world } = hall;
  try {
    const publisher = await hall.open();
    const wrong = world.sheet("5101011001001", "ppwp", [100, 60, 40], null);
    world.sheet("5101011001002", "ppwp", [70, 50, 30], null);
    await hall.receive();
    await publisher.step();
    const site = await serveFiles(publishedFiles(hall.publicDir));
    sites.push(site);
    world.sheet("5101011001001", "ppwp", [90, 65, 45], wrong.id);
    world.sheet("5101011001003", "ppwp", [11, 12, 13], null);
    await hall.receive();
    hall.now += 1000;
    await publisher.step();
    const newer = publishedFiles(hall.publicDir);
    for (const width of Object.values(WIDTHS)) {
      const page = await open(site, "#/ppwp/51/5101/510101", width);
      const places = () =>
        page
          .locator("h1, h2, .seal, .books table, .parts caption, .parts thead")
          .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top + scrollY));
      const before = await places();
      const was = site.files;
      site.files = newer;
      site.asked.length = 0;
      // The page looks for newer data when it comes to the front.
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      const offer = page.getByRole("button", { name: "Data baru tersedia" });
      await offer.waitFor();
      assert.deepEqual(await places(), before, "the offer takes no room");
      assert.match((await page.locator(".book.count .votes .figure").first().textContent()) ?? "", /^170/);
      await offer.click();
      await page.locator(".seal .edition").getByText("Data ke-2").waitFor();
      assert.ok((await page.locator(".book.count .votes .changed").count()) > 0);
      assert.match((await page.locator(".book.count .votes .figure").first().textContent()) ?? "", /^171/);
      const moved = (await places()).filter((top, i) => Math.abs(top - (before[i] ?? 0)) > MARK_HEIGHT);
      assert.deepEqual(moved, []);
      const objects = site.asked.filter(({ path }) => path.startsWith("object/")).map(({ path }) => path);
      assert.equal(objects.length, 3, "province, kabupaten and kecamatan; the nation's comes with the edition");
      site.files = was;
      await page.close();
    }
  } finally {
    hall.close();
  }
});

test("a change becomes a picture, and a text for the supervisor that says what it is about", async () => {
  const page = await open(await serve(), "#/ppwp/51/5101/510101/perubahan", WIDTHS.phone);
  await page.locator(".posting summary").first().click();
  await page.getByRole("button", { name: "Kartu Perubahan" }).click();
  const picture = page.locator(".card img");
  await picture.waitFor();
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>(".card img")?.naturalWidth === 1080);
  assert.match((await picture.getAttribute("alt")) ?? "", /SIMULASI/);
  await page.getByRole("button", { name: "Laporkan" }).click();
  const text = await page.locator(".report textarea").inputValue();
  for (const part of ["Bawaslu", "5101011001001", "100 menjadi 90", "tps/510101"]) assert.ok(text.includes(part), part);
  await page.close();
});

test("the account of a province over all editions costs four requests at most", async () => {
  const site = await serve();
  const page = await open(site, "#/ppwp/51", WIDTHS.phone);
  site.asked.length = 0;
  await page.getByRole("link", { name: "Riwayat suara" }).click();
  await page.locator(".account-parts").waitFor();
  assert.ok(site.asked.length <= 4, site.asked.map(({ path }) => path).join(" "));
  await page.close();
});

test("a province of several districts shows parties without fetching a candidate, and the way to its districts", async () => {
  const site = await serve();
  const page = await open(site, "#/dprdp/51", WIDTHS.desk);
  await page.locator(".book.count .votes").waitFor();
  await page.waitForLoadState("networkidle");
  const paths = site.asked.map(({ path }) => path);
  assert.ok(paths.length <= 8, paths.join(" "));
  assert.ok(!paths.includes(candidatesPath()), "its candidates are an object that was not asked for");
  assert.equal(await page.locator(".book .fold").count(), 0);
  await page.locator(".book.count").getByRole("link", { name: "Perolehan calon, per dapil" }).click();
  await page.getByRole("link", { name: "Dapil 5102" }).click();
  await page.getByRole("heading", { level: 2, name: "Dapil 5102" }).waitFor();
  assert.equal((await page.locator(".book.count .votes .figure").first().textContent())?.slice(0, 1), "8");
  await page.getByRole("link", { name: "Riwayat perubahan suara dapil ini" }).click();
  await page.locator(".account").waitFor();
  const figures = (await page.locator(".account .figure").allTextContents()).map((text) => text.replaceAll(/\s/g, ""));
  assert.deepEqual(figures, ["0", "+7", "+0", "−0", "7"]);
  const offered = await page.getByLabel("Perolehan suara siapa").locator("option").allTextContents();
  assert.equal(offered.length, 8, offered.join());
  await page.close();
});

test("where nobody has reported yet no district of others is offered in its place", async () => {
  const site = await serve();
  const page = await open(site, "#/dprdp/5101/dapil", WIDTHS.phone);
  await page.getByText("Belum ada dapil yang melaporkan suara di wilayah ini.").waitFor();
  assert.equal(await page.locator("main .panel li").count(), 0);
  await page.close();
});

test("the account of a candidate there costs four requests at most, from the page of the province", async () => {
  const site = await serve();
  const page = await open(site, "#/dprdp/51", WIDTHS.phone);
  await page.waitForLoadState("networkidle");
  const data = () => site.asked.filter(({ path }) => !path.startsWith("assets/")).map(({ path }) => path);
  site.asked.length = 0;
  await page.goto(`${site.url}#/dprdp/51/riwayat?pilihan=5102-a1&dapil=5102`);
  await page.locator(".account-parts").waitFor();
  assert.ok(data().length <= 4, data().join(" "));
  await page.close();
});

test("an address that names a candidate and no district leads to the same account", async () => {
  const page = await open(await serve(), "#/dprdp/51/riwayat?pilihan=5102-a1", WIDTHS.phone);
  await page.locator(".account").waitFor();
  assert.equal(await page.getByLabel("Perolehan suara siapa").inputValue(), "5102-a1");
  await page.close();
});

for (const [what, spoilt, says] of [
  [
    "altered",
    (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString().replace("[5,10,15", "[5,11,15")),
    "wrong-hash",
  ],
  ["not there", () => null, "tidak lagi disimpan"],
] as const) {
  test(`candidates apart that are ${what} are named, and none of them is shown`, async () => {
    const site = await serve();
    const path = candidatesPath();
    const bytes = spoilt(files.get(path) ?? assert.fail(path));
    site.files = new Map([...files].flatMap(([at, own]) => (at !== path ? [[at, own]] : bytes ? [[at, bytes]] : [])));
    for (const [route, shown] of [
      ["#/dprdp/51/riwayat?pilihan=5101-a1&dapil=5101", ".account, .account-parts"],
      ["#/dprdp/51/dapil?dapil=5101", ".book"],
      ["#/dprdp/51/periksa", ".verified-all"],
    ] as const) {
      const page = await open(site, route, WIDTHS.phone);
      await page.getByText(says).first().waitFor();
      assert.equal(await page.locator(shown).count(), 0, route);
      await page.close();
    }
  });
}

/** Where the candidates of the province of several districts are. */
function candidatesPath(): string {
  const bytes = files.get("now/dprdp/51.json") ?? assert.fail("the province has an object");
  const { lists } = JSON.parse(Buffer.from(bytes).toString()) as { lists: string };
  return `object/${lists.slice(0, 2)}/${lists.slice(2)}.json`;
}

test("a visitor who changes a number watches the page refuse it, and the page itself stays as it was", async () => {
  const page = await open(await serve(), "#/ppwp/51/periksa", WIDTHS.phone);
  await page.getByRole("button", { name: "Ubah dan periksa" }).click();
  await page.getByRole("alert").getByText("wrong-hash").waitFor();
  await page.getByText("Memperbaiki juga sidik dalam terbitan").click();
  await page.getByRole("button", { name: "Ubah dan periksa" }).click();
  await page.getByRole("alert").getByText("not-in-log").waitFor();
  await page.getByRole("link", { name: "Hasil", exact: true }).click();
  await page.getByText("Penjumlahan cocok").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  await page.close();
});

test("what is no receipt is said to be none", async () => {
  const page = await open(await serve(), "#/ppwp/51/periksa", WIDTHS.phone);
  await page.getByLabel("Isi tanda terima").fill("bukan tanda terima");
  await page.getByRole("button", { name: "Periksa", exact: true }).click();
  await page.getByText("Ini bukan tanda terima.").waitFor();
  await page.close();
});

// ---------------------------------------------------------------- mirrors that lie, hang or are down

const DESA = "#/ppwp/51/5101/510101/5101011001";

/** The text of every published file changed alike, where it is changed at all. */
function changed(from: Files, change: (path: string, text: string) => string): Files {
  return new Map(
    [...from].map(([path, bytes]) => [
      path,
      Buffer.from(change(path, Buffer.from(bytes).toString("latin1")), "latin1"),
    ]),
  );
}

const LIES: readonly { readonly what: string; readonly files: (from: Files) => Files; readonly code: RegExp }[] = [
  {
    what: "alters a number",
    files: (from) =>
      changed(from, (path, text) => (path.includes("tile") ? text : text.replaceAll("[90,65,40]", "[95,60,40]"))),
    code: /wrong-hash/,
  },
  {
    what: "swaps an object for another region's",
    files: (from) => {
      const [mine, other] = ["now/ppwp/510101.json", "now/ppwp/52.json"].map(
        (path) => from.get(path) ?? new Uint8Array(),
      );
      const same = (bytes: Uint8Array) => Buffer.from(bytes).equals(mine ?? new Uint8Array());
      return new Map([...from].map(([path, bytes]) => [path, same(bytes) ? (other ?? bytes) : bytes]));
    },
    code: /wrong-hash/,
  },
  {
    what: "cuts a file short",
    files: (from) =>
      changed(from, (path, text) =>
        path.startsWith("now/ppwp/51") || path.startsWith("object") ? text.slice(0, -20) : text,
      ),
    code: /wrong-hash/,
  },
  {
    what: "puts another text under the signature of the edition",
    files: (from) =>
      changed(from, (path, text) =>
        path === "now/ppwp.json" ? text.replace('\\"number\\":2', '\\"number\\":3') : text,
      ),
    code: /not-in-log|bad-signature/,
  },
];

for (const { what, files: lying, code } of LIES) {
  test(`a mirror that ${what} is named, and none of its numbers is shown`, async () => {
    const site = await serve();
    site.files = lying(files);
    const page = await open(site, DESA, WIDTHS.phone);
    const alarm = page.getByRole("alert");
    await alarm.waitFor();
    assert.match((await alarm.textContent()) ?? "", code);
    assert.equal(await page.locator(".seal, .book, .parts").count(), 0);
    await page.close();
  });
}

test("a mirror that serves an older checkpoint is named, with both as evidence, and the newer state stays", async () => {
  const site = await serve();
  const page = await open(site, DESA, WIDTHS.phone);
  const shown = await page.locator(".book.count").textContent();
  const older = await publishExample({ editions: 1 });
  try {
    // Another election's files would be another key; the same office's first edition is an older state of this one.
    site.files = publishedFiles(older.publicDir);
    await page.getByRole("link", { name: "DPR", exact: true }).click();
    const alarm = page.getByRole("alert");
    await alarm.waitFor();
    assert.match((await alarm.textContent()) ?? "", /rolled-back|forked/);
    assert.equal(await alarm.locator("pre").count(), 2);
    await page.getByRole("link", { name: "Presiden", exact: true }).click();
    assert.equal(await page.locator(".book.count").textContent(), shown);
  } finally {
    older.close();
  }
  await page.close();
});

test("a mirror that hangs leaves the page as it is, and one that is down leaves the last verified state with its age", async () => {
  const site = await serve();
  const page = await open(site, "#/ppwp/51/5101", WIDTHS.phone);
  const shown = await page.locator(".book.count").textContent();
  const held: (() => void)[] = [];
  site.hostile = (_path, response) => {
    held.push(() => response.destroy());
    return true;
  };
  await page.getByRole("link", { name: "Kecamatan 510101", exact: true }).click();
  await page.waitForFunction(() => document.querySelector("main")?.getAttribute("aria-busy") === "true");
  assert.equal(await page.locator(".book.count").textContent(), shown);
  site.hostile = (_path, response) => {
    response.destroy();
    return true;
  };
  for (const letGo of held) letGo();
  await page.getByText("Data tidak dapat diambil").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.equal(await page.locator(".book.count").textContent(), shown);
  await page.getByText("Keadaan terakhir yang diperiksa").waitFor();
  site.hostile = () => false;
  await page.getByRole("button", { name: "Periksa lagi" }).click();
  await page.getByRole("heading", { level: 1, name: "Kecamatan 510101" }).waitFor();
  await page.close();
});

test("the first view of any region costs at most 8 requests, also where the screen is large", async () => {
  for (const region of ["", "/51", "/51/5101", "/51/5101/510101", "/51/5101/510101/5101011001"]) {
    const site = await serve();
    const page = await open(site, `#/dpr${region}`, WIDTHS.desk);
    await page.waitForLoadState("networkidle");
    const paths = site.asked.map(({ path }) => path);
    assert.ok(paths.length <= 8, `${region}: ${paths.join(" ")}`);
    await page.close();
  }
});

test("a demonstration opens on its story, which says so where there is nothing to tell yet", async () => {
  const site = await serve();
  const page = await browser.newPage({ viewport: { width: WIDTHS.phone, height: 800 } });
  await page.goto(site.url);
  await page.getByRole("heading", { level: 1, name: "Cerita dalam enam ketukan" }).waitFor();
  await page.getByText("Belum ada suara yang dibetulkan turun").waitFor();
  assert.deepEqual(await violations(page), []);
  await page.close();
});

test("on paper a page is as wide as the paper, and has nothing to press", async () => {
  const page = await open(await serve(), "#/ppwp/51/5101/510101", WIDTHS.desk);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 720, height: 1000 });
  assert.equal(await excess(page), 0);
  for (const button of await page.locator("button, nav").all()) assert.equal(await button.isVisible(), false);
  await page.close();
});

test("where the browser has no Ed25519 of its own the library is fetched, and decides alike", async () => {
  const site = await serve();
  const without = async (route: string): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: WIDTHS.phone, height: 800 } });
    await page.addInitScript(() => {
      Object.defineProperty(crypto, "subtle", { value: undefined });
    });
    await page.goto(site.url + route);
    await page.locator(".seal, .notice").first().waitFor();
    return page;
  };
  const right = await without("#/ppwp/51");
  await right.getByText("Penjumlahan cocok").waitFor();
  await right.close();
  // One character of the edition's signature.
  const turned = (_all: string, last: string, rest: string) => (last === "A" ? "B" : "A") + rest;
  site.files = changed(files, (path, text) =>
    path === "now/ppwp.json" ? text.replace(/([A-Za-z0-9+/])([A-Za-z0-9+/]{8}=\\n","nation")/, turned) : text,
  );
  const wrong = await without("#/ppwp/51");
  await wrong.getByRole("alert").waitFor();
  assert.equal(await wrong.locator(".seal").count(), 0);
  await wrong.close();
});
