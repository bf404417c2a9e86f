/**
 * The three days of 2024, replayed: `npm run replay [-- --stations N --seed S] [--shots]`. Runs them, and the same days
 * undisturbed, and fails unless both books are the same in the end. With the page's own seed and size it also writes
 * docs/REPLAY.md and its pictures; with --shots also those of the public page (after `npm run build`), whose bytes depend on the
 * browser.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { PublicSide, type Shot } from "./public-side.ts";
import { filesOf, PAGE, replay } from "./replayed.ts";
import { localHour } from "./three-days.ts";
import type { Account } from "./watch.ts";

const DOCS = join(import.meta.dirname, "..", "docs");

const { values } = parseArgs({
  options: { stations: { type: "string" }, seed: { type: "string" }, shots: { type: "boolean" } },
});
const { seed = PAGE.seed } = values;
const stations = Number(values.stations ?? PAGE.stations);
const publicSide = values.shots ? new PublicSide() : null;
const replayed = await replay(seed, stations, async (bali) => {
  // Some editions a day are enough for pictures.
  if (localHour(bali.now) % 3 === 0) await publicSide?.publish(bali);
});
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
if (publicSide !== null) {
  await publicSide.publish(course.bali);
  await publicSide.take(shotsOf(accounts));
  await publicSide.close();
}

/** The province, and the account and kecamatan with the most falls. */
function shotsOf(all: readonly Account[]): Shot[] {
  const places = all
    .filter(({ book }) => book === "recap")
    .flatMap((account) =>
      [...Map.groupBy(account.falls, ({ station }) => station.slice(0, 6))].map(([region, falls]) => {
        return { account, region, count: falls.length };
      }),
    )
    .sort((a, b) => b.count - a.count);
  const [most] = places;
  if (most === undefined) return [];
  const { contest, choice } = most.account;
  const path = `51/${most.region.slice(0, 4)}/${most.region}`;
  return [
    {
      route: "#/ppwp/51",
      awaited: ".seal",
      file: join(DOCS, "img/replay-public.png"),
      from: "body",
      width: 1_000,
      height: 900,
    },
    {
      route: `#/${contest}/${path}/riwayat?pilihan=${choice}&buku=recap`,
      awaited: ".postings li",
      file: join(DOCS, "img/replay-account.png"),
      from: ".panel:has(.postings)",
      width: 600,
      height: 560,
    },
  ];
}
