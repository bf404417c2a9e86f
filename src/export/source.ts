/**
 * Where an export reads from: objects by their hash, verified by whoever fetches them. A command reads a folder or an
 * address, a browser's worker the same address, the publisher its own files; what is made of the objects is the same code.
 */
import type { Json, JsonObject } from "../ledger/canonical.ts";

export interface ObjectSource {
  /** The object with this hash, its bytes checked against it. */
  object(hash: string): Promise<JsonObject>;
}

/**
 * A result object with the candidates that it carries in its books, also where they stand apart. Throws {@link ExportError} if what
 * it names for them is of another region, and what the source throws.
 */
export async function withLists(source: ObjectSource, object: JsonObject): Promise<JsonObject> {
  const hash = hashIn(object.lists);
  if (hash === null) return object;
  const { contest, count, format, recap, region } = await source.object(hash);
  if (format !== "teguh/lists/v1" || contest !== object.contest || region !== object.region) {
    const where = `${textOf(object.contest)} ${textOf(object.region)}`;
    throw new ExportError(
      `objek ${hash} bukan suara calon ${where}, padahal disebut di sana`,
      `the object ${hash} is not of the candidates of ${where}, which names it for them`,
    );
  }
  const whole = (book: string, lists: Json | undefined) => ({ ...partOf(object, book), lists: listOf(lists) });
  return { ...object, count: whole("count", count), recap: whole("recap", recap) };
}

const SAID = ["counted", "figures", "invalid", "parties", "total", "valid", "votes", "written"] as const;

/** What a book has of a station in a desa's row: a reading that says what the sheet says leaves that to the row's `count`. */
export function stationIn(row: JsonObject, book: "count" | "recap"): JsonObject {
  const own = partOf(row, book);
  if (own.as !== "count") return own;
  const sheet = partOf(row, "count");
  const said = SAID.flatMap((key) => {
    const value = sheet[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...own, ...Object.fromEntries(said) };
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
