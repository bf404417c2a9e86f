/**
 * The desk's process of the demonstration: the same desk as a real one's, which hands the visitor's roles to whoever asks, and lets him
 * flood the door and watch. Run by the
 * demonstration's supervisor in place of `src/server/main.ts`, and with its arguments.
 */
import type { RegionCode } from "../election/codes.ts";
import type { Role } from "../election/statements.ts";
import { type OfDemonstration, runAsChild } from "../server/main.ts";
import { OwnFlood } from "./flood.ts";
import { DemoKeys } from "./keys.ts";
import { modelIn, readRun } from "./settings.ts";
import { VISITOR_SEATS, visitorPlenaries } from "./visitor.ts";

const openRoles: OfDemonstration["openRoles"] = (data) => {
  const plenaries = visitorPlenaries(modelIn(data));
  const keys = new DemoKeys(readRun(data).seed);
  return (region: RegionCode, role: Role) =>
    VISITOR_SEATS.filter((seat) => seat.role === role && plenaries.includes(region)).map(({ seat }) => ({
      seed: keys.visitorSeed(region, seat),
      publicKey: keys.visitor(region, seat).publicKey,
    }));
};

const log = (line: string) => process.stderr.write(`${line}\n`);

await runAsChild({ openRoles, drill: (data) => new OwnFlood(data, log) });
