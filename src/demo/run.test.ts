/**
 * The whole demonstration, small and fast: real processes, the real door, the real publisher. It is stopped in the middle and
 * started again, since that is where something could be lost or done twice.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { main } from "../cli/teguh.ts";
import { CONTEST_KINDS, type ContestKind } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { parseStatement } from "../ledger/statement.ts";
import { readFileOrNull } from "../store/files.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import { Tally } from "../tally/fold.ts";
import { promisedIndex } from "./door-client.ts";
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
const HUNG = 180_000;
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
    onReady: () => undefined,
    log: (line) => lines.push(line),
    signal: stopping.signal,
  });
  const deadline = performance.now() + HUNG;
  while (!reached()) {
    assert.ok(performance.now() < deadline, `not reached in ${HUNG} ms: ${lines.join("; ")}`);
    const code = await Promise.race([ended, pause(LOOK_AGAIN, null)]);
    assert.equal(code, null, `it ended by itself: ${lines.join("; ")}`);
  }
  stopping.abort();
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

const receipts = () =>
  fromUtf8(readFileOrNull(outboxPath(data)) ?? utf8(""))
    .split("\n")
    .filter((line) => line.includes('"receipt":')).length;
const hasRemovals = ({ lists = [] }: Book) => lists.some(({ removed = [] }) => removed.length > 0);
const isOver = () =>
  ["ppwp", "dpr", "dpd"].every((kind) => published(kind as ContestKind, "0")?.status === "certified");

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

test("every sending has a receipt that the log's key signed", () => {
  const lines = fromUtf8(readFileOrNull(outboxPath(data)) ?? utf8(""))
    .split("\n")
    .slice(0, -1);
  const sent = lines.map((line) => JSON.parse(line) as { sent?: string; receipt?: string }).filter((line) => line.sent);
  assert.equal(sent.length, planOf(model, SEED).length);
  assert.equal(new Set(sent.map((line) => line.sent)).size, sent.length);
});

test("a receipt of another log, or for another sheet, is not taken for one", () => {
  const lines = fromUtf8(readFileOrNull(outboxPath(data)) ?? utf8("")).split("\n");
  const line = lines.find((one) => one.includes('"receipt":')) ?? "";
  const { sent, receipt } = JSON.parse(line) as { sent: string; receipt: string };
  const log = `tps/${sent.slice(0, 6)}`;
  const { vkeys } = readRun(data);
  const [other] = Object.entries(vkeys).filter(([name]) => name !== log);
  const bytes = utf8(receipt);
  // A receipt is itself a statement, with another id than the sheet's.
  assert.equal(promisedIndex(bytes, bytes, log, vkeys[log] ?? ""), null);
  assert.equal(promisedIndex(bytes, bytes, other?.[0] ?? "", other?.[1] ?? ""), null);
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
