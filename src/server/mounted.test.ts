import assert from "node:assert/strict";
import { test } from "node:test";
import { mountPoints } from "./mounted.ts";

test("a stick's folder is found in the mount table, also one with a space in its name, and the system's own are not", () => {
  const table = [
    "/dev/sda1 / ext4 rw 0 0",
    "proc /proc proc rw 0 0",
    "/dev/sdb1 /media/ppk/STIK\\040SATU vfat rw 0 0",
    "/dev/sdc1 /run/media/ppk/disk exfat rw 0 0",
    "/dev/sdd1 /mnt/salinan ext4 rw 0 0",
    "",
  ].join("\n");
  assert.deepEqual(mountPoints(table), ["/media/ppk/STIK SATU", "/run/media/ppk/disk", "/mnt/salinan"]);
});
