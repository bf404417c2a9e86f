/**
 * Why an entry of a log has no effect. Nothing is removed from a log: what the fold refuses stands there, is shown, and moves
 * nothing.
 */

/** Why a statement has no effect. A fault is one that no honest writer would have appended. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly fault: boolean;
}
export type RefusalReason =
  | "malformed"
  | "other-election"
  | "wrong-log"
  | "no-authority"
  | "not-the-writer"
  | "wrong-root"
  | "one-person"
  | "no-pen"
  | "halted"
  | "other-reading"
  | "does-not-add-up"
  | "not-current"
  | "too-many-rivals";

/** A refusal that the fold reports as a fault of the log. */
export const fault = (reason: RefusalReason): Refusal => ({ reason, fault: true });
/** A refusal that can happen to honest people: the statement is shown, and does nothing. */
export const noEffect = (reason: RefusalReason): Refusal => ({ reason, fault: false });
