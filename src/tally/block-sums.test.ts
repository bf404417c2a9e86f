/** Sums that are kept while rows change are those that adding up everything anew would give. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegionCode } from "../election/codes.ts";
import { FLAG_CODES } from "../election/rules.ts";
import { Tally } from "./fold.ts";
import { World } from "./testing.ts";
import type { Sums } from "./totals.ts";

const TPS1 = "5101011001001";
const TPS2 = "5101011001002";
const KEC = "510101" as RegionCode;

/** What of a book can be compared, whether it was added up or changed bit by bit. */
function plain(sums: Sums | null) {
  if (!sums) return null;
  const { adjustments, figures, flags, held, in: within, lists, posted, withVotes } = sums;
  const list = [...lists].map(([{ code }, { votes, ...sparse }]) => {
    const zeros = new Array<number>(votes.length).fill(0);
    const [heldVotes, raised, removed] = [sparse.held, sparse.raised, sparse.removed].map((cells) => [
      ...(cells ?? zeros),
    ]);
    return { code, votes: [...votes], heldVotes, raised, removed };
  });
  const raisedFlags = FLAG_CODES.filter((_, bit) => (flags[bit] ?? 0) > 0);
  return { within, withVotes, posted, held, figures: [...figures], raisedFlags, list, adjustments: [...adjustments] };
}

function totalsOf(tally: Tally) {
  const [region, contest] = [tally.model?.region(KEC), tally.model?.contest("ppwp")];
  assert.ok(region && contest);
  const { books } = tally.totals(region, contest);
  return { count: plain(books.count), recap: plain(books.recap) };
}

/** Folds what is written bit by bit, and asks for the sums after each step; they are also built, or only asked for. */
function follow(steps: (world: World) => Iterable<void>, isBuilt: boolean): void {
  const world = new World();
  world.grantAll();
  const tally = new Tally({ definition: world.definition });
  let given = 0;
  for (const _ of steps(world)) {
    for (const { log, bytes } of world.order.slice(given)) tally.add(log, bytes);
    given = world.order.length;
    if (isBuilt) tally.build(world.vkeyOf);
    const fresh = new Tally({ definition: world.definition });
    for (const { log, bytes } of world.order) fresh.add(log, bytes);
    assert.deepEqual(totalsOf(tally), totalsOf(fresh));
  }
}

function* everyKindOfChange(world: World): Generator<void> {
  const first = world.sheet(TPS1, "ppwp", [10, 20, 30], null);
  yield;
  const second = world.sheet(TPS2, "ppwp", [1, 2, 3], null);
  yield;
  const corrected = world.sheet(TPS1, "ppwp", [11, 20, 29], first.id);
  yield;
  // A rival, which posts nothing but is flagged.
  world.sheet(TPS2, "ppwp", [1, 2, 4], null);
  yield;
  const chair = `chair ${KEC}`;
  world.write(`tps/${KEC}`, "annul", { reason: "test-data", sheet: second.id }, [chair]);
  yield;
  const read = world.reading(KEC, TPS1, "ppwp", [11, 20, 29], null, { sheet: corrected.id });
  yield;
  // The sheet under a reading that said "the same": the other book is flagged by it.
  world.sheet(TPS1, "ppwp", [11, 20, 33], corrected.id);
  yield;
  world.reading(KEC, TPS1, "ppwp", [11, 20, 33], read.id, { reason: "arithmetic" });
  yield;
}

test("after every kind of change a kecamatan's sums are those of its rows, built or only asked for", () => {
  for (const isBuilt of [true, false]) follow(everyKindOfChange, isBuilt);
});
