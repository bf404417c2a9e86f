import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../ledger/bytes.ts";
import { asHash, type Hash, hashHex } from "../ledger/hash.ts";
import { type NewObject, PublishIndex } from "./index-db.ts";
import { keptEditions } from "./keep.ts";
import { prune } from "./prune.ts";

function record(index: PublishIndex, number: number, time: number, objects: readonly NewObject[]): void {
  index.begin(number, time, 10 * number);
  index.add(number, objects);
  index.sort(number);
}

const MINUTE = 60_000;
const T0 = Date.UTC(2029, 1, 13, 17);

/** Editions in which places change their object; contents come from a small set, so that they come back. */
function history(changes: readonly { gap: number; place: number; content: number }[]) {
  const current = new Map<string, { hash: Hash; from: number }>();
  const uses: { hash: Hash; fine: boolean; from: number; until: number }[] = [];
  const editions: { number: number; time: number; objects: NewObject[] }[] = [];
  let time = T0;
  changes.forEach(({ gap, place: n, content }, i) => {
    const number = i + 1;
    time += gap;
    const place = `place ${n}`;
    const fine = n % 2 === 0;
    const hash = hashHex(utf8(`${place}: content ${content}`));
    const old = current.get(place);
    const objects: NewObject[] = old?.hash === hash ? [] : [{ hash, place, fine, replaces: old?.hash ?? null }];
    if (objects.length > 0) {
      if (old) uses.push({ hash: old.hash, fine, from: old.from, until: number });
      current.set(place, { hash, from: number });
    }
    editions.push({ number, time, objects });
  });
  for (const [place, { hash, from }] of current) {
    uses.push({ hash, fine: Number(place.slice(6)) % 2 === 0, from, until: Number.POSITIVE_INFINITY });
  }
  return { editions, uses };
}

const changes = fc.array(
  fc.record({
    gap: fc.oneof(fc.nat(2 * MINUTE), fc.nat(40 * MINUTE), fc.nat(3 * 24 * 60 * MINUTE)),
    place: fc.nat(3),
    content: fc.nat(5),
  }),
  { minLength: 1, maxLength: 60 },
);

test("what stays is exactly what a kept edition uses, whatever changes or comes back", () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 9 }), (list, portion) => {
      const { editions, uses } = history(list);
      const index = PublishIndex.open(":memory:");
      const files = new Set<Hash>();
      for (const { number, time, objects } of editions) {
        record(index, number, time, objects);
        for (const { hash } of objects) files.add(hash);
        while (prune(index, time, portion, (hash) => assert.ok(files.delete(hash), "removed once")) === portion);
      }
      const now = editions.at(-1)?.time ?? 0;
      const kept = keptEditions(
        editions.map(({ number, time }) => [number, time] as const),
        now,
      );
      const wanted = uses.filter(({ fine, from, until }) =>
        [...kept.whole, ...(fine ? [] : kept.coarse)].some((number) => number >= from && number < until),
      );
      assert.deepEqual([...files].sort(), [...new Set(wanted.map(({ hash }) => hash))].sort());
      index.close();
    }),
  );
});

test("recording an edition again changes nothing", () => {
  const index = PublishIndex.open(":memory:");
  const [a, b] = [hashHex(utf8("a")), hashHex(utf8("b"))];
  const first = [{ hash: a, place: "p", fine: false, replaces: null }];
  const second = [{ hash: b, place: "p", fine: false, replaces: a }];
  for (let i = 0; i < 2; i++) record(index, 1, T0, first);
  for (let i = 0; i < 2; i++) record(index, 2, T0 + 20 * MINUTE, second);
  assert.equal(index.uses({ place: "p", hash: a }), 1);
  assert.equal(index.uses({ place: "p", hash: b }), 1);
  assert.equal(index.cursor(), 20);
  assert.deepEqual(
    index.editions().map(({ number }) => number),
    [1, 2],
  );
  index.close();
});

test("what was recorded for an edition that never came to be is forgotten whole", () => {
  const index = PublishIndex.open(":memory:");
  const object = (hash: string, replaces: string | null) => {
    const of = (text: string) => asHash(text.repeat(64));
    return { hash: of(hash), place: "here", fine: false, replaces: replaces === null ? null : of(replaces) };
  };
  record(index, 1, T0, [object("1", null)]);
  index.begin(2, T0, 20);
  index.add(2, [object("2", "1")]);
  index.sort(1);
  assert.deepEqual(index.unsorted(), [object("2", "1")]);
  index.forgetAfter(1);
  assert.deepEqual(index.unsorted(), []);
  const uses = ["1", "2"].map((hash) => index.uses({ place: "here", hash: asHash(hash.repeat(64)) }));
  assert.deepEqual(uses, [1, 0]);
  assert.deepEqual(
    index.editions().map(({ number }) => number),
    [1],
  );
  record(index, 2, T0, [object("3", "1")]);
  assert.deepEqual(
    index.heldOnlyBy(1, 0, 2, false, 9).map(({ hash }) => hash),
    ["1".repeat(64)],
  );
  index.close();
});
