/**
 * The page for readers, beside the data that it shows: so any web server that serves the public folder serves it too. The
 * page gets the key of the editions, and whether the votes are invented, written into it, so that it need not believe the
 * unsigned `status.json` about either.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { equalBytes, fromUtf8, utf8 } from "../ledger/bytes.ts";
import type { PublicFolder } from "./folder.ts";

export interface Site {
  readonly folder: PublicFolder;
  /** Where the page was built. */
  readonly built: string;
  readonly editionsVkey: string;
  /** The votes are invented. */
  readonly simulation: boolean;
}

const PAGE = "index.html";
/** The page packed by brotli, for web servers that do not pack so well themselves: every reader fetches it first. */
const PACKED_PAGE = `${PAGE}.br`;
/** Scripts that the page loads later, each named by its hash. Those of older pages stay: somebody may be reading one. */
const ASSETS = "assets";

/**
 * Puts the page into the public folder, unless it is there already. Returns why it could not, or null: what is wrong with the
 * page must not keep the figures from being published.
 */
export function publishSite({ folder, built, editionsVkey, simulation }: Site): string | null {
  if (!existsSync(join(built, PAGE))) return `no page for readers was built in ${built}; npm run build makes it`;
  let page = fromUtf8(readFileSync(join(built, PAGE)));
  for (const [name, content] of [
    ["teguh-key", editionsVkey],
    ["teguh-simulation", simulation ? "yes" : ""],
  ] as const) {
    const empty = `<meta name="${name}" content="" />`;
    if (!page.includes(empty)) return `the page in ${built} has no ${empty}; npm run build makes it anew`;
    page = page.replace(empty, () => `<meta name="${name}" content="${escaped(content)}" />`);
  }
  const assets = join(built, ASSETS);
  for (const name of existsSync(assets) ? readdirSync(assets) : []) {
    folder.writeOnce(`${ASSETS}/${name}`, readFileSync(join(assets, name)));
  }
  // The page last: it names the others.
  const bytes = utf8(page);
  for (const [path, content] of [
    [PAGE, bytes],
    [PACKED_PAGE, brotliCompressSync(bytes)],
  ] as const) {
    const there = folder.read(path);
    if (there === null || !equalBytes(there, content)) folder.replace(path, content);
  }
  return null;
}

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
