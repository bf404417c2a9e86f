/**
 * What the publisher remembers beside its log, in a SQLite file of its own: from which edition to which each object is in use,
 * and snapshots of the fold. Nothing here decides what is published. Lost, the fold starts from the first statement and
 * the objects of the past stay for ever; nothing else happens.
 *
 * An object is used from the edition that made it up to the one that replaced it, at a place (a contest's region). An object
 * says what it is about, so its bytes are at one place only; there they may come back later, hence a file goes only with the
 * last of its intervals. Rows of one kecamatan lie together: an edition changes most of what it touches of each (measured:
 * less than half the time of rows in the order of their hashes). Still it changes as many pages as it has kecamatan, so what an
 * edition brings is first written down as it comes (`add`), and sorted in a pause after it (`sort`).
 * What is recorded must be on the disk before its edition is public (`sync`): a lost interval could let the file go that a lost
 * row still needed. And before files of an edition that does not exist yet have their names, for they are found here.
 */
import { closeSync, fsyncSync, openSync } from "node:fs";
import { DatabaseSync, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { CONTEST_KINDS, type RegionCode } from "../election/codes.ts";
import { fromHex, toHex } from "../ledger/bytes.ts";
import { asHash, type Hash } from "../ledger/hash.ts";

const VERSION = 5;

/** The most that SQLite maps. */
const MAPPED_BYTES = 0x7fff_0000;

const TABLES = ["edition", "added", "object", "cursor", "unit", "outlined", "outline", "vkey"];

const SCHEMA = `
  CREATE TABLE edition(number INTEGER PRIMARY KEY, time INTEGER NOT NULL, whole INTEGER NOT NULL);
  CREATE TABLE added(part INTEGER PRIMARY KEY, edition INTEGER NOT NULL, objects TEXT NOT NULL);
  CREATE TABLE object(place TEXT NOT NULL, born INTEGER NOT NULL, hash BLOB NOT NULL, fine INTEGER NOT NULL, died INTEGER,
    PRIMARY KEY(place, born, hash)) WITHOUT ROWID;
  CREATE INDEX object_died ON object(died) WHERE died IS NOT NULL;
  CREATE TABLE cursor(one INTEGER PRIMARY KEY CHECK(one = 1), value INTEGER NOT NULL);
  CREATE TABLE unit(region TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE outlined(one INTEGER PRIMARY KEY CHECK(one = 1), edition INTEGER NOT NULL);
  CREATE TABLE outline(region TEXT NOT NULL, contest INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY(region, contest)) WITHOUT ROWID;
  CREATE TABLE vkey(log TEXT PRIMARY KEY, vkey TEXT NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};
`;

/** How a recorded object says that it is fine. */
const FINE = "fine";

/** An object that an edition brought into use. */
export interface NewObject {
  readonly hash: Hash;
  readonly place: string;
  /** Goes with the last whole edition; what is not fine stays as long as a coarse one. */
  readonly fine: boolean;
  readonly replaces: Hash | null;
}

/** The interval of an object at a place, by the edition with which it begins. */
export interface Interval {
  readonly hash: Hash;
  readonly born: number;
  readonly place: string;
}

export interface KnownEdition {
  readonly number: number;
  readonly time: number;
  readonly whole: boolean;
}

export class PublishIndex {
  readonly #db: DatabaseSync;
  /** SQLite's own log: where everything recorded is before it is anywhere else. */
  readonly #log: string;
  readonly #putObject: StatementSync;
  readonly #endObject: StatementSync;
  readonly #putEdition: StatementSync;
  readonly #putAdded: StatementSync;
  readonly #ended: StatementSync;
  readonly #forgetObject: StatementSync;
  readonly #uses: StatementSync;
  readonly #unit: StatementSync;
  readonly #putUnit: StatementSync;
  readonly #putOutline: StatementSync;

  /** Opens the file, making it if need be; an index of another version is emptied, since it is only memory. */
  static open(path: string): PublishIndex {
    const db = new DatabaseSync(path, { timeout: 5_000 });
    // Editions change many of the same pages, so that moving them into the file seldom is moving far fewer of them.
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536");
    db.exec("PRAGMA wal_autocheckpoint = 30000");
    mapFile(db);
    if (versionOf(db) !== VERSION) {
      db.exec(`BEGIN; ${TABLES.map((table) => `DROP TABLE IF EXISTS ${table};`).join("")} ${SCHEMA} COMMIT`);
    }
    return new PublishIndex(db, `${path}-wal`);
  }

  /** Opens a file that is there for reading beside the one who writes it; null if it is of another version. */
  static look(path: string): PublishIndex | null {
    const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    mapFile(db);
    if (versionOf(db) === VERSION) return new PublishIndex(db, `${path}-wal`);
    db.close();
    return null;
  }

  private constructor(db: DatabaseSync, log: string) {
    this.#db = db;
    this.#log = log;
    this.#putObject = db.prepare("INSERT OR IGNORE INTO object(hash, born, place, fine) VALUES (?, ?, ?, ?)");
    this.#endObject = db.prepare(
      "UPDATE object SET died = ? WHERE place = ? AND hash = ? AND born < ? AND died IS NULL",
    );
    this.#putEdition = db.prepare("INSERT OR REPLACE INTO edition(number, time, whole) VALUES (?, ?, 1)");
    this.#putAdded = db.prepare("INSERT INTO added(edition, objects) VALUES (?, ?)");
    this.#ended = db.prepare(
      `SELECT hash, born, place FROM object
       WHERE died > ? AND died <= ? AND born > ? AND born <= ? AND fine = ? LIMIT ?`,
    );
    this.#forgetObject = db.prepare("DELETE FROM object WHERE place = ? AND born = ? AND hash = ?");
    this.#uses = db.prepare("SELECT count(*) AS uses FROM object WHERE place = ? AND hash = ?");
    this.#unit = db.prepare("SELECT bytes FROM unit WHERE region = ?");
    this.#putUnit = db.prepare("INSERT OR REPLACE INTO unit(region, bytes) VALUES (?, ?)");
    this.#putOutline = db.prepare("INSERT OR REPLACE INTO outline(region, contest, bytes) VALUES (?, ?, ?)");
  }

  /** Whether no edition was ever recorded here. */
  isEmpty(): boolean {
    return this.#db.prepare("SELECT 1 FROM edition LIMIT 1").get() === undefined;
  }

  /** The editions that are not forgotten, rising. */
  editions(): KnownEdition[] {
    const rows = this.#db.prepare("SELECT number, time, whole FROM edition ORDER BY number").all();
    return rows.map((row) => ({ number: Number(row.number), time: Number(row.time), whole: row.whole === 1 }));
  }

  /**
   * A place in the store's order of arrival before which everything was given to the fold when the last edition was
   * recorded; 0 if that is not known.
   */
  cursor(): number {
    return Number(this.#db.prepare("SELECT value FROM cursor").get()?.value ?? 0);
  }

  /** Begins an edition, made when everything before `cursor` was given to the fold. */
  begin(edition: number, time: number, cursor: number): void {
    this.#transact(() => {
      this.#db.prepare("INSERT OR REPLACE INTO cursor(one, value) VALUES (1, ?)").run(cursor);
      this.#putEdition.run(edition, time);
    });
  }

  /** Records what an edition that was begun brings into use and out of use. */
  add(edition: number, objects: Iterable<NewObject>): void {
    this.#putAdded.run(edition, Array.from(objects, lineOf).join("\n"));
  }

  /** Sorts in what was recorded of editions up to this one, which exist. Recorded twice is as once. */
  sort(upTo: number): void {
    const select = this.#db.prepare(
      "SELECT part, edition, objects FROM added WHERE edition <= ? ORDER BY part LIMIT 1",
    );
    for (let added = select.get(upTo); added; added = select.get(upTo)) {
      const { part = null, edition = null, objects } = added;
      this.#transact(() => {
        for (const { hash, place, fine, replaces } of objectsIn(objects)) {
          if (replaces) this.#endObject.run(edition, place, fromHex(replaces), edition);
          this.#putObject.run(fromHex(hash), edition, place, fine ? 1 : 0);
        }
        this.#db.prepare("DELETE FROM added WHERE part = ?").run(part);
      });
    }
  }

  /** What was recorded and is not sorted in. */
  unsorted(): NewObject[] {
    const added = this.#db.prepare("SELECT objects FROM added").all();
    return added.flatMap(({ objects }) => objectsIn(objects));
  }

  /** Forgets editions after this one, of which nothing is sorted in. */
  forgetAfter(edition: number): void {
    this.#transact(() => {
      this.#db.prepare("DELETE FROM added WHERE edition > ?").run(edition);
      this.#db.prepare("DELETE FROM edition WHERE number > ?").run(edition);
    });
  }

  /** What was recorded is on the disk afterwards. Costs nothing where the file system was flushed just before. */
  sync(): void {
    const file = openSync(this.#log, "r");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  /**
   * Up to `limit` intervals of one kind that an edition alone still held: they contain it, and neither the kept edition
   * before it nor the next one after it.
   */
  heldOnlyBy(edition: number, before: number, after: number, fine: boolean, limit: number): Interval[] {
    const rows = this.#ended.all(edition, after, before, edition, fine ? 1 : 0, limit);
    return rows.map(intervalIn);
  }

  /** Forgets intervals; their files must be gone already, so that a crash between leaves a row without a file, not the reverse. */
  forget(ended: readonly Interval[]): void {
    this.#transact(() => {
      for (const { hash, born, place } of ended) this.#forgetObject.run(place, born, fromHex(hash));
    });
  }

  /** How many intervals use an object, which is at one place only. */
  uses({ place, hash }: Pick<Interval, "place" | "hash">): number {
    return Number(this.#uses.get(place, fromHex(hash))?.uses);
  }

  /** The edition's fine objects are gone. */
  makeCoarse(edition: number): void {
    this.#db.prepare("UPDATE edition SET whole = 0 WHERE number = ?").run(edition);
  }

  forgetEdition(edition: number): void {
    this.#db.prepare("DELETE FROM edition WHERE number = ?").run(edition);
  }

  putUnits(units: Iterable<readonly [RegionCode, Uint8Array]>): void {
    this.#transact(() => {
      for (const [region, bytes] of units) this.#putUnit.run(region, bytes);
    });
  }

  unit(region: RegionCode): Uint8Array | null {
    return (this.#unit.get(region)?.bytes as Uint8Array) ?? null;
  }

  /** Reads what the next edition of a kecamatan will ask for and change here, so that it is in the machine's memory by then. */
  readAhead(kecamatan: RegionCode): void {
    this.unit(kecamatan);
    const rows = this.#db.prepare("SELECT count(hash) FROM object WHERE place BETWEEN ? AND ?");
    // Of every contest the kecamatan's own places and those of its desa.
    for (const kind of CONTEST_KINDS) rows.get(`${kind}/${kecamatan}`, `${kind}/${kecamatan}~`);
  }

  dropUnit(region: RegionCode): void {
    this.#db.prepare("DELETE FROM unit WHERE region = ?").run(region);
  }

  /** Keeps these outlines; with them all that are here are those of an edition. */
  putOutlines(edition: number, outlines: Iterable<{ region: RegionCode; contest: number; bytes: Uint8Array }>): void {
    this.#transact(() => {
      for (const { region, contest, bytes } of outlines) this.#putOutline.run(region, contest, bytes);
      this.#db.prepare("INSERT OR REPLACE INTO outlined(one, edition) VALUES (1, ?)").run(edition);
    });
  }

  *outlines(): Generator<[RegionCode, Uint8Array]> {
    for (const row of this.#db.prepare("SELECT region, bytes FROM outline").iterate()) {
      yield [row.region as RegionCode, row.bytes as Uint8Array];
    }
  }

  /** The edition of which the outlines are; 0 if there are none. */
  outlined(): number {
    return Number(this.#db.prepare("SELECT edition FROM outlined").get()?.edition ?? 0);
  }

  /** The logs' keys in their text form: to derive 14,600 of them takes two seconds of every start. */
  vkeys(): Map<string, string> {
    const rows = this.#db.prepare("SELECT log, vkey FROM vkey").all();
    return new Map(rows.map(({ log, vkey }) => [String(log), String(vkey)]));
  }

  putVkeys(vkeys: readonly (readonly [string, string])[]): void {
    if (vkeys.length === 0) return;
    const put = this.#db.prepare("INSERT OR REPLACE INTO vkey(log, vkey) VALUES (?, ?)");
    this.#transact(() => {
      for (const [log, vkey] of vkeys) put.run(log, vkey);
    });
  }

  /** Forgets outlines and snapshots. */
  dropSaved(): void {
    this.#db.exec("DELETE FROM outlined; DELETE FROM outline; DELETE FROM unit");
  }

  close(): void {
    this.#db.close();
  }

  #transact(work: () => void): void {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#db.exec("COMMIT");
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }
}

/** As much of the file as SQLite will map into memory: a snapshot lies on 65 pages, and to read each by a call takes thrice as long. */
function mapFile(db: DatabaseSync): void {
  db.exec(`PRAGMA mmap_size = ${MAPPED_BYTES}`);
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.user_version);
}

function intervalIn({ hash, born, place }: Record<string, SQLOutputValue>): Interval {
  return { hash: asHash(toHex(hash as Uint8Array)), born: Number(born), place: String(place) };
}

const lineOf = ({ hash, place, fine, replaces }: NewObject): string =>
  [hash, replaces ?? "", fine ? FINE : "", place].join("\t");

/** The objects that {@link lineOf} wrote. */
function objectsIn(lines: SQLOutputValue | undefined): NewObject[] {
  const written = String(lines).split("\n");
  return written.flatMap((line) => {
    const [hash, replaces, fine, place] = line.split("\t");
    if (!hash || place === undefined) return [];
    return [{ hash: asHash(hash), place, fine: fine === FINE, replaces: replaces ? asHash(replaces) : null }];
  });
}
