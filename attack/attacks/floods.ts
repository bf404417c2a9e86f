/**
 * Floods of requests that are refused: without a pass, with a forged one, and as many as a processor core can make. What counts is
 * what honest phones get meanwhile, against what they got a moment before.
 */
import type { Figure } from "../../bench/figure.ts";
import { type Outcome, percent, type StagedAttack } from "../attack-of.ts";
import { beside, floodOf } from "../beside.ts";
import { CORES } from "../cores.ts";
import { goodput, type Sending } from "../course.ts";
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
  /** Past the edge, at the door itself: what it bears where nothing stands before it. */
  readonly naked?: true;
}

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

function flooding({ name, about, times, least, p99, requests, naked }: FloodPlan): StagedAttack {
  return {
    name,
    about,
    isNaked: naked === true,
    async run(stage): Promise<Outcome> {
      const target = naked ? await stage.naked() : await stage.door();
      const flood = floodOf(stage, name, await requests(stage), { target, rate: stage.rate * times });
      const { sendings, from, result, cores, course } = await beside(stage, flood, { door: target });
      return {
        figures: [
          ...againstQuiet(name, sendings, from, { least, p99 }),
          { what: `${name}: requests of the attacker`, value: result.sent / result.seconds, unit: "/s" },
          { what: `${name}: of ${CORES} cores, taken (${cores.text})`, value: cores.used, unit: "" },
        ],
        course,
      };
    },
  };
}

const PLANS: readonly FloodPlan[] = [
  {
    name: "unsigned",
    about: "twenty times the honest load, bodies of a sheet's size without a pass, from 64 addresses",
    times: 20,
    least: 99,
    p99: 500,
    requests: async () => unsigned(),
  },
  {
    name: "forged",
    about: "twenty times the honest load, with passes that nobody issued, from 64 addresses",
    times: 20,
    least: 99,
    p99: 500,
    requests: async (stage) => forged((await stage.stolen())[0]?.pass ?? ""),
  },
  {
    name: "saturating",
    about: "as many requests without a pass as a whole processor core can make, from 64 addresses",
    times: 0,
    least: 95,
    requests: async () => unsigned(),
  },
];

const past = (plan: FloodPlan): FloodPlan => ({
  ...plan,
  name: `${plan.name}-naked`,
  about: `${plan.about}, at the door itself, without the edge before it`,
  naked: true,
});

export const floods: readonly StagedAttack[] = PLANS.map(flooding);
/** The same where nothing stands before the door. */
export const nakedFloods: readonly StagedAttack[] = PLANS.map(past).map(flooding);
