import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { parseStatement } from "../ledger/statement.ts";
import { readEdition } from "../publish/edition.ts";
import { jsonLines, record } from "./archive/testing.ts";
import { Progress } from "./command.ts";
import { DataFolder, electionIn } from "./data-folder.ts";
import { Reader } from "./reader.ts";
import { openSource } from "./source.ts";
import { BIG, importBoth, morning, Scratch, station, teguh } from "./testing.ts";
import { audit } from "./verify/audit.ts";
import type { Fault } from "./verify/faults.ts";

const scratch = new Scratch();
let data = "";
before(async () => {
  data = await importBoth(scratch);
});
after(() => scratch.remove());

interface Verified {
  readonly ok: boolean;
  readonly editions: number;
  readonly statements: number;
  readonly signatures: number;
  readonly objects: number;
  readonly faults: readonly Fault[];
}

async function verify(folder: string, ...more: string[]): Promise<Verified & { code: number }> {
  const ran = await teguh("verify", folder, "--json", ...more);
  assert.notEqual(ran.out, "", ran.err);
  return { ...(ran.json() as Verified), code: ran.code };
}

const wheres = ({ faults }: Verified): string => faults.map(({ where, what }) => `${where}: ${what}`).join("\n");

/** A copy of the publication in which one file is changed. */
function spoil(path: string, change: (bytes: Buffer) => Buffer | null): string {
  const folder = scratch.copy(join(data, "public"));
  const changed = change(readFileSync(join(folder, path)));
  rmSync(join(folder, path));
  if (changed) writeFileSync(join(folder, path), changed);
  return folder;
}

const flipLast = (back: number) => (bytes: Buffer) => {
  const at = bytes.length - back;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

/** The publication's newest edition. */
function newest() {
  const folder = join(data, "public");
  const now = JSON.parse(readFileSync(join(folder, "now/ppwp.json"), "utf8")) as { edition: string };
  return readEdition(Buffer.from(now.edition)).edition;
}

const objectFile = (hash: string) => `object/${hash.slice(0, 2)}/${hash.slice(2)}.json`;

describe("teguh verify", () => {
  test("holds for what was published, and counts what it checked", async () => {
    const found = await verify(data);
    assert.equal(wheres(found), "");
    assert.equal(found.code, 0);
    assert.equal(found.editions, 2);
    assert.equal(found.statements, found.signatures);
    // 302 sheets in the morning, 3 in the evening.
    assert.ok(found.statements > 305);
  });

  test("holds with the right key given, and says that it was given", async () => {
    const [{ vkey } = { vkey: "" }] = (await teguh("keys", data, "--json")).json() as { vkey: string }[];
    assert.equal((await verify(data, "--key", vkey)).code, 0);
  });

  test("does not hold with another election's key", async () => {
    const other = scratch.fresh("other");
    await teguh("import", "kpu", scratch.write("o.jsonl", morning()), "--data", other, "--contest", "ppwp");
    const [{ vkey } = { vkey: "" }] = (await teguh("keys", other, "--json")).json() as { vkey: string }[];
    const found = await verify(data, "--key", vkey);
    assert.equal(found.code, 1);
    assert.match(wheres(found), /^checkpoint: no known key/);
  });

  const log = "log/tps/510303";
  for (const [what, path, expected] of [
    ["the checkpoint", () => "checkpoint", /^checkpoint: /],
    ["an edition's statement", () => "tile/entries/000.p/2", /^tile\/entries\/000\.p\/2: entry 1 is not/],
    ["a tile of the editions", () => "tile/0/000.p/2", /^tile\/0\/000\.p\/2: hash 1 is not/],
    ["a log's checkpoint", () => `${log}/checkpoint`, /^log\/tps\/510303\/checkpoint: /],
    ["a full bundle", () => `${log}/tile/entries/000`, /^log\/tps\/510303\/tile\/entries\/000: entry 255 is not/],
    ["a full tile", () => `${log}/tile/0/000`, /^log\/tps\/510303\/tile\/0\/000: hash 255 is not/],
    [
      "a tile of the second level",
      () => `${log}/tile/1/000.p/1`,
      /^log\/tps\/510303\/tile\/1\/000\.p\/1: hash 0 is not/,
    ],
    [
      "a partial bundle",
      () => lastOf(`${log}/tile/entries/001.p`),
      /^log\/tps\/510303\/tile\/entries\/001\.p\/\d+: entry \d+ is not/,
    ],
    ["a partial tile", () => lastOf(`${log}/tile/0/001.p`), /^log\/tps\/510303\/tile\/0\/001\.p\/\d+: hash \d+ is not/],
    ["the plenary's log", () => lastOf("log/pleno/0/tile/entries/000.p"), /^log\/pleno\/0\/tile\/entries/],
    ["a result object", () => objectFile(newest().results.ppwp ?? ""), /^object\/..\/.{62}\.json: /],
    ["the heads", () => objectFile(newest().heads), /^object\/..\/.{62}\.json: /],
    ["the districts", () => objectFile(newest().districts), /^object\/..\/.{62}\.json: /],
    ["an advance", () => objectFile(newest().advance), /^object\/..\/.{62}\.json: /],
    ["the definition", () => objectFile(newest().definition), /^object\/..\/.{62}\.json: /],
    ["a contest's now", () => "now/ppwp.json", /^now\/ppwp\.json: /],
    ["a region's now", () => "now/ppwp/5103.json", /^now\/ppwp\/5103\.json: /],
    ["status.json", () => "status.json", /^status\.json: /],
  ] as const) {
    test(`names the file when one bit of ${what} is flipped`, async () => {
      const found = await verify(spoil(path(), flipLast(30)));
      assert.equal(found.code, 1);
      assert.match(wheres(found), new RegExp(expected.source, "m"));
    });

    test(`names the file when ${what} is missing`, async () => {
      const where = path();
      const found = await verify(spoil(where, () => null)).catch((error: unknown) => String(error));
      // Without its checkpoint a folder is no publication at all.
      if (where === "checkpoint") assert.match(String(found), /no published election/);
      else
        assert.ok(
          typeof found === "object" && wheres(found).includes(`${where}: `),
          `${where}\n${JSON.stringify(found)}`,
        );
    });
  }

  test("names the file of names that lies; one that is not there is none, since nothing rests on it", async () => {
    const path = "now/ppwp/0.names.json";
    assert.match(
      wheres(await verify(spoil(path, flipLast(30)))),
      /^now\/ppwp\/0\.names\.json: is not what the newest/m,
    );
    assert.equal((await verify(spoil(path, () => null))).code, 0);
  });

  test("names the entry whose statement was changed", async () => {
    const found = await verify(spoil(`${log}/tile/entries/000`, flipLast(30)));
    assert.match(wheres(found), /^tps\/510303#255: /m);
  });

  test("an object that nobody names must still have the hash that is its name", async () => {
    const folder = scratch.copy(join(data, "public"));
    mkdirSync(join(folder, "object/ab"), { recursive: true });
    writeFileSync(join(folder, `object/ab/${"0".repeat(62)}.json`), "{}");
    assert.match(wheres(await verify(folder)), /^object\/ab\/0{62}\.json: does not have the hash/m);
  });

  test("holds against an earlier checkpoint of the same log; a rolled back publication does not", async () => {
    const [first, more] = await twoMornings();
    assert.equal((await verify(more, "--since", join(first, "public/checkpoint"))).code, 0);
    const back = await verify(first, "--since", join(more, "public/checkpoint"));
    assert.match(wheres(back), /^checkpoint: was rolled back/m);
  });

  test("tells two signed histories from one another", async () => {
    // The same keys and the same beginning, continued in two ways.
    const [first, more] = await twoMornings();
    const lines = jsonLines([[station(BIG, 7), record([9, 9, 9], "2024-02-17 08:00:00")]]);
    await teguh("import", "kpu", scratch.write("fork.jsonl", lines), "--data", first, "--contest", "ppwp");
    const found = await verify(more, "--since", join(first, "public/checkpoint"));
    assert.match(wheres(found), /^checkpoint: is a fork/m);
  });

  test("a log that was rolled back is named, though its checkpoint is signed", async () => {
    const [first, more] = await twoMornings();
    const folder = scratch.copy(join(more, "public"));
    cpSync(join(first, "public", log, "checkpoint"), join(folder, log, "checkpoint"));
    assert.match(wheres(await verify(folder)), /^log\/tps\/510303\/checkpoint: was rolled back/m);
  });

  test("a statement without authority, or with a signature that does not fit, is named though the centre published it", async () => {
    const copy = scratch.copy(data);
    const folder = await DataFolder.open(copy, electionIn(copy)?.origin ?? "");
    const [entry = new Uint8Array()] = await folder.store.read("tps/510303", 5, 6);
    const { body } = parseStatement(entry);
    assert.ok(body.length > 0);
    const text = Buffer.from(entry).toString();
    // Another time: another statement, under a signature that was made for the first.
    const forged = Buffer.from(text.replace(/"time":\d/, '"time":2'));
    const index = (await folder.store.head("tps/510303"))?.size ?? 0;
    await folder.sequencer.append("tps/510303", forged);
    await folder.sequencer.write("tps/510303", "annul", { reason: "test-data", sheet: "0".repeat(64) }, [
      await folder.granted("stranger", "observer"),
    ]);
    await folder.publish(() => {});
    await folder.close();
    const found = wheres(await verify(copy));
    assert.match(found, new RegExp(`^tps/510303#${index}: the signature of .* does not fit`, "m"));
    assert.match(found, /^tps\/510303#\d+: must not be in the log: no-authority/m);
  });

  test("what is published while the audit runs is not looked at, and is no fault", async () => {
    const copy = scratch.copy(data);
    const { files } = openSource(copy);
    const reader = await Reader.open(files, undefined);
    const lines = jsonLines([[station(BIG, 9), record([3, 3, 3], "2024-02-18 08:00:00")]]);
    await teguh("import", "kpu", scratch.write("late.jsonl", lines), "--data", copy, "--contest", "ppwp");
    const progress = new Progress({ out: () => {}, err: () => {} });
    const found = await audit({ where: copy, reader, since: null, progress });
    assert.deepEqual(found.faults, []);
    assert.equal(found.editions, 2);
  });

  test("finds the same with threads as without", async () => {
    const folder = spoil(`${log}/tile/entries/000`, flipLast(30));
    const progress = new Progress({ out: () => {}, err: () => {} });
    const [alone, together] = await Promise.all(
      [0, 2].map(async (threads) => {
        const reader = await Reader.open(openSource(folder).files, undefined);
        return audit({ where: folder, reader, since: null, progress, threads });
      }),
    );
    const sorted = (faults: readonly Fault[] = []) => faults.map(({ where, what }) => `${where}: ${what}`).sort();
    assert.deepEqual(sorted(together?.faults), sorted(alone?.faults));
    assert.equal(together?.signatures, alone?.signatures);
  });

  test("says in one line that it could not be run: exit code 2", async () => {
    for (const where of [scratch.fresh(), "http://127.0.0.1:9/"]) {
      const ran = await teguh("verify", where, "--json");
      assert.equal(ran.code, 2);
      assert.equal(ran.err.trimEnd().split("\n").length, 1);
    }
  });
});

/** The last name in a folder of partial tiles: the widest. */
function lastOf(folder: string): string {
  const names = readdirSync(join(data, "public", folder)).sort((a, b) => Number(a) - Number(b));
  return `${folder}/${names.at(-1)}`;
}

/** The same data folder after the first import, and after another that followed it. */
async function twoMornings(): Promise<[string, string]> {
  const first = scratch.fresh("first");
  await teguh("import", "kpu", scratch.write("m.jsonl", morning()), "--data", first, "--contest", "ppwp");
  const more = scratch.copy(first);
  const lines = jsonLines([[station(BIG, 5), record([2, 2, 2], "2024-02-16 08:00:00")]]);
  await teguh("import", "kpu", scratch.write("n.jsonl", lines), "--data", more, "--contest", "ppwp");
  assert.ok(existsSync(more));
  return [first, more];
}
