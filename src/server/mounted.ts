/** The sticks and second disks that are in a machine now, as far as the system says: where a copy could be made. */
import { readdir, readFile, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { PlaceView } from "../recap/wire/safe.ts";

/** Where desktops put what was plugged in. */
const PLUGGED_IN = /^\/(media|run\/media|mnt|Volumes)\//;
const DRIVES = [..."DEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `${letter}:\\`);

/** Folders of what was plugged in, each with its free room. */
export async function mountedPlaces(): Promise<PlaceView[]> {
  const places: PlaceView[] = [];
  for (const folder of await candidates()) {
    const found = await statfs(folder).catch(() => null);
    if (found !== null && found.blocks > 0) places.push({ folder, free: found.bavail * found.bsize });
  }
  return places;
}

async function candidates(): Promise<string[]> {
  if (process.platform === "win32") return DRIVES;
  if (process.platform !== "linux") {
    const names = await readdir("/Volumes").catch(() => []);
    return names.map((name) => join("/Volumes", name));
  }
  return mountPoints(await readFile("/proc/self/mounts", "utf8"));
}

/** The folders that a mount table names, of those where a stick would be; spaces in it are written as `\040`. */
export function mountPoints(table: string): string[] {
  const points = table.split("\n").map((line) => line.split(" ")[1] ?? "");
  return points
    .map((point) =>
      point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
    )
    .filter((point) => PLUGGED_IN.test(point));
}
