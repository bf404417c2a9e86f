/** The shapes of which published objects are made: every decoder is written with these few, and each error names the field. */
import { fromUtf8 } from "../../../src/ledger/bytes.ts";

/** Sparse numbers: [column, number]. */
export type Sparse = readonly (readonly [number, number])[];

/** Bytes that are not the object they are said to be. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

export type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown, where: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ShapeError(`${where}: not an object`);
  return value as Fields;
}

export function text(value: unknown, where: string): string {
  if (typeof value !== "string") throw new ShapeError(`${where}: not a text`);
  return value;
}

export function integer(value: unknown, where: string): number {
  if (!Number.isSafeInteger(value)) throw new ShapeError(`${where}: not a whole number`);
  return value as number;
}

export function items<T>(value: unknown, where: string, item: (value: unknown, where: string) => T): T[] {
  if (!Array.isArray(value)) throw new ShapeError(`${where}: not a list`);
  return value.map((each, index) => item(each, `${where}[${index}]`));
}

/** The value, or null where it is missing or null. */
export function optional<T>(value: unknown, where: string, item: (value: unknown, where: string) => T): T | null {
  return value === undefined || value === null ? null : item(value, where);
}

/** As {@link integer}, 0 where the field is left out. */
export const orZero = (value: unknown, where: string) => (value === undefined ? 0 : integer(value, where));
export const integers = (value: unknown, where: string) => items(value, where, integer);
export const reported = (value: unknown, where: string) =>
  items(value, where, (each, at) => optional(each, at, integer));
export const texts = (value: unknown, where: string) => items(value, where, text);

export function sparse(value: unknown, where: string): Sparse {
  return items(value ?? [], where, (pair, at) => {
    const [column, amount] = integers(pair, at);
    return [integer(column, at), integer(amount, at)] as const;
  });
}

/** JSON of some bytes. Throws {@link ShapeError}. */
export function parseJson(bytes: Uint8Array, where: string): Fields {
  try {
    return fields(JSON.parse(fromUtf8(bytes)), where);
  } catch (cause) {
    if (cause instanceof ShapeError) throw cause;
    throw new ShapeError(`${where}: not JSON`);
  }
}
