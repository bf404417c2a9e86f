/**
 * Writes the logs of a synthetic election into a store: genesis, definition, a key for every station, sheets, readings.
 *
 * Unsigned, the signatures are random bytes, since signing 4 million sheets would take minutes and most figures are measured
 * without checking them. Signed, every statement is what a real phone or committee would have sent.
 */
import { randomBytes } from "node:crypto";
import { publicKeyOf } from "#ed25519";
import { CONTEST_KINDS, type ContestKind, NATION, plenoLog, type RegionCode, tpsLog } from "../src/election/codes.ts";
import type { District, Model, Region } from "../src/election/model.ts";
import { fromUtf8, toHex, utf8 } from "../src/ledger/bytes.ts";
import type { JsonObject } from "../src/ledger/canonical.ts";
import { sha256 } from "../src/ledger/hash.ts";
import { ed25519Signer, type Signer, signNote } from "../src/ledger/note.ts";
import { keyName, parseStatement, signStatement } from "../src/ledger/statement.ts";
import { Frontier, leafHash } from "../src/ledger/tree.ts";
import type { Keys } from "../src/store/keys.ts";
import type { NewEntry, Store } from "../src/store/store.ts";
import { figuresFor } from "../src/tally/testing.ts";
import { seeded, stationsOf } from "./election.ts";

export interface NationOptions {
  readonly store: Store;
  readonly model: Model;
  readonly signed: boolean;
  /** The installation's keys: its root grants all, its centre writes the logs. */
  readonly keys: Keys;
}

const TIME = 1_865_000_000_000;
/** Statements in one append. */
const BATCH = 1024;
const GRANTS_IN_STATEMENT = 300;

/** Holds a key for every kecamatan: who types what the measured centre takes in. Real also where nothing else is signed. */
export const OPERATOR = "operator";

/** The seed of a key by its word: a station's or a kecamatan's code, `operator`. */
export const seedOf = (word: string): Uint8Array => sha256(utf8(`bench ${word}`));

export class Nation {
  readonly model: Model;
  readonly #store: Store;
  readonly #signed: boolean;
  readonly #root: Signer;
  readonly #centre: Signer;
  readonly #epoch: number;
  readonly #random: () => number;
  readonly #frontiers = new Map<string, Frontier>();
  readonly #tail = `${randomBytes(68).toString("base64")}\n`;
  /** Bytes of all statements written so far. */
  written = 0;
  #batch: NewEntry[] = [];
  #tag: string;

  /** An election in an empty store: what it needs before the first sheet. */
  static async create(options: NationOptions): Promise<Nation> {
    const nation = new Nation(options, await options.store.claim("core"), "0".repeat(32), 2029);
    await nation.#begin(options.keys);
    return nation;
  }

  /** The election that is in the store already, to go on with. */
  static async open(options: NationOptions): Promise<Nation> {
    const { store } = options;
    const [genesis] = await store.read(plenoLog(NATION), 0, 1);
    if (!genesis) throw new Error("the store holds no election");
    const heads = await store.heads();
    const sizes = [...heads.values()].reduce((sum, { size }) => sum + size, 0);
    const tag = toHex(parseStatement(genesis).id).slice(0, 32);
    return new Nation(options, await store.claim("core"), tag, sizes);
  }

  private constructor({ store, model, signed, keys }: NationOptions, epoch: number, tag: string, seed: number) {
    if (!keys.root) throw new TypeError("an election is begun with its root key");
    this.#store = store;
    this.model = model;
    this.#signed = signed;
    this.#root = signerOf(model, keys.root);
    this.#centre = signerOf(model, keys.centre);
    this.#epoch = epoch;
    this.#tag = tag;
    this.#random = seeded(seed);
  }

  get electionTag(): string {
    return this.#tag;
  }

  signer(word: string): Signer {
    return signerOf(this.model, seedOf(word));
  }

  async #begin({ editions }: Keys): Promise<void> {
    const id = this.#say(plenoLog(NATION), "genesis", {
      name: this.model.origin,
      root: toHex(this.#root.publicKey),
      editions: toHex(publicKeyOf(editions)),
      centre: toHex(this.#centre.publicKey),
      fold: 1,
      rules: 1,
    });
    this.#tag = toHex(id).slice(0, 32);
    this.#say(plenoLog(NATION), "definition", { root: this.model.root, decree: "1", note: "first" });
    const kecamatan = this.model.regions.filter(({ level }) => level === "kecamatan");
    for (const { code } of kecamatan) {
      this.#see(tpsLog(code), plenoLog(NATION));
      this.#see(plenoLog(code), plenoLog(NATION));
      await this.#flush(BATCH);
    }
    for (const region of kecamatan) await this.#grant(region);
    await this.#flush(0);
  }

  /** The root grants all: the kecamatan's chair and operator, and a key to each of its stations. */
  async #grant(region: Region): Promise<void> {
    // Readings are always signed, so the chair's key is real even where the stations' are not.
    const chair = {
      key: toHex(this.signer(region.code).publicKey),
      person: "c".repeat(16),
      region: region.code,
      role: "chair",
    };
    const operator = {
      ...chair,
      key: toHex(this.signer(OPERATOR).publicKey),
      person: "a".repeat(16),
      role: "operator",
    };
    const stations = stationsOf(this.model, region).map((station) => ({
      key: this.#keyOf(station),
      person: station.padStart(16, "0"),
      region: station,
      role: "station",
    }));
    const list = [chair, operator, ...stations];
    for (let i = 0; i < list.length; i += GRANTS_IN_STATEMENT) {
      this.#say(plenoLog(region.code), "grant", { list: list.slice(i, i + GRANTS_IN_STATEMENT) });
    }
    this.#see(tpsLog(region.code), plenoLog(region.code));
    await this.#flush(BATCH / 16);
  }

  /** First sheets of these stations in these contests, in the order given. */
  async sheets(stations: Iterable<string>, contests: readonly ContestKind[]): Promise<void> {
    for (const station of stations) {
      for (const { kind, district } of this.#votesIn(station, contests)) this.#putSheet(station, kind, district, null);
      await this.#flush(BATCH);
    }
    await this.#flush(0);
  }

  /** Sheets with other figures, in place of the ones that the store holds. */
  async corrections(stations: Iterable<string>, contests: readonly ContestKind[]): Promise<void> {
    for (const station of stations) {
      for (const { kind, district } of this.#votesIn(station, contests)) {
        const { id } = parseStatement(await this.#current(station, kind));
        this.#putSheet(station, kind, district, id);
      }
    }
    await this.#flush(0);
  }

  /** A reading of every station: as the sheet says. By the chair of the kecamatan. */
  async readings(stations: Iterable<string>, contests: readonly ContestKind[]): Promise<void> {
    for (const station of stations) {
      for (const { kind } of this.#votesIn(station, contests)) {
        const sheet = parseStatement(await this.#current(station, kind));
        const { papers: _, by: __, ...figures } = JSON.parse(fromUtf8(sheet.body)) as JsonObject;
        const kecamatan = station.slice(0, 6);
        const outcome = { evidence: null, fields: [], incident: null, initialled: [], outcome: "same" };
        const reading = { ...figures, ...outcome, previous: null, reason: null, refused: [], sheet: toHex(sheet.id) };
        const bytes = signStatement("teguh/reading/v1", reading, [this.signer(kecamatan)]);
        this.#put(plenoLog(kecamatan as RegionCode), bytes, `${station}/${kind}`, true);
      }
      await this.#flush(BATCH);
    }
    await this.#flush(0);
  }

  /** One sheet's note, signed by the station's key if this election's statements are signed; or by the operator's. */
  sheet(
    station: string,
    kind: ContestKind,
    district: District,
    previous: Uint8Array | null,
    by: typeof OPERATOR | null = null,
  ): Uint8Array {
    const signer = by || this.#signed ? this.signer(by ?? station) : null;
    const name = signer?.name ?? keyName(this.model.origin, this.#publicKey(station));
    const votes = this.#votes(district);
    const valid = votes.reduce((sum, value) => sum + value, 0);
    const parties = district.parties.map(({ columns }) =>
      columns.reduce((sum, column) => sum + (votes[column] ?? 0), 0),
    );
    const figures = figuresFor(valid, 4, Math.max(270, valid + 4));
    // Put together by hand: at 4 million sheets the general writer would double the time.
    const body =
      `{"by":["${name}"],"contest":"${kind}","district":"${district.object}","election":"${this.#tag}",` +
      `"figures":[${figures.join()}],"papers":null,"parties":[${parties.join()}],` +
      `"previous":${previous ? `"${toHex(previous)}"` : "null"},"station":"${station}","time":${TIME},"votes":[${votes.join()}]}`;
    const text = `teguh/sheet/v1\n${body}\n`;
    if (signer) return signNote(text, [signer]);
    return Buffer.from(`${text}\n— ${name} ${this.#tail}`);
  }

  #putSheet(station: string, kind: ContestKind, district: District, previous: Uint8Array | null): void {
    const bytes = this.sheet(station, kind, district, previous);
    this.#put(tpsLog(station.slice(0, 6) as RegionCode), bytes, `${station}/${kind}`, true);
  }

  *#votesIn(station: string, contests: readonly ContestKind[]): Generator<{ kind: ContestKind; district: District }> {
    const desa = this.model.region(station.slice(0, 10));
    for (const kind of contests) {
      const district = desa && this.model.contest(kind)?.districtOf(desa);
      if (district) yield { kind, district };
    }
  }

  async #current(station: string, kind: ContestKind): Promise<Uint8Array> {
    const log = tpsLog(station.slice(0, 6) as RegionCode);
    const head = await this.#store.chain(log, `${station}/${kind}`);
    const [bytes] = head ? await this.#store.read(log, head.index, head.index + 1) : [];
    if (!bytes) throw new Error(`station ${station} has no ${kind} sheet to correct or read`);
    return bytes;
  }

  #votes({ choices }: District): number[] {
    const random = this.#random;
    const each = 200 / choices.length;
    return choices.map(() => Math.floor(random() * random() * 4 * each));
  }

  #publicKey(word: string): Uint8Array {
    return this.#signed ? publicKeyOf(seedOf(word)) : seedOf(word);
  }

  readonly #keyOf = (word: string): string => toHex(this.#publicKey(word));

  #say(log: string, type: string, body: JsonObject): Uint8Array {
    const bytes = signStatement(`teguh/${type}/v1`, { election: this.#tag, time: TIME, ...body }, [
      type === "seen" ? this.#centre : this.#root,
    ]);
    return this.#put(log, bytes, type === "seen" ? `seen/${body.log}` : null, false);
  }

  #see(log: string, other: string): void {
    const frontier = this.#frontiers.get(other);
    if (frontier) this.#say(log, "seen", { log: other, size: frontier.size, root: toHex(frontier.root()) });
  }

  #put(log: string, bytes: Uint8Array, chain: string | null, hot: boolean): Uint8Array {
    const { id } = parseStatement(bytes);
    this.#batch.push({ log, id, chain, hot, bytes });
    this.written += bytes.length;
    if (!hot && log.startsWith("pleno/")) {
      const frontier = this.#frontiers.get(log) ?? new Frontier();
      frontier.push(leafHash(bytes));
      this.#frontiers.set(log, frontier);
    }
    return id;
  }

  async #flush(atLeast: number): Promise<void> {
    if (this.#batch.length < atLeast || this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    await this.#store.append(batch, this.#epoch);
  }
}

function signerOf(model: Model, seed: Uint8Array): Signer {
  return ed25519Signer(keyName(model.origin, publicKeyOf(seed)), seed);
}

/** Every contest. */
export const ALL_CONTESTS: readonly ContestKind[] = CONTEST_KINDS;
