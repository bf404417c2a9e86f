import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { publicKeyOf } from "#ed25519";
import { socketPath } from "../core/socket.ts";
import { checkElection } from "../election/check-election.ts";
import { NATION, parentOf, plenoLog, type RegionCode } from "../election/codes.ts";
import { exampleFile } from "../election/testing.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";
import { ed25519Signer, type Signer } from "../ledger/note.ts";
import { keyName } from "../ledger/statement.ts";
import { openHall } from "../server/hall.ts";
import { readBundle } from "../sync/bundle.ts";
import { type OpenNode, openNode, readBundleFile, receiveBundle } from "../sync/node-folder.ts";
import { SyncRefused } from "../sync/refusals.ts";
import { DataFolder } from "./data-folder.ts";
import { Scratch, teguh } from "./testing.ts";

const KECAMATAN = "710101" as RegionCode;
const LOG = plenoLog(KECAMATAN);
const ORIGIN = exampleFile().origin;
const NOW = Date.UTC(2029, 1, 15);

const scratch = new Scratch();
let centre: string;
before(async () => {
  centre = scratch.fresh("centre");
  await foundCentre(centre);
});
after(() => scratch.remove());

const chairOf = (region: string): Signer => {
  const seed = sha256(utf8(`chair ${region}`));
  return ed25519Signer(keyName(ORIGIN, publicKeyOf(seed)), seed);
};

async function foundCentre(dir: string): Promise<void> {
  const checked = checkElection(exampleFile());
  assert.ok("ok" in checked);
  const folder = await DataFolder.found(dir, checked.ok, "1/UJI");
  for (const region of ["71", "7101", KECAMATAN] as RegionCode[]) {
    const parent = parentOf(region) ?? NATION;
    const grant = {
      key: toHex(chairOf(region).publicKey),
      person: toHex(sha256(utf8(region)).subarray(0, 16)),
      region,
      role: "chair",
    };
    const signer = parent === NATION ? rootOf(folder) : chairOf(parent);
    await folder.sequencer.write(plenoLog(parent), "grant", { list: [grant] }, [signer]);
  }
  await folder.sequencer.write(LOG, "pause", { panel: null }, [chairOf(KECAMATAN)]);
  await folder.close();
}

function rootOf({ keys }: DataFolder): Signer {
  const { root } = keys;
  assert.ok(root);
  return ed25519Signer(keyName(ORIGIN, publicKeyOf(root)), root);
}

const bundleAt = async (dir: string) => {
  const out = scratch.fresh("bundle");
  const ran = await teguh(
    "bundle",
    KECAMATAN,
    "--data",
    dir,
    "--out",
    out,
    "--endpoints",
    "https://pusat.example/",
    "--json",
  );
  assert.equal(ran.code, 0, ran.err);
  return out;
};

/** The bytes of a bundle received into a new laptop's folder. */
async function laptopFrom(bundle: string, dir = scratch.fresh("laptop")): Promise<string> {
  const read = readBundleFile(bundle, { genesis: null, region: KECAMATAN });
  let count = 0;
  await receiveBundle(dir, read, (length) => sha256(utf8(`${dir} ${count++}`)).subarray(0, length));
  return dir;
}

/** Hands the hall's log to a key, at the centre, as the kabupaten's chair would. */
async function hand(dir: string, vkey: string, epoch: number): Promise<void> {
  const folder = await DataFolder.open(dir, ORIGIN);
  const head = await folder.store.head(LOG);
  const body = { log: LOG, size: head?.size ?? 0, root: toHex(head?.root() ?? new Uint8Array(32)), vkey, epoch };
  const { kind } = await folder.sequencer.write("pleno/7101", "custody", body, [chairOf("7101")]);
  assert.equal(kind, "appended");
  await folder.close();
}

async function using<T>(dir: string, work: (node: OpenNode) => Promise<T>): Promise<T> {
  const node = await openNode(dir, () => NOW);
  try {
    return await work(node);
  } finally {
    await node.close();
  }
}

const carry = async (from: string, to: string, ...logs: string[]) => {
  const file = scratch.fresh("stick");
  const out = await teguh("log", "export", ...logs, "--data", from, "--out", file);
  assert.equal(out.code, 0, out.err);
  return teguh("log", "import", file, "--data", to, "--json");
};

test("a kecamatan begins from a bundle, writes alone, and its log is carried to the centre by hand", async () => {
  const laptop = await laptopFrom(await bundleAt(centre));
  const vkey = await using(laptop, async ({ vkey, sequencer }) => {
    await assert.rejects(sequencer.write(LOG, "pause", { panel: 1 }, [chairOf(KECAMATAN)]), {
      name: "WrittenElsewhere",
    });
    return vkey;
  });
  await hand(centre, vkey, 1);
  assert.equal((await carry(centre, laptop, "pleno/7101")).code, 0);
  await using(laptop, async ({ sequencer }) => {
    for (const panel of [1, 2, 3]) await sequencer.write(LOG, "pause", { panel }, [chairOf(KECAMATAN)]);
  });
  const brought = await carry(laptop, centre, LOG);
  assert.equal(brought.code, 0, brought.out);
  const again = await carry(laptop, centre, LOG);
  const { files }: { files: { logs: { before: number; after: number }[] }[] } = again.json();
  assert.deepEqual(files[0]?.logs[0], { log: LOG, before: 8, after: 8, apart: null, refused: null });
  const edition = await DataFolder.open(centre, ORIGIN);
  const entries = await edition.store.read(LOG, 0, 99);
  await edition.publish(() => undefined);
  await edition.close();
  const audit = await teguh("verify", join(centre, "public"), "--json");
  assert.equal(audit.code, 0, audit.out);
  await using(laptop, async ({ store }) => assert.deepEqual(await store.read(LOG, 0, 99), entries));
});

test("a kecamatan on its own publishes editions of its own in the hall", async () => {
  const laptop = await laptopFrom(await bundleAt(centre));
  const open = () => openHall(laptop, { clock: () => NOW, log: () => undefined });
  const hall = await open();
  assert.equal((await hall.publisher.step())?.number, 1);
  await hall.close();
  const origin = () => readFileSync(join(laptop, "public", "checkpoint"), "utf8").split("\n")[0];
  assert.equal(origin(), `${ORIGIN}/node/${KECAMATAN}`);
  const again = await open();
  assert.equal(again.publisher.latest?.edition.number, 1);
  assert.equal(await again.publisher.step(), null);
  await again.close();
});

test("a newer bundle brings a laptop up to date, and its key stays", async () => {
  const dir = scratch.fresh("other-centre");
  await foundCentre(dir);
  const laptop = await laptopFrom(await bundleAt(dir));
  const { vkey } = await using(laptop, async ({ vkey }) => ({ vkey }));
  await hand(dir, vkey, 1);
  await laptopFrom(await bundleAt(dir), laptop);
  await using(laptop, async (node) => {
    assert.equal(node.vkey, vkey);
    assert.equal(await node.sequencer.writes(LOG), true);
  });
});

test("a bundle that is altered, cut short, longer, of another region or election, or no bundle, is refused", async () => {
  const bytes = new Uint8Array(readFileSync(await bundleAt(centre)));
  const nothing = { genesis: null, region: null };
  const reasonOf = (changed: Uint8Array, expected: Parameters<typeof readBundle>[1] = nothing) => {
    try {
      readBundle(changed, expected);
    } catch (error) {
      return error instanceof SyncRefused ? error.reason : error;
    }
    return "read";
  };
  assert.equal(reasonOf(bytes), "read");
  assert.equal(reasonOf(bytes, { genesis: "0".repeat(64), region: null }), "other-election");
  assert.equal(reasonOf(bytes, { genesis: null, region: "720101" as RegionCode }), "other-region");
  assert.equal(reasonOf(new Uint8Array([...bytes, 0])), "too-long");
  for (let length = 0; length < bytes.length; length += 97) {
    const reason = reasonOf(bytes.subarray(0, length));
    assert.ok(reason === "cut-short" || reason === "not-this-format", `${length}: ${reason}`);
  }
  for (let at = 0; at < bytes.length; at += 61) {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    const reason = reasonOf(changed);
    assert.ok(typeof reason === "string" && reason !== "read", `${at}: ${reason}`);
  }
});

test("what is no file, or larger than any bundle, is not read", () => {
  const large = scratch.write("large", "");
  truncateSync(large, 2 ** 27 + 1);
  const reasons = ["/dev/zero", scratch.path, large, scratch.fresh()].map((path) => {
    try {
      return readBundleFile(path, { genesis: null, region: null });
    } catch (error) {
      return error instanceof SyncRefused ? error.reason : error;
    }
  });
  assert.deepEqual(new Set(reasons), new Set(["not-this-format"]));
});

test("a laptop's folder takes no bundle of another election", async () => {
  const laptop = await laptopFrom(await bundleAt(centre));
  const dir = scratch.fresh("stranger");
  await foundCentre(dir);
  await assert.rejects(laptopFrom(await bundleAt(dir), laptop), { reason: "other-election" });
});

test("a file that is cut short brings in what is whole, and says so", async () => {
  const laptop = await laptopFrom(await bundleAt(centre));
  const file = scratch.fresh("stick");
  assert.equal((await teguh("log", "export", "pleno/0", "pleno/71", "--data", centre, "--out", file)).code, 0);
  const bytes = readFileSync(file);
  const cases = [
    [bytes.subarray(0, bytes.length - 3), "terpotong"],
    [bytes.subarray(0, 5), "bukan dari Teguh"],
    [Buffer.concat([bytes, Buffer.from([1])]), "lebih panjang"],
    [Buffer.concat([bytes.subarray(0, 40), Buffer.from([255]), bytes.subarray(41)]), "tidak sama"],
  ] as const;
  for (const [changed, words] of cases) {
    const ran = await teguh("log", "import", scratch.write("stick", changed), "--data", laptop);
    assert.equal(ran.code, 1);
    assert.match(ran.out, new RegExp(words));
  }
  const ran = await teguh("log", "import", file, "--data", laptop);
  assert.equal(ran.code, 0, ran.out);
});

test("a file with the log of a region that is not kept here brings nothing in, and says where it belongs", async () => {
  const dir = scratch.fresh("centre-of-two");
  await foundCentre(dir);
  const folder = await DataFolder.open(dir, ORIGIN);
  await folder.sequencer.write("pleno/72", "pause", { panel: null }, [rootOf(folder)]);
  await folder.close();
  const laptop = await laptopFrom(await bundleAt(dir));
  const before = await using(laptop, async ({ store }) => [...(await store.heads()).keys()]);
  const brought = await carry(dir, laptop, "pleno/72");
  assert.equal(brought.code, 1);
  assert.match(brought.out, /not-here|tidak disimpan di sini/);
  assert.deepEqual(await using(laptop, async ({ store }) => [...(await store.heads()).keys()]), before);
});

test("a stick with too many files is not searched to its end, and says what to do", async () => {
  const laptop = await laptopFrom(await bundleAt(centre));
  for (const [count, ending] of [
    [1_001, "jpg"],
    [65, "teguhlog"],
  ] as const) {
    const folder = scratch.fresh("stick");
    mkdirSync(folder);
    for (let i = 0; i < count; i++) writeFileSync(join(folder, `${i}.${ending}`), "");
    const ran = await teguh("log", "import", folder, "--data", laptop);
    assert.equal(ran.code, 2);
    assert.match(ran.err, /Terlalu banyak berkas/);
  }
});

test("a folder that is being served is not written by a command", async () => {
  const { createServer } = await import("node:net");
  const laptop = await laptopFrom(await bundleAt(centre));
  const server = createServer().listen(socketPath(laptop));
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    const ran = await teguh("log", "export", "pleno/0", "--data", laptop, "--out", scratch.fresh("x"));
    assert.equal(ran.code, 2);
    assert.match(ran.err, /being served/);
  } finally {
    server.close();
  }
  assert.ok(statSync(laptop).isDirectory());
});
