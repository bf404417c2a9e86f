/**
 * What a build puts out: new objects, each under its hash. All trees of an edition write through one {@link Output}.
 */
import type { ContestKind } from "../election/codes.ts";
import type { Contest, Region } from "../election/model.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import type { JsonWriter } from "./json-writer.ts";

export type ObjectKind = "result" | "detail" | "lists" | "journal" | "district" | "districts" | "heads";

/** An object as what it is about. */
export interface AboutObject {
  readonly hash: Hash;
  readonly kind: ObjectKind;
  readonly contest: ContestKind | null;
  /** Code of the region or district it is about. */
  readonly region: string;
  readonly level: Region["level"] | null;
  /** The object that stood in its place in the last build; null also for a chunk of a journal, beside which others stay. */
  readonly replaces: Hash | null;
}

export interface BuiltObject extends AboutObject {
  readonly bytes: Uint8Array;
}

/** Takes each new object of a build as it is made. Its bytes are valid during the call: whoever keeps them copies them. */
export type TakeObject = (object: BuiltObject) => void;

/** What the trees write through. The writer is the caller's: what it knows of names serves the next build as well. */
export class Output {
  readonly writer: JsonWriter;
  readonly #give: TakeObject;

  constructor(writer: JsonWriter, give: TakeObject) {
    this.writer = writer;
    this.#give = give;
  }

  /** Keeps what was written as an object, unless it is the one that stands there already. */
  take(about: Omit<BuiltObject, "hash" | "bytes">): Hash {
    const bytes = this.writer.finish();
    const hash = hashHex(bytes);
    if (hash !== about.replaces) this.#give({ hash, bytes, ...about });
    return hash;
  }
}

/** What an object of a region in a contest is about. */
export function aboutRegion(
  kind: ObjectKind,
  contest: Contest,
  region: Region,
  replaces: Hash | null,
): Omit<AboutObject, "hash"> {
  return { kind, contest: contest.kind, region: region.code, level: region.level, replaces };
}
