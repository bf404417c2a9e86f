/**
 * A sheet on its way from a phone's screen to a camera: the note cut into QR codes that are shown one after the other.
 *
 *   TEGUH1/<16 hex of the note's SHA-256>/<number>/<count>/<base45 of the part>
 *
 * All of it is in the alphabet that QR packs into 5.5 bits a character, base45 (RFC 9285) being made for it. A code of 400 bytes is
 * read by a cheap camera from a phone at arm's length; a sheet of the DPR, the longest, takes some eight. The codes come in any
 * order and any number of times; the hash tells two sheets apart and that the parts make the whole.
 */
import { concat, toHex } from "../../ledger/bytes.ts";
import { sha256 } from "../../ledger/hash.ts";
import { MAX_STATEMENT } from "../../ledger/statement.ts";

/** Bytes of the note in one code. */
export const PART_BYTES = 400;
const MOST_PARTS = Math.ceil(MAX_STATEMENT / PART_BYTES);
/** Sheets that may be half collected at the same time: several phones are held up in turn. */
const MOST_AT_ONCE = 8;

const MARK = "TEGUH1";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const FORM = /^TEGUH1\/([0-9A-F]{16})\/([1-9]\d{0,2})\/([1-9]\d{0,2})\/([0-9A-Z $%*+\-./:]+)$/;

const nameOf = (note: Uint8Array): string => toHex(sha256(note)).slice(0, 16).toUpperCase();

/** The texts of the codes that carry a note, in order. @throws RangeError if it is no statement's length */
export function framesOf(note: Uint8Array): string[] {
  if (note.length === 0 || note.length > MAX_STATEMENT) throw new RangeError(`a statement has no ${note.length} bytes`);
  const name = nameOf(note);
  const count = Math.ceil(note.length / PART_BYTES);
  return Array.from({ length: count }, (_, i) => {
    const part = note.subarray(i * PART_BYTES, (i + 1) * PART_BYTES);
    return `${MARK}/${name}/${i + 1}/${count}/${base45(part)}`;
  });
}

/** What became of a code that was read. */
export type Collected =
  /** It is none of ours. */
  | { readonly kind: "other" }
  /** So many of the sheet's codes are there. */
  | { readonly kind: "part"; readonly name: string; readonly have: number; readonly count: number }
  /** It was the last one. */
  | { readonly kind: "whole"; readonly note: Uint8Array }
  /** The parts do not make what their name says; they are forgotten, and collected anew. */
  | { readonly kind: "broken" };

/** Puts notes together from codes as a camera reads them. */
export class Collector {
  /** By name, the sheet whose code was read last at the end. */
  readonly #sheets = new Map<string, { readonly count: number; readonly parts: Map<number, Uint8Array> }>();

  take(text: string): Collected {
    const [, name = "", number = "", of = "", coded = ""] = FORM.exec(text) ?? [];
    const [at, count] = [Number(number), Number(of)];
    const part = unbase45(coded);
    const fits = part !== null && part.length <= PART_BYTES && at <= count && count <= MOST_PARTS;
    if (name === "" || !fits) return { kind: "other" };
    const known = this.#sheets.get(name);
    const sheet = known?.count === count ? known : { count, parts: new Map<number, Uint8Array>() };
    sheet.parts.set(at, part);
    this.#keep(name, sheet);
    if (sheet.parts.size < count) return { kind: "part", name, have: sheet.parts.size, count };
    this.#sheets.delete(name);
    const note = concat(...[...sheet.parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
    return nameOf(note) === name ? { kind: "whole", note } : { kind: "broken" };
  }

  #keep(name: string, sheet: { readonly count: number; readonly parts: Map<number, Uint8Array> }): void {
    this.#sheets.delete(name);
    this.#sheets.set(name, sheet);
    const [oldest] = this.#sheets.keys();
    if (this.#sheets.size > MOST_AT_ONCE && oldest !== undefined) this.#sheets.delete(oldest);
  }
}

/** RFC 9285: two bytes as three digits of base 45, least first; a last byte alone as two. */
function base45(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length;
    let value = isPair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : (bytes[at] ?? 0);
    for (let digit = 0; digit < (isPair ? 3 : 2); digit++) {
      text += ALPHABET[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/** The bytes; null if the text is no base45. */
function unbase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((character) => ALPHABET.indexOf(character));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (digits.includes(-1) || value >= (digits.length === 3 ? 65_536 : 256)) return null;
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return new Uint8Array(bytes);
}
