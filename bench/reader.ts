/**
 * A cold reader: a browser that has never been here opens the largest desa there is in the largest contest, and shows figures
 * that it has verified. Counted are requests, bytes as they travel, and round trips: every answer is held back for the same
 * time, so that the moment at which a request is made tells how many answers it had to wait for.
 *
 * Such a reader also fetches the rows of all provinces, kabupaten, kecamatan and desa around the one it wants. So the nation is
 * of real size: every station of the desa has reported, one in five elsewhere, and half of these have been read in plenary.
 *
 * And the same behind nginx, as most will serve it, on a slow phone and a slow link: what travels, and how long it takes.
 *
 * Wherever else a reader begins it may be no more: of each level the region that is heaviest, in whichever contest.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../e2e/browser.ts";
import { hasNginx, startNginx } from "../e2e/nginx.ts";
import { CONTEST_KINDS, type ContestKind, LEVELS } from "../src/election/codes.ts";
import type { Model, Region } from "../src/election/model.ts";
import { diskFolder } from "../src/publish/folder.ts";
import { nowNamesPath, nowRegionPath, STATUS } from "../src/publish/layout.ts";
import { hasNames, publishNames } from "../src/publish/names.ts";
import { publishSite } from "../src/publish/site.ts";
import { publicServer } from "../src/server/public.ts";
import { decodeStatus } from "../web/results/verify/status.ts";
import { Data, NATION_WIDE, SHARE } from "./data.ts";
import { stationsOf } from "./election.ts";
import type { Context, Figure } from "./figure.ts";

const ROOT = join(import.meta.dirname, "..");
const CONTEST = "dpr";
const OTHERS = "cold reader of the heaviest region of each level";
/** A slow phone on a slow link: its processor so many times slower than this one, bytes per second, milliseconds there and back. */
const SLOW = { cpu: 4, downloadThroughput: 1_600_000 / 8, latency: 150 } as const;
/** Visits of which the quickest counts: a machine that does something else meanwhile can only make one slower. */
const SLOW_VISITS = 5;
/** Beyond the desa, one station in so many has a sheet, and one in so many a reading. */
const WITH_SHEET = 5;
const WITH_READING = 10;
/** Of each level so many with the largest files are packed as nginx does, to find the heaviest. */
const CANDIDATES = 40;
const AS_NGINX = { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } };
/** How long every answer is held back, in milliseconds: far longer than anything the browser does itself. */
const TRIP = 800;
/** The server packs well what is asked for again, one file after the other; so long without a change, and it has done. */
const SETTLED = 2000;

const dataOf = ({ short }: Context) => new Data(short ? SHARE : NATION_WIDE, { kind: "reader" });

export async function prepare(context: Context): Promise<void> {
  const built = spawnSync(process.execPath, [join(ROOT, "scripts", "build-web.ts")], { stdio: "inherit" });
  if (built.status !== 0) throw new Error("the pages could not be built");
  const data = dataOf(context);
  await data.statements({ sheets: false });
  if (!existsSync(join(data.publicDir, STATUS))) await publish(data);
  // What lies there may have been published by an older program, and the page before it was built anew.
  const folder = diskFolder(data.publicDir, (line) => process.stderr.write(`${line}\n`));
  const model = data.model();
  if (!hasNames(folder, model)) publishNames(folder, model);
  const about = decodeStatus(readFileSync(join(data.publicDir, STATUS)));
  const trouble = publishSite({ folder, built: join(ROOT, "dist", "results"), about });
  if (trouble !== null) throw new Error(trouble);
}

/** The sheets and readings, and one edition of them. What a broken run left behind is only counted twice. */
async function publish(data: Data): Promise<void> {
  const model = data.model();
  const desa = stationsOf(model, largestDesa(model));
  const others = new Set(stationsOf(model, model.nation));
  for (const station of desa) others.delete(station);
  const everyOther = <T>(items: Iterable<T>, step: number) => [...items].filter((_, i) => i % step === 0);
  const store = data.openStore();
  const nation = await data.openNation(store, model);
  await nation.sheets([...desa, ...everyOther(others, WITH_SHEET)], CONTEST_KINDS);
  await nation.readings([...everyOther(desa, 2), ...everyOther(others, WITH_READING)], CONTEST_KINDS);
  const publisher = await data.openPublisher(store);
  await publisher.step();
  await publisher.close();
  await store.close();
}

function largestDesa(model: Model): Region {
  const desa = model.regions.filter(({ level }) => level === "desa");
  return desa.reduce((most, other) => (other.stations.length > most.stations.length ? other : most));
}

export async function run(context: Context): Promise<Figure[]> {
  const data = dataOf(context);
  const model = data.model();
  const desa = largestDesa(model);
  const inner = publicServer({ publicFolder: data.publicDir });
  let held = 0;
  const server = createServer((request, response) => {
    setTimeout(() => inner.emit("request", request, response), held);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await launchBrowser();
  try {
    const first = await visit(browser, `${address}#/${CONTEST}/${desa.code}`);
    const gzip = await settledBytes(address, first.paths, "gzip");
    const heaviest = heaviestOfEachLevel(data.publicDir, model);
    const each = await visitEach(browser, address, heaviest);
    await settledBytes(
      address,
      [first, ...each].flatMap(({ paths }) => paths),
      "br",
    );
    held = TRIP;
    const { paths, bytes, trips } = await visit(browser, `${address}#/${CONTEST}/${desa.code}`);
    const others = await visitEach(browser, address, heaviest);
    const slow = await behindNginx(browser, data.publicDir, `#/${CONTEST}/${desa.code}`, heaviest);
    const where = context.short ? ", two provinces" : "";
    const who = `cold reader of the largest desa (${desa.stations.length} stations, 179 columns${where})`;
    return [
      { what: `${who}: requests`, value: paths.length, unit: "", atMost: 8 },
      { what: `${who}: round trips`, value: trips, unit: "", atMost: 3 },
      { what: `${who}: bytes as they travel`, value: bytes / 1000, unit: "KB", atMost: 70 },
      { what: "the same for the very first, when nothing is packed yet", value: first.bytes / 1000, unit: "KB" },
      { what: "the same files in gzip, without their heads", value: gzip / 1000, unit: "KB" },
      { what: `${OTHERS}: requests`, value: most(others, ({ paths }) => paths.length), unit: "", atMost: 8 },
      { what: `${OTHERS}: round trips`, value: most(others, ({ trips }) => trips), unit: "", atMost: 3 },
      {
        what: `${OTHERS}: bytes as they travel`,
        value: most(others, ({ bytes }) => bytes) / 1000,
        unit: "KB",
        atMost: 70,
      },
      ...slow,
    ];
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/**
 * The address of that region of each level, in whichever contest, for which the most bytes travel: its own file, those of the
 * regions above, and names. Looked for among those with the largest files, since packing a nation's would take minutes.
 */
function heaviestOfEachLevel(publicDir: string, model: Model): string[] {
  const sumOf = ({ contest, region }: Begin, bytesOf: (path: string) => number) =>
    [...wayTo(region).map(({ code }) => nowRegionPath(contest, code)), nowNamesPath(contest, region.code)]
      .map((path) => join(publicDir, path))
      .reduce((sum, path) => sum + bytesOf(path), 0);
  const lying = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const packed = (path: string) => (existsSync(path) ? brotliCompressSync(readFileSync(path), AS_NGINX).length : 0);
  return LEVELS.flatMap((level) => {
    const ofLevel = model.regions.filter((region) => region.level === level);
    const candidates = CONTEST_KINDS.flatMap((contest) =>
      largest(
        ofLevel.map((region) => ({ contest, region })),
        (begin) => sumOf(begin, lying),
      ).slice(0, CANDIDATES),
    );
    const [heaviest] = largest(candidates, (begin) => sumOf(begin, packed));
    return heaviest === undefined ? [] : [`#/${heaviest.contest}/${heaviest.region.code}`];
  });
}

function largest(begins: readonly Begin[], of: (begin: Begin) => number): Begin[] {
  return begins
    .map((begin) => ({ begin, size: of(begin) }))
    .sort((a, b) => b.size - a.size)
    .map(({ begin }) => begin);
}

function wayTo(region: Region): Region[] {
  return region.parent === null ? [region] : [...wayTo(region.parent), region];
}

interface Begin {
  readonly contest: ContestKind;
  readonly region: Region;
}

async function visitEach(browser: Browser, address: string, routes: readonly string[]): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (const route of routes) visits.push(await visit(browser, address + route));
  return visits;
}

/** The same behind nginx. */
async function behindNginx(
  browser: Browser,
  publicDir: string,
  route: string,
  heaviest: readonly string[],
): Promise<Figure[]> {
  if (!hasNginx) {
    process.stderr.write("nginx is not installed: the slow reader behind it is not measured\n");
    return [];
  }
  const nginx = await startNginx(publicDir);
  try {
    const visits: Visit[] = [];
    for (let i = 0; i < SLOW_VISITS; i++) visits.push(await visit(browser, nginx.url + route, SLOW));
    const others = await visitEach(browser, nginx.url, heaviest);
    const what = "the same reader behind nginx";
    return [
      { what: `${what}: bytes as they travel`, value: (visits[0]?.bytes ?? 0) / 1000, unit: "KB", atMost: 70 },
      {
        what: `${what}, at 1.6 Mbit/s and 150 ms, its processor slowed ${SLOW.cpu} times: until verified and drawn`,
        value: Math.min(...visits.map(({ drawn }) => drawn)) / 1000,
        unit: "s",
        atMost: 1.5,
      },
      {
        what: `${OTHERS}, behind nginx: bytes as they travel`,
        value: most(others, ({ bytes }) => bytes) / 1000,
        unit: "KB",
        atMost: 70,
      },
    ];
  } finally {
    await nginx.close();
  }
}

interface Visit {
  /** Milliseconds until the mark of what is verified was on the screen. */
  readonly drawn: number;
  readonly paths: readonly string[];
  /** Of all answers, their heads included. */
  readonly bytes: number;
  readonly trips: number;
}

const most = (visits: readonly Visit[], of: (visit: Visit) => number): number => Math.max(...visits.map(of));

/** A browser without any memory opens the address, and waits for the mark that all is verified. */
async function visit(browser: Browser, address: string, slow: typeof SLOW | null = null): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  if (slow !== null) {
    const { cpu, latency, downloadThroughput } = slow;
    await wire.send("Emulation.setCPUThrottlingRate", { rate: cpu });
    const conditions = { offline: false, latency, downloadThroughput, uploadThroughput: downloadThroughput };
    await wire.send("Network.emulateNetworkConditions", conditions);
  }
  await page.addInitScript(WATCH_MARK);
  const began: number[] = [];
  const paths: string[] = [];
  let bytes = 0;
  wire.on("Network.requestWillBeSent", ({ timestamp, request }) => {
    if (!request.url.startsWith("http")) return;
    began.push(timestamp * 1000);
    paths.push(new URL(request.url).pathname);
  });
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(address);
  await page.locator(".seal").waitFor({ timeout: 60_000 });
  const drawn = Number(await page.evaluate("globalThis.drawn"));
  await context.close();
  const first = Math.min(...began);
  return { drawn, paths, bytes, trips: Math.max(...began.map((time) => Math.floor((time - first) / TRIP) + 1)) };
}

/** Runs in the page: notes the first frame that has the mark, in milliseconds since the address was opened. */
const WATCH_MARK = `
  globalThis.drawn = new Promise((drawn) => {
    const frame = () => {
      if (document.querySelector(".seal")) requestAnimationFrame(() => drawn(performance.now()));
      else requestAnimationFrame(frame);
    };
    frame();
  });
`;

/** Asks for the files again and again until the server has packed them as well as it will; the bytes of all. */
async function settledBytes(address: string, paths: readonly string[], coding: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let since = performance.now(); performance.now() - since < SETTLED; ) {
    const sizes = await Promise.all(paths.map((path) => bytesOf(new URL(path, address), coding)));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    if (bytes < least) since = performance.now();
    least = Math.min(least, bytes);
  }
  return least;
}

function bytesOf(url: URL, coding: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": coding } }, (response) => {
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      response.on("end", () => resolve(bytes));
    }).on("error", reject);
  });
}
