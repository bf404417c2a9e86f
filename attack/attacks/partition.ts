/**
 * A bad network: phones behind links that are slow, cut, torn, half open, while two members of a committee send corrections that
 * contradict each other. And the same for whole kecamatan with logs of their own, as the simulation plays them from a seed: what was
 * acknowledged anywhere must be everywhere once the links are back.
 */
import { setTimeout as pause } from "node:timers/promises";
import { simulate } from "../../simulate/simulate.ts";
import { type Outcome, type OwnAttack, percent, type StagedAttack } from "../attack-of.ts";
import { goodput } from "../course.ts";
import { loopbackOnly } from "../loopback.ts";
import { type Fault, FaultProxy } from "../proxy.ts";

/** What the link does, one after the other, each for a part of the run. */
const WEATHER: readonly Fault[] = [
  { kind: "latency", milliseconds: 300 },
  { kind: "cut" },
  { kind: "none" },
  { kind: "half-open" },
  { kind: "reset", after: 300 },
  { kind: "drip", bytes: 2_000 },
  { kind: "cut" },
];
const COUNTRIES = { short: 5, long: 60 };
const EVENTS = 70;

const network: StagedAttack = {
  name: "network",
  about: "links that are slow, cut, half open, torn and dripping, and corrections that contradict each other",
  async run(stage): Promise<Outcome> {
    const seconds = stage.short ? 3.5 : 7;
    const proxy = await FaultProxy.before(loopbackOnly(await stage.door()));
    const before = await stage.audit();
    try {
      const count = Math.round(Math.min(stage.rate, 100) * seconds);
      const sent = stage.send({
        door: proxy.address,
        count,
        over: seconds * 1000,
        fresh: true,
        grace: 45_000,
        conflicting: true,
      });
      for (const fault of WEATHER) {
        proxy.fault = fault;
        await pause((seconds * 1000) / WEATHER.length);
      }
      proxy.fault = { kind: "none" };
      const { sendings } = await sent;
      const audit = await stage.audit();
      return {
        figures: [
          {
            what: "network: received, contradicting ones too",
            value: percent(goodput(sendings).eventually),
            unit: "%",
            atLeast: 100,
          },
          { what: "network: acknowledged and not there", value: audit.lost - before.lost, unit: "", atMost: 0 },
          { what: "network: there twice", value: audit.doubled, unit: "", atMost: 0 },
        ],
      };
    } finally {
      await proxy.close();
    }
  },
};

const partition: OwnAttack = {
  name: "partition",
  about: "simulated countries whose kecamatan are cut off, lose machines, and correct the same stations on both sides",
  async runAlone({ short, seed }): Promise<Outcome> {
    const count = short ? COUNTRIES.short : COUNTRIES.long;
    let violations = 0;
    for (let i = 0; i < count; i++) {
      try {
        await simulate(`attack ${seed}/${i}`, EVENTS);
      } catch (error) {
        violations++;
        process.stderr.write(`country "attack ${seed}/${i}": ${error instanceof Error ? error.message : error}\n`);
      }
    }
    return {
      figures: [
        {
          what: `partition: of ${count} countries, with anything missing, doubled or contradicted`,
          value: violations,
          unit: "",
          atMost: 0,
        },
      ],
    };
  },
};

export const networks = [network, partition] as const;
