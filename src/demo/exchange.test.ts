import assert from "node:assert/strict";
import { test } from "node:test";
import { desaOf } from "../election/codes.ts";
import { ruleContext } from "../election/malformed.ts";
import { evaluate, flagCodes } from "../election/rules.ts";
import { modelOf } from "../election/testing.ts";
import { regionNames } from "../store/geography.ts";
import { demoElection } from "./election.ts";
import { exchangeAt, haltedKecamatan } from "./exchange.ts";
import type { Paper } from "./figures.ts";
import { stationsOf } from "./places.ts";
import { reportedOf, storyIn } from "./sheets.ts";

const NAMES = regionNames();

for (const seed of ["1", "2", "kedua"]) {
  test(`two stations of one desa have 312 votes on the wrong row, and no sum tells (seed ${seed})`, () => {
    const model = modelOf(demoElection(NAMES, { seed, stations: 240 }));
    const stations = stationsOf(model, haltedKecamatan(model, seed));
    const here = stations.filter((station) => exchangeAt(model, seed, station, "dpd") !== null);
    assert.equal(here.length, 2);
    assert.equal(new Set(here.map(desaOf)).size, 1);
    let moved = 0;
    for (const station of here) {
      assert.equal(storyIn(model, seed, station, "dpd"), "corrected");
      const { sendings, truth, district } = reportedOf(model, seed, station, "dpd");
      const [first, second] = sendings;
      assert.deepEqual(second?.paper, truth);
      const judged = ({ figures, votes, parties }: Paper) =>
        flagCodes(
          evaluate(
            { figures, votes, voteCount: votes.length, parties, partyCount: 0 },
            ruleContext(model, station, district),
          ).flags,
        );
      // Remarkable is at most the number of invalid votes or of ballots; nothing holds the votes back.
      for (const paper of [truth, first?.paper ?? truth]) {
        assert.deepEqual(
          judged(paper).filter((code) => !["W401", "W408"].includes(code)),
          [],
        );
      }
      moved += Math.max(...(first?.paper.votes ?? []).map((n, i) => n - (truth.votes[i] ?? 0)));
    }
    assert.equal(moved, 312);
  });
}

test("it happens in one contest, and nowhere else", () => {
  const model = modelOf(demoElection(NAMES, { seed: "1", stations: 240 }));
  const all = stationsOf(model, model.nation.code).filter((station) => exchangeAt(model, "1", station, "dpd") !== null);
  assert.equal(all.length, 2);
  for (const station of all) assert.equal(exchangeAt(model, "1", station, "ppwp"), null);
});
