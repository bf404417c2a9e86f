/**
 * Writes JSON as bytes, straight from the arrays of the fold.
 *
 * A nation's objects hold some 600 million numbers. Going through JavaScript objects, JSON.stringify and an encoder costs
 * several times what the numbers themselves cost; writing digits into one reused buffer does not. The caller keeps the
 * order of keys (sorted, so that objects are canonical JSON); this class keeps the commas.
 */
import { utf8 } from "../ledger/bytes.ts";

const COMMA = 0x2c;
const QUOTE = 0x22;
const ZERO = 0x30;
const HASH_DIGITS = 64;

export class JsonWriter {
  #bytes = new Uint8Array(1 << 16);
  #at = 0;
  /** Whether the next value or key needs a comma before it. */
  #comma = false;
  /** Names and keys come again and again; their quoted bytes are kept. */
  readonly #quoted = new Map<string, Uint8Array>();

  /** Begins a new document; what was written before is overwritten. */
  reset(): this {
    this.#at = 0;
    this.#comma = false;
    return this;
  }

  /** The document, as bytes of its own. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
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
    const quoted = this.#quote(name);
    this.#room(quoted.length + 2);
    if (this.#comma) this.#bytes[this.#at++] = COMMA;
    this.#bytes.set(quoted, this.#at);
    this.#at += quoted.length;
    this.#bytes[this.#at++] = 0x3a;
    this.#comma = false;
    return this;
  }

  string(value: string | null): this {
    if (value === null) return this.null();
    if (value.length === HASH_DIGITS && !needsEscape(value)) return this.#ascii(value);
    const quoted = this.#quote(value);
    this.#room(quoted.length + 1);
    if (this.#comma) this.#bytes[this.#at++] = COMMA;
    this.#bytes.set(quoted, this.#at);
    this.#at += quoted.length;
    this.#comma = true;
    return this;
  }

  /** A non-negative or negative safe integer. */
  int(value: number): this {
    this.#room(18);
    const bytes = this.#bytes;
    let at = this.#at;
    if (this.#comma) bytes[at++] = COMMA;
    this.#comma = true;
    let rest = value;
    if (rest < 0) {
      bytes[at++] = 0x2d;
      rest = -rest;
    }
    if (rest < 10) bytes[at++] = ZERO + rest;
    else if (rest < 100) {
      const tens = (rest / 10) | 0;
      bytes[at++] = ZERO + tens;
      bytes[at++] = ZERO + rest - tens * 10;
    } else {
      let digits = 3;
      for (let power = 1000; rest >= power; power *= 10) digits++;
      for (let i = at + digits - 1; i >= at; i--) {
        const next = Math.floor(rest / 10);
        bytes[i] = ZERO + (rest - next * 10);
        rest = next;
      }
      at += digits;
    }
    this.#at = at;
    return this;
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

  /** A hash: it comes once, so that keeping its bytes would cost more than writing it. */
  #ascii(value: string): this {
    this.#room(value.length + 3);
    const bytes = this.#bytes;
    let at = this.#at;
    if (this.#comma) bytes[at++] = COMMA;
    bytes[at++] = QUOTE;
    for (let i = 0; i < value.length; i++) bytes[at++] = value.charCodeAt(i);
    bytes[at++] = QUOTE;
    this.#at = at;
    this.#comma = true;
    return this;
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

  #quote(text: string): Uint8Array {
    let quoted = this.#quoted.get(text);
    if (quoted) return quoted;
    quoted = needsEscape(text) ? utf8(JSON.stringify(text)) : quoteAscii(text);
    if (text.length < HASH_DIGITS && this.#quoted.size < 200_000) this.#quoted.set(text, quoted);
    return quoted;
  }

  #room(needed: number): void {
    if (this.#at + needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + needed));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

const NULL = utf8("null");

function needsEscape(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e || code === QUOTE || code === 0x5c) return true;
  }
  return false;
}

function quoteAscii(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length + 2);
  bytes[0] = QUOTE;
  for (let i = 0; i < text.length; i++) bytes[i + 1] = text.charCodeAt(i);
  bytes[text.length + 1] = QUOTE;
  return bytes;
}
