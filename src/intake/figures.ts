/**
 * What the door counts: plain numbers that only grow, for whoever shows them. One place, so that a page, a metric and a test
 * of an attack mean the same by a step.
 */

/** The steps of the door in their order; each is far cheaper than the next that costs anything. */
export const STEPS = [
  /** Length and coding, by the headers. */
  "shape",
  /** The MAC of the pass. */
  "pass",
  /** Limits of the pass and of its kecamatan. */
  "bucket",
  /** Room: queues, and what gives way under load. */
  "admission",
  /** The body, whole and in time. */
  "body",
  /** That it is a statement's note. */
  "form",
  /** Stopped here is what was stored lately: it is answered with its receipt. */
  "known",
  /** That the sheet's key is known, and the device's grant not revoked. */
  "key",
  /** The device's credit for wrong signatures, its turn, and the signature. */
  "signature",
  /** Everything that D rules say, the station's grant among it; here too what is no sheet of this election at all. */
  "rules",
  /** The place in the log, durable. */
  "append",
] as const;
export type Step = (typeof STEPS)[number];

export interface StepFigures {
  passed: number;
  /** Turned away here; of `known`: answered here. */
  refused: number;
}

export interface DoorFigures {
  readonly byStep: Readonly<Record<Step, Readonly<StepFigures>>>;
  /** Sheets that were appended. */
  readonly accepted: number;
  /** Sheets that were there already and were given their receipt again. */
  readonly duplicates: number;
  /** Passes that were issued, and requests for one that were refused. */
  readonly passes: Readonly<StepFigures>;
  /** Jobs that wait for their turn now, by lane. */
  readonly waiting: Readonly<Record<string, number>>;
  /** Sheets that are with the sequencer now. */
  readonly appending: number;
  /** Milliseconds that jobs waited for their turn, mean of the last window. */
  readonly queueDelay: number;
  /** Jobs that were begun in a second, in the last window. */
  readonly perSecond: number;
  /** That delay is over its bound: lower lanes give way and the newest goes first. */
  readonly overloaded: boolean;
  /** Jobs that were dropped since whoever sent them has stopped waiting. */
  readonly late: number;
}

/** What {@link DoorFigures} are taken from. */
export class Counters {
  readonly byStep = Object.fromEntries(STEPS.map((step) => [step, { passed: 0, refused: 0 }])) as Record<
    Step,
    StepFigures
  >;
  accepted = 0;
  duplicates = 0;
  readonly passes: StepFigures = { passed: 0, refused: 0 };

  /** One more that has passed a step or was turned away there. */
  count(step: Step, passed: boolean): void {
    add(this.byStep[step], passed);
  }

  /** One more request for a pass. */
  countPass(issued: boolean): void {
    add(this.passes, issued);
  }
}

function add(figures: StepFigures, passed: boolean): void {
  if (passed) figures.passed++;
  else figures.refused++;
}
