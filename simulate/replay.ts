/**
 * The three days of 2024, replayed on a simulated Bali: `npm run replay -- [--stations N] [--seed S]`.
 *
 * The halls begin to read. The centre is flooded; the order to halt reaches those that still have a line; then the centre is
 * dead for three days. Halls that never heard of the halt go on and finish. On the third day at 09.00 WITA the order to resume is
 * given; lines come back in any order, halted halls hear of it and finish too. At the end both books are those of a country where
 * nothing of this happened, no counter has fallen on the way, and every fall in anybody's votes is a posting with its reason.
 */
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { Chance } from "../src/demo/random.ts";
import { CONTEST_KINDS, type RegionCode } from "../src/election/codes.ts";
import { Tally } from "../src/tally/fold.ts";
import type { Posting } from "../src/tally/posting.ts";
import { Bali, type Hall } from "./bali.ts";

const PROVINCE = "51" as RegionCode;
/** Stations read in a hall in a day, per station there is to read. */
const A_THIRD = 3;

/** Folds what the centre has as it comes, and sees to it that no counter falls. */
class Watch {
  readonly #bali: Bali;
  readonly #tally: Tally;
  readonly #falls: Posting[] = [];
  #read = 0;
  #counters = new Map<string, number>();

  constructor(bali: Bali) {
    this.#bali = bali;
    this.#tally = new Tally({
      definition: () => bali.model,
      onPosting: (posting) => {
        if (lost(posting).some((votes) => votes > 0)) this.#falls.push(posting);
      },
    });
  }

  /** Takes in what is new. */
  look(): void {
    const { arrivals } = this.#bali.medium;
    this.#tally.addAll(arrivals.slice(this.#read));
    this.#read = arrivals.length;
    assert.deepEqual(this.#tally.blocked(), [], "nothing waits");
    const faults = this.#tally.voids().filter(({ fault }) => fault);
    assert.deepEqual(faults, []);
    const next = this.#accounts();
    for (const [account, value] of this.#counters) assert.ok((next.get(account) ?? 0) >= value, `${account} fell`);
    this.#counters = next;
  }

  /** Both counters of every account from the kecamatan up. */
  #accounts(): Map<string, number> {
    const accounts = new Map<string, number>();
    this.#eachList((at, votes, removed) => {
      accounts.set(`${at} added`, votes + removed);
      accounts.set(`${at} removed`, removed);
    });
    return accounts;
  }

  /** The votes of both books, everywhere. */
  votes(): [string, number][] {
    const found: [string, number][] = [];
    this.#eachList((at, votes) => found.push([at, votes]));
    return found.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  #eachList(take: (account: string, votes: number, removed: number) => void): void {
    for (const region of this.#bali.model.regions) {
      if (region.level === "desa") continue;
      for (const contest of this.#bali.model.contests) {
        for (const [book, sums] of Object.entries(this.#tally.totals(region, contest).books)) {
          for (const [{ code }, { votes, removed }] of sums?.lists ?? []) {
            votes.forEach((count, i) => {
              take(`${book} ${region.code} ${contest.kind} ${code} ${i}`, count, removed?.[i] ?? 0);
            });
          }
        }
      }
    }
  }

  /** The account of the pair with the most votes removed: every fall, with what the posting says of it. */
  account(): string {
    const falls = this.#falls.filter(({ contest, book }) => CONTEST_KINDS[contest] === "ppwp" && book === "recap");
    const byColumn = [0, 1, 2].map((i) => falls.reduce((sum, posting) => sum + (lost(posting)[i] ?? 0), 0));
    const column = byColumn.indexOf(Math.max(...byColumn));
    const contest = this.#bali.model.contest("ppwp");
    const nation = this.#bali.model.nation;
    const sums = contest && this.#tally.totals(nation, contest).books.recap;
    const [list] = [...(sums?.lists.values() ?? [])];
    assert.equal(list?.removed?.[column] ?? 0, byColumn[column], "every fall is a posting");
    const lines = falls.filter((posting) => (lost(posting)[column] ?? 0) > 0);
    assert.ok(lines.every(({ reason, station }) => reason !== null && station !== null));
    const told = lines.slice(0, 5).map(({ station, log, index, reason, before, after }) => {
      return `  ${station} ${before?.[column]} → ${after?.[column]}, ${reason}, ${log} ${index}`;
    });
    const head = `account of pair ${column + 1}: removed ${byColumn[column]} in ${lines.length} postings, each with its reason`;
    return [head, ...told].join("\n");
  }
}

/** By column the votes that a posting takes away. */
function lost({ before, after }: Posting): number[] {
  return Array.from(before ?? [], (votes, i) => Math.max(0, votes - (after?.[i] ?? 0)));
}

const { values } = parseArgs({
  options: { stations: { type: "string", default: "1140" }, seed: { type: "string", default: "2024" } },
});
const stations = Number(values.stations);
const { seed } = values;
const say = (line: string) => process.stdout.write(`${line}\n`);

const disturbed = await openBali();
const orderly = await openBali();
assert.ok(disturbed.halls.length >= 57 || stations < 1_026, "all 57 kecamatan of Bali");
say(
  `${disturbed.halls.length} kecamatan, ${disturbed.model.stationCount} stations, ${disturbed.model.stationCount * 5} readings to be made`,
);
const watch = new Watch(disturbed);

const chance = new Chance(seed, "replay");
const shuffled = (halls: readonly Hall[]) =>
  halls
    .map((hall) => ({ hall, at: chance.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ hall }) => hall);
const days = (hall: Hall) => Math.ceil(hall.toRead.length / A_THIRD);

for (const hall of disturbed.halls) await disturbed.read(hall, days(hall));
say("day 1: all halls read; the centre is flooded");
await disturbed.order(PROVINCE, "halt", { order: "1/HENTI/SIMULASI", regions: [PROVINCE] });
const linked = shuffled(disturbed.halls).slice(0, 20);
for (const hall of linked) await disturbed.converse(hall);
watch.look();
say(`  the order to halt reaches ${linked.length} halls, then the centre is dead`);
let waiting = 0;
for (const day of [2, 3]) {
  waiting = 0;
  for (const hall of disturbed.halls) {
    if (await disturbed.isHalted(hall)) waiting++;
    else await disturbed.read(hall, Math.ceil(hall.toRead.length / (4 - day)));
  }
  say(`day ${day}: ${disturbed.halls.length - waiting} halls read on alone, ${waiting} wait`);
}
await disturbed.order(PROVINCE, "resume", { order: "2/LANJUT/SIMULASI", regions: [PROVINCE], at: null });
say("09.00 WITA: the order to resume; lines come back in any order");
const before = process.cpuUsage();
const began = performance.now();
for (const [i, hall] of shuffled(disturbed.halls).entries()) {
  await disturbed.converse(hall);
  if (i % 8 === 0) watch.look();
}
const drained = cpuSince(before);
const { sent, taken } = disturbed.traffic;
say(
  `  ${taken} statements drained in ${drained.toFixed(1)} s of CPU (${((performance.now() - began) / 1_000).toFixed(1)} s), ${(sent / taken).toFixed(2)} sends each`,
);
for (const hall of shuffled(disturbed.halls)) {
  await disturbed.read(hall, hall.toRead.length);
  await disturbed.converse(hall);
}
watch.look();

for (const hall of orderly.halls) {
  await orderly.read(hall, hall.toRead.length);
  await orderly.converse(hall);
}
const undisturbed = new Watch(orderly);
undisturbed.look();
assert.deepEqual(watch.votes(), undisturbed.votes());
say("both books are those of an undisturbed country");
say(watch.account());

async function openBali(): Promise<Bali> {
  const bali = await Bali.found(seed, stations);
  await bali.sheets();
  await bali.handOver();
  return bali;
}

function cpuSince(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}
