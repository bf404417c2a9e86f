/**
 * What all phones remember, in one file of lines that is only ever appended to: when each sheet was made, and its receipt. A phone
 * that was switched off in the middle sends the very same bytes again, so nothing is ever entered twice; one that has its
 * receipt sends nothing more.
 */
import { appendFileSync, truncateSync } from "node:fs";
import { fromUtf8 } from "../ledger/bytes.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import { readFileOrNull } from "../store/files.ts";

/** A sending of a sheet: `5103032001004/dpr/0`, the last is its place in the story. */
export type SendingName = string;

type Line =
  | { readonly made: SendingName; readonly time: number }
  | { readonly sent: SendingName; readonly id: string; readonly receipt: string };

export class Outbox {
  readonly #path: string;
  readonly #made = new Map<SendingName, number>();
  readonly #sent = new Map<SendingName, Hash>();

  /** Reads what is remembered. A last line that was cut off is forgotten: it was not finished. */
  constructor(path: string) {
    this.#path = path;
    const bytes = readFileOrNull(path) ?? new Uint8Array(0);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) truncateSync(path, whole);
    for (const text of fromUtf8(bytes.subarray(0, whole)).split("\n").slice(0, -1)) {
      const line = JSON.parse(text) as Line;
      if ("made" in line) this.#made.set(line.made, line.time);
      else this.#sent.set(line.sent, asHash(line.id));
    }
  }

  /** The id of the sheet that was sent, if its receipt is here. */
  sent(name: SendingName): Hash | undefined {
    return this.#sent.get(name);
  }

  get sentCount(): number {
    return this.#sent.size;
  }

  /** When the sheet was made; made now, at `time`, if it was not before. Remembered before anyone can have it. */
  make(name: SendingName, time: number): number {
    const made = this.#made.get(name);
    if (made !== undefined) return made;
    this.#write({ made: name, time });
    this.#made.set(name, time);
    return time;
  }

  keep(name: SendingName, id: Hash, receipt: Uint8Array): void {
    this.#write({ sent: name, id, receipt: fromUtf8(receipt) });
    this.#sent.set(name, id);
  }

  #write(line: Line): void {
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }
}
