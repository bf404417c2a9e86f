/**
 * What a cold reader pays: from nothing to the verified figures of the largest desa, in a contest with 179 columns, in a real
 * Chromium at the real static server. The nation around it is of real size, since its rows are what such a reader must fetch:
 * every station of the desa has reported, one in five elsewhere, and half of those have been read in plenary.
 */
import { existsSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import type { CDPSession } from "playwright-core";
import { launchBrowser } from "../e2e/browser.ts";
import type { Model, Region } from "../src/election/model.ts";
import { Data, NATION_WIDE, SHARE } from "./data.ts";
import { stationsOf } from "./election.ts";
import type { Context, Figure } from "./figure.ts";
import { ServerProcess } from "./server.ts";

const CONTEST = "dpr";
/** Beyond the desa one station in so many has a sheet, and one in so many a reading. */
const WITH_SHEET = 5;
const WITH_READING = 10;
/** Added to each answer, in milliseconds: so that what is asked together is seen to be. */
const LATENCY = 100;
/** The server packs better what is asked for again, one file at a time: after so many visits each has had its turn. */
const MOST_VISITS = 20;

const dataOf = ({ short }: Context) => new Data(short ? SHARE : NATION_WIDE, { kind: "reader" });

export async function prepare(context: Context): Promise<void> {
  const data = dataOf(context);
  await data.statements({ sheets: false });
  if (existsSync(join(data.dir, "published.done"))) return;
  const model = data.model();
  const store = data.openStore();
  const nation = await data.openNation(store, model);
  const desa = largestDesa(model);
  const others = stationsOf(model, model.nation).filter((station) => !station.startsWith(desa.code));
  await nation.sheets([...stationsOf(model, desa), ...others.filter((_, i) => i % WITH_SHEET === 0)], [CONTEST]);
  const read = stationsOf(model, desa).filter((_, i) => i % 2 === 0);
  await nation.readings([...read, ...others.filter((_, i) => i % WITH_READING === 0)], [CONTEST]);
  await store.close();
  await data.published();
}

function largestDesa(model: Model): Region {
  const size = ({ stationFrom, stationTo }: Region) => stationTo - stationFrom;
  return model.regions
    .filter(({ level }) => level === "desa")
    .reduce((largest, region) => (size(region) > size(largest) ? region : largest));
}

interface Visit {
  readonly paths: readonly string[];
  /** Of answers as they came over the wire, their heads included. */
  readonly bytes: number;
  readonly trips: number;
}

interface Request {
  readonly path: string;
  readonly began: number;
  ended: number;
  bytes: number;
}

export async function run(context: Context): Promise<Figure[]> {
  const data = dataOf(context);
  const desa = largestDesa(data.model());
  const server = await ServerProcess.start("public", data.dir);
  const browser = await launchBrowser();
  try {
    const visit = async (): Promise<Visit> => {
      const page = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage();
      const requests = await watch(await page.context().newCDPSession(page));
      await page.goto(`${server.address}#/${CONTEST}/${desa.code}`);
      await page.locator(".seal").waitFor();
      await page.context().close();
      return summary([...requests.values()]);
    };
    let last = await visit();
    for (let i = 1; i < MOST_VISITS; i++) last = await visit();
    for (const path of last.paths) process.stderr.write(`${path}\n`);
    const gzip = await Promise.all(last.paths.map((path) => gzipBytes(server.address, path.split(" ")[0] ?? "")));
    const where = `${desa.stationTo - desa.stationFrom} stations, 179 columns, ${context.short ? "two provinces" : "the nation"}`;
    return [
      { what: `cold reader to verified figures (${where}): requests`, value: last.paths.length, unit: "", atMost: 8 },
      { what: "one after the other: round trips", value: last.trips, unit: "", atMost: 3 },
      { what: "compressed, heads included", value: last.bytes / 1000, unit: "KB", atMost: 70 },
      {
        what: "the same files for a reader that knows only gzip",
        value: gzip.reduce((sum, n) => sum + n, 0) / 1000,
        unit: "KB",
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Every request of the page, by Chromium's own account. */
async function watch(session: CDPSession): Promise<ReadonlyMap<string, Request>> {
  const requests = new Map<string, Request>();
  session.on("Network.requestWillBeSent", ({ requestId, request, timestamp }) => {
    if (request.url.startsWith("data:")) return;
    const { pathname } = new URL(request.url);
    requests.set(requestId, { path: pathname, began: timestamp, ended: Number.POSITIVE_INFINITY, bytes: 0 });
  });
  session.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) Object.assign(request, { ended: timestamp, bytes: encodedDataLength });
  });
  await session.send("Network.enable");
  const unbounded = { downloadThroughput: -1, uploadThroughput: -1, offline: false };
  await session.send("Network.emulateNetworkConditions", { latency: LATENCY, ...unbounded });
  return requests;
}

function summary(requests: readonly Request[]): Visit {
  const trips = new Map<Request, number>();
  for (const request of requests) {
    const before = requests.filter(({ ended }) => ended <= request.began);
    trips.set(request, 1 + Math.max(0, ...before.map((each) => trips.get(each) ?? 0)));
  }
  return {
    paths: requests.map((request) => `${request.path} ${request.bytes} trip ${trips.get(request)}`),
    bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
    trips: Math.max(...trips.values()),
  };
}

function gzipBytes(address: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(new URL(path, address), { headers: { "accept-encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      response.on("end", () => resolve(bytes));
    }).on("error", reject);
  });
}
