/**
 * The door as a stranger meets it: the whole program, over HTTP. What is refused is refused with every fault named in both
 * languages, and leaves nothing behind in the store.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fromUtf8 } from "../src/ledger/bytes.ts";
import type { JsonObject } from "../src/ledger/canonical.ts";
import { signNote } from "../src/ledger/note.ts";
import { parseStatement } from "../src/ledger/statement.ts";
import { type Election, foundElection, idOf, storedSizes } from "./election.ts";
import { Phone, type Reply } from "./phone.ts";
import { Program } from "./program.ts";
import { promiseIn } from "./receipts.ts";

const PAIRS = [100, 60, 40];

const scratch = mkdtempSync(join(tmpdir(), "teguh-door-"));
const data = join(scratch, "data");
let election: Election;
let programs: readonly Program[];
let door: string;

before(async () => {
  election = await foundElection(data, { stationsPerDesa: 8 });
  const [core, intake] = [new Program(data, "core"), new Program(data, "intake")];
  programs = [intake, core];
  await core.address("core");
  door = await intake.address("intake");
});
after(async () => {
  for (const program of programs) assert.equal(await program.stop(), 0);
  rmSync(scratch, { recursive: true });
});

/** Every test has a station of its own, since a device that sends too often or signs badly has to wait. */
let used = 0;
function nextStation(): string {
  return election.stations[used++] ?? assert.fail("there are stations enough");
}

async function assertNothingStored(work: () => Promise<void>): Promise<void> {
  const before = await storedSizes(data);
  await work();
  assert.deepEqual(await storedSizes(data), before);
}

interface Malformed {
  readonly what: string;
  readonly note: (station: string) => Uint8Array;
  /** The path of every fault; "" where the text cannot be read so far that a place in it could be named. */
  readonly paths: readonly string[];
}

const sheet = (station: string, change: JsonObject) => election.sheet(station, "ppwp", PAIRS, change);

/** A sheet of which a part was replaced before it was signed, so that the signature fits and the form does not. */
function worded(station: string, part: string, by: string): Uint8Array {
  const text = fromUtf8(parseStatement(sheet(station, {})).text);
  assert.ok(text.includes(part), `a sheet has ${part}`);
  return signNote(text.replace(part, by), [election.phoneOf(station)]);
}

function forged(station: string): Uint8Array {
  const note = sheet(station, {});
  const at = note.length - 10;
  note[at] = note[at] === 0x41 ? 0x42 : 0x41;
  return note;
}

const MALFORMED: readonly Malformed[] = [
  {
    what: "an unknown station",
    note: (s) => sheet(s, { station: `${s.slice(0, 10)}444` }),
    // There is none, and the key is not for it.
    paths: ["station", "station"],
  },
  {
    what: "a contest that the election does not have",
    note: (s) => sheet(s, { contest: "dprdp" }),
    paths: ["contest", "district"],
  },
  { what: "an unknown district", note: (s) => sheet(s, { district: "ab".repeat(32) }), paths: ["district"] },
  { what: "a choice too many", note: (s) => sheet(s, { votes: [...PAIRS, 1] }), paths: ["votes"] },
  { what: "a choice too few", note: (s) => sheet(s, { votes: [100, 60] }), paths: ["votes"] },
  { what: "a negative count", note: (s) => worded(s, '"votes":[100', '"votes":[-100'), paths: ["votes[0]"] },
  { what: "a fraction", note: (s) => worded(s, '"votes":[100', '"votes":[1.5'), paths: [""] },
  { what: "a count over the form's boxes", note: (s) => sheet(s, { votes: [100, 1000, 40] }), paths: ["votes[1]"] },
  { what: "a key given twice", note: (s) => worded(s, '"papers":null', '"papers":null,"papers":null'), paths: [""] },
  { what: "text for a number", note: (s) => worded(s, '"votes":[100', '"votes":["100"'), paths: ["votes[0]"] },
  { what: "a field that no sheet has", note: (s) => sheet(s, { remark: 1 }), paths: ["remark"] },
  { what: "another election", note: (s) => sheet(s, { election: "ab".repeat(16) }), paths: ["election"] },
  { what: "a type that is no sheet", note: (s) => worded(s, "teguh/sheet/v1", "teguh/annul/v1"), paths: ["type"] },
  { what: "a signature that does not fit", note: forged, paths: ["signature"] },
  { what: "no statement at all", note: () => new TextEncoder().encode("{}"), paths: [""] },
  { what: "nothing", note: () => new Uint8Array(0), paths: [""] },
  {
    what: "many things at once",
    note: (s) => sheet(s, { votes: [1000, 60, 40, 1, 2], parties: [7], figures: [1], election: "ab".repeat(16) }),
    paths: ["election", "figures", "parties", "votes", "votes[0]"],
  },
];

function assertInBothLanguages({ faults }: Reply): void {
  assert.ok(faults.length > 0, "a refusal says why");
  for (const { message } of faults) assert.ok(message.id && message.en && message.id !== message.en, message.en);
}

for (const { what, note, paths } of MALFORMED) {
  test(`refused: ${what}`, () =>
    assertNothingStored(async () => {
      const station = nextStation();
      const reply = await new Phone(election, station).send(door, note(station));
      assert.equal(reply.status, 400);
      assert.deepEqual(reply.faults.map(({ path = "" }) => path).sort(), [...paths].sort());
      assert.ok(reply.faults.every(({ code }) => code === "D"));
      assertInBothLanguages(reply);
    }));
}

test("refused by its length alone, before a byte of the body is sent", () =>
  assertNothingStored(async () => {
    const headers = { "content-length": "65536", authorization: "Teguh none" };
    const { hostname, port } = new URL(door);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ hostname, port, path: "/sheet", method: "POST", headers }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on("error", reject);
      sent.flushHeaders();
    });
    assert.equal(status, 413);
  }));

test("a stranger without a pass is told how to get one", () =>
  assertNothingStored(async () => {
    const response = await fetch(`${door}sheet`, { method: "POST", body: "x" });
    assert.equal(response.status, 401);
    assert.match(await response.text(), /\/pass/);
  }));

test("a key that is not known is asked to come back, since its grant may be on the way", () =>
  assertNothingStored(async () => {
    const station = nextStation();
    const stranger = election.phoneOf("somebody");
    const reply = await new Phone(election, station).send(door, election.sheet(station, "ppwp", PAIRS, {}, stranger));
    assert.equal(reply.status, 425);
    assert.ok((reply.retryAfter ?? 0) > 0);
    assertInBothLanguages(reply);
  }));

test("a key of another station is refused", () =>
  assertNothingStored(async () => {
    const [own, other] = [nextStation(), nextStation()];
    const note = election.sheet(other, "ppwp", PAIRS, {}, election.phoneOf(own));
    const reply = await new Phone(election, own).send(door, note);
    assert.deepEqual([reply.status, reply.faults.map(({ path }) => path)], [403, ["station"]]);
    assertInBothLanguages(reply);
  }));

test("the same sheet again gets the same receipt, byte for byte, and no second place", async () => {
  const station = nextStation();
  const phone = new Phone(election, station);
  const note = sheet(station, {});
  const first = await phone.send(door, note);
  assert.equal(first.status, 200);
  await assertNothingStored(async () => assert.deepEqual(await phone.send(door, note), first));
});

test("of ten that send the same sheet at once, all get one place", async () => {
  const station = nextStation();
  const phone = new Phone(election, station);
  await phone.send(door, sheet(station, {}));
  const note = election.sheet(station, "dpd", [4, 3, 2, 1]);
  const replies = await Promise.all(Array.from({ length: 10 }, () => phone.send(door, note)));
  const places = new Set(replies.map(({ text }) => promiseIn(text).index));
  assert.equal(places.size, 1);
});

test("a rival is kept, with a receipt and a place of its own", async () => {
  const station = nextStation();
  const phone = new Phone(election, station);
  const first = promiseIn((await phone.send(door, sheet(station, {}))).text);
  const rival = promiseIn((await phone.send(door, sheet(station, { votes: [1, 2, 3] }))).text);
  assert.deepEqual([rival.log, rival.index], [first.log, (first.index ?? 0) + 1]);
});

test("who asks for the latest is told of it, and nothing is stored until it is named", async () => {
  const station = nextStation();
  const phone = new Phone(election, station);
  const first = sheet(station, {});
  const { index } = promiseIn((await phone.send(door, first)).text);
  await assertNothingStored(async () => {
    const { status, text } = await phone.send(door, sheet(station, { votes: [1, 2, 3] }), "sheet?expect=latest");
    assert.deepEqual([status, JSON.parse(text)], [409, { latest: { id: idOf(first), index } }]);
  });
  const named = sheet(station, { votes: [1, 2, 3], previous: idOf(first) });
  assert.equal((await phone.send(door, named, "sheet?expect=latest")).status, 200);
});

test("one key's rivals come to an end", async () => {
  const station = nextStation();
  const phone = new Phone(election, station);
  const replies: Reply[] = [];
  for (let i = 0; i < 10; i++) replies.push(await phone.send(door, sheet(station, { votes: [i, 2, 3] })));
  const last = replies.pop() ?? assert.fail();
  assert.ok(
    replies.every(({ status }) => status === 200),
    "the first sheet and eight rivals",
  );
  assert.deepEqual([last.status, last.faults.map(({ code }) => code)], [409, ["too-many-rivals"]]);
  assertInBothLanguages(last);
});

test("a device that sends too often waits, and its neighbour does not", async () => {
  const [eager, calm] = [nextStation(), nextStation()];
  const phone = new Phone(election, eager);
  const note = sheet(eager, {});
  let reply = await phone.send(door, note);
  for (let i = 0; i < 200 && reply.status === 200; i++) reply = await phone.send(door, note);
  assert.equal(reply.status, 429);
  assert.ok((reply.retryAfter ?? 0) > 0);
  assert.equal((await new Phone(election, calm).send(door, sheet(calm, {}))).status, 200);
});
