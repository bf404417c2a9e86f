/**
 * The public folder written by a thread of its own, so that the disk is at work while the next object is being built.
 *
 * To its user it is the folder of `diskFolder`: writes happen in the order of the calls, a read sees all of them, and after
 * `sync` they are on the disk. A size is that of the last `settle`: asked of a thousand logs, it must not wait for what is being
 * written. Only a failure comes later: with the next call, and at the latest with `sync` or `settle`.
 */
import { Worker } from "node:worker_threads";
import { diskFolder, type PublicFolder } from "./folder.ts";
import { Ring } from "./folder-ring.ts";

/** What the thread is told to do, as kinds of records. */
export const WRITES = {
  end: 1,
  writeOnce: 2,
  replace: 3,
  prepare: 4,
  show: 5,
  grow: 6,
  link: 7,
  remove: 8,
  nothing: 9,
} as const;

/** What the thread starts with. */
export interface FolderThread {
  readonly dir: string;
  readonly memory: SharedArrayBuffer;
}

/** How much may wait to be written, in bytes: a few editions of a nation. */
const RING_BYTES = 1 << 26;

/** Opens the folder and starts its thread, which ends with `close` or with the process. `log` is told as by `diskFolder`. */
export function threadedFolder(dir: string, log: (line: string) => void, ringBytes = RING_BYTES): PublicFolder {
  const memory = Ring.memory(ringBytes);
  const ring = new Ring(memory);
  const own = diskFolder(dir, log);
  const workerData: FolderThread = { dir, memory };
  const worker = new Worker(new URL("./folder-worker.ts", import.meta.url), { workerData });
  worker.on("message", log);
  worker.on("error", (error) => ring.fail(JSON.stringify({ code: "", message: error.message })));
  worker.unref();
  const check = () => {
    const failure = ring.failure;
    if (failure !== null) throw failed(failure);
  };
  /** Nobody is kept from ending by a thread that only waits, but by one that is waited for. */
  const settle = async () => {
    worker.ref();
    await ring.drained();
    worker.unref();
    check();
  };
  const drained = <T>(read: () => T): T => {
    ring.drain();
    check();
    return read();
  };
  /** Puts a write into the ring; one that is too large for it is done here, in its turn. */
  const put = (write: "writeOnce" | "replace" | "prepare", path: string, bytes: Uint8Array) => {
    check();
    if (ring.holds(bytes.length, path.length)) ring.put(WRITES[write], path, "", 0, bytes);
    else drained(() => own[write](path, bytes));
  };
  return {
    read: (path) => drained(() => own.read(path)),
    list: (path) => drained(() => own.list(path)),
    size: own.size,
    writeOnce: (path, bytes) => put("writeOnce", path, bytes),
    replace: (path, bytes) => put("replace", path, bytes),
    prepare: (path, bytes) => put("prepare", path, bytes),
    show: (path) => {
      check();
      ring.put(WRITES.show, path);
    },
    grow: (path, offset, bytes) => {
      check();
      if (ring.holds(bytes.length, path.length)) ring.put(WRITES.grow, path, "", offset, bytes);
      else drained(() => own.grow(path, offset, bytes));
    },
    link: (of, path) => {
      check();
      ring.put(WRITES.link, of, path);
    },
    remove: (path) => {
      check();
      ring.put(WRITES.remove, path);
    },
    settle,
    async sync() {
      // Even where nothing was written: so the first sync says whether the thread runs at all.
      ring.put(WRITES.nothing, "");
      await settle();
      await own.sync();
    },
    async close() {
      try {
        check();
        ring.put(WRITES.end, "");
        await settle();
      } finally {
        await worker.terminate();
      }
    },
  };
}

/** The error that the thread met, as it was but for its stack. */
function failed(text: string): Error {
  const { code, message }: { code: string; message: string } = JSON.parse(text);
  return Object.assign(new Error(message), code === "" ? {} : { code });
}
