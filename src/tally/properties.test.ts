/**
 * The properties of the tally over random histories: the same bytes for the same prefixes whatever the order of arrival,
 * bit by bit as from scratch, counters that never fall, and every number the sum of its parts. A counterexample prints its
 * seed; TEGUH_RUNS sets how many histories each property tries.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import { NATION, parentOf, plenoLog, type RegionCode } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { toHex } from "../ledger/bytes.ts";
import { Tally } from "./fold.ts";
import type { LogName } from "./logs.ts";
import type { Posting } from "./posting.ts";
import type { Rest } from "./resting.ts";
import { accountsOf, BOOK_NAMES, type Counters, Published } from "./testing/published.ts";
import { RandomWorld, STEP_KINDS, type Step, type StepKind } from "./testing/random-world.ts";
import { checkSums } from "./testing/sums.ts";
import { severalDistricts, type World } from "./testing.ts";

const options = { numRuns: Number(process.env.TEGUH_RUNS ?? 100) };

/** Sheets and readings are most of a log, whatever else happens. */
const kinds: readonly StepKind[] = [
  ...STEP_KINDS,
  ...(["sheet", "sheet", "sheet", "sheet", "sheet", "sheet"] as const),
  ...(["reading", "reading", "reading", "reading", "reading", "certify", "certify", "see", "see"] as const),
];
const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...kinds), fc.noBias(fc.maxSafeNat()));
const steps = fc.array(step, { maxLength: 60, size: "max" });
/** Decides which log comes next, over and over. */
const shuffle = fc.array(fc.nat(), { minLength: 1, maxLength: 40, size: "max" });

type Arrival = readonly { readonly log: LogName; readonly bytes: Uint8Array }[];

/** The entries of all logs, each log in order, otherwise as the numbers say. */
function arrivalOf({ logs }: World, numbers: readonly number[]): Arrival {
  const left = new Map([...logs].map(([log, entries]) => [log, entries.values()]));
  const arrival: { log: LogName; bytes: Uint8Array }[] = [];
  for (let i = 0; left.size > 0; i++) {
    const names = [...left.keys()];
    const log = names[((numbers[i % numbers.length] ?? 0) + i) % names.length] ?? "";
    const next = left.get(log)?.next();
    if (next && !next.done) arrival.push({ log, bytes: next.value });
    else left.delete(log);
  }
  return arrival;
}

function fold({ definition }: World, arrival: Arrival, tally = new Tally({ definition })): Tally {
  for (const { log, bytes } of arrival) tally.add(log, bytes);
  return tally;
}

const rootsOf = ({ results, districts, heads }: ReturnType<Tally["build"]>) => ({ results, districts, heads });
const voidsOf = (tally: Tally) => tally.voids().map(({ log, index, reason }) => `${log} ${index} ${reason}`);

test("the same prefixes give the same bytes, whatever the order of arrival", () => {
  fc.assert(
    fc.property(steps, shuffle, shuffle, (history, one, other) => {
      const { world } = new RandomWorld(history, severalDistricts());
      const tallies = [world.order, arrivalOf(world, one), arrivalOf(world, other)].map((order) => fold(world, order));
      const [first, ...others] = tallies.map((tally) => ({
        blocked: tally.blocked(),
        voids: voidsOf(tally),
        build: tally.build(world.vkeyOf),
      }));
      assert.deepEqual(first?.blocked, []);
      for (const { voids, build } of others) {
        assert.deepEqual(voids, first?.voids);
        assert.deepEqual(hashesOf(build), first && hashesOf(first.build));
        assert.deepEqual(rootsOf(build), first && rootsOf(first.build));
      }
    }),
    options,
  );
});

/** Where each object stands, and its hash. */
const hashesOf = ({ objects }: ReturnType<Tally["build"]>) =>
  objects.map(({ kind, contest, region, hash }) => `${kind} ${contest} ${region} ${hash}`).sort();

test("built bit by bit, the tree is the one built from scratch at every cut", () => {
  fc.assert(
    fc.property(steps, shuffle, fc.array(fc.nat(), { maxLength: 4, size: "max" }), (history, one, cuts) => {
      const { world } = new RandomWorld(history, severalDistricts());
      const arrival = arrivalOf(world, one);
      const { definition, vkeyOf } = world;
      const tally = new Tally({ definition });
      const published = new Published();
      let from = 0;
      for (const cut of [...cutsOf(cuts, arrival.length), arrival.length]) {
        fold(world, arrival.slice(from, cut), tally);
        from = cut;
        assert.deepEqual(published.apply(tally.build(vkeyOf)), []);
        const scratch = fold(world, arrival.slice(0, cut)).build(vkeyOf);
        const atOnce = new Published();
        atOnce.apply(scratch);
        assert.deepEqual(published.places, atOnce.places);
        assert.deepEqual(rootsOf(published.build), rootsOf(scratch));
        for (const { hash } of scratch.objects) assert.ok(published.has(hash));
      }
    }),
    options,
  );
});

const cutsOf = (cuts: readonly number[], length: number): number[] =>
  cuts.map((cut) => cut % length).sort((a, b) => a - b);

test("a fold that goes on from an edition, its kecamatan at rest, makes the same of what comes", () => {
  const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 5, size: "max" });
  fc.assert(
    fc.property(steps, shuffle, numbers, fc.nat(), (history, one, cuts, keep) => {
      const { world } = new RandomWorld(history, severalDistricts());
      const arrival = arrivalOf(world, one);
      const { definition, vkeyOf } = world;
      const tally = new Tally({ definition });
      const saved = new Map<RegionCode, Uint8Array>();
      const outlines = new Map<string, readonly [RegionCode, Uint8Array]>();
      const editions: ReturnType<Tally["build"]>[] = [];
      let from = 0;
      cutsOf(cuts, arrival.length).forEach((cut, i) => {
        fold(world, arrival.slice(from, cut), tally);
        from = cut;
        editions.push(tally.build(vkeyOf));
        for (const [code, outline] of tally.takeOutlines()) {
          outlines.set(`${code}/${outline.contest}`, [code, serialize(outline)]);
        }
        for (const [code, unit] of tally.saveUnits()) {
          // A snapshot may be older than the last build.
          if (!saved.has(code) || (keep >> i) % 2 === 0) saved.set(code, serialize(unit));
        }
      });
      if (!tally.model) return;
      const marks = new Map([...tally.logs()].map((log) => [log, markOf(tally, log)]));
      const entries = (log: LogName, from: number, to: number) => (world.logs.get(log) ?? []).slice(from, to);
      const restored = new Tally({ definition });
      const add = (log: LogName) => {
        for (const bytes of entries(log, restored.offered(log), marks.get(log)?.size ?? 0)) restored.add(log, bytes);
      };
      add(plenoLog(NATION));
      const rest: Rest = {
        marks,
        outlines: () => [...outlines.values()].map(([code, bytes]) => [code, deserialize(bytes)] as const),
        saved: (code) => (saved.has(code) ? deserialize(saved.get(code) ?? new Uint8Array()) : null),
        entries,
      };
      restored.rest(rest, vkeyOf);
      for (const log of [...marks.keys()].sort((a, b) => (keep % 2 === 0 ? 1 : -1) * (a < b ? -1 : 1))) add(log);
      const last = editions.at(-1);
      assert.deepEqual(rootsOf(restored.build(vkeyOf)), last && rootsOf(last));
      fold(world, arrival.slice(from), tally);
      for (const log of world.logs.keys()) {
        for (const bytes of entries(log, restored.offered(log), Number.MAX_SAFE_INTEGER)) restored.add(log, bytes);
      }
      assert.deepEqual(restored.blocked(), []);
      const atHand = tally.voids().filter(({ log }) => !restored.rests(log));
      assert.equal(voidsOf(restored).length, atHand.length);
      const [next, same] = [tally.build(vkeyOf), restored.build(vkeyOf)];
      assert.deepEqual(rootsOf(same), rootsOf(next));
      assert.deepEqual(hashesOf(same), hashesOf(next));
    }),
    options,
  );
});

const markOf = (tally: Tally, log: LogName) => ({ size: tally.size(log), root: toHex(tally.root(log)) });

test("no counter of any account falls when a prefix grows", () => {
  fc.assert(
    fc.property(steps, shuffle, fc.nat(), (history, one, number) => {
      const { world } = new RandomWorld(history, severalDistricts());
      const arrival = arrivalOf(world, one);
      const [earlier, later] = [arrival.slice(0, number % (arrival.length + 1)), arrival].map((entries) => {
        const tally = fold(world, entries);
        const published = new Published();
        published.apply(tally.build(world.vkeyOf));
        return tally.model ? accountsOf(published, tally.model) : new Map<string, Counters>();
      });
      for (const [account, counters] of earlier ?? []) {
        const since = later?.get(account) ?? [];
        assert.ok(
          counters.every((votes, i) => (since[i] ?? -1) >= votes),
          account,
        );
      }
    }),
    options,
  );
});

test("every number is the sum of its parts, and every object that is named is there", () => {
  fc.assert(
    fc.property(steps, (history) => {
      const { world, model } = new RandomWorld(history, severalDistricts());
      const published = new Published();
      published.apply(fold(world, world.order).build(world.vkeyOf));
      checkSums(published, model);
      for (const { journal } of published.results()) {
        for (const newest of [...(journal?.count ?? []), ...(journal?.recap ?? [])]) published.journal(newest);
      }
      for (const { region, pleno } of published.heads()) {
        assert.equal(pleno?.[0], world.logs.get(plenoLog(region as RegionCode))?.length);
      }
    }),
    options,
  );
});

test("the postings alone give every account, and the journals hold all but the first reports", () => {
  fc.assert(
    fc.property(steps, shuffle, (history, one) => {
      const { world } = new RandomWorld(history, severalDistricts());
      const postings: Posting[] = [];
      const { definition, vkeyOf } = world;
      const onPosting = (posting: Posting) => postings.push(posting);
      const tally = fold(world, arrivalOf(world, one), new Tally({ definition, onPosting }));
      const published = new Published();
      published.apply(tally.build(vkeyOf));
      const { model } = tally;
      assert.ok(model);
      const accounts = accountsOf(published, model);
      const replayed = replay(postings, model);
      for (const [account, counters] of accounts)
        assert.deepEqual(replayed.get(account) ?? [0, 0, 0], counters, account);
      for (const [account, counters] of replayed) {
        if (counters.some((votes) => votes !== 0)) assert.ok(accounts.has(account), account);
      }
      assert.deepEqual(journalsOf(published), expectedJournals(postings));
    }),
    options,
  );
});

/** What accounts the postings make, from nothing: each in its region and in every one above that carries its account. */
function replay(postings: readonly Posting[], model: Model): Map<string, [number, number, number]> {
  const accounts = new Map<string, [number, number, number]>();
  const move = (account: string, delta: number, isFirst: boolean) => {
    const counters = accounts.get(account) ?? [0, 0, 0];
    accounts.set(account, counters);
    counters[isFirst ? 0 : delta > 0 ? 1 : 2] += Math.abs(delta);
  };
  for (const { book, district, station, region, kind, before, after } of postings) {
    const { choices, parties, code, contest } = district;
    const { container } = model.contest(contest.kind)?.district(code) ?? district;
    const lowest = (station?.slice(0, 10) ?? region) as RegionCode;
    for (let at: RegionCode | null = lowest; at; at = parentOf(at)) {
      choices.forEach(({ id, party }, column) => {
        const delta = (after?.[column] ?? 0) - (before?.[column] ?? 0);
        const where = `${book} ${contest.kind} ${at}`;
        if (container.code === NATION || at?.startsWith(container.code))
          move(`${where} ${code} ${id}`, delta, kind === "report");
        if (party >= 0) move(`${where} party ${parties[party]?.id}`, delta, kind === "report");
      });
    }
  }
  return accounts;
}

/** By book, contest, kecamatan and log: the postings other than first reports. */
type Journals = Record<string, { station: string; kind: string; index: number; reason: string | null }[]>;

function expectedJournals(postings: readonly Posting[]): Journals {
  const journals: Journals = {};
  for (const { book, district, station, kind, log, index, reason, before, after } of postings) {
    if (station === null || kind === "report") continue;
    const changes = district.choices.flatMap((_, i) => {
      const [from, to] = [before?.[i] ?? 0, after?.[i] ?? 0];
      return from === to ? [] : [[i, from, to]];
    });
    const key = `${book} ${district.contest.kind} ${station.slice(0, 6)} ${log}`;
    const entry = { changes, district: district.code, index, kind, reason, station };
    journals[key] = [...(journals[key] ?? []), entry];
  }
  return journals;
}

function journalsOf(published: Published): Journals {
  const journals: Journals = {};
  for (const { contest, region, journal } of published.results()) {
    if (!journal) continue;
    for (const name of BOOK_NAMES) {
      for (const newest of journal[name]) {
        for (const { log, postings } of published.journal(newest)) {
          const key = `${name} ${contest} ${region} ${log}`;
          journals[key] = [...(journals[key] ?? []), ...postings];
        }
      }
    }
  }
  return journals;
}
