/**
 * A kecamatan's laptop from nothing but a bundle, with the real programs: it starts, hears of its hand-over, reads a station, holds a
 * phone's sheet, and the centre has both as soon as there is a line. A second start needs no bundle. A laptop that is lost is
 * replaced, and what it had beyond that is evidence.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { teguh } from "../src/cli/testing.ts";
import type { StationCode } from "../src/election/codes.ts";
import { utf8 } from "../src/ledger/bytes.ts";
import { openBody, parseStatement } from "../src/ledger/statement.ts";
import type { HallView, StationView } from "../src/recap/wire/views.ts";
import type { Client } from "./desk-officials.ts";
import { storedSizes } from "./election.ts";
import { Halls, KAB, KEC, LOG } from "./hall-fixture.ts";
import { Phone } from "./phone.ts";
import type { Program } from "./program.ts";
import { until } from "./until.ts";

const STATION = "5101021001001" as StationCode;
const OTHER = "5101021001002" as StationCode;

let halls: Halls;
let hall: Program;
let sheet: Uint8Array;

before(async () => {
  halls = await Halls.open();
  sheet = halls.election.sheet(STATION, "ppwp", [10, 20, 30]);
});
after(() => halls?.close());

const stationAt = (client: Client, station = STATION) =>
  client.get<StationView>(`/api/halls/${KEC}/stations/ppwp/${station}`);

/** States the reading of a station at a hall with these votes, without a sheet. */
async function read(program: Program, station: StationCode, votes: readonly number[]): Promise<void> {
  const client = await halls.signedIn(program, "Putu Operator");
  const view = await client.get<HallView>(`/api/halls/${KEC}`);
  const { figures, parties } = JSON.parse(
    Buffer.from(halls.election.sheet(station, "ppwp", votes))
      .toString()
      .split("\n")[1] ?? "",
  );
  const nothing = { reason: null, fields: [], incident: null, initialled: [], refused: [], evidence: null };
  const about = { contest: "ppwp", station, district: (await stationAt(client, station)).districtObject } as const;
  const body = { ...about, ...nothing, figures, votes, parties, sheet: null, previous: null, outcome: "same" } as const;
  await client.state(view, "reading", body, [halls.official("Putu Operator")]);
}

const pause = async (program: Program) => {
  const client = await halls.signedIn(program, "Ayu Ketua");
  const view = await client.get<HallView>(`/api/halls/${KEC}`);
  await client.state(view, "pause", { panel: null }, [halls.official("Ayu Ketua")]);
};

test("from a bundle the hall starts with its people, and nothing is stated before it has the log in hand", async () => {
  hall = halls.laptop("hall");
  assert.equal((await halls.sync(hall)).hindrance?.reason, "no-custody");
  await assert.rejects(pause(hall), /no-custody/);
});

test("a phone's sheet is held in the hall, with a receipt that says no more than that", async () => {
  const phone = new Phone(halls.election, STATION);
  for (let times = 0; times < 2; times++) {
    const { status, text } = await phone.send(await hall.address("intake"), sheet);
    assert.equal(status, 200, text);
    assert.equal(openBody(parseStatement(utf8(text))).index, undefined);
  }
  assert.equal((await halls.sync(hall)).sheets, 1);
  const { held } = await stationAt(await halls.signedIn(hall, "Putu Operator"));
  assert.deepEqual(held?.votes, [10, 20, 30]);
});

test("the kabupaten hands the log to the laptop's key, the hall hears of it and reads on without any line", async () => {
  await halls.handTo((await halls.sync(hall)).vkey);
  await assert.rejects(pause(halls.centre), /written-elsewhere/);
  await halls.heal();
  await halls.inHand(hall);
  halls.link.cut();
  await read(hall, STATION, [10, 20, 30]);
  const { reading } = await stationAt(await halls.signedIn(hall, "Putu Operator"));
  assert.deepEqual(reading?.votes, [10, 20, 30]);
});

test("once there is a line the centre has the reading and the sheet, each once, and the phone its receipt", async () => {
  await halls.heal();
  await halls.together(hall);
  const [here, there] = [await storedSizes(halls.folder("hall")), await storedSizes(halls.centreData)];
  assert.equal(there[LOG], here[LOG]);
  const sent = await new Phone(halls.election, STATION).send(await hall.address("intake"), sheet);
  assert.equal(typeof openBody(parseStatement(utf8(sent.text))).index, "number");
  assert.equal((await halls.writer()).epoch, 1);
  await until("the hall is heard of in public", async () =>
    existsSync(join(halls.centreData, "public", "contact", `${KAB}.json`)),
  );
});

test("a second start needs no bundle, and the folder of one kecamatan is not another's", async () => {
  await hall.stop();
  hall = halls.laptop("hall", false);
  const { reading } = await stationAt(await halls.signedIn(hall, "Putu Operator"));
  assert.deepEqual(reading?.votes, [10, 20, 30]);
  assert.equal((await halls.sync(hall)).hindrance, null);
  const other = await teguh("start", "--kecamatan", "510101", "--data", halls.folder("hall"));
  assert.equal(other.code, 2);
  assert.match(other.err, /510102/);
});

test("a lost laptop is replaced from what had arrived; what it has beyond that comes in as evidence and counts nowhere", async () => {
  await halls.together(hall);
  halls.link.cut();
  await read(hall, OTHER, [1, 2, 3]);
  const second = halls.laptop("second");
  await halls.handTo((await halls.sync(second)).vkey);
  await hall.stop();
  await halls.heal();
  await halls.inHand(second);
  await read(second, OTHER, [4, 5, 6]);
  await halls.together(second);
  const before = await storedSizes(halls.centreData);
  // It is found again, and has a line once more.
  hall = halls.laptop("hall", false);
  await until("the centre has what the lost laptop wrote", async () => (await halls.writer()).apart.length > 0);
  await until("the laptop knows that it was replaced", async () => {
    const { hindrance } = await halls.sync(hall);
    return hindrance?.reason === "replaced";
  });
  const { apart, epoch } = await halls.writer();
  assert.equal(epoch, 2);
  assert.deepEqual(
    apart.map(({ epoch: of, to, from }) => [of, to - from > 0]),
    [[1, true]],
  );
  assert.deepEqual(await storedSizes(halls.centreData), before);
  const chair = await halls.signedIn(halls.centre, "Ayu Ketua");
  assert.deepEqual((await stationAt(chair, OTHER)).reading?.votes, [4, 5, 6]);
  await second.stop();
});

test("the kabupaten takes the log back, the centre goes on where the laptop ended, and the laptop states no more", async () => {
  const second = halls.laptop("second", false);
  await halls.together(second);
  await halls.handTo(await halls.centreKey());
  await pause(halls.centre);
  // Once it has what the centre wrote, the log is another's; till then it knows that it was replaced.
  await until("the laptop has what the centre wrote", async () => {
    const { hindrance } = await halls.sync(second);
    return hindrance?.reason === "no-custody";
  });
  await assert.rejects(pause(second), /no-custody/);
  const { epoch, vkey } = await halls.writer();
  assert.deepEqual([epoch, vkey], [3, await halls.centreKey()]);
  await halls.together(second);
  const there = await storedSizes(halls.centreData);
  assert.equal((await storedSizes(halls.folder("second")))[LOG], there[LOG]);
  // Its last edition has all that was written.
  await halls.centre.stop();
  const audit = await teguh("verify", join(halls.centreData, "public"), "--json");
  assert.equal(audit.code, 0, audit.out);
  const { ok, statements, editions } = JSON.parse(audit.out) as Record<"statements" | "editions", number> & {
    ok: boolean;
  };
  assert.deepEqual([ok, statements - editions], [true, Object.values(there).reduce((sum, size) => sum + size)]);
});
