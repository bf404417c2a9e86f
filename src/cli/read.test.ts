import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { exampleFile } from "../election/testing.ts";
import { toHex } from "../ledger/bytes.ts";
import { ed25519Signer } from "../ledger/note.ts";
import { parseStatement, signStatement } from "../ledger/statement.ts";
import { readyOffice } from "../publish/testing.ts";
import { logSeed } from "../store/keys.ts";
import { ARCHIVE_ORIGIN } from "./archive/election.ts";
import { DataFolder } from "./data-folder.ts";
import { BIG, importBoth, Scratch, SMALL, STATIONS, station, teguh } from "./testing.ts";

const scratch = new Scratch();
let data = "";
let server: Server;
let url = "";
before(async () => {
  data = await importBoth(scratch);
  server = createServer((request, response) => {
    try {
      response.end(readFileSync(join(data, "public", request.url ?? "")));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  scratch.remove();
});

interface Counted {
  votes: Record<string, number>;
  parties?: Record<string, number>;
}

interface Account {
  choice: string;
  opening: number;
  added: number;
  raised: number;
  removed: number;
  closing: number;
  postings: {
    edition: number;
    station: string;
    kind: string;
    before: number | null;
    after: number | null;
    delta: number;
  }[];
}

const account = async (...more: string[]) =>
  (await teguh("account", data, "--contest", "ppwp", "--json", ...more)).json() as unknown;

describe("teguh results", () => {
  test("gives the same from a data folder, a public folder and a web address", async () => {
    const answers = await Promise.all(
      [data, join(data, "public"), url].map((where) =>
        teguh("results", where, "--contest", "ppwp", "--region", "5103", "--json"),
      ),
    );
    const [first, ...others] = answers.map(({ out }) => out);
    for (const other of others) assert.equal(other, first);
  });

  test("shows an earlier edition as it was", async () => {
    const at = async (edition: string) =>
      (await teguh("results", data, "--contest", "ppwp", "--region", SMALL, "--edition", edition, "--json")).json() as {
        count: { votes: object };
      };
    assert.deepEqual((await at("1")).count.votes, { 100025: 17, 100026: 27, 100027: 37 });
    assert.deepEqual((await at("2")).count.votes, { 100025: 7, 100026: 7, 100027: 7 });
  });

  test("gives the candidates of each part where the region has them all, though rows have only parties", async () => {
    const office = readyOffice();
    try {
      const publisher = await office.open();
      office.world.sheet("5101011001001", "dpr", [1, 2, 3, 4, 5, 6], null);
      office.world.sheet("5101011002001", "dpr", [10, 0, 0, 0, 0, 0], null);
      await office.receive();
      await publisher.step();
      const ran = await teguh("results", office.publicDir, "--contest", "dpr", "--region", "510101", "--json");
      const { count, children } = ran.json() as { count: Counted; children: { count: Counted }[] };
      const ids = Object.keys(count.votes);
      const votes = [count, ...children.map((child) => child.count)].map((book) => ids.map((id) => book.votes[id]));
      assert.deepEqual(votes, [
        [11, 2, 3, 4, 5, 6],
        [1, 2, 3, 4, 5, 6],
        [10, 0, 0, 0, 0, 0],
      ]);
      assert.deepEqual(
        children.map((child) => Object.values(child.count.parties ?? {})),
        [
          [6, 15],
          [10, 0],
        ],
      );
    } finally {
      office.close();
    }
  });

  test("refuses what it cannot verify, in one line", async () => {
    const copy = scratch.copy(join(data, "public"));
    const now = JSON.parse(readFileSync(join(copy, "now/ppwp.json"), "utf8")) as { edition: string };
    const hash = /"results":\{"ppwp":"([0-9a-f]{64})"/.exec(now.edition)?.[1] ?? "";
    const path = `object/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
    writeFileSync(join(copy, path), readFileSync(join(copy, path), "utf8").replace("100", "101"));
    const ran = await teguh("results", copy, "--contest", "ppwp", "--region", "0");
    assert.equal(ran.code, 2);
    assert.equal(ran.err, `teguh results: ${path}: does not have the hash that is its name\n`);
  });

  for (const [argv, message] of [
    [["--region", "5103"], /--contest is missing/],
    [["--contest", "dpr"], /no contest dpr/],
    [["--contest", "ppwp", "--region", "99x"], /is no region/],
    [["--contest", "ppwp", "--region", "52"], /no region 52/],
    [["--contest", "ppwp", "--edition", "7"], /no edition 7/],
  ] as const) {
    test(`answers ${argv.join(" ")} with exit code 2`, async () => {
      const ran = await teguh("results", data, ...argv);
      assert.equal(ran.code, 2);
      assert.match(ran.err, message);
    });
  }
});

describe("teguh account", () => {
  test("opening + added − removed = closing, with each change and its station", async () => {
    const found = (await account("--region", "51", "--choice", "100026", "--from", "1")) as Account;
    // 300 × 100 + 20 + 7 at edition 1; then 100 → 90 in the big desa, and 20 withdrawn in the small one.
    assert.deepEqual([found.opening, found.added, found.removed, found.closing], [30_027, 0, 30, 29_997]);
    const changes = found.postings.map(({ edition, station: at, kind, before: b, after: a }) => [
      edition,
      at,
      kind,
      b,
      a,
    ]);
    assert.deepEqual(
      changes.sort(),
      [
        [2, station(BIG, 1), "correction", 100, 90],
        [2, station(SMALL, 1), "withdrawal", 20, null],
      ].sort(),
    );
  });

  test("lists all choices, and from the beginning every first report", async () => {
    const found = (await account("--region", BIG)) as Account[];
    assert.deepEqual(
      found.map(({ choice }) => choice),
      ["100025", "100026", "100027"],
    );
    for (const one of found) {
      assert.equal(one.opening, 0);
      assert.equal(one.opening + one.added - one.removed, one.closing);
      assert.equal(one.raised, one.choice === "100027" ? 5 : 0);
      assert.equal(one.postings.filter(({ kind }) => kind === "report").length, STATIONS);
    }
  });

  test("the closing of one interval is the opening of the next", async () => {
    const first = (await account("--region", "5103", "--choice", "100027", "--to", "1")) as Account;
    const second = (await account("--region", "5103", "--choice", "100027", "--from", "1")) as Account;
    assert.equal(first.closing, second.opening);
  });
});

describe("teguh keys", () => {
  test("lists every log with its origin, key and path, the editions first", async () => {
    const keys = (await teguh("keys", url, "--json")).json() as { origin: string; vkey: string; path: string }[];
    assert.deepEqual(
      keys.map(({ origin, path }) => [origin, path]),
      [
        [ARCHIVE_ORIGIN, "."],
        ...["pleno/0", "tps/510302", "tps/510303"].map((log) => [`${ARCHIVE_ORIGIN}/log/${log}`, `log/${log}`]),
      ],
    );
    for (const { origin, vkey } of keys) assert.ok(vkey.startsWith(`${origin}+`));
  });
});

describe("teguh export", () => {
  test("writes one row for each station, the columns named", async () => {
    const out = scratch.fresh("csv");
    const ran = await teguh("export", data, "--contest", "ppwp", "--region", SMALL, "--format", "csv", "--out", out);
    assert.equal(ran.code, 0, ran.err);
    const [head = "", ...lines] = readFileSync(out, "utf8").trim().split("\r\n");
    assert.equal(lines.length, 3);
    assert.ok(head.endsWith("valid,invalid,total,100025,100026,100027"));
    assert.ok(lines[1]?.endsWith("21,2,23,7,7,7"), lines[1]);
  });
});

describe("teguh receipt", () => {
  const LOG = "tps/510303";
  async function receiptFor(index: number, change: { id?: string; seed?: Uint8Array } = {}): Promise<string> {
    const folder = await DataFolder.open(data, ARCHIVE_ORIGIN);
    const [entry = new Uint8Array()] = await folder.store.read(LOG, 1, 2);
    const origin = `${ARCHIVE_ORIGIN}/log/${LOG}`;
    const election = folder.sequencer.standings.genesis?.electionTag ?? "";
    const id = change.id ?? toHex(parseStatement(entry).id);
    const signer = ed25519Signer(origin, change.seed ?? logSeed(folder.keys.master, origin));
    await folder.close();
    return scratch.write(
      "receipt",
      signStatement("teguh/receipt/v1", { election, id, index, log: LOG, time: 1 }, [signer]),
    );
  }

  for (const [what, make, code, message] of [
    ["kept", () => receiptFor(1), 0, /In the log: entry 1/],
    ["broken by another statement in its place", () => receiptFor(1, { id: "0".repeat(64) }), 1, /promised was 0000/],
    ["not due yet", () => receiptFor(100_000), 1, /ask again later/],
    ["nobody's", () => receiptFor(1, { seed: new Uint8Array(32).fill(7) }), 1, /not signed by the key/],
  ] as const) {
    test(`a promise that is ${what}: exit code ${code}`, async () => {
      const ran = await teguh("receipt", await make(), url);
      assert.equal(ran.code, code, ran.err);
      assert.match(ran.out, message);
    });
  }

  test("a file that is no receipt: exit code 2", async () => {
    assert.equal((await teguh("receipt", scratch.write("x", "hello\n"), data)).code, 2);
  });
});

describe("teguh init", () => {
  test("founds an election that verifies, once", async () => {
    const folder = scratch.fresh("init");
    const file = scratch.write("election.json", JSON.stringify(exampleFile()));
    const ran = await teguh("init", "--data", folder, "--election", file, "--json");
    assert.equal(ran.code, 0, ran.err);
    assert.equal((await teguh("verify", folder)).code, 0);
    assert.match((await teguh("init", "--data", folder, "--election", file)).err, /has an election already/);
  });

  test("names every fault of a file and makes nothing", async () => {
    const broken = { ...exampleFile(), contests: [], origin: "NOT AN ORIGIN" };
    const ran = await teguh(
      "init",
      "--data",
      scratch.fresh(),
      "--election",
      scratch.write("e.json", JSON.stringify(broken)),
    );
    assert.equal(ran.code, 1);
    assert.match(ran.out, /origin/);
    assert.match(ran.out, /contests/);
  });
});

describe("teguh", () => {
  test("lists its commands, and knows no others", async () => {
    const help = await teguh("help");
    for (const name of ["init", "import", "verify", "results", "account", "export", "receipt", "keys"]) {
      assert.match(help.out, new RegExp(`^teguh ${name} `, "m"));
    }
    assert.equal((await teguh("hitung")).code, 2);
  });
});
