/**
 * A small published election of invented places and people, as a map from path to bytes: what the page and its tests are
 * developed against. It makes the public format by the plainest arithmetic, without the fold, so that a page which agrees
 * with both has been tested against two makers. Everything follows from the seed.
 */
import { namesRegion } from "../../../src/election/codes.ts";
import { FIGURE_COUNT } from "../../../src/election/figures.ts";
import { toHex, utf8 } from "../../../src/ledger/bytes.ts";
import { canonical, type Json, type JsonObject } from "../../../src/ledger/canonical.ts";
import { signCheckpoint } from "../../../src/ledger/checkpoint.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../../../src/ledger/note.ts";
import { formatProof, inclusionProof, tileHashReader } from "../../../src/ledger/proof.ts";
import { keyName, signStatement } from "../../../src/ledger/statement.ts";
import { growBundles, growTiles, tilePath, TILE_WIDTH } from "../../../src/ledger/tiles.ts";
import { leafHash, rootOf } from "../../../src/ledger/tree.ts";
import { fromUtf8 } from "../../../src/ledger/bytes.ts";
import { decodeStatus, type Status } from "../verify/status.ts";

export const ORIGIN = "contoh.teguh.example/2029";
export const EDITIONS_SEED = new Uint8Array(32).fill(1);

export interface FixtureOptions {
  readonly seed?: number;
  /** Stations of the first desa; the others have 4 to 9. */
  readonly stations?: number;
  /** Share of stations that have reported, and of those that are read, in percent. */
  readonly reported?: number;
  readonly read?: number;
  /** Parties and candidates of each in the contest with parties. */
  readonly parties?: number;
  readonly candidates?: number;
  /** Number of the edition; the log holds as many. */
  readonly edition?: number;
  /** Another history under the same key. */
  readonly fork?: boolean;
  /** One region's object as a lying publisher would sign it, in its parent's row as well or not. */
  readonly forge?: {
    /** "ppwp" if left out. */
    readonly contest?: string;
    readonly region: string;
    readonly change: (object: JsonObject) => JsonObject;
    readonly rowToo: boolean;
  };
}

type Votes = number[];

interface Sheet {
  readonly state: "incomplete" | "posted" | "held";
  readonly figures: (number | null)[];
  readonly votes: Votes | null;
  readonly flags: string[];
  at: number[];
  rivals: number[];
}

interface Station {
  readonly n: string;
  readonly count: Sheet | null;
  readonly recap: Sheet | null;
}

interface Area {
  readonly code: string;
  readonly name: string;
  readonly children: Area[];
  readonly stations: Station[];
}

interface Totals {
  stations: Record<string, number>;
  figures: number[];
  flags: Record<string, number>;
  votes: Votes;
  raised: Votes;
  removed: Votes;
  held: Votes;
}

const LEVEL: Readonly<Record<number, string>> = { 1: "nation", 2: "provinsi", 4: "kabupaten", 6: "kecamatan", 10: "desa" };

const PROVINCES: readonly [string, string, readonly [string, readonly [string, readonly string[]][]][]][] = [
  [
    "41",
    "Pulau Rindang",
    [
      [
        "Kabupaten Muara Jati",
        [
          ["Ampel Sari", ["Kebon Waru", "Sumber Agung", "Tirta Mulya", "Wana Asri"]],
          ["Bukit Lontar", ["Lontar Barat", "Lontar Timur", "Padang Luas"]],
          ["Curah Bening", ["Bening", "Sukorame"]],
        ],
      ],
      ["Kota Teluk Bayam", [["Teluk Utara", ["Pelita", "Samudra"]], ["Teluk Selatan", ["Karang Anyar"]]]],
    ],
  ],
  ["42", "Tanjung Senja", [["Kabupaten Lembah Damar", [["Damar", ["Damar Hulu", "Damar Hilir"]]]]]],
];

const PAIRS = [
  ["Ratna Wijayakusuma – Bagas Prakoso", "#1f77b4"],
  ["Hendra Lesmana – Sri Kinasih", "#d98200"],
  ["Yohanes Tirtayasa – Nurul Fadhilah", "#7b4fa3"],
] as const;

const COLOURS = ["#c0392b", "#1f77b4", "#2e8b57", "#b8860b", "#7b4fa3", "#00808c", "#a0522d", "#5d6d7e", "#d35400"];
const FIRST = ["Adi", "Bunga", "Cahya", "Dewi", "Eko", "Fitri", "Gilang", "Hesti", "Indra", "Joko", "Kartika", "Lukman"];
const LAST = ["Santosa", "Pertiwi", "Ramadhan", "Lestari", "Nugraha", "Permata", "Wibisana", "Anggraini", "Mahendra"];

/** A linear congruential generator: enough for invented figures, and the same everywhere. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Path below the site's address → bytes. */
export type Published = Map<string, Uint8Array>;

export interface Fixture {
  readonly files: Published;
  /** What the published page is told. */
  readonly told: Status;
  readonly origin: string;
  /** A station each that is held, flagged, and read with another figure than its sheet. */
  readonly held: string;
  readonly desa: string;
}

/** The log of editions up to a number: the same first editions for every number, so that one log continues another. */
export function makeFixture(options: FixtureOptions = {}): Fixture {
  const files: Published = new Map();
  const editionsKey = ed25519Signer(ORIGIN, EDITIONS_SEED);
  const publisher = ed25519Signer(keyName(ORIGIN, editionsKey.publicKey), EDITIONS_SEED);
  const next = random(options.seed ?? 7);
  const results: Record<string, string> = {};
  const logs = new Map<string, Uint8Array[]>();
  const contests: Json[] = [];
  for (const contest of ["ppwp", "dpr"] as const) {
    const world = makeWorld(contest, options, next);
    writeLogs(world, contest, logs);
    const names = addObject(files, namesOf(contest, options));
    const about = addObject(files, { districts: [["1", "Rindang I", names]], kind: contest });
    contests.push([contest, about]);
    results[contest] = publish(files, world, contest, names, options).hash;
    const codes = PROVINCES.flatMap(([province, , regencies]) => [province, ...regencies.map((_, r) => `${province}0${r + 1}`)]);
    for (const region of ["0", ...codes]) {
      if (namesRegion(contest, region) !== region) continue;
      files.set(`now/${contest}/${region}.names.json`, files.get(objectFile(names)) as Uint8Array);
    }
  }
  const heads = writeHeads(files, logs);
  const definition = addObject(files, { contests, origin: ORIGIN });
  const number = options.edition ?? 12;
  const entries: Uint8Array[] = [];
  for (let n = 1; n <= number; n++) {
    const body: JsonObject = {
      advance: hashHex(utf8("advance")),
      definition,
      districts: hashHex(utf8("districts")),
      downloads: null,
      election: "00".repeat(16),
      fold: 1,
      heads,
      number: n,
      previous: null,
      results,
      rules: 1,
      time: Date.UTC(2029, 1, 14, options.fork ? 13 : 12, 5) + n * 60_000,
    };
    entries.push(signStatement("teguh/edition/v1", body, [publisher]));
  }
  const checkpoint = writeLog(files, "", ORIGIN, editionsKey, entries);
  const last = entries.length - 1;
  const proof = formatProof({
    index: last,
    hashes: inclusionProof(last, entries.length, tileHashReader((level, n, width) => readTile(files, "", level, n, width), entries.length)),
    checkpoint,
  });
  const edition = fromUtf8(entries[last] as Uint8Array);
  for (const [contest, hash] of Object.entries(results)) {
    const nation = fromUtf8(files.get(objectFile(hash)) as Uint8Array);
    files.set(`now/${contest}.json`, utf8(canonical({ edition, nation, proof })));
  }
  const vkey = vkeyOf(ORIGIN, editionsKey.publicKey);
  const status = {
    contests: ["ppwp", "dpr"],
    edition: number,
    editionsVkey: vkey,
    election: ORIGIN,
    genesis: hashHex(utf8("genesis")),
    simulation: true,
    time: Date.UTC(2029, 1, 14, 12, 5) + number * 60_000,
    title: { en: "Sample General Election 2029", id: "Pemilu Contoh 2029" },
  };
  files.set("status.json", utf8(canonical(status)));
  return { files, told: decodeStatus(files.get("status.json") ?? utf8("")), origin: ORIGIN, held: "4101010001002", desa: "4101010001" };
}

export function objectFile(hash: string): string {
  return `object/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
}

function addObject(files: Published, value: Json): string {
  const bytes = utf8(canonical(value));
  const hash = hashHex(bytes);
  files.set(objectFile(hash), bytes);
  return hash;
}

// ---------------------------------------------------------------- an invented world

function columnsOf(contest: string, { parties = 4, candidates = 3 }: FixtureOptions): number {
  return contest === "ppwp" ? PAIRS.length : parties * (candidates + 1);
}

function namesOf(contest: string, options: FixtureOptions): Json {
  const { parties = 4, candidates = 3 } = options;
  if (contest === "ppwp") {
    const choices = PAIRS.map(([name, colour], i) => ({ colour, id: `100${i + 1}`, kind: "pair", name, number: i + 1, party: -1 }));
    return { choices, format: "teguh/definition/district/v1", name: "Nusa Contoh", parties: [], regions: ["0"] };
  }
  const partyRows = Array.from({ length: parties }, (_, p) => ({
    colour: COLOURS[p % COLOURS.length] as string,
    id: String(p + 1),
    name: `Partai Contoh ${p + 1}`,
    number: p + 1,
    short: `PC${p + 1}`,
    withdrawn: false,
  }));
  const ownParties = partyRows.map(({ colour: _, ...party }) => party);
  const choices = partyRows.flatMap((party, p) =>
    Array.from({ length: candidates + 1 }, (_, c) => ({
      colour: party.colour,
      id: c === 0 ? party.id : `${p + 1}.${c}`,
      kind: c === 0 ? "party" : "candidate",
      name: c === 0 ? party.name : `${FIRST[(p + c * 3) % FIRST.length]} ${LAST[(p * 2 + c) % LAST.length]}`,
      number: c === 0 ? p + 1 : c,
      party: p,
    })),
  );
  return { choices, format: "teguh/definition/district/v1", name: "Rindang I", parties: ownParties, regions: ["4101"] };
}

function makeWorld(contest: string, options: FixtureOptions, next: (below: number) => number): Area {
  const code = (parent: string, n: number, digits: number) => parent + String(n).padStart(digits, "0");
  const provinces = PROVINCES.map(([province, name, regencies]) => ({
    code: province,
    name,
    stations: [],
    children: regencies.map(([regency, districts], r) => ({
      code: code(province, r + 1, 2),
      name: regency,
      stations: [],
      children: districts.map(([district, villages], d) => {
        const kecamatan = code(code(province, r + 1, 2), d + 1, 2);
        return {
          code: kecamatan,
          name: district,
          stations: [],
          children: villages.map((village, v) => {
            const first = province === "41" && r === 0 && d === 0 && v === 0;
            const silent = province === "42" && v === 1;
            const size = first ? (options.stations ?? 12) : 4 + next(6);
            const stations = Array.from({ length: size }, (_, s) => makeStation(contest, options, next, s, first, silent));
            return { code: code(kecamatan, 2001 + v - 2000, 4), name: village, children: [], stations };
          }),
        };
      }),
    })),
  }));
  return { code: "0", name: "Nusa Contoh", children: provinces, stations: [] };
}

function makeStation(
  contest: string,
  options: FixtureOptions,
  next: (below: number) => number,
  slot: number,
  first: boolean,
  silent: boolean,
): Station {
  const n = String(slot + 1).padStart(3, "0");
  const showcase = first && slot < 4;
  if (silent || (!showcase && next(100) >= (options.reported ?? 80))) return { n, count: null, recap: null };
  const votes = Array.from({ length: columnsOf(contest, options) }, () => next(contest === "ppwp" ? 90 : 9));
  const valid = votes.reduce((a, b) => a + b, 0);
  const invalid = next(12);
  const registered = valid + invalid + 20 + next(40);
  const count = sheetOf(votes, valid, invalid, registered, showcase ? slot : -1);
  const read = showcase ? slot === 2 : next(100) < (options.read ?? 40);
  if (!read) return { n, count, recap: null };
  // In the first desa a reading of the third station moves ten votes to another choice.
  const readVotes = showcase ? votes.map((v, i) => (i === 0 ? v + 10 : v)) : votes;
  const recapValid = readVotes.reduce((a, b) => a + b, 0);
  return { n, count, recap: sheetOf(readVotes, recapValid, invalid, registered + 10, -1) };
}

/** Showcases of the first desa: 0 plain, 1 held (total one off), 2 corrected in plenary, 3 counted with notes. */
function sheetOf(votes: Votes, valid: number, invalid: number, registered: number, showcase: number): Sheet {
  const total = valid + invalid + (showcase === 1 ? 1 : 0);
  const half = Math.floor(registered / 2);
  const used = Math.floor(total / 2);
  const reserve = Math.ceil(registered / 50);
  const people = (m: number, all: number) => [m, all - m, all];
  const figures = [
    ...people(half, registered),
    ...people(used, total),
    ...people(0, 0),
    ...people(0, 0),
    ...people(used, total),
    ...people(1, 2),
    registered + reserve,
    total,
    showcase === 3 ? 2 : 0,
    registered + reserve - total,
    valid,
    invalid,
    total,
  ];
  const flags = showcase === 1 ? ["E301"] : showcase === 3 ? ["E201", "W401"] : [];
  return { state: showcase === 1 ? "held" : "posted", figures, votes, flags, at: [], rivals: [] };
}

// ---------------------------------------------------------------- objects

function emptyTotals(columns: number): Totals {
  return {
    stations: { expected: 0, in: 0, withVotes: 0, posted: 0, held: 0, read: 0 },
    figures: new Array<number>(FIGURE_COUNT).fill(0),
    flags: {},
    votes: new Array<number>(columns).fill(0),
    raised: new Array<number>(columns).fill(0),
    removed: new Array<number>(columns).fill(0),
    held: new Array<number>(columns).fill(0),
  };
}

function addInto(into: number[], from: readonly (number | null)[]): void {
  from.forEach((n, i) => {
    into[i] = (into[i] ?? 0) + (n ?? 0);
  });
}

function merge(into: Totals, part: Totals): void {
  for (const [key, n] of Object.entries(part.stations)) into.stations[key] = (into.stations[key] ?? 0) + n;
  for (const [code, n] of Object.entries(part.flags)) into.flags[code] = (into.flags[code] ?? 0) + n;
  addInto(into.figures, part.figures);
  addInto(into.votes, part.votes);
  addInto(into.raised, part.raised);
  addInto(into.removed, part.removed);
  addInto(into.held, part.held);
}

function totalsOf(stations: readonly Station[], book: "count" | "recap", columns: number): Totals {
  const totals = emptyTotals(columns);
  const bump = (key: string) => {
    totals.stations[key] = (totals.stations[key] ?? 0) + 1;
  };
  for (const station of stations) {
    bump("expected");
    const sheet = station[book];
    if (sheet === null) continue;
    bump("in");
    bump("read");
    bump("withVotes");
    bump(sheet.state);
    for (const code of sheet.flags) totals.flags[code] = (totals.flags[code] ?? 0) + 1;
    if (sheet.state === "posted") {
      addInto(totals.figures, sheet.figures);
      addInto(totals.votes, sheet.votes ?? []);
    } else addInto(totals.held, sheet.votes ?? []);
  }
  return totals;
}

const sparse = (values: readonly number[]): Json => values.flatMap((n, i) => (n === 0 ? [] : [[i, n]]));

interface PublishedArea {
  readonly hash: string;
  readonly totals: Readonly<Record<"count" | "recap", Totals>>;
  readonly rows: JsonObject;
  /** Plenaries, all of them open, of regions that have reported. */
  readonly sittings: number;
}

function publish(files: Published, area: Area, contest: string, names: string, options: FixtureOptions): PublishedArea {
  const columns = columnsOf(contest, options);
  const parts = area.children.map((child) => ({ child, done: publish(files, child, contest, names, options) }));
  const totals = { count: emptyTotals(columns), recap: emptyTotals(columns) };
  for (const book of ["count", "recap"] as const) {
    if (area.children.length === 0) merge(totals[book], totalsOf(area.stations, book, columns));
    for (const { done } of parts) merge(totals[book], done.totals[book]);
  }
  const withParties = contest !== "ppwp";
  // The district of the contest with parties is the first regency.
  const carries = !withParties || area.code.startsWith("4101");
  const book = (which: "count" | "recap", lists: boolean): JsonObject => {
    const t = totals[which];
    const { posted, held, read, expected, withVotes } = t.stations as Record<string, number>;
    const stations = which === "count" ? { expected, in: t.stations["in"] ?? 0, withVotes, posted, held } : { expected, read };
    const list = { district: "1", held: sparse(t.held), names, raised: sparse(t.raised), removed: sparse(t.removed), votes: t.votes };
    return {
      ...(stations as JsonObject),
      figures: t.figures,
      flags: t.flags,
      lists: lists ? [list] : [],
      ...(withParties ? { parties: partiesOf(t, options) } : {}),
    };
  };
  const code = area.code;
  const desa = code.length === 10;
  const silent = totals.count.stations["in"] === 0;
  const sittings = desa || silent ? 0 : parts.reduce((sum, { done }) => sum + done.sittings, 1);
  const object: JsonObject = {
    contest,
    count: book("count", carries),
    detail: desa && withParties ? addObject(files, detailOf(area)) : null,
    format: "teguh/result/v1",
    level: LEVEL[code.length] ?? "",
    name: area.name,
    orders: [],
    recap: book("recap", carries),
    ...(withParties ? { parties: partyIds(options) } : {}),
    ...(carries ? {} : { partyNames: [names] }),
    region: code,
    ...(sittings === 0 ? {} : { sittings: { open: sittings } }),
    status: desa ? null : "open",
    zone: code === "0" ? "WIB" : "WITA",
    ...(desa
      ? { stations: area.stations.map((station) => stationRow(station, code, contest, options)) }
      : {
          children: parts.map(({ child, done }) => ({ code: child.code, hash: done.hash, name: child.name, ...done.rows })),
        }),
  };
  if (silent) return { hash: null as unknown as string, totals, rows: rowsOf(object), sittings };
  const forged = contest === (options.forge?.contest ?? "ppwp") && options.forge?.region === code ? options.forge : undefined;
  const hash = addObject(files, forged === undefined ? object : forged.change(object));
  if (code !== "0") files.set(`now/${contest}/${code}.json`, files.get(objectFile(hash)) as Uint8Array);
  return { hash, totals, rows: rowsOf(forged?.rowToo ? forged.change(object) : object), sittings };
}

/** The rows that a parent has of an object. The contest without parties has one district, which all objects carry. */
function rowsOf(object: JsonObject): JsonObject {
  const row = (book: Json): Json => {
    const { figures, lists, ...rest } = book as JsonObject;
    const [valid = 0, invalid = 0, total = 0] = (figures as readonly number[]).slice(-3);
    const outline = { ...rest, invalid, total, valid };
    if ("parties" in rest) return outline;
    return { ...outline, lists: (lists as readonly JsonObject[]).map(({ names: _, ...list }) => list) };
  };
  const books = { count: row(object.count as Json), recap: row(object.recap as Json) };
  return "sittings" in object ? { ...books, sittings: object.sittings as Json } : books;
}

function partySums(votes: readonly number[], { parties = 4, candidates = 3 }: FixtureOptions): number[] {
  return Array.from({ length: parties }, (_, p) =>
    votes.slice(p * (candidates + 1), (p + 1) * (candidates + 1)).reduce((a, b) => a + b, 0),
  );
}

function partyIds({ parties = 4 }: FixtureOptions): string[] {
  return Array.from({ length: parties }, (_, p) => String(p + 1));
}

function partiesOf(totals: Totals, options: FixtureOptions): Json {
  const votes = partySums(totals.votes, options);
  return { held: sparse(partySums(totals.held, options)), raised: [], removed: [], votes };
}

function stationRow(station: Station, desa: string, contest: string, options: FixtureOptions): Json {
  const entry = (sheet: Sheet | null, recap: boolean): Json => {
    if (sheet === null) return null;
    const reading = recap ? { outcome: sheet.votes === station.count?.votes ? "same" : "corrected" } : {};
    const at: Json = recap ? sheet.at.map((index) => [`pleno/${desa.slice(0, 6)}`, index]) : sheet.at;
    const common = { at, flags: sheet.flags, rivals: sheet.rivals, state: sheet.state, ...reading };
    if (contest === "ppwp") return { ...common, figures: sheet.figures, votes: sheet.votes };
    const [valid = null, invalid = null, total = null] = sheet.figures.slice(-3);
    return { ...common, invalid, parties: partySums(sheet.votes ?? [], options), total, valid };
  };
  return { count: entry(station.count, false), n: station.n, recap: entry(station.recap, true) };
}

function detailOf(area: Area): Json {
  const one = (sheet: Sheet | null): Json => (sheet === null ? null : { figures: sheet.figures, votes: sheet.votes });
  return {
    format: "teguh/detail/v1",
    stations: area.stations.map(({ n, count, recap }) => ({ count: one(count), n, recap: one(recap) })),
  };
}

// ---------------------------------------------------------------- logs

const STATION_SEED = new Uint8Array(32).fill(9);

function writeLogs(world: Area, contest: string, logs: Map<string, Uint8Array[]>): void {
  const signer = ed25519Signer(keyName(ORIGIN, ed25519Signer("x", STATION_SEED).publicKey), STATION_SEED);
  const put = (log: string, type: string, body: JsonObject): number => {
    const entries = logs.get(log) ?? [];
    logs.set(log, entries);
    return entries.push(signStatement(type, body, [signer])) - 1;
  };
  const walk = (area: Area): void => {
    area.children.forEach(walk);
    for (const station of area.stations) {
      const kecamatan = area.code.slice(0, 6);
      const common = { contest, election: "00".repeat(16), parties: [], station: area.code + station.n };
      const at = Date.UTC(2029, 1, 14, 7, Number(station.n) % 60);
      if (station.count !== null) {
        const { figures, votes } = station.count;
        const sheet = { ...common, figures, papers: null, previous: null, time: at, votes };
        station.count.at = [put(`tps/${kecamatan}`, "teguh/sheet/v1", sheet)];
      }
      if (station.recap !== null) {
        const { figures, votes } = station.recap;
        const changed = votes !== station.count?.votes;
        const reading = { ...common, figures, outcome: changed ? "corrected" : "same", previous: null, sheet: null, time: at + 86_400_000, votes };
        station.recap.at = [put(`pleno/${kecamatan}`, "teguh/reading/v1", { ...reading, reason: changed ? "entry-error" : null })];
      }
    }
  };
  walk(world);
}

function readTile(files: Published, prefix: string, level: number, n: number, width: number): Uint8Array {
  return files.get(prefix + tilePath(level, n, width)) ?? new Uint8Array(0);
}

/** Writes the tiles and the checkpoint of a log; the text of the checkpoint. */
function writeLog(files: Published, prefix: string, origin: string, signer: Signer, entries: Uint8Array[]): string {
  const leaves = entries.map(leafHash);
  const none = () => new Uint8Array(0);
  for (const { level, n, width, bytes } of [...growTiles(0, leaves, none), ...growBundles(0, 0, entries)]) {
    files.set(prefix + tilePath(level, n, width), bytes);
    if (width === TILE_WIDTH) continue;
  }
  const checkpoint = signCheckpoint({ origin, size: entries.length, root: rootOf(leaves) }, [signer]);
  files.set(`${prefix}checkpoint`, checkpoint);
  return fromUtf8(checkpoint);
}

function writeHeads(files: Published, logs: Map<string, Uint8Array[]>): string {
  const head = (log: string): Json => {
    const entries = logs.get(log);
    if (entries === undefined) return null;
    const origin = `${ORIGIN}/log/${log}`;
    const signer = ed25519Signer(origin, EDITIONS_SEED);
    writeLog(files, `log/${log}/`, origin, signer, entries);
    const base: Json[] = [entries.length, toHex(rootOf(entries.map(leafHash))), vkeyOf(origin, signer.publicKey)];
    return log.startsWith("pleno/") ? [...base, 0] : base;
  };
  const format = "teguh/heads/v1";
  const provinces = PROVINCES.map(([province, , regencies]) => {
    const children = regencies.map(([, districts], r) => {
      const region = province + String(r + 1).padStart(2, "0");
      const kecamatan = districts.map((_, d) => {
        const code = region + String(d + 1).padStart(2, "0");
        return { pleno: head(`pleno/${code}`), region: code, tps: head(`tps/${code}`) };
      });
      return { hash: addObject(files, { children: kecamatan, format, pleno: null, region, tps: null }), region };
    });
    return { hash: addObject(files, { children, format, pleno: null, region: province, tps: null }), region: province };
  });
  return addObject(files, { children: provinces, format, pleno: null, region: "0", tps: null });
}
