/**
 * Content codings: what a reader accepts, and a body in each of them. Nearly all that is published is numbers in JSON, where
 * brotli's best quality is 25–30 % smaller than gzip or brotli's middle ones (measured: a nation's object 25 KB → 19 KB), but
 * takes a hundred times as long. So a body is packed quickly at first, and well once it is asked for again, in another thread.
 */
import { brotliCompress, brotliCompressSync, constants, gzipSync } from "node:zlib";

/** In our order of preference. */
export const CODINGS = ["br", "gzip"] as const;
export type Coding = (typeof CODINGS)[number];

/** Brotli's quality while somebody waits: as fast as gzip, and no larger. */
const QUICK = 5;
const BEST = 11;
/** Hash tiles are as good as random: packed they are no smaller, and only cost the reader. */
const WORTH = 0.9;

/** What was found out about headers: browsers send a handful of them. */
const known = new Map<string, readonly Coding[]>();
const MOST_KNOWN = 64;

/** The codings that an `accept-encoding` header allows, best liked first. */
export function acceptedCodings(header: string | string[] | undefined): readonly Coding[] {
  const text = String(header ?? "");
  const there = known.get(text);
  if (there !== undefined) return there;
  const found = readCodings(text);
  if (known.size < MOST_KNOWN && text.length < 256) known.set(text, found);
  return found;
}

function readCodings(header: string): Coding[] {
  const weights = new Map<string, number>();
  for (const part of header.split(",")) {
    const [name = "", ...parameters] = part.split(";").map((word) => word.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)));
  }
  const weightOf = (coding: Coding) => weights.get(coding) ?? weights.get("*") ?? 0;
  // A stable sort: of two that the reader likes alike, ours.
  return CODINGS.filter((coding) => weightOf(coding) > 0).sort((a, b) => weightOf(b) - weightOf(a));
}

/** A body and what was made of it so far; each coding is made when it is first asked for. */
export class CodedBody {
  readonly plain: Uint8Array;
  /** False for what is packed already, or too short. */
  readonly #compressible: boolean;
  /** Null: not worth it. */
  readonly #made = new Map<Coding, Uint8Array | null>();
  #best = false;

  constructor(plain: Uint8Array, compressible: boolean) {
    this.plain = plain;
    this.#compressible = compressible;
  }

  /** Bytes of memory that it takes when every coding was asked for, at most. */
  get mostBytes(): number {
    return this.plain.length * (this.#compressible ? 1 + CODINGS.length * WORTH : 1);
  }

  /** The body in the first of these codings that makes it smaller, or as it is. */
  in(accepted: readonly Coding[]): { readonly bytes: Uint8Array; readonly coding: Coding | null } {
    for (const coding of this.#compressible ? accepted : []) {
      const bytes = this.#made.get(coding) ?? this.#make(coding);
      if (bytes !== null) return { bytes, coding };
    }
    return { bytes: this.plain, coding: null };
  }

  /** Whether `improve` would do anything: brotli is asked for, and is not the best yet. */
  get isImprovable(): boolean {
    return !this.#best && this.#made.get("br") != null;
  }

  /** Replaces the quick brotli by the best one, made in another thread; `done` is called in any case. */
  improve(done: () => void): void {
    this.#best = true;
    brotliCompress(this.plain, brotliOptions(this.plain, BEST), (error, packed) => {
      // Without memory for it the quick one serves on.
      if (error === null) this.#made.set("br", packed);
      done();
    });
  }

  #make(coding: Coding): Uint8Array | null {
    if (this.#made.has(coding)) return null;
    const packed =
      coding === "gzip" ? gzipSync(this.plain) : brotliCompressSync(this.plain, brotliOptions(this.plain, QUICK));
    const kept = packed.length < this.plain.length * WORTH ? packed : null;
    this.#made.set(coding, kept);
    return kept;
  }
}

function brotliOptions(body: Uint8Array, quality: number) {
  return { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } };
}
