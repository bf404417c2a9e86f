/**
 * The page for readers, beside the data that it shows: so any web server that serves the public folder serves it too. The
 * page gets written into it what `status.json` says of the election, the key of the editions above all: so it need not wait for
 * that file, nor believe it.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { equalBytes, fromUtf8, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import type { PublicFolder } from "./folder.ts";
import type { AboutSite } from "./now.ts";

export interface Site {
  readonly folder: PublicFolder;
  /** Where the page was built. */
  readonly built: string;
  readonly about: AboutSite;
}

const PAGE = "index.html";
/** The page packed by brotli, for web servers that do not pack so well themselves: every reader fetches it first. */
const PACKED_PAGE = `${PAGE}.br`;
/** The page's scripts, each named by its hash. Those of older pages stay: somebody may be reading one. */
const ASSETS = "assets";

/**
 * Puts the page into the public folder, unless it is there already. Returns why it could not, or null: what is wrong with the
 * page must not keep the figures from being published.
 */
export function publishSite({ folder, built, about }: Site): string | null {
  if (!existsSync(join(built, PAGE))) return `no page for readers was built in ${built}; npm run build makes it`;
  const page = pageFor(fromUtf8(readFileSync(join(built, PAGE))), about);
  if (page === null) return `the page in ${built} has no ${EMPTY}; npm run build makes it anew`;
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

const EMPTY = '<meta name="teguh-site" content="" />';

/** The page as it is published for an election; null if it has no place for what it is to be told. */
export function pageFor(built: string, about: AboutSite): string | null {
  if (!built.includes(EMPTY)) return null;
  return built.replace(EMPTY, () => EMPTY.replace('""', () => `"${escaped(canonical(about))}"`));
}

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
