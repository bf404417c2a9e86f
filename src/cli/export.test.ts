/** Every format says what the result tree says: read back by programs other than those that wrote it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Office, readyOffice } from "../publish/testing.ts";
import { readPdf } from "../recap/testing/read-pdf.ts";
import { figuresFor } from "../tally/testing.ts";
import { BIG, importBoth, Scratch, SMALL, STATIONS, station, teguh } from "./testing.ts";

const scratch = new Scratch();
let data = "";
let office: Office;

before(async () => {
  data = await importBoth(scratch);
  office = readyOffice();
  const { world } = office;
  const first = world.sheet("5101011001001", "dpr", [5, 10, 15, 1, 2, 3], null);
  world.sheet("5101011001001", "dpr", [4, 10, 15, 1, 2, 3], first.id);
  world.sheet("5201011001001", "dpr", [1, 2, 3, 7, 8, 9], null);
  world.sheet("5101011002001", "dprdk", [1, 1, 1, 1, 1, 1], null);
  world.sheet("5101011001002", "ppwp", [10, 20, 30], null, { figures: figuresFor(61, 5) });
  await office.receive();
  await (await office.open()).step();
});
after(() => {
  scratch.remove();
  office.close();
});

async function exported(where: string, format: string, ...more: string[]): Promise<string> {
  const out = scratch.fresh(format);
  const ran = await teguh("export", where, "--format", format, "--out", out, ...more);
  assert.equal(ran.code, 0, ran.err);
  return out;
}

/** Rows of a CSV without quotes, by the names in its head. */
function rowsIn(path: string): Record<string, string>[] {
  const [head = "", ...lines] = readFileSync(path, "utf8").replace("\uFEFF", "").trim().split("\r\n");
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i] ?? "", cell])));
}

const sum = (rows: readonly Record<string, string>[], key: string): number =>
  rows.filter(({ state }) => state === "posted").reduce((total, row) => total + Number(row[key]), 0);

interface Region {
  readonly count: { readonly votes: Record<string, number>; readonly parties: Record<string, number> };
}

const resultsOf = async (where: string, ...more: string[]): Promise<Region> =>
  (await teguh("results", where, "--json", ...more)).json() as Region;

test("the counted rows of a csv add up to the published totals of every choice", async () => {
  const rows = rowsIn(await exported(data, "csv", "--contest", "ppwp"));
  assert.equal(rows.length, STATIONS + 3);
  const { count } = await resultsOf(data, "--contest", "ppwp", "--region", "0");
  for (const [choice, votes] of Object.entries(count.votes)) assert.equal(sum(rows, choice), votes, choice);
});

test("where a region has several districts the columns are parties, each under its own id, and add up", async () => {
  const rows = rowsIn(await exported(office.publicDir, "csv", "--contest", "dpr"));
  const { count } = await resultsOf(office.publicDir, "--contest", "dpr", "--region", "0");
  assert.ok(Object.keys(count.parties).length > 0);
  for (const [party, votes] of Object.entries(count.parties)) assert.equal(sum(rows, party), votes, party);
});

test("a region that is not in a contest is refused, and one with several districts of persons is told to be split", async () => {
  for (const [contest, region, what] of [
    ["dprdk", "52", /no region 52 in this contest/],
    ["dpd", "0", /no contest dpd|several districts of dpd/],
    ["ppwp", "99", /no region 99/],
  ] as const) {
    const argv = ["--contest", contest, "--region", region, "--format", "csv", "--out", scratch.fresh()];
    const ran = await teguh("export", office.publicDir, ...argv);
    assert.equal(ran.code, 2);
    assert.match(ran.err, what);
    assert.equal(ran.err.trim().split("\n").length, 1);
  }
});

test("a station that has not reported has its row, with empty figures", async () => {
  const rows = rowsIn(await exported(office.publicDir, "csv", "--contest", "dpr", "--region", "52"));
  assert.equal(rows.length, 6);
  const silent = rows.find(({ region }) => region === "5201011002004");
  assert.deepEqual([silent?.state, silent?.valid], ["none", ""]);
});

test("the other book is there as well", async () => {
  const rows = rowsIn(await exported(data, "csv", "--contest", "ppwp", "--region", SMALL, "--book", "recap"));
  assert.deepEqual(
    rows.map(({ state }) => state),
    ["none", "none", "none"],
  );
});

test("json says of what it is, and has the rows of the csv", async () => {
  const table = JSON.parse(readFileSync(await exported(data, "json", "--contest", "ppwp", "--region", BIG), "utf8"));
  assert.deepEqual([table.contest, table.region, table.book, table.edition], ["ppwp", BIG, "count", 2]);
  const csv = rowsIn(await exported(data, "csv", "--contest", "ppwp", "--region", BIG));
  assert.deepEqual(
    table.rows.map((row: unknown[]) => row.map((cell) => (cell === null ? "" : String(cell)))),
    csv.map((row) => table.columns.map((name: string) => row[name])),
  );
});

test("LibreOffice reads the spreadsheet as the csv says, names and codes included", async (t) => {
  if (spawnSync("soffice", ["--version"]).status !== 0) {
    t.skip("LibreOffice is not installed");
    return;
  }
  const xlsx = await exported(data, "xlsx", "--contest", "ppwp", "--region", "5103");
  const folder = mkdtempSync(join(tmpdir(), "teguh-office-"));
  try {
    const home = `-env:UserInstallation=file://${folder}/home`;
    const ran = spawnSync("soffice", [
      home,
      "--headless",
      "--convert-to",
      "csv:Text - txt - csv (StarCalc):44,34,76",
      "--outdir",
      folder,
      xlsx,
    ]);
    const [made] = [
      `${folder}/${xlsx.split("/").at(-1)}.csv`,
      `${folder}/${xlsx
        .split("/")
        .at(-1)
        ?.replace(/\.[^.]*$/, "")}.csv`,
    ].filter(existsSync);
    assert.ok(made, ran.stderr.toString());
    const [, ...lines] = readFileSync(made, "utf8").trim().split("\n");
    const csv = readFileSync(await exported(data, "csv", "--contest", "ppwp", "--region", "5103"), "utf8")
      .trim()
      .split("\r\n");
    assert.deepEqual(lines, csv.slice(1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("every figure on the paper is that of the result tree", async () => {
  const pdf = await exported(data, "pdf", "--contest", "ppwp", "--region", "5103");
  const pages = await readPdf(readFileSync(pdf));
  const lines = pages.flatMap(({ words }) => {
    const rows = Map.groupBy(words, ({ y }) => Math.round(y));
    return [...rows.values()].map((row) => row.toSorted((a, b) => a.x - b.x).map(({ text }) => text));
  });
  const { count } = await resultsOf(data, "--contest", "ppwp", "--region", "5103");
  const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ".");
  const printed = lines.filter(([name = ""]) => /^\d\. Pasangan calon/.test(name)).map(([, votes]) => votes);
  assert.deepEqual(printed, Object.values(count.votes).map(grouped));
  const parts = lines.filter(([name = ""]) => /^5103\d\d /.test(name));
  assert.ok(parts.length > 0);
  assert.ok(lines.flat().includes(`Halaman 1 dari ${pages.length}`));
});

test("the same paper is the same bytes", async () => {
  const [first = "", second = ""] = [
    await exported(data, "pdf", "--contest", "ppwp", "--region", "5103"),
    await exported(data, "pdf", "--contest", "ppwp", "--region", "5103"),
  ];
  assert.deepEqual(readFileSync(first), readFileSync(second));
});

test("a held station's votes stand in its row and are not in the sum", async () => {
  const rows = rowsIn(await exported(data, "csv", "--contest", "ppwp", "--region", SMALL));
  const held = rows.find(({ region }) => region === station(SMALL, 3));
  assert.equal(held?.state, "held");
  assert.equal(held?.["100025"], "100");
});

test("a format that is none is refused by name", async () => {
  const ran = await teguh("export", data, "--contest", "ppwp", "--format", "xls", "--out", scratch.fresh());
  assert.equal(ran.code, 2);
  assert.match(ran.err, /one of csv, json, xlsx, pdf, not "xls"/);
});
