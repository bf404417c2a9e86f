// What can be run here, and what each needs: the browser pages built, a Chromium, or neither.
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { runUnder } from "./child.mjs";
import { ensureChromium } from "./chromium.mjs";
import { tryEdgeTools } from "./edge-tools.mjs";
import { ROOT } from "./packages.mjs";

/** @typedef {{development: boolean, run: (node: string, args: string[]) => Promise<number>}} Command */

const CLI = join(ROOT, "src", "cli", "teguh.ts");
const BUILD = join(ROOT, "scripts", "build-web.ts");

/** Every test of the project; scripts/test-setup.mjs lets node read the .tsx of the pages. */
const TESTS = ["scripts", "src", "web", "bench", "attack", "simulate", "e2e"].map(
  (folder) => `${folder}/**/*.test.{ts,tsx}`,
);

/** Kills what hangs, in milliseconds per test and per file; no judgement on speed. */
const HUNG = 300_000;

/**
 * Splits "npm test -- …" into options for node and files to test; a folder stands for all tests in it.
 * @param {string[]} args
 */
export function testSelection(args) {
  const options = args.filter((arg) => arg.startsWith("-"));
  const files = args
    .filter((arg) => !arg.startsWith("-"))
    .map((arg) =>
      statSync(join(ROOT, arg), { throwIfNoEntry: false })?.isDirectory() ? `${arg}/**/*.test.{ts,tsx}` : arg,
    );
  return {
    options,
    files: files.length > 0 ? files : TESTS,
    browser: files.length === 0 || files.some((f) => f.startsWith("e2e")),
  };
}

/**
 * @param {string} node
 * @param {string[]} args
 */
async function test(node, args) {
  const { options, files, browser } = testSelection(args);
  const env = browser ? { TEGUH_CHROMIUM: ensureChromium() } : {};
  if (browser) tryEdgeTools();
  const built = browser ? await runUnder(node, [BUILD], {}, ROOT) : 0;
  if (built !== 0) return built;
  const fixed = [
    "--test",
    "--test-reporter=spec",
    // One more than there are cores: whoever drives a browser or other processes mostly waits for them.
    `--test-concurrency=${availableParallelism() + 1}`,
    `--test-timeout=${HUNG}`,
    "--import=./scripts/test-setup.mjs",
  ];
  return runUnder(node, [...fixed, ...options, ...files], env, ROOT);
}

/**
 * @param {string} node
 * @param {string[]} args
 */
async function demo(node, args) {
  const built = await runUnder(node, [BUILD], {}, ROOT);
  return built !== 0 ? built : runUnder(node, [CLI, "demo", ...args]);
}

/** Inputs for each fuzzer of the long run; the tests make some thousands. */
const FUZZ_RUNS = "1000000";

/**
 * @param {string} node
 * @param {string[]} args
 */
function fuzz(node, args) {
  const files = args.length > 0 ? args : ["src/**/*.fuzz.test.ts"];
  const env = { TEGUH_FUZZ_RUNS: process.env.TEGUH_FUZZ_RUNS ?? FUZZ_RUNS };
  return runUnder(node, ["--test", "--test-reporter=spec", ...files], env, ROOT);
}

/** @type {Record<string, Command>} */
export const COMMANDS = {
  demo: { development: true, run: demo },
  test: { development: true, run: test },
  fuzz: { development: true, run: fuzz },
  check: {
    development: true,
    run: (node, args) => runUnder(node, [join(ROOT, "scripts", "check.ts"), ...args], {}, ROOT),
  },
  build: { development: true, run: (node, args) => runUnder(node, [BUILD, ...args], {}, ROOT) },
  bench: {
    development: true,
    run: (node, args) => runUnder(node, [join(ROOT, "bench", "bench.ts"), ...args], {}, ROOT),
  },
  attack: {
    development: true,
    run: (node, args) => runUnder(node, [join(ROOT, "attack", "attack.ts"), ...args], {}, ROOT),
  },
  simulate: {
    development: true,
    run: (node, args) => runUnder(node, [join(ROOT, "simulate", "run.ts"), ...args], {}, ROOT),
  },
  replay: {
    development: true,
    run: (node, args) => runUnder(node, [join(ROOT, "simulate", "replay.ts"), ...args], {}, ROOT),
  },
  teguh: { development: false, run: (node, args) => runUnder(node, [CLI, ...args]) },
};
