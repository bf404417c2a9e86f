/** The reader against a published election in memory: what is right passes, and each tampering is named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FIGURE } from "../../../src/election/figures.ts";
import { fromUtf8, utf8 } from "../../../src/ledger/bytes.ts";
import { canonical, type JsonObject } from "../../../src/ledger/canonical.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import { readHistory } from "../station/history.ts";
import { type FixtureOptions, makeFixture, objectFile, type Published } from "../testdata/fixture.ts";
import { Editions } from "./editions.ts";
import { Fault, type FaultCode } from "./fault.ts";
import { type Memory, visitMemory } from "./memory.ts";
import type { Status } from "./status.ts";
import { Reader } from "./verify.ts";

const DESA = "4101010001";

function readerOf(files: Published, status: Status | null = null, memory: Memory = visitMemory()): Reader {
  return new Reader({ fetch: async (path) => files.get(path) ?? null, memory: () => memory, status });
}

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const cause = await promise.then(
    () => assert.fail("expected a fault, but all was verified"),
    (error: unknown) => error,
  );
  if (!(cause instanceof Fault)) throw cause;
  return cause;
}

/** Replaces a file by a changed one, under whatever names it lies. */
function rewrite(files: Published, path: string, change: (object: JsonObject) => JsonObject): void {
  const before = files.get(path);
  assert.ok(before, `${path} is in the fixture`);
  files.set(path, utf8(canonical(change(JSON.parse(fromUtf8(before)) as JsonObject))));
}

test("a desa's page carries its whole path, all of one edition", async () => {
  const { files, told } = makeFixture();
  const snapshot = await readerOf(files, told).load("ppwp", DESA);
  assert.deepEqual(
    snapshot.path.map(({ region }) => region),
    ["0", "41", "4101", "410101", DESA],
  );
  assert.equal(snapshot.edition.number, 12);
  assert.equal(snapshot.checks.objects, 6);
  assert.ok(snapshot.checks.sums > 200);
  assert.equal(snapshot.checks.since, null);
});

test("a region from which nothing came is shown by its parent's row", async () => {
  const { files } = makeFixture();
  const { place } = await readerOf(files).load("ppwp", "4201010002");
  assert.equal(place?.reported === false && place.row.name, "Damar Hilir");
});

test("parties have their names also above the districts", async () => {
  const { files } = makeFixture();
  const { names, path } = await readerOf(files).load("dpr", "0");
  const known = [...names.values()].flatMap(({ parties }) => parties.map(({ id }) => id));
  assert.deepEqual(known, path[0]?.parties);
});

/** What a reader asks for at once, and then, and then, to show a region. */
async function roundsOf(files: Published, status: Status | null, region: string): Promise<string[][]> {
  const rounds: string[][] = [];
  let open = 0;
  const fetch = async (path: string) => {
    if (open === 0) rounds.push([]);
    rounds.at(-1)?.push(path);
    open++;
    await new Promise((done) => setImmediate(done));
    open--;
    return files.get(path) ?? null;
  };
  await new Reader({ memory: visitMemory, status, fetch }).load("dpr", region);
  return rounds;
}

const REGIONS = ["0", "41", "4101", "410101", DESA];

test("any region costs at most 6 requests after page and script, in one round trip", async () => {
  const { files, told } = makeFixture();
  for (const [depth, region] of REGIONS.entries()) {
    const rounds = await roundsOf(files, told, region);
    assert.deepEqual(
      rounds.map(({ length }) => length),
      [depth + 2],
      region,
    );
  }
});

test("a page that was told nothing asks for its status file at the same time", async () => {
  const { files } = makeFixture();
  const rounds = await roundsOf(files, null, DESA);
  assert.deepEqual(rounds.length, 1);
  assert.ok(rounds.flat().includes("status.json"));
});

test("names that are not there, are of another definition, or lie, cost the requests for the right ones and nothing else", async () => {
  const { files, told } = makeFixture();
  const right = await readerOf(files, told).load("dpr", DESA);
  for (const change of [
    (bytes: Uint8Array) => utf8(fromUtf8(bytes).replace("Santosa", "Satnosa")),
    () => utf8("{}\n\n{"),
    () => Uint8Array.of(0xff, 0xfe, 0x0a),
    () => null,
  ]) {
    const changed = new Map(files);
    for (const [path, bytes] of files) {
      if (!path.endsWith(".names.json")) continue;
      const other = change(bytes);
      if (other === null) changed.delete(path);
      else changed.set(path, other);
    }
    const shown = await readerOf(changed, told).load("dpr", DESA);
    assert.deepEqual(shown.names, right.names);
    assert.equal((await roundsOf(changed, told, DESA)).length, 2);
    assert.deepEqual((await readerOf(changed, told).load("dpr", "0")).names.size, 1);
  }
});

test("names whose request fails are fetched one by one", async () => {
  const { files, told } = makeFixture();
  const fetch = async (path: string) => {
    if (path.endsWith(".names.json")) throw new Fault("unreachable", path, "no answer");
    return files.get(path) ?? null;
  };
  const { names } = await new Reader({ fetch, memory: visitMemory, status: told }).load("dpr", DESA);
  assert.equal(names.size, 1);
});

test("while a publication is under way, the object that the parent names replaces a newer file", async () => {
  const { files } = makeFixture();
  rewrite(files, "now/ppwp/4101.json", (object) => ({ ...object, name: "Lain" }));
  const snapshot = await readerOf(files).load("ppwp", DESA);
  assert.equal(snapshot.path[2]?.name, "Kabupaten Muara Jati");
});

/** The hash by which a parent's object names a child. */
function hashOf(files: Published, contest: string, region: string): string {
  const bytes = files.get(`now/${contest}/${region}.json`);
  assert.ok(bytes);
  return hashHex(bytes);
}

type Tampering = readonly [what: string, code: FaultCode, tamper: (files: Published) => void];

const TAMPERINGS: readonly Tampering[] = [
  [
    "an object whose bytes were changed in both places",
    "wrong-hash",
    (files) => {
      const path = objectFile(hashOf(files, "ppwp", DESA));
      rewrite(files, path, (object) => ({ ...object, name: "Lain" }));
      files.delete(`now/ppwp/${DESA}.json`);
    },
  ],
  [
    "a nation's object other than the edition names",
    "wrong-hash",
    (files) => {
      rewrite(files, "now/ppwp.json", (now) => ({ ...now, nation: String(now.nation).replace("Nusa", "Nusi") }));
      for (const path of files.keys()) if (path.startsWith("object/")) files.set(path, utf8("{}"));
    },
  ],
  [
    "an edition whose text was changed",
    "not-in-log",
    (files) =>
      rewrite(files, "now/ppwp.json", (now) => ({
        ...now,
        edition: String(now.edition).replace('"number":12', '"number":13'),
      })),
  ],
  [
    "an edition without its proof",
    "not-in-log",
    (files) =>
      rewrite(files, "now/ppwp.json", (now) => ({ ...now, proof: String(now.proof).replace("index 11", "index 10") })),
  ],
  [
    "a checkpoint whose signature does not fit",
    "bad-signature",
    (files) =>
      rewrite(files, "now/ppwp.json", (now) => ({ ...now, proof: String(now.proof).replace("\n12\n", "\n13\n") })),
  ],
  ["a current file that is not JSON", "malformed", (files) => files.set("now/ppwp.json", utf8("{"))],
  [
    "names other than the object's hash says",
    "wrong-hash",
    (files) => {
      for (const [path, bytes] of files) {
        if (/^object\/|names\.json$/.test(path) && fromUtf8(bytes).includes('"choices"')) files.set(path, utf8("{}"));
      }
    },
  ],
];

const OTHER = "witness.example/w1+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU";

/** What only a page asks for that was told nothing. */
const OF_STATUS: readonly Tampering[] = [
  [
    "a status that names another key",
    "wrong-key",
    (files) => rewrite(files, "status.json", (s) => ({ ...s, editionsVkey: OTHER })),
  ],
  ["a file that is missing", "unreachable", (files) => files.delete("status.json")],
];

for (const [what, code, tamper] of [...TAMPERINGS, ...OF_STATUS]) {
  test(`${what} is named ${code}`, async () => {
    const { files, told } = makeFixture();
    tamper(files);
    for (const status of OF_STATUS.some(([each]) => each === what) ? [null] : [null, told]) {
      const fault = await faultOf(readerOf(files, status).load("ppwp", DESA));
      assert.equal(fault.code, code);
      assert.equal(fault.isAlarm, code !== "unreachable");
      assert.notEqual(fault.file, "");
    }
  });
}

test("a page that was told about its election believes no status file, and asks for none", async () => {
  const { files, told } = makeFixture();
  for (const [, , tamper] of OF_STATUS) {
    tamper(files);
    const { status } = await readerOf(files, told).load("ppwp", "0");
    assert.deepEqual(status, told);
  }
});

type Forgery = readonly [what: string, code: FaultCode, options: FixtureOptions];

const VALID = FIGURE.valid;
const CANDIDATE = ["count", "lists", 0, "votes", 1];

// These are signed properly: a publisher who lies, not a thief on the way.
const FORGERIES: readonly Forgery[] = [
  [
    "a desa whose total is one too high",
    "wrong-sum",
    {
      forge: { region: DESA, change: (o) => change(o, ["count", "lists", 0, "votes", 1], (n) => n + 1), rowToo: true },
    },
  ],
  [
    "a kecamatan whose number of stations is not that of its desa",
    "wrong-sum",
    { forge: { region: "410101", change: (o) => change(o, ["count", "posted"], (n) => n + 1), rowToo: true } },
  ],
  [
    "a kabupaten that says another figure than its parent's row",
    "wrong-row",
    { forge: { region: "4101", change: (o) => change(o, ["recap", "figures", VALID], (n) => n + 1), rowToo: false } },
  ],
  [
    "a kabupaten whose valid votes are not those of its kecamatan",
    "wrong-sum",
    { forge: { region: "4101", change: (o) => change(o, ["count", "figures", VALID], (n) => n + 1), rowToo: true } },
  ],
  ...["4101", "410101", DESA].map(
    (region): Forgery => [
      `the candidates of ${region} that are not their parties' votes`,
      "wrong-sum",
      { forge: { contest: "dpr", region, change: (o) => change(o, CANDIDATE, (n) => n + 1), rowToo: true } },
    ],
  ),
  [
    "a province whose party totals are not those of its kabupaten",
    "wrong-sum",
    {
      forge: {
        contest: "dpr",
        region: "41",
        change: (o) => change(o, ["recap", "parties", "votes", 1], (n) => n - 1),
        rowToo: true,
      },
    },
  ],
  [
    "an object of another region under a right hash",
    "wrong-place",
    { forge: { region: "410101", change: (o) => ({ ...o, region: "410102" }), rowToo: false } },
  ],
];

/** The object with the number at a path changed. */
function change(object: JsonObject, path: readonly (string | number)[], by: (n: number) => number): JsonObject {
  const copy = JSON.parse(canonical(object)) as Record<string, unknown>;
  let at = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? "";
  at[last] = by(Number(at[last]));
  return copy as JsonObject;
}

for (const [what, code, options] of FORGERIES) {
  test(`${what} is named ${code}`, async () => {
    const { files, told } = makeFixture(options);
    const fault = await faultOf(readerOf(files, told).load(options.forge?.contest ?? "ppwp", DESA));
    assert.equal(fault.code, code, fault.message);
  });
}

test("a log that grew since the last visit is shown to continue it", async () => {
  const memory = visitMemory();
  await readerOf(makeFixture({ edition: 5 }).files, null, memory).load("ppwp", "0");
  const { checks } = await readerOf(makeFixture({ edition: 300 }).files, null, memory).load("ppwp", "0");
  assert.equal(checks.since, 5);
});

test("an older state than this browser has seen is an alarm with both checkpoints as evidence", async () => {
  const memory = visitMemory();
  await readerOf(makeFixture({ edition: 12 }).files, null, memory).load("ppwp", "0");
  const fault = await faultOf(readerOf(makeFixture({ edition: 9 }).files, null, memory).load("ppwp", "0"));
  assert.equal(fault.code, "rolled-back");
  assert.equal(fault.evidence.length, 2);
});

test("a history other than the one this browser has seen is an alarm, at the same size and later", async () => {
  for (const edition of [12, 40]) {
    const memory = visitMemory();
    await readerOf(makeFixture({ edition: 12 }).files, null, memory).load("ppwp", "0");
    const fault = await faultOf(
      readerOf(makeFixture({ edition, seed: 8, fork: true }).files, null, memory).load("ppwp", "0"),
    );
    assert.equal(fault.code, "forked");
    assert.equal(fault.evidence.length, 2);
  }
});

test("a key remembered from an earlier visit is not replaced by another", async () => {
  const { files, told } = makeFixture();
  const memory = visitMemory();
  memory.write({ vkey: OTHER, checkpoint: "" });
  for (const status of [null, told]) {
    const fault = await faultOf(readerOf(files, status, memory).load("ppwp", "0"));
    assert.equal(fault.code, "wrong-key");
    assert.deepEqual(fault.evidence, [OTHER, told.editionsVkey]);
  }
  assert.deepEqual(memory.read(), { vkey: OTHER, checkpoint: "" });
});

test("a simulation begun anew is another election, but a real one has only one memory", async () => {
  const asked: string[] = [];
  for (const simulation of [true, false]) {
    const { files } = makeFixture();
    rewrite(files, "status.json", (status) => ({ ...status, simulation, genesis: "ab" }));
    const memory = (name: string) => {
      asked.push(name);
      return visitMemory();
    };
    await new Reader({ fetch: async (path) => files.get(path) ?? null, memory, status: null }).load("ppwp", "0");
  }
  assert.deepEqual(asked, ["ab", ""]);
});

test("a station's history is read from the logs and proved under the signed heads", async () => {
  const { files } = makeFixture();
  const reader = readerOf(files);
  const snapshot = await reader.load("ppwp", DESA);
  const row = snapshot.path.at(-1)?.stations?.[2];
  assert.ok(row);
  const versions = await readHistory(reader, snapshot, DESA, row);
  assert.deepEqual(
    versions.map(({ type, reason }) => [type, reason]),
    [
      ["sheet", null],
      ["reading", "entry-error"],
    ],
  );
  const [before, after] = versions.map(({ votes }) => votes?.[0] ?? 0);
  assert.equal(after, (before ?? 0) + 10);
});

test("a statement that was changed in the log is named", async () => {
  const { files } = makeFixture();
  const reader = readerOf(files);
  const snapshot = await reader.load("ppwp", DESA);
  const row = snapshot.path.at(-1)?.stations?.[0];
  assert.ok(row);
  for (const [path, bytes] of files) {
    if (!path.startsWith("log/tps/410101/tile/entries")) continue;
    const changed = bytes.slice();
    changed[60] = (changed[60] ?? 0) ^ 1;
    files.set(path, changed);
  }
  assert.equal((await faultOf(readHistory(reader, snapshot, DESA, row))).code, "wrong-hash");
});

test("whatever byte of a published file is changed, no other figures are believed", async () => {
  const { files } = makeFixture();
  const right = JSON.stringify((await readerOf(files).load("ppwp", DESA)).path);
  const paths = [
    "now/ppwp.json",
    "now/ppwp/41.json",
    `now/ppwp/${DESA}.json`,
    objectFile(hashOf(files, "ppwp", "4101")),
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.integer({ min: 1, max: 255 }), async (path, at, mask) => {
      const changed = new Map(files);
      const bytes = (changed.get(path) ?? new Uint8Array(0)).slice();
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ mask;
      changed.set(path, bytes);
      const shown = await readerOf(changed)
        .load("ppwp", DESA)
        .catch((cause: unknown) => {
          assert.ok(cause instanceof Fault, String(cause));
          return null;
        });
      assert.ok(shown === null || JSON.stringify(shown.path) === right);
    }),
    { numRuns: 150 },
  );
});

test("tiles that a cache kept from another election are fetched anew before an alarm is raised", async () => {
  const { files } = makeFixture({ edition: 5 });
  const other = makeFixture({ edition: 5, fork: true }).files;
  const isTile = (path: string) => /(^|\/)tile\//.test(path);
  const anew: string[] = [];
  const fetch = async (path: string, fresh = false) => {
    if (fresh) anew.push(path);
    return (isTile(path) && !fresh ? other : files).get(path) ?? null;
  };
  const reader = new Reader({ fetch, memory: visitMemory, status: null });
  const snapshot = await reader.load("ppwp", "0");
  assert.equal((await new Editions(reader, snapshot).edition(2)).number, 2);
  assert.ok(anew.length > 0 && anew.every(isTile));
});
