/**
 * What a refusal costs against what an accept costs, in processor time of all servers together: the one number that decides how
 * large a flood must be. Each kind in turn, at the door itself.
 */
import type { Figure } from "../../bench/figure.ts";
import { type Outcome, percent, type StagedAttack } from "../attack-of.ts";
import { floodOf } from "../beside.ts";
import type { Stage } from "../stage.ts";
import { forged, unsigned } from "./requests.ts";

/** Of an accept, in percent. */
const MOST = { unsigned: 7, forged: 9, duplicate: 15 };

/** Microseconds of processor time of each of the requests that the attacker had answered. */
async function costOf(stage: Stage, requests: readonly Buffer[], milliseconds: number, once: boolean): Promise<number> {
  const most = once ? { most: requests.length } : {};
  const flood = floodOf(stage, "cost", requests, { target: await stage.naked(), rate: 0, connections: 32, ...most });
  const before = stage.cpuOfDoor();
  const { answers } = await flood(milliseconds);
  const answered = Object.entries(answers).reduce((sum, [status, n]) => (status === "closed" ? sum : sum + n), 0);
  return ((stage.cpuOfDoor() - before) * 1e6) / answered;
}

const cost: StagedAttack = {
  name: "cost",
  about: "what each kind of refusal takes of the processor, against an accepted sheet",
  async run(stage): Promise<Outcome> {
    const milliseconds = stage.short ? 1_500 : 4_000;
    const accept = await stage.costOfAccept();
    const duplicates = await stage.received();
    const [stolen] = await stage.stolen();
    const costs = {
      unsigned: await costOf(stage, unsigned(), milliseconds, false),
      forged: await costOf(stage, forged(stolen?.pass ?? ""), milliseconds, false),
      duplicate: await costOf(stage, duplicates, milliseconds, true),
    };
    const names = { unsigned: "no pass", forged: "a forged pass", duplicate: "a sheet that is there already" };
    const figures: Figure[] = (["unsigned", "forged", "duplicate"] as const).map((kind) => ({
      what: `cost: ${names[kind]}, ${costs[kind].toFixed(1)} µs of an accept's ${accept.toFixed(0)} µs`,
      value: percent(costs[kind] / accept),
      unit: "%",
      atMost: MOST[kind],
    }));
    return { figures };
  },
};

export const costs: readonly StagedAttack[] = [cost];
