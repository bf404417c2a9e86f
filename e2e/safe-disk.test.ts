/**
 * A hall whose disk is full: nothing is recorded and everyone is told, what is there can be read, the program stays at work, and all
 * goes on once there is room. On a real, small file system, since what a program is told by one is what matters.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { SafeView } from "../src/recap/wire/safe.ts";
import type { HallView } from "../src/recap/wire/views.ts";
import { storedSizes } from "./election.ts";
import { Halls, KAB, KEC, LOG } from "./hall-fixture.ts";
import type { Program } from "./program.ts";
import { until } from "./until.ts";

const skip =
  process.platform !== "linux" || process.getuid?.() !== 0 ? "only root on Linux may mount a small disk" : false;

/** Room for a hall and little more. */
const SIZE = 64 * 2 ** 20;

async function pause(halls: Halls, program: Program, name: string, region: string): Promise<void> {
  const client = await halls.signedIn(program, name);
  const view = await client.get<HallView>(`/api/halls/${region}`);
  await client.state(view, "pause", { panel: view.log.size }, [halls.official(name)]);
}

/** Takes all the room that a disk has. */
function fill(ballast: string, disk: string): void {
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(ballast, new Uint8Array(bavail * bsize));
  } catch (error) {
    // The hall was quicker with some of it: what could be written stays, and the disk is full all the same.
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}

test("a hall's disk is full: acts are refused with a word, the desk can be read, and all goes on once there is room", {
  skip,
}, async () => {
  const halls = await Halls.open();
  const disk = halls.folder("hall");
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "teguh-test", disk]);
  try {
    const hall = halls.laptop("hall");
    await halls.handOver(hall);
    await pause(halls, hall, "Ayu Ketua", KEC);
    await halls.together(hall);
    const process = [...hall.children().values()];
    const ballast = join(disk, "ballast");
    fill(ballast, disk);
    // The store has some room of its own, in which a few acts still go.
    const said: unknown[] = [];
    await until("an act is refused for want of room", async () => {
      await pause(halls, hall, "Ayu Ketua", KEC).catch((error: unknown) => said.push(error));
      return said.length > 0;
    });
    assert.match(String(said[0]), /503.*Disk komputer meja penuh/);
    const client = await halls.signedIn(hall, "Ayu Ketua");
    const { cautions } = await client.get<SafeView>("/api/safe");
    assert.match(cautions.find(({ code }) => code === "room")?.message.id ?? "", /tinggal 0 MB/);
    const before = await client.get<HallView>(`/api/halls/${KEC}`);
    // The centre has something new, which cannot be taken in.
    await pause(halls, halls.centre, "Ketua Kabupaten", KAB);
    await until("the hall says that it cannot take it in", async () => {
      const { troubles } = await halls.sync(hall);
      return troubles.some(({ reason }) => reason === "full");
    });
    assert.deepEqual([...hall.children().values()], process, "the program is at work as before");
    rmSync(ballast);
    await pause(halls, hall, "Ayu Ketua", KEC);
    await halls.together(hall);
    const sizes = await storedSizes(disk);
    assert.ok((sizes[LOG] ?? 0) > before.log.size);
    const published = join(disk, "public", "log", LOG, "checkpoint");
    await until("what was stated since is published in the hall", async () => {
      return existsSync(published) && readFileSync(published, "utf8").split("\n")[1] === String(sizes[LOG]);
    });
    assert.deepEqual([...hall.children().values()], process);
  } finally {
    await halls.close().catch(() => undefined);
    // Lazily, since a program that a failed test left behind may still hold a file.
    execFileSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});
