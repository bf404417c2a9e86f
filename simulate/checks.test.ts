/** That what must hold is really looked at: a country that holds is broken in one place after the other, and each is found. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { signStatement } from "../src/ledger/statement.ts";
import { Tally } from "../src/tally/fold.ts";
import {
  checkFaults,
  checkHealed,
  checkLaptop,
  checkOnce,
  checkReceipts,
  checkTold,
  checkWriters,
  Editions,
} from "./checks.ts";
import { Counters } from "./counters.ts";
import { Country } from "./country.ts";
import { entriesOn } from "./disk.ts";
import { genesis, HALLS, hallLog, sheetLog, signer, world } from "./founding.ts";
import type { Laptop } from "./places.ts";

const HALL = HALLS[0] ?? assert.fail("there is no hall");

interface Healed {
  readonly country: Country;
  readonly editions: Editions;
}

/** The first country of a row that has healed and of which something is true. */
async function countryWith<T>(find: (country: Country) => T | undefined): Promise<Healed & { readonly found: T }> {
  for (let i = 0; ; i++) {
    const editions: Editions = new Editions(() => country);
    const country: Country = new Country(`checks/${i}`, () => editions.make());
    await country.run(60);
    await checkHealed(country, editions);
    const found = find(country);
    if (found !== undefined) return { country, editions, found };
  }
}

/** A log at the centre, to be broken. */
function entriesOf({ centre }: Country, log: string) {
  const entries = centre.medium.logs.get(log)?.entries;
  assert.ok(entries !== undefined && entries.length > 0);
  return entries;
}

/** A laptop that writes its hall's log still, and never was put back. */
function writer({ laptops, centre }: Country): Laptop | undefined {
  return laptops.find((laptop) => {
    const log = hallLog(laptop.hall);
    const isPlain = laptops.every(({ hall, wasPutBack }) => hall !== laptop.hall || !wasPutBack);
    return isPlain && laptop.size(log) === centre.size(log);
  });
}

test("a sheet is missed of which the centre has given a receipt", async () => {
  const { country, found } = await countryWith(({ phones }) => phones.sheets.find(({ receipt }) => receipt !== null));
  entriesOf(country, found.log).length = 0;
  assert.throws(() => checkReceipts(country), /which was acknowledged/);
});

test("an entry is missed that the centre has told a laptop it has, and one that is not as it was shown", async () => {
  const { country, found } = await countryWith(({ network }) =>
    [...network.told].find(({ log, size, root }) => root !== null && size > 1 && log.startsWith("pleno/51")),
  );
  const entries = entriesOf(country, found.log);
  const [first, second] = entries;
  assert.ok(first && second);
  entries.splice(0, 2, second, first);
  await assert.rejects(checkTold(country), /is not what was acknowledged/);
  entries.length = 0;
  await assert.rejects(checkTold(country), /were acknowledged/);
});

test("a statement is found that a log holds twice", async () => {
  const { country, found } = await countryWith(() => hallLog(HALL));
  const entries = entriesOf(country, found);
  entries.push(...entries.slice(-1));
  assert.throws(() => checkOnce(country, found), /holds a statement twice/);
});

test("a statement is found that nobody who had the log has written", async () => {
  const { country, found } = await countryWith((one) => (writer(one) ? hallLog(HALL) : undefined));
  const body = { election: genesis.electionTag, log: "pleno/0", size: 1, root: "0".repeat(64), time: 1 };
  const bytes = signStatement("teguh/seen/v1", body, [signer("a stranger")]);
  const entries = entriesOf(country, found);
  entries.push(...entries.slice(-1).map((entry) => ({ ...entry, bytes })));
  assert.throws(() => checkWriters(country, HALL), /is by another writer/);
  const { arrivals } = country.centre.medium;
  arrivals.push(...arrivals.slice(-1).map((entry) => ({ ...entry, log: found, bytes })));
  assert.throws(() => checkFaults(country), /no honest writer/);
});

test("an edition is found that does not extend the one before", async () => {
  const makeMany = (editions: Editions) => {
    // Some are folded from the beginning, as by a publisher that was started anew.
    for (let i = 0; i < 60; i++) editions.make();
  };
  const shorter = await countryWith(() => true);
  const { arrivals } = shorter.country.centre.medium;
  arrivals.length--;
  assert.throws(() => makeMany(shorter.editions), /became shorter/);
  const rewritten = await countryWith(({ centre }) => {
    const at = centre.medium.arrivals.findIndex(({ log }, i, all) => log.startsWith("tps/") && all[i + 1]?.log === log);
    return at < 0 ? undefined : at;
  });
  const all = rewritten.country.centre.medium.arrivals;
  all.splice(rewritten.found, 2, ...all.slice(rewritten.found, rewritten.found + 2).reverse());
  assert.throws(() => makeMany(rewritten.editions), /was rewritten/);
});

test("an edition is found that another order of the same entries would not give", async () => {
  const { country, editions, found } = await countryWith(({ centre }) =>
    HALLS.map(sheetLog).find((log) => entriesOn(centre.medium, log).length > 0),
  );
  entriesOf(country, found).length = 0;
  assert.throws(() => editions.checkLast(), /another order gave other bytes/);
});

test("a counter is found that has fallen", async () => {
  const { country } = await countryWith(({ centre }) =>
    centre.medium.arrivals.find(({ log }) => log.startsWith("tps/")),
  );
  const counters = new Counters();
  const { arrivals } = country.centre.medium;
  const folded = (entries: typeof arrivals) => {
    const tally = new Tally({ definition: world.definition });
    tally.addAll(entries);
    return tally;
  };
  counters.take(folded(arrivals));
  assert.throws(() => counters.take(folded(arrivals.filter(({ log }) => !log.startsWith("tps/")))), /fell from/);
});

test("a laptop is found that folds what the centre has to other bytes", async () => {
  const { country, found } = await countryWith((one) => {
    const laptop = writer(one);
    return laptop?.medium.arrivals.some(({ log }) => log === sheetLog(laptop.hall)) ? laptop : undefined;
  });
  const kept = found.medium.arrivals.filter(({ log }) => log !== sheetLog(found.hall));
  found.medium.arrivals.splice(0, found.medium.arrivals.length, ...kept);
  await assert.rejects(checkLaptop(country, found), /folds the same prefixes to other bytes/);
});

test("entries are missed that a laptop has and nobody else", async () => {
  const { country, found } = await countryWith(writer);
  const entries = found.medium.logs.get(hallLog(found.hall))?.entries ?? [];
  entries.push(...entries.slice(0, 1));
  await assert.rejects(checkLaptop(country, found), /are nowhere else/);
});
