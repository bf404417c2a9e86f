import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { searchFolder } from "../election/search.ts";
import type { ObjectSource } from "../export/source.ts";
import { asHash } from "../ledger/hash.ts";
import { figuresFor } from "../tally/testing.ts";
import { type Members, makeDownloads } from "./downloads.ts";
import { objectPath } from "./layout.ts";
import type { Publisher } from "./publisher.ts";
import {
  DOWNLOADS_EVERY,
  FEED_EVERY,
  ObjectGone,
  PLAIN_EVERY,
  type PublishedEdition,
  SideFiles,
} from "./side-files.ts";
import { type Office, readyOffice } from "./testing.ts";

const FIRST = "5101011001001";
const offices: Office[] = [];
after(() => {
  for (const office of offices) office.close();
});

/** An office with a first edition: two stations of the presidential contest, one of the DPR. */
async function publishing() {
  const office = readyOffice();
  offices.push(office);
  const { world } = office;
  const sheet = world.sheet(FIRST, "ppwp", [100, 60, 40], null);
  world.sheet("5101011001002", "ppwp", [10, 20, 30], null, { figures: figuresFor(61, 5) });
  world.sheet("5101011002001", "dpr", [5, 10, 15, 1, 2, 3], null);
  await office.receive();
  const publisher = await office.open();
  await publisher.step();
  return { office, publisher, sheet };
}

function published(publisher: Publisher): PublishedEdition {
  const { latest } = publisher;
  assert.ok(latest);
  return { edition: latest.edition, id: latest.id, election: "uji.teguh.example/2029" };
}

const text = (office: Office, path: string) => readFileSync(join(office.publicDir, path), "utf8");
const feedOf = (office: Office, region: string) =>
  JSON.parse(text(office, `feed/${region}.json`)) as {
    items: { title: string; content_text: string; _teguh: { time: number } }[];
  };

test("beside an edition there are a search index, a feed and pages that need no script", async () => {
  const { office, publisher } = await publishing();
  const next = published(publisher);
  await new SideFiles(office.publicDir, () => office.now).follow(next);
  assert.ok(existsSync(join(office.publicDir, searchFolder(next.edition.definition), "index.json")));
  assert.equal(feedOf(office, "0").items.length, 0);
  const page = text(office, "plain/id/ppwp/51.html");
  assert.match(page, /<td class="n">100<\/td>/);
  assert.doesNotMatch(page, /<script/);
  assert.match(text(office, "plain/en/dpr/0.html"), /Vote count/);
});

test("a correction is in the feeds of its nation, province and kabupaten, with what changed, why, and where it is proved", async () => {
  const { office, publisher, sheet } = await publishing();
  const side = new SideFiles(office.publicDir, () => office.now);
  await side.follow(published(publisher));
  office.world.sheet(FIRST, "ppwp", [90, 65, 40], sheet.id);
  await office.receive();
  office.now += FEED_EVERY;
  await publisher.step();
  await side.follow(published(publisher));
  for (const region of ["0", "51", "5101"]) {
    const [item, ...others] = feedOf(office, region).items;
    assert.deepEqual(others, []);
    assert.match(item?.title ?? "", /^TPS 001, .*: pembetulan, Presiden/);
    assert.match(item?.content_text ?? "", /100 → 90 \(−10\)/);
    assert.match(item?.content_text ?? "", /tps\/510101 entri \d+/);
  }
  const atom = text(office, "feed/51.atom");
  assert.match(atom, /<entry><id>urn:teguh:[^<]+:tps\/510101\/\d+\/ppwp\/5101011001001<\/id>/);
});

test("a process that is started anew goes on with the feeds where the one before stopped", async () => {
  const { office, publisher, sheet } = await publishing();
  await new SideFiles(office.publicDir, () => office.now).follow(published(publisher));
  let previous = sheet;
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    previous = office.world.sheet(FIRST, "ppwp", [90 - i, 65, 40], previous.id);
    await office.receive();
    office.now += FEED_EVERY;
    times.unshift(office.now);
    await publisher.step();
    await new SideFiles(office.publicDir, () => office.now).follow(published(publisher));
  }
  assert.deepEqual(
    feedOf(office, "51").items.map(({ _teguh }) => _teguh.time),
    times,
  );
});

test("what was published a moment ago is not made again before it is time, and then made without another edition", async () => {
  const { office, publisher, sheet } = await publishing();
  const side = new SideFiles(office.publicDir, () => office.now);
  assert.equal(await side.follow(published(publisher)), 0);
  office.world.sheet(FIRST, "ppwp", [90, 65, 40], sheet.id);
  await office.receive();
  await publisher.step();
  assert.equal(await side.follow(published(publisher)), FEED_EVERY);
  assert.equal(feedOf(office, "0").items.length, 0);
  assert.match(text(office, "plain/id/ppwp/0.html"), /<td class="n">100<\/td>/);
  office.now += FEED_EVERY;
  assert.equal(await side.follow(published(publisher)), PLAIN_EVERY - FEED_EVERY, "the pages are still to come");
  assert.equal(feedOf(office, "0").items.length, 1);
  assert.match(text(office, "plain/id/ppwp/0.html"), /<td class="n">100<\/td>/);
  office.now += PLAIN_EVERY - FEED_EVERY;
  assert.equal(await side.follow(published(publisher)), 0);
  assert.match(text(office, "plain/id/ppwp/0.html"), /<td class="n">90<\/td>/);
});

interface List {
  readonly files: {
    contest: string;
    region: string;
    book: string;
    votes: string;
    path: string;
    hash: string;
    bytes: number;
    rows: number;
  }[];
}

/** The list of downloads, every file of it found as it says. */
function checkedList(office: Office, hash: string): List["files"] {
  const bytes = readFileSync(join(office.publicDir, `download/${hash}.json`));
  assert.equal(createHash("sha256").update(bytes).digest("hex"), hash);
  const { files } = JSON.parse(bytes.toString()) as List;
  for (const file of files) {
    const content = readFileSync(join(office.publicDir, file.path));
    assert.equal(createHash("sha256").update(content).digest("hex"), file.hash);
    assert.equal(content.length, file.bytes);
    assert.equal(gunzipSync(content).toString().trim().split("\r\n").length, file.rows + 1);
  }
  return files;
}

test("downloads are provinces and the nation, named by their hashes in a list that is named by its own", async () => {
  const { office, publisher } = await publishing();
  const made = await new SideFiles(office.publicDir, () => office.now).downloads(published(publisher));
  assert.equal(made?.edition, 1);
  const files = checkedList(office, made?.hash ?? "");
  const names = files.map(({ contest, region, votes }) => `${contest} ${region} ${votes}`);
  assert.ok(names.includes("ppwp 0 choices") && names.includes("ppwp 51 choices"), names.join());
  assert.ok(names.includes("dpr 0 parties"), names.join());
  const nation = files.find(({ contest, region }) => contest === "ppwp" && region === "0");
  const csv = gunzipSync(readFileSync(join(office.publicDir, nation?.path ?? ""))).toString();
  assert.match(csv, /\r\n5101011001001,[^\r]*,posted,[^\r]*,100,60,40\r\n/);
});

test("an edition names the downloads that are ready, and a publisher that is started anew goes on naming them", async () => {
  const { office, publisher, sheet } = await publishing();
  const ready = await new SideFiles(office.publicDir, () => office.now).downloads(published(publisher));
  const side = { follow: () => undefined, downloads: ready, close: () => undefined };
  const second = await office.open(undefined, { side });
  const later = office.world.sheet(FIRST, "ppwp", [90, 65, 40], sheet.id);
  await office.receive();
  assert.deepEqual((await second.step())?.downloads, ready);
  const third = await office.open();
  office.world.sheet(FIRST, "ppwp", [80, 65, 40], later.id);
  await office.receive();
  assert.deepEqual((await third.step())?.downloads, ready);
  office.check();
});

test("a process that is started anew does not make the downloads of the same ten minutes again", async () => {
  const { office, publisher, sheet } = await publishing();
  const made = await new SideFiles(office.publicDir, () => office.now).downloads(published(publisher));
  office.world.sheet(FIRST, "ppwp", [90, 65, 40], sheet.id);
  await office.receive();
  office.now += 1000;
  await publisher.step();
  const there = readdirSync(join(office.publicDir, "download"));
  const second = new SideFiles(office.publicDir, () => office.now);
  assert.deepEqual(await second.downloads(published(publisher)), made);
  assert.deepEqual(readdirSync(join(office.publicDir, "download")), there);
  const list = join(office.publicDir, "download", `${made?.hash}.json`);
  for (const lose of [
    () => truncateSync(list, 10),
    () => rmSync(join(office.publicDir, "download"), { recursive: true }),
  ]) {
    lose();
    const anew = await new SideFiles(office.publicDir, () => office.now).downloads(published(publisher));
    assert.equal(anew?.edition, 2, "what is gone or cut short is made");
  }
});

test("downloads come at most every ten minutes, take over what has not moved, and only the newest sets stay", async () => {
  const { office, publisher, sheet } = await publishing();
  const side = new SideFiles(office.publicDir, () => office.now);
  const lists: List["files"][] = [];
  let previous = sheet;
  for (let i = 0; i < 5; i++) {
    const made = await side.downloads(published(publisher));
    assert.ok(made);
    lists.push(checkedList(office, made.hash));
    assert.equal(await side.downloads(published(publisher)), null);
    previous = office.world.sheet(FIRST, "ppwp", [90 - i, 65, 40], previous.id);
    await office.receive();
    office.now += DOWNLOADS_EVERY;
    await publisher.step();
  }
  const dpr = lists.map((files) => files.find(({ contest, region }) => contest === "dpr" && region === "51")?.hash);
  assert.equal(new Set(dpr).size, 1);
  const ppwp = lists.map((files) => files.find(({ contest, region }) => contest === "ppwp" && region === "51")?.hash);
  assert.equal(new Set(ppwp).size, 5);
  const there = readdirSync(join(office.publicDir, "download"));
  assert.equal(there.filter((name) => /^[0-9a-f]+\.json$/.test(name)).length, 3);
  assert.ok(!there.includes(`${ppwp[0]}.csv.gz`));
  assert.ok(there.includes(`${ppwp[2]}.csv.gz`));
});

test("of a kecamatan that has not moved the rows are taken from the file before, also if that set was not finished", async () => {
  const { office, publisher, sheet } = await publishing();
  office.world.sheet("5102011001001", "ppwp", [7, 8, 9], null);
  office.world.sheet("5201011001001", "dpd", [4, 3, 2, 1], null);
  await office.receive();
  office.now += 1000;
  await publisher.step();
  const first = published(publisher).edition;
  const read: string[] = [];
  let without: string | null = null;
  const source: ObjectSource = {
    object: async (hash) => {
      if (hash === without) throw new ObjectGone(hash);
      read.push(hash);
      return JSON.parse(text(office, objectPath(asHash(hash))));
    },
  };
  const members: Members = new Map();
  without = first.results.dpd ?? null;
  await assert.rejects(makeDownloads(office.publicDir, source, first, members), ObjectGone);
  without = null;
  office.world.sheet(FIRST, "ppwp", [90, 65, 40], sheet.id);
  await office.receive();
  office.now += 1000;
  await publisher.step();
  const { edition } = published(publisher);
  read.length = 0;
  const made = await makeDownloads(office.publicDir, source, edition, members);
  const files = checkedList(office, made.hash);
  const desaRead = read.map((hash) => JSON.parse(text(office, objectPath(asHash(hash)))));
  const ofPresident = desaRead.filter(({ contest, level }) => contest === "ppwp" && level === "desa");
  assert.deepEqual([...new Set(ofPresident.map(({ region }) => region.slice(0, 6)))], ["510101"]);
  const path = files.find(({ contest, region }) => contest === "ppwp" && region === "0")?.path ?? "";
  const csv = gunzipSync(readFileSync(join(office.publicDir, path))).toString();
  assert.match(csv, /\r\n5101011001001,[^\r]*,90,65,40\r\n/);
  assert.match(csv, /\r\n5102011001001,[^\r]*,7,8,9\r\n/);
  const anew = await makeDownloads(office.publicDir, source, edition);
  assert.equal(anew.hash, made.hash, "made from nothing the files are the same");
});

test("an edition whose objects were let go is given up without a trace", async () => {
  const { office, publisher } = await publishing();
  const next = published(publisher);
  const gone = { ...next, edition: { ...next.edition, results: { ppwp: "0".repeat(64) } } } as PublishedEdition;
  await assert.rejects(new SideFiles(office.publicDir, () => office.now).downloads(gone), /not published any more/);
});
