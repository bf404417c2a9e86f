/**
 * The door under broken requests. Bytes as they come from a socket, through node:http, the headers' checks, the readers of bundles
 * and notes; and sheets that a stolen key has signed, whatever they say. Nothing may crash or hang it, every answer is one of its
 * own, and what it takes into the log is what a strict reader of JSON and the rules take.
 */
import assert from "node:assert/strict";
import { Duplex } from "node:stream";
import { test } from "node:test";
import fc from "fast-check";
import { keyOf, ORIGIN, openWorld, STATION, sheetNote, TPS_LOG, type World } from "../core/testing.ts";
import { malformed } from "../election/malformed.ts";
import { Door } from "../intake/door.ts";
import type { Entrant } from "../intake/entrance.ts";
import { PassOffice } from "../intake/pass.ts";
import { PASS_TYPE, PassLane } from "../intake/pass-lane.ts";
import { Receipts } from "../intake/receipt.ts";
import { concat, fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { sha256 } from "../ledger/hash.ts";
import { NoteError, signNote } from "../ledger/note.ts";
import { openBody, parseStatement, signStatement } from "../ledger/statement.ts";
import { broken, fuzzing } from "../ledger/testing/fuzz.ts";
import { encodeEntry } from "../ledger/tiles.ts";
import { intakeServer } from "./intake.ts";

const UNLIMITED = { capacity: Number.MAX_SAFE_INTEGER, perSecond: 1 };

async function openIntake() {
  const world = await openWorld();
  const clock = () => world.time.now;
  let nonces = 0;
  const random = () => sha256(utf8(`${++nonces}`)).slice(0, 16);
  const passes = new PassOffice({ secret: new Uint8Array(32).fill(9), clock, random });
  const { sequencer } = world;
  const electionTag = sequencer.standings.genesis?.electionTag ?? "";
  const receipts = new Receipts({ election: ORIGIN, electionTag, seedOf: (origin) => sha256(utf8(origin)), clock });
  const limits = {
    requests: UNLIMITED,
    relayed: UNLIMITED,
    badSignatures: UNLIMITED,
    kecamatan: UNLIMITED,
    inside: 1e9,
  };
  const door = new Door({ sequencer, passes, receipts, clock, random: () => 0.5, limits });
  const passLane = new PassLane({ sequencer, passes, door, clock });
  const logged: string[] = [];
  const server = intakeServer({ door, passLane, clock, log: (message) => logged.push(message) });
  return { world, electionTag, passes, passLane, door, server, logged };
}

/** Every sheet in the log is in order for a strict reader, and is one that was sent here. */
async function assertStrict(world: World, isKnown: (id: string) => boolean): Promise<void> {
  const entries = (await world.store.read(TPS_LOG, 0, 1_000_000)).map(parseStatement);
  for (const entry of entries) {
    const { type, body, id } = entry;
    if (type !== "teguh/sheet/v1") continue;
    // Strict also in who signs: throws unless "by" is exactly the signature lines.
    openBody(entry);
    const text = fromUtf8(body);
    assert.equal(canonical(JSON.parse(text)), text);
    assert.deepEqual(malformed("sheet", JSON.parse(text), { model: world.model }), [], text);
    assert.ok(isKnown(toHex(id)), text);
  }
}

// ---------------------------------------------------------------- requests

/** A connection in memory: what the server writes is kept. */
class Wire extends Duplex {
  answer = "";

  override _read(): void {}

  override _write(part: Buffer, _: string, done: () => void): void {
    this.answer += part.toString("latin1");
    done();
  }
}

const TOKENS = [
  ...[
    "\r\n",
    "\r\n\r\n",
    "\n",
    ": ",
    "content-length: ",
    "Content-Length: 5\r\n",
    "transfer-encoding: chunked\r\n",
    "0\r\n\r\n",
  ],
  ...[
    "content-encoding: gzip\r\n",
    "authorization: ",
    "Teguh ",
    "teguh-patience: 1\r\n",
    "expect: 100-continue\r\n",
    "POST",
    "GET",
  ],
  ...[
    "/sheet",
    "/statements",
    "/pass",
    "?expect=latest",
    " HTTP/1.1",
    " HTTP/1.0",
    "connection: close\r\n",
    "\u0000",
    "upgrade: x\r\n",
  ],
];

const request = (
  line: string,
  headers: Record<string, string | number>,
  body: Uint8Array | string = "",
): Uint8Array => {
  const bytes = typeof body === "string" ? utf8(body) : body;
  const fields = Object.entries({ host: "door", "content-length": bytes.length, ...headers });
  return concat(
    utf8(`${line} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`),
    bytes,
  );
};

/** Turns of the event loop in which an answer may come, a group commit among them. */
const TURNS = 12;
/** Every status that node:http or the door knows; none of them says that something of ours is broken. */
const ANSWER = /^HTTP\/1\.1 (100|200|400|401|403|404|408|409|411|413|415|417|425|429|431|501|503|505) /;

test("whatever bytes come over a connection, the door answers with a word of its own or closes", async (context) => {
  const { world, electionTag, passes, passLane, server, logged } = await openIntake();
  const authorization = `Teguh ${passes.issue(keyOf("phone").short, STATION)}`;
  const note = sheetNote(world);
  const other = sheetNote(world, { time: 2 });
  const { challenge } = JSON.parse(passLane.challenge().body) as { challenge: string };
  const asking = { challenge, election: electionTag, region: STATION, time: 1 };
  const seeds = [
    request("POST /sheet", { authorization }, note),
    request("POST /sheet?expect=latest", { authorization, "teguh-patience": 5_000 }, other),
    request("POST /statements", { authorization }, concat(encodeEntry(note), encodeEntry(other))),
    request("POST /pass", { authorization }, signStatement(PASS_TYPE, asking, [keyOf("phone").signer])),
    request("GET /pass", {}),
    request("GET /health", { connection: "close" }),
    request("POST /sheet", { "transfer-encoding": "chunked", authorization }, "5\r\nhello\r\n0\r\n\r\n"),
  ];
  const known = new Set([note, other].map((bytes) => toHex(parseStatement(bytes).id)));
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(broken(seeds, TOKENS), async (bytes) => {
      const wire = new Wire();
      wire.on("error", () => undefined);
      server.emit("connection", wire);
      wire.push(bytes);
      for (let turn = 0; turn < TURNS && wire.answer === "" && !wire.destroyed; turn++)
        await new Promise((resolve) => setImmediate(resolve));
      wire.destroy();
      assert.deepEqual(logged, []);
      if (wire.answer === "") return;
      answered++;
      assert.match(wire.answer, ANSWER);
    }),
    fuzzing(context, 2_000),
  );
  assert.ok(answered > 0);
  await assertStrict(world, (id) => known.has(id));
});

// ---------------------------------------------------------------- sheets of a stolen key

const SHEET_TOKENS = [
  ...[
    "null",
    "0",
    "00",
    "-1",
    "1e3",
    "1.5",
    "999",
    "1000",
    "999999999999",
    "[]",
    "{}",
    '"',
    ",",
    ":",
    " ",
    "\n",
    "\\u0041",
  ],
  ...[
    "é",
    "\u007f",
    '"papers":null',
    '"votes":',
    '"by":[]',
    "7101012001001",
    "7101012001002",
    "ppwp",
    "dpr",
    "teguh/sheet/v1",
  ],
];

test("whatever a stolen key signs, the door takes only what strict JSON and the rules take", async (context) => {
  const { world, passes, door, logged } = await openIntake();
  const holder = passes.check(passes.issue(keyOf("phone").short, STATION));
  assert.ok(holder);
  const entrant: Entrant = { holder, deadline: Number.MAX_SAFE_INTEGER, length: 0 };
  const { signer } = keyOf("phone");
  const sheets = [sheetNote(world), sheetNote(world, { votes: null, time: 9 })].map(
    (bytes) => parseStatement(bytes).text,
  );
  // A second name in "by" is too well placed to come about by chance.
  const claimed = sheets.map((text) => utf8(fromUtf8(text).replace('"],"contest"', '","x"],"contest"')));
  const texts = [...sheets, ...claimed];
  const accepted = new Set<string>();
  await fc.assert(
    fc.asyncProperty(broken(texts, SHEET_TOKENS), async (text) => {
      let bytes: Uint8Array;
      try {
        bytes = signNote(Buffer.from(text).toString(), [signer]);
      } catch (error) {
        // What is no text of a note cannot be signed as one; broken notes are another fuzzer's matter.
        assert.ok(error instanceof NoteError, String(error));
        return;
      }
      const { status, body } = await door.sheet(bytes, entrant, false);
      assert.ok([200, 400, 403, 409, 425].includes(status), `${status} ${body}`);
      if (status === 200) accepted.add(toHex(parseStatement(bytes).id));
      else assert.ok(status === 409 || (JSON.parse(body) as { faults: object[] }).faults.length > 0);
    }),
    fuzzing(context, 2_000),
  );
  assert.deepEqual(logged, []);
  assert.ok(accepted.size >= 2);
  await assertStrict(world, (id) => accepted.has(id));
});
