import assert from "node:assert/strict";
import { type IncomingHttpHeaders, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { test } from "node:test";
import { CoreAway } from "../core/submission.ts";
import { keyOf, ORIGIN, openWorld, STATION, sheetNote, TPS_LOG, type World } from "../core/testing.ts";
import type { StationCode } from "../election/codes.ts";
import type { SheetBody } from "../election/sheet.ts";
import { decodeBody } from "../election/statements.ts";
import { Door } from "../intake/door.ts";
import { type DoorFigures, STEPS, type Step } from "../intake/figures.ts";
import type { DoorLimits } from "../intake/limits.ts";
import { PassOffice } from "../intake/pass.ts";
import { PASS_TYPE, PassLane } from "../intake/pass-lane.ts";
import { Receipts } from "../intake/receipt.ts";
import { concat, fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import { asHash, sha256 } from "../ledger/hash.ts";
import { ed25519Signer, ed25519Verifier, openNote, signNote } from "../ledger/note.ts";
import { parseStatement, signStatement } from "../ledger/statement.ts";
import { encodeEntry } from "../ledger/tiles.ts";
import { openMemoryStore, type Fault as StoreFault } from "../store/memory.ts";
import { intakeServer } from "./intake.ts";

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly faults: readonly {
    readonly code: string;
    readonly path?: string;
    readonly message: Record<string, string>;
  }[];
}

interface Intake {
  readonly world: World;
  readonly store: { fault: StoreFault | null };
  readonly port: number;
  readonly passes: PassOffice;
  readonly passOf: (word: string) => string;
  post(path: string, body: Uint8Array | string, headers?: Record<string, string>): Promise<Reply>;
  /** Sends a sheet with the pass of the key "phone". */
  sheet(bytes: Uint8Array, path?: string): Promise<Reply>;
  get(path: string): Promise<Reply>;
  readonly logged: string[];
  figures(): DoorFigures;
}

const seedOf = (origin: string) => sha256(utf8(`log ${origin}`));

/** Runs a test against an intake on a port of its own. */
async function withIntake(run: (intake: Intake) => Promise<void>, limits: Partial<DoorLimits> = {}): Promise<void> {
  const store: { fault: StoreFault | null } = { fault: null };
  const logged: string[] = [];
  const world = await openWorld(openMemoryStore(undefined, { fault: () => store.fault }), () =>
    logged.push("replaced"),
  );
  const clock = () => world.time.now;
  let nonces = 0;
  const passes = new PassOffice({
    secret: new Uint8Array(32).fill(9),
    clock,
    random: () => new Uint8Array(16).fill(++nonces),
  });
  const { sequencer } = world;
  const electionTag = sequencer.standings.genesis?.electionTag ?? "";
  const receipts = new Receipts({ election: ORIGIN, electionTag, seedOf, clock });
  const door = new Door({ sequencer, passes, receipts, clock, random: () => 0.5, limits });
  const passLane = new PassLane({ sequencer, passes, door, clock });
  const server = intakeServer({ door, passLane, log: (message) => logged.push(message) });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const call = (method: string, path: string, body: Uint8Array | string, headers: Record<string, string>) =>
    new Promise<Reply>((resolve, reject) => {
      const sent = request({ port, host: "127.0.0.1", method, path, headers, agent: false }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const text = Buffer.concat(parts).toString();
          const json = response.headers["content-type"] === "application/json" ? JSON.parse(text) : {};
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, faults: json.faults ?? [] });
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  const passOf = (word: string) => passes.issue(keyOf(word).short, STATION);
  const post: Intake["post"] = (path, body, headers = {}) =>
    call("POST", path, body, {
      ...("transfer-encoding" in headers ? {} : { "content-length": String(body.length) }),
      ...headers,
    });
  try {
    await run({
      world,
      store,
      port,
      passes,
      passOf,
      post,
      sheet: (bytes, path = "/sheet") => post(path, bytes, { authorization: `Teguh ${passOf("phone")}` }),
      get: (path) => call("GET", path, "", {}),
      logged,
      figures: () => door.figures(),
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const sizeOf = async (world: World) => (await world.store.head(TPS_LOG))?.size ?? 0;
const idOf = (note: Uint8Array) => toHex(parseStatement(note).id);

test("a sheet is answered with a receipt that holds the log to it", () =>
  withIntake(async ({ world, sheet }) => {
    const note = sheetNote(world);
    const { status, text } = await sheet(note);
    assert.equal(status, 200);
    const origin = `${ORIGIN}/log/${TPS_LOG}`;
    const { publicKey } = ed25519Signer(origin, seedOf(origin));
    const { verified } = openNote(utf8(text), [ed25519Verifier(origin, publicKey)]);
    assert.equal(verified.length, 1);
    const receipt = decodeBody("receipt", parseStatement(utf8(text)).body);
    assert.deepEqual(
      { id: receipt.id, log: receipt.log, index: receipt.index },
      { id: idOf(note), log: TPS_LOG, index: 4 },
    );
    assert.deepEqual(await world.store.read(TPS_LOG, 4, 5), [note]);
  }));

test("the same sheet again gets the same receipt and no second place", () =>
  withIntake(async ({ world, sheet }) => {
    const note = sheetNote(world);
    const first = await sheet(note);
    world.time.now++;
    const second = await sheet(note);
    assert.equal(second.text, first.text);
    assert.equal(await sizeOf(world), 5);
  }));

test("a sheet that was stored by an earlier process gets the same promise", () =>
  withIntake(async ({ world, sheet }) => {
    const note = sheetNote(world);
    await world.sequencer.append(TPS_LOG, note);
    const { status, text } = await sheet(note);
    assert.deepEqual([status, decodeBody("receipt", parseStatement(utf8(text)).body).index], [200, 4]);
    assert.equal(await sizeOf(world), 5);
  }));

test("a stored sheet gets its receipt even after its key was revoked", () =>
  withIntake(async ({ world, sheet }) => {
    const note = sheetNote(world);
    await world.sequencer.append(TPS_LOG, note);
    await world.revoke("phone", "7101");
    const { status, text } = await sheet(note);
    assert.deepEqual([status, decodeBody("receipt", parseStatement(utf8(text)).body).index], [200, 4]);
  }));

test("a second version that does not name the first is kept as a rival, with a receipt of its own", () =>
  withIntake(async ({ world, sheet }) => {
    await sheet(sheetNote(world));
    assert.equal((await sheet(sheetNote(world, { votes: [1, 2, 3] }))).status, 200);
    assert.equal(await sizeOf(world), 6);
  }));

test("who insists on the latest gets 409 with the current sheet, and nothing is appended", () =>
  withIntake(async ({ world, sheet }) => {
    const first = sheetNote(world);
    await sheet(first);
    const { status, text } = await sheet(sheetNote(world, { votes: [1, 2, 3] }), "/sheet?expect=latest");
    assert.deepEqual([status, JSON.parse(text)], [409, { latest: { id: idOf(first), index: 4 } }]);
    assert.equal(await sizeOf(world), 5);
    const next = sheetNote(world, { votes: [1, 2, 3], previous: asHash(idOf(first)) });
    assert.equal((await sheet(next, "/sheet?expect=latest")).status, 200);
  }));

interface Malformed {
  readonly what: string;
  readonly note: (world: World) => Uint8Array;
  /** The paths of all faults that must be named. */
  readonly paths: readonly string[];
}

const signed = (world: World, change: object, type = "teguh/sheet/v1") =>
  signNote(`${type}\n${bodyOf(sheetNote(world, change as Partial<SheetBody>))}\n`, [keyOf("phone").signer]);
const bodyOf = (note: Uint8Array) => fromUtf8(parseStatement(note).body);
const resigned = (world: World, from: string | RegExp, to: string) =>
  signNote(`teguh/sheet/v1\n${bodyOf(sheetNote(world)).replace(from, to)}\n`, [keyOf("phone").signer]);

const MALFORMED: readonly Malformed[] = [
  {
    what: "an unknown station",
    note: (w) => sheetNote(w, { station: "7101012001444" as StationCode }),
    paths: ["station"],
  },
  {
    what: "an unknown kecamatan",
    note: (w) => sheetNote(w, { station: "5103032001004" as StationCode }),
    paths: ["station"],
  },
  {
    what: "a contest that the region does not have",
    note: (w) => sheetNote(w, { contest: "dpd" }),
    paths: ["contest", "district"],
  },
  { what: "a district of another contest", note: (w) => sheetNote(w, { contest: "dpr" }), paths: ["district"] },
  {
    what: "an unknown district",
    note: (w) => sheetNote(w, { district: asHash("ab".repeat(32)) }),
    paths: ["district"],
  },
  {
    what: "a count over the boxes of the form",
    note: (w) => sheetNote(w, { votes: [100, 1_000, 40] }),
    paths: ["votes[1]"],
  },
  { what: "a negative count", note: (w) => resigned(w, '"votes":[100', '"votes":[-100'), paths: ["votes[0]"] },
  { what: "a fraction", note: (w) => resigned(w, '"votes":[100', '"votes":[1.5'), paths: [""] },
  { what: "too few votes", note: (w) => sheetNote(w, { votes: [100, 60] }), paths: ["votes"] },
  { what: "party totals where there are no parties", note: (w) => sheetNote(w, { parties: [1] }), paths: ["parties"] },
  { what: "24 figures", note: (w) => sheetNote(w, { figures: new Array(24).fill(null) }), paths: ["figures"] },
  { what: "a key given twice", note: (w) => resigned(w, '"papers":null', '"papers":null,"papers":null'), paths: [""] },
  {
    what: "a field that no sheet has",
    note: (w) => resigned(w, '"papers":null', '"paper":null,"papers":null'),
    paths: ["paper"],
  },
  { what: "figures as text", note: (w) => resigned(w, '"votes":[100', '"votes":["100"'), paths: ["votes[0]"] },
  { what: "another election", note: (w) => sheetNote(w, { election: "ab".repeat(16) }), paths: ["election"] },
  { what: "another type", note: (w) => signed(w, {}, "teguh/annul/v1"), paths: ["type"] },
  { what: "no note at all", note: () => utf8("{}"), paths: [""] },
  { what: "nothing", note: () => new Uint8Array(0), paths: [""] },
  {
    what: "several at once",
    note: (w) => sheetNote(w, { votes: [1_000, 60], parties: [1], contest: "dpr", election: "ab".repeat(16) }),
    paths: ["district", "votes", "votes[0]", "parties", "election"],
  },
];

for (const { what, note, paths } of MALFORMED) {
  test(`malformed: ${what} is refused, every fault named in both languages, nothing stored`, () =>
    withIntake(async ({ world, sheet }) => {
      const { status, faults } = await sheet(note(world));
      assert.equal(status, 400);
      for (const path of paths.filter((one) => one !== "")) {
        assert.ok(
          faults.some((fault) => fault.path === path),
          `${path} among ${JSON.stringify(faults)}`,
        );
      }
      assert.ok(faults.length > 0);
      for (const { code, message } of faults)
        assert.ok(code === "D" && message.id && message.en, JSON.stringify(faults));
      assert.equal(await sizeOf(world), 0);
    }));
}

test("a signature that does not fit is refused", () =>
  withIntake(async ({ world, sheet }) => {
    const note = sheetNote(world);
    const last = note.length - 10;
    note[last] = note[last] === 0x41 ? 0x42 : 0x41;
    const { status, faults } = await sheet(note);
    assert.deepEqual([status, faults[0]?.path, await sizeOf(world)], [400, "signature", 0]);
  }));

test("too many wrong signatures cost a pass its credit, the next pass has its own", () =>
  withIntake(
    async ({ world, sheet }) => {
      const wrong = sheetNote(world);
      wrong[wrong.length - 10] = wrong[wrong.length - 10] === 0x41 ? 0x42 : 0x41;
      assert.deepEqual([(await sheet(wrong)).status, (await sheet(wrong)).status], [400, 400]);
      const locked = await sheet(sheetNote(world));
      assert.deepEqual([locked.status, locked.faults[0]?.code], [401, "pass-abused"]);
      world.time.now += 1_000;
      assert.equal((await sheet(sheetNote(world))).status, 200);
    },
    { badSignatures: { capacity: 2, perSecond: 1 / 60 } },
  ));

test("a key that is not known yet is asked to come back, and is let in once it is", () =>
  withIntake(async ({ world, sheet }) => {
    const note = sheetNote(world, {}, "late");
    const early = await sheet(note);
    assert.deepEqual([early.status, early.faults[0]?.code], [425, "key-unknown"]);
    assert.ok(Number(early.headers["retry-after"]) >= 30);
    await world.grant("late", STATION, "station");
    assert.equal((await sheet(note)).status, 200);
  }));

test("a key of another station is refused, and whatever else is wrong is named with it", () =>
  withIntake(async ({ world, sheet }) => {
    const station = "7101012001002" as StationCode;
    const clean = await sheet(sheetNote(world, { station }));
    assert.deepEqual([clean.status, clean.faults.map(({ path }) => path)], [403, ["station"]]);
    const worse = await sheet(sheetNote(world, { station, votes: [1] }));
    assert.deepEqual([worse.status, worse.faults.map(({ path }) => path)], [400, ["station", "votes"]]);
    assert.equal(await sizeOf(world), 0);
  }));

test("a revoked key is refused", () =>
  withIntake(async ({ world, sheet }) => {
    await world.revoke("phone", "7101");
    const { status, faults } = await sheet(sheetNote(world));
    assert.deepEqual([status, faults[0]?.code], [403, "key-revoked"]);
  }));

test("without a valid pass the body is not even read", () =>
  withIntake(async ({ world, post, passOf }) => {
    const pass = passOf("phone");
    const forged = `${pass.slice(0, -1)}${pass.endsWith("A") ? "B" : "A"}`;
    for (const authorization of ["", "Teguh ", "Bearer x", `Teguh ${forged}`, `Teguh ${pass} `.repeat(2)]) {
      const { status, faults } = await post("/sheet", sheetNote(world), { authorization });
      assert.deepEqual([status, faults[0]?.code], [401, "no-pass"], authorization);
    }
    world.time.now += 8 * 86_400_000;
    assert.equal((await post("/sheet", sheetNote(world), { authorization: `Teguh ${pass}` })).status, 401);
  }));

test("whoever sends one request after the other without a pass loses the connection, whatever is still under way", () =>
  withIntake(async ({ port, figures }) => {
    const flood = connect(port, "127.0.0.1");
    // Reset with much of it unread, as it may be.
    flood.on("error", () => undefined).resume();
    const one = "POST /sheet HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n";
    flood.write(one.repeat(100_000));
    await new Promise((resolve) => flood.on("close", resolve));
    const { refused } = figures().byStep.pass;
    assert.ok(refused >= 32 && refused < 20_000, `${refused}`);
  }));

test("a request of the wrong shape is refused by its headers", () =>
  withIntake(async ({ post, passOf }) => {
    const authorization = `Teguh ${passOf("phone")}`;
    const cases: [number, string, Record<string, string>][] = [
      [413, "", { "content-length": "65536" }],
      [413, "", { "content-length": "9999999999" }],
      [415, "x", { "content-encoding": "gzip" }],
      [411, "x", { "transfer-encoding": "chunked" }],
    ];
    for (const [status, body, headers] of cases) {
      assert.equal((await post("/sheet", body, { authorization, ...headers })).status, status, JSON.stringify(headers));
    }
  }));

test("a device that sends too often waits, its neighbour does not", () =>
  withIntake(
    async ({ world, post, sheet, passOf }) => {
      await world.grant("operator", "710101", "operator");
      const note = sheetNote(world);
      assert.deepEqual([(await sheet(note)).status, (await sheet(note)).status], [200, 200]);
      const third = await sheet(note);
      assert.deepEqual([third.status, third.headers["retry-after"]], [429, "1"]);
      const other = sheetNote(world, { time: 2 }, "operator");
      assert.equal((await post("/sheet", other, { authorization: `Teguh ${passOf("operator")}` })).status, 200);
    },
    { requests: { capacity: 2, perSecond: 1 } },
  ));

test("wrong signatures that come together cost a pass its credit one by one", () =>
  withIntake(async ({ world, post, passOf }) => {
    const notes = Array.from({ length: 20 }, (_, time) => {
      const note = sheetNote(world, { time });
      note[note.length - 10] = note[note.length - 10] === 0x41 ? 0x42 : 0x41;
      return encodeEntry(note);
    });
    const { text } = await post("/statements", concat(...notes), { authorization: `Teguh ${passOf("phone")}` });
    const statuses = (JSON.parse(text) as { status: number }[]).map(({ status }) => status);
    assert.deepEqual(
      [statuses.filter((one) => one === 400).length, statuses.filter((one) => one === 401).length],
      [5, 15],
    );
  }));

test("a pass with which somebody goes on and on is to be replaced", () =>
  withIntake(
    async ({ world, sheet }) => {
      const note = sheetNote(world);
      const statuses: number[] = [];
      for (let i = 0; i < 5; i++) statuses.push((await sheet(note)).status);
      assert.deepEqual(statuses, [200, 429, 429, 401, 401]);
      world.time.now += 1_000;
      assert.equal((await sheet(note)).status, 200, "the next pass is not touched by it");
    },
    { requests: { capacity: 1, perSecond: 1 / 60 }, tooOften: { capacity: 2, perSecond: 1 / 60 } },
  ));

test("a full queue is answered at once with when to come back", () =>
  withIntake(
    async ({ world, sheet }) => {
      const { status, headers, faults } = await sheet(sheetNote(world));
      assert.deepEqual([status, faults[0]?.code], [503, "busy"]);
      assert.ok(Number(headers["retry-after"]) >= 2);
    },
    { lanes: { sheet: 0, sync: 0, renewal: 0, pass: 0 } },
  ));

test("a full disk is said to be full; nothing is lost, and the sheet enters once there is room", () =>
  withIntake(async ({ world, sheet, store }) => {
    const first = sheetNote(world);
    await sheet(first);
    store.fault = "full";
    const next = sheetNote(world, { time: 2 });
    const full = await sheet(next);
    assert.deepEqual([full.status, full.faults[0]?.code], [507, "full"]);
    assert.ok(Number(full.headers["retry-after"]) >= 60);
    store.fault = null;
    assert.equal((await sheet(next)).status, 200);
    assert.deepEqual(await world.store.read(TPS_LOG, 4, 9), [first, next]);
  }));

test("a store that fails leaves no receipt, and sending again is safe", () =>
  withIntake(async ({ world, sheet, store }) => {
    const note = sheetNote(world);
    store.fault = "stored";
    assert.equal((await sheet(note)).status, 503);
    store.fault = null;
    assert.equal((await sheet(note)).status, 200);
    assert.equal((await world.store.read(TPS_LOG, 0, 99)).filter((bytes) => idOf(bytes) === idOf(note)).length, 1);
  }));

test("a process that was replaced says so and takes nothing", () =>
  withIntake(async ({ world, sheet, logged }) => {
    await world.restart();
    assert.equal((await sheet(sheetNote(world))).status, 503);
    assert.deepEqual(logged, ["replaced"]);
    assert.equal(await sizeOf(world), 0);
  }));

test("statements relayed together are judged one by one", () =>
  withIntake(async ({ world, post, passOf }) => {
    const notes = [
      sheetNote(world),
      sheetNote(world, { votes: [1] }),
      sheetNote(world, {}, "stranger"),
      sheetNote(world),
    ];
    const body = concat(...notes.map((note) => encodeEntry(note)));
    const { status, text } = await post("/statements", body, { authorization: `Teguh ${passOf("relay")}` });
    const answers = JSON.parse(text) as { status: number; receipt?: string }[];
    assert.deepEqual([status, answers.map((answer) => answer.status)], [200, [200, 400, 425, 200]]);
    assert.equal(answers[0]?.receipt, answers[3]?.receipt);
    const torn = await post("/statements", body.subarray(0, -1), { authorization: `Teguh ${passOf("relay")}` });
    assert.equal(torn.status, 400);
  }));

/** A signed challenge: a fresh one, but for what is changed. */
async function signedChallenge({ world, get }: Intake, word: string, change: object = {}): Promise<Uint8Array> {
  const { challenge } = JSON.parse((await get("/pass")).text) as { challenge: string };
  const election = world.sequencer.standings.genesis?.electionTag ?? "";
  return signStatement(PASS_TYPE, { challenge, election, region: STATION, time: 1, ...change }, [keyOf(word).signer]);
}

test("a device gets a pass for signing a challenge with a key that is granted", () =>
  withIntake(async (intake) => {
    const { world, get, post } = intake;
    const ask = async (word: string, change: object = {}) => post("/pass", await signedChallenge(intake, word, change));
    const { status, text } = await ask("phone");
    const { pass, until } = JSON.parse(text) as { pass: string; until: number };
    assert.equal(status, 200);
    assert.ok(until > world.time.now);
    assert.equal((await post("/sheet", sheetNote(world), { authorization: `Teguh ${pass}` })).status, 200);
    assert.equal((await ask("chair 7101", { region: "7101" })).status, 200);
    const { challenge } = JSON.parse((await get("/pass")).text) as { challenge: string };
    const refusals: [string, number, object][] = [
      ["stranger", 425, {}],
      ["phone", 401, { challenge: `${challenge.slice(0, -1)}${challenge.endsWith("A") ? "B" : "A"}` }],
      ["phone", 400, { region: "5103032001004" }],
      ["phone", 400, { region: 3 }],
      ["phone", 400, { election: "ab".repeat(16) }],
      ["phone", 425, { region: "72" }],
    ];
    for (const [word, expected, change] of refusals) {
      assert.equal((await ask(word, change)).status, expected, `${word} ${JSON.stringify(change)}`);
    }
    world.time.now += 121_000;
    assert.equal((await ask("phone", { challenge })).status, 401);
    assert.equal((await post("/pass", "x".repeat(3_000))).status, 413);
    assert.equal((await post("/pass", "x")).status, 400);
    await world.revoke("phone", "7101");
    assert.equal((await ask("phone")).faults[0]?.code, "key-revoked");
  }));

test("who has overheard a signed challenge gets nothing for it", () =>
  withIntake(async (intake) => {
    const note = await signedChallenge(intake, "phone");
    const first = await intake.post("/pass", note);
    const { pass } = JSON.parse(first.text) as { pass: string };
    const again = await intake.post("/pass", note);
    assert.deepEqual([first.status, again.status, again.faults[0]?.code], [200, 401, "bad-challenge"]);
    const sheet = await intake.post("/sheet", sheetNote(intake.world), { authorization: `Teguh ${pass}` });
    assert.equal(sheet.status, 200, "the pass of the device is as good as before");
  }));

test("a key is given a few passes, then one in a while", () =>
  withIntake(async (intake) => {
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++)
      statuses.push((await intake.post("/pass", await signedChallenge(intake, "phone"))).status);
    assert.deepEqual(statuses, [200, 200, 200, 429]);
    const { headers } = await intake.post("/pass", await signedChallenge(intake, "phone"));
    assert.equal(headers["retry-after"], "100");
    intake.world.time.now += 100_000;
    assert.equal((await intake.post("/pass", await signedChallenge(intake, "phone"))).status, 200);
  }));

test("strangers who fill the lane of passes leave the one of those who had a pass", () =>
  withIntake(
    async (intake) => {
      const note = await signedChallenge(intake, "phone");
      const authorization = `Teguh ${intake.passOf("phone")}`;
      assert.equal((await intake.post("/pass", note)).status, 503);
      assert.equal(
        (await intake.post("/pass", note, { authorization: `${authorization.slice(0, -2)}xx` })).status,
        503,
      );
      assert.equal((await intake.post("/pass", note, { authorization })).status, 200);
    },
    { lanes: { sheet: 10, sync: 10, renewal: 10, pass: 0 } },
  ));

test("a challenge signed by another key gives no pass", () =>
  withIntake(async ({ world, get, post }) => {
    const { challenge } = JSON.parse((await get("/pass")).text) as { challenge: string };
    const election = world.sequencer.standings.genesis?.electionTag ?? "";
    const thief = { ...keyOf("thief").signer, name: keyOf("phone").signer.name };
    const note = signStatement(PASS_TYPE, { challenge, election, region: STATION, time: 1 }, [thief]);
    assert.equal((await post("/pass", note)).status, 403);
  }));

test("every step of the door counts what passes it and what it turns away", () =>
  withIntake(
    async ({ world, post, sheet, passOf, figures }) => {
      await world.grant("relay", "710101", "operator");
      const refusedAt = async (step: Step, act: () => Promise<unknown>) => {
        const before = structuredClone(figures().byStep);
        await act();
        const { byStep } = figures();
        const grown = STEPS.filter((one) => byStep[one].refused > before[one].refused);
        assert.deepEqual(grown, [step]);
        const reached = STEPS.filter((one) => byStep[one].passed > before[one].passed);
        // That the body came is counted when the request is over.
        const without = (steps: readonly Step[]) => steps.filter((one) => one !== "body");
        assert.deepEqual(without(reached), without(STEPS.slice(0, STEPS.indexOf(step))), step);
      };
      const authorization = `Teguh ${passOf("phone")}`;
      const wrong = sheetNote(world);
      wrong[wrong.length - 10] = wrong[wrong.length - 10] === 0x41 ? 0x42 : 0x41;
      const station = "7101012001002" as StationCode;
      await refusedAt("shape", () => post("/sheet", "x", { authorization, "content-encoding": "gzip" }));
      await refusedAt("pass", () => post("/sheet", "x"));
      await refusedAt("form", () => sheet(utf8("{}")));
      await refusedAt("key", () => sheet(sheetNote(world, {}, "stranger")));
      await refusedAt("signature", () => sheet(wrong));
      await refusedAt("rules", () => sheet(sheetNote(world, { station })));
      const note = sheetNote(world);
      assert.equal((await sheet(note)).status, 200);
      await refusedAt("known", () => sheet(note));
      await refusedAt("append", () => sheet(sheetNote(world, { votes: [1, 2, 3] }), "/sheet?expect=latest"));
      assert.deepEqual([figures().accepted, figures().duplicates], [1, 1]);
      await refusedAt("bucket", () => sheet(note));
    },
    { requests: { capacity: 7, perSecond: 1 } },
  ));

test("a kecamatan's devices share a ceiling; those of another do not feel it", () =>
  withIntake(
    async ({ world, post, passes }) => {
      const send = (word: string, place: string) =>
        post("/sheet", sheetNote(world, { time: 2 }, word), {
          authorization: `Teguh ${passes.issue(keyOf(word).short, place)}`,
        });
      assert.equal((await send("phone", STATION)).status, 200);
      const full = await send("second phone", "7101012001002");
      assert.deepEqual([full.status, full.faults[0]?.code], [429, "kecamatan-busy"]);
      assert.notEqual((await send("far phone", "710102")).status, 429);
    },
    { kecamatan: { capacity: 1, perSecond: 1 } },
  ));

test("a device whose key was revoked gets the receipts of what is stored and no more", () =>
  withIntake(async ({ world, post, passOf, figures }) => {
    await world.grant("relay", "710101", "operator");
    await world.revoke("relay", "7101");
    const stored = sheetNote(world);
    await world.sequencer.append(TPS_LOG, stored);
    const relay = (note: Uint8Array) =>
      post("/statements", encodeEntry(note), { authorization: `Teguh ${passOf("relay")}` });
    const [known, fresh] = [await relay(stored), await relay(sheetNote(world, { time: 2 }))];
    const statusOf = ({ text }: Reply) => (JSON.parse(text) as { status: number }[])[0]?.status;
    assert.deepEqual([statusOf(known), statusOf(fresh)], [200, 403]);
    assert.equal(figures().byStep.signature.passed, 0, "no signature was checked");
  }));

test("large bodies have a limit of their own, under which small ones never fall", () =>
  withIntake(
    async ({ world, post, sheet, passOf }) => {
      const large = await post("/statements", "x".repeat(20_000), { authorization: `Teguh ${passOf("phone")}` });
      assert.deepEqual([large.status, large.faults[0]?.code], [503, "busy"]);
      assert.equal((await sheet(sheetNote(world))).status, 200);
    },
    { bytes: 19_999 },
  ));

test("one pass has only so many requests in the door at once", () =>
  withIntake(
    async ({ port, world, sheet, passOf, figures }) => {
      const half = `POST /sheet HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\nauthorization: Teguh ${passOf("phone")}\r\n\r\nx`;
      const slow = connect(port, "127.0.0.1", () => slow.write(half));
      slow.on("error", () => undefined);
      while (figures().byStep.admission.passed === 0) await new Promise(setImmediate);
      assert.equal((await sheet(sheetNote(world))).status, 429);
      slow.destroy();
      while (figures().byStep.body.refused === 0) await new Promise(setImmediate);
      assert.equal((await sheet(sheetNote(world))).status, 200);
    },
    { inside: 1 },
  ));

test("when the process that writes the logs is away, the door says so, and still knows what it promised", () =>
  withIntake(async ({ world, sheet }) => {
    const note = sheetNote(world);
    assert.equal((await sheet(note)).status, 200);
    world.sequencer.sequence = () => Promise.reject(new CoreAway("not there"));
    const away = await sheet(sheetNote(world, { time: 2 }));
    assert.deepEqual([away.status, away.faults[0]?.code], [503, "unavailable"]);
    assert.ok(Number(away.headers["retry-after"]) >= 5);
    assert.equal((await sheet(note)).status, 200);
  }));

test("health says whether sheets can be taken, and there is nothing else", () =>
  withIntake(async ({ get, post }) => {
    assert.equal((await get("/health")).status, 200);
    assert.deepEqual(
      [(await get("/")).status, (await get("/sheet")).status, (await post("/", "x")).status],
      [404, 404, 404],
    );
  }));
