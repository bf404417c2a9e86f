/**
 * Frames: how bytes travel between the process that writes the logs and those that ask it. A frame is its length (uint32) and so
 * many bytes; numbers are big-endian. What stands in a frame is said in `wire.ts`.
 *
 * Binary, since every sheet of the nation goes through here: a statement is copied once on each side, where JSON would make a
 * base64 text of it and parse that again. Lengths are bounded, so that neither side can make the other hold more than it said.
 */
import { fromUtf8, utf8 } from "../ledger/bytes.ts";

/** Longest frame, in bytes: a group of sheets, or a single statement of any length with its surroundings. */
export const MOST_IN_FRAME = 2 ** 20;
const PREFIX = 4;
/** Room of a frame of which nothing is known: answers to some hundred sheets. */
const ROOM = 2 ** 13;

/** The other side does not speak as agreed: the connection is of no use any more. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

/** A frame being written. */
export class FrameWriter {
  #bytes: Buffer;
  #end = PREFIX;

  /** `room`: bytes that it will have, as far as they are known. */
  constructor(room = ROOM) {
    this.#bytes = Buffer.allocUnsafe(PREFIX + room);
  }

  u8(value: number): void {
    this.#end = this.#room(1).writeUInt8(value, this.#end);
  }

  u32(value: number): void {
    this.#end = this.#room(4).writeUInt32BE(value, this.#end);
  }

  /** Bytes as they are: the reader knows how many. */
  raw(bytes: Uint8Array): void {
    this.#room(bytes.length).set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** Bytes behind their length. */
  bytes(bytes: Uint8Array): void {
    this.u32(bytes.length);
    this.raw(bytes);
  }

  text(text: string): void {
    this.bytes(utf8(text));
  }

  /** The whole frame; the writer is used up. @throws FrameError if it is too long */
  finish(): Uint8Array {
    const length = this.#end - PREFIX;
    if (length > MOST_IN_FRAME) throw new FrameError(`a frame has at most ${MOST_IN_FRAME} bytes, this one ${length}`);
    this.#bytes.writeUInt32BE(length, 0);
    return this.#bytes.subarray(0, this.#end);
  }

  #room(more: number): Buffer {
    if (this.#end + more > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#end + more));
      this.#bytes.copy(larger, 0, 0, this.#end);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}

/** A frame being read; what it gives are views of the frame. Every method throws FrameError past the end. */
export class FrameReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  u8(): number {
    return this.#take(1).readUInt8(this.#at - 1);
  }

  u32(): number {
    return this.#take(4).readUInt32BE(this.#at - 4);
  }

  raw(length: number): Uint8Array {
    return this.#take(length).subarray(this.#at - length, this.#at);
  }

  bytes(): Uint8Array {
    return this.raw(this.u32());
  }

  text(): string {
    return fromUtf8(this.bytes());
  }

  #take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new FrameError("a frame ends in the middle of what it says");
    this.#at += length;
    return this.#bytes;
  }
}

/** Puts the pieces that arrive together into frames. */
export class FrameJoiner {
  #pieces: Buffer[] = [];
  #held = 0;
  /** Bytes of the frame that is arriving, its prefix included, as far as it is known. */
  #needed = PREFIX;

  /** The frames that are whole with this piece, without their prefixes. @throws FrameError */
  join(piece: Buffer): FrameReader[] {
    this.#pieces.push(piece);
    this.#held += piece.length;
    // A long frame comes in many pieces; they are put together once, when the last is here.
    if (this.#held < this.#needed) return [];
    let rest = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces);
    const frames: FrameReader[] = [];
    for (this.#needed = lengthOf(rest); rest.length >= this.#needed; this.#needed = lengthOf(rest)) {
      frames.push(new FrameReader(rest.subarray(PREFIX, this.#needed)));
      rest = rest.subarray(this.#needed);
    }
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#held = rest.length;
    return frames;
  }
}

/** Of the frame that begins here, with its prefix; of the prefix alone while that is not here. */
function lengthOf(rest: Buffer): number {
  if (rest.length < PREFIX) return PREFIX;
  const length = rest.readUInt32BE(0);
  if (length > MOST_IN_FRAME)
    throw new FrameError(`a frame of ${length} bytes was announced, more than ${MOST_IN_FRAME}`);
  return PREFIX + length;
}
