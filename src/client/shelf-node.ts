/**
 * Shelves of one machine in a folder: a laptop's own, or those of many simulated phones. Records are lines of one file that is only
 * appended to, so that a crash can spoil nothing but its last line; bytes are files of their own.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../ledger/canonical.ts";
import type { Shelf } from "./shelf.ts";

export interface FileShelvesOptions {
  /** Whether each record is on the disk when it is kept; false: it survives the program, not a power cut. */
  readonly flush: boolean;
}

/** Whose, its name, and the record as text; null: it was removed. */
type Line = readonly [device: string, name: string, record: string | null];

/** A file with more lines than this many for each record is written anew when it is opened. */
const CROWDED = 3;

export class FileShelves {
  readonly #folder: string;
  readonly #flush: boolean;
  readonly #devices = new Map<string, Map<string, string>>();
  #file: number;

  /** Opens the folder, or makes it. A last line that was cut off is forgotten: whoever wrote it was not told that it is kept. */
  constructor(folder: string, { flush }: FileShelvesOptions) {
    this.#folder = folder;
    this.#flush = flush;
    mkdirSync(join(folder, "bytes"), { recursive: true });
    const path = this.#path;
    const lines = this.#recall(path);
    const live = [...this.#devices].flatMap(([device, records]) =>
      [...records].map(([name, record]): Line => [device, name, record]),
    );
    if (lines > CROWDED * live.length) {
      const next = `${path}.new`;
      writeFileSync(next, live.map((line) => `${JSON.stringify(line)}\n`).join(""), { flush });
      renameSync(next, path);
    }
    this.#file = openSync(path, "a");
  }

  /** The shelf of one device; its name is anything that tells it from the others. */
  of(device: string): Shelf {
    const kept = () => this.#devices.get(device) ?? new Map<string, string>();
    const bytesPath = (name: string) => join(this.#folder, "bytes", encodeURIComponent(`${device} ${name}`));
    return {
      records: async () =>
        new Map([...kept()].map(([name, record]) => [name, JSON.parse(record) as JsonObject] as const)),
      put: async (name, record) => this.#write([device, name, JSON.stringify(record)]),
      remove: async (name) => {
        if (kept().has(name)) this.#write([device, name, null]);
      },
      putBytes: async (name, bytes) => {
        const path = bytesPath(name);
        writeFileSync(`${path}.new`, bytes, { flush: this.#flush });
        renameSync(`${path}.new`, path);
      },
      bytes: async (name) => readOrNull(bytesPath(name)),
      removeBytes: async (name) => rmSync(bytesPath(name), { force: true }),
    };
  }

  close(): void {
    closeSync(this.#file);
  }

  get #path(): string {
    return join(this.#folder, "records.jsonl");
  }

  #write(line: Line): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
    if (this.#flush) fsyncSync(this.#file);
    this.#apply(line);
  }

  #apply([device, name, record]: Line): void {
    const records = this.#devices.get(device) ?? new Map<string, string>();
    this.#devices.set(device, records);
    if (record === null) records.delete(name);
    else records.set(name, record);
  }

  /** The number of lines. */
  #recall(path: string): number {
    const bytes = readOrNull(path) ?? new Uint8Array(0);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) truncateSync(path, whole);
    const lines = new TextDecoder().decode(bytes.subarray(0, whole)).split("\n").slice(0, -1);
    for (const line of lines) this.#apply(JSON.parse(line) as Line);
    return lines.length;
  }
}

function readOrNull(path: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
