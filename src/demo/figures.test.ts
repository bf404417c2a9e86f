import assert from "node:assert/strict";
import { test } from "node:test";
import { malformed, ruleContext } from "../election/malformed.ts";
import type { District } from "../election/model.ts";
import { evaluate, flagCodes, type Verdict } from "../election/rules.ts";
import { modelOf } from "../election/testing.ts";
import { regionNames } from "../store/geography.ts";
import { demoElection } from "./election.ts";
import { type Paper, paperOf } from "./figures.ts";
import { misreadPaper, type Story, storyOf, writtenPaper } from "./mistakes.ts";

const SEED = "1";
const model = modelOf(demoElection(regionNames(), { seed: SEED, stations: 240 }));
const stations = Array.from({ length: model.stationCount }, (_, i) => model.stationAt(i));
const forms = stations.flatMap((station) =>
  model.contests.map((contest) => {
    const district = contest.districtOf(model.station(station)?.desa ?? model.nation);
    if (district === null) throw new Error(`${station} does not vote`);
    return { station, district, truth: paperOf(model, SEED, station, district) };
  }),
);
type Form = (typeof forms)[number];

function judge({ station, district }: Pick<Form, "station" | "district">, { figures, votes, parties }: Paper): Verdict {
  const sheet = { figures, votes, voteCount: votes.length, parties, partyCount: parties.length };
  return evaluate(sheet, ruleContext(model, station, district));
}

test("what people voted adds up, and remarkable is at most the number of invalid votes", () => {
  for (const form of forms) {
    const codes = flagCodes(judge(form, form.truth).flags).filter((code) => code !== "W408" && code !== "W401");
    assert.deepEqual(codes, [], `${form.station} ${form.district.contest.kind}`);
  }
});

test("the same voters cast all ballots, but for some who may not vote for the local councils", () => {
  const registered = new Map<string, string>();
  for (const { station, truth } of forms) {
    const first = truth.figures.slice(0, 3).join();
    assert.equal(registered.get(station) ?? first, first);
    registered.set(station, first);
  }
});

test("the same seed gives the same figures, whatever was asked before", () => {
  for (const { station, district, truth } of forms.toReversed()) {
    assert.deepEqual(paperOf(model, SEED, station, district), truth);
  }
});

test("a misread sheet can be sent: no number is more than the form holds", () => {
  for (const { station, district, truth } of forms) {
    for (const paper of [misreadPaper(SEED, station, district, truth), writtenPaper(SEED, station, district, truth)]) {
      assert.ok(Math.max(...paper.figures, ...paper.votes, ...paper.parties) <= 999);
      assert.ok(Math.min(...paper.figures, ...paper.votes, ...paper.parties) >= 0);
      assert.notDeepEqual(misreadPaper(SEED, station, district, truth), truth);
    }
  }
});

test("a paper that was added up wrongly breaks a rule, one with a missing ballot is counted all the same", () => {
  const told = (story: Story) => forms.filter((f) => storyOf(SEED, f.station, f.district.contest.kind) === story);
  const written = (form: Form) => writtenPaper(SEED, form.station, form.district, form.truth);
  assert.ok(told("paper").length > 0 && told("unmendable").length > 0);
  for (const form of told("paper")) assert.notEqual(judge(form, written(form)).flags, 0);
  for (const form of told("unmendable")) {
    const verdict = judge(form, written(form));
    assert.ok(flagCodes(verdict.flags).includes("E302"));
    assert.equal(verdict.hold, false);
  }
});

test("misreadings are of both kinds: some add up and move votes, some are held", () => {
  const verdicts = forms.map((form) => judge(form, misreadPaper(SEED, form.station, form.district, form.truth)));
  const held = verdicts.filter(({ hold }) => hold).length / verdicts.length;
  assert.ok(held > 0.2 && held < 0.8, String(held));
});

test("about one sheet in ten has a story", () => {
  const plain = forms.filter((form) => storyOf(SEED, form.station, form.district.contest.kind) === "plain").length;
  assert.ok(plain / forms.length > 0.88 && plain / forms.length < 0.95, String(plain / forms.length));
});

test("nothing of it is malformed", () => {
  const bodyOf = (station: string, district: District, paper: Paper) => ({
    ...paper,
    by: ["x"],
    contest: district.contest.kind,
    district: district.object,
    election: "0".repeat(32),
    papers: null,
    previous: null,
    station,
    time: 0,
  });
  for (const { station, district, truth } of forms.slice(0, 100)) {
    assert.deepEqual(malformed("sheet", bodyOf(station, district, truth), { model }), []);
  }
});
