import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import type { World } from "../core/testing.ts";
import { utf8 } from "../ledger/bytes.ts";
import { Copier, copyFileName } from "./copy.ts";
import { type CopyDisk, copyDisk } from "./copy-disk.ts";
import { type CopyPlace, chooseCopyPlace, copyPlace } from "./copy-place.ts";
import { readLogFile } from "./log-file.ts";
import { writingTrouble } from "./may-write.ts";
import { SyncRefused } from "./refusals.ts";
import { copyOf, HALL_LOG, handedOver, Laptop, type Place, pause, REGION, sizes } from "./testing.ts";

const scratch = mkdtempSync(join(tmpdir(), "teguh-copy-"));
after(() => rmSync(scratch, { recursive: true }));

let data: string;
let stick: string;
let count = 0;
beforeEach(() => {
  data = join(scratch, `data-${count}`);
  stick = join(scratch, `stick-${count++}`);
  mkdirSync(data);
  mkdirSync(stick);
});

const HALL = { election: "0".repeat(32), region: REGION };
const FILE = copyFileName(REGION);

/** A call of a disk that fails: it is not done, or half, or done and said to have failed. */
type Failing = "not-done" | "half" | "done";

/** Counts the writings of a disk, and has one of them fail as a stick does that is pulled: then all others fail as well. */
class Trouble {
  writings = 0;
  at = Number.POSITIVE_INFINITY;
  how: Failing = "not-done";
  code = "EIO";

  get isGone(): boolean {
    return this.writings > this.at;
  }
}

const failure = (code: string) => Object.assign(new Error(`${code}: the stick failed`), { code });

function troubled(disk: CopyDisk, trouble: Trouble): CopyDisk {
  const reading = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (trouble.isGone) throw failure(trouble.code);
      return call(...args);
    };
  };
  const writing = async (call: () => Promise<void>, half: () => Promise<void>) => {
    const n = trouble.writings++;
    if (n > trouble.at) throw failure(trouble.code);
    if (n < trouble.at) return call();
    if (trouble.how === "done") await call();
    if (trouble.how === "half") await half();
    throw failure(trouble.code);
  };
  return {
    size: reading((path) => disk.size(path)),
    read: reading((path, from, length) => disk.read(path, from, length)),
    forget: reading((path) => disk.forget(path)),
    setAside: reading((path) => disk.setAside(path)),
    write: (path, at, bytes) =>
      writing(
        () => disk.write(path, at, bytes),
        () => disk.write(path, at, bytes.subarray(0, bytes.length / 2)),
      ),
    replace: (path, bytes) =>
      writing(
        () => disk.replace(path, bytes),
        () => disk.replace(`.${path.replaceAll("/", "-")}.new`, bytes.subarray(0, bytes.length / 2)),
      ),
    remove: (path) =>
      writing(
        () => disk.remove(path),
        () => Promise.resolve(),
      ),
  };
}

interface Time {
  now: number;
}

/** A copier of a place, on the stick; `sheets`: what it holds for phones. */
function copier(
  place: Place,
  { trouble = new Trouble(), time = { now: 1_000 } as Time, sheets = [] as Uint8Array[] } = {},
) {
  const chosen = copyPlace(data) ?? chooseCopyPlace(data, stick, HALL);
  return new Copier({
    place: chosen,
    disk: troubled(copyDisk(chosen.folder), trouble),
    replica: place.replica,
    relay: { held: async (from, most) => sheets.slice(from, from + most) },
    region: REGION,
    data,
    clock: () => time.now,
    elapsed: () => time.now,
    log: () => undefined,
  });
}

/** Why a copy is not made; undefined while it is. */
const troubleOf = ({ state }: Copier) => state.trouble?.reason;

const fileOf = ({ folder }: CopyPlace) => join(folder, FILE);
const copied = () => fileOf(copyPlace(data) ?? assert.fail("a place was chosen"));

async function* bytesOf(path: string) {
  yield new Uint8Array(readFileSync(path));
}

/** What another laptop has once it has taken in what is on the stick, a file without fault. */
async function broughtUp(world: World): Promise<Place> {
  const other = await new Laptop(world, "other").open();
  await readLogFile(other.replica, () => bytesOf(copied()));
  return other;
}

/** How much of the hall's log comes from a stick, whole or not. */
async function salvaged(world: World): Promise<number> {
  const other = await new Laptop(world, "other").open();
  await readLogFile(other.replica, () => bytesOf(copied())).catch((error: unknown) =>
    assert.ok(error instanceof SyncRefused),
  );
  return sizeOf(other);
}

const sizeOf = async ({ store }: Place) => (await store.head(HALL_LOG))?.size ?? 0;

test("all that the laptop has is in the copy after a round, and another laptop goes on from there", async () => {
  const { world, laptop } = await handedOver();
  const copying = copier(laptop);
  assert.equal(copying.state.at, null);
  for (const panel of [1, 2, 3]) {
    await pause(laptop, panel);
    await copying.round();
    assert.deepEqual(await sizes(await broughtUp(world)), await sizes(laptop));
  }
  assert.equal(copying.state.at, 1_000);
  assert.equal(troubleOf(copying), undefined);
  const before = readFileSync(copied());
  await copying.round();
  assert.deepEqual(readFileSync(copied()), before, "where nothing is new nothing is written");
});

test("a copy that is begun again goes on where it was, and thousands of entries come in pieces", async () => {
  const { world, laptop } = await handedOver();
  await copier(laptop).round();
  const first = readFileSync(copied()).length;
  for (let panel = 0; panel < 1_500; panel++) await pause(laptop, panel);
  const again = copier(laptop);
  await again.round();
  assert.equal(troubleOf(again), undefined);
  assert.deepEqual(await sizes(await broughtUp(world)), await sizes(laptop));
  assert.ok(readFileSync(copied()).length > first);
});

test("whichever writing a stick fails in, and however, what was whole stays whole, and all of it is there in the end", async () => {
  const papers = ["desk/people/one.json", "desk/papers/two"];
  for (const how of ["not-done", "half", "done"] as const) {
    for (let at = 0; ; at++) {
      const { world, laptop } = await handedOver();
      rmSync(stick, { recursive: true });
      rmSync(data, { recursive: true });
      for (const folder of [stick, join(data, "desk/people"), join(data, "desk/papers")])
        mkdirSync(folder, { recursive: true });
      for (const path of papers) writeFileSync(join(data, path), `content of ${path}`);
      const trouble = new Trouble();
      const copying = copier(laptop, { trouble });
      await pause(laptop, 1);
      await copying.round();
      const whole = await sizeOf(await broughtUp(world));
      assert.equal(whole, await sizeOf(laptop));
      Object.assign(trouble, { at: trouble.writings + at, how });
      await pause(laptop, 2);
      writeFileSync(join(data, "desk/people/one.json"), `changed content, ${how} ${at}`);
      await copying.round();
      const failed = trouble.isGone;
      assert.equal(troubleOf(copying), failed ? "failed" : undefined);
      assert.ok((await salvaged(world)) >= whole, `${how} ${at}: what was whole is lost`);
      trouble.at = Number.POSITIVE_INFINITY;
      await pause(laptop, 3);
      await copying.round();
      assert.equal(troubleOf(copying), undefined);
      assert.deepEqual(await sizes(await broughtUp(world)), await sizes(laptop));
      const folder = copyPlace(data)?.folder ?? "";
      for (const path of papers) assert.deepEqual(readFileSync(join(folder, path)), readFileSync(join(data, path)));
      if (!failed) break;
    }
  }
});

test("a file that is torn anywhere, or ends in rubbish, is gone on with from what is whole", async () => {
  const { world, laptop } = await handedOver();
  const copying = copier(laptop);
  await copying.round();
  const whole = readFileSync(copied()).length;
  await pause(laptop, 1);
  await copying.round();
  const bytes = readFileSync(copied());
  const rest = await sizes(laptop);
  for (let length = 0; length <= bytes.length; length += length < whole ? 997 : 41) {
    for (const rubbish of [0, 900]) {
      writeFileSync(copied(), Buffer.concat([bytes.subarray(0, length), Buffer.alloc(rubbish, length)]));
      const again = copier(laptop);
      await again.round();
      assert.equal(troubleOf(again), undefined, `${length} ${rubbish}`);
      assert.deepEqual(await sizes(await broughtUp(world)), rest, `${length} ${rubbish}`);
    }
  }
});

test("a stick that was pulled is missed since then, an empty folder in its place is not written, and once back it catches up", async () => {
  const { world, laptop } = await handedOver();
  const time = { now: 5_000 };
  const copying = copier(laptop, { time });
  await copying.round();
  renameSync(stick, `${stick}-pulled`);
  mkdirSync(join(stick, `teguh-${REGION}`), { recursive: true });
  await pause(laptop, 1);
  for (time.now = 6_000; time.now <= 8_000; time.now += 1_000) await copying.round();
  assert.deepEqual(copying.state.trouble, { reason: "missing", since: 6_000 });
  assert.equal(copying.state.at, 5_000);
  assert.deepEqual(readdirSync(join(stick, `teguh-${REGION}`)), []);
  rmSync(stick, { recursive: true });
  renameSync(`${stick}-pulled`, stick);
  await copying.round();
  assert.equal(troubleOf(copying), undefined);
  assert.deepEqual(await sizes(await broughtUp(world)), await sizes(laptop));
});

test("another stick in its place is not taken for it, and what came back with less on it is filled up", async () => {
  const { world, laptop } = await handedOver();
  const copying = copier(laptop);
  await copying.round();
  const first = readFileSync(copied());
  const mark = readFileSync(join(stick, `teguh-${REGION}`, "copy.json"), "utf8");
  writeFileSync(join(stick, `teguh-${REGION}`, "copy.json"), mark.replace(/"id":"../, '"id":"zz'));
  for (const panel of [1, 2, 3]) await pause(laptop, panel);
  await copying.round();
  assert.equal(troubleOf(copying), "missing");
  assert.deepEqual(readFileSync(copied()), first);
  writeFileSync(join(stick, `teguh-${REGION}`, "copy.json"), mark);
  await copying.round();
  rmSync(join(stick, `teguh-${REGION}`, "copy.json"));
  await copying.round();
  assert.equal(troubleOf(copying), "missing");
  writeFileSync(join(stick, `teguh-${REGION}`, "copy.json"), mark);
  writeFileSync(copied(), first);
  await copying.round();
  assert.equal(troubleOf(copying), undefined);
  assert.deepEqual(await sizes(await broughtUp(world)), await sizes(laptop));
});

test("a stick that is full is said to be full, and goes on once there is room", async () => {
  const { laptop } = await handedOver();
  const trouble = new Trouble();
  const copying = copier(laptop, { trouble });
  await copying.round();
  Object.assign(trouble, { at: trouble.writings - 1, code: "ENOSPC" });
  await copying.round();
  assert.equal(troubleOf(copying), "full");
  trouble.at = Number.POSITIVE_INFINITY;
  await copying.round();
  assert.equal(troubleOf(copying), undefined);
});

test("what is not on the medium as it was written is found when all of it is read again, and mended", async () => {
  const { world, laptop } = await handedOver();
  const time = { now: 0 };
  const copying = copier(laptop, { time });
  await pause(laptop, 1);
  await copying.round();
  const bytes = readFileSync(copied());
  bytes[300] = (bytes[300] ?? 0) ^ 1;
  writeFileSync(copied(), bytes);
  await copying.round();
  assert.equal(troubleOf(copying), undefined, "between two readings it is not noticed");
  time.now = 11 * 60_000;
  await copying.round();
  assert.equal(troubleOf(copying), "failed");
  await copying.round();
  assert.equal(troubleOf(copying), undefined);
  assert.equal(copying.state.checkedAt, time.now);
  assert.deepEqual(await sizes(await broughtUp(world)), await sizes(laptop));
});

test("a large piece that cannot be read is set aside, never written over", async () => {
  const { laptop } = await handedOver();
  await copier(laptop).round();
  const strange = Buffer.concat([readFileSync(copied()), Buffer.alloc(4 * 2 ** 20, 7)]);
  writeFileSync(copied(), strange);
  const again = copier(laptop);
  await again.round();
  assert.equal(troubleOf(again), undefined);
  const kept = readdirSync(join(stick, `teguh-${REGION}`)).filter((name) => name.endsWith(".teguhlog"));
  assert.deepEqual(kept.sort(), [`${REGION}.1.teguhlog`, FILE]);
  assert.deepEqual(readFileSync(join(stick, `teguh-${REGION}`, `${REGION}.1.teguhlog`)), strange);
});

/** A laptop whose whole disk was put back to an older state, while its copy went on. */
async function putBack(): Promise<{ old: Place; newest: Place }> {
  const { world, machine, laptop } = await handedOver();
  await pause(laptop, 1);
  const before = await copyOf(machine.medium);
  for (const panel of [2, 3]) await pause(laptop, panel);
  await copier(laptop).round();
  return { old: await new Laptop(world, "laptop").open(before), newest: laptop };
}

test("an old copy of the disk that was put back is recognised by the stick, writes nothing, and catches up from it", async () => {
  const { old, newest } = await putBack();
  assert.equal(await writingTrouble(old, HALL_LOG), null, "by itself it cannot know");
  const before = readFileSync(copied());
  const copying = copier(old);
  await copying.round();
  assert.equal(troubleOf(copying), "newer");
  assert.equal(await writingTrouble(old, HALL_LOG), "behind");
  assert.deepEqual(readFileSync(copied()), before, "nothing there was overwritten");
  await readLogFile(old.replica, () => bytesOf(copied()));
  assert.equal(await writingTrouble(old, HALL_LOG), null);
  await copying.round();
  assert.equal(troubleOf(copying), undefined);
  assert.deepEqual(await old.store.read(HALL_LOG, 0, 99), await newest.store.read(HALL_LOG, 0, 99));
});

test("a laptop that went on from an old state meets its own other history on the stick: neither is overwritten", async () => {
  const { old } = await putBack();
  for (const panel of [7, 8, 9]) await pause(old, panel);
  const before = readFileSync(copied());
  const copying = copier(old);
  await copying.round();
  assert.equal(troubleOf(copying), "other");
  assert.equal(await writingTrouble(old, HALL_LOG), "fork");
  assert.deepEqual(readFileSync(copied()), before);
});

test("a browser that was shown a longer log tells a laptop that was put back, by the laptop's own signature", async () => {
  const { old, newest } = await putBack();
  const shown = await newest.replica.noteOf(HALL_LOG);
  assert.ok(shown);
  await old.replica.heed(HALL_LOG, utf8("nothing that anybody signed"));
  assert.equal(await writingTrouble(old, HALL_LOG), null);
  await old.replica.heed(HALL_LOG, shown);
  assert.equal(await writingTrouble(old, HALL_LOG), "behind");
});

test("what is kept beside the logs is copied, follows a change, and is deleted there when it was deleted here", async () => {
  const { laptop } = await handedOver();
  const there = (path: string) => join(stick, `teguh-${REGION}`, path);
  mkdirSync(join(data, "desk", "witnesses"), { recursive: true });
  mkdirSync(join(data, "keys"), { recursive: true });
  writeFileSync(join(data, "keys", "master"), "secret");
  writeFileSync(join(data, "bundle"), "bundle");
  writeFileSync(join(data, "desk", "witnesses", "a"), "Ayu");
  writeFileSync(join(data, "desk", "witnesses", ".b.new"), "half");
  const copying = copier(laptop);
  await copying.round();
  assert.equal(readFileSync(there("desk/witnesses/a"), "utf8"), "Ayu");
  const everything = readdirSync(there(""), { recursive: true, encoding: "utf8" }).sort();
  const expected = ["copy.json", "desk", join("desk", "witnesses"), join("desk", "witnesses", "a")];
  assert.deepEqual(everything, [`${REGION}.bundle`, FILE, ...expected], "the laptop's secret stays at home");
  writeFileSync(join(data, "desk", "witnesses", "a"), "Ayu Lestari");
  await copying.round();
  assert.equal(readFileSync(there("desk/witnesses/a"), "utf8"), "Ayu Lestari");
  rmSync(join(data, "desk", "witnesses", "a"));
  await copier(laptop).round();
  assert.ok(existsSync(there("desk/witnesses/a")), "what was not seen here is kept");
  await copying.round();
  assert.equal(existsSync(there("desk/witnesses/a")), false);
});

test("a place is chosen once, exists, is not in the laptop's own data, and is of this hall alone", () => {
  const reasonOf = (choose: () => unknown) => {
    try {
      choose();
    } catch (error) {
      return (error as { reason?: string }).reason;
    }
    return "chosen";
  };
  assert.equal(
    reasonOf(() => chooseCopyPlace(data, join(stick, "nowhere"), HALL)),
    "no-folder",
  );
  assert.equal(
    reasonOf(() => chooseCopyPlace(data, data, HALL)),
    "inside",
  );
  mkdirSync(join(data, "public"));
  assert.equal(
    reasonOf(() => chooseCopyPlace(data, join(data, "public"), HALL)),
    "inside",
  );
  assert.equal(copyPlace(data), null);
  assert.equal(
    reasonOf(() => chooseCopyPlace(data, stick, HALL)),
    "chosen",
  );
  assert.equal(chooseCopyPlace(data, stick, HALL).id, copyPlace(data)?.id, "it is gone on with");
  assert.equal(
    reasonOf(() => chooseCopyPlace(data, stick, { ...HALL, election: "1".repeat(32) })),
    "other",
  );
});
