/** JSON Schema's complaints as faults that a person can act on: one per place, with a path as people write it. */
import type { TSchema } from "typebox";
// Of the library only what checks: its other entries load twice as many modules into every process.
import { Compile, Errors } from "typebox/schema";
import { Settings } from "typebox/system";
import type { Fault, Text } from "./text.ts";

// By default only the first 8 complaints come. Every fault is to be named; the bound is for a body made to be wrong.
Settings.Set({ maxErrors: 4096 });

interface SchemaError {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly params: object;
}

const TYPE_WORDS: Readonly<Record<string, Text>> = {
  integer: { id: "bilangan bulat", en: "a whole number" },
  string: { id: "teks", en: "text" },
  boolean: { id: "true atau false", en: "true or false" },
  array: { id: "daftar [...]", en: "a list [...]" },
  object: { id: "objek {...}", en: "an object {...}" },
  null: { id: "null", en: "null" },
};

/** `/contests/0/name` as `contests[0].name`; the whole input as `$`. */
function readable(pointer: string, key?: string): string {
  const steps = pointer.split("/").slice(1);
  if (key !== undefined) steps.push(key);
  const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step.replaceAll("~1", "/")}`)).join("");
  return path.replace(/^\./, "") || "$";
}

const both = (id: string, en: string): Text => ({ id, en });

function param(error: SchemaError, name: string): unknown {
  return (error.params as Record<string, unknown>)[name];
}

function names(error: SchemaError, name: string): string[] {
  const value = param(error, name);
  return Array.isArray(value) ? value.map(String) : [];
}

function describe(error: SchemaError): Text {
  const limit = String(param(error, "limit") ?? "");
  switch (error.keyword) {
    case "type": {
      const type = String(param(error, "type"));
      const words = TYPE_WORDS[type] ?? both(type, type);
      return both(`harus ${words.id}`, `must be ${words.en}`);
    }
    case "enum": {
      const allowed = names(error, "allowedValues").join(", ");
      return both(`harus salah satu dari: ${allowed}`, `must be one of: ${allowed}`);
    }
    case "const":
      return both("nilainya tidak sesuai", "has not the value that it must have");
    case "pattern": {
      const pattern = String(param(error, "pattern"));
      return both(`bentuknya harus sesuai ${pattern}`, `must match ${pattern}`);
    }
    case "minimum":
      return both(`paling kecil ${limit}`, `must be at least ${limit}`);
    case "maximum":
      return both(`paling besar ${limit}`, `must be at most ${limit}`);
    case "minLength":
    case "minItems":
      return both(`terlalu pendek; paling sedikit ${limit}`, `too short; at least ${limit}`);
    case "maxLength":
    case "maxItems":
      return both(`terlalu panjang; paling banyak ${limit}`, `too long; at most ${limit}`);
    default:
      return both("bentuknya tidak sesuai", "has not the right form");
  }
}

function faultsOf(error: SchemaError): Fault[] {
  const { keyword, instancePath } = error;
  if (keyword === "required") {
    const what = both("harus ada", "is required");
    return names(error, "requiredProperties").map((key) => ({ path: readable(instancePath, key), what }));
  }
  if (keyword === "additionalProperties") {
    const what = both("tidak dikenal; hapus", "is not a known field; remove it");
    return names(error, "additionalProperties").map((key) => ({ path: readable(instancePath, key), what }));
  }
  return [{ path: readable(instancePath), what: describe(error) }];
}

const accepts = new WeakMap<TSchema, (value: unknown) => boolean>();

/** Whether the value fits the schema; compiled once per schema, since statements and nations are many. */
export function fits(schema: TSchema, value: unknown): boolean {
  let check = accepts.get(schema);
  if (check === undefined) {
    const compiled = Compile(schema);
    check = (candidate) => compiled.Check(candidate);
    accepts.set(schema, check);
  }
  return check(value);
}

/** A list with a fault inside, where null would be right too: "must be null" would only distract from the fault. */
function isOtherChoice({ keyword, schemaPath, instancePath }: SchemaError, errors: readonly SchemaError[]): boolean {
  if (keyword !== "anyOf" && !/\/anyOf\/\d+$/.test(schemaPath)) return false;
  return errors.some((other) => other.instancePath.startsWith(`${instancePath}/`));
}

/** Every place where the value breaks the schema, once; empty if it does not. */
export function schemaFaults(schema: TSchema, value: unknown): Fault[] {
  if (fits(schema, value)) return [];
  const errors: readonly SchemaError[] = Errors(schema, value)[1];
  const byPath = new Map<string, Fault>();
  for (const error of errors) {
    // "boolean" is the schema `false` behind an unknown field, which additionalProperties names better.
    if (error.keyword === "boolean" || isOtherChoice(error, errors)) continue;
    for (const fault of faultsOf(error)) if (!byPath.has(fault.path)) byPath.set(fault.path, fault);
  }
  return [...byPath.values()];
}
