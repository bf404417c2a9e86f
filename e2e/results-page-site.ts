/** What the tests of the public page share: the built page over http with published files that a test may change, and a reader's browser. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { STATUS } from "../src/publish/layout.ts";
import { pageFor } from "../src/publish/site.ts";
import { decodeStatus } from "../web/results/verify/status.ts";

const BUILT = new URL("../dist/results/", import.meta.url);

export type Files = ReadonlyMap<string, Uint8Array>;

export interface Site {
  readonly url: string;
  /** May be replaced while it is served: the next request sees it. */
  files: Files;
  /** Does what it likes with a request, and says so; else the files answer. */
  hostile: (path: string, response: ServerResponse) => boolean;
  /** What was asked for, with its compressed size. */
  readonly asked: { readonly path: string; readonly bytes: number }[];
  close(): void;
}

export const WIDTHS = { phone: 360, desk: 1280 } as const;

/** The page itself, or one of its scripts. */
export function builtFile(path: string): Buffer | undefined {
  if (path !== "" && !path.startsWith("assets/")) return undefined;
  const file = new URL(path === "" ? "index.html" : path, BUILT);
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** The page itself as the publisher would have written it for these files. */
export function publishedPage(files: Files): string {
  const built = (builtFile("") ?? "").toString();
  const status = files.get(STATUS);
  return (status && pageFor(built, decodeStatus(status))) ?? built;
}

/** The page and published files on loopback, compressed as any server would. */
export async function serveFiles(files: Files): Promise<Site> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://reader").pathname.slice(1);
    if (site.hostile(path, response)) return;
    const body = path === "" ? Buffer.from(publishedPage(site.files)) : (builtFile(path) ?? site.files.get(path));
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
    files,
    hostile: () => false,
    asked: [],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return site;
}

/** Opens a route and waits for the mark or a notice. What a page throws fails the test when it is closed. */
export async function openPage(
  browser: Browser,
  site: Site,
  route: string,
  width: number,
  colorScheme: "light" | "dark" = "light",
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) errors.push(message.text());
  });
  page.on("close", () => assert.deepEqual(errors, []));
  await page.goto(site.url + route);
  await page.locator(".seal, .notice").first().waitFor();
  return page;
}

/** Keeps a picture of a whole page to be looked at, if `TEGUH_PICTURES` names a folder for them. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.TEGUH_PICTURES;
  if (folder)
    await page.screenshot({ path: join(folder, `results-${name.replaceAll(/\W+/g, "-")}.png`), fullPage: true });
}
