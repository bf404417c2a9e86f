/**
 * Where a device keeps what it has not been relieved of: small records by name, and bytes by name. What is put is there after a
 * crash; nothing more is asked of it, so that a browser's database, a file and a test's memory can all be one.
 * `conformance.ts` is this contract as tests.
 */
import type { JsonObject } from "../ledger/canonical.ts";

export interface Shelf {
  /** All records by their names, as they were last put. */
  records(): Promise<ReadonlyMap<string, JsonObject>>;
  /** Resolves when the record is kept. @throws whatever the medium throws when it cannot keep it */
  put(name: string, record: JsonObject): Promise<void>;
  /** A name that is not there is removed already. */
  remove(name: string): Promise<void>;
  putBytes(name: string, bytes: Uint8Array): Promise<void>;
  /** Null if there are none of this name. */
  bytes(name: string): Promise<Uint8Array | null>;
  removeBytes(name: string): Promise<void>;
}

/** A shelf for as long as the program runs: of tests, and of simulated phones that can make everything again. */
export class MemoryShelf implements Shelf {
  readonly #records = new Map<string, JsonObject>();
  readonly #bytes = new Map<string, Uint8Array>();

  async records(): Promise<ReadonlyMap<string, JsonObject>> {
    return new Map(this.#records);
  }

  async put(name: string, record: JsonObject): Promise<void> {
    this.#records.set(name, record);
  }

  async remove(name: string): Promise<void> {
    this.#records.delete(name);
  }

  async putBytes(name: string, bytes: Uint8Array): Promise<void> {
    this.#bytes.set(name, bytes.slice());
  }

  async bytes(name: string): Promise<Uint8Array | null> {
    return this.#bytes.get(name) ?? null;
  }

  async removeBytes(name: string): Promise<void> {
    this.#bytes.delete(name);
  }
}
