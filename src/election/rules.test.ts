import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import type { ContestKind, RegionCode } from "./codes.ts";
import { FIGURE, type FigurePath, PEOPLE } from "./figures.ts";
import { messages, say } from "./messages.ts";
import type { District } from "./model.ts";
import type { FigureCase, FigureCheck, RuleContext, VotesCase, VotesCheck } from "./rule.ts";
import { correctionIsLarge, evaluate, FLAG_CODES, flagCodes, flagOf, RULES, ruleOf } from "./rules.ts";
import { exampleFile, modelOf, sheetFigures } from "./testing.ts";

const model = modelOf(exampleFile());

function districtOf(kind: ContestKind): District {
  const district = model.contest(kind)?.districts[0];
  assert.ok(district);
  return district;
}
const pairs = districtOf("ppwp");
const twoParties = districtOf("dpr");

function context(district: District, change: Partial<RuleContext> = {}): RuleContext {
  const base = { kind: district.contest.kind, district, stationKind: "tps", noken: false, archive: false } as const;
  return { ...base, ...change };
}

const spell = (values: readonly (number | null)[] | null) =>
  values === null ? "no votes" : values.map((v) => v ?? "–").join(", ");

function figureCase(code: string, row: readonly FigurePath[], { row: values, fires, kind, station }: FigureCase): void {
  test(`${code} ${fires ? "speaks" : "is silent"} where ${row.join(", ")} are ${spell(values)}${kind ? ` (${kind})` : ""}${station ? ` (${station})` : ""}`, () => {
    const sheet = sheetFigures(Object.fromEntries(row.map((path, i) => [path, values[i] ?? null])));
    const change = { ...(kind && { kind }), ...(station && { stationKind: station }) };
    const { flags } = evaluate(sheet, context(pairs, change));
    assert.equal(flagCodes(flags).includes(code), fires);
  });
}

function votesCase(code: string, check: VotesCheck, { votes, parties, needs, fires, noken = false }: VotesCase): void {
  const name = `${code} ${fires ? "speaks" : "is silent"} where votes are ${spell(votes)}${parties ? `, party totals ${spell(parties)}` : ""}, ${check.needs.join(", ")} ${spell(needs)}${noken ? " (noken)" : ""}`;
  test(name, () => {
    const given = Object.fromEntries(check.needs.map((path, i) => [path, needs[i] ?? null]));
    const sheet = sheetFigures(given, votes, parties);
    const { flags } = evaluate(sheet, context(parties ? twoParties : pairs, { noken }));
    assert.equal(flagCodes(flags).includes(code), fires);
  });
}

const everyRow = (code: string, check: FigureCheck) => {
  for (const row of check.rows) for (const boundary of check.cases) figureCase(code, row, boundary);
};

for (const { code, check } of RULES) {
  if (check.on === "figures") everyRow(code, check);
  if (check.on === "votes") for (const boundary of check.cases) votesCase(code, check, boundary);
}

test("every rule judged on a sheet has cases on both sides of its boundary", () => {
  for (const { code, check } of RULES) {
    if (check.on === "elsewhere") continue;
    const outcomes = new Set(check.cases.map(({ fires }) => fires));
    assert.equal(outcomes.size, 2, code);
  }
});

test("the bits of the flags never move", () => {
  const codes =
    "E101 E102 E103 E104 E201 E202 E203 E301 E302 E303 E304 E305 E306 W401 W402 W403 W404 W405 W406 W407 W408 X501 X502 X503 X504 P601 P602 P603 P604";
  assert.equal(FLAG_CODES.join(" "), codes);
  assert.equal(flagOf("W408"), 1 << 20);
});

test("a broken party total holds that party's lines and nothing else", () => {
  const sheet = sheetFigures({ valid: 21, invalid: 0, total: 21 }, [1, 2, 3, 4, 5, 6], [6, 16]);
  const verdict = evaluate(sheet, context(twoParties));
  assert.deepEqual([flagCodes(verdict.flags), verdict.hold, verdict.heldParties], [["E305"], false, [1]]);
});

test("a withdrawn candidate's blank is no missing figure", () => {
  const [first, ...rest] = pairs.choices;
  assert.ok(first);
  const district = { ...pairs, choices: [{ ...first, withdrawn: true }, ...rest] };
  const sheet = sheetFigures({ valid: 99, invalid: 0, total: 99 }, [null, 60, 40]);
  assert.deepEqual(flagCodes(evaluate(sheet, context(district)).flags), ["E304"]);
});

test("a sheet without votes is never held", () => {
  const verdict = evaluate(sheetFigures({ valid: 10, invalid: 1, total: 12 }), context(pairs));
  assert.deepEqual([flagCodes(verdict.flags), verdict.hold], [["E301"], false]);
});

test("a rule never speaks about a figure that was not reported", () => {
  const figures = fc.array(fc.option(fc.nat(400), { nil: null }), { minLength: 25, maxLength: 25 });
  fc.assert(
    fc.property(figures, fc.array(fc.nat(300), { minLength: 3, maxLength: 3 }), (values, votes) => {
      const paths = Object.keys(FIGURE) as FigurePath[];
      const sheet = sheetFigures(Object.fromEntries(paths.map((path, i) => [path, values[i] ?? null])), votes);
      const at = context(pairs);
      for (const code of flagCodes(evaluate(sheet, at).flags)) {
        const rule = ruleOf(code);
        assert.ok(rule);
        const said = messages(rule, "public", sheet, at);
        assert.ok(said.length > 0, `${code} speaks without a fact`);
        for (const { id, en } of said) assert.doesNotMatch(id + en, /-1|undefined|NaN/);
      }
    }),
  );
});

test("a message names the figures and what the reader can do", () => {
  const rule = ruleOf("E301");
  assert.ok(rule);
  const sheet = sheetFigures({ valid: 200, invalid: 5, total: 206 }, [100, 60, 40]);
  assert.deepEqual(messages(rule, "public", sheet, context(pairs)), [
    {
      id: "Suara sah 200 + Suara tidak sah 5 = 205, tetapi Suara sah dan tidak sah tertulis 206. Ditampilkan apa adanya; belum dijumlahkan sampai dicocokkan di rapat pleno kecamatan.",
      en: "Valid votes 200 + Invalid votes 5 = 205, but Valid and invalid votes is written as 206. Shown as it is; not added until it is matched in the kecamatan plenary.",
    },
  ]);
});

test("no message to the public accuses anyone", () => {
  for (const rule of RULES) {
    for (const audience of ["entry", "plenary", "public"] as const) {
      const { id, en } = say(rule, audience);
      assert.doesNotMatch(`${id} ${en}`, /anomal|curang|fraud|salah input/i, rule.code);
      assert.match(id, /\.$/);
      assert.match(en, /\.$/);
    }
  }
});

test("a correction is large from 51 votes, or from 10 votes where that is more than 30 %", () => {
  const cases: readonly [number, number, boolean][] = [
    [200, 250, false],
    [200, 251, true],
    [200, 149, true],
    [20, 29, false],
    [33, 43, true],
    [34, 44, false],
    [0, 9, false],
    [0, 10, true],
    [12, 2, true],
  ];
  for (const [before, after, large] of cases) {
    assert.equal(correctionIsLarge([5, before], [5, after]), large, `${before} to ${after}`);
  }
});

const bali = join(
  process.env.TEGUH_DATA ?? join(import.meta.dirname, "../../../shared/data"),
  "kpu-bali-20240313/ppwp_tps_20240313.jsonl.gz",
);

interface ArchiveRow {
  readonly kode: RegionCode;
  readonly chart: Readonly<Record<string, number | null>> | null;
  readonly administrasi: Readonly<Record<string, number | null>> | null;
}

// Published figures of Bali, 13 March 2024. A flag counts every station that reported what the rule names, with votes or
// not; only a station with votes can be held.
test("the real sheets of Bali give the known counts of flags", {
  skip: existsSync(bali) ? false : "no real data here",
}, () => {
  const groups = ["pemilih_dpt", "pengguna_dpt", "pengguna_dptb", "pengguna_non_dpt", "pengguna_total"];
  const sexes = [
    ["male", "l"],
    ["female", "p"],
    ["total", "j"],
  ] as const;
  const counts: Record<string, number> = {};
  let withVotes = 0;
  let held = 0;
  for (const line of gunzipSync(readFileSync(bali)).toString().trim().split("\n")) {
    const { kode, chart, administrasi } = JSON.parse(line) as ArchiveRow;
    const given: Partial<Record<FigurePath, number | null>> = {
      valid: administrasi?.suara_sah ?? null,
      invalid: administrasi?.suara_tidak_sah ?? null,
      total: administrasi?.suara_total ?? null,
    };
    groups.forEach((group, i) => {
      for (const [sex, letter] of sexes) {
        given[`${PEOPLE[i] ?? "disabled"}.${sex}`] = administrasi?.[`${group}_${letter}`] ?? null;
      }
    });
    const votes = chart && ["100025", "100026", "100027"].map((id) => chart[id] ?? null);
    const reported = votes?.some((value) => value !== null) ? votes : null;
    if (reported) withVotes++;
    const stationKind = Number(kode.slice(10)) >= 900 ? "special" : "tps";
    const { flags, hold } = evaluate(sheetFigures(given, reported), context(pairs, { stationKind, archive: true }));
    if (hold) held++;
    for (const code of flagCodes(flags)) counts[code] = (counts[code] ?? 0) + 1;
  }
  assert.deepEqual({ withVotes, held }, { withVotes: 7480, held: 228 });
  const { E101, E102, E103, E301, E302, E304, E306, W402, W403, W408 } = counts;
  assert.deepEqual(
    { E101, E102, E103, E301, E302, E304, E306, W402, W403, W408 },
    { E101: 197, E102: 216, E103: 92, E301: 30, E302: 255, E304: 150, E306: 68, W402: 98, W403: 11, W408: 56 },
  );
});
