/**
 * A cold reader: a browser that has never been here opens the largest desa there is in the largest contest, and shows figures
 * that it has verified. Counted are requests, bytes as they travel (gzip), and round trips: every answer is held back for
 * the same time, so that the moment at which a request is made tells how many answers it had to wait for.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { publicServer } from "../src/server/public.ts";
import { Data, NATION_WIDE, SHARE } from "./data.ts";
import type { Context, Figure } from "./figure.ts";

const ROOT = join(import.meta.dirname, "..");
/** How long every answer is held back, in milliseconds: far longer than anything the browser does itself. */
const TRIP = 800;

const dataOf = ({ short }: Context) => new Data(short ? SHARE : NATION_WIDE);

export async function prepare(context: Context): Promise<void> {
  await dataOf(context).statements();
  await dataOf(context).published();
  const built = spawnSync(process.execPath, [join(ROOT, "scripts", "build-web.ts")], { stdio: "inherit" });
  if (built.status !== 0) throw new Error("the pages could not be built");
}

/** The address of the desa with the most stations. */
function largestDesa(data: Data): string {
  const desa = data.model().regions.filter(({ level }) => level === "desa");
  const { code } = desa.reduce((most, other) => (other.stations.length > most.stations.length ? other : most));
  return [2, 4, 6, 10].map((length) => code.slice(0, length)).join("/");
}

export async function run(context: Context): Promise<Figure[]> {
  const data = dataOf(context);
  const inner = publicServer({ publicFolder: data.publicDir, siteFolder: join(ROOT, "dist", "results") });
  const server = createServer((request, response) => {
    setTimeout(() => inner.emit("request", request, response), TRIP);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: process.env.TEGUH_CHROMIUM ?? "/usr/bin/chromium",
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-dev-shm-usage"],
  });
  try {
    const page = await browser.newPage();
    const wire = await page.context().newCDPSession(page);
    await wire.send("Network.enable");
    const began: number[] = [];
    let bytes = 0;
    const paths: string[] = [];
    wire.on("Network.requestWillBeSent", ({ timestamp, request }) => {
      if (!request.url.startsWith("http")) return;
      began.push(timestamp * 1000);
      paths.push(new URL(request.url).pathname);
    });
    wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(`http://127.0.0.1:${port}/#/dpr/${largestDesa(data)}`);
    await page.locator(".seal").first().waitFor({ timeout: 60_000 });
    const first = Math.min(...began);
    const trips = Math.max(...began.map((time) => Math.floor((time - first) / TRIP) + 1));
    process.stderr.write(`reader: ${paths.join(" ")}\n`);
    const who = "cold reader of the largest desa (451 stations, 179 columns)";
    return [
      { what: `${who}: requests`, value: began.length, unit: "", atMost: 8 },
      { what: `${who}: round trips`, value: trips, unit: "", atMost: 3 },
      { what: `${who}: bytes as they travel`, value: bytes / 1000, unit: "KB", atMost: 70 },
    ];
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
