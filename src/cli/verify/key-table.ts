/**
 * Every public key that the logs name, in memory that all threads share: a nation has 823,000 keys, and a Map of them in
 * each thread would cost more than the logs. Open addressing over records of 40 bytes: the 8 bytes of the short name, the
 * key. A short name is a hash already, so its own bits are the place to begin.
 */
import { toHex } from "../../ledger/bytes.ts";
import { sha256 } from "../../ledger/hash.ts";

const NAME = 8;
const KEY = 32;
const RECORD = NAME + KEY;

export class KeyTable {
  /** To be handed to other threads. */
  readonly shared: SharedArrayBuffer;
  readonly #bytes: Uint8Array;
  readonly #slots: number;

  constructor(shared: SharedArrayBuffer) {
    this.shared = shared;
    this.#bytes = new Uint8Array(shared);
    this.#slots = shared.byteLength / RECORD;
  }

  static of(keys: Iterable<Uint8Array>): KeyTable {
    const distinct = new Map<string, Uint8Array>();
    for (const key of keys) distinct.set(toHex(key), key);
    const table = new KeyTable(new SharedArrayBuffer(Math.max(1, distinct.size * 2) * RECORD));
    for (const key of distinct.values()) table.#put(key);
    return table;
  }

  /** The key of a short name (16 hex digits); null if no log names one. */
  get(short: string): Uint8Array | null {
    const high = Number.parseInt(short.slice(0, 8), 16);
    const low = Number.parseInt(short.slice(8), 16);
    for (let slot = high % this.#slots; ; slot = (slot + 1) % this.#slots) {
      const at = slot * RECORD;
      if (this.#isFree(at)) return null;
      if (this.#word(at) === high && this.#word(at + 4) === low) {
        // A copy: the key objects of the signature check outlive this view, and node refuses shared memory there.
        return this.#bytes.slice(at + NAME, at + RECORD);
      }
    }
  }

  #put(key: Uint8Array): void {
    const name = sha256(key).subarray(0, NAME);
    let slot = new DataView(name.buffer, name.byteOffset).getUint32(0) % this.#slots;
    while (!this.#isFree(slot * RECORD)) slot = (slot + 1) % this.#slots;
    this.#bytes.set(name, slot * RECORD);
    this.#bytes.set(key, slot * RECORD + NAME);
  }

  #word(at: number): number {
    const b = this.#bytes;
    return (b[at] ?? 0) * 0x1000000 + (((b[at + 1] ?? 0) << 16) | ((b[at + 2] ?? 0) << 8) | (b[at + 3] ?? 0));
  }

  /** No acceptable key is all zeros. */
  #isFree(at: number): boolean {
    for (let i = at + NAME; i < at + RECORD; i++) if (this.#bytes[i] !== 0) return false;
    return true;
  }
}
