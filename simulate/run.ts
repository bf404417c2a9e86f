/**
 * Runs simulated countries: `npm run simulate -- --runs N --seed S`. The runs' seeds are `S/0`, `S/1`, …; a run that fails prints its
 * seed, and `--only S/17` runs that one alone.
 */
import { parseArgs } from "node:util";
import { simulate } from "./simulate.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    seed: { type: "string", default: "teguh" },
    events: { type: "string", default: "70" },
    only: { type: "string" },
  },
});

const events = Number(values.events);
const seeds =
  values.only === undefined
    ? Array.from({ length: Number(values.runs) }, (_, i) => `${values.seed}/${i}`)
    : [values.only];
const began = performance.now();
let failed = 0;
let editions = 0;
for (const [i, seed] of seeds.entries()) {
  try {
    editions += (await simulate(seed, events)).editions;
  } catch (error) {
    failed++;
    process.stdout.write(
      `seed ${seed} fails: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.stdout.write(`  again: npm run simulate -- --only ${seed} --events ${events}\n`);
  }
  if ((i + 1) % 1_000 === 0) process.stderr.write(`${i + 1} runs, ${failed} failed\n`);
}
const seconds = (performance.now() - began) / 1_000;
const cpu = process.cpuUsage();
process.stdout.write(
  `${seeds.length} simulated countries of ${events} events, ${editions} editions, ${failed} violations, ` +
    `${seconds.toFixed(1)} s (${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of CPU)\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
