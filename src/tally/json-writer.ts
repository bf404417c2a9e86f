/**
 * Writes JSON as bytes, straight from the arrays of the fold.
 *
 * A nation's objects hold some 600 million numbers. Going through JavaScript objects, JSON.stringify and an encoder costs
 * several times what the numbers themselves cost; writing digits into one reused buffer does not. The caller keeps the
 * order of keys (sorted, so that objects are canonical JSON); this class keeps the commas.
 */
import { utf8 } from "../ledger/bytes.ts";

const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
const ZERO = 0x30;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
/** Of a safe integer. */
const MOST_DIGITS = 16;

export class JsonWriter {
  #bytes = new Uint8Array(1 << 16);
  #at = 0;
  /** Whether the next value or key needs a comma before it. */
  #comma = false;

  /** Begins a new document; what was written before is overwritten. */
  reset(): this {
    this.#at = 0;
    this.#comma = false;
    return this;
  }

  /** The document: a view that the next one overwrites. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  /** How much is written. */
  get length(): number {
    return this.#at;
  }

  /** What was written from this length on: a view that lives until more is written. */
  since(length: number): Uint8Array {
    return this.#bytes.subarray(length, this.#at);
  }

  open(): this {
    return this.#begin(0x7b);
  }
  close(): this {
    return this.#end(0x7d);
  }
  openArray(): this {
    return this.#begin(0x5b);
  }
  closeArray(): this {
    return this.#end(0x5d);
  }

  key(name: string): this {
    this.#put(quotedKey(name));
    this.#bytes[this.#at++] = COLON;
    this.#comma = false;
    return this;
  }

  string(value: string | null): this {
    if (value === null) return this.null();
    this.#room(value.length + 3);
    const bytes = this.#bytes;
    let at = this.#at;
    if (this.#comma) bytes[at++] = COMMA;
    bytes[at++] = QUOTE;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (isEscaped(code)) return this.raw(utf8(JSON.stringify(value)));
      bytes[at++] = code;
    }
    bytes[at++] = QUOTE;
    this.#at = at;
    this.#comma = true;
    return this;
  }

  /** What is written already: one value, or several with commas between them. */
  raw(values: Uint8Array): this {
    this.#room(values.length + 1);
    if (this.#comma) this.#bytes[this.#at++] = COMMA;
    this.#bytes.set(values, this.#at);
    this.#at += values.length;
    this.#comma = true;
    return this;
  }

  /** A non-negative or negative safe integer. */
  int(value: number): this {
    this.#room(MOST_DIGITS + 2);
    const bytes = this.#bytes;
    let at = this.#at;
    if (this.#comma) bytes[at++] = COMMA;
    this.#comma = true;
    if (value < 0) bytes[at++] = MINUS;
    this.#at = putDigits(bytes, at, Math.abs(value));
    return this;
  }

  /**
   * An array of the 16-bit numbers from `from` to `to`. Those from `marks` up are no numbers of their own: `other` is asked for
   * what to write instead, below 0 for null. The loop that writes most of a nation's bytes.
   */
  row(values: Uint16Array, from: number, to: number, marks: number, other: (at: number) => number): this {
    this.openArray();
    this.#room((to - from) * (MOST_DIGITS + 1));
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = from; i < to; i++) {
      if (i > from) bytes[at++] = COMMA;
      const value = values[i] ?? 0;
      const shown = value < marks ? value : other(i);
      if (shown < 0) {
        bytes.set(NULL, at);
        at += NULL.length;
      } else at = putDigits(bytes, at, shown);
    }
    this.#at = at;
    return this.closeArray();
  }

  /** An integer, or null where it was not reported (negative). */
  figure(value: number): this {
    return value < 0 ? this.null() : this.int(value);
  }

  null(): this {
    this.#room(5);
    if (this.#comma) this.#bytes[this.#at++] = COMMA;
    this.#bytes.set(NULL, this.#at);
    this.#at += 4;
    this.#comma = true;
    return this;
  }

  ints(values: ArrayLike<number>, from = 0, to = values.length): this {
    this.openArray();
    for (let i = from; i < to; i++) this.int(values[i] ?? 0);
    return this.closeArray();
  }

  strings(values: Iterable<string>): this {
    this.openArray();
    for (const value of values) this.string(value);
    return this.closeArray();
  }

  /** The entries that are not 0, as `[[place, value], …]`. */
  sparse(values: ArrayLike<number>): this {
    this.openArray();
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      if (value !== 0) this.openArray().int(i).int(value).closeArray();
    }
    return this.closeArray();
  }

  /** A comma where one is due, and these bytes; leaves room for one more. */
  #put(quoted: Uint8Array): void {
    const { length } = quoted;
    this.#room(length + 2);
    const bytes = this.#bytes;
    let at = this.#at;
    if (this.#comma) bytes[at++] = COMMA;
    // For the few bytes of a key a loop is faster than set().
    for (let i = 0; i < length; i++) bytes[at + i] = quoted[i] ?? 0;
    this.#at = at + length;
  }

  #begin(bracket: number): this {
    this.#room(2);
    if (this.#comma) this.#bytes[this.#at++] = COMMA;
    this.#bytes[this.#at++] = bracket;
    this.#comma = false;
    return this;
  }

  #end(bracket: number): this {
    this.#room(1);
    this.#bytes[this.#at++] = bracket;
    this.#comma = true;
    return this;
  }

  #room(needed: number): void {
    if (this.#at + needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + needed));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

const NULL = utf8("null");

/** Writes a number that is not negative in decimal; where it ends. There must be room. */
function putDigits(bytes: Uint8Array, at: number, value: number): number {
  if (value < 10) {
    bytes[at] = ZERO + value;
    return at + 1;
  }
  if (value < 100) {
    const tens = (value / 10) | 0;
    bytes[at] = ZERO + tens;
    bytes[at + 1] = ZERO + value - tens * 10;
    return at + 2;
  }
  let digits = 3;
  for (let power = 1000; value >= power; power *= 10) digits++;
  let rest = value;
  for (let i = at + digits - 1; i >= at; i--) {
    const next = Math.floor(rest / 10);
    bytes[i] = ZERO + (rest - next * 10);
    rest = next;
  }
  return at + digits;
}

/** Quoted bytes of the keys in use, by a number made of each: in a nation's objects are 60 million keys. */
const KEY_PLACES = 4096;
const keys: ({ readonly name: string; readonly quoted: Uint8Array } | undefined)[] = new Array(KEY_PLACES).fill(
  undefined,
);

function quotedKey(name: string): Uint8Array {
  const { length } = name;
  // All keys in use, codes of rules among them, have places of their own; two at one place would be quoted anew each time.
  const ends = name.charCodeAt(0) * 101 + name.charCodeAt(length - 1) * 409;
  const place =
    (length * 11 + ends + name.charCodeAt(1 % length) * 37 + name.charCodeAt(length >> 1) * 53) % KEY_PLACES;
  const known = keys[place];
  if (known?.name === name) return known.quoted;
  const quoted = quote(name);
  keys[place] = { name, quoted };
  return quoted;
}

function quote(ascii: string): Uint8Array {
  return utf8(`"${ascii}"`);
}

/** Whether a character is not written as the one byte that it is: all but printable ASCII. */
const isEscaped = (code: number): boolean => code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH;
