/**
 * Attackers who do almost nothing, thousands of times: connections that are opened and fed a byte a second, or whose answers nobody
 * reads; and connections that are opened and dropped. Honest phones open a connection for every sheet here, since a phone
 * that sends once an hour has none that stands already.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Figure, Measured } from "../../bench/figure.ts";
import { type Attack, megabytes, type Outcome, type OwnAttack, percent, type StagedAttack } from "../attack-of.ts";
import { goodput } from "../course.ts";
import type { FloodResult } from "../flood-process.ts";
import type { Stage } from "../stage.ts";
import { requestOf } from "../wire.ts";
import { spans } from "./floods.ts";
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

function slowly({ name, about, how, times, sources }: SlowPlan): StagedAttack {
  return {
    name,
    about,
    async run(stage): Promise<Outcome> {
      const { quiet, seconds } = spans(stage);
      const opening = (await openings[how](stage)).toString("base64");
      const target = await stage.servers.address("intake");
      const connections = Math.round(MOST_CONNECTIONS * times);
      let result: FloodResult | undefined;
      const { sendings } = await withPart(stage, () =>
        stage.during({ quiet, seconds, fresh: true }, async () => {
          const milliseconds = seconds * 1000;
          result = await stage.attack({ do: "slow", target, how, opening, connections, sources, milliseconds });
        }),
      );
      const from = quiet * 1000;
      return {
        figures: [...freshFigures(name, sendings, from), held(name, result, connections)],
        course: { sendings, from, to: from + seconds * 1000 },
      };
    },
  };
}

const held = (name: string, result: FloodResult | undefined, wanted: number): Figure => ({
  what: `${name}: connections that the attacker held, of ${wanted} wanted`,
  value: result?.held ?? 0,
  unit: "",
});

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

function freshFigures(name: string, sendings: Parameters<typeof goodput>[0], from: number): Figure[] {
  const under = goodput(sendings, from);
  return [
    { what: `${name}: received eventually`, value: percent(under.eventually), unit: "%", atLeast: 99 },
    { what: `${name}: received at the first try`, value: percent(under.firstTry), unit: "%" },
    { what: `${name}: p99`, value: under.p99, unit: "ms" },
  ];
}

/** Thousands of connections with a pile of requests on each: what one connection may ask before others are served. */
const crowded: StagedAttack = {
  name: "piles",
  about: "forty requests for a challenge at once on each of a thousand connections, again and again",
  async run(stage): Promise<Outcome> {
    const { quiet, seconds } = spans(stage);
    const pile = Buffer.concat(Array.from({ length: 40 }, () => requestOf("GET", "/pass")));
    const requests = stage.writeRequests("piles", [pile]);
    const target = await stage.servers.address("intake");
    const { sendings } = await withPart(stage, () =>
      stage.during({ quiet, seconds, fresh: true }, () =>
        stage.attack({ do: "flood", target, requests, rate: 250, connections: 1_000, milliseconds: seconds * 1000 }),
      ),
    );
    const from = quiet * 1000;
    return {
      figures: freshFigures("piles", sendings, from),
      course: { sendings, from, to: from + seconds * 1000 },
    };
  },
};

/** A long flood, for what grows slowly; only when it is asked for by name. */
const soak: StagedAttack = {
  name: "soak",
  about: "ten minutes of requests without a pass, twenty times the honest load: does memory grow",
  onlyByName: true,
  async run(stage): Promise<Outcome> {
    const minutes = stage.short ? 0.5 : 10;
    const requests = stage.writeRequests("soak", unsigned());
    const target = await stage.servers.address("intake");
    const milliseconds = minutes * 60_000;
    const samples: { readonly at: number; readonly memory: number }[] = [];
    const began = performance.now();
    const looking = setInterval(() => {
      const at = (performance.now() - began) / 60_000;
      // The first tenth is for caches to fill.
      if (at > minutes / 10) samples.push({ at, memory: stage.servers.memory("intake") });
    }, 500);
    const { sendings } = await stage.during({ quiet: 0, seconds: minutes * 60 }, () =>
      stage.attack({ do: "flood", target, requests, rate: stage.rate * 20, connections: 64, milliseconds }),
    );
    clearInterval(looking);
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
  about: "connections are opened and torn down as fast as a processor core can",
  async run(stage): Promise<Outcome> {
    const { quiet, seconds } = spans(stage);
    const target = await stage.servers.address("intake");
    let result: FloodResult | undefined;
    const { sendings } = await withPart(stage, () =>
      stage.during({ quiet, seconds, fresh: true }, async () => {
        result = await stage.attack({ do: "connect", target, rate: 0, milliseconds: seconds * 1000 });
      }),
    );
    const from = quiet * 1000;
    const { opened = 0 } = result?.answers ?? {};
    return {
      figures: [
        ...freshFigures("connect", sendings, from),
        { what: "connect: new connections that the door took", value: opened / (result?.seconds ?? 1), unit: "/s" },
      ],
      course: { sendings, from, to: from + seconds * 1000 },
    };
  },
};

/** The same again where the kernel has the rules of edge/nftables: in a network of its own, on the one port that they guard. */
const withRules: OwnAttack = {
  name: "slow-nft",
  about: "the slow heads again, from one and from a thousand addresses, with the shipped nftables loaded",
  async runAlone({ short }): Promise<Outcome> {
    const rules = join(import.meta.dirname, "..", "..", "edge", "nftables", "teguh.nft");
    const program = join(import.meta.dirname, "..", "attack.ts");
    const load = `ip link set lo up; nft -f ${rules}; nft add element inet teguh doors { ${GUARDED} }`;
    const own = `--json --only slow-heads-2x,slow-heads-1000 --intake-port ${GUARDED} ${short ? "--short" : ""}`;
    const script = `${load}; exec ${process.execPath} ${program} ${own}`;
    const { stdout, status } = spawnSync("unshare", ["-n", "sh", "-ec", script], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (status === null || stdout === "") {
      process.stderr.write("slow-nft: needs root, unshare, ip and nft; not run\n");
      return { figures: [] };
    }
    const figures = (JSON.parse(stdout) as Measured[]).filter(({ what }) => what.startsWith("slow-"));
    return {
      figures: figures.map(({ ok: _, ...figure }) => {
        const bound = figure.what.includes("first try") ? { atLeast: 99 } : {};
        return { ...figure, ...bound, what: figure.what.replace("slow-", "slow-nft: ") };
      }),
    };
  },
};

/** Of the intake, where the rules are loaded. */
const GUARDED = 8081;

export const slowOnes: readonly Attack[] = [
  withRules,
  slowly({
    name: "slow-heads",
    about: "headers byte by byte on 0.8 times as many connections as the door holds, from one address",
    how: "head",
    times: 0.8,
    sources: 1,
  }),
  slowly({
    name: "slow-heads-2x",
    about: "the same with twice as many as it holds",
    how: "head",
    times: 2,
    sources: 1,
  }),
  slowly({
    name: "slow-heads-1000",
    about: "twice as many as it holds, from a thousand addresses",
    how: "head",
    times: 2,
    sources: 1_000,
  }),
  slowly({
    name: "slow-bodies",
    about: "bodies byte by byte under a stolen pass, twice as many as it holds, from a thousand addresses",
    how: "body",
    times: 2,
    sources: 1_000,
  }),
  slowly({
    name: "slow-reads",
    about: "requests whose answers nobody reads, on twice as many connections as it holds",
    how: "read",
    times: 2,
    sources: 1,
  }),
  crowded,
  connectAndDrop,
  soak,
];
