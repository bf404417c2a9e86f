/**
 * The verified reader: what the page shows passes through here and nowhere else.
 *
 * A page needs its whole path, nation to region, and the names of what is counted there. All files are asked for at once
 * (`now/…` names hold the current object of each region, and what names its choices), and then the chain of hashes is checked from
 * the signed edition down: a file that is of another edition, because a publication is under way, is replaced by the object that
 * its verified parent names. The totals of every object on the path are recomputed. So a cold reader needs three round trips: page,
 * script, data.
 */
import { namesRegion } from "../../../src/election/codes.ts";
import { equalBytes } from "../../../src/ledger/bytes.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import type { Verifier } from "../../../src/ledger/note.ts";
import { checkHash, checkSums, decode } from "./checks.ts";
import { type Edition, editionsKey, faulted, type Head, openHead, openNow } from "./edition.ts";
import { Fault } from "./fault.ts";
import type { Fetch } from "./files.ts";
import { objectPath } from "./files.ts";
import type { Memory } from "./memory.ts";
import { NameReader } from "./name-reader.ts";
import type { Names } from "./names.ts";
import type { ChildRow, ResultObject } from "./objects.ts";
import { decodeStatus, type Status } from "./status.ts";
import { differsFromRow } from "./sums.ts";

/** What was checked for one page. */
export interface Checks {
  /** Objects whose hash was found in its parent or in the edition. */
  readonly objects: number;
  /** Totals that were recomputed and found equal. */
  readonly sums: number;
  /** The size of the log of editions that this browser saw before and found continued; null on a first visit. */
  readonly since: number | null;
}

/** A region of the page: its verified object, or, where nothing was reported, only its parent's row. */
export type Place =
  | { readonly reported: true; readonly object: ResultObject }
  | { readonly reported: false; readonly row: ChildRow };

/** A region in one edition, verified. */
export interface State {
  /** Nation first; empty if nothing at all was reported. */
  readonly path: readonly ResultObject[];
  /** The last of the path, or the row of a region where nothing was reported; null if the whole path is empty. */
  readonly place: Place | null;
  /** By hash of the definition object. */
  readonly names: ReadonlyMap<string, Names>;
  /** Totals that were recomputed and found equal. */
  readonly sums: number;
}

/** One verified state of one page. Everything in it belongs to one edition. */
export interface Snapshot extends Omit<State, "sums"> {
  readonly status: Status;
  readonly edition: Edition;
  readonly head: Head;
  readonly contest: string;
  readonly checks: Checks;
}

/** The regions from the nation's child down to `region`: prefixes of its code. */
export function prefixes(region: string): string[] {
  return [2, 4, 6, 10].filter((length) => length <= region.length).map((length) => region.slice(0, length));
}

export interface ReaderOptions {
  readonly fetch: Fetch;
  /**
   * What is remembered of this site. A simulation that is begun anew at the same address is another election, and its own
   * genesis names its memory; a real one has only one (""), so that no other genesis can make the browser forget.
   */
  readonly memory: (simulation: string) => Memory;
  /** What the page was told when it was published, the editions key above all; null: `status.json` says it. */
  readonly status: Status | null;
}

export class Reader {
  readonly #fetch: Fetch;
  readonly #memoryOf: (simulation: string) => Memory;
  #memory: Memory | null = null;
  #status: Status | null;
  /** Where that stands. */
  readonly #statusFile: string;
  /** Verified bytes never change, so what was decoded once serves later editions too. */
  readonly #results = new Map<string, ResultObject>();
  /** Pages whose whole path was loaded. */
  readonly #visited = new Set<string>();
  readonly #names = new NameReader((hash) => this.object(hash));

  constructor({ fetch, memory, status }: ReaderOptions) {
    this.#fetch = fetch;
    this.#memoryOf = memory;
    this.#status = status;
    this.#statusFile = status === null ? "status.json" : "index.html";
  }

  /** The current verified state of a contest in a region ("0" or 2, 4, 6, 10 digits). Rejects with {@link Fault}. */
  async load(contest: string, region: string): Promise<Snapshot> {
    const codes = region === "0" ? [] : prefixes(region);
    const nowPath = `now/${contest}.json`;
    // Who has been here has most of the path in hand: of a newer edition only what changed is fetched, by its hash.
    const page = `${contest}/${region}`;
    const isNew = !this.#visited.has(page);
    const guesses = isNew ? codes : [];
    const namesPath = `now/${contest}/${namesRegion(contest, region)}.names.json`;
    const [status, nowBytes, names, ...files] = await Promise.all([
      this.#readStatus(),
      this.#fetch(nowPath),
      // Whatever keeps these from coming: the objects in it can be had one by one.
      isNew ? this.#fetch(namesPath).catch(() => null) : null,
      ...guesses.map((code) => this.#fetch(`now/${contest}/${code}.json`)),
    ]);
    if (nowBytes === null) throw new Fault("unknown-place", nowPath, "this contest has no published figures yet");
    this.#names.offer(names);
    const key = this.#key(status);
    const { edition, head, nation } = await openNow(nowBytes, key, nowPath);
    const inHand = new Map([["0", nation], ...guesses.map((code, depth) => [code, files[depth] ?? null] as const)]);
    const walked = await this.#walk(edition, contest, codes, inHand);
    const [since, state] = await Promise.all([
      this.#continues(head, key, this.#remembering(status)),
      this.#checked(walked),
    ]);
    this.#remembering(status).write({ vkey: status.editionsVkey, checkpoint: head.note });
    this.#visited.add(page);
    const { sums, ...shown } = state;
    const checks = { objects: shown.path.length + shown.names.size, sums, since };
    return { status, edition, head, contest, ...shown, checks };
  }

  /**
   * A neighbour of the region on the screen, in the same edition: nothing but its own object and names is fetched. Null where
   * that is too far, or no longer kept: then the current state is to be loaded. Rejects with {@link Fault}.
   */
  async step(from: Snapshot, region: string): Promise<Snapshot | null> {
    const above = prefixes(region).slice(0, -1).at(-1) ?? "0";
    if (!from.path.some((object) => object.region === region || object.region === above)) return null;
    try {
      const { path, place, names, sums } = await this.stateIn(from.edition, from.contest, region);
      return { ...from, path, place, names, checks: { ...from.checks, objects: path.length + names.size, sums } };
    } catch (cause) {
      if (cause instanceof Fault && cause.code === "gone") return null;
      throw cause;
    }
  }

  /** A region's verified state in an edition that is itself verified. Rejects with {@link Fault}: `gone` where it is not kept. */
  async stateIn(edition: Edition, contest: string, region: string): Promise<State> {
    const codes = region === "0" ? [] : prefixes(region);
    return this.#checked(await this.#walk(edition, contest, codes, new Map()));
  }

  /** From the edition down, each object by the hash that its verified parent names; `inHand`: bytes that may be it, by region. */
  async #walk(
    edition: Edition,
    contest: string,
    codes: readonly string[],
    inHand: ReadonlyMap<string, Uint8Array | null>,
  ): Promise<Pick<State, "path" | "place">> {
    const root = edition.results.get(contest);
    if (root === undefined) return { path: [], place: null };
    const path: ResultObject[] = [await this.#open(root, inHand.get("0") ?? null, `now/${contest}.json`, contest, "0")];
    for (const code of codes) {
      const row = path.at(-1)?.children.find((child) => child.code === code);
      const file = `now/${contest}/${code}.json`;
      if (row === undefined) throw new Fault("unknown-place", file, `there is no region ${code} in this contest`);
      if (row.hash === null) return { path, place: { reported: false, row } };
      const object = await this.#open(row.hash, inHand.get(code) ?? null, file, contest, code);
      const difference = differsFromRow(row, object);
      if (difference !== null) {
        throw new Fault("wrong-row", objectPath(row.hash), `${code} says another ${difference} than its parent's row`);
      }
      path.push(object);
    }
    const object = path.at(-1);
    return { path, place: object === undefined ? null : { reported: true, object } };
  }

  /** With the names that the last object needs, and every total on the path recomputed. */
  async #checked({ path, place }: Pick<State, "path" | "place">): Promise<State> {
    const names = await this.#names.of(path.at(-1));
    return { path, place, names, sums: path.reduce((total, object) => total + checkSums(object, names), 0) };
  }

  /** The size of the published log of editions: larger than the one shown means that newer data are there. */
  async latest(): Promise<number> {
    const bytes = await this.#fetch("checkpoint");
    if (bytes === null) throw new Fault("unreachable", "checkpoint", "the checkpoint is not there");
    const note = new TextDecoder().decode(bytes);
    return (await openHead(note, this.#key(await this.#readStatus()), "checkpoint")).size;
  }

  /** An object that a verified one names. Rejects with {@link Fault}: `gone` where there is no such file. */
  async object(hash: string): Promise<Uint8Array> {
    const path = objectPath(hash);
    const bytes = await this.#fetch(path);
    if (bytes === null) throw new Fault("gone", path, "the object is not there");
    checkHash(bytes, hash, path);
    return bytes;
  }

  /** A result object that a verified one names. Rejects with {@link Fault}. */
  result(hash: string, contest: string, region: string): Promise<ResultObject> {
    return this.#open(hash, null, objectPath(hash), contest, region);
  }

  /** The districts whose choices an object counts or that name its parties. Rejects with {@link Fault}. */
  namesOf(object: ResultObject): Promise<ReadonlyMap<string, Names>> {
    return this.#names.of(object);
  }

  /** For what is read besides results: logs. */
  get fetch(): Fetch {
    return this.#fetch;
  }

  /** The verifier of the log of editions. Throws {@link Fault}. */
  async editionsKey(): Promise<Verifier> {
    return this.#key(await this.#readStatus());
  }

  async #readStatus(): Promise<Status> {
    if (this.#status !== null) return this.#status;
    const file = this.#statusFile;
    const bytes = await this.#fetch(file);
    if (bytes === null) throw new Fault("unreachable", file, "nothing has been published here yet");
    this.#status = faulted(file, () => decodeStatus(bytes));
    return this.#status;
  }

  #remembering({ simulation, genesis }: Status): Memory {
    this.#memory ??= this.#memoryOf(simulation ? genesis : "");
    return this.#memory;
  }

  /** The remembered key; the one that the site names is believed on the first visit only. */
  #key(status: Status): Verifier {
    const { editionsVkey } = status;
    const trusted = this.#remembering(status).read()?.vkey ?? editionsVkey;
    if (trusted !== editionsVkey) {
      const what = "the site names another editions key than before";
      throw new Fault("wrong-key", this.#statusFile, what, [trusted, editionsVkey]);
    }
    return editionsKey(trusted, this.#statusFile);
  }

  /** `bytes` if they are the object, else the object itself by its hash. */
  async #open(
    hash: string,
    bytes: Uint8Array | null,
    file: string,
    contest: string,
    region: string,
  ): Promise<ResultObject> {
    const known = this.#results.get(hash);
    if (known !== undefined) return known;
    const inHand = bytes !== null && hashHex(bytes) === hash;
    const path = inHand ? file : objectPath(hash);
    const object = decode(inHand ? bytes : await this.object(hash), path);
    if (object.contest !== contest || object.region !== region) {
      throw new Fault(
        "wrong-place",
        path,
        `expected ${contest} in ${region}, found ${object.contest} in ${object.region}`,
      );
    }
    this.#results.set(hash, object);
    return object;
  }

  /** Checks that this head continues the remembered one; the remembered size, or null on a first visit. */
  async #continues(head: Head, key: Verifier, memory: Memory): Promise<number | null> {
    const kept = memory.read();
    if (kept === null) return null;
    const before = await openHead(kept.checkpoint, key, "checkpoint");
    const evidence = [before.note, head.note];
    if (head.size < before.size) {
      throw new Fault("rolled-back", "checkpoint", `edition log of ${head.size} after one of ${before.size}`, evidence);
    }
    const continued =
      head.size === before.size ? equalBytes(head.root, before.root) : await this.#contains(head, before);
    if (!continued) throw new Fault("forked", "checkpoint", "two signed histories that cannot both be true", evidence);
    return before.size;
  }

  /** A first visit has nothing to compare, so what makes such a proof is fetched by those that have. */
  async #contains(head: Head, before: Head): Promise<boolean> {
    let proofs: typeof import("./continuity.ts");
    try {
      proofs = await import("./continuity.ts");
    } catch (cause) {
      throw new Fault("unreachable", "assets/", String(cause));
    }
    return proofs.isContinued(this.#fetch, before, head);
  }
}
