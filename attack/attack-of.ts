/** What every attack is: a name to ask for it by, a sentence, and what it gives back. */
import type { Figure } from "../bench/figure.ts";
import type { Sending } from "./course.ts";
import type { Stage } from "./stage.ts";

export interface Outcome {
  readonly figures: readonly Figure[];
  /** For the picture: how the honest sheets fared, and when (milliseconds) the attack was on. */
  readonly course?: { readonly sendings: readonly Sending[]; readonly from: number; readonly to: number };
}

/** An attack on a running stage, with honest phones beside it. */
export interface StagedAttack {
  readonly name: string;
  /** What the attacker does, for a person. */
  readonly about: string;
  /** Takes too long for a whole run. */
  readonly onlyByName?: boolean;
  /** Goes past the edge: where there is none, the same attack without this has done it. */
  readonly isNaked?: boolean;
  run(stage: Stage): Promise<Outcome>;
}

/** An attack that founds and breaks servers of its own. */
export interface OwnAttack {
  readonly name: string;
  readonly about: string;
  readonly onlyByName?: boolean;
  runAlone(how: { readonly short: boolean; readonly seed: number }): Promise<Outcome>;
}

export type Attack = StagedAttack | OwnAttack;

export const percent = (share: number): number => Math.round(share * 1e4) / 100;
export const megabytes = (bytes: number): number => Math.round(bytes / 1e4) / 100;
