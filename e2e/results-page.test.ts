/**
 * The public page in a real Chromium, on a phone and on a desk: what a reader sees, what it costs to fetch, what happens
 * when the data are not right, and whether everybody can use it (axe-core).
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { type FixtureOptions, makeFixture, type Published } from "../web/results/testdata/fixture.ts";

const BUILT = new URL("../dist/results/", import.meta.url);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

interface Site {
  readonly url: string;
  /** May be replaced while it is served: the next request sees it. */
  files: Published;
  /** What was asked for, with its compressed size. */
  readonly asked: { readonly path: string; readonly bytes: number }[];
  close(): void;
}

let browser: Browser;
const sites: Site[] = [];

before(async () => {
  const executablePath = process.env.TEGUH_CHROMIUM ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
});

after(async () => {
  await browser?.close();
  for (const site of sites) site.close();
});

/** The page itself, or a script that it loads later. */
function builtFile(path: string): Buffer | undefined {
  if (path !== "" && !path.startsWith("assets/")) return undefined;
  const file = new URL(path === "" ? "index.html" : path, BUILT);
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** The built page and an invented election over http on loopback, compressed as any server would. */
async function serve(options: FixtureOptions = {}): Promise<Site> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").slice(1);
    const body = builtFile(path) ?? site.files.get(path);
    const bytes = body === undefined ? null : brotliCompressSync(body);
    site.asked.push({ path, bytes: bytes?.length ?? 0 });
    if (bytes === null) {
      response.writeHead(404).end();
      return;
    }
    const type =
      path === "" ? "text/html" : path.startsWith("assets/") ? "text/javascript" : "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-encoding": "br", "cache-control": "no-store" }).end(bytes);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const site: Site = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    files: makeFixture(options).files,
    asked: [],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  sites.push(site);
  return site;
}

const WIDTHS = { phone: 360, desk: 1280 } as const;

async function open(site: Site, route: string, width: number, colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("close", () => assert.deepEqual(errors, []));
  await page.goto(site.url + route);
  await page.locator(".seal, .notice").first().waitFor();
  return page;
}

/** Violations of the accessibility rules, each with where it is. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe;
    interface AxeResult {
      violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
    }
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${String(node.target)} ${node.failureSummary}`),
    );
  });
}

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
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(excess <= 0, `${name} is ${excess} px wider than the screen`);
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
  site.files = new Map();
  const page = await browser.newPage();
  const html = readFileSync(new URL("index.html", BUILT), "utf8");
  const told = html.replace('name="teguh-simulation" content=""', 'name="teguh-simulation" content="yes"');
  assert.notEqual(told, html);
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
