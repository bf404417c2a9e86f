/**
 * As much of DER (X.690) as a certificate is made of. A certificate is some forty values one within the other; the libraries that
 * write any of them bring a dozen packages and change what is global. What is written here is read back in the tests by OpenSSL.
 */
import { concat } from "../../ledger/bytes.ts";

/** A value with its tag and length. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concat(...contents);
  return concat(Uint8Array.of(tag, ...lengthOf(content.length)), content);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tlv(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Uint8Array => tlv(0x31, ...parts);
export const octets = (bytes: Uint8Array): Uint8Array => tlv(0x04, bytes);
export const text = (value: string): Uint8Array => tlv(0x0c, new TextEncoder().encode(value));
export const TRUE = Uint8Array.of(0x01, 0x01, 0xff);

/** A positive number, its bytes with the highest first. */
export function integer(bytes: Uint8Array): Uint8Array {
  const from = bytes.findIndex((byte) => byte !== 0);
  const digits = from < 0 ? Uint8Array.of(0) : bytes.subarray(from);
  // A first bit that is set would make it a negative one.
  return (digits[0] ?? 0) >= 0x80 ? tlv(0x02, Uint8Array.of(0), digits) : tlv(0x02, digits);
}

/** Bits, of which the last byte's lowest `unused` are none. */
export const bits = (bytes: Uint8Array, unused = 0): Uint8Array => tlv(0x03, Uint8Array.of(unused), bytes);

/** An object identifier, as in `2.5.29.19`. */
export function oid(name: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = name.split(".").map(Number);
  return tlv(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(inSevens)));
}

function inSevens(value: number): number[] {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(128 + (rest % 128));
  return digits;
}

/** A moment to the second, in milliseconds since 1970; as certificates write it until 2049 and from then on. */
export function moment(time: number): Uint8Array {
  const digits = new Date(time).toISOString().replace(/\.\d+Z$|[-:T]/g, "");
  const isShort = digits < "2050";
  return tlv(isShort ? 0x17 : 0x18, new TextEncoder().encode(`${isShort ? digits.slice(2) : digits}Z`));
}
