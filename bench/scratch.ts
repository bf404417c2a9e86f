/**
 * From scratch: everything that anyone can recompute without checking signatures. The store is read in order of arrival, leaves
 * are hashed, log roots computed, all statements folded, every object built and hashed, on one core.
 *
 * Objects are let go as they are built: what is measured is that a nation can be recomputed, not kept.
 */
import { readFileSync } from "node:fs";
import { toHex } from "../src/ledger/bytes.ts";
import { PORTION, Tally } from "../src/tally/fold.ts";
import { Data, NATION_WIDE, SHARE } from "./data.ts";
import { type Context, type Figure, seconds } from "./figure.ts";

const MOST_SECONDS = 90;
const MOST_GB = 3;

const dataOf = ({ short }: Context) => new Data(short ? SHARE : NATION_WIDE);

export const prepare = (context: Context): Promise<void> => dataOf(context).statements();

export async function run(context: Context): Promise<Figure[]> {
  const data = dataOf(context);
  const store = data.openStore({ readOnly: true });
  const began = performance.now();
  const tally = new Tally({ definition: () => data.model() });
  let statements = 0;
  for (let cursor = 0; ; ) {
    const { entries, cursor: next, release } = await store.changes(cursor, PORTION);
    if (entries.length === 0) break;
    tally.addAll(entries);
    release();
    statements += entries.length;
    cursor = next;
  }
  const folded = seconds(began);
  for (const log of tally.logs()) toHex(tally.root(log));
  let objects = 0;
  let bytes = 0;
  tally.build(
    () => VKEY,
    (object) => {
      objects++;
      bytes += object.bytes.length;
    },
  );
  const total = seconds(began);
  await store.close();
  if (tally.voids().length > 0 || tally.blocked().length > 0) throw new Error("the fold refused statements");
  const cpu = process.cpuUsage();
  process.stderr.write(
    `scratch: ${statements} statements, fold ${perStatement(folded, statements)}, build ${perStatement(total - folded, statements)}; ` +
      `${objects} objects of ${(bytes / 1e6).toFixed(0)} MB; CPU ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s\n`,
  );
  // A share of the nation has the definition's cost in full, so what it takes says little of the whole.
  const share = context.short ? { what: "2 % of the nation", part: 0.02 } : { what: "823,000 stations", part: 1 };
  return [
    {
      what: `from scratch on one core: ${share.what} × 5 contests, read, hashed, folded, built`,
      value: total,
      unit: "s",
      atMost: MOST_SECONDS * share.part * (context.short ? SHORT_ALLOWANCE : 1),
    },
    {
      what: `most memory meanwhile`,
      value: mostMemory(),
      unit: "GB",
      atMost: MOST_GB,
    },
  ];
}

/** For what a short run cannot share out: the start of the engine, and code that is not compiled yet. */
const SHORT_ALLOWANCE = 2.5;
const VKEY = "bench.example/log+00000000+AAAA";

const perStatement = (time: number, statements: number): string => `${((time * 1e6) / statements).toFixed(1)} µs each`;

/** The most memory that this process ever had, in GB, as the kernel tells. */
function mostMemory(): number {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return (Number(kilobytes) * 1024) / 1e9;
}
