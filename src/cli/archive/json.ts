/**
 * JSON from strangers, without its quietest trap: `JSON.parse` keeps the last of two equal keys, so a record that says
 * both 10 and 100 for one candidate would be imported as if it were sure. Such a record is refused by name.
 *
 * The check costs one pass over the text: a text without duplicates has exactly as many keys as it has colons outside
 * strings. Only when the two numbers differ is the text walked again, slowly, to say which key it was.
 */

/** The text is not JSON, or ambiguous. The message says what and, where it is known, where. */
export class JsonError extends Error {
  override readonly name = "JsonError";
}

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };

/** Parses JSON text. Throws {@link JsonError}: not JSON, cut off, or with a key twice in one object. */
export function parseStrictJson(text: string): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new JsonError(whyNotJson(text, cause), { cause });
  }
  if (countKeys(value) !== countColons(text)) {
    throw new JsonError(`the key ${JSON.stringify(duplicateKey(text))} stands twice in one object`);
  }
  return value;
}

/** True for a JSON object (not an array, not null). */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function whyNotJson(text: string, cause: unknown): string {
  if (text.trim() === "") return "is empty";
  const reason = cause instanceof Error ? cause.message : "";
  if (/Unexpected end|Unterminated|Expected .* after|Expected double-quoted/.test(reason) && !/[}\]]\s*$/.test(text)) {
    return "is cut off in the middle of its JSON";
  }
  return "is not JSON";
}

function countKeys(value: JsonValue): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countKeys(item);
    return count;
  }
  for (const key of Object.keys(value)) count += 1 + countKeys(value[key] ?? null);
  return count;
}

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;

function countColons(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === COLON) count++;
    else if (c === QUOTE) i = endOfString(text, i);
  }
  return count;
}

/** The place of the quote that ends the string which begins at `from`. */
function endOfString(text: string, from: number): number {
  let i = from + 1;
  while (i < text.length && text.charCodeAt(i) !== QUOTE) i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
  return i;
}

/** The first key that an object of this (well-formed) JSON text has twice. */
function duplicateKey(text: string): string {
  const open: Set<string>[] = [];
  let last = "";
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "{") open.push(new Set());
    else if (c === "}") open.pop();
    else if (c === '"') {
      const end = endOfString(text, i);
      last = JSON.parse(text.slice(i, end + 1)) as string;
      i = end;
    } else if (c === ":") {
      const keys = open.at(-1);
      if (keys?.has(last)) return last;
      keys?.add(last);
    }
  }
  return last;
}
