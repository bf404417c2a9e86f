/**
 * A small election for tests, with real keys: two provinces, whole chains of grants, and writers that append statements to
 * logs as the centre and the halls would. It signs for real, so that what tests fold is what the door would have taken.
 */

import { checkElection } from "../election/check-election.ts";
import { type ContestKind, NATION, parentOf, plenoLog, type RegionCode, tpsLog } from "../election/codes.ts";
import type { ElectionFile } from "../election/definition.ts";
import { definitionObjects } from "../election/definition-tree.ts";
import { FIGURE, FIGURE_COUNT } from "../election/figures.ts";
import type { Model } from "../election/model.ts";
import { readDefinition } from "../election/read-definition.ts";
import { recountIn } from "../election/testing.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { type Hash, sha256 } from "../ledger/hash.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../ledger/note.ts";
import { keyName, parseStatement, shortKey, signStatement } from "../ledger/statement.ts";
import { Frontier, leafHash } from "../ledger/tree.ts";
import type { LogName } from "./logs.ts";

export const ORIGIN = "uji.teguh.example/2029";

/** Two parties with three columns each; enough for every rule. */
const parties = (district: string) =>
  ["a", "b"].map((letter, i) => ({
    id: letter,
    number: i + 1,
    name: `Partai ${letter.toUpperCase()}`,
    short: letter.toUpperCase(),
    colour: "#336699",
    candidates: [1, 2].map((number) => ({
      id: `${district}-${letter}${number}`,
      number,
      name: `Calon ${letter}${number} ${district}`,
    })),
  }));
const PAIRS = [1, 2, 3].map((number) => ({ id: `p${number}`, number, name: `Paslon ${number}` }));
const senators = (district: string) =>
  [1, 2, 3, 4].map((number) => ({ id: `${district}-${number}`, number, name: `Calon DPD ${number} ${district}` }));

/** Two provinces, three kabupaten, four kecamatan, seven desa, 20 stations; one kecamatan split between two districts. */
export function smallElection(): ElectionFile {
  const desa = (code: string, stations: number): ElectionFile["regions"][number] => ({
    code,
    name: `Desa ${code}`,
    stations: [[1, stations]],
  });
  return {
    origin: ORIGIN,
    title: { id: "Pemilu Uji", en: "Test election" },
    simulation: true,
    regions: [
      { code: "51", name: "Provinsi 51", zone: "WITA" },
      { code: "5101", name: "Kabupaten 5101" },
      { code: "510101", name: "Kecamatan 510101" },
      desa("5101011001", 3),
      desa("5101011002", 4),
      { code: "510102", name: "Kecamatan 510102" },
      desa("5101021001", 2),
      { code: "5102", name: "Kabupaten 5102" },
      { code: "510201", name: "Kecamatan 510201" },
      desa("5102011001", 3),
      desa("5102011002", 2),
      { code: "52", name: "Provinsi 52", zone: "WITA" },
      { code: "5201", name: "Kabupaten 5201" },
      { code: "520101", name: "Kecamatan 520101" },
      desa("5201011001", 2),
      desa("5201011002", 4),
    ],
    contests: [
      { kind: "ppwp", districts: [{ code: "0", name: "Indonesia", seats: 1, regions: ["0"], choices: PAIRS }] },
      {
        kind: "dpr",
        districts: [
          { code: "5100", name: "Dapil 51", seats: 3, regions: ["51"], parties: parties("5100") },
          { code: "5200", name: "Dapil 52", seats: 3, regions: ["52"], parties: parties("5200") },
        ],
      },
      {
        kind: "dpd",
        districts: [
          { code: "51", name: "Provinsi 51", seats: 4, regions: ["51"], choices: senators("51") },
          { code: "52", name: "Provinsi 52", seats: 4, regions: ["52"], choices: senators("52") },
        ],
      },
      {
        kind: "dprdk",
        without: ["52"],
        districts: [
          { code: "510101", name: "Dapil 1", seats: 3, regions: ["5101011001"], parties: parties("510101") },
          { code: "510102", name: "Dapil 2", seats: 3, regions: ["5101011002", "510102"], parties: parties("510102") },
          { code: "510201", name: "Dapil 1", seats: 3, regions: ["5102"], parties: parties("510201") },
        ],
      },
    ],
  };
}

/** The same with a contest of a province whose two districts both lie in both its kabupaten, and in one kecamatan. */
export function severalDistricts(): ElectionFile {
  const file = smallElection();
  const district = (code: string, regions: string[]) => {
    return { code, name: `Dapil ${code}`, seats: 3, regions, parties: parties(code) };
  };
  const districts = [
    district("5101", ["510101", "5102011001"]),
    district("5102", ["510102", "5102011002"]),
    district("5200", ["52"]),
  ];
  const contests = [...file.contests];
  contests.splice(-1, 0, { kind: "dprdp", districts });
  return { ...file, contests };
}

/** An election with so many stations in its first desa. */
export function crowdedElection(stations: number, file = smallElection()): ElectionFile {
  const all: [number, number][] = [[1, stations]];
  const regions = file.regions.map((region) => (region.code === "5101011001" ? { ...region, stations: all } : region));
  return { ...file, regions };
}

/** A statement's bytes with its id, as the next of its chain names it. */
export interface Written {
  readonly log: LogName;
  readonly index: number;
  readonly id: Hash;
  readonly bytes: Uint8Array;
}

/** The 25 figures of a sheet that adds up, 6 rows of voters all in the register. */
export function figuresFor(valid: number, invalid: number, registered = 250): number[] {
  const figures = new Array<number>(FIGURE_COUNT).fill(0);
  const total = valid + invalid;
  const set = (path: keyof typeof FIGURE, value: number) => {
    figures[FIGURE[path]] = value;
  };
  const people = (path: "registered" | "voters.dpt" | "voters.total", value: number) => {
    set(`${path}.male`, Math.floor(value / 2));
    set(`${path}.female`, value - Math.floor(value / 2));
    set(`${path}.total`, value);
  };
  people("registered", registered);
  people("voters.dpt", total);
  people("voters.total", total);
  const received = registered + Math.ceil(registered / 50);
  set("ballots.received", received);
  set("ballots.used", total);
  set("ballots.unused", received - total);
  set("valid", valid);
  set("invalid", invalid);
  set("total", total);
  return figures;
}

/** Everything that a test election has said so far, log by log. */
export class World {
  readonly model: Model;
  readonly file: ElectionFile;
  readonly objects = new Map<Hash, Uint8Array>();
  readonly logs = new Map<LogName, Uint8Array[]>();
  /** In the order of writing: what a store would give as the order of arrival. */
  readonly order: { readonly log: LogName; readonly bytes: Uint8Array }[] = [];
  readonly genesisId: Hash;
  readonly #frontiers = new Map<LogName, Frontier>();
  readonly #seen = new Map<string, number>();
  readonly #writers = new Map<LogName, Signer>();
  readonly #models = new Map<Hash, Model>();
  #tag = "0".repeat(32);
  #time = 1_865_000_000_000;

  constructor(file: ElectionFile = smallElection()) {
    this.file = file;
    const root = this.#keep(file);
    this.model = this.definition(root);
    const key = (name: string) => toHex(this.signer(name).publicKey);
    const genesis = {
      name: file.origin,
      root: key("root"),
      editions: key("editions"),
      centre: key("centre"),
      fold: 1,
      rules: 1,
    };
    this.genesisId = this.write(plenoLog(NATION), "genesis", genesis, ["root"]).id;
    this.#tag = this.genesisId.slice(0, 32);
    this.write(plenoLog(NATION), "definition", { root, decree: "1/UJI", note: "first" }, ["root"]);
  }

  /** For `TallyOptions.definition`. */
  readonly definition = (root: Hash): Model => {
    let model = this.#models.get(root);
    if (!model) {
      model = readDefinition(root, (hash) => this.objects.get(hash));
      this.#models.set(root, model);
    }
    return model;
  };

  /** The same key for the same name, always. */
  signer(name: string): Signer {
    const seed = sha256(utf8(`teguh test key ${name}`));
    const { publicKey } = ed25519Signer("x", seed);
    return ed25519Signer(keyName(this.file.origin, publicKey), seed);
  }

  shortOf(name: string): string {
    return shortKey(this.signer(name).name);
  }

  vkeyOf = (log: LogName): string => vkeyOf(`${this.file.origin}/log/${log}`, this.signer(`log ${log}`).publicKey);

  /** Appends a statement signed by the named keys. */
  write(log: LogName, type: string, body: JsonObject, signers: readonly string[]): Written {
    this.#time += 1000;
    const full = { election: this.#tag, time: this.#time, ...body };
    const bytes = signStatement(
      `teguh/${type}/v1`,
      full,
      signers.map((name) => this.signer(name)),
    );
    return this.append(log, bytes);
  }

  append(log: LogName, bytes: Uint8Array): Written {
    const entries = this.logs.get(log) ?? [];
    this.logs.set(log, entries);
    const index = entries.push(bytes) - 1;
    this.order.push({ log, bytes });
    const frontier = this.#frontiers.get(log) ?? new Frontier();
    frontier.push(leafHash(bytes));
    this.#frontiers.set(log, frontier);
    return { log, index, id: toHex(parseStatement(bytes).id) as Hash, bytes };
  }

  /** The writer of `log` notes how far `other` is now, or was at `size`. Nothing is written if it knows. */
  see(log: LogName, other: LogName, size = this.logs.get(other)?.length ?? 0): void {
    if (size === 0 || (this.#seen.get(`${log} ${other}`) ?? 0) >= size) return;
    this.#seen.set(`${log} ${other}`, size);
    const frontier = new Frontier();
    for (const entry of this.logs.get(other)?.slice(0, size) ?? []) frontier.push(leafHash(entry));
    const writer = this.#writers.get(log) ?? this.signer("centre");
    this.#time += 1000;
    const body = {
      election: this.#tag,
      time: this.#time,
      log: other,
      size: frontier.size,
      root: toHex(frontier.root()),
    };
    this.append(log, signStatement("teguh/seen/v1", body, [writer]));
  }

  /** `log` notes how far the plenaries above (and, for sheets, of its own kecamatan) are, the highest first. */
  seeAbove(log: LogName): void {
    const region = log.slice(log.indexOf("/") + 1) as RegionCode;
    const chain: RegionCode[] = [];
    for (let at: RegionCode | null = log.startsWith("tps/") ? region : parentOf(region); at; at = parentOf(at))
      chain.push(at);
    for (const code of chain.reverse()) this.see(log, plenoLog(code));
  }

  /** From `index` of its log on, another key writes it. */
  hand(log: LogName, name: string, epoch: number): void {
    const region = log.slice(log.indexOf("/") + 1) as RegionCode;
    const parent = parentOf(region) ?? NATION;
    const frontier = this.#frontiers.get(log) ?? new Frontier();
    const { publicKey } = this.signer(name);
    const vkey = vkeyOf(`${this.file.origin}/log/${log}`, publicKey);
    const body = { log, size: frontier.size, root: toHex(frontier.root()), vkey, epoch };
    this.write(plenoLog(parent), "custody", body, [chairOf(parent)]);
    this.#writers.set(log, this.signer(name));
    this.see(log, plenoLog(parent));
  }

  /** Grants down the whole chain: a chair and a member everywhere, a key for every station. */
  grantAll(): void {
    const each = (codes: readonly RegionCode[]) => {
      for (const code of codes) {
        const parent = parentOf(code) ?? NATION;
        this.seeAbove(plenoLog(parent));
        const list = ["chair", "member", "operator"].map((role) => this.#grant(`${role} ${code}`, role, code));
        this.write(plenoLog(parent), "grant", { list }, [chairOf(parent)]);
      }
    };
    const at = (length: number) => this.model.regions.filter(({ code }) => code !== NATION && code.length === length);
    for (const length of [2, 4, 6]) each(at(length).map(({ code }) => code));
    for (const { code } of at(6)) {
      this.seeAbove(plenoLog(code));
      const list = this.stationsOf(code).map((station) => this.#grant(`station ${station}`, "station", station));
      this.write(plenoLog(code), "grant", { list }, [chairOf(code)]);
    }
  }

  stationsOf(region: RegionCode): string[] {
    const found = this.model.region(region);
    if (!found) return [];
    return Array.from({ length: found.stationTo - found.stationFrom }, (_, i) =>
      this.model.stationAt(found.stationFrom + i),
    );
  }

  #grant(name: string, role: string, region: string): JsonObject {
    const person = toHex(sha256(utf8(name)).subarray(0, 16));
    return { key: toHex(this.signer(name).publicKey), person, region, role };
  }

  /** What a sheet or reading of this station must name as its district. */
  districtOf(station: string, contest: ContestKind, model = this.model) {
    const desa = model.region(station.slice(0, 10));
    const district = desa && model.contest(contest)?.districtOf(desa);
    if (!district) throw new RangeError(`${station} does not vote in ${contest}`);
    return district;
  }

  /** A sheet that adds up, or whatever `change` makes of it. */
  sheet(
    station: string,
    contest: ContestKind,
    votes: readonly (number | null)[] | null,
    previous: Hash | null,
    change: JsonObject & { readonly by?: never } = {},
    signer = `station ${station}`,
  ): Written {
    const log = tpsLog(station.slice(0, 6) as RegionCode);
    this.seeAbove(log);
    return this.write(log, "sheet", { ...this.form(station, contest, votes), papers: null, previous, ...change }, [
      signer,
    ]);
  }

  /** A reading by the operator of the plenary's region, seconded by its chair where `signers` says so. */
  reading(
    region: RegionCode,
    station: string,
    contest: ContestKind,
    votes: readonly number[],
    previous: Hash | null,
    change: JsonObject & { readonly by?: never } = {},
    signers = [`operator ${region}`],
  ): Written {
    const log = plenoLog(region);
    this.seeAbove(log);
    const body = {
      ...this.form(station, contest, votes),
      evidence: null,
      fields: [],
      incident: null,
      initialled: [],
      outcome: "same",
      previous,
      reason: null,
      refused: [],
      sheet: null,
      ...recountIn(String(change.outcome)),
      ...change,
    };
    return this.write(log, "reading", body, signers);
  }

  /** What a sheet and a reading have in common, for the ballot of a definition. */
  form(station: string, contest: ContestKind, votes: readonly (number | null)[] | null, model = this.model) {
    const district = this.districtOf(station, contest, model);
    const sum = (votes ?? []).reduce<number>((total, value) => total + (value ?? 0), 0);
    return {
      contest,
      district: district.object,
      figures: votes ? figuresFor(sum, 5) : new Array<null>(FIGURE_COUNT).fill(null),
      parties: district.parties.map(({ columns }) => votes && columns.reduce((total, i) => total + (votes[i] ?? 0), 0)),
      station,
      votes,
    };
  }

  certify(region: RegionCode, contest: ContestKind, district: string): Written {
    const log = plenoLog(region);
    this.seeAbove(log);
    const body = { contest, district, region, figures: [], votes: [], stations: 0, read: 0, papers: null };
    const figures = new Array<number>(FIGURE_COUNT).fill(0);
    return this.write(log, "certificate", { ...body, figures }, [`chair ${region}`, `member ${region}`]);
  }

  /** Adopts an amended definition. */
  amend(file: ElectionFile): Hash {
    const root = this.#keep(file);
    this.write(plenoLog(NATION), "definition", { root, decree: "2/UJI", note: "correction" }, ["root"]);
    return root;
  }

  #keep(file: ElectionFile): Hash {
    const checked = checkElection(file);
    if ("faults" in checked)
      throw new TypeError(checked.faults.map(({ path, what }) => `${path} ${what.en}`).join("; "));
    const { root, objects } = definitionObjects(checked.ok);
    for (const [hash, bytes] of objects) this.objects.set(hash, bytes);
    return root;
  }
}

export const chairOf = (region: RegionCode): string => (region === NATION ? "root" : `chair ${region}`);
