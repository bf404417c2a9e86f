/**
 * The core's process, with the simulated plenaries in it: they append through the sequencer itself, without a desk. Run by the
 * demonstration's supervisor in place of `src/server/main.ts`, and with its arguments.
 */

import { runAsChild } from "../server/main.ts";
import type { Beside } from "../server/roles/role.ts";
import { Committees } from "./committees.ts";
import { DemoKeys } from "./keys.ts";
import { clockOf, modelIn, readRun } from "./settings.ts";

const committeesBeside: Beside = ({ sequencer, store, data }) => {
  const run = readRun(data);
  const { seed } = run;
  const stopping = new AbortController();
  const committees = new Committees({
    sequencer,
    store,
    model: modelIn(data),
    seed,
    keys: new DemoKeys(seed),
    clock: clockOf(run),
  });
  const sitting = committees.run(stopping.signal).catch((error: unknown) => {
    // The logs are written on: what fails here is the play, not the stage.
    process.stderr.write(`plenaries: ${error instanceof Error ? error.stack : error}\n`);
  });
  return {
    async close() {
      stopping.abort();
      await sitting;
    },
  };
};

await runAsChild({ beside: committeesBeside });
