/**
 * What must hold, whatever has happened. During a run: every edition extends the one before, nothing that is folded waits, no
 * counter falls. After it has healed: nothing that the centre acknowledged is missing, nothing is doubled, every log has one
 * writer under each custody, every replica folds the same prefixes to the same bytes, what replaced machines wrote is kept.
 */
import assert from "node:assert/strict";
import type { RegionCode } from "../src/election/codes.ts";
import { decodeBody } from "../src/election/statements.ts";
import { equalBytes, toHex, utf8 } from "../src/ledger/bytes.ts";
import { parseVkey } from "../src/ledger/note.ts";
import { openBody, parseStatement } from "../src/ledger/statement.ts";
import { leafHash, rootOf } from "../src/ledger/tree.ts";
import type { LogName } from "../src/store/store.ts";
import { shortOf } from "../src/tally/authority.ts";
import { Tally } from "../src/tally/fold.ts";
import { scopeOf } from "../src/tally/scope.ts";
import { Counters } from "./counters.ts";
import type { Country } from "./country.ts";
import { entriesOn } from "./disk.ts";
import { centreLogKey, genesis, HALLS, hallLog, parentOfHall, vkeyOfKey, world } from "./founding.ts";
import { type Laptop, signedBy } from "./places.ts";

/** An edition as far as it can be wrong: where every log stood, and the root of every tree. */
interface Edition {
  readonly cut: ReadonlyMap<LogName, { readonly size: number; readonly root: string }>;
  readonly results: string;
}

const vkeyOf = (log: LogName) => vkeyOfKey(centreLogKey(log));
const newTally = (scope?: (log: LogName) => boolean) =>
  new Tally({ definition: world.definition, ...(scope === undefined ? {} : { scope }) });

/** Makes editions from what is on the centre's disk, as the publisher does, and compares each with the one before. */
export class Editions {
  readonly #country: () => Country;
  readonly #made: Edition[] = [];
  #tally = newTally();
  #read = 0;
  readonly #counters = new Counters();

  constructor(country: () => Country) {
    this.#country = country;
  }

  get count(): number {
    return this.#made.length;
  }

  make(): void {
    const { medium } = this.#country().centre;
    const { chance } = this.#country();
    // A publisher that was started anew folds everything again, and must come to the same.
    if (chance.happens(0.15)) {
      this.#tally = newTally();
      this.#read = 0;
    }
    this.#tally.addAll(medium.arrivals.slice(this.#read));
    this.#read = medium.arrivals.length;
    assert.deepEqual(this.#tally.blocked(), [], "an edition waits for nothing");
    const { results, heads } = this.#tally.build(vkeyOf);
    const cut = new Map([...this.#tally.logs()].map((log) => [log, this.#stand(log)]));
    const edition = { cut, results: JSON.stringify([results, heads]) };
    this.#compare(edition, this.#made.at(-1));
    this.#made.push(edition);
    this.#counters.take(this.#tally);
  }

  #stand(log: LogName) {
    return { size: this.#tally.size(log), root: toHex(this.#tally.root(log)) };
  }

  #compare(next: Edition, before: Edition | undefined): void {
    for (const [log, { size, root }] of before?.cut ?? []) {
      assert.ok((next.cut.get(log)?.size ?? 0) >= size, `${log} became shorter`);
      assert.equal(toHex(this.#tally.authority.log(log).root(size)), root, `${log} was rewritten`);
    }
  }

  /** The newest edition, folded once more from nothing in another order. */
  checkLast(): void {
    const { medium } = this.#country().centre;
    const again = newTally();
    for (const log of [...medium.logs.keys()].sort().reverse()) {
      for (const bytes of entriesOn(medium, log)) again.add(log, bytes);
    }
    const { results, heads } = again.build(vkeyOf);
    assert.equal(JSON.stringify([results, heads]), this.#made.at(-1)?.results, "another order gave other bytes");
  }
}

/** What must hold when everything has healed. */
export async function checkHealed(country: Country, editions: Editions): Promise<void> {
  checkReceipts(country);
  await checkTold(country);
  for (const log of country.centre.medium.logs.keys()) checkOnce(country, log);
  checkFaults(country);
  for (const hall of HALLS) checkWriters(country, hall);
  editions.checkLast();
  for (const laptop of country.laptops) await checkLaptop(country, laptop);
}

/** Every receipt of the centre is kept, and every sheet that was not refused has one. */
export function checkReceipts({ phones: { sheets }, centre }: Country): void {
  for (const { id, log, receipt, refused } of sheets) {
    assert.ok(receipt !== null || refused, `sheet ${id} has neither receipt nor refusal`);
    if (receipt === null) continue;
    const body = openBody(parseStatement(utf8(receipt)));
    const entry = entriesOn(centre.medium, log)[Number(body.index)];
    assert.ok(entry, `${log} has no entry ${body.index}, which was acknowledged`);
    assert.equal(toHex(parseStatement(entry).id), id, `entry ${body.index} of ${log} is not what was acknowledged`);
  }
}

/** What the centre has told a laptop that it has, in the log or kept apart, it has; and what it showed the root of is the same. */
export async function checkTold({ network: { told }, centre }: Country): Promise<void> {
  const apart = (await centre.work(({ replica }) => replica.apart())) ?? [];
  for (const { log, size, root } of told) {
    const entries = entriesOn(centre.medium, log);
    const kept = Math.max(entries.length, ...apart.filter((one) => one.log === log).map((one) => one.size));
    assert.ok(kept >= size, `${log} has ${kept} entries, and ${size} were acknowledged`);
    if (root === null) continue;
    assert.equal(toHex(rootOf(entries.slice(0, size).map(leafHash))), root, `${log} is not what was acknowledged`);
  }
}

export function checkOnce({ centre }: Country, log: LogName): void {
  const ids = entriesOn(centre.medium, log).map((entry) => toHex(parseStatement(entry).id));
  assert.equal(new Set(ids).size, ids.length, `${log} holds a statement twice`);
}

/** Nothing in any log of the centre is what no honest writer would have appended. */
export function checkFaults({ centre }: Country): void {
  const tally = newTally();
  tally.addAll(centre.medium.arrivals);
  const faults = tally.voids().filter((entry) => entry.fault && !EXPECTED.has(entry.reason));
  assert.deepEqual(faults, [], "no honest writer has appended these");
}

/** What people do wrong in the simulation: send too often, sign with a revoked key. */
const EXPECTED: ReadonlySet<string> = new Set(["too-many-rivals", "no-authority"]);

/** What a hall's log has seen is signed by the centre up to the first hand-over, then by each writer up to the next. */
export function checkWriters({ centre }: Country, hall: RegionCode): void {
  const log = hallLog(hall);
  const custodies = entriesOn(centre.medium, hallLog(parentOfHall(hall))).flatMap((entry) => {
    const { type, body } = parseStatement(entry);
    if (type !== "teguh/custody/v1") return [];
    const custody = decodeBody("custody", body);
    return custody.log === log ? [custody] : [];
  });
  custodies.forEach(({ epoch }, i) => {
    assert.equal(epoch, i + 1, "hand-overs are counted");
  });
  entriesOn(centre.medium, log).forEach((entry, index) => {
    if (parseStatement(entry).type !== "teguh/seen/v1") return;
    const custody = custodies.findLast(({ size }) => size <= index);
    const writer = custody === undefined ? shortOf(genesis.centre) : shortOf(parseVkey(custody.vkey).publicKey);
    assert.equal(signedBy(entry), writer, `${log} ${index} is by another writer`);
  });
}

/** A laptop has what the centre has, or what it has more is kept apart there; and it folds its own hall to the same bytes. */
export async function checkLaptop(country: Country, laptop: Laptop): Promise<void> {
  const { centre } = country;
  const log = hallLog(laptop.hall);
  const mine = entriesOn(laptop.medium, log);
  const theirs = entriesOn(centre.medium, log);
  const parting = mine.findIndex((entry, i) => theirs[i] === undefined || !equalBytes(entry, theirs[i]));
  const facts = await centre.work(async ({ replica }) => ({
    apart: await replica.apart(),
    forks: await replica.evidence.forks(),
  }));
  assert.ok(facts);
  const forked = facts.forks.some((fork) => fork.log === log);
  if (!country.laptops.some(({ hall, wasPutBack }) => hall === laptop.hall && wasPutBack)) {
    assert.deepEqual(
      facts.forks.filter((fork) => fork.log === log),
      [],
      `${log} forked without a cause`,
    );
  }
  if (parting >= 0 && !forked) {
    const kept = facts.apart.some(({ log: of, size }) => of === log && size >= mine.length);
    assert.ok(kept, `${laptop.name} has ${mine.length} entries of ${log}, of which ${parting} on are nowhere else`);
  }
  if (parting < 0) checkFold(country, laptop);
}

/** Where a laptop has its hall's logs as the centre has them, its fold gives the same objects of the hall. */
function checkFold({ centre }: Country, { medium, hall }: Laptop): void {
  const scope = scopeOf(hall);
  const own = newTally(scope);
  own.addAll(medium.arrivals);
  assert.deepEqual(own.blocked(), [], "a laptop's fold waits for nothing");
  // The centre's logs, as far as the laptop has them.
  const whole = newTally(scope);
  for (const log of [...medium.logs.keys()].sort()) {
    const entries = entriesOn(centre.medium, log).slice(0, medium.logs.get(log)?.entries.length ?? 0);
    for (const bytes of entries) whole.add(log, bytes);
  }
  const objectsOf = (tally: Tally) =>
    tally
      .build(vkeyOf)
      .objects.filter(({ region, kind }) => region.startsWith(hall) && kind !== "heads")
      .map(({ hash, region, contest }) => `${contest} ${region} ${hash}`)
      .sort();
  assert.deepEqual(objectsOf(own), objectsOf(whole), "a laptop folds the same prefixes to other bytes");
}
