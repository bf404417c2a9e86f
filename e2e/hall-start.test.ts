/**
 * A kecamatan's laptop from nothing but a bundle, with the real programs: it starts, hears of its hand-over, reads a station, holds a
 * phone's sheet, and the centre has both as soon as there is a line. A second start needs no bundle.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
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
let origin: string;

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
  centre = new Program(centreData);
  const intake = await centre.address("intake");
  await setUp(await centre.address("desk"), centre.errors, [...officials.values()]);
  const made = await teguh("bundle", KEC, "--data", centreData, "--out", bundle, "--endpoints", intake);
  assert.equal(made.code, 0, made.err);
});

after(async () => {
  await hall?.stop();
  await centre?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody signed in at a desk, over HTTP. */
async function signedIn(program: Program, name: string): Promise<Client> {
  const client = new Client(await program.address("desk"));
  await client.signIn(origin, official(name));
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
  const sheet = election.sheet(STATION, "ppwp", [10, 20, 30]);
  await centre.stop();
  for (let times = 0; times < 2; times++) {
    const { status, text } = await phone.send(await hall.address("intake"), sheet);
    assert.equal(status, 200, text);
    assert.equal(openBody(parseStatement(utf8(text))).index, undefined);
  }
  assert.equal((await syncOf()).sheets, 1);
});
