import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { brotliDecompressSync } from "node:zlib";
import { diskFolder } from "./folder.ts";
import { publishSite } from "./site.ts";
import { readyOffice } from "./testing.ts";

const META = '<meta name="teguh-site" content="" />';
const ABOUT = {
  contests: ["ppwp"],
  editionsVkey: 'a&b"<c>+1+Kk',
  election: "pemilu.example/2029",
  genesis: "00",
  simulation: true,
  title: { en: "An election", id: "Pemilu" },
};
let dir: string;
let built: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "teguh-site-"));
  built = join(dir, "built");
  mkdirSync(join(built, "assets"), { recursive: true });
  writeFileSync(join(built, "index.html"), `<!doctype html>${META}<p>page`);
  writeFileSync(join(built, "assets", "AbC.js"), "later");
});
afterEach(() => rmSync(dir, { recursive: true }));

const publish = (change: Partial<Parameters<typeof publishSite>[0]> = {}) =>
  publishSite({
    folder: diskFolder(join(dir, "public"), assert.fail),
    built,
    about: ABOUT,
    ...change,
  });
const published = (path: string) => readFileSync(join(dir, "public", path), "utf8");

/** What a browser reads in an attribute. */
const unescaped = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&amp;/g, "&");

test("the page is published with what the site says of its election in it, and its scripts", () => {
  assert.equal(publish(), null);
  const [, content = ""] =
    /^<!doctype html><meta name="teguh-site" content="([^"<]*)" \/><p>page$/.exec(published("index.html")) ?? [];
  assert.deepEqual(JSON.parse(unescaped(content)), ABOUT);
  assert.equal(published("assets/AbC.js"), "later");
  const packed = readFileSync(join(dir, "public", "index.html.br"));
  assert.equal(brotliDecompressSync(packed).toString(), published("index.html"));
});

test("a page that is there already is not written again; a newer one takes its place, and old scripts stay", () => {
  publish();
  const folder = diskFolder(join(dir, "public"), assert.fail);
  publish({ folder: { ...folder, replace: assert.fail } });
  rmSync(join(built, "assets", "AbC.js"));
  writeFileSync(join(built, "index.html"), `${META}newer`);
  publish();
  assert.match(published("index.html"), /newer$/);
  assert.equal(published("assets/AbC.js"), "later");
});

test("where no page was built nothing is published", () => {
  rmSync(built, { recursive: true });
  assert.match(publish() ?? "", /no page for readers was built/);
});

test("a page that cannot be told its key is not published", () => {
  writeFileSync(join(built, "index.html"), "<p>page");
  assert.match(publish() ?? "", /has no <meta name="teguh-site"/);
});

test("the publisher puts the page beside the first edition, and a new page there when it opens", async () => {
  const office = readyOffice();
  try {
    await office.receive();
    const first = await office.open(undefined, { page: built });
    await first.step();
    const page = () => readFileSync(join(office.publicDir, "index.html"), "utf8");
    const { editionsVkey } = JSON.parse(readFileSync(join(office.publicDir, "status.json"), "utf8"));
    assert.ok(page().includes(editionsVkey));
    writeFileSync(join(built, "index.html"), `${META}newer`);
    await office.open(undefined, { page: built });
    assert.match(page(), /newer$/);
  } finally {
    office.close();
  }
});
