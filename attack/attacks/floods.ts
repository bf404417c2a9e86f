/**
 * Floods of requests that are refused: without a pass, with a forged one, and as many as a processor core can make. What counts is
 * what honest phones get meanwhile, against what they got a moment before.
 */
import type { Figure } from "../../bench/figure.ts";
import { type Outcome, percent, type StagedAttack } from "../attack-of.ts";
import { goodput, type Sending } from "../course.ts";
import type { FloodResult } from "../flood-process.ts";
import type { Stage } from "../stage.ts";
import { forged, unsigned } from "./requests.ts";

interface FloodPlan {
  readonly name: string;
  readonly about: string;
  /** Times the honest load; 0: as many as a core can. */
  readonly times: number;
  /** Least share of the unattacked goodput, in percent, and most milliseconds. */
  readonly least: number;
  readonly p99?: number;
  requests(stage: Stage): Promise<Buffer[]>;
}

/** Seconds before the attack and under it. */
export const spans = ({ short }: Stage): { quiet: number; seconds: number } =>
  short ? { quiet: 2, seconds: 4 } : { quiet: 3, seconds: 6 };

/** How honest phones fared under attack against how they fared before it. */
export function againstQuiet(
  what: string,
  sendings: readonly Sending[],
  from: number,
  bounds: { readonly least: number; readonly p99?: number | undefined },
): Figure[] {
  const honest = sendings.filter(({ isRobbed }) => isRobbed !== true);
  const before = goodput(honest, 0, from);
  const under = goodput(honest, from);
  const limit = bounds.p99 === undefined ? {} : { atMost: bounds.p99 };
  return [
    {
      what: `${what}: goodput within 2 s, of the unattacked`,
      value: percent(under.inTime / before.inTime),
      unit: "%",
      atLeast: bounds.least,
    },
    { what: `${what}: p99 (unattacked ${Math.round(before.p99)} ms)`, value: under.p99, unit: "ms", ...limit },
  ];
}

function flooding({ name, about, times, least, p99, requests }: FloodPlan): StagedAttack {
  return {
    name,
    about,
    async run(stage): Promise<Outcome> {
      const { quiet, seconds } = spans(stage);
      const file = stage.writeRequests(name, await requests(stage));
      const target = await stage.servers.address("intake");
      let result: FloodResult | undefined;
      const { sendings } = await stage.during({ quiet, seconds }, async () => {
        const rate = stage.rate * times;
        const milliseconds = seconds * 1000;
        result = await stage.attack({ do: "flood", target, requests: file, rate, connections: 64, milliseconds });
      });
      const from = quiet * 1000;
      const perSecond = (result?.sent ?? 0) / (result?.seconds ?? 1);
      return {
        figures: [
          ...againstQuiet(name, sendings, from, { least, p99 }),
          { what: `${name}: requests of the attacker`, value: perSecond, unit: "/s" },
        ],
        course: { sendings, from, to: from + seconds * 1000 },
      };
    },
  };
}

export const floods: readonly StagedAttack[] = [
  flooding({
    name: "unsigned",
    about: "twenty times the honest load, bodies of a sheet's size without a pass",
    times: 20,
    least: 99,
    p99: 500,
    requests: async () => unsigned(),
  }),
  flooding({
    name: "forged",
    about: "twenty times the honest load, with passes that nobody issued",
    times: 20,
    least: 99,
    p99: 500,
    requests: async (stage) => forged((await stage.stolen())[0]?.pass ?? ""),
  }),
  flooding({
    name: "saturating",
    about: "as many requests without a pass as a whole processor core can make",
    times: 0,
    least: 95,
    requests: async () => unsigned(),
  }),
];
