/**
 * The data that figures are measured on, made once and kept in a cache folder: the nation with 4.1 million sheets takes
 * minutes to write and some gigabytes. Raise VERSION when what is made changes.
 *
 * Figures that publish go on from where the last run left the folder, as a real centre would, so a cached nation grows by some
 * thousand corrections a run. `TEGUH_BENCH` puts the cache elsewhere; delete the folder to begin anew.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElectionFile } from "../src/election/definition.ts";
import { definitionObjects } from "../src/election/definition-tree.ts";
import type { Model } from "../src/election/model.ts";
import { asHash } from "../src/ledger/hash.ts";
import { definitionsIn } from "../src/publish/definitions.ts";
import { threadedFolder } from "../src/publish/folder-thread.ts";
import { PublishIndex } from "../src/publish/index-db.ts";
import { Publisher } from "../src/publish/publisher.ts";
import { createKeys, type Keys, loadKeys } from "../src/store/keys.ts";
import { openSqliteStore } from "../src/store/sqlite.ts";
import type { Store } from "../src/store/store.ts";
import { counted, noDiskUse } from "./disk-use.ts";
import { nationElection, ONE_PROVINCE, REPORTED, STATIONS, shuffled, stationsOf, within } from "./election.ts";
import { ALL_CONTESTS, Nation, seedOf } from "./nation.ts";

const VERSION = 7;

/** How much of the nation is measured. */
export interface Extent {
  readonly name: string;
  /** Its provinces; null: all. */
  readonly provinces: readonly string[] | null;
  /** Stations of the nation that it is cut from, if other than those of a real one. */
  readonly stations?: number;
}

export const NATION_WIDE: Extent = { name: "nation", provinces: null };
/** Bali and West Nusa Tenggara, 2 % of the nation: what a short run measures in its place. */
export const SHARE: Extent = { name: "share", provinces: [ONE_PROVINCE, "52"] };
export const BALI: Extent = { name: "bali", provinces: [ONE_PROVINCE] };
/** Bali with no fewer stations than it has in reality (12,915; 12,809), which the seeded rule gives it in a larger nation only. */
export const FULL_BALI: Extent = { name: "full-bali", provinces: [ONE_PROVINCE], stations: 1_418_500 };

/** Where everything is kept between runs. */
export const cacheFolder = (): string => process.env.TEGUH_BENCH ?? join(tmpdir(), `teguh-bench-${VERSION}`);

/** A data folder as the servers have it: the store, the definition, and what is published. */
export class Data {
  dir: string;
  readonly #extent: Extent;
  readonly #signed: boolean;

  constructor(extent: Extent, options: { readonly signed?: boolean; readonly kind?: string } = {}) {
    this.#extent = extent;
    this.#signed = options.signed ?? false;
    this.dir = join(cacheFolder(), `${extent.name}${options.kind ? `-${options.kind}` : ""}`);
  }

  /** As the servers find them. */
  get keys(): Keys {
    return loadKeys(join(this.dir, "keys"));
  }

  get publicDir(): string {
    return join(this.dir, "public");
  }

  /** Makes the part called `name` unless it is there; what a broken run left of it is removed first. */
  async #part(name: string, leftovers: readonly string[], make: () => Promise<void>): Promise<void> {
    const done = join(this.dir, `${name}.done`);
    if (existsSync(done)) return;
    const began = performance.now();
    for (const file of leftovers) rmSync(join(this.dir, file), { recursive: true, force: true });
    mkdirSync(this.dir, { recursive: true });
    await make();
    writeFileSync(done, "");
    process.stderr.write(`made ${this.dir}: ${name} in ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
  }

  /**
   * The statements: every reported station's sheets, in an order of arrival that jumps about, unless there are to be none
   * yet; and a reading of each, if wanted.
   */
  async statements({ sheets = true, readings = false } = {}): Promise<void> {
    await this.#part("statements", ["store.db", "store.db-wal", "store.db-shm", "definition", "keys"], async () => {
      this.#writeDefinition();
      let word = 0;
      createKeys(join(this.dir, "keys"), () => seedOf(`secret ${word++}`));
      const model = this.model();
      const store = openSqliteStore(this.storePath);
      const nation = await Nation.create({ store, model, signed: this.#signed, keys: this.keys });
      const reported = sheets ? this.reported(model) : [];
      await nation.sheets(reported, ALL_CONTESTS);
      if (readings) await nation.readings([...reported].sort(), ALL_CONTESTS);
      await store.close();
    });
  }

  /** The first edition of all statements, and a snapshot of every kecamatan: a centre in the middle of its work. */
  async published(): Promise<void> {
    const files = ["publish.db", "publish-index.db"].flatMap((file) => [file, `${file}-wal`, `${file}-shm`]);
    await this.#part("published", [...files, "public"], async () => {
      const store = this.openStore({ readOnly: true });
      const publisher = await this.openPublisher(store);
      await publisher.step();
      // Each step saves a portion of the snapshots; a kecamatan takes some 170 KB.
      for (let i = 0; i < SAVING_STEPS; i++) await publisher.step();
      await publisher.close();
      await store.close();
    });
  }

  /** A copy to change, beside the folder. */
  copy(): Data {
    const copy = new Data(this.#extent, { signed: this.#signed });
    copy.dir = `${this.dir}-${process.pid}`;
    cpSync(this.dir, copy.dir, { recursive: true });
    return copy;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  get storePath(): string {
    return join(this.dir, "store.db");
  }

  get definitionDir(): string {
    return join(this.dir, "definition");
  }

  openStore(options: { readonly readOnly?: boolean } = {}): Store {
    return openSqliteStore(this.storePath, options);
  }

  /** The election in an open store, to append to. */
  async openNation(store: Store, model: Model): Promise<Nation> {
    return Nation.open({ store, model, signed: this.#signed, keys: this.keys });
  }

  /** The publisher of this folder; `use` counts what it writes to the public part. */
  async openPublisher(store: Store, use = noDiskUse()): Promise<Publisher> {
    mkdirSync(this.publicDir, { recursive: true });
    const log = (line: string) => process.stderr.write(`${line}\n`);
    const folder = counted(threadedFolder(this.publicDir, log), use);
    await folder.sync();
    return Publisher.open({
      store,
      own: openSqliteStore(join(this.dir, "publish.db")),
      index: PublishIndex.open(join(this.dir, "publish-index.db")),
      folder,
      definitions: definitionsIn(this.definitionDir),
      keys: this.keys,
      clock: Date.now,
      log,
    });
  }

  model(): Model {
    return definitionsIn(this.definitionDir).model(asHash(readFileSync(join(this.dir, "root"), "utf8")));
  }

  /** Stations that had reported when the store was made, in their order of arrival. */
  reported(model: Model): string[] {
    return this.#arrivals(model).slice(0, this.#reportedCount(model));
  }

  /** Stations that had not. */
  waiting(model: Model): string[] {
    return this.#arrivals(model).slice(this.#reportedCount(model));
  }

  #arrivals(model: Model): string[] {
    return shuffled(stationsOf(model, model.nation));
  }

  #reportedCount(model: Model): number {
    return Math.floor((model.nation.stationTo * REPORTED) / STATIONS);
  }

  #election(): ElectionFile {
    const { provinces, stations } = this.#extent;
    const nation = nationElection(stations);
    return provinces ? within(nation, provinces) : nation;
  }

  #writeDefinition(): void {
    const { root, objects } = definitionObjects(this.#election());
    mkdirSync(this.definitionDir, { recursive: true });
    for (const [hash, bytes] of objects) writeFileSync(join(this.definitionDir, `${hash}.json`), bytes);
    writeFileSync(join(this.dir, "root"), root);
  }
}

/** Enough portions of 4 MB for every kecamatan of the nation. */
const SAVING_STEPS = 500;
