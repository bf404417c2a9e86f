import assert from "node:assert/strict";
import { test } from "node:test";
import { CoreAway } from "../core/submission.ts";
import { keyOf, STATION } from "../core/testing.ts";
import { WrittenElsewhere } from "../core/writers.ts";
import { districtCode, type RegionCode, type StationCode } from "../election/codes.ts";
import { utf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { asHash } from "../ledger/hash.ts";
import { signStatement } from "../ledger/statement.ts";
import type { SessionView } from "../recap/wire/people.ts";
import type { Said } from "../recap/wire/sign.ts";
import type { ActsView, BelowView, HallView, StationView } from "../recap/wire/views.ts";
import { StoreFull } from "../store/store.ts";
import { CHAIR, type Device, type Fixture, KEC, readingOf, sendSheet, withDesk } from "./testing/desk.ts";

const OPENING = { act: { what: "open" } } as const;
const HALL = `/api/halls/${KEC}`;
const hallOf = async (device: Device) => (await device.ask<HallView>("GET", HALL)).body;

test("a reading as the sheet says, then a correction by two persons", async () => {
  await withDesk(async ({ signedIn, say, world }) => {
    const sheet = await sendSheet(world);
    const device = await signedIn("operator", "member");
    const first = await say(device, "reading", readingOf(world, { sheet }), "operator");
    assert.equal(first.status, 200);
    const change = { previous: asHash(first.body.id), outcome: "corrected", votes: [99, 61, 40] } as const;
    const corrected = readingOf(world, { ...change, sheet, fields: ["votes.0", "votes.1"], reason: "wrong-row" });
    const alone = await say(device, "reading", corrected, "operator");
    assert.deepEqual([alone.status, alone.body.reason], [409, "one-person"]);
    assert.equal((await say(device, "reading", corrected, "operator", "member")).status, 200);
    const { reading } = (await device.ask<StationView>("GET", `${HALL}/stations/ppwp/${STATION}`)).body;
    assert.deepEqual([reading?.outcome, reading?.votes], ["corrected", [99, 61, 40]]);
    const types = (await device.ask<ActsView>("GET", `${HALL}/acts`)).body.acts.map(({ stated }) => stated?.type);
    assert.deepEqual(types.slice(0, 3), ["reading", "reading", "seen"], "the sheet was seen before it was read");
  });
});

type Certificate = Said<"certificate">;
/** The pairs' certificate of the hall. */
function certificateOf(said: Pick<Certificate, "figures" | "votes" | "read" | "stations">): Certificate {
  return { contest: "ppwp", district: districtCode("0"), region: KEC, papers: null, ...said };
}

/** Everything that is refused, with nothing appended: what is sent, and what is answered. */
const REFUSED: Readonly<
  Record<
    string,
    readonly [
      status: number,
      code: string,
      send: (fixture: Fixture) => Promise<{ status: number; body: { code: string; reason?: string } }>,
    ]
  >
> = {
  "what is signed by a key that nobody granted": [
    403,
    "not-allowed",
    async ({ signedIn, say }) => say(await signedIn(CHAIR), "pause", { panel: null }, "stranger", CHAIR),
  ],
  "what is signed by somebody who is not signed in on the device": [
    403,
    "not-allowed",
    async ({ signedIn, say }) => say(await signedIn("operator"), "pause", { panel: null }, CHAIR),
  ],
  "what is signed by one key twice": [
    403,
    "not-allowed",
    async ({ signedIn, say }) => say(await signedIn(CHAIR), "pause", { panel: null }, CHAIR, CHAIR),
  ],
  "a signature of one key under the name of another": [
    403,
    "not-allowed",
    async ({ signedIn, world }) => {
      const [chair, operator] = [keyOf(CHAIR).signer, keyOf("operator").signer];
      const body = { election: world.sequencer.standings.genesis?.electionTag ?? "", panel: null, time: 1 };
      const note = signStatement("teguh/pause/v1", body, [{ ...operator, name: chair.name }]);
      return (await signedIn(CHAIR)).ask("POST", `${HALL}/statements`, note);
    },
  ],
  "a statement whose bytes were changed after it was signed": [
    403,
    "not-allowed",
    async ({ signedIn, note }) => {
      const changed = utf8(
        new TextDecoder().decode(note("pause", { panel: 1 }, CHAIR)).replace('"panel":1', '"panel":2'),
      );
      return (await signedIn(CHAIR)).ask("POST", `${HALL}/statements`, changed);
    },
  ],
  "another election's": [
    409,
    "other-election",
    async ({ signedIn }) => {
      const body = { election: "0".repeat(32), panel: null, time: 1 };
      const note = signStatement("teguh/pause/v1", body, [keyOf(CHAIR).signer]);
      return (await signedIn(CHAIR)).ask("POST", `${HALL}/statements`, note);
    },
  ],
  "what belongs into another hall's log": [
    409,
    "wrong-log",
    async ({ signedIn, say, world }) => {
      const station = "7102012001001" as StationCode;
      return say(await signedIn("operator"), "reading", readingOf(world, { station }), "operator");
    },
  ],
  "a type that no hall states": [
    400,
    "malformed",
    async ({ signedIn, world }) => {
      const body = {
        election: world.sequencer.standings.genesis?.electionTag ?? "",
        log: "pleno/71",
        size: 1,
        time: 1,
      };
      const note = signStatement("teguh/seen/v1", { ...body, root: "0".repeat(64) }, [keyOf(CHAIR).signer]);
      return (await signedIn(CHAIR)).ask("POST", `${HALL}/statements`, note);
    },
  ],
  "what is no statement": [
    400,
    "malformed",
    async ({ signedIn }) => (await signedIn(CHAIR)).ask("POST", `${HALL}/statements`, utf8("teguh/pause/v1\n{}\n")),
  ],
  "what is too long": [
    413,
    "too-large",
    async ({ signedIn }) => (await signedIn(CHAIR)).ask("POST", `${HALL}/statements`, new Uint8Array(65_536)),
  ],
  "what the role may not do": [
    409,
    "no-authority",
    async ({ signedIn, say }) => say(await signedIn("operator"), "pause", { panel: null }, "operator"),
  ],
  "a grant beyond the region": [
    409,
    "no-authority",
    async ({ signedIn, say }) => {
      const grant = {
        key: "ab".repeat(32),
        person: "cd".repeat(8),
        region: "7102" as RegionCode,
        role: "chair",
      } as const;
      return say(await signedIn(CHAIR), "grant", { list: [grant] }, CHAIR);
    },
  ],
  "a reading that names a reading that does not stand": [
    409,
    "other-reading",
    async ({ signedIn, say, world }) => {
      const previous = asHash("0".repeat(64));
      return say(await signedIn("operator"), "reading", readingOf(world, { previous }), "operator");
    },
  ],
  "a second reading that does not name the first": [
    409,
    "other-reading",
    async ({ signedIn, say, world }) => {
      const device = await signedIn("operator");
      await say(device, "reading", readingOf(world), "operator");
      const late = readingOf(world, { votes: [1, 2, 3] });
      return say(device, "reading", late, "operator");
    },
  ],
  "a reading from a sheet that is not here": [
    409,
    "unknown-reference",
    async ({ signedIn, say, world }) => {
      const sheet = asHash("0".repeat(64));
      return say(await signedIn("operator"), "reading", readingOf(world, { sheet }), "operator");
    },
  ],
  "a reading in another district's columns": [
    409,
    "malformed",
    async ({ signedIn, say, world }) => {
      const district = asHash("0".repeat(64));
      return say(await signedIn("operator"), "reading", readingOf(world, { district }), "operator");
    },
  ],
  "a reading without its votes": [
    409,
    "malformed",
    async ({ signedIn, say, world }) =>
      say(await signedIn("operator"), "reading", readingOf(world, { votes: [1, null, 3] }), "operator"),
  ],
  "the result of a recount that does not say who asked and who counted": [
    400,
    "malformed",
    async ({ signedIn, world }) => {
      const election = world.sequencer.standings.genesis?.electionTag ?? "";
      const body = { ...readingOf(world, { outcome: "recount" }), election, time: 1 } as unknown as JsonObject;
      const note = signStatement("teguh/reading/v1", body, [keyOf("operator").signer]);
      return (await signedIn("operator")).ask("POST", `${HALL}/statements`, note);
    },
  ],
  "a certificate while stations are unread": [
    409,
    "unread",
    async ({ signedIn, say }) => {
      const none = { figures: new Array<null>(25).fill(null), votes: [null, null, null] };
      const body = certificateOf({ ...none, read: 0, stations: 6 });
      return say(await signedIn(CHAIR, "member"), "certificate", body, CHAIR, "member");
    },
  ],
};
for (const [what, [status, code, send]] of Object.entries(REFUSED)) {
  test(`refused, and nothing is appended: ${what}`, async () => {
    await withDesk(async (fixture) => {
      const before = async () => (await fixture.world.store.heads()).get(`pleno/${KEC}`)?.size;
      let sizeAtSend: number | undefined;
      const watched: Fixture = {
        ...fixture,
        async signedIn(...words) {
          const device = await fixture.signedIn(...words);
          const ask = device.ask.bind(device);
          device.ask = async (...args) => {
            sizeAtSend = await before();
            return ask(...args);
          };
          return device;
        },
      };
      // The hall is opened first: what it has to see of the plenaries above is no part of what is refused.
      await hallOf(await fixture.signedIn(CHAIR));
      const answer = await send(watched);
      assert.deepEqual([answer.status, answer.body.reason ?? answer.body.code], [status, code]);
      assert.equal(await before(), sizeAtSend);
    });
  });
}

test("a request that is not the desk's own page's changes nothing", async () => {
  await withDesk(async ({ signedIn, note }) => {
    const chair = await signedIn(CHAIR);
    const pause = note("pause", { panel: null }, CHAIR);
    const own = { "x-teguh-desk": "1" };
    const foreign: Record<string, string>[] = [
      {},
      { "x-teguh-desk": "yes" },
      { ...own, origin: "http://other.example" },
      { ...own, origin: "null" },
    ];
    for (const headers of foreign) {
      const { status, body } = await chair.ask("POST", `${HALL}/statements`, pause, headers);
      assert.deepEqual([status, body.code], [403, "not-allowed"], JSON.stringify(headers));
    }
    const origin = `http://127.0.0.1:${chair.port}`;
    assert.equal((await chair.ask("POST", `${HALL}/statements`, pause, { ...own, origin })).status, 200);
  });
});

test("a statement that is sent again is answered with its first place", async () => {
  await withDesk(async ({ signedIn, note, size }) => {
    const chair = await signedIn(CHAIR);
    const opening = note("minutes", OPENING, CHAIR);
    const first = await chair.ask("POST", `${HALL}/statements`, opening);
    const before = await size();
    const again = await chair.ask("POST", `${HALL}/statements`, opening);
    assert.deepEqual(again.body, { ...(first.body as object), duplicate: true });
    assert.equal(await size(), before);
  });
});

test("as the sheet says is read only with the figures of the sheet that stands", async () => {
  await withDesk(async ({ signedIn, say, world }) => {
    const operator = await signedIn("operator");
    const reasonOf = async (change: Parameters<typeof readingOf>[1]) =>
      (await say(operator, "reading", readingOf(world, change), "operator")).body.reason;
    const first = await sendSheet(world);
    assert.equal(await reasonOf({ sheet: first, votes: [90, 70, 40] }), "not-as-the-sheet");
    const second = await sendSheet(world, [90, 70, 40], first);
    assert.equal(await reasonOf({ sheet: first }), "not-current");
    assert.equal(await reasonOf({ sheet: second, votes: [90, 70, 40] }), undefined);
  });
});

test("of two who read a station at once, one is told of the other", async () => {
  await withDesk(async ({ signedIn, say, world }) => {
    const devices = [await signedIn("operator"), await signedIn("member")];
    const words = ["operator", "member"];
    const answers = await Promise.all(
      devices.map((device, i) => say(device, "reading", readingOf(world, { votes: [i, 2, 3] }), words[i] ?? "")),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    assert.equal(answers.find(({ status }) => status === 409)?.body.reason, "other-reading");
  });
});

test("an order from above binds from the moment in which it is given, with its number", async () => {
  await withDesk(async ({ signedIn, say, world }) => {
    const operator = await signedIn("operator");
    await hallOf(operator);
    const halt = { order: "12/PL.01/2029", regions: [KEC] };
    await world.sequencer.write("pleno/7101", "halt", halt, [keyOf("chair 7101").signer]);
    const { status, body } = await say(operator, "reading", readingOf(world), "operator");
    assert.deepEqual([status, body.reason], [409, "halted"]);
    assert.match(body.message.id, /12\/PL\.01\/2029/);
  });
});

test("a role that is revoked in the middle of a session is over at once", async () => {
  await withDesk(async ({ signedIn, world, say }) => {
    const shared = await signedIn("operator", "member");
    await world.revoke("operator", KEC);
    const { status, body } = await say(shared, "pause", { panel: null }, "operator");
    assert.deepEqual([status, body.code], [403, "not-allowed"]);
    const session = await shared.ask<SessionView>("GET", "/api/session");
    assert.deepEqual(
      session.body.people.map(({ role }) => role),
      ["member"],
    );
    await world.revoke("member", KEC);
    assert.equal((await shared.ask("GET", "/api/session")).status, 401);
  });
});

test("where the logs cannot be written, the person is told to come later and loses nothing", async () => {
  await withDesk(async ({ signedIn, note, trouble }) => {
    const chair = await signedIn(CHAIR);
    await hallOf(chair);
    const opening = note("minutes", OPENING, CHAIR);
    for (const error of [new CoreAway("gone"), new StoreFull("store")]) {
      trouble.core = error;
      const { status, body, headers } = await chair.ask("POST", `${HALL}/statements`, opening);
      assert.deepEqual([status, body.code, headers["retry-after"]], [503, "later", "2"]);
      assert.equal((await chair.ask("GET", HALL)).status, 200, "one can still look");
    }
    trouble.core = null;
    assert.equal((await chair.ask("POST", `${HALL}/statements`, opening)).status, 200);
  });
});

test("a hall whose log cannot be written is opened to look all the same", async () => {
  for (const error of [new CoreAway("gone"), new StoreFull("store"), new WrittenElsewhere(`pleno/${KEC}`)]) {
    await withDesk(async ({ signedIn, trouble }) => {
      const chair = await signedIn(CHAIR);
      trouble.core = error;
      assert.equal((await chair.ask("GET", HALL)).status, 200, error.name);
    });
  }
});

test("where a log has been handed to another place, the person is told to go on there", async () => {
  await withDesk(async ({ signedIn, say, size, trouble }) => {
    const chair = await signedIn(CHAIR);
    await hallOf(chair);
    const before = await size();
    trouble.core = new WrittenElsewhere(`pleno/${KEC}`);
    const { status, body } = await say(chair, "minutes", OPENING, CHAIR);
    assert.deepEqual([status, body.reason, await size()], [409, "written-elsewhere", before]);
  });
});

/** Reads all stations of the pairs in the hall, and gives the certificate. */
async function certifyAll({ say, world }: Fixture, both: Device): Promise<BelowView["total"]> {
  const { stationFrom = 0, stationTo = 0 } = world.model.region(KEC) ?? {};
  const stations = Array.from({ length: stationTo - stationFrom }, (_, i) => world.model.stationAt(stationFrom + i));
  for (const station of stations) {
    assert.equal((await say(both, "reading", readingOf(world, { station }), "member")).status, 200, station);
  }
  const { total } = (await both.ask<BelowView>("GET", `${HALL}/below/ppwp/0`)).body;
  const count = { stations: stations.length, read: stations.length };
  const certificate = certificateOf({ ...count, figures: [...total.figures], votes: [...total.votes] });
  const other = { ...certificate, votes: [1, 2, 3] };
  const refused = await say(both, "certificate", other, CHAIR, "member");
  assert.deepEqual([refused.status, refused.body.reason], [409, "other-figures"]);
  assert.equal((await say(both, "certificate", certificate, CHAIR)).body.reason, "one-person");
  assert.equal((await say(both, "certificate", certificate, CHAIR, "member")).status, 200);
  return total;
}

test("a result is certified with the figures that its readings add up to, and lies before the level above at once", async () => {
  await withDesk(async (fixture) => {
    const both = await fixture.signedIn(CHAIR, "member");
    const total = await certifyAll(fixture, both);
    assert.deepEqual(total.votes, [600, 360, 240]);
    assert.equal((await hallOf(both)).results.find(({ contest }) => contest === "ppwp")?.stage, "certified");
    const above = fixture.device();
    await above.signIn("chair 7101", "7101" as RegionCode);
    const below = (await above.ask<BelowView>("GET", "/api/halls/7101/below/ppwp/0")).body;
    assert.deepEqual(
      below.children.map(({ certificate }) => certificate?.votes),
      [total.votes],
    );
    const pdf = await both.ask("GET", `${HALL}/certificate/ppwp/0.pdf`);
    assert.deepEqual([pdf.status, pdf.headers["content-type"]], [200, "application/pdf"]);
    assert.ok(String(pdf.body).startsWith("%PDF"));
  });
});

test("once a result has gone up it is corrected there, at the station, and here no more", async () => {
  await withDesk(async (fixture) => {
    const { world, say, signedIn, device, note } = fixture;
    await world.grant("kabupaten's member", "7101", "member");
    const both = await signedIn(CHAIR, "member");
    await certifyAll(fixture, both);
    const path = `${HALL}/stations/ppwp/${STATION}`;
    const before = (await both.ask<StationView>("GET", path)).body.reading;
    const change = { previous: before?.id ?? null, outcome: "corrected", votes: [99, 61, 40] } as const;
    const corrected = readingOf(world, { ...change, fields: ["votes.0", "votes.1"], reason: "wrong-row" });
    const late = await say(both, "reading", corrected, "member", CHAIR);
    assert.deepEqual([late.status, late.body.reason], [409, "no-pen"]);
    const above = device();
    for (const word of ["chair 7101", "kabupaten's member"]) await above.signIn(word, "7101" as RegionCode);
    const statement = note("reading", corrected, "kabupaten's member", "chair 7101");
    assert.equal((await above.ask("POST", "/api/halls/7101/statements", statement)).status, 200);
    const after = (await above.ask<StationView>("GET", `/api/halls/7101/stations/ppwp/${STATION}`)).body.reading;
    assert.deepEqual([after?.region, after?.votes], ["7101", [99, 61, 40]]);
  });
});
