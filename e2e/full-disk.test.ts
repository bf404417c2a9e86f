/**
 * A disk that is full: sheets are refused with a clear word, nothing that was acknowledged is lost, and everything goes on by
 * itself when there is room again. On a real, small file system, since what a program is told by one is what matters.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { seeded } from "../bench/election.ts";
import { teguh } from "../src/cli/testing.ts";
import { type Election, foundElection } from "./election.ts";
import { ask, Phone } from "./phone.ts";
import { Program } from "./program.ts";
import { assertKept, untilPublished } from "./receipts.ts";
import { Sender } from "./sender.ts";
import { until } from "./until.ts";

const skip =
  process.platform !== "linux" || process.getuid?.() !== 0 ? "only root on Linux may mount a small disk" : false;

const MEGABYTE = 2 ** 20;
/** Room for a founded election and some hundred sheets. */
const SIZE = 48 * MEGABYTE;
const AT_ONCE = 4;

/** Gives `work` a folder that is a small disk of its own. */
async function onSmallDisk(work: (disk: string) => Promise<void>): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "teguh-disk-"));
  const disk = join(scratch, "disk");
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "teguh-test", disk]);
  try {
    await work(disk);
  } finally {
    // Lazily, since a program that a failed test left behind may still hold a file.
    execFileSync("umount", ["-l", disk]);
    rmSync(scratch, { recursive: true });
  }
}

/** Fills the disk up to what is to be left; the file to delete when there is to be room again. */
function fill(folder: string, left: number): string {
  const { bavail, bsize } = statfsSync(folder);
  const ballast = join(folder, "ballast");
  writeFileSync(ballast, new Uint8Array(Math.max(0, bavail * bsize - left)));
  return ballast;
}

interface Scene {
  readonly program: Program;
  readonly sender: Sender;
}

/** Phones send to a started program during `work`; in the end everything must be as if nothing had happened. */
async function whileSending(election: Election, work: (scene: Scene) => Promise<void>): Promise<void> {
  const { data } = election;
  const program = new Program(data);
  const sender = new Sender(election, seeded(1), () => program.address("intake"));
  const sending = new AbortController();
  try {
    await program.address("publish");
    const sent = sender.run(AT_ONCE, sending.signal);
    await Promise.race([work({ program, sender }), sent]);
    sending.abort();
    await sent;
    await untilPublished(data);
    assert.equal(await program.stop(), 0);
  } finally {
    sending.abort();
    await program.stop();
  }
  await assertKept(data, sender.receipts);
  const audit = await teguh("verify", data);
  assert.equal(audit.code, 0, audit.out + audit.err);
}

async function assertReadable(program: Program): Promise<void> {
  assert.equal((await ask(`${await program.address("public")}checkpoint`)).status, 200, "reading goes on");
}

/** Waits until so many more sheets have a receipt. */
async function untilAccepted(sender: Sender, more: number): Promise<void> {
  const enough = sender.sent.size + more;
  await until(`${more} more receipts`, () => sender.sent.size >= enough);
}

test("the data folder's disk is full: sheets are refused with a word, and taken once there is room", { skip }, () =>
  onSmallDisk(async (disk) => {
    const election = await foundElection(join(disk, "data"), { stationsPerDesa: 30 });
    const ballast = fill(disk, 3 * MEGABYTE);
    await whileSending(election, async ({ program, sender }) => {
      await until("a refusal for want of room", () => sender.later.has(507));
      const refused = sender.later.get(507);
      assert.match(refused?.faults[0]?.message.id ?? "", /penuh/);
      assert.match(refused?.faults[0]?.message.en ?? "", /full.*not been stored here.*try again/);
      assert.ok((refused?.retryAfter ?? 0) > 0);
      await assertReadable(program);
      rmSync(ballast);
      await untilAccepted(sender, 50);
    });
  }),
);

test("only the public folder's disk is full: the door goes on, and publishing once there is room", { skip }, () =>
  onSmallDisk(async (disk) => {
    const data = join(disk, "..", "data");
    mkdirSync(data);
    symlinkSync(disk, join(data, "public"));
    const election = await foundElection(data, { stationsPerDesa: 30 });
    const ballast = fill(disk, MEGABYTE / 4);
    await whileSending(election, async ({ program, sender }) => {
      await program.until(() => /^publish: .*(no space|ENOSPC)/m.test(program.errors));
      await untilAccepted(sender, 50);
      assert.deepEqual(
        [...sender.later.keys()].filter((status) => status !== 429),
        [],
      );
      await assertReadable(program);
      rmSync(ballast);
    });
  }),
);

test("started on a full disk, it says so, lets everyone read, and takes sheets once there is room", { skip }, () =>
  onSmallDisk(async (disk) => {
    const election = await foundElection(join(disk, "data"), { stationsPerDesa: 30 });
    const ballast = fill(disk, 0);
    const program = new Program(election.data);
    try {
      await assertReadable(program);
      await program.until(() => ["core", "publish"].every((role) => program.errors.includes(`${role}: StoreFull`)));
      rmSync(ballast);
      await program.address("core");
      const station = election.stations[0] ?? "";
      const note = election.sheet(station, "ppwp", [3, 2, 1]);
      const { status } = await new Phone(election, station).send(await program.address("intake"), note);
      assert.equal(status, 200);
      await untilPublished(election.data);
    } finally {
      assert.equal(await program.stop(), 0);
    }
  }),
);
