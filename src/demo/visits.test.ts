import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, openWorld } from "../core/testing.ts";
import type { RegionCode } from "../election/codes.ts";
import { Visits } from "./visits.ts";

const KEC = "710101" as RegionCode;
const LOG = "pleno/710101";

test("a plenary is visited once a visitor has signed anything in it, and only then", async () => {
  const { sequencer, store } = await openWorld();
  const visits = new Visits(store, new Set([keyOf("visitor").signer.name]));
  await sequencer.write(LOG, "pause", { panel: null }, [keyOf("chair 710101").signer]);
  assert.equal(await visits.isVisited(KEC), false);
  await sequencer.write(LOG, "unpause", { panel: null }, [keyOf("visitor").signer, keyOf("chair 710101").signer]);
  assert.equal(await visits.isVisited(KEC), true);
  assert.equal(await visits.isVisited("7101" as RegionCode), false);
});

test("what a plenary certified last is known, whoever gave it", async () => {
  const { sequencer, store } = await openWorld();
  const visits = new Visits(store, new Set());
  const figures = new Array<number>(25).fill(0);
  const certify = (read: number) => {
    const about = { contest: "ppwp", district: "0", region: KEC, papers: null, stations: 6 };
    return sequencer.write(LOG, "certificate", { ...about, figures, votes: [1, 2, 3], read }, [keyOf("anyone").signer]);
  };
  assert.equal((await visits.certificates(KEC)).size, 0);
  for (const read of [5, 6]) await certify(read);
  assert.deepEqual(
    [...(await visits.certificates(KEC))].map(([key, { read }]) => [key, read]),
    [["ppwp/0", 6]],
  );
});
