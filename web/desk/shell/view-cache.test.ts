import assert from "node:assert/strict";
import { test } from "node:test";
import { ViewCache } from "./view-cache.ts";

/** Answers that come when they are told to. */
function answers() {
  const asked: { readonly key: string; readonly answer: (view: string) => void }[] = [];
  const load = (key: string) => new Promise<string>((answer) => asked.push({ key, answer }));
  return { asked, cache: new ViewCache(load) };
}

test("a view is asked for once, however many want it, and again when the log has grown", async () => {
  const { asked, cache } = answers();
  const both = [cache.fetch("a", 1), cache.fetch("a", 1)];
  asked[0]?.answer("old");
  assert.deepEqual(await Promise.all(both), ["old", "old"]);
  assert.equal(await cache.fetch("a", 1), "old");
  assert.equal(asked.length, 1);
  const newer = cache.fetch("a", 2);
  assert.equal(cache.peek("a"), "old", "the old one stays until the new one is here");
  asked[1]?.answer("new");
  assert.equal(await newer, "new");
});

test("an answer that comes late never replaces a newer one", async () => {
  const { asked, cache } = answers();
  const first = cache.fetch("a", 1);
  const second = cache.fetch("a", 2);
  asked[1]?.answer("new");
  await second;
  asked[0]?.answer("old");
  await first;
  assert.equal(cache.peek("a"), "new");
});

test("what is fetched ahead counts as old as soon as the log is known to have grown", async () => {
  const { asked, cache } = answers();
  cache.ahead("a");
  asked[0]?.answer("ahead");
  await cache.fetch("a", 0);
  assert.equal(cache.peek("a"), "ahead");
  assert.equal(cache.isFresh("a", 41), false);
});
