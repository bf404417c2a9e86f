/**
 * A data folder: where an election lives on the machine that runs it. Here it is founded, and opened for writing by the
 * commands that write (`init`, `import`); servers open the same files through `src/server`.
 *
 *   DIR/store.db   statements        DIR/election.json   the definition in force, as its file
 *   DIR/keys/      secrets           DIR/definition/     its objects, and those of every definition before; what was read
 *                                                        of each (`.ground`), which can be lost
 *   DIR/public/    what everyone reads; DIR/publish*.db belong to the publisher
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { Sequencer } from "../core/sequence.ts";
import type { AppendResult } from "../core/submission.ts";
import type { ElectionFile } from "../election/definition.ts";
import { definitionObjects } from "../election/definition-tree.ts";
import type { Model } from "../election/model.ts";
import { RULES_VERSION } from "../election/rules.ts";
import { bodyFaults, type Role, type StatementType } from "../election/statements.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { ed25519Signer, type Signer } from "../ledger/note.ts";
import { keyName } from "../ledger/statement.ts";
import { definitionsIn } from "../publish/definitions.ts";
import { type Edition, FOLD_VERSION } from "../publish/edition.ts";
import { assertNotOlder } from "../publish/older.ts";
import { openPublisher, publicFolderOf } from "../publish/open.ts";
import { SideFiles } from "../publish/side-files.ts";
import { readFileOrNull, syncFolder, writeAtomic, writeNew } from "../store/files.ts";
import { createKeys, type Keys, loadKeys } from "../store/keys.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { CommandError } from "./command.ts";

const PLENARY = "pleno/0";

/** The election file of a data folder; null if the folder has no election yet. Throws {@link CommandError}. */
export function electionIn(folder: string): ElectionFile | null {
  const bytes = readFileOrNull(join(folder, "election.json"));
  if (bytes !== null) return JSON.parse(new TextDecoder().decode(bytes)) as ElectionFile;
  if (existsSync(join(folder, "store.db"))) {
    throw new CommandError(`${folder} has statements but no election.json; restore it, or choose another folder`);
  }
  return null;
}

export class DataFolder {
  readonly path: string;
  readonly store: Store;
  readonly keys: Keys;
  readonly sequencer: Sequencer;
  readonly #origin: string;

  private constructor(path: string, origin: string, store: Store, keys: Keys, sequencer: Sequencer) {
    this.path = path;
    this.store = store;
    this.keys = keys;
    this.sequencer = sequencer;
    this.#origin = origin;
  }

  /**
   * Founds an election in a new folder: secrets, genesis, definition. `decree` is the number by which it was decided.
   * `election.json` is written last: without it the folder counts as new, and says so.
   */
  static async found(path: string, file: ElectionFile, decree: string): Promise<DataFolder> {
    checkDecree(decree);
    mkdirSync(path, { recursive: true });
    createKeys(join(path, "keys"), (count) => new Uint8Array(randomBytes(count)));
    const folder = await DataFolder.open(path, file.origin);
    const { root } = folder.#signers();
    const { editions, centre } = folder.keys;
    const hex = (seed: Uint8Array) => toHex(publicKeyOf(seed));
    const genesis = {
      name: file.origin,
      centre: hex(centre),
      editions: hex(editions),
      fold: FOLD_VERSION,
      rules: RULES_VERSION,
    };
    await folder.#write("genesis", { ...genesis, root: toHex(root.publicKey) });
    await folder.define(file, decree);
    return folder;
  }

  /** Opens the folder of an election of this origin, taking over from whoever wrote before. */
  static async open(path: string, origin: string): Promise<DataFolder> {
    const keys = loadKeys(join(path, "keys"));
    const store = openSqliteStore(join(path, "store.db"));
    await assertNotOlder(path, store);
    const definitions = definitionsIn(join(path, "definition"));
    const sequencer = await Sequencer.open({
      store,
      definition: (root) => definitions.model(root),
      centre: signerOf(origin, keys.centre),
      clock: Date.now,
    });
    return new DataFolder(path, origin, store, keys, sequencer);
  }

  /** The definition in force. Throws if there is none, which a founded folder always has. */
  get model(): Model {
    const model = this.sequencer.standings.model(PLENARY);
    if (model === null)
      throw new CommandError(`${this.path} has no definition; its founding was cut short, choose a new folder`);
    return model;
  }

  /** Makes `file` the definition in force, unless it is already. */
  async define(file: ElectionFile, decree: string): Promise<void> {
    const { root, objects } = definitionObjects(file);
    const before = this.sequencer.standings.model(PLENARY);
    if (before?.root !== root) {
      // The objects are on the disk before a statement names them.
      for (const [hash, bytes] of objects) writeNew(join(this.path, "definition", `${hash}.json`), bytes);
      await syncFolder(join(this.path, "definition"));
      await this.#write("definition", { decree, note: before === null ? "first" : "correction", root });
    }
    writeAtomic(join(this.path, "election.json"), utf8(`${JSON.stringify(file)}\n`));
  }

  /** The signer of a key kept in `keys/<name>`, made and granted a role over the nation if it is new. */
  async granted(name: string, role: Role): Promise<Signer> {
    const path = join(this.path, "keys", name);
    if (!existsSync(path)) writeFileSync(path, randomBytes(32), { flag: "wx", mode: 0o600, flush: true });
    const signer = signerOf(this.#origin, new Uint8Array(readFileSync(path)));
    // What the key may do in a kecamatan's log, it may in the nation's.
    const short = signer.name.slice(-16);
    if (this.sequencer.standings.grantOf(PLENARY, short) === null) {
      const grant = { key: toHex(signer.publicKey), person: toHex(randomBytes(16)), region: "0", role };
      await this.#write("grant", { list: [grant] });
    }
    return signer;
  }

  /** Publishes what is new, and returns the newest edition; null if there is none yet. */
  async publish(log: (line: string) => void): Promise<Edition | null> {
    const publisher = await openPublisher(this.path, { store: this.store, keys: this.keys, clock: Date.now, log });
    try {
      await publisher.step();
      const { latest } = publisher;
      if (latest === null) return null;
      const { edition, id } = latest;
      await new SideFiles(publicFolderOf(this.path), Date.now).follow({ edition, id, election: this.#origin });
      return edition;
    } finally {
      await publisher.close();
    }
  }

  async close(): Promise<void> {
    await this.sequencer.close();
    await this.store.close();
  }

  async #write(type: StatementType, body: JsonObject): Promise<AppendResult> {
    return this.sequencer.write(PLENARY, type, body, [this.#signers().root]);
  }

  #signers(): { root: Signer } {
    const { root } = this.keys;
    if (root === null) {
      throw new CommandError(`${join(this.path, "keys", "root")} was taken away; bring it back to amend or grant`);
    }
    return { root: signerOf(this.#origin, root) };
  }
}

/** Before anything is made: a statement refused halfway would leave a folder that is neither new nor founded. */
function checkDecree(decree: string): void {
  const common = { by: ["key"], election: "0".repeat(32), time: 0 };
  if (bodyFaults("rules", { ...common, decree, fold: 1, rules: 1 }).length === 0) return;
  throw new CommandError(`"${decree}" is no number of a decree: up to 64 letters, digits, spaces and . / ( ) _ -`);
}

function signerOf(origin: string, seed: Uint8Array): Signer {
  return ed25519Signer(keyName(origin, publicKeyOf(seed)), seed);
}
