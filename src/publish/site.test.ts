import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { brotliDecompressSync } from "node:zlib";
import { diskFolder } from "./folder.ts";
import { publishSite } from "./site.ts";
import { readyOffice } from "./testing.ts";

const METAS = '<meta name="teguh-key" content="" /><meta name="teguh-simulation" content="" />';
let dir: string;
let built: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "teguh-site-"));
  built = join(dir, "built");
  mkdirSync(join(built, "assets"), { recursive: true });
  writeFileSync(join(built, "index.html"), `<!doctype html>${METAS}<p>page`);
  writeFileSync(join(built, "assets", "AbC.js"), "later");
});
afterEach(() => rmSync(dir, { recursive: true }));

const publish = (change: Partial<Parameters<typeof publishSite>[0]> = {}) =>
  publishSite({
    folder: diskFolder(join(dir, "public"), assert.fail),
    built,
    editionsVkey: 'a&b"<c>+1+Kk',
    simulation: true,
    ...change,
  });
const published = (path: string) => readFileSync(join(dir, "public", path), "utf8");

test("the page is published with the key in it, that the votes are invented, and its scripts", () => {
  assert.equal(publish(), null);
  const key = '<meta name="teguh-key" content="a&amp;b&quot;&lt;c>+1+Kk" />';
  assert.equal(published("index.html"), `<!doctype html>${key}<meta name="teguh-simulation" content="yes" /><p>page`);
  assert.equal(published("assets/AbC.js"), "later");
  const packed = readFileSync(join(dir, "public", "index.html.br"));
  assert.equal(brotliDecompressSync(packed).toString(), published("index.html"));
});

test("a real election's page does not speak of simulation", () => {
  publish({ simulation: false });
  assert.match(published("index.html"), /<meta name="teguh-simulation" content="" \/>/);
});

test("a page that is there already is not written again; a newer one takes its place, and old scripts stay", () => {
  publish();
  const folder = diskFolder(join(dir, "public"), assert.fail);
  publish({ folder: { ...folder, replace: assert.fail } });
  rmSync(join(built, "assets", "AbC.js"));
  writeFileSync(join(built, "index.html"), `${METAS}newer`);
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
  assert.match(publish() ?? "", /has no <meta name="teguh-key"/);
});

test("the publisher puts the page beside the first edition, and a new page there when it opens", async () => {
  const office = readyOffice();
  try {
    await office.receive();
    const first = await office.open(undefined, { page: built });
    await first.step();
    const page = () => readFileSync(join(office.publicDir, "index.html"), "utf8");
    const { editionsVkey } = JSON.parse(readFileSync(join(office.publicDir, "status.json"), "utf8"));
    assert.ok(page().includes(`content="${editionsVkey}"`));
    writeFileSync(join(built, "index.html"), `${METAS}newer`);
    await office.open(undefined, { page: built });
    assert.match(page(), /newer$/);
  } finally {
    office.close();
  }
});
