/**
 * The public folder written by threads of their own, so that the disk is at work while the next object is being built.
 *
 * To its user it is the folder of `diskFolder`: writes happen in the order of the calls, a read sees all of them, and after
 * `sync` they are on the disk. The files of the logs have a thread, and all others one, so in order they are only among
 * themselves: who needs one before the other waits with `settle`. What was written before the last `settle`
 * can be looked at without waiting for what is being written: of a thousand logs an edition asks for the end. Only a failure comes later: with the next call, and at the latest with `sync` or `settle`.
 */
import { Worker } from "node:worker_threads";
import { diskFolder, type PublicFolder } from "./folder.ts";
import { Ring } from "./folder-ring.ts";
import { LOGS } from "./layout.ts";

/** What a thread is told to do, as kinds of records. */
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
  fill: 10,
  place: 11,
  stock: 12,
  reveal: 13,
} as const;

type Write = keyof typeof WRITES;

/** What a thread starts with. */
export interface FolderThread {
  readonly dir: string;
  readonly memory: SharedArrayBuffer;
}

/** How much may wait to be written by a thread, in bytes: a few editions of a nation. */
const RING_BYTES = 1 << 26;
/** Where what is too large for a ring waits for its name. */
const LARGE = ".spare-large";

/** Opens the folder and starts its threads, which end with `close` or with the process. `log` is told as by `diskFolder`. */
export function threadedFolder(dir: string, log: (line: string) => void, ringBytes = RING_BYTES): PublicFolder {
  const own = diskFolder(dir, log, LARGE);
  const logs = new Lane(dir, log, ringBytes);
  const others = new Lane(dir, log, ringBytes);
  const lanes = [logs, others];
  const laneOf = (path: string) => (path.startsWith(LOGS) ? logs : others);
  const settle = async () => {
    for (const lane of lanes) await lane.settle();
  };
  /** Puts a write into its ring; one that is too large for it is done here, in its turn. */
  const put = (write: "writeOnce" | "replace" | "prepare", path: string, bytes: Uint8Array) => {
    const lane = laneOf(path);
    if (lane.holds(bytes, path)) lane.put(write, path, "", 0, bytes);
    else lane.drained(() => own[write](path, bytes));
  };
  return {
    read: (path) => laneOf(path).drained(() => own.read(path)),
    look: own.look,
    list: (path) => laneOf(path).drained(() => own.list(path)),
    size: own.size,
    writeOnce: (path, bytes) => put("writeOnce", path, bytes),
    fill: (path, bytes, also) => {
      if (others.holds(bytes, path, also ?? "")) others.put("fill", path, also ?? "", 0, bytes);
      else own.fill(path, bytes, also);
    },
    place: () => {
      own.place();
      others.put("place", "");
    },
    reveal: () => {
      own.reveal();
      others.put("reveal", "");
    },
    stock: (files) => others.put("stock", "", "", files),
    replace: (path, bytes) => put("replace", path, bytes),
    prepare: (path, bytes) => put("prepare", path, bytes),
    show: (path) => laneOf(path).put("show", path),
    grow: (path, offset, bytes) => {
      const lane = laneOf(path);
      if (lane.holds(bytes, path)) lane.put("grow", path, "", offset, bytes);
      else lane.drained(() => own.grow(path, offset, bytes));
    },
    link: (of, path) => laneOf(path).put("link", of, path),
    remove: (path) => laneOf(path).put("remove", path),
    settle,
    startSync: own.startSync,
    async sync() {
      // Even where nothing was written: so the first sync says whether the threads run at all.
      for (const lane of lanes) lane.put("nothing", "");
      await settle();
      await own.sync();
    },
    async close() {
      const closed = await Promise.allSettled(lanes.map((lane) => lane.close()));
      for (const one of closed) if (one.status === "rejected") throw one.reason;
    },
  };
}

/** A thread that writes, and the ring that it takes its work from. */
class Lane {
  readonly #ring: Ring;
  readonly #worker: Worker;

  constructor(dir: string, log: (line: string) => void, ringBytes: number) {
    const memory = Ring.memory(ringBytes);
    this.#ring = new Ring(memory);
    const workerData: FolderThread = { dir, memory };
    this.#worker = new Worker(new URL("./folder-worker.ts", import.meta.url), { workerData });
    this.#worker.on("message", log);
    this.#worker.on("error", ({ message }) => this.#ring.fail(JSON.stringify({ code: "", message })));
    this.#worker.unref();
  }

  holds(bytes: Uint8Array, ...names: readonly string[]): boolean {
    return this.#ring.holds(bytes.length, names.join("").length);
  }

  put(write: Write, path: string, target = "", offset = 0, bytes?: Uint8Array): void {
    this.#check();
    this.#ring.put(WRITES[write], path, target, offset, bytes);
  }

  /** Does something here once all that was put in is done. */
  drained<T>(use: () => T): T {
    this.#check();
    this.#ring.drain();
    this.#check();
    return use();
  }

  /** Nobody is kept from ending by a thread that only waits, but by one that is waited for. */
  async settle(): Promise<void> {
    this.#worker.ref();
    await this.#ring.drained();
    this.#worker.unref();
    this.#check();
  }

  async close(): Promise<void> {
    try {
      this.put("end", "");
      await this.settle();
    } finally {
      await this.#worker.terminate();
    }
  }

  #check(): void {
    const { failure } = this.#ring;
    if (failure !== null) throw failed(failure);
  }
}

/** The error that the thread met, as it was but for its stack. */
function failed(text: string): Error {
  const { code, message }: { code: string; message: string } = JSON.parse(text);
  return Object.assign(new Error(message), code === "" ? {} : { code });
}
