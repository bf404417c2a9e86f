/**
 * A synthetic nation to measure against: the real geography, 823,000 stations by a seeded rule, five contests with as many
 * columns as a real election has (3, 43, 179, 179, 179), and every station's sheet in each. Names and votes are invented.
 *
 * Signatures are random bytes: what is measured with it does not check them.
 */
import { randomBytes } from "node:crypto";
import { CONTEST_KINDS, type ContestKind, NATION, plenoLog, type RegionCode, tpsLog } from "../src/election/codes.ts";
import type { DistrictEntry, ElectionFile, PartyEntry, RegionEntry } from "../src/election/definition.ts";
import { definitionObjects } from "../src/election/definition-tree.ts";
import type { District, Model, Region } from "../src/election/model.ts";
import { readDefinition } from "../src/election/read-definition.ts";
import { toHex } from "../src/ledger/bytes.ts";
import type { JsonObject } from "../src/ledger/canonical.ts";
import { type Hash, sha256 } from "../src/ledger/hash.ts";
import { ed25519Signer } from "../src/ledger/note.ts";
import { keyName, parseStatement, signStatement } from "../src/ledger/statement.ts";
import { Frontier, leafHash } from "../src/ledger/tree.ts";
import { regionNames } from "../src/store/geography.ts";
import type { NewEntry, Store } from "../src/store/store.ts";
import { figuresFor } from "../src/tally/testing.ts";

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const PARTIES = 18;
const CANDIDATES = 161;

const parties = (district: string): PartyEntry[] =>
  Array.from({ length: PARTIES }, (_, p) => ({
    id: `${p + 1}`,
    number: p + 1,
    name: `Partai ${p + 1}`,
    short: `P${p + 1}`,
    colour: "#336699",
    candidates: Array.from({ length: CANDIDATES }, (_, c) => c)
      .filter((c) => c % PARTIES === p)
      .map((c, i) => ({ id: `${district}-${p + 1}-${i + 1}`, number: i + 1, name: `Calon ${c + 1}` })),
  }));

const candidates = (district: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `${district}-${i + 1}`, number: i + 1, name: `Calon ${i + 1}` }));

/** The definition of the nation, or of one province of it, with `stations` stations in all. */
export function nationElection(stations: number, province: string | null = null): ElectionFile {
  const names = [...regionNames()].filter(([code]) => province === null || code.startsWith(province));
  const codes = names.map(([code]) => code);
  const desa = codes.filter((code) => code.length === 10);
  const counts = spread(desa.length, stations);
  const count = new Map(desa.map((code, i) => [code, counts[i] ?? 1]));
  const regions: RegionEntry[] = [["0" as RegionCode, "Indonesia"] as const, ...names].map(([code, name]) =>
    code.length === 10 ? { code, name, stations: [[1, count.get(code) ?? 1]] } : { code, name },
  );
  const of = (length: number) => codes.filter((code) => code.length === length);
  const grouped = (length: number, per: number): DistrictEntry[] => {
    const districts: DistrictEntry[] = [];
    const members = new Map<string, string[]>();
    for (const code of of(length)) {
      const parent = code.slice(0, length - 2);
      members.set(parent, [...(members.get(parent) ?? []), code]);
    }
    for (const [parent, all] of members) {
      for (let i = 0; i < all.length; i += per) {
        const code = `${parent}.${i / per + 1}`;
        districts.push({
          code,
          name: `Dapil ${code}`,
          seats: 8,
          regions: all.slice(i, i + per),
          parties: parties(code),
        });
      }
    }
    return districts;
  };
  return {
    origin: "bangsa.teguh.example/2029",
    title: { id: "Bangsa Simulasi", en: "Simulated nation" },
    simulation: true,
    regions,
    contests: [
      {
        kind: "ppwp",
        districts: [{ code: "0", name: "Indonesia", seats: 1, regions: ["0"], choices: candidates("p", 3) }],
      },
      { kind: "dpr", districts: grouped(4, 6) },
      {
        kind: "dpd",
        districts: of(2).map((code) => ({
          code,
          name: `Provinsi ${code}`,
          seats: 4,
          regions: [code],
          choices: candidates(code, 43),
        })),
      },
      { kind: "dprdp", districts: grouped(4, 2) },
      { kind: "dprdk", districts: grouped(6, 3) },
    ],
  };
}

/** So many stations over so many desa: skewed as in reality (median 6, most 451), and exactly that many. */
function spread(desa: number, stations: number): number[] {
  const random = seeded(7);
  const weights = Array.from({ length: desa }, () => 1 + Math.min(45, (1 / (random() + 0.02) ** 0.9) | 0));
  weights[0] = (weights.reduce((a, b) => a + b, 0) * 451) / stations;
  const sum = weights.reduce((a, b) => a + b, 0);
  const counts = weights.map((weight) => Math.max(1, Math.floor((weight / sum) * stations)));
  let rest = stations - counts.reduce((a, b) => a + b, 0);
  for (let i = 1; rest !== 0; i = i + 1 < desa ? i + 1 : 1) {
    const step = Math.sign(rest);
    if ((counts[i] ?? 0) + step >= 1) {
      counts[i] = (counts[i] ?? 0) + step;
      rest -= step;
    }
  }
  return counts;
}

/** Writes the logs of a synthetic nation into a store. */
export class Nation {
  readonly model: Model;
  readonly objects: ReadonlyMap<Hash, Uint8Array>;
  readonly root: Hash;
  readonly #store: Store;
  readonly #epoch: number;
  readonly #origin: string;
  readonly #random = seeded(2029);
  readonly #frontiers = new Map<string, Frontier>();
  readonly #tail = `${randomBytes(68).toString("base64")}\n`;
  #batch: NewEntry[] = [];
  #tag = "0".repeat(32);

  static async create(store: Store, stations: number, province: string | null = null): Promise<Nation> {
    const nation = new Nation(store, await store.claim("core"), nationElection(stations, province));
    await nation.#begin();
    return nation;
  }

  private constructor(store: Store, epoch: number, file: ElectionFile) {
    const { root, objects } = definitionObjects(file);
    this.#store = store;
    this.#epoch = epoch;
    this.#origin = file.origin;
    this.root = root;
    this.objects = objects;
    this.model = readDefinition(root, (hash) => objects.get(hash));
  }

  readonly definition = (): Model => this.model;

  #signer(name: string) {
    const seed = sha256(Buffer.from(`bench ${name}`));
    const { publicKey } = ed25519Signer("x", seed);
    return ed25519Signer(keyName(this.#origin, publicKey), seed);
  }

  async #begin(): Promise<void> {
    const key = (name: string) => toHex(this.#signer(name).publicKey);
    const id = this.#say(plenoLog(NATION), "genesis", {
      name: this.#origin,
      root: key("root"),
      editions: key("editions"),
      centre: key("centre"),
      fold: 1,
      rules: 1,
    });
    this.#tag = toHex(id).slice(0, 32);
    this.#say(plenoLog(NATION), "definition", { root: this.root, decree: "1", note: "first" });
    const kecamatan = this.model.regions.filter(({ level }) => level === "kecamatan");
    // One chair for all: what is measured is the folding of sheets, not of grants.
    this.#say(plenoLog(NATION), "grant", {
      list: [{ key: key("root"), person: "00".repeat(16), region: NATION, role: "chair" }],
    });
    for (const { code } of kecamatan) {
      const log = tpsLog(code);
      this.#see(log, plenoLog(NATION));
      this.#see(plenoLog(code), plenoLog(NATION));
      await this.#flush(512);
    }
    for (const region of kecamatan) await this.#grantStations(region);
  }

  /** A key for each station; the public keys are no points of the curve, nobody verifies with them here. */
  async #grantStations(region: Region): Promise<void> {
    const list = stationsOf(this.model, region).map((station) => ({
      key: toHex(stationKey(station)),
      person: station.padStart(16, "0"),
      region: station,
      role: "station",
    }));
    for (let i = 0; i < list.length; i += 300) {
      this.#say(plenoLog(region.code), "grant", { list: list.slice(i, i + 300) });
    }
    this.#see(tpsLog(region.code), plenoLog(region.code));
    await this.#flush(64);
  }

  /** Appends the sheets of these stations in these contests, in the order given; `previous` as already there. */
  async sheets(
    stations: readonly string[],
    contests: readonly ContestKind[],
    previousOf: (station: string, contest: number) => Uint8Array | null = () => null,
  ): Promise<void> {
    for (const station of stations) {
      const desa = this.model.region(station.slice(0, 10));
      for (const kind of contests) {
        const district = desa && this.model.contest(kind)?.districtOf(desa);
        if (!district) continue;
        const bytes = this.sheet(station, district, previousOf(station, CONTEST_KINDS.indexOf(kind)));
        this.#put(tpsLog(station.slice(0, 6) as RegionCode), bytes, `${station}/${kind}`);
      }
      await this.#flush(1024);
    }
    await this.#flush(0);
  }

  /** A statement's bytes, put together by hand: signing 4 million would take an hour and measure nothing. */
  sheet(station: string, district: District, previous: Uint8Array | null): Uint8Array {
    const name = `${this.#origin}/k/${shortOf(stationKey(station))}`;
    const votes = this.#votes(district);
    let valid = 0;
    for (const value of votes) valid += value;
    const parties = district.parties.map(({ columns }) =>
      columns.reduce((sum, column) => sum + (votes[column] ?? 0), 0),
    );
    const figures = figuresFor(valid, 4, Math.max(270, valid + 4));
    const body =
      `{"by":["${name}"],"contest":"${district.contest.kind}","district":"${district.object}","election":"${this.#tag}",` +
      `"figures":[${figures.join()}],"papers":null,"parties":[${parties.join()}],` +
      `"previous":${previous ? `"${toHex(previous)}"` : "null"},"station":"${station}","time":1865000000000,"votes":[${votes.join()}]}`;
    return Buffer.from(`teguh/sheet/v1\n${body}\n\n— ${name} ${this.#tail}`);
  }

  #votes({ choices }: District): number[] {
    const random = this.#random;
    const each = 200 / choices.length;
    return choices.map(() => Math.floor(random() * random() * 4 * each));
  }

  #say(log: string, type: string, body: JsonObject): Uint8Array {
    const bytes = signStatement(`teguh/${type}/v1`, { election: this.#tag, time: 1_865_000_000_000, ...body }, [
      this.#signer(type === "seen" ? "centre" : "root"),
    ]);
    return this.#put(log, bytes, null);
  }

  #see(log: string, other: string): void {
    const frontier = this.#frontiers.get(other);
    if (frontier) this.#say(log, "seen", { log: other, size: frontier.size, root: toHex(frontier.root()) });
  }

  #put(log: string, bytes: Uint8Array, chain: string | null): Uint8Array {
    const { id } = parseStatement(bytes);
    this.#batch.push({ log, id, chain, hot: chain !== null, bytes });
    if (log.startsWith("pleno/")) {
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

const stationKey = (station: string): Uint8Array => sha256(Buffer.from(station));
const shortOf = (key: Uint8Array): string => toHex(sha256(key).subarray(0, 8));

export function stationsOf(model: Model, region: Region): string[] {
  return Array.from({ length: region.stationTo - region.stationFrom }, (_, i) =>
    model.stationAt(region.stationFrom + i),
  );
}

/** The same stations in an order of arrival that jumps about, as on election night. */
export function shuffled<T>(items: readonly T[], seed = 11): T[] {
  const random = seeded(seed);
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const a = result[i];
    const b = result[j];
    if (a === undefined || b === undefined) continue;
    result[i] = b;
    result[j] = a;
  }
  return result;
}
