/**
 * Three hundred simulated countries. TEGUH_RUNS sets another number, TEGUH_SEED another seed; `npm run simulate` runs ten thousand.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { simulate } from "./simulate.ts";

const RUNS = Number(process.env.TEGUH_RUNS ?? 300);
const SEED = process.env.TEGUH_SEED ?? "test";
const EVENTS = 50;

test(`${RUNS} simulated countries lose nothing, double nothing, and contradict nobody`, async () => {
  for (let i = 0; i < RUNS; i++) {
    const seed = `${SEED}/${i}`;
    try {
      await simulate(seed, EVENTS);
    } catch (error) {
      throw new Error(`again: npm run simulate -- --only ${seed} --events ${EVENTS}`, { cause: error });
    }
  }
});

test("whichever write of a country is the last of its process, nothing, half or all of it done, it heals", async () => {
  const seed = `${SEED}/cut`;
  const { writes } = await simulate(seed, 40, { at: -1, done: 0 });
  assert.ok(writes > 5, `${writes} writes`);
  for (let at = 0; at < writes; at++) {
    for (const done of [0, 0.5, 1]) {
      try {
        await simulate(seed, 40, { at, done });
      } catch (error) {
        throw new Error(`seed ${seed}, the power goes at write ${at}, ${done} of it done`, { cause: error });
      }
    }
  }
});
