/**
 * Attackers who do almost nothing, thousands of times: connections that are opened and fed a byte a second, or whose answers nobody
 * reads; and connections that are opened and dropped. Honest phones open a connection for every sheet here, since a phone
 * that sends once an hour has none that stands already.
 */
import type { Figure } from "../../bench/figure.ts";
import { megabytes, type Outcome, percent, type StagedAttack } from "../attack-of.ts";
import { beside, floodOf } from "../beside.ts";
import { goodput, type Sending } from "../course.ts";
import type { Stage } from "../stage.ts";
import { requestOf } from "../wire.ts";
import { authorized, unsigned } from "./requests.ts";

/** What the door holds at most; twice that is more than it can. */
const MOST_CONNECTIONS = 5_000;
/** Share of the honest load: each sheet costs a connection here. */
const PART = 0.5;

interface SlowPlan {
  readonly name: string;
  readonly about: string;
  readonly how: "head" | "body" | "read";
  readonly times: number;
  readonly sources: number;
  /** Past the edge, at the door itself. */
  readonly naked?: true;
}

const openings: Record<SlowPlan["how"], (stage: Stage) => Promise<Buffer>> = {
  head: async () => Buffer.from("POST /sheet HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: "),
  async body(stage) {
    const [one] = await stage.stolen();
    const whole = requestOf("POST", "/sheet", authorized(one?.pass ?? ""), new Uint8Array(800));
    return whole.subarray(0, whole.length - 790);
  },
  read: async () => requestOf("GET", "/pass"),
};

function slowly({ name, about, how, times, sources, naked }: SlowPlan): StagedAttack {
  return {
    name,
    about,
    isNaked: naked === true,
    async run(stage): Promise<Outcome> {
      const opening = (await openings[how](stage)).toString("base64");
      const target = naked ? await stage.naked() : await stage.door();
      const shape = { target, how, opening, connections: Math.round(MOST_CONNECTIONS * times), sources } as const;
      const slow = (milliseconds: number) => stage.attack({ do: "slow", ...shape, milliseconds });
      const { sendings, from, result, course } = await withPart(stage, () =>
        beside(stage, slow, { fresh: true, door: target }),
      );
      const held = {
        what: `${name}: connections that the attacker held, of ${shape.connections} wanted`,
        value: result.held,
        unit: "",
      };
      return { figures: [...freshFigures(name, sendings, from, stage.hasEdge && !naked), held], course };
    },
  };
}

/** Plays with a part of the honest load. */
async function withPart<T>(stage: Stage, play: () => Promise<T>): Promise<T> {
  const { rate } = stage;
  stage.rate = Math.max(20, Math.round(rate * PART));
  try {
    return await play();
  } finally {
    stage.rate = rate;
  }
}

/** `atOnce`: whether the first try must do, as it must where kernel and nginx stand before the door. */
function freshFigures(name: string, sendings: readonly Sending[], from: number, atOnce: boolean): Figure[] {
  const under = goodput(sendings, from);
  const first = { what: `${name}: received at the first try`, value: percent(under.firstTry), unit: "%" };
  return [
    { what: `${name}: received eventually`, value: percent(under.eventually), unit: "%", atLeast: 99 },
    atOnce ? { ...first, atLeast: 99 } : first,
    { what: `${name}: p99`, value: under.p99, unit: "ms" },
  ];
}

/** Requests of a pile. */
const PILE = 40;

/** Thousands of connections with a pile of requests on each: what one connection may ask before others are served. */
const crowded: StagedAttack = {
  name: "piles",
  about: "forty requests for a challenge at once on each of a thousand connections, again and again",
  async run(stage): Promise<Outcome> {
    const pile = Buffer.concat(Array.from({ length: PILE }, () => requestOf("GET", "/pass")));
    const shape = { target: await stage.naked(), rate: 250, connections: 1_000, each: PILE };
    const flood = floodOf(stage, "piles", [pile], shape);
    const { sendings, from, course } = await withPart(stage, () => beside(stage, flood, { fresh: true }));
    return { figures: freshFigures("piles", sendings, from, false), course };
  },
};

/** For so large a part of its time the honest load goes alone before the soak: until everybody's caches are full. */
const FILLING = 0.3;

/** A long flood, for what grows slowly; only when it is asked for by name. */
const soak: StagedAttack = {
  name: "soak",
  about: "ten minutes of requests without a pass, twenty times the honest load: does memory grow",
  onlyByName: true,
  async run(stage): Promise<Outcome> {
    const minutes = stage.short ? 0.5 : 10;
    const target = await stage.naked();
    const flood = floodOf(stage, "soak", unsigned(), { target, rate: stage.rate * 20 });
    const samples: { readonly at: number; readonly memory: number }[] = [];
    const quiet = minutes * 60 * FILLING;
    const { sendings } = await stage.during({ quiet, seconds: minutes * 60, door: target }, async () => {
      const began = performance.now();
      const looking = setInterval(() => {
        samples.push({ at: (performance.now() - began) / 60_000, memory: stage.servers.memory("intake") });
      }, 500);
      await flood(minutes * 60_000).finally(() => clearInterval(looking));
    });
    return {
      figures: [
        { what: "soak: received", value: percent(goodput(sendings).eventually), unit: "%", atLeast: 99 },
        { what: "soak: slope of the door's memory", value: megabytes(slope(samples)), unit: "MB/min", atMost: 1 },
      ],
    };
  },
};

/** Bytes a minute: the line through the samples with the least squares. */
function slope(samples: readonly { readonly at: number; readonly memory: number }[]): number {
  const mean = (of: (sample: (typeof samples)[number]) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [at, memory] = [mean((sample) => sample.at), mean((sample) => sample.memory)];
  return mean((one) => (one.at - at) * (one.memory - memory)) / mean((one) => (one.at - at) ** 2);
}

const connectAndDrop: StagedAttack = {
  name: "connect",
  about: "connections are opened and torn down as fast as a processor core can, from a thousand addresses",
  async run(stage): Promise<Outcome> {
    const shape = { do: "connect", target: await stage.door(), rate: 0, sources: 1_000 } as const;
    const connect = (milliseconds: number) => stage.attack({ ...shape, milliseconds });
    const { sendings, from, result, course } = await withPart(stage, () => beside(stage, connect, { fresh: true }));
    const { opened = 0 } = result.answers;
    return {
      figures: [
        ...freshFigures("connect", sendings, from, false),
        { what: "connect: new connections that were taken", value: opened / result.seconds, unit: "/s" },
      ],
      course,
    };
  },
};

const PLANS: readonly SlowPlan[] = [
  {
    name: "slow-heads-2x",
    about: "headers byte by byte on twice as many connections as the door holds, from one address",
    how: "head",
    times: 2,
    sources: 1,
  },
  {
    name: "slow-heads-1000",
    about: "the same from a thousand addresses",
    how: "head",
    times: 2,
    sources: 1_000,
  },
  {
    name: "slow-bodies",
    about: "bodies byte by byte under a stolen pass, twice as many as the door holds, from a thousand addresses",
    how: "body",
    times: 2,
    sources: 1_000,
  },
  {
    name: "slow-reads",
    about:
      "requests whose answers nobody reads, on twice as many connections as the door holds, from a thousand addresses",
    how: "read",
    times: 2,
    sources: 1_000,
  },
];

/** As many as the door can just hold: none of them gives way. */
const HELD: SlowPlan = {
  name: "slow-heads",
  about: "headers byte by byte on 0.8 times as many connections as the door holds, from one address",
  how: "head",
  times: 0.8,
  sources: 1,
};

const past = (plan: SlowPlan): SlowPlan => ({
  ...plan,
  name: `${plan.name}-naked`,
  about: `${plan.about}, at the door itself, without the edge before it`,
  naked: true,
});

export const slowOnes: readonly StagedAttack[] = [...PLANS.map(slowly), crowded, connectAndDrop, soak];
/** The same where nothing stands before the door. */
export const nakedSlowOnes: readonly StagedAttack[] = [HELD, ...PLANS].map(past).map(slowly);
