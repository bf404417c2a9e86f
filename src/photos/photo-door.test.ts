import assert from "node:assert/strict";
import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { jpeg, png, segment } from "../election/testing/photos.ts";
import { equalBytes, utf8 } from "../ledger/bytes.ts";
import { hashHex } from "../ledger/hash.ts";
import { writeDurable } from "../store/durable.ts";
import type { Settled } from "./photo-door.ts";
import {
  bring,
  DEVICE,
  LARGE,
  LIST,
  LIST_HASH,
  metadataOf,
  PAGES,
  photoRoom,
  SMALL,
  uploaded,
} from "./testing/photo-room.ts";

const HOUR = 3_600_000;
const codeOf = (settled: Settled | null) => (settled && "refused" in settled ? settled.refused.fault.code : settled);

test("a list that a sheet names is published, then the pages that it names, byte for byte, and no upload is left", async (t) => {
  const room = await photoRoom(t);
  await room.report();
  const door = room.open();
  for (const bytes of [LIST, LARGE, SMALL]) {
    assert.deepEqual(await door.settle(await uploaded(door, bytes)), { published: bytes.length });
  }
  assert.deepEqual(room.published(), [LIST_HASH, ...PAGES].sort());
  assert.ok(equalBytes(readFileSync(join(room.data, "public", "photo", hashHex(LARGE))), LARGE));
  assert.deepEqual(room.left(), []);
  assert.deepEqual(door.underWay, { uploads: 0, bytes: 0 });
});

test("a photo that comes before its sheet is kept, and published once the sheet is there", async (t) => {
  const room = await photoRoom(t);
  const door = room.open();
  const list = await uploaded(door, LIST);
  const page = await uploaded(door, SMALL);
  assert.equal(codeOf(await door.settle(list)), "unnamed");
  assert.equal(codeOf(await door.settle(page)), "unnamed");
  assert.deepEqual(room.published(), []);
  await room.report();
  // The page waits for its list as for its sheet.
  assert.equal(codeOf(await door.settle(page)), "unnamed");
  assert.deepEqual(await door.settle(list), { published: LIST.length });
  assert.deepEqual(await door.settle(page), { published: SMALL.length });
});

test("what no sheet comes to name is gone after its time, and so is an upload that was never finished", async (t) => {
  const room = await photoRoom(t);
  const door = room.open();
  await uploaded(door, LIST);
  await uploaded(door, LARGE, LARGE.subarray(0, 1000));
  await door.removeExpired(Date.now() + 23 * HOUR);
  assert.equal(door.underWay.uploads, 2);
  await door.removeExpired(Date.now() + 25 * HOUR);
  assert.deepEqual(room.left(), []);
  assert.deepEqual(door.underWay, { uploads: 0, bytes: 0 });
});

test("bytes with another hash, no photo, metadata in it, a picture of absurd size, a list that is none: refused, and removed", async (t) => {
  const room = await photoRoom(t);
  await room.report();
  const door = room.open();
  assert.deepEqual(await door.settle(await uploaded(door, LIST)), { published: LIST.length });
  const wrong = await uploaded(door, SMALL, SMALL.toReversed());
  assert.equal(codeOf(await door.settle(wrong)), "wrong-hash");
  const pages = {
    "not-a-photo": utf8("<svg onload=alert(1)></svg>"),
    metadata: jpeg({ extra: [segment(0xe1, utf8("Exif\0\0 at home"))] }),
    "odd-size": png({ width: 4_000_000_000, height: 4_000_000_000 }),
  };
  for (const [code, bytes] of Object.entries(pages)) {
    // Uploaded before any list forbids it: what it is, is judged first.
    const name = { ...metadataOf(hashHex(bytes)), list: hashHex(utf8(code)) };
    const begun = await door.begin(DEVICE, name, bytes.length);
    assert.ok("id" in begun);
    await bring(door, begun, bytes.length, bytes);
    assert.equal(codeOf(await door.settle(begun.id)), code);
  }
  const list = utf8("[]");
  const begun = await door.begin(DEVICE, { ...metadataOf(hashHex(list)), list: hashHex(list) }, list.length);
  assert.ok("id" in begun);
  await bring(door, begun, list.length, list);
  assert.equal(codeOf(await door.settle(begun.id)), "not-a-list");
  assert.deepEqual(room.left(), []);
  assert.deepEqual(room.published(), [LIST_HASH]);
});

test("a page that the sheet's list does not name may not even begin, and neither may one without the four names", async (t) => {
  const room = await photoRoom(t);
  await room.report();
  const door = room.open();
  await door.settle(await uploaded(door, LIST));
  const begin = async (change: Record<string, string | null>, size = 100) => {
    const begun = await door.begin(DEVICE, { ...metadataOf(hashHex(SMALL)), ...change }, size);
    return "fault" in begun ? begun.fault.code : "begun";
  };
  assert.equal(await begin({ paper: hashHex(utf8("another")) }), "not-in-list");
  assert.equal(await begin({}), "begun");
  for (const station of ["../../../../etc", "7101012001001/..", "", "0101012001001", "7101012001000"]) {
    assert.equal(await begin({ station }), "bad-name", station);
  }
  for (const paper of [`../${hashHex(SMALL).slice(3)}`, hashHex(SMALL).toUpperCase(), "", `${hashHex(SMALL)}\0`]) {
    assert.equal(await begin({ paper }), "bad-name", paper);
  }
  assert.equal(await begin({ list: null }), "bad-name");
  assert.equal(await begin({ contest: "../ppwp" }), "bad-name");
  for (const size of [0, -1, 1.5, Number.NaN]) assert.equal(await begin({}, size), "bad-name", `${size}`);
  assert.equal(await begin({}, 8 * 2 ** 20 + 1), "too-large");
  assert.equal(await begin({ paper: LIST_HASH }, 100_000), "too-large");
});

test("room is promised by what uploads declare: to each device, to all, less to what nothing names, and never the disk's last", async (t) => {
  const room = await photoRoom(t);
  const size = LARGE.length;
  const begins = async (door: ReturnType<typeof room.open>, device = DEVICE) => {
    const begun = await door.begin(device, metadataOf(hashHex(LARGE)), size);
    return "fault" in begun ? [begun.fault.code, begun.retryAfter !== undefined] : "begun";
  };
  const device = room.open({ limits: { device: { bytes: 2 * size - 1, uploads: 9 } } });
  await uploaded(device, LARGE, LARGE.subarray(0, 10));
  assert.deepEqual(await begins(device), ["too-many", true]);
  assert.equal(await begins(device, "f".repeat(16)), "begun");
  const one = room.open({ limits: { device: { bytes: 9 * size, uploads: 1 } } });
  assert.deepEqual(await begins(one), ["too-many", true], "also after a restart");
  assert.deepEqual(await begins(room.open({ limits: { bytes: 2 * size - 1 } })), ["full", true]);
  assert.deepEqual(await begins(room.open({ limits: { uploads: 1 } })), ["full", true]);
  const unnamed = room.open({ limits: { unnamedBytes: 2 * size - 1 } });
  assert.deepEqual(await begins(unnamed), ["full", true]);
  await room.report();
  await unnamed.settle(await uploaded(unnamed, LIST));
  assert.equal(await begins(unnamed), "begun", "what a sheet names has more room");
  const tight = room.open({ limits: { keepFree: 1_000_000 }, freeBytes: () => 1_000_000 + 3 * size - 1 });
  assert.deepEqual(await begins(tight), ["full", true]);
});

test("a full disk at the very end refuses, keeps the upload, and publishes it when there is room", async (t) => {
  const room = await photoRoom(t);
  await room.report();
  let isFull = true;
  const door = room.open({
    write(...args) {
      if (isFull) throw Object.assign(new Error("no space"), { code: "ENOSPC" });
      writeDurable(...args);
    },
  });
  const id = await uploaded(door, LIST);
  assert.equal(codeOf(await door.settle(id)), "full");
  isFull = false;
  assert.deepEqual(await door.settle(id), { published: LIST.length });
});

/** What a death leaves between two writes of an upload's life: what to do to the folder of a whole upload. */
const DEATHS: Readonly<Record<string, (file: string, publish: () => void) => void>> = {
  "before its note is written": (file) => rmSync(`${file}.json`),
  "while its note is written": (file) => writeFileSync(`${file}.json`, '{"id":"0123'),
  "before its bytes are there": (file) => rmSync(file),
  "in the middle of its bytes": (file) => truncateSync(file, 3),
  "by a power cut that tore its bytes": (file) => writeFileSync(file, new Uint8Array(LIST.length)),
  "before it is published": () => undefined,
  "after it is published": (_, publish) => publish(),
  "after its bytes are removed": (file, publish) => {
    publish();
    rmSync(file);
  },
};

for (const [when, die] of Object.entries(DEATHS)) {
  test(`who dies ${when} finds nothing wrong published and nothing in the way of sending again`, async (t) => {
    const room = await photoRoom(t);
    await room.report();
    const id = await uploaded(room.open(), LIST);
    die(join(room.data, "photos", id), () => writeDurable(join(room.data, "public", "photo", LIST_HASH), LIST, 0o644));
    const door = room.open();
    const settled = await door.settle(id);
    if (settled === null || "refused" in settled) {
      if (settled !== null) assert.equal(codeOf(settled), "wrong-hash");
      assert.deepEqual(await door.settle(await uploaded(door, LIST)), { published: LIST.length });
    }
    assert.deepEqual(room.published(), [LIST_HASH]);
    assert.equal(door.published(LIST_HASH), LIST.length);
    assert.deepEqual(room.left(), []);
  });
}
