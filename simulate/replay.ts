/**
 * The three days of 2024, replayed: `npm run replay [-- --stations N --seed S]`. Runs them, and the same days undisturbed, and fails
 * unless both books are the same in the end. With the page's own seed and size it also writes docs/REPLAY.md and its pictures.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { filesOf, PAGE, replay } from "./replayed.ts";

const DOCS = join(import.meta.dirname, "..", "docs");

const { values } = parseArgs({ options: { stations: { type: "string" }, seed: { type: "string" } } });
const { seed = PAGE.seed } = values;
const stations = Number(values.stations ?? PAGE.stations);
const replayed = await replay(seed, stations);
const { course, equal, accounts } = replayed;
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${course.bali.halls.length} kecamatan, ${course.bali.model.stationCount} stations: ${course.halted.length} halls halted, the others read alone\n` +
    `${equal} numbers of votes are those of an undisturbed country; ${course.watch.counters.compared} counters compared, none had fallen\n` +
    `${accounts.length} accounts with ${accounts.flatMap(({ falls }) => falls).length} falls, each a posting; ${((user + system) / 1e6).toFixed(1)} s of CPU\n`,
);
if (seed === PAGE.seed && stations === PAGE.stations) {
  for (const [path, text] of filesOf(replayed)) {
    mkdirSync(dirname(join(DOCS, path)), { recursive: true });
    writeFileSync(join(DOCS, path), text);
    process.stdout.write(`docs/${path} is written\n`);
  }
}
