/**
 * What can go wrong between this browser and a number that may be believed. Two kinds, never mixed on the screen:
 * misfortune (nothing came, or came damaged by a poor link: the old state stays, trying again helps) and alarm
 * (something came that a right server would never send: it is named, with the file, and kept as evidence).
 */

export type FaultCode =
  /** No answer, or a file that is not there. */
  | "unreachable"
  /** A file that is not there, or no longer. */
  | "gone"
  /** The election has no such contest or region. */
  | "unknown-place"
  /** A file that is not what its name says. */
  | "malformed"
  /** Signed by no key, or by another key than the one remembered. */
  | "wrong-key"
  | "bad-signature"
  /** The edition is not in the log of editions. */
  | "not-in-log"
  /** The bytes are not those whose hash the signed edition names. */
  | "wrong-hash"
  /** A right hash, but of another region or contest. */
  | "wrong-place"
  /** A child's own figures differ from its parent's row. */
  | "wrong-row"
  /** A total is not the sum of its parts. */
  | "wrong-sum"
  /** Between two editions votes added or removed became fewer; they may only grow. */
  | "counter-fell"
  /** A signed receipt promises a place in a log to a statement that is not there. */
  | "broken-receipt"
  /** An older state than this browser has already seen. */
  | "rolled-back"
  /** Two signed histories that cannot both be true. */
  | "forked";

export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;
  /** Path of the file, below the address of the site. */
  readonly file: string;
  /** Signed texts that prove the fault to anyone; empty where there are none. */
  readonly evidence: readonly string[];

  constructor(code: FaultCode, file: string, detail: string, evidence: readonly string[] = []) {
    super(detail);
    this.code = code;
    this.file = file;
    this.evidence = evidence;
  }

  /** False for what a bad link or a mistyped address explains. */
  get isAlarm(): boolean {
    return this.code !== "unreachable" && this.code !== "gone" && this.code !== "unknown-place";
  }
}
