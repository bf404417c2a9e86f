// Bytes and their texts. Every decoder here accepts exactly one spelling of a value: two spellings of one hash or one
// signature would let the same statement have two forms. Node's Buffer accepts junk in hex and base64, and the
// browser has no Buffer, hence own tables. (Uint8Array.fromHex and fromBase64 are not in Node 24.)
// In this folder `bytes[i] as number` stands where the loop's bound has just checked i.

/** A text that is not the one canonical spelling of some bytes. */
export class DecodeError extends Error {
  override name = "DecodeError";
}

const HEX_PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hex of any bytes. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += HEX_PAIRS[bytes[i] as number];
  return text;
}

const BAD = 255;

function tableOf(alphabet: string): Uint8Array {
  const table = new Uint8Array(256).fill(BAD);
  for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
}

const HEX_VALUES = tableOf("0123456789abcdef");
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_VALUES = tableOf(BASE64);

/** Bytes of a lower-case hex text. Throws DecodeError on an odd length or any other character. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new DecodeError(`hex needs an even number of characters, got ${text.length}`);
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = valueAt(HEX_VALUES, text, 2 * i);
    const low = valueAt(HEX_VALUES, text, 2 * i + 1);
    if (high === BAD || low === BAD)
      throw new DecodeError(`hex allows 0-9 and a-f only (characters ${2 * i + 1} to ${2 * i + 2})`);
    bytes[i] = high * 16 + low;
  }
  return bytes;
}

function valueAt(table: Uint8Array, text: string, index: number): number {
  return table[text.charCodeAt(index)] ?? BAD;
}

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  const whole = bytes.length - (bytes.length % 3);
  for (let i = 0; i < whole; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    text += sextet(group >> 18) + sextet(group >> 12) + sextet(group >> 6) + sextet(group);
  }
  if (bytes.length - whole === 1) {
    const group = (bytes[whole] as number) << 16;
    text += `${sextet(group >> 18)}${sextet(group >> 12)}==`;
  } else if (bytes.length - whole === 2) {
    const group = ((bytes[whole] as number) << 16) | ((bytes[whole + 1] as number) << 8);
    text += `${sextet(group >> 18)}${sextet(group >> 12)}${sextet(group >> 6)}=`;
  }
  return text;
}

function sextet(bits: number): string {
  return BASE64[bits & 63] as string;
}

/** Bytes of canonical standard base64: padded, no white space, unused bits zero. Throws DecodeError otherwise. */
export function fromBase64(text: string): Uint8Array {
  const ascii = new Uint8Array(text.length);
  // A character beyond one byte becomes 255, which is in no alphabet.
  for (let i = 0; i < text.length; i++) ascii[i] = Math.min(text.charCodeAt(i), BAD);
  const bytes = new Uint8Array(ascii.length);
  return bytes.slice(0, decodeBase64(ascii, 0, ascii.length, bytes));
}

const EQUALS = 0x3d;

/**
 * As fromBase64, of the ASCII bytes from `start` to before `end`, in place: the signature lines of a note. Writes into `into`,
 * which has room for as many bytes as there are characters, and returns how many it wrote.
 */
export function decodeBase64(ascii: Uint8Array, start: number, end: number, into: Uint8Array): number {
  const length = end - start;
  if (length % 4 !== 0) throw new DecodeError(`base64 needs a multiple of 4 characters, got ${length}`);
  if (length === 0) return 0;
  const padding = ascii[end - 1] !== EQUALS ? 0 : ascii[end - 2] !== EQUALS ? 1 : 2;
  let out = 0;
  for (let i = start; i < end; i += 4) {
    const pads = i + 4 === end ? padding : 0;
    const a = BASE64_VALUES[ascii[i] as number] as number;
    const b = BASE64_VALUES[ascii[i + 1] as number] as number;
    const c = pads > 1 ? 0 : (BASE64_VALUES[ascii[i + 2] as number] as number);
    const d = pads > 0 ? 0 : (BASE64_VALUES[ascii[i + 3] as number] as number);
    if (((a | b | c | d) & 0xc0) !== 0) throw new DecodeError("base64 holds a character outside its alphabet");
    const group = (a << 18) | (b << 12) | (c << 6) | d;
    // Otherwise several texts would decode to the same bytes.
    if ((pads === 1 && (group & 0xff) !== 0) || (pads === 2 && (group & 0xffff) !== 0)) {
      throw new DecodeError("base64 has unused bits that are not zero");
    }
    into[out++] = group >> 16;
    into[out++] = (group >> 8) & 255;
    into[out++] = group & 255;
  }
  return out - padding;
}

/** All parts, one after the other, in new memory. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Frees the memory under some bytes without waiting for the collector: moved to a buffer of no bytes, it is gone for all views. */
export function letGo({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** Same length and same bytes. Not constant-time: nothing compared here is secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Order of bytes, a prefix before what it begins: negative, 0 or positive, for Array.sort. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const encoder = new TextEncoder();
// Without ignoreBOM a leading U+FEFF would vanish, and the text would no longer encode to the same bytes.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 of a text. Throws DecodeError on a lone surrogate, which TextEncoder would silently replace. */
export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new DecodeError("the text holds half of a surrogate pair, which UTF-8 cannot carry");
  return encoder.encode(text);
}

/** The text of UTF-8 bytes, a byte order mark kept. Throws DecodeError if they are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new DecodeError("the bytes are not valid UTF-8");
  }
}

/** A non-negative integer in decimal without sign or leading zeros, at most 2^53 - 1. Throws DecodeError. */
export function parseDecimal(text: string): number {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value))
    throw new DecodeError(`expected a decimal number up to 2^53 - 1, got "${text.slice(0, 24)}"`);
  return value;
}
