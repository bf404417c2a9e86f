/**
 * What the tests of publishing share: an office with its stores and its public folder, which can be closed, killed and opened
 * again.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { readDefinition } from "../election/read-definition.ts";
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
import { type Failing, Trouble, troubledFolder, UnsyncedFolder } from "./trouble.ts";

/** Test keys of a world are hashes of their names. */
const seedOf = (name: string) => sha256(utf8(`teguh test key ${name}`));
export const KEYS = { master: seedOf("master"), editions: seedOf("editions") };

const EDITIONS_KEY = publicKeyOf(KEYS.editions);

const STATION = "5101011001001";

/** An election with its stores and its public folder; `open` is a new process with the same disks. */
export class Office {
  readonly world: World;
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
  readonly #folder = new UnsyncedFolder(this.publicDir, this.#newFolder());

  constructor(world = new World()) {
    this.world = world;
  }

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
    this.closeIndex();
    this.#index = PublishIndex.open(this.indexPath);
    this.#folder.begin(this.#newFolder());
    const log = (line: string) => this.lines.push(line);
    return Publisher.open({
      store: this.store,
      own: openMemoryStore(this.ownMedium, { fault: () => asFault(trouble.next()) }),
      index: this.#index,
      folder: troubledFolder(this.#folder, trouble),
      definitions: this.definitions,
      keys: KEYS,
      clock: () => this.now,
      log,
      ...change,
    });
  }

  /** The power fails: of what was written to the folder since the last flush, only the first `kept` writes are left. */
  losePower(kept: number): void {
    this.#folder.losePower(kept);
  }

  /**
   * Asserts that the public folder holds, from its files alone, and returns its editions. `midway`: the publisher may have
   * died, so there may be more than the checkpoint says.
   */
  check({ midway = false } = {}): Edition[] {
    const { origin } = this.world.model;
    const { definition } = this.world;
    return checkPublished(this.publicDir, { origin, editionsKey: EDITIONS_KEY, definition, midway });
  }

  /** Puts files back into the public folder, given by path and base64. */
  restorePublic(files: ReadonlyMap<string, string>): void {
    for (const [path, base64] of files) {
      mkdirSync(dirname(this.publicDir + path), { recursive: true });
      writeFileSync(this.publicDir + path, base64, "base64");
    }
  }

  #newFolder(): PublicFolder {
    return diskFolder(this.publicDir, (line) => this.lines.push(line));
  }

  closeIndex(): void {
    this.#index?.close();
    this.#index = null;
  }

  dropIndex(): void {
    this.closeIndex();
    for (const end of ["", "-wal", "-shm"]) rmSync(this.indexPath + end, { force: true });
  }

  get indexPath(): string {
    return join(this.dir, "publish-index.db");
  }

  readonly definitions: Definitions = {
    model: (root) => this.world.definition(root),
    objects: (root) => {
      const objects = new Map<Hash, Uint8Array>();
      readDefinition(root, (hash) => {
        const bytes = this.world.objects.get(hash);
        if (bytes) objects.set(hash, bytes);
        return bytes;
      });
      return objects;
    },
  };

  close(): void {
    this.closeIndex();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function asFault(failing: Failing | null): Fault | null {
  if (failing === null) return null;
  return failing === "done" ? "stored" : "not-stored";
}

/** An office whose officials have their keys, and nothing counted yet. */
export function readyOffice(world?: World): Office {
  const office = new Office(world);
  office.world.grantAll();
  return office;
}

/** A sheet of one station, corrected again and again: each changes one contest along one path of the geography. */
export class Corrections {
  readonly #office: Office;
  readonly #previous: [ppwp: Hash | null, dpr: Hash | null] = [null, null];
  #count = 0;

  constructor(office: Office) {
    this.#office = office;
  }

  /** Contests take turns. The first correction of each takes votes away. */
  async next(): Promise<void> {
    const { world } = this.#office;
    // Of a province with several districts the candidates stand apart: one more object for each edition.
    const other = world.model.contest("dprdp") ? "dprdp" : "dpr";
    const turn = this.#count++ % 2 === 0 ? 0 : 1;
    const votes = this.#count <= 2 ? 100 : 50 + (this.#count % 100);
    const previous = this.#previous[turn];
    const sheet =
      turn === 0
        ? world.sheet(STATION, "ppwp", [votes, 60, 40], previous)
        : world.sheet(STATION, other, [votes, 1, 2, 3, 4, 5], previous);
    this.#previous[turn] = sheet.id;
    await this.#office.receive();
  }
}
