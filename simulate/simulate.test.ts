/**
 * Three hundred simulated countries. TEGUH_RUNS sets another number, TEGUH_SEED another seed; `npm run simulate` runs ten thousand.
 */
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
