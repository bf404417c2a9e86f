/**
 * For tests: runs commands in this process, and an invented archive imported into a folder: one kecamatan with 300 stations,
 * so that its log has full tiles, and one with three, in two editions with a correction, a withdrawal and a held sheet.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jsonLines, record } from "./archive/testing.ts";
import type { ExitCode } from "./command.ts";
import { main } from "./teguh.ts";

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  json(): never;
}

/** Runs `teguh …`. */
export async function teguh(...argv: string[]): Promise<Ran> {
  let out = "";
  let err = "";
  const code = await main(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err, json: () => JSON.parse(out) as never };
}

/** A folder that is removed when the tests of the file are over. */
export class Scratch {
  readonly path = mkdtempSync(join(tmpdir(), "teguh-cli-"));
  #count = 0;

  /** A path in it that does not exist yet. */
  fresh(name = "x"): string {
    return join(this.path, `${name}-${this.#count++}`);
  }

  write(name: string, content: string | Uint8Array): string {
    const path = `${this.fresh()}-${name}`;
    writeFileSync(path, content);
    return path;
  }

  /** A copy of a folder, to be spoilt. */
  copy(folder: string): string {
    const path = this.fresh("copy");
    cpSync(folder, path, { recursive: true });
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

export const BIG = "5103032001";
export const SMALL = "5103022001";
/** Stations of the big desa: more than one bundle. */
export const STATIONS = 300;
const MORNING = "2024-02-15 08:00:00";
const EVENING = "2024-02-15 20:00:00";

export const station = (desa: string, number: number): string => desa + String(number).padStart(3, "0");

/** What the archive said in the morning: 300 × (1, 100, 50), and in the small desa (10, 20, 30), (7, 7, 7), nothing. */
export function morning(): Uint8Array {
  return jsonLines([
    ...Array.from({ length: STATIONS }, (_, i) => [station(BIG, i + 1), record([1, 100, 50], MORNING)] as const),
    [station(SMALL, 1), record([10, 20, 30], MORNING)],
    [station(SMALL, 2), record([7, 7, 7], MORNING)],
    [station(SMALL, 3), record(null, MORNING)],
  ]);
}

/**
 * And in the evening: station 1 of the big desa is corrected from (1, 100, 50) to (1, 90, 55), station 1 of the small one is
 * withdrawn, and station 3 reports votes that do not add up.
 */
export function evening(): Uint8Array {
  const held = record([100, 5, 5], EVENING);
  return jsonLines([
    [station(BIG, 1), record([1, 90, 55], EVENING)],
    [station(SMALL, 1), record(null, EVENING)],
    [station(SMALL, 3), { ...held, administrasi: { ...(held.administrasi as object), suara_sah: 11 } }],
  ]);
}

/** A data folder with both imports: editions 1 and 2. */
export async function importBoth(scratch: Scratch): Promise<string> {
  const data = scratch.fresh("data");
  for (const lines of [morning(), evening()]) {
    const ran = await teguh(
      "import",
      "kpu",
      scratch.write("a.jsonl", lines),
      "--data",
      data,
      "--contest",
      "ppwp",
      "--json",
    );
    if (ran.code !== 0) throw new Error(ran.err);
  }
  return data;
}
