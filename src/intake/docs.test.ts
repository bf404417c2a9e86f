/**
 * docs/DOOR.md is what others write their clients and edges by: its steps, codes and numbers are those of the code.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { NO_ELECTION, notStanding, TOO_MANY_RIVALS } from "../core/refusals.ts";
import { FLOOR, TARGET, WINDOW, WINDOW_JOBS } from "./admission.ts";
import * as answers from "./answers.ts";
import { STEPS } from "./figures.ts";
import { MOST_PATIENCE, PATIENCE } from "./head.ts";
import * as limits from "./limits.ts";
import { hmacSha256 } from "./mac.ts";
import { CHALLENGE_LIFE, EPOCH, PASS_LIFE, PassOffice, passKey } from "./pass.ts";
import { MAX_PASS_BODY, PASS_TYPE } from "./pass-lane.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/DOOR.md"), "utf8");
const section = (title: string) => PAGE.slice(PAGE.indexOf(`\n## ${title}`)).split("\n## ")[1] ?? "";
const number = (value: number) => value.toLocaleString("en");

test("the page has the steps in their order", () => {
  const rows = [...section("The order of checks").matchAll(/^\| `([a-z]+)` \|/gm)].map(([, step]) => step);
  assert.deepEqual(rows, [...STEPS]);
});

test("the page has every code with the status that it comes with, and no other", () => {
  const given = Object.values(answers).flatMap((value): [number, string][] => {
    if (typeof value !== "object") return [];
    if (!("status" in value)) return [[400, value.code]];
    return (JSON.parse(value.body) as { faults: { code: string }[] }).faults.map(({ code }) => [value.status, code]);
  });
  given.push([503, NO_ELECTION.code], [409, TOO_MANY_RIVALS.code], [425, notStanding("unknown").code]);
  given.push(
    [403, notStanding("revoked").code],
    [403, notStanding("role").code],
    [403, notStanding("other-station").code],
  );
  const rows = [...section("Answers").matchAll(/^\| ([\d, ]+) \| (.*?) \|/gm)].map(([, statuses = "", codes = ""]) => ({
    statuses: statuses.split(", ").map(Number),
    codes: [...codes.matchAll(/`([A-Za-z-]+)`/g)].map(([, code]) => code),
  }));
  for (const [status, code] of given) {
    assert.ok(
      rows.some((row) => row.statuses.includes(status) && row.codes.includes(code)),
      `${status} ${code} is missing`,
    );
  }
  for (const { statuses, codes } of rows)
    for (const code of codes)
      assert.ok(
        given.some(([status, known]) => known === code && statuses.includes(status)),
        `${code} is not known`,
      );
});

test("the page has the limits as they are", () => {
  const { DOOR_LIMITS: door } = limits;
  const requests = section("Requests");
  for (const most of [limits.MAX_SHEET_BODY, limits.MAX_BUNDLE_BODY, MAX_PASS_BODY, PATIENCE, MOST_PATIENCE])
    assert.ok(requests.includes(number(most)), `${most}`);
  assert.ok(requests.includes(PASS_TYPE) && CHALLENGE_LIFE === 120_000);
  const steps = section("The order of checks");
  for (const [words, values] of [
    ["# at once, # a second, # in the door", [door.requests.capacity, door.requests.perSecond, door.inside]],
    ["# at once, # a second", [door.kecamatan.capacity, door.kecamatan.perSecond]],
    ["# sheets; # MiB of large bodies; # with the sequencer", [door.lanes.sheet, door.bytes / 2 ** 20, door.appending]],
    ["for each # bytes", [limits.SMALL_BODY]],
    ["# wrong ones with one pass, then # a minute", [door.badSignatures.capacity, door.badSignatures.perSecond * 60]],
    ["# statements at once and # a second", [door.relayed.capacity, door.relayed.perSecond]],
  ] as const) {
    const left = [...values];
    const said = words.replaceAll("#", () => number(left.shift() ?? Number.NaN));
    assert.ok(steps.replaceAll("\n", " ").includes(said), said);
  }
  const load = section("Under load");
  for (const value of [TARGET, WINDOW_JOBS, door.lanes.sheet]) assert.ok(load.includes(number(value)), `${value}`);
  assert.deepEqual(
    [WINDOW, FLOOR, limits.PASSES_PER_KEY.capacity, limits.PASSES_PER_KEY.perSecond],
    [1_000, 1 / 32, 3, 1 / 100],
  );
});

test("a pass made as the page says is a pass", () => {
  const secret = new Uint8Array(32).fill(5);
  const now = 1_900_000_000_000;
  const passes = new PassOffice({ secret, clock: () => now, random: () => new Uint8Array(16) });
  const text = `00112233445566ff.7101012001001.${Math.floor(now / 1000).toString(36)}`;
  const key = passKey(secret, Math.floor(now / 604_800_000));
  const pass = `${text}.${hmacSha256(key)(`teguh/pass\n${text}`).slice(0, 24)}`;
  assert.equal(passes.check(pass)?.place, "7101012001001");
  assert.deepEqual([EPOCH, PASS_LIFE], [604_800_000, 604_800_000]);
});
