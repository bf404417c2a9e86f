/**
 * The full audit: everything that is published is recomputed from the statements in the logs, edition by edition, and held
 * against what was signed.
 *
 * The newest checkpoint is read first and says how far everything goes, so that a folder may be audited while it is being
 * published: what comes later is not looked at. While this thread folds the statements, the others check their signatures.
 */
import { availableParallelism } from "node:os";
import { toHex } from "../../ledger/bytes.ts";
import type { ReadCheckpoint } from "../../ledger/checkpoint.ts";
import type { Hash } from "../../ledger/hash.ts";
import { type Advanced, moveCut, type SignedEdition } from "../../publish/edition.ts";
import { differs } from "../../publish/refold.ts";
import type { Build } from "../../tally/build.ts";
import { Tally } from "../../tally/fold.ts";
import type { AboutObject } from "../../tally/output.ts";
import type { Progress } from "../command.ts";
import { PublishedError } from "../log-files.ts";
import type { Reader } from "../reader.ts";
import { openSource, type Source } from "../source.ts";
import { Definitions } from "./definitions.ts";
import { checkEditions } from "./editions.ts";
import { Entries } from "./entries.ts";
import { type Fault, Faults } from "./faults.ts";
import { checkNow, checkObjects, checkStatus, judgeFiles } from "./folder.ts";
import { checkHeads } from "./heads.ts";
import type { Done, Job } from "./jobs.ts";
import { KeyTable } from "./key-table.ts";
import { readNamed } from "./keys.ts";
import { NeededObjects } from "./needed.ts";
import { Pool } from "./pool.ts";
import { checkUpperTiles } from "./tiles.ts";

export interface Audit {
  readonly editions: number;
  readonly logs: number;
  readonly statements: number;
  readonly signatures: number;
  readonly objects: number;
  readonly faults: readonly Fault[];
  /** `total` by the clock on the wall, the others added up over all threads. */
  readonly seconds: {
    readonly total: number;
    readonly signatures: number;
    readonly trees: number;
    readonly fold: number;
  };
}

export interface AuditOptions {
  readonly where: string;
  readonly reader: Reader;
  readonly since: ReadCheckpoint | null;
  readonly progress: Progress;
  /** How many threads check signatures beside this one; as many as there are processors, none for a small election. */
  readonly threads?: number;
}

const FEW = 2_000;

/** Audits a publication up to the reader's checkpoint. Throws only if it cannot be read at all. */
export async function audit(options: AuditOptions): Promise<Audit> {
  const auditor = new Auditor(options);
  await auditor.run();
  return auditor.result();
}

class Auditor {
  readonly #options: AuditOptions;
  readonly #source: Source;
  readonly #faults = new Faults();
  readonly #began = performance.now();
  readonly #needed = new NeededObjects();
  readonly #sizes = new Map<string, number>();
  readonly #roots = new Map<string, string>();
  /** Root of each full bundle of a log, by its number. */
  readonly #bundleRoots = new Map<string, Uint8Array[]>();
  /** Bundles whose hashes are not those of their tile: whose fault it is, the root will tell. */
  readonly #differing: { readonly log: string; readonly n: number; readonly places: readonly number[] }[] = [];
  readonly #missing: string[] = [];
  readonly #wrong: string[] = [];
  #editions: readonly SignedEdition[] = [];
  #advances: (readonly Advanced[])[] = [];
  #signatures = 0;
  #objects = 0;
  #seconds = { signatures: 0, trees: 0, fold: 0 };

  constructor(options: AuditOptions) {
    this.#options = options;
    this.#source = openSource(options.where);
  }

  result(): Audit {
    const total = (performance.now() - this.#began) / 1000;
    let statements = this.#options.reader.newest;
    for (const size of this.#sizes.values()) statements += size;
    return {
      editions: this.#editions.length,
      logs: this.#sizes.size + 1,
      statements,
      signatures: this.#signatures + this.#editions.length,
      objects: this.#objects,
      faults: this.#faults.list,
      seconds: { total, ...this.#seconds },
    };
  }

  async run(): Promise<void> {
    const { reader, since } = this.#options;
    this.#editions = await checkEditions(reader, since, this.#faults);
    await this.#readAdvances();
    const newest = this.#editions.at(-1);
    if (!newest) return;
    const { where, threads } = this.#options;
    const pool = new Pool({ where }, (job, done) => this.#take(job, done), threads ?? this.#threads());
    try {
      await this.#check(newest, pool);
    } finally {
      await pool.close();
    }
  }

  async #check(newest: SignedEdition, pool: Pool): Promise<void> {
    const { reader } = this.#options;
    const vkeys = await checkHeads(reader, newest, this.#sizes, this.#roots, this.#faults);
    const entries = new Entries(this.#source.files, this.#sizes);
    const named = await readNamed(reader, entries, this.#sizes, this.#faults);
    await checkStatus(reader, named.genesis, this.#faults);
    const definitions = new Definitions(reader);
    await this.#fetchDefinitions(definitions, named.definitions);

    pool.learn(KeyTable.of(named.keys));
    entries.giveTo((job) => pool.give(job));
    const folded = await this.#fold(entries, definitions, vkeys);
    await this.#readRest(entries);
    const must = new Set<Hash>(definitions.hashes());
    for (const { edition } of this.#editions) must.add(edition.advance);
    const lists = { needed: this.#needed, must, editions: this.#editions, folded };
    this.#objects = await checkObjects(this.#source, lists, pool);
    const current = folded ? { objects: this.#needed, definitions } : null;
    await checkNow(this.#source, reader, newest, current, pool, this.#faults);
    await pool.finish();
    await judgeFiles(lists, reader, this.#missing, this.#wrong, this.#faults);
    await this.#checkTrees(entries);
  }

  /** A thread takes longer to start than a few thousand signatures to check. */
  #threads(): number {
    let statements = 0;
    for (const size of this.#sizes.values()) statements += size;
    return statements < FEW ? 0 : availableParallelism();
  }

  async #readAdvances(): Promise<void> {
    const cut = new Map<string, { size: number; root: string }>();
    for (const edition of this.#editions) {
      try {
        const advance = await this.#options.reader.advance(edition);
        for (const [log, size] of advance) {
          if (size > (cut.get(log)?.size ?? 0)) continue;
          this.#faults.add(`edition ${edition.edition.number}`, `says that ${log} has shrunk to ${size}`);
        }
        moveCut(cut, advance);
        this.#advances.push(advance);
      } catch (error) {
        this.#faults.addError(error);
        break;
      }
    }
    for (const [log, { size, root }] of cut) {
      this.#sizes.set(log, size);
      this.#roots.set(log, root);
    }
  }

  async #fetchDefinitions(definitions: Definitions, roots: readonly Hash[]): Promise<void> {
    for (const root of new Set([...roots, ...this.#editions.map(({ edition }) => edition.definition)])) {
      await definitions.fetch(root).catch((error: unknown) => this.#faults.addError(error));
    }
  }

  /** Folds edition by edition. False: from some edition on that was not possible, and its faults say why. */
  async #fold(entries: Entries, definitions: Definitions, vkeys: ReadonlyMap<string, string>): Promise<boolean> {
    const tally = new Tally({ definition: (root) => definitions.model(root) });
    const vkeyOf = (log: string) => vkeys.get(log) ?? "";
    try {
      for (const [i, advance] of this.#advances.entries()) {
        const edition = this.#editions[i];
        if (!edition) break;
        this.#options.progress.tell(() => `edition ${i + 1} of ${this.#editions.length}`);
        if (!(await this.#foldAdvance(tally, entries, edition, advance))) return false;
        const began = performance.now();
        const objects: AboutObject[] = [];
        const build = tally.build(vkeyOf, ({ bytes: _, ...about }) => objects.push(about));
        this.#seconds.fold += (performance.now() - began) / 1000;
        if (!this.#compare(build, edition)) return false;
        this.#needed.record(edition.edition.number, objects);
      }
    } catch (error) {
      if (!(error instanceof PublishedError) && !isDefinitionFault(error)) throw error;
      if (error instanceof PublishedError) this.#faults.addError(error);
      return false;
    } finally {
      for (const { log, index, reason, fault } of tally.voids()) {
        if (fault) this.#faults.add(`${log}#${index}`, `must not be in the log: ${reason}`);
      }
    }
    return this.#advances.length === this.#editions.length;
  }

  async #foldAdvance(
    tally: Tally,
    entries: Entries,
    { edition }: SignedEdition,
    advance: readonly Advanced[],
  ): Promise<boolean> {
    for (const [log, size] of advance) {
      for await (const bundle of entries.read(log, tally.offered(log), size)) {
        const began = performance.now();
        for (const entry of bundle) tally.add(log, entry);
        this.#seconds.fold += (performance.now() - began) / 1000;
      }
    }
    let holds = true;
    for (const [log, size, root] of advance) {
      if (tally.size(log) === size && toHex(tally.root(log)) === root) continue;
      holds = false;
      const waits = tally.size(log) < size;
      const what = waits
        ? `is included up to ${size}, but entry ${tally.size(log)} names a prefix that this edition does not include`
        : `its entries up to ${size} do not give the root that edition ${edition.number} signs`;
      this.#faults.add(`log/${log}`, what);
    }
    return holds;
  }

  #compare(build: Build, { edition }: SignedEdition): boolean {
    const difference = differs(build, edition);
    if (difference === null) return true;
    this.#faults.add(`edition ${edition.number}`, `${difference} is not what its statements give`);
    return false;
  }

  /** Gives the threads what the fold did not reach. */
  async #readRest(entries: Entries): Promise<void> {
    for (const [log, size] of this.#sizes) {
      try {
        for await (const _ of entries.read(log, 0, size));
      } catch (error) {
        this.#faults.addError(error);
      }
    }
  }

  #take(job: Job, done: Done): void {
    this.#signatures += done.signatures;
    this.#seconds.signatures += done.signing;
    this.#seconds.trees += done.hashing;
    for (const { where, what } of done.faults) this.#faults.add(where, what);
    this.#missing.push(...done.missing);
    this.#wrong.push(...done.wrong);
    if (job.kind !== "bundle") return;
    const { log, n } = job;
    if (done.root) {
      const roots = this.#bundleRoots.get(log) ?? [];
      roots[n] = done.root;
      this.#bundleRoots.set(log, roots);
    }
    if (done.differing === null) this.#faults.add(job.tilePath, "is missing or cut short");
    else if (done.differing.length > 0) this.#differing.push({ log, n, places: done.differing });
  }

  /** Now that all roots are known: which of two files that differ is the wrong one; and the tiles above. */
  async #checkTrees(entries: Entries): Promise<void> {
    const began = performance.now();
    for (const { log, n, places } of this.#differing) {
      const files = entries.log(log);
      const size = entries.sizeOf(log);
      const wrong = this.#faults.list.some(({ where }) => where === `log/${log}`);
      const place = places[0] ?? 0;
      if (wrong)
        this.#faults.add(
          files.path("entries", n, size),
          `entry ${n * 256 + place} is not the one whose hash is in the tree`,
        );
      else this.#faults.add(files.path(0, n, size), `hash ${place} is not that of the entries`);
    }
    for (const [log, roots] of this.#bundleRoots) {
      if (!roots.includes(undefined as never))
        await checkUpperTiles(entries.log(log), roots, entries.sizeOf(log), this.#faults);
    }
    this.#seconds.trees += (performance.now() - began) / 1000;
  }
}

/** The definition cannot be read: said already where its objects were fetched. */
function isDefinitionFault(error: unknown): boolean {
  return error instanceof Error && error.name === "DefinitionError";
}
