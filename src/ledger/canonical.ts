// Canonical JSON: a strict subset of RFC 8785, in which a value has exactly one text. Integers up to 2^53 - 1 only (no
// floats, so no dispute about their spelling), text in NFC, printable ASCII keys in UTF-16 order, bounded depth.
// JSON.parse alone would let duplicate keys, 1.0 and 9007199254740993 pass; writing the value again catches them all.

import { fromUtf8 } from "./bytes.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** What is wrong: the encoding, the syntax, a value outside the subset, or a spelling other than the canonical one. */
export type CanonicalReason = "utf8" | "syntax" | "number" | "string" | "key" | "depth" | "type" | "form";

/** A value or text outside the canonical subset. */
export class CanonicalError extends Error {
  override name = "CanonicalError";
  readonly reason: CanonicalReason;

  constructor(reason: CanonicalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Deeper nesting serves no statement and would let a small text exhaust the stack. */
export const MAX_DEPTH = 64;

/** The one text of a value. Throws CanonicalError naming the place, as in `$.votes[3]`. */
export function canonical(value: Json): string {
  return write(value, []);
}

type Path = (string | number)[];

function write(value: Json | undefined, path: Path): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
        throw new CanonicalError("number", `${place(path)} must be a whole number within ±(2^53 - 1), got ${value}`);
      }
      return String(value);
    case "string":
      return writeString(value, path);
    case "object":
      if (path.length >= MAX_DEPTH) throw new CanonicalError("depth", `nested deeper than ${MAX_DEPTH}`);
      return isArray(value) ? writeArray(value, path) : writeObject(value, path);
    default:
      throw new CanonicalError("type", `${place(path)} is ${typeof value}, which JSON cannot carry`);
  }
}

// Array.isArray does not narrow a readonly array.
function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is exactly ASCII
const ASCII = /^[\x00-\x7f]*$/;

function writeString(value: string, path: Path): string {
  if (!ASCII.test(value)) {
    if (!value.isWellFormed()) throw new CanonicalError("string", `${place(path)} holds half of a surrogate pair`);
    if (value.normalize("NFC") !== value)
      throw new CanonicalError("string", `${place(path)} is not in Unicode form NFC`);
  }
  return JSON.stringify(value);
}

function writeArray(values: readonly Json[], path: Path): string {
  let text = "[";
  for (let i = 0; i < values.length; i++) {
    path.push(i);
    text += (i > 0 ? "," : "") + write(values[i], path);
    path.pop();
  }
  return `${text}]`;
}

const KEY = /^[\x20-\x7e]+$/;

function writeObject(value: JsonObject, path: Path): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new CanonicalError("type", `${place(path)} must be a plain object`);
  }
  let text = "{";
  for (const key of Object.keys(value).sort()) {
    // "__proto__" would change the prototype of whatever object a program copies it to.
    if (!KEY.test(key) || key === "__proto__") {
      throw new CanonicalError("key", `${place(path)} has the key ${JSON.stringify(key)}; keys are printable ASCII`);
    }
    path.push(key);
    text += `${text.length > 1 ? "," : ""}${JSON.stringify(key)}:${write(value[key], path)}`;
    path.pop();
  }
  return `${text}}`;
}

function place(path: Path): string {
  return path.reduce<string>((text, step) => text + (typeof step === "number" ? `[${step}]` : `.${step}`), "$");
}

/** The value of canonical bytes. Throws CanonicalError unless they are exactly canonical(value) in UTF-8. */
export function parseCanonical(bytes: Uint8Array): Json {
  const text = decode(bytes);
  const value = parse(text);
  // The engine's own writer is ten times as fast, and writes the same where keys and values are as they must be.
  if (isOrderly(value, 0) && text === JSON.stringify(value)) return value;
  const expected = canonical(value);
  if (text !== expected) throw new CanonicalError("form", describeDifference(text, expected));
  return value;
}

/** Whether canonical() allows the value and would write its keys in the order in which they stand. */
function isOrderly(value: Json, depth: number): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value === "string") return ASCII.test(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  if (isArray(value)) {
    for (const item of value) if (!isOrderly(item, depth + 1)) return false;
    return true;
  }
  let last = "";
  for (const key in value) {
    const item = value[key];
    if (key <= last || !KEY.test(key) || key === "__proto__") return false;
    if (item === undefined || !isOrderly(item, depth + 1)) return false;
    last = key;
  }
  return true;
}

function decode(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    throw new CanonicalError("utf8", "the text is not valid UTF-8");
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new CanonicalError(
      "syntax",
      `the text is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

function describeDifference(text: string, expected: string): string {
  let at = 0;
  while (at < expected.length && text[at] === expected[at]) at++;
  const found = JSON.stringify(text.slice(at, at + 16));
  if (/\s/.test(text[at] ?? "")) return `not canonical: white space at character ${at}`;
  const wanted = JSON.stringify(expected.slice(at, at + 16));
  return `not canonical: at character ${at} expected ${wanted}, found ${found} (order of keys, a key twice, or a spelling)`;
}
