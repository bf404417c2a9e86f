/**
 * A kecamatan's laptop from nothing but a bundle, with the real programs: it starts, hears of its hand-over, reads a station, holds a
 * phone's sheet, and the centre has both as soon as there is a line. A second start needs no bundle.
 */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { teguh } from "../src/cli/testing.ts";
import type { StationCode } from "../src/election/codes.ts";
import { utf8 } from "../src/ledger/bytes.ts";
import { openBody, parseStatement } from "../src/ledger/statement.ts";
import type { CustodyView, SyncView } from "../src/recap/wire/sync.ts";
import type { HallView, StationView } from "../src/recap/wire/views.ts";
import { Client, makeOfficial, type Official, setUp } from "./desk-officials.ts";
import { type Election, foundElection, storedSizes } from "./election.ts";
import { Link } from "./link.ts";
import { Phone } from "./phone.ts";
import { Program } from "./program.ts";
import { until } from "./until.ts";

const KEC = "510102";
const KAB = "5101";
const LOG = `pleno/${KEC}`;
const STATION = "5101021001001" as StationCode;

const folder = mkdtempSync(join(tmpdir(), "teguh-hall-"));
const [centreData, hallData, bundle] = ["centre", "hall", "bundle"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const officials = new Map<string, Official>();
let election: Election;
let centre: Program;
let hall: Program;
let link: Link;
let origin: string;
let lastSheet: Uint8Array;

const official = (name: string): Official => officials.get(name) ?? assert.fail(`nobody is called ${name}`);

before(async () => {
  election = await foundElection(centreData);
  origin = election.phoneOf(STATION).name.split("/k/")[0] ?? "";
  for (const [name, role, region] of [
    ["Ketua KPU", "chair", "0"],
    ["Ketua Kabupaten", "chair", KAB],
    ["Ayu Ketua", "chair", KEC],
    ["Putu Operator", "operator", KEC],
  ] as const) {
    officials.set(name, await makeOfficial(origin, name, role, region));
  }
  link = await Link.open();
  centre = new Program(centreData);
  await centre.address("intake");
  await setUp(await centre.address("desk"), centre.errors, [...officials.values()]);
  const made = await teguh("bundle", KEC, "--data", centreData, "--out", bundle, "--endpoints", link.url);
  assert.equal(made.code, 0, made.err);
});

after(async () => {
  await hall?.stop();
  await centre?.stop();
  link?.close();
  rmSync(folder, { recursive: true, force: true });
});

const clients = new Map<Program, Map<string, Client>>();

/** Somebody signed in at a desk, over HTTP. */
async function signedIn(program: Program, name: string): Promise<Client> {
  const known = clients.get(program) ?? new Map<string, Client>();
  clients.set(program, known);
  const client = known.get(name) ?? new Client(await program.address("desk"));
  if (!known.has(name)) await client.signIn(origin, official(name));
  known.set(name, client);
  return client;
}

const syncOf = async () => (await signedIn(hall, "Putu Operator")).get<SyncView>("/api/sync");

/** States the reading of the station at the hall, as the sheet that is held there says. */
async function read(client: Client): Promise<void> {
  const view = await client.get<HallView>(`/api/halls/${KEC}`);
  const station = await client.get<StationView>(`/api/halls/${KEC}/stations/ppwp/${STATION}`);
  const { figures, votes, parties } = station.held ?? assert.fail("the sheet is held here");
  const nothing = { reason: null, fields: [], incident: null, initialled: [], refused: [], evidence: null };
  const about = { contest: "ppwp", station: STATION, district: station.districtObject } as const;
  const body = { ...about, ...nothing, figures, votes, parties, sheet: null, previous: null, outcome: "same" } as const;
  await client.state(view, "reading", body, [official("Putu Operator")]);
}

test("from a bundle the hall starts with its people, and nothing is stated before it has the log in hand", async () => {
  hall = new Program(hallData, undefined, ["--kecamatan", KEC, "--bundle", bundle]);
  const client = await signedIn(hall, "Ayu Ketua");
  const view = await client.get<HallView>(`/api/halls/${KEC}`);
  assert.equal((await syncOf()).hindrance?.reason, "no-custody");
  await assert.rejects(client.state(view, "pause", { panel: null }, [official("Ayu Ketua")]), /no-custody/);
});

test("a phone's sheet is held in the hall, with a receipt that says no more than that", async () => {
  const phone = new Phone(election, STATION);
  lastSheet = election.sheet(STATION, "ppwp", [10, 20, 30]);
  for (let times = 0; times < 2; times++) {
    const { status, text } = await phone.send(await hall.address("intake"), lastSheet);
    assert.equal(status, 200, text);
    assert.equal(openBody(parseStatement(utf8(text))).index, undefined);
  }
  assert.equal((await syncOf()).sheets, 1);
});

test("the kabupaten hands the log to the laptop's key, the hall hears of it and reads on without any line", async () => {
  const { vkey } = await syncOf();
  const chair = await signedIn(centre, "Ketua Kabupaten");
  const { writers } = await chair.get<CustodyView>(`/api/halls/${KAB}/custody`);
  const { log, size, root, epoch } = writers.find((one) => one.log === LOG) ?? assert.fail("its log is listed");
  const above = await chair.get<HallView>(`/api/halls/${KAB}`);
  await chair.state(above, "custody", { log, size, root, epoch: epoch + 1, vkey }, [official("Ketua Kabupaten")]);
  const kecamatan = await signedIn(centre, "Ayu Ketua");
  const there = await kecamatan.get<HallView>(`/api/halls/${KEC}`);
  await assert.rejects(kecamatan.state(there, "pause", { panel: null }, [official("Ayu Ketua")]), /written-elsewhere/);
  link.heal(await centre.address("intake"));
  await until("the hall has heard of it", async () => (await syncOf()).hindrance === null);
  link.cut();
  const client = await signedIn(hall, "Putu Operator");
  await read(client);
  const station = await client.get<StationView>(`/api/halls/${KEC}/stations/ppwp/${STATION}`);
  assert.deepEqual(station.reading?.votes, [10, 20, 30]);
});

test("once there is a line the centre has the reading and the sheet, each once, and the phone its receipt", async () => {
  link.heal(await centre.address("intake"));
  await until("the centre has all of it", async () => {
    const { logs, sheets } = await syncOf();
    return sheets === 0 && logs.every(({ here, there }) => here === there);
  });
  const [here, there] = [await storedSizes(hallData), await storedSizes(centreData)];
  assert.equal(there[LOG], here[LOG]);
  const sent = await new Phone(election, STATION).send(await hall.address("intake"), lastSheet);
  assert.equal(typeof openBody(parseStatement(utf8(sent.text))).index, "number");
  const chair = await signedIn(centre, "Ketua Kabupaten");
  const { writers } = await chair.get<CustodyView>(`/api/halls/${KAB}/custody`);
  const writer = writers.find((one) => one.log === LOG);
  assert.equal(writer?.epoch, 1);
  await until("the hall is heard of", async () => existsSync(join(centreData, "public", "contact", `${KAB}.json`)));
});

test("a second start needs no bundle, and nothing is asked of anybody anew", async () => {
  await hall.stop();
  hall = new Program(hallData, undefined, ["--kecamatan", KEC]);
  const client = await signedIn(hall, "Putu Operator");
  const station = await client.get<StationView>(`/api/halls/${KEC}/stations/ppwp/${STATION}`);
  assert.deepEqual(station.reading?.votes, [10, 20, 30]);
  assert.equal((await syncOf()).hindrance, null);
  const other = await teguh("start", "--kecamatan", "510101", "--data", hallData);
  assert.equal(other.code, 2);
  assert.match(other.err, /510102/);
});
