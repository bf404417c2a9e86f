import assert from "node:assert/strict";
import { test } from "node:test";
import { stationCode } from "../../../src/election/codes.ts";
import { bodyFaults } from "../../../src/election/statements.ts";
import { recountIn } from "../../../src/election/testing.ts";
import { FixtureHall } from "../testing/fixture-hall.ts";
import { cellsOf, fitted } from "./form.ts";
import { judge } from "./judge.ts";
import { asTheSheetSays, type Details, withANote, withOtherFigures } from "./said.ts";

const hall = new FixtureHall({ desa: 1, contests: 2 });
const at = (number: number) => stationCode(`9102031001${String(number).padStart(3, "0")}`);
const DETAILS: Details = { reason: "tally-marks", incident: null, initialled: ["p1"], refused: [], evidence: null };

function parts(contest: "ppwp" | "dpr", number: number) {
  const station = hall.station(contest, at(number));
  const district = hall.districts.get(contest);
  assert.ok(district);
  return { station, district, figures: fitted(district, station.sheet) };
}

/** What the schema of statements says of a reading, the signer and the time added. */
const faults = (reading: object) =>
  bodyFaults("reading", { ...reading, by: ["a/k/0123456789abcdef"], election: "0".repeat(32), time: 1 });

test("whatever the decision, what is stated has the form of a reading and complete figures", () => {
  for (const contest of ["ppwp", "dpr"] as const) {
    const { station, district, figures } = parts(contest, 1);
    const readings = [
      asTheSheetSays(station, district, figures),
      withANote(station, district, figures, { ...DETAILS, incident: 7 }),
      withOtherFigures(station, district, figures, "corrected", DETAILS),
      withOtherFigures(station, district, figures, "recount", { ...DETAILS, ...recountIn("recount") }),
    ];
    for (const reading of readings) {
      assert.deepEqual(faults(reading), []);
      assert.equal(reading.sheet, station.sheet?.id);
      assert.deepEqual(reading.votes, station.sheet?.votes);
    }
  }
});

test("a correction names exactly the cells that it changes", () => {
  const { station, district, figures } = parts("dpr", 2);
  const votes = [...(figures.votes ?? [])];
  votes[5] = 999;
  const changed = { ...figures, votes };
  assert.deepEqual(withOtherFigures(station, district, changed, "corrected", DETAILS).fields, ["votes.5"]);
});

test("figures of which no vote was written state that no votes were reported", () => {
  const { station, district } = parts("ppwp", 5);
  assert.equal(asTheSheetSays(station, district, fitted(district, null)).votes, null);
});

test("the page judges figures as the fold will: what it calls held would be refused", () => {
  const { station, district, figures } = parts("ppwp", 3);
  assert.equal(judge(station, district, figures).held, true);
  const remark = judge(station, district, figures).remarks.find(({ holds }) => holds);
  assert.match(remark?.message.id ?? "", /Cocokkan dengan C\.Hasil/);
  const fine = parts("dpr", 1);
  assert.deepEqual(judge(fine.station, fine.district, fine.figures), { remarks: [], held: false });
  assert.equal(cellsOf(fine.district).length, 25 + 179 + 18);
});
