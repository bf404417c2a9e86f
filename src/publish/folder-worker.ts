/** A thread that writes the public folder: does what `threadedFolder` puts into the ring, in that order. */
import { parentPort, workerData } from "node:worker_threads";
import { diskFolder } from "./folder.ts";
import { Ring, type RingRecord } from "./folder-ring.ts";
import { type FolderThread, WRITES } from "./folder-thread.ts";

const { dir, memory }: FolderThread = workerData;
const ring = new Ring(memory);
const folder = diskFolder(dir, (line) => parentPort?.postMessage(line));

const writes: Readonly<Record<number, (record: RingRecord) => void>> = {
  [WRITES.writeOnce]: ({ path, bytes }) => folder.writeOnce(path, bytes),
  [WRITES.fill]: ({ path, target, bytes }) => folder.fill(path, bytes, target === "" ? null : target),
  [WRITES.place]: () => folder.place(),
  [WRITES.reveal]: () => folder.reveal(),
  [WRITES.stock]: ({ offset }) => folder.stock(offset),
  [WRITES.replace]: ({ path, bytes }) => folder.replace(path, bytes),
  [WRITES.prepare]: ({ path, bytes }) => folder.prepare(path, bytes),
  [WRITES.show]: ({ path }) => folder.show(path),
  [WRITES.grow]: ({ path, offset, bytes }) => folder.grow(path, offset, bytes),
  [WRITES.link]: ({ path, target }) => folder.link(path, target),
  [WRITES.remove]: ({ path }) => folder.remove(path),
  [WRITES.nothing]: () => undefined,
};

ring.take((record) => {
  if (record.kind === WRITES.end) return false;
  if (ring.failure !== null) return true;
  try {
    writes[record.kind]?.(record);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    ring.fail(JSON.stringify({ code, message: error instanceof Error ? error.message : String(error) }));
  }
  return true;
});
