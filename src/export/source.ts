/**
 * Where an export reads from: objects by their hash, verified by whoever fetches them. A command reads a folder or an
 * address, a browser's worker the same address, the publisher its own files; what is made of the objects is the same code.
 */
import type { Json, JsonObject } from "../ledger/canonical.ts";

export interface ObjectSource {
  /** The object with this hash, its bytes checked against it. */
  object(hash: string): Promise<JsonObject>;
}

/** What was asked for cannot be made; the message says so in both languages. */
export class ExportError extends Error {
  override readonly name = "ExportError";
  readonly id: string;
  readonly en: string;

  constructor(id: string, en: string) {
    super(en);
    this.id = id;
    this.en = en;
  }
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects of a list; none where there is no list. */
export const rowsOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** The list, or an empty one. */
export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** An object's field that is an object; an empty one where there is none. */
export const partOf = (from: JsonObject, key: string): JsonObject => {
  const part = from[key];
  return isObject(part) ? part : {};
};

export const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

export const numberOf = (value: Json | undefined): number => (typeof value === "number" ? value : 0);

/** The hash in a field; null where there is none. */
export const hashIn = (value: Json | undefined): string | null => (typeof value === "string" ? value : null);

/**
 * What `make` gives for each item, in order, with up to `width` under way at a time: over a network each object costs a round
 * trip, and over a folder the processor waits for nobody.
 */
export async function* inOrder<In, Out>(
  list: Iterable<In>,
  width: number,
  make: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const under: Promise<Out>[] = [];
  try {
    for (const item of list) {
      const started = make(item);
      // Awaited in its turn; till then its failure must not count as unheard.
      started.catch(() => undefined);
      under.push(started);
      const first = under.length >= width ? under.shift() : undefined;
      if (first) yield await first;
    }
    for (const last of under.splice(0)) yield await last;
  } finally {
    await Promise.allSettled(under);
  }
}
