/**
 * What an edition costs in the middle of the count, with the whole nation folded and published: 1,000 stations scattered over it
 * in one contest and in five, 1,000 stations of one province inside the nation and of the province alone, and what one second's
 * arrivals take on the disk. From the statements' being in the store to the edition's being synced and visible.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { ContestKind } from "../src/election/codes.ts";
import type { Model } from "../src/election/model.ts";
import type { Publisher } from "../src/publish/publisher.ts";
import type { Store } from "../src/store/store.ts";
import { BALI, Data, NATION_WIDE, SHARE } from "./data.ts";
import { type DiskUse, noDiskUse } from "./disk-use.ts";
import { ONE_PROVINCE, shuffled } from "./election.ts";
import { type Context, type Figure, median, seconds } from "./figure.ts";
import { ALL_CONTESTS, type Nation } from "./nation.ts";

const CHANGED = 1000;
const ONE_CONTEST: readonly ContestKind[] = ["dpr"];
const ROUNDS = 5;
/** After an edition, in milliseconds; a publisher left to itself waits longer: three times what the edition took. */
const PAUSE = 2000;
/** One second's arrivals: 115 stations in five contests. */
const ARRIVING = 115;

const dataOf = ({ short }: Context) => new Data(short ? SHARE : NATION_WIDE);
const alone = new Data(BALI);

export async function prepare(context: Context): Promise<void> {
  for (const data of [dataOf(context), alone]) {
    await data.statements();
    await data.published();
  }
}

/** A centre at work: its store, its election, its publisher. */
interface Centre {
  readonly store: Store;
  readonly model: Model;
  readonly nation: Nation;
  readonly publisher: Publisher;
  readonly use: DiskUse;
  close(): Promise<void>;
}

async function openCentre(data: Data): Promise<Centre> {
  const store = data.openStore();
  const model = data.model();
  const use = noDiskUse();
  const publisher = await data.openPublisher(store, use);
  // What a broken run left unpublished must not be measured as if it were of the next edition.
  // Nor what a publisher that has just started does once: in the midst of the count everything is at hand.
  do await publisher.step();
  while (publisher.resting > 0);
  const nation = await data.openNation(store, model);
  const close = async () => {
    await publisher.close();
    await store.close();
  };
  return { store, model, nation, publisher, use, close };
}

/** Seconds until the next edition is visible; then leaves it the pause in which files are made ahead and let go. */
async function publish({ publisher }: Centre): Promise<number> {
  const began = performance.now();
  let took: number | null = null;
  await publisher.step(() => {
    took = seconds(began);
  });
  if (took === null) throw new Error("there was nothing to publish");
  await sleep(PAUSE);
  return took;
}

async function correct(centre: Centre, stations: readonly string[], contests: readonly ContestKind[]): Promise<number> {
  await centre.nation.corrections(stations, contests);
  return publish(centre);
}

export async function run(context: Context): Promise<Figure[]> {
  const data = dataOf(context);
  const centre = await openCentre(data);
  const reported = data.reported(centre.model);
  const where = context.short ? "2 % of the nation" : "the nation";
  const scattered = async (contests: readonly ContestKind[]) => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      times.push(await correct(centre, shuffled(reported, Date.now()).slice(0, CHANGED), contests));
    }
    return median(times);
  };
  const one = await scattered(ONE_CONTEST);
  const five = await scattered(ALL_CONTESTS);
  const disk = await arrivals(centre, data.waiting(centre.model));
  const province = await openCentre(alone);
  const ratio = await inside(centre, province, data);
  await province.close();
  await centre.close();
  return [
    { what: `edition of ${CHANGED} stations scattered over ${where}, one contest`, value: one, unit: "s", atMost: 0.5 },
    {
      what: `edition of ${CHANGED} stations scattered over ${where}, five contests`,
      value: five,
      unit: "s",
      atMost: 2.5,
    },
    {
      what: `the same ${CHANGED} stations of Bali: inside ${where} against Bali alone`,
      value: ratio,
      unit: "×",
      atMost: 1.3,
    },
    {
      what: `disk: edition of ${ARRIVING * 5} new sheets of ${where}`,
      value: disk.bytes / 1e6,
      unit: "MB",
      atMost: 30,
    },
    { what: `files written by it`, value: disk.files, unit: "files", atMost: 3000 },
    { what: `disk taken by its tiles and bundles against the new bytes`, value: disk.tiles, unit: "×", atMost: 2 },
  ];
}

/** The disk that an edition of one second's arrivals takes. */
async function arrivals(
  centre: Centre,
  waiting: readonly string[],
): Promise<{ bytes: number; files: number; tiles: number }> {
  const { store, nation, use } = centre;
  const arriving: string[] = [];
  for (const station of waiting) {
    if (arriving.length === ARRIVING) break;
    const head = await store.chain(`tps/${station.slice(0, 6)}`, `${station}/ppwp`);
    if (!head) arriving.push(station);
  }
  if (arriving.length < ARRIVING) throw new Error("every station has reported; delete the cache folder to begin anew");
  const before = nation.written;
  await nation.sheets(arriving, ALL_CONTESTS);
  Object.assign(use, noDiskUse());
  await publish(centre);
  return { bytes: use.bytes, files: use.files, tiles: use.tileBytes / (nation.written - before) };
}

/** How much longer the same stations take inside the nation than in their province alone, in all contests. */
async function inside(nation: Centre, province: Centre, data: Data): Promise<number> {
  const both = new Set(data.reported(nation.model).filter((station) => station.startsWith(ONE_PROVINCE)));
  const stations = alone.reported(province.model).filter((station) => both.has(station));
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const changed = shuffled(stations, round).slice(0, CHANGED);
    times[0].push(await correct(nation, changed, ALL_CONTESTS));
    times[1].push(await correct(province, changed, ALL_CONTESTS));
  }
  return median(times[0]) / median(times[1]);
}
