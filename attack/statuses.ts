/**
 * Counts answers by their status where nothing else of them matters: a flood's own processor time is taken from the very machine that
 * is measured, and reading an answer costs it more than sending the request.
 */

const MARK = "HTTP/1.1 ";
/** The mark, and the three digits behind it. */
const LENGTH = MARK.length + 3;

/** Of one connection. The mark must not stand in a body: in those of our servers it never does. */
export class Statuses {
  #tail: Buffer = Buffer.alloc(0);

  /** Tells the status of each answer that has begun with this piece. */
  read(piece: Buffer, told: (status: string) => void): void {
    const bytes = this.#tail.length === 0 ? piece : Buffer.concat([this.#tail, piece]);
    let from = 0;
    for (let at = bytes.indexOf(MARK); at >= 0 && at + LENGTH <= bytes.length; at = bytes.indexOf(MARK, from)) {
      told(bytes.toString("latin1", at + MARK.length, at + LENGTH));
      from = at + LENGTH;
    }
    this.#tail = bytes.subarray(Math.max(from, bytes.length - LENGTH + 1));
  }
}
