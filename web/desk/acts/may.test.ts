import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionCode } from "../../../src/election/codes.ts";
import { ROLES, type Role } from "../../../src/election/statements.ts";
import { ACTS_OF_PLENARY, POWERS } from "../../../src/tally/powers.ts";
import { countIn, decreeIn, momentIn, momentText } from "./fields.ts";
import { hindrance, mayState, whoMay } from "./may.ts";
import { ACT_WORDS, durationWords } from "./words.ts";

const sitter = (role: Role) => ({ person: role, role });

test("for every act and every role the page offers what the table of powers allows, and nothing else", () => {
  for (const act of ACTS_OF_PLENARY) {
    for (const role of ROLES) {
      const { may } = mayState(act, [sitter(role)]);
      const power = POWERS[act];
      const expected = !power.roles.includes(role) ? "no" : power.persons === 1 ? "alone" : "with-second";
      assert.equal(may, expected, `${act} by ${role}`);
    }
  }
});

test("who may not is told who may, in both languages", () => {
  assert.equal(whoMay("pause").id, "Yang dapat menyatakan ini: ketua.");
  assert.equal(whoMay("certificate").id, "Dinyatakan oleh ketua bersama anggota atau operator.");
  assert.equal(whoMay("correction").en, "Stated by two persons: chair, member or operator.");
});

test("what a member begins of a certificate, the chair confirms", () => {
  const begun = mayState("certificate", [sitter("member")]);
  assert.deepEqual(begun.may === "with-second" && begun.seconds, ["chair"]);
});

test("under a halt the order is named before anybody presses; attendance goes on", () => {
  const by = { code: "51" as RegionCode, name: "Bali" };
  const hall = { halts: [{ order: "45/PL/51/2029", by, onPaper: false }], openedAt: null };
  assert.match(hindrance("certificate", hall)?.id ?? "", /45\/PL\/51\/2029 \(Bali\)/);
  assert.equal(hindrance("attendance", hall), null);
});

test("every act has a name on screens", () => {
  for (const act of ACTS_OF_PLENARY) assert.ok(ACT_WORDS[act].id !== "" && ACT_WORDS[act].en !== "");
});

test("counts are read as people write them", () => {
  assert.deepEqual(["12", " 7 ", "1.200", "1,200,000", "0"].map(countIn), [12, 7, 1200, 1200000, 0]);
  assert.deepEqual(["", "-1", "1.5", "dua", "1e3", "12.00"].map(countIn), Array(6).fill(null));
});

test("nine in the morning is nine on the hall's clock, and is written back so", () => {
  const time = momentIn("2029-02-20T09:00", "WITA");
  assert.equal(time, Date.UTC(2029, 1, 20, 1, 0));
  assert.equal(momentText(time ?? 0, "WITA"), "2029-02-20T09:00");
  assert.equal(momentIn("2029-02-20", "WITA"), null);
});

test("a letter's number is taken as printed, and what cannot be one is not", () => {
  assert.equal(decreeIn("  45/PL.01.8-Kpt/51  /2029 "), "45/PL.01.8-Kpt/51 /2029");
  assert.equal(decreeIn("№ 45"), null);
  assert.equal(decreeIn(""), null);
});

test("a stretch of time is said in its two largest units", () => {
  const minutes = (count: number) => durationWords(count * 60_000).id;
  assert.deepEqual([0, 12, 60, 185, 1441, 3120].map(minutes), [
    "0 menit",
    "12 menit",
    "1 jam",
    "3 jam 5 menit",
    "1 hari",
    "2 hari 4 jam",
  ]);
});
