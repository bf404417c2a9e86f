/**
 * The whole demonstration, small and fast: real processes, the real door, the real publisher. It is stopped in the middle and
 * started again, since that is where something could be lost or done twice.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { main } from "../cli/teguh.ts";
import { readReceipt } from "../client/receipts.ts";
import { CONTEST_KINDS, type ContestKind } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { readPages } from "../election/page-list.ts";
import { inspectPhoto } from "../election/photo.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { asHash, hashHex } from "../ledger/hash.ts";
import { parseStatement } from "../ledger/statement.ts";
import { readFileOrNull } from "../store/files.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import { Tally } from "../tally/fold.ts";
import { exchangeAt } from "./exchange.ts";
import { OtherElection } from "./founding.ts";
import { planOf } from "./phones.ts";
import { contestsOf, stationsOf } from "./places.ts";
import { runDemo } from "./run.ts";
import { modelIn, outboxPath, readClock, readRun } from "./settings.ts";
import { sheetCount, storyIn } from "./sheets.ts";
import { ACT_TYPES, actsOf } from "./sittings.ts";

const SEED = "1";
const STATIONS = 60;
/** Kills what hangs; no judgement on speed. */
const HUNG = 270_000;
const LOOK_AGAIN = 50;

const data = join(mkdtempSync(join(tmpdir(), "teguh-demo-")), "data");
let model: Model;

/** Runs the demonstration until `reached`, stops it, and returns its exit code. */
async function runUntil(reached: () => boolean, speed: number): Promise<number> {
  const stopping = new AbortController();
  const lines: string[] = [];
  const ended = runDemo({
    data,
    seed: SEED,
    stations: STATIONS,
    speed,
    publicPort: 0,
    intakePort: 0,
    deskPort: 0,
    photosPort: 0,
    onReady: () => undefined,
    log: (line) => lines.push(line),
    signal: stopping.signal,
  });
  const deadline = performance.now() + HUNG;
  try {
    while (!reached()) {
      assert.ok(performance.now() < deadline, `not reached in ${HUNG} ms: ${lines.join("; ")}`);
      const code = await Promise.race([ended, pause(LOOK_AGAIN, null)]);
      assert.equal(code, null, `it ended by itself: ${lines.join("; ")}`);
    }
  } finally {
    stopping.abort();
    await ended;
  }
  return ended;
}

interface Book {
  readonly read?: number;
  readonly posted?: number;
  readonly lists?: readonly { readonly votes?: readonly number[]; readonly removed?: readonly unknown[] }[];
}
interface Nation {
  readonly status: string;
  readonly count: Book;
  readonly recap: Book;
}

/** The province's object as it is published now; null before there is one. */
function published(kind: ContestKind, region = "51"): Nation | null {
  const bytes = readFileOrNull(join(data, "public", "now", kind, `${region}.json`));
  return bytes === null ? null : (JSON.parse(fromUtf8(bytes)) as Nation);
}

/** What all phones remember, by phone and name: the last line of each in their file. */
function outbox(): Map<string, Record<string, unknown>> {
  const text = fromUtf8(readFileOrNull(join(outboxPath(data), "records.jsonl")) ?? utf8(""));
  const kept = new Map<string, Record<string, unknown>>();
  for (const line of text.split("\n").slice(0, -1)) {
    const [phone, name, record] = JSON.parse(line) as [string, string, string | null];
    if (record === null) kept.delete(`${phone}/${name}`);
    else kept.set(`${phone}/${name}`, { phone, name, ...(JSON.parse(record) as object) });
  }
  return kept;
}
const records = (kind: string) => [...outbox().values()].filter(({ name }) => String(name).startsWith(`${kind}/`));
const receipts = () => records("sheet").filter(({ state }) => state === "received").length;
const hasPhotos = () => {
  const photos = records("photo");
  return photos.length > 0 && photos.every(({ state }) => state === "published");
};
const hasRemovals = ({ lists = [] }: Book) => lists.some(({ removed = [] }) => removed.length > 0);
const isOver = () =>
  ["ppwp", "dpr", "dpd"].every((kind) => published(kind as ContestKind, "0")?.status === "certified") && hasPhotos();

before(async () => {
  assert.equal(await runUntil(() => receipts() > 100, 1_000), 0);
  model = modelIn(data);
  const clock = readClock(data);
  assert.ok(clock > 0);
  assert.equal(await runUntil(isOver, 20_000), 0);
  assert.equal(readRun(data).from, clock, "it went on where it was");
});
after(() => rmSync(join(data, ".."), { recursive: true }));

test("both books show votes, and removals with them", () => {
  const books = CONTEST_KINDS.slice(0, 4).map((kind) => published(kind));
  assert.ok(books.every((one) => (one?.count.posted ?? 0) > 0 && one?.recap.read === STATIONS));
  assert.ok(books.some((one) => one !== null && hasRemovals(one.count)));
  assert.ok(books.some((one) => one !== null && hasRemovals(one.recap)));
});

test("every sheet of the night is in the log once, every act of every plenary too, and nothing else", async () => {
  const store = openSqliteStore(join(data, "store.db"), { readOnly: true });
  const found: Record<string, number> = {};
  const count = (name: string) => {
    found[name] = (found[name] ?? 0) + 1;
  };
  const tally = new Tally({ definition: () => model });
  for (let cursor = 0; ; ) {
    const page = await store.changes(cursor, 1_000);
    if (page.entries.length === 0) break;
    for (const { log, bytes } of page.entries) {
      tally.add(log, bytes);
      const type = parseStatement(bytes).type.split("/")[1] ?? "";
      if (type === "sheet") count("sheets");
      else if ([...ACT_TYPES].some((act) => act === type)) count(log);
    }
    cursor = page.cursor;
  }
  await store.close();
  const stories = stationsOf(model, model.nation.code).flatMap((station) =>
    contestsOf(model).map((kind) => storyIn(model, SEED, station, kind)),
  );
  const expected = Object.fromEntries(
    [...actsOf(model, SEED)].map(([region, acts]) => [`pleno/${region}`, acts.length]),
  );
  const sheets = stories.reduce((sum, story) => sum + sheetCount(story), 0);
  assert.deepEqual(found, { ...expected, sheets });
  assert.deepEqual(tally.voids(), [], "nothing that was said is void");
  assert.deepEqual(tally.blocked(), []);
});

test("every sending has a receipt that the log's key signed, and it is one of no other sheet", () => {
  const { vkeys } = readRun(data);
  const kept = outbox();
  const made = records("made");
  assert.equal(made.length, planOf(model, SEED).length);
  for (const { phone, id } of made) {
    const { state, receipt, log, index } = kept.get(`${phone}/sheet/${id}`) ?? {};
    assert.equal(state, "received", `${phone}`);
    const vkey = vkeys[String(log)] ?? null;
    const promise = readReceipt(String(receipt), asHash(String(id)), String(log), vkey);
    assert.deepEqual(promise, { kind: "received", index });
    assert.equal(readReceipt(String(receipt), hashHex(utf8("another")), String(log), vkey), null);
  }
});

test("the photographs that sheets name are published under their hashes, those of the one mistake among them", () => {
  const lists = new Set(records("photo").map(({ list }) => String(list)));
  const bytesOf = (hash: string) => readFileOrNull(join(data, "public", "photo", hash)) ?? new Uint8Array(0);
  for (const list of lists) {
    assert.equal(hashHex(bytesOf(list)), list);
    const pages = readPages(bytesOf(list)) ?? [];
    assert.ok(pages.length > 0);
    for (const page of pages) {
      assert.equal(hashHex(bytesOf(page)), page);
      const photo = inspectPhoto(bytesOf(page));
      assert.equal(typeof photo === "object" && photo.type, "image/jpeg");
    }
  }
  const misread = stationsOf(model, model.nation.code).filter((station) => exchangeAt(model, SEED, station, "dpd"));
  assert.equal(misread.length, 2);
  for (const station of misread) {
    assert.ok(records("photo").some((photo) => photo.station === station && photo.contest === "dpd"));
  }
  assert.deepEqual(readdirSync(join(data, "photos")), [], "no upload is left");
});

test("a stranger who audits what was published finds that it holds", async () => {
  let out = "";
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: () => undefined,
  };
  assert.equal(await main(["verify", data, "--json"], io), 0, out);
});

test("a folder with another election is left alone", async () => {
  rmSync(join(data, "demo"), { recursive: true });
  await assert.rejects(
    runUntil(() => true, 1),
    OtherElection,
  );
});
