/**
 * Keeping a hall safe, with the real programs: its copy on a stick that is pulled and put back, another laptop that goes on from it,
 * an old state of the disk that was put back, and a clock that is years off.
 */
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { StationCode } from "../src/election/codes.ts";
import type { SafeView } from "../src/recap/wire/safe.ts";
import type { HallView, StationView } from "../src/recap/wire/views.ts";
import { storedSizes } from "./election.ts";
import { Halls, KEC, LOG } from "./hall-fixture.ts";
import { Phone } from "./phone.ts";
import type { Program } from "./program.ts";
import { until } from "./until.ts";

const STATION = "5101021001001" as StationCode;
const YEAR = 365 * 24 * 60 * 60_000;
const CLOCK = pathToFileURL(join(import.meta.dirname, "wrong-clock.mjs")).href;

let halls: Halls;
let hall: Program;
let stick: string;
/** Of the copy on the stick. */
const copy = (...path: string[]) => join(stick, `teguh-${KEC}`, ...path);

before(async () => {
  halls = await Halls.open();
  stick = halls.folder("stick");
  mkdirSync(stick);
});
after(() => halls?.close());

const safe = async (program: Program, name = "Ayu Ketua") =>
  (await halls.signedIn(program, name)).get<SafeView>("/api/safe");

const codes = async (program: Program) => (await safe(program)).cautions.map(({ code }) => code);

const pause = async (program: Program, panel: number | null = null) => {
  const client = await halls.signedIn(program, "Ayu Ketua");
  const view = await client.get<HallView>(`/api/halls/${KEC}`);
  return client.state(view, "pause", { panel }, [halls.official("Ayu Ketua")]);
};

/** Waits until the copy has all that a laptop has. */
async function untilCopied(program: Program): Promise<void> {
  const { size } = await safe(program);
  const file = copy(`${KEC}.teguhlog`);
  await until("the copy has the newest entry", async () => {
    const { copy: made } = await safe(program);
    return made?.at != null && existsSync(file) && readFileSync(file, "latin1").includes(`/log/${LOG}\\n${size}\\n`);
  });
}

test("a hall is begun with a place for its copy, and what it states and holds is there a moment later", async () => {
  hall = halls.laptop("hall", true, ["--copy", stick]);
  await halls.handOver(hall);
  halls.link.cut();
  const { status } = await new Phone(halls.election, STATION).send(
    await hall.address("intake"),
    halls.election.sheet(STATION, "ppwp", [10, 20, 30]),
  );
  assert.equal(status, 200);
  await pause(hall);
  await untilCopied(hall);
  const files = readdirSync(copy(), { recursive: true, encoding: "utf8" });
  assert.ok(files.includes(`${KEC}.bundle`));
  assert.ok(files.some((path) => path.startsWith(join("desk", "people"))));
  assert.deepEqual(
    files.filter((path) => /master|node\.json|store\.db/.test(path)),
    [],
    "no secret leaves the laptop",
  );
});

test("a stick that is pulled is missed on the desk since then, the plenary goes on, and once back it catches up", async () => {
  renameSync(stick, `${stick}-pulled`);
  await until("the desk misses the stick", async () => (await codes(hall)).includes("copy-missing"));
  const { cautions } = await safe(hall);
  const [missing] = cautions.filter(({ code }) => code === "copy-missing");
  assert.match(missing?.message.id ?? "", /Pasang kembali/);
  assert.ok(missing?.since != null && missing.since <= Date.now());
  await pause(hall, 1);
  renameSync(`${stick}-pulled`, stick);
  await untilCopied(hall);
  await until("nothing is missed any more", async () => !(await codes(hall)).includes("copy-missing"));
});

test("the copy goes on after a power cut and a start that does not name it", async () => {
  for (const id of hall.children().values()) process.kill(id, "SIGKILL");
  await hall.stop();
  // What follows is of a laptop that has an older state: kept for later.
  cpSync(halls.folder("hall"), halls.folder("older"), { recursive: true });
  hall = halls.laptop("hall", false);
  await pause(hall, 2);
  await untilCopied(hall);
});

test("an old state of the disk that was put back is recognised by the copy, refused, and caught up from it", async () => {
  await hall.stop();
  const newest = await storedSizes(halls.folder("hall"));
  renameSync(halls.folder("hall"), halls.folder("newest"));
  renameSync(halls.folder("older"), halls.folder("hall"));
  const older = halls.laptop("hall", false);
  await until("the desk says that it is behind", async () => (await codes(older)).includes("behind"));
  assert.ok((await codes(older)).includes("copy-newer"));
  await assert.rejects(pause(older, 3), /behind/);
  assert.notDeepEqual(await storedSizes(halls.folder("hall")), newest);
  await older.stop();
  const again = halls.laptop("hall", false, ["--from", copy()]);
  await until("nothing is behind any more", async () => !(await codes(again)).includes("behind"));
  assert.deepEqual(await storedSizes(halls.folder("hall")), newest);
  await pause(again, 3);
  await untilCopied(again);
  hall = again;
});

test("a browser that was shown more tells a laptop without any copy that it is behind", async () => {
  await hall.stop();
  cpSync(halls.folder("hall"), halls.folder("before"), { recursive: true });
  rmSync(join(halls.folder("before"), "copy.json"));
  hall = halls.laptop("hall", false);
  await pause(hall, 4);
  const { checkpoint } = await safe(hall);
  await untilCopied(hall);
  await hall.stop();
  const restored = halls.laptop("before", false);
  const client = await halls.signedIn(restored, "Ayu Ketua");
  assert.deepEqual(await codes(restored), []);
  const told = await client.send<SafeView>("/api/safe/seen", checkpoint ?? "");
  assert.deepEqual(
    told.cautions.map(({ code }) => code),
    ["behind"],
  );
  await assert.rejects(pause(restored, 5), /behind/);
  await restored.stop();
});

test("another laptop goes on from the copy, with a key of its own: nothing is missing and nothing is evidence", async () => {
  const second = halls.laptop("second", false, ["--from", copy(), "--copy", stick]);
  const before = await storedSizes(halls.folder("hall"));
  await second.address("desk");
  assert.equal((await storedSizes(halls.folder("second")))[LOG], before[LOG]);
  assert.equal((await halls.sync(second)).hindrance?.reason, "no-custody", "another key has the log");
  assert.equal((await halls.sync(second)).sheets, 1, "the sheet that was held came along");
  await halls.heal();
  await halls.together(second);
  await halls.handTo((await halls.sync(second)).vkey);
  await halls.inHand(second);
  await pause(second, 6);
  await halls.together(second);
  await untilCopied(second);
  const { apart, forks, epoch } = await halls.writer();
  assert.deepEqual([apart, forks, epoch], [[], [], 2]);
  const operator = await halls.signedIn(second, "Putu Operator");
  const { sheet } = await operator.get<StationView>(`/api/halls/${KEC}/stations/ppwp/${STATION}`);
  assert.deepEqual(sheet?.votes, [10, 20, 30]);
  await second.stop();
});

test("a clock that is years off is told before anything is stated; a person decides, and nothing is lost or reordered", async () => {
  halls.link.cut();
  const file = halls.folder("clock");
  writeFileSync(file, String(-3 * YEAR));
  const env = { NODE_OPTIONS: `--import=${CLOCK}`, TEGUH_CLOCK_FILE: file };
  const second = halls.laptop("second", false, [], env);
  const { cautions } = await safe(second);
  const doubt = cautions.find(({ code }) => code === "clock");
  assert.match(doubt?.message.id ?? "", /Jam laptop ini menunjukkan waktu [23] tahun sebelum/);
  await assert.rejects(pause(second, 7), /clock/);
  const chair = await halls.signedIn(second, "Ayu Ketua");
  const accepted = await chair.post<SafeView>("/api/safe/clock", {});
  assert.equal(accepted.clockAccepted, true);
  assert.ok(accepted.cautions.some(({ code }) => code === "clock-accepted"));
  const { index } = await pause(second, 7);
  await halls.heal();
  await until("the centre's time is compared with", async () =>
    (await safe(second)).cautions.some(({ message }) => /lebih lambat daripada jam pusat/.test(message.id)),
  );
  await halls.together(second);
  assert.equal((await storedSizes(halls.centreData))[LOG], index + 1);
  // The clock is set right.
  writeFileSync(file, "0");
  for (const id of second.children().values()) process.kill(id, "SIGUSR2");
  await until("the clock is believed again", async () => {
    // A sign-in that the clock is set right in the middle of has run out, and is begun once more.
    const client = await halls.signedInAnew(second, "Ayu Ketua").catch(() => null);
    if (client === null) return false;
    return (await client.get<SafeView>("/api/safe")).cautions.every(({ code }) => !code.startsWith("clock"));
  });
  await second.stop();
});
