// Builds the pages into dist/, and only when something that they are made of has changed: every `npm start` and
// `npm test` comes by here. What they are made of is hashed rather than dated, since a checkout changes every date.
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { configOf } from "../vite.config.ts";

const ROOT = join(import.meta.dirname, "..");
const STAMP = join(ROOT, "dist", ".made-of");
const SOURCES = [
  "web/**/*",
  "src/{election,ledger,tally,export,client,recap/wire}/**/*.ts",
  // It goes along in files of evidence.
  "docs/verify-by-hand.py",
  "vite.config.ts",
  "package.json",
  "package-lock.json",
];

/** The folders of web/ that are pages of their own: those with an index.html. */
function pages(): string[] {
  return globSync("web/*/index.html", { cwd: ROOT })
    .map((path) => path.split("/")[1] ?? "")
    .sort();
}

/** A hash over the name and bytes of everything that the pages are made of. */
function madeOf(): string {
  const hash = createHash("sha256");
  const files = globSync(SOURCES, { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${file.slice(ROOT.length)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

/** Whether dist/ was made of exactly these sources, and is all there. */
function isFresh(sources: string): boolean {
  const whole = pages().every((page) => existsSync(join(ROOT, "dist", page, "index.html")));
  return whole && existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources;
}

const sources = madeOf();
if (!isFresh(sources)) {
  for (const page of pages()) {
    process.stderr.write(`teguh: building web/${page}\n`);
    await build(configOf(page));
  }
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  writeFileSync(STAMP, sources);
}
