/**
 * After kill -9 with the nation's statements in the store: until the door accepts its first sheet, and until the publisher has
 * made its first edition. Both from the start of a new process.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { STATUS } from "../src/publish/layout.ts";
import { statusEdition } from "../src/publish/now.ts";
import { Data, NATION_WIDE, SHARE } from "./data.ts";
import { shuffled } from "./election.ts";
import { type Context, type Figure, seconds } from "./figure.ts";
import { ALL_CONTESTS, OPERATOR } from "./nation.ts";
import { type Parcel, Phones, parcels, passesOf } from "./phones.ts";
import { ServerProcess } from "./server.ts";

/** Stations whose sheets are on their way when a process is killed. */
const CHANGED = 300;
/** The publisher is killed so long after they came, in milliseconds: in the midst of the edition. */
const MIDST = 400;
/** Where the door is up before the core, a phone asks again after so long, in milliseconds, and so often. */
const COME_BACK = 20;
const MOST_TRIES = 3_000;

const dataOf = ({ short }: Context) => new Data(short ? SHARE : NATION_WIDE);

export async function prepare(context: Context): Promise<void> {
  await dataOf(context).statements();
  await dataOf(context).published();
}

export async function run(context: Context): Promise<Figure[]> {
  const data = dataOf(context);
  const where = context.short ? "2 % of 4 million" : "4 million";
  return [
    { what: `restart with ${where} statements: first accept`, value: await firstAccept(data), unit: "s", atMost: 1 },
    { what: `restart with ${where} statements: first edition`, value: await firstEdition(data), unit: "s", atMost: 10 },
  ];
}

async function firstAccept(data: Data): Promise<number> {
  const model = data.model();
  const store = data.openStore();
  const nation = await data.openNation(store, model);
  const fresh: string[] = [];
  for (const station of shuffled(data.waiting(model), Date.now())) {
    if (fresh.length === 2) break;
    if (!(await store.chain(`tps/${station.slice(0, 6)}`, `${station}/ppwp`))) fresh.push(station);
  }
  const [first, ...others] = parcels(nation, passesOf(data, model), fresh, OPERATOR);
  if (!first) throw new Error("every station has reported; delete the cache folder to begin anew");
  await store.close();
  const doomed = await startDoor(data);
  const phones = new Phones(doomed.door.address, others.length);
  const sending = others.map((parcel) => phones.send(parcel).catch(() => "not answered, as it may be"));
  await Promise.all([doomed.core.kill(), doomed.door.kill()]);
  await Promise.all(sending);
  phones.close();
  const began = performance.now();
  const { core, door } = await startDoor(data);
  const again = new Phones(door.address, 1);
  await untilAccepted(again, first);
  const took = seconds(began);
  again.close();
  await Promise.all([core.stop(), door.stop()]);
  return took;
}

/** Sends as a phone does that is told to come back, only without waiting for as long as it is told. */
async function untilAccepted(phones: Phones, parcel: Parcel): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await phones.send(parcel);
      return;
    } catch (error) {
      if (tries === MOST_TRIES) throw new Error("the door does not accept the first sheet", { cause: error });
    }
    await sleep(COME_BACK);
  }
}

/** The two processes that it takes to accept a sheet, started at the same time. */
async function startDoor(data: Data): Promise<{ core: ServerProcess; door: ServerProcess }> {
  const [core, door] = await Promise.all([
    ServerProcess.start("core", data.dir),
    ServerProcess.start("intake", data.dir),
  ]);
  return { core, door };
}

async function firstEdition(data: Data): Promise<number> {
  const model = data.model();
  const store = data.openStore();
  const nation = await data.openNation(store, model);
  const some = () => shuffled(data.reported(model), Date.now()).slice(0, CHANGED);
  const doomed = await ServerProcess.start("publish", data.dir);
  await nation.corrections(some(), ALL_CONTESTS);
  await sleep(MIDST);
  await doomed.kill();
  await nation.corrections(some(), ALL_CONTESTS);
  const before = publishedEdition(data);
  const began = performance.now();
  const server = await ServerProcess.start("publish", data.dir);
  while (publishedEdition(data) <= before) await sleep(20);
  const took = seconds(began);
  await server.stop();
  await store.close();
  return took;
}

const publishedEdition = (data: Data): number => statusEdition(readFileSync(join(data.publicDir, STATUS)));
