/** All attacks, in the order in which a whole run plays them: first on the door as it is shipped, then on the door alone. */
import type { Attack } from "../attack-of.ts";
import { bulkheads } from "./bulkheads.ts";
import { costs } from "./cost.ts";
import { crashes } from "./crashes.ts";
import { edges } from "./edge.ts";
import { floods, nakedFloods } from "./floods.ts";
import { oddOnes } from "./odd.ts";
import { networks } from "./partition.ts";
import { nakedSlowOnes, slowOnes } from "./slow.ts";
import { thieves } from "./stolen.ts";

/** What `--short` plays: a minute has no room for all. */
export const SHORT: ReadonlySet<string> = new Set(["cost", "unsigned", "forged", "slow-heads-2x", "lies", "herd"]);

export const ATTACKS: readonly Attack[] = [
  ...costs,
  ...edges,
  ...floods,
  ...thieves,
  ...slowOnes,
  ...oddOnes,
  ...bulkheads,
  ...networks,
  ...nakedFloods,
  ...nakedSlowOnes,
  ...crashes,
];
