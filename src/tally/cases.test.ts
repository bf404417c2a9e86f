/**
 * What the design says of custody, withdrawals, the pen, rivals and amendments, one sentence each; and the smallest
 * histories that the properties once found wrong.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionCode } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";
import { Tally } from "./fold.ts";
import type { LogName } from "./logs.ts";
import { Published } from "./testing/published.ts";
import { amendments } from "./testing/random-definitions.ts";
import { RandomWorld, type Step } from "./testing/random-world.ts";
import { checkSums } from "./testing/sums.ts";
import { figuresFor, smallElection, World } from "./testing.ts";

const TPS1 = "5101011001001";
const KEC = "510101" as RegionCode;
const KAB = "5101" as RegionCode;
const PROV = "51" as RegionCode;
const NATION = "0" as RegionCode;

function ready(): World {
  const world = new World();
  world.grantAll();
  const key = (name: string) => toHex(world.signer(name).publicKey);
  const grant = (name: string, role: string, region: string) => ({
    key: key(name),
    person: toHex(sha256(world.signer(name).publicKey).subarray(0, 16)),
    region,
    role,
  });
  const list = [grant("member 0", "member", "0"), grant("archive 51", "archive", "51")];
  world.write("pleno/0", "grant", { list }, ["root"]);
  return world;
}

function fold(world: World, order: readonly { readonly log: LogName; readonly bytes: Uint8Array }[] = world.order) {
  const tally = new Tally({ definition: world.definition });
  for (const { log, bytes } of order) tally.add(log, bytes);
  const published = new Published();
  published.apply(tally.build(world.vkeyOf));
  return { tally, published };
}

const reasons = (tally: Tally) => tally.voids().map(({ log, reason }) => [log, reason]);
const votesOf = (published: Published, book: "count" | "recap", region: string) =>
  published.result("ppwp", region)?.[book].lists?.[0]?.votes;
const stationOf = (published: Published, station: string) =>
  published.result("ppwp", station.slice(0, 10))?.stations?.find(({ n }) => n === station.slice(10));

function certify(world: World, region: RegionCode, children: readonly string[]): void {
  for (const child of children) world.see(`pleno/${region}`, `pleno/${child}`);
  world.seeAbove(`pleno/${region}`);
  const body = { contest: "ppwp", district: "0", region, votes: [], stations: 0, read: 0, papers: null };
  const figures = new Array<number>(25).fill(0);
  const chair = region === "0" ? "root" : `chair ${region}`;
  world.write(`pleno/${region}`, "certificate", { ...body, figures }, [chair, `member ${region}`]);
}

test("a log that was handed over begins again with its new writer's look at its parent", () => {
  const world = ready();
  world.hand(`pleno/${KEC}`, "node", 1);
  world.reading(KEC, TPS1, "ppwp", [1, 2, 3], null);
  const { tally, published } = fold(world);
  assert.deepEqual(reasons(tally), []);
  const kabupaten = [...published.heads()].find(({ region }) => region === KAB);
  assert.equal(kabupaten?.children.find(({ region }) => region === KEC)?.pleno?.[3], 1);
});

test("after a move the old writer can make its log see nothing any more", () => {
  const world = ready();
  world.hand(`pleno/${KEC}`, "node", 1);
  world.write("pleno/0", "pause", { panel: null }, ["root"]);
  const { length } = world.logs.get("pleno/0") ?? [];
  const root = toHex(fold(world).tally.root("pleno/0"));
  world.write(`pleno/${KEC}`, "seen", { log: "pleno/0", size: length, root }, ["centre"]);
  assert.deepEqual(reasons(fold(world).tally), [[`pleno/${KEC}`, "not-the-writer"]]);
});

test("an entry that slips in between the move and the new writer keeps the new writer out", () => {
  const world = ready();
  const before = fold(world).tally;
  const vkey = world.vkeyOf(`pleno/${KEC}`);
  const size = before.size(`pleno/${KEC}`) - 1;
  const root = toHex(before.authority.log(`pleno/${KEC}`).root(size));
  world.write(`pleno/${KAB}`, "custody", { log: `pleno/${KEC}`, size, root, vkey, epoch: 1 }, [`chair ${KAB}`]);
  world.see(`pleno/${KEC}`, `pleno/${KAB}`);
  assert.deepEqual(reasons(fold(world).tally), [[`pleno/${KEC}`, "not-the-writer"]]);
});

test("an archive's later sheet without votes withdraws what was posted, without a reason", () => {
  const world = ready();
  const first = world.sheet(TPS1, "ppwp", [100, 60, 40], null, {}, "archive 51");
  const second = world.sheet(TPS1, "ppwp", null, first.id, {}, "archive 51");
  const { tally, published } = fold(world);
  assert.deepEqual(reasons(tally), []);
  const station = stationOf(published, TPS1)?.count;
  assert.equal(station?.state, "incomplete");
  assert.deepEqual(station?.votes, [null, null, null]);
  assert.deepEqual(station?.at, [first.index, second.index]);
  assert.deepEqual(votesOf(published, "count", "0"), [0, 0, 0]);
  const [newest] = published.result("ppwp", KEC)?.journal?.count ?? [];
  const [posting] = newest?.postings ?? [];
  assert.deepEqual([posting?.kind, posting?.reason], ["withdrawal", null]);
});

test("a live sheet without votes keeps what was posted", () => {
  const world = ready();
  const first = world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  world.sheet(TPS1, "ppwp", null, first.id);
  const { published } = fold(world);
  assert.deepEqual(votesOf(published, "count", "0"), [100, 60, 40]);
  assert.deepEqual(stationOf(published, TPS1)?.count?.counted, [100, 60, 40]);
});

test("the pen goes up to the nation level by level, and comes back the same way", () => {
  const world = ready();
  const read = world.reading(KEC, TPS1, "ppwp", [1, 2, 3], null);
  const chain: readonly (readonly [RegionCode, readonly string[]])[] = [
    [KEC, []],
    ["510102" as RegionCode, []],
    [KAB, [KEC, "510102"]],
    ["510201" as RegionCode, []],
    ["5102" as RegionCode, ["510201"]],
    [PROV, [KAB, "5102"]],
  ];
  for (const [region, children] of chain) certify(world, region, children);
  world.see("pleno/0", `pleno/${PROV}`);
  const holders = () => {
    const { authority } = fold(world).tally;
    return authority.chain(KEC).filter((plenary) => authority.holdsPen(plenary, KEC, "ppwp", "0"));
  };
  assert.deepEqual(
    holders().map(({ region }) => region),
    [NATION],
  );
  const steps: readonly (readonly [RegionCode, RegionCode, string])[] = [
    [NATION, PROV, "root"],
    [PROV, KAB, `chair ${PROV}`],
    [KAB, KEC, `chair ${KAB}`],
  ];
  for (const [parent, child, by] of steps) {
    const body = { contest: "ppwp", district: "0", region: child, order: "1/UJI" };
    world.write(`pleno/${parent}`, "reopen", body, [by]);
    world.seeAbove(`pleno/${child}`);
    assert.deepEqual(
      holders().map(({ region }) => region),
      [child],
    );
  }
  world.reading(KEC, TPS1, "ppwp", [2, 2, 3], read.id);
  const { tally, published } = fold(world);
  assert.deepEqual(reasons(tally), []);
  assert.deepEqual(votesOf(published, "recap", "0"), [2, 2, 3]);
});

test("a key may leave eight rivals beside a station's sheet, and no ninth", () => {
  const world = ready();
  world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  for (let i = 1; i <= 9; i++) world.sheet(TPS1, "ppwp", [100 + i, 60, 40], null);
  const { tally, published } = fold(world);
  assert.deepEqual(reasons(tally), [[`tps/${KEC}`, "too-many-rivals"]]);
  assert.equal(stationOf(published, TPS1)?.count?.rivals?.length, 8);
});

test("after an annulment a sheet that names the annulled one is a rival, one that names none is current", () => {
  const world = ready();
  const first = world.sheet(TPS1, "ppwp", [100, 60, 40], null);
  world.write(`tps/${KEC}`, "annul", { reason: "test-data", sheet: first.id }, [`chair ${KEC}`]);
  world.sheet(TPS1, "ppwp", [90, 60, 40], first.id);
  assert.deepEqual(votesOf(fold(world).published, "count", KEC), [0, 0, 0]);
  world.sheet(TPS1, "ppwp", [80, 60, 40], null);
  assert.deepEqual(votesOf(fold(world).published, "count", KEC), [80, 60, 40]);
});

test("an amendment moves rows to their new places and leaves older sheets their votes", () => {
  const world = ready();
  world.sheet("5101021001002", "ppwp", [10, 20, 30], null);
  const [, struck] = amendments;
  assert.ok(struck);
  world.amend(struck(smallElection()));
  world.sheet("5101021001001", "ppwp", [1, 2, 3], null);
  const { tally, published } = fold(world);
  assert.deepEqual(reasons(tally), []);
  assert.deepEqual(votesOf(published, "count", "510102"), [11, 22, 33, 0]);
  assert.equal(published.result("ppwp", "510102")?.count.expected, 4);
});

test("an outline counts the stations that an amendment adds where nothing stands yet", () => {
  const world = ready();
  world.seeAbove("tps/510102");
  world.hand("pleno/510102", "hall", 1);
  const tally = new Tally({ definition: world.definition });
  const take = () => {
    for (const { log, bytes } of world.order.slice([...tally.logs()].reduce((sum, log) => sum + tally.size(log), 0))) {
      tally.add(log, bytes);
    }
    tally.build(world.vkeyOf);
    const ppwp = [...tally.takeOutlines()].filter(([code, { contest }]) => code === "510102" && contest === 0);
    return ppwp.map(([, { expected }]) => expected);
  };
  assert.deepEqual(take(), [2]);
  const [, struck] = amendments;
  assert.ok(struck);
  world.amend(struck(smallElection()));
  assert.deepEqual(take(), [4]);
});

test("a log that has not seen an amendment is judged alike whether the amendment is here or not", () => {
  const world = ready();
  world.sheet(TPS1, "ppwp", [1, 2, 3], null);
  world.sheet(TPS1, "dprdk", [1, 2, 3, 4, 5, 6], null, { parties: [7, 15] });
  const [, struck] = amendments;
  assert.ok(struck);
  world.amend(struck(smallElection()));
  const body = { papers: null, previous: null, ...world.form(TPS1, "ppwp", [1, 2, 3]) };
  world.write(`tps/${KEC}`, "sheet", body, [`station ${TPS1}`]);
  const early = world.order.filter(({ log }) => log.startsWith("pleno/"));
  const late = world.order.filter(({ log }) => log.startsWith("tps/"));
  const one = fold(world).published;
  const other = fold(world, [...early, ...late]).published;
  assert.deepEqual(one.build.results, other.build.results);
  assert.equal(stationOf(one, TPS1)?.count?.flags.includes("W407"), false);
});

test("a certificate is good for the region alone in whose plenary it stands", () => {
  const world = ready();
  const figures = new Array<number>(25).fill(0);
  const body = { contest: "ppwp", district: "0", region: KAB, figures, votes: [], stations: 0, read: 0, papers: null };
  world.write(`pleno/${KEC}`, "certificate", body, [`chair ${KEC}`, `member ${KEC}`]);
  assert.deepEqual(reasons(fold(world).tally), [[`pleno/${KEC}`, "wrong-log"]]);
});

test("a ruling above its district, or with a column twice, is refused", () => {
  const world = ready();
  const ruling = { kind: "ruling", number: "1/UJI", contest: "dpr", district: "5100", region: "0" };
  world.write("pleno/0", "order", { ...ruling, deltas: [[0, 5]] }, ["root"]);
  const twice: [number, number][] = [
    [1, 5],
    [1, -5],
  ];
  world.write("pleno/51", "order", { ...ruling, region: "51", deltas: twice }, ["chair 51"]);
  assert.deepEqual(reasons(fold(world).tally), [
    ["pleno/0", "wrong-log"],
    ["pleno/51", "malformed"],
  ]);
});

test("where the first entry is no genesis, every other log is refused and none waits", () => {
  const world = new World();
  const tally = new Tally({ definition: world.definition });
  tally.add(`tps/${KEC}`, new Uint8Array([1]));
  tally.add("pleno/0", new Uint8Array([2]));
  assert.deepEqual(tally.blocked(), []);
  assert.deepEqual(reasons(tally), [
    ["pleno/0", "malformed"],
    [`tps/${KEC}`, "malformed"],
  ]);
});

test("a sheet that is shown and held beside its total is adopted by two persons alone", () => {
  const world = ready();
  world.reading(KEC, TPS1, "dpr", [5, 10, 15, 1, 2, 3], null, { parties: [31, 6], figures: figuresFor(36, 5) });
  assert.deepEqual(reasons(fold(world).tally), [[`pleno/${KEC}`, "does-not-add-up"]]);
});

/** Shortest histories in which a property once failed. */
const FOUND: readonly (readonly Step[])[] = [
  [["ruling", 879871988694240]],
  [["ruling", 0]],
  [
    ["ruling", 1866087087247600],
    ["amend", 0],
  ],
  [["junk", 3431886778219600]],
  [["sheet", 1069118932981495]],
];

test("the smallest histories that once went wrong hold now", () => {
  for (const history of FOUND) {
    const { world, model } = new RandomWorld(history);
    const logs = [...world.logs.keys()].reverse();
    const backwards = logs.flatMap((log) => (world.logs.get(log) ?? []).map((bytes) => ({ log, bytes })));
    const one = fold(world);
    const other = fold(world, backwards);
    assert.deepEqual(one.published.build.results, other.published.build.results);
    assert.deepEqual(reasons(one.tally), reasons(other.tally));
    checkSums(one.published, model);
  }
});

test("a definition that loses a station is no amendment: it is refused, and the one before stays in force", () => {
  const world = ready();
  const first = world.sheet(TPS1, "ppwp", [1, 2, 3], null);
  const smaller = smallElection();
  const desa = smaller.regions.find(({ code }) => code === "5101011001");
  if (desa) desa.stations = [[2, 3]];
  world.amend(smaller);
  world.sheet(TPS1, "ppwp", [2, 2, 3], first.id);
  const { tally, published } = fold(world);
  assert.deepEqual(
    tally.voids().map(({ log, reason, fault: isFault }) => [log, reason, isFault]),
    [["pleno/0", "malformed", true]],
  );
  assert.deepEqual(published.result("ppwp", "0")?.count.lists?.[0]?.votes, [2, 2, 3]);
});

test("an old resumption lifts nothing that is halted after it was seen; a new one from above lifts an order entered by hand", () => {
  const world = ready();
  world.write("pleno/0", "halt", { order: "1", regions: ["51"] }, ["root"]);
  world.write("pleno/0", "resume", { order: "2", regions: ["51"], at: null }, ["root"]);
  world.seeAbove(`pleno/${KEC}`);
  world.write(`pleno/${KEC}`, "halt", { order: "3", regions: [KEC] }, [`chair ${KEC}`]);
  world.reading(KEC, TPS1, "ppwp", [1, 2, 3], null);
  world.write("pleno/0", "resume", { order: "4", regions: ["51"], at: null }, ["root"]);
  world.reading(KEC, TPS1, "ppwp", [1, 2, 3], null);
  const { tally } = fold(world);
  assert.deepEqual(
    tally.voids().map(({ reason }) => reason),
    ["halted"],
  );
});
