/**
 * What goes over the socket between the process that writes the logs and those that ask it: JSON, each message behind its length
 * (uint32, big-endian). Lengths are bounded on both sides, so that neither can make the other hold more than it said it would.
 */
import { fromUtf8, utf8 } from "../ledger/bytes.ts";

/** A statement of 65,535 bytes as base64, and what stands around it. */
const MOST = 96 * 1024;
const PREFIX = 4;

/** The other side does not speak as agreed: the connection is of no use any more. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

/** A message as it is sent. */
export function frameOf(message: object): Uint8Array {
  const text = utf8(JSON.stringify(message));
  if (text.length > MOST) throw new FrameError(`a message has at most ${MOST} bytes, this one ${text.length}`);
  const frame = new Uint8Array(PREFIX + text.length);
  new DataView(frame.buffer).setUint32(0, text.length);
  frame.set(text, PREFIX);
  return frame;
}

/** Puts the pieces that arrive together into messages. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The messages that are whole with this piece. @throws FrameError */
  read(piece: Buffer): unknown[] {
    let rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const messages: unknown[] = [];
    while (rest.length >= PREFIX) {
      const length = rest.readUInt32BE(0);
      if (length > MOST) throw new FrameError(`a message of ${length} bytes was announced, more than ${MOST}`);
      if (rest.length < PREFIX + length) break;
      messages.push(parse(rest.subarray(PREFIX, PREFIX + length)));
      rest = rest.subarray(PREFIX + length);
    }
    this.#rest = rest;
    return messages;
  }
}

function parse(text: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(text));
  } catch (cause) {
    throw new FrameError("a message is not JSON", { cause });
  }
}
