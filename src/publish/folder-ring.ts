/**
 * A queue in shared memory between two threads: one puts records in, the other takes them out in the same order.
 *
 * An edition is thousands of small writes. Handed over as messages each would be copied twice and cost more than the file
 * (measured: 50 µs a file through the thread pool, 29 written directly); here it is copied once, and nobody makes an object
 * of it. Either side can wait for the other, so that a nation's first edition does not pile up in memory. To wake the other
 * side costs more than to put a record in, so it is woken for a portion of them, or when there are no more.
 */
import { fromUtf8, utf8 } from "../ledger/bytes.ts";

/** Places in the header: bytes put and bytes taken so far, modulo 2^32; whether the taker has failed. */
const PUT = 0;
const TAKEN = 1;
const FAILED = 2;
const HEADER_BYTES = 16;
const FAILURE_BYTES = 4096;

/** A record: its length in all, its kind, lengths of path and target, an offset, then path, target and bytes. */
const RECORD_HEADER = 24;
const ALIGN = 8;
/** The other side is told of so many bytes at once, or of this part of a small ring. */
const PORTION_BYTES = 1 << 16;
const PORTIONS = 64;
/** Kind of what fills the end of the ring where no record fits any more. */
const SKIP = 0;

/**
 * What is to be done: `kind` and what it means are the users' business. Names have characters of one byte only, as all public paths
 * do. `bytes` is a view that lives until the next one.
 */
export interface RingRecord {
  /** Above 0. */
  readonly kind: number;
  readonly path: string;
  readonly target: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** Both ends make one over the same memory, of {@link Ring.memory}'s making. */
export class Ring {
  readonly #header: Int32Array;
  readonly #failure: Uint8Array;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #size: number;
  readonly #portion: number;
  /** Bytes that this side has put or taken and told the other nothing of. */
  #untold = 0;
  /** Whether the taker will be told of them in any case. */
  #isTelling = false;

  constructor(memory: SharedArrayBuffer) {
    const start = HEADER_BYTES + FAILURE_BYTES;
    this.#header = new Int32Array(memory, 0, HEADER_BYTES / 4);
    this.#failure = new Uint8Array(memory, HEADER_BYTES, FAILURE_BYTES);
    this.#bytes = Buffer.from(memory, start);
    this.#view = new DataView(memory, start);
    this.#size = this.#bytes.length;
    this.#portion = Math.min(PORTION_BYTES, this.#size / PORTIONS);
  }

  /** Memory for a ring of `size` bytes, a power of two. */
  static memory(size: number): SharedArrayBuffer {
    return new SharedArrayBuffer(HEADER_BYTES + FAILURE_BYTES + size);
  }

  /** Whether a record of so many bytes and characters fits at all. */
  holds(bytes: number, characters: number): boolean {
    return lengthOf(bytes, characters) <= this.#size / 2;
  }

  /** Puts a record in, waiting for room. The taker learns of it with others, at the latest when this thread has nothing else to do. */
  put(kind: number, path: string, target = "", offset = 0, bytes = NO_BYTES): void {
    const length = lengthOf(bytes.length, path.length + target.length);
    let at = this.#put % this.#size;
    if (at + length > this.#size) {
      const rest = this.#size - at;
      this.#waitForRoom(rest);
      this.#view.setUint32(at, rest);
      this.#view.setUint8(at + 4, SKIP);
      Atomics.add(this.#header, PUT, rest);
      at = 0;
    }
    this.#waitForRoom(length);
    this.#view.setUint32(at, length);
    this.#view.setUint8(at + 4, kind);
    this.#view.setUint16(at + 6, path.length);
    this.#view.setUint16(at + 8, target.length);
    this.#view.setUint32(at + 12, bytes.length);
    this.#view.setFloat64(at + 16, offset);
    const names = at + RECORD_HEADER;
    this.#bytes.write(path, names, "latin1");
    this.#bytes.write(target, names + path.length, "latin1");
    this.#bytes.set(bytes, names + path.length + target.length);
    this.#advance(PUT, length);
    if (this.#untold === 0 || this.#isTelling) return;
    this.#isTelling = true;
    setImmediate(() => {
      this.#isTelling = false;
      this.#tell(PUT);
    });
  }

  /** Gives records to `use` as they come, one after the other, until it says that it was the last. Waits for them. */
  take(use: (record: RingRecord) => boolean): void {
    for (let goOn = true; goOn; ) {
      const put = Atomics.load(this.#header, PUT);
      const taken = Atomics.load(this.#header, TAKEN);
      if (put === taken) {
        this.#tell(TAKEN);
        Atomics.wait(this.#header, PUT, put);
        continue;
      }
      const at = (taken >>> 0) % this.#size;
      const length = this.#view.getUint32(at);
      if (this.#view.getUint8(at + 4) !== SKIP) goOn = use(this.#recordAt(at));
      this.#advance(TAKEN, length);
    }
    this.#tell(TAKEN);
  }

  /** Waits until everything put in was taken and used, or the taker has failed. Blocks the thread. */
  drain(): void {
    this.#tell(PUT);
    for (let taken = this.#taken; this.#isAwaited(taken); taken = this.#taken) {
      Atomics.wait(this.#header, TAKEN, taken | 0);
    }
  }

  /** As {@link drain}, while other work goes on. */
  async drained(): Promise<void> {
    this.#tell(PUT);
    for (let taken = this.#taken; this.#isAwaited(taken); taken = this.#taken) {
      const { value } = Atomics.waitAsync(this.#header, TAKEN, taken | 0);
      await value;
    }
  }

  /** Says that the taker has failed, and wakes who waits for it. If it lives, it takes and drops what is put in afterwards. */
  fail(what: string): void {
    this.#failure.fill(0);
    this.#failure.set(utf8(what).subarray(0, FAILURE_BYTES - 1));
    Atomics.store(this.#header, FAILED, 1);
    Atomics.notify(this.#header, TAKEN);
  }

  /** What the taker has failed with, or null. */
  get failure(): string | null {
    if (Atomics.load(this.#header, FAILED) === 0) return null;
    return fromUtf8(this.#failure.slice(0, this.#failure.indexOf(0)));
  }

  #isAwaited(taken: number): boolean {
    return taken !== this.#put && Atomics.load(this.#header, FAILED) === 0;
  }

  get #put(): number {
    return Atomics.load(this.#header, PUT) >>> 0;
  }

  get #taken(): number {
    return Atomics.load(this.#header, TAKEN) >>> 0;
  }

  #recordAt(at: number): RingRecord {
    const path = at + RECORD_HEADER;
    const target = path + this.#view.getUint16(at + 6);
    const bytes = target + this.#view.getUint16(at + 8);
    return {
      kind: this.#view.getUint8(at + 4),
      path: this.#bytes.toString("latin1", path, target),
      target: this.#bytes.toString("latin1", target, bytes),
      offset: this.#view.getFloat64(at + 16),
      bytes: this.#bytes.subarray(bytes, bytes + this.#view.getUint32(at + 12)),
    };
  }

  #waitForRoom(length: number): void {
    for (let taken = this.#taken; this.#size - ((this.#put - taken) >>> 0) < length; taken = this.#taken) {
      this.#tell(PUT);
      Atomics.wait(this.#header, TAKEN, taken | 0);
    }
  }

  #advance(counter: number, length: number): void {
    Atomics.add(this.#header, counter, length);
    this.#untold += length;
    if (this.#untold >= this.#portion) this.#tell(counter);
  }

  #tell(counter: number): void {
    if (this.#untold === 0) return;
    this.#untold = 0;
    Atomics.notify(this.#header, counter);
  }
}

const lengthOf = (bytes: number, names: number): number => Math.ceil((RECORD_HEADER + names + bytes) / ALIGN) * ALIGN;
