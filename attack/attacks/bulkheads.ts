/**
 * One process flooded, hung or killed: what the others do meanwhile. Readers read on with everything else dead, the desk works on while
 * the door is under water, and sheets are taken while nothing is published.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Figure } from "../../bench/figure.ts";
import { until } from "../../e2e/until.ts";
import { type Outcome, percent, type StagedAttack } from "../attack-of.ts";
import { beside, floodOf } from "../beside.ts";
import { goodput, quantile } from "../course.ts";
import { Chair } from "../desk.ts";
import type { Reading } from "../readers-process.ts";
import type { Stage } from "../stage.ts";
import { againstQuiet } from "./floods.ts";
import { unsigned } from "./requests.ts";

/** Reads a second. */
const READS = 200;
/** Milliseconds of each turn of reading. */
const SPAN = 2_500;
/** Milliseconds between two acts at the desk. */
const ACTS = 250;

const saturate = (stage: Stage, seconds: number) => floodOf(stage, "saturate", unsigned(), { rate: 0 })(seconds * 1000);

/** What was read in several turns, as if in one. */
class Readings implements Reading {
  delays: readonly number[] = [];
  asked = 0;

  add({ delays, asked }: Reading): void {
    this.delays = [...this.delays, ...delays].sort((a, b) => a - b);
    this.asked += asked;
  }
}

function readingFigures(what: string, { delays, asked }: Reading, quiet: number): Figure[] {
  return [
    { what: `${what}: public files served`, value: percent(delays.length / asked), unit: "%", atLeast: 100 },
    {
      what: `${what}: their p99, of the quiet one (${quiet.toFixed(1)} ms)`,
      value: quantile(delays, 0.99) / quiet,
      unit: "×",
      atMost: 1.2,
    },
  ];
}

const publicSide: StagedAttack = {
  name: "public",
  about: "the door is flooded by a whole core, then hung, then killed; readers read on",
  async run(stage): Promise<Outcome> {
    const rounds = stage.short ? 1 : 4;
    const [quiet, flooded, hung, killed] = [new Readings(), new Readings(), new Readings(), new Readings()];
    const read = async (readings: Readings, milliseconds: number) => {
      readings.add(await stage.read(READS, milliseconds));
    };
    await stage.read(READS, 1_000);
    // In turns, since a machine has quieter and less quiet moments of its own.
    for (let round = 0; round < rounds; round++) {
      await read(quiet, SPAN);
      const flood = saturate(stage, SPAN / 1_000 + 0.8);
      await pause(300);
      await read(flooded, SPAN);
      await flood;
      stage.servers.signal("intake", "SIGSTOP");
      await read(hung, SPAN);
      stage.servers.signal("intake", "SIGCONT");
      stage.servers.kill("intake");
      await read(killed, SPAN);
      await stage.servers.address("intake");
    }
    const before = quantile(quiet.delays, 0.99);
    return {
      figures: [
        ...readingFigures("public, door flooded", flooded, before),
        ...readingFigures("public, door hung", hung, before),
        ...readingFigures("public, door killed", killed, before),
      ],
    };
  },
};

/** Seconds from acts at the desk to the public checkpoint of the plenary's log, sorted. */
async function actsFor(
  stage: Stage,
  chair: Chair,
  milliseconds: number,
): Promise<{ delays: number[]; refused: number }> {
  const site = await stage.servers.address("public");
  const delays: number[] = [];
  let refused = 0;
  const acts: Promise<void>[] = [];
  for (const began = performance.now(); performance.now() - began < milliseconds; await pause(ACTS)) {
    const at = performance.now();
    acts.push(
      chair.act().then(async (index) => {
        if (index === null) {
          refused++;
          return;
        }
        await until("the act is public", async () => (await publicSize(site, stage.hall)) > index);
        delays.push((performance.now() - at) / 1000);
      }),
    );
  }
  await Promise.all(acts);
  return { delays: delays.sort((a, b) => a - b), refused };
}

async function publicSize(site: string, region: string): Promise<number> {
  const response = await fetch(`${site}log/pleno/${region}/checkpoint`);
  return response.ok ? Number((await response.text()).split("\n")[1]) : 0;
}

const desk: StagedAttack = {
  name: "desk",
  about: "the door is flooded by a whole core while a chair acts at the desk",
  async run(stage): Promise<Outcome> {
    const seconds = stage.short ? 4 : 12;
    const chair = await Chair.at(await stage.servers.address("desk"), stage.origin, stage.place.tag, stage.hall);
    await actsFor(stage, chair, 1_500);
    const quiet = await actsFor(stage, chair, seconds * 1000);
    const flood = saturate(stage, seconds);
    const flooded = await actsFor(stage, chair, seconds * 1000 - 500);
    await flood;
    const before = quantile(quiet.delays, 0.99);
    return {
      figures: [
        {
          what: `desk: act → public edition, p99, of the quiet one (${before.toFixed(2)} s)`,
          value: quantile(flooded.delays, 0.99) / before,
          unit: "×",
          atMost: 1.5,
        },
        { what: "desk: acts that were put off", value: flooded.refused, unit: "", atMost: 0 },
      ],
    };
  },
};

const publisher: StagedAttack = {
  name: "publisher",
  about: "the publisher hangs: sheets are taken and read files stay, and the next edition has all",
  async run(stage): Promise<Outcome> {
    const site = await stage.servers.address("public");
    const read = async () => (await fetch(`${site}checkpoint`)).text();
    const hang = async (milliseconds: number) => {
      stage.servers.signal("publish", "SIGSTOP");
      await pause(500);
      const stale = await read();
      await pause(milliseconds - 1_000);
      const after = await read();
      stage.servers.signal("publish", "SIGCONT");
      const began = performance.now();
      await until("an edition with what came meanwhile", async () => (await read()) !== after);
      return { isStill: stale === after, next: (performance.now() - began) / 1000 };
    };
    const { sendings, from, result, course } = await beside(stage, hang);
    return {
      figures: [
        ...againstQuiet("publisher", sendings, from, { least: 99 }),
        { what: "publisher: received", value: percent(goodput(sendings).eventually), unit: "%", atLeast: 100 },
        // What was written before may still be shown once; after that nothing moves.
        {
          what: "publisher: published pages stayed whole (1: yes)",
          value: result.isStill ? 1 : 0,
          unit: "",
          atLeast: 1,
        },
        {
          what: "publisher: next edition after it goes on",
          value: result.next,
          unit: "s",
          atMost: 10,
        },
      ],
      course,
    };
  },
};

export const bulkheads: readonly StagedAttack[] = [publicSide, desk, publisher];
