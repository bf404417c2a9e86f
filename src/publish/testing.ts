/**
 * What the tests of publishing share: an office with its stores and its public folder, which can be closed, killed and opened
 * again, and a folder whose writes fail when they are told to.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { utf8 } from "../ledger/bytes.ts";
import { type Hash, sha256 } from "../ledger/hash.ts";
import { parseStatement } from "../ledger/statement.ts";
import { type Fault, MemoryMedium, openMemoryStore } from "../store/memory.ts";
import { World } from "../tally/testing.ts";
import { checkPublished } from "./check-published.ts";
import type { Definitions } from "./definitions.ts";
import type { Edition } from "./edition.ts";
import { diskFolder, type PublicFolder } from "./folder.ts";
import { PublishIndex } from "./index-db.ts";
import { Publisher, type PublisherOptions } from "./publisher.ts";

/** Test keys of a world are hashes of their names. */
const seedOf = (name: string) => sha256(utf8(`teguh test key ${name}`));
export const KEYS = { master: seedOf("master"), editions: seedOf("editions") };

const EDITIONS_KEY = publicKeyOf(KEYS.editions);

const STATION = "5101011001001";

/** How the write that is about to happen fails: it did not happen, or it did and we are told otherwise. */
export type Failing = "not-done" | "done";

/** Counts the writes of publisher and folder, and makes one of them fail. */
export class Trouble {
  writes = 0;
  readonly #at: number;
  readonly #how: Failing;

  /** Without `at`, nothing fails and the writes are counted. */
  constructor(at = Number.POSITIVE_INFINITY, how: Failing = "not-done") {
    this.#at = at;
    this.#how = how;
  }

  /** Whether this write fails. */
  next(): Failing | null {
    return this.writes++ === this.#at ? this.#how : null;
  }
}

export class PulledPlug extends Error {}

export function troubledFolder(folder: PublicFolder, trouble: Trouble): PublicFolder {
  const guard = <A extends unknown[], R>(write: (...args: A) => R) => {
    return (...args: A): R => {
      const failing = trouble.next();
      if (failing === "not-done") throw new PulledPlug("a write failed");
      const result = write(...args);
      if (failing === "done") throw new PulledPlug("a write was done, and said to have failed");
      return result;
    };
  };
  return {
    read: folder.read,
    list: folder.list,
    writeOnce: guard(folder.writeOnce),
    replace: guard(folder.replace),
    grow: guard(folder.grow),
    link: guard(folder.link),
    remove: guard(folder.remove),
    sync: guard(folder.sync),
  };
}

/** An election with its stores and its public folder; `open` is a new process with the same disks. */
export class Office {
  readonly world = new World();
  readonly dir = mkdtempSync(join(tmpdir(), "teguh-publish-"));
  readonly publicDir = join(this.dir, "public");
  readonly medium = new MemoryMedium();
  readonly store = openMemoryStore(this.medium);
  ownMedium = new MemoryMedium();
  /** Milliseconds. */
  now = Date.UTC(2029, 1, 14, 10);
  readonly lines: string[] = [];
  #given = 0;
  #epoch: number | null = null;
  #index: PublishIndex | null = null;

  /** The centre appends what the world has said since the last time. */
  async receive(): Promise<void> {
    this.#epoch ??= await this.store.claim("core");
    const entries = this.world.order.slice(this.#given).map(({ log, bytes }) => {
      return { log, bytes, id: parseStatement(bytes).id, chain: null, hot: false };
    });
    this.#given += entries.length;
    await this.store.append(entries, this.#epoch);
  }

  /** A new process: whatever the one before held in memory is gone. */
  async open(trouble = new Trouble(), change: Partial<PublisherOptions> = {}): Promise<Publisher> {
    this.#index?.close();
    this.#index = PublishIndex.open(this.indexPath);
    const log = (line: string) => this.lines.push(line);
    return Publisher.open({
      store: this.store,
      own: openMemoryStore(this.ownMedium, { fault: () => asFault(trouble.next()) }),
      index: this.#index,
      folder: troubledFolder(diskFolder(this.publicDir, log), trouble),
      definitions: this.definitions,
      keys: KEYS,
      clock: () => this.now,
      log,
      ...change,
    });
  }

  /** Asserts that the public folder holds, from its files alone, and returns its editions. */
  check(): Edition[] {
    const { origin } = this.world.model;
    return checkPublished(this.publicDir, { origin, editionsKey: EDITIONS_KEY, definition: this.world.definition });
  }

  get indexPath(): string {
    return join(this.dir, "publish-index.db");
  }

  readonly definitions: Definitions = {
    model: (root) => this.world.definition(root),
    objects: () => this.world.objects as ReadonlyMap<Hash, Uint8Array>,
  };

  close(): void {
    this.#index?.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function asFault(failing: Failing | null): Fault | null {
  if (failing === null) return null;
  return failing === "done" ? "stored" : "not-stored";
}

/** An office whose officials have their keys, and nothing counted yet. */
export function readyOffice(): Office {
  const office = new Office();
  office.world.grantAll();
  return office;
}

/** A sheet of one station, corrected again and again: each call changes two contests along one path of the geography. */
export class Corrections {
  readonly #office: Office;
  #ppwp: Hash | null = null;
  #dpr: Hash | null = null;
  #votes = 100;

  constructor(office: Office) {
    this.#office = office;
  }

  async next(): Promise<void> {
    const { world } = this.#office;
    this.#votes = this.#votes === 100 ? 90 : this.#votes + 1;
    this.#ppwp = world.sheet(STATION, "ppwp", [this.#votes, 60, 40], this.#ppwp).id;
    this.#dpr = world.sheet(STATION, "dpr", [this.#votes, 1, 2, 3, 4, 5], this.#dpr).id;
    await this.#office.receive();
  }
}
