/** What phones, network and halls of the simulation have in common. */
import type { Chance } from "../src/demo/random.ts";
import type { Centre, Laptop } from "./places.ts";

export interface Stage {
  readonly chance: Chance;
  readonly centre: Centre;
  readonly laptops: readonly Laptop[];
  /** Nothing breaks any more. */
  readonly isCalm: boolean;
  /** The time as somebody's clock has it: years off for some. */
  skewed(): number;
}
