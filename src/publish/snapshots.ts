/**
 * Snapshots of the fold: only a cache, so that a start reads what the next editions touch and not the whole store.
 *
 * Of every kecamatan the outlines, kept with each edition: what stands above it needs no more. And all of it, 300 KB, in its turn
 * and hence older than the newest edition. Such a snapshot is bound to the sizes and roots of the logs it stands for and carries a
 * checksum; one that does not fit is left aside, and its kecamatan folded from the beginning. What is brought back is checked
 * once more by what was published of it; see `resting.ts`.
 */

import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import { plenoLog, type RegionCode, tpsLog } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import type { LogName } from "../store/store.ts";
import type { Tally } from "../tally/fold.ts";
import type { SavedKecamatan, SavedOutline } from "../tally/resting.ts";
import type { Advanced, Cut } from "./edition.ts";
import type { PublishIndex } from "./index-db.ts";

/** Raised whenever the shape of what is saved changes: older snapshots are then left aside. */
const FORMAT = 10;

interface Snapshot {
  readonly format: number;
  readonly logs: readonly Advanced[];
  readonly unit: SavedKecamatan;
}

/** Reads the snapshot of a kecamatan, if there is one that fits into a cut; `log` is told of the first that does not. */
export function snapshotsWithin(
  index: PublishIndex,
  cut: Cut,
  log: (line: string) => void,
): (region: RegionCode) => SavedKecamatan | null {
  let isTold = false;
  return (region) => {
    const bytes = index.unit(region);
    if (!bytes) return null;
    const snapshot = read(bytes);
    if (snapshot?.logs.every((mark) => isWithinCut(mark, cut))) return snapshot.unit;
    // After a change of their form none of thousands does.
    if (!isTold) log(`the snapshot of kecamatan ${region} does not fit; it is folded anew, as is any other like it`);
    isTold = true;
    return null;
  };
}

/** The outlines of all kecamatan. */
export function* outlinesOf(index: PublishIndex): Generator<[RegionCode, SavedOutline]> {
  for (const [region, bytes] of index.outlines()) yield [region, deserialize(bytes)];
}

/** Keeps the outlines of what was built up to an edition; only whole, since the next start begins with all of them. */
export function saveOutlines(index: PublishIndex, tally: Tally, edition: number): void {
  const rows = [...tally.takeOutlines()].map(([region, outline]) => {
    return { region, contest: outline.contest, bytes: serialize(outline) };
  });
  index.putOutlines(edition, rows);
}

/** A smaller size may still be another history; the log's root at the cut tells, once the rest is folded on top. */
function isWithinCut([log, size, root]: Advanced, cut: Cut): boolean {
  const mark = cut.get(log);
  if (size === 0) return true;
  return mark !== undefined && (size < mark.size || (size === mark.size && root === mark.root));
}

/** Saves in portions what changed, in turn: none is saved twice before every other had its turn. */
export class UnitSaver {
  readonly #index: PublishIndex;
  readonly #tally: Tally;
  #round: Iterator<[RegionCode, SavedKecamatan]> | null = null;

  constructor(index: PublishIndex, tally: Tally) {
    this.#index = index;
    this.#tally = tally;
  }

  /** Saves about `budget` bytes, right after a build; true if a round has come to its end. */
  save(budget: number): boolean {
    const portion: [RegionCode, Uint8Array][] = [];
    let left = budget;
    this.#round ??= this.#tally.saveUnits();
    while (left > 0) {
      const next = this.#round.next();
      if (next.done) {
        this.#round = null;
        break;
      }
      const [region, unit] = next.value;
      const bytes = write({ format: FORMAT, logs: this.#marks([tpsLog(region), plenoLog(region)]), unit });
      portion.push([region, bytes]);
      left -= bytes.length;
    }
    if (portion.length > 0) this.#index.putUnits(portion);
    return this.#round === null;
  }

  #marks(logs: readonly LogName[]): Advanced[] {
    return logs.map((log) => [log, this.#tally.size(log), toHex(this.#tally.root(log))]);
  }
}

const SUM_BYTES = 4;

function write(snapshot: Snapshot): Uint8Array {
  const body = serialize(snapshot);
  const bytes = new Uint8Array(SUM_BYTES + body.length);
  new DataView(bytes.buffer).setUint32(0, crc32(body));
  bytes.set(body, SUM_BYTES);
  return bytes;
}

function read(bytes: Uint8Array): Snapshot | null {
  if (bytes.length < SUM_BYTES) return null;
  const body = bytes.subarray(SUM_BYTES);
  const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (crc32(body) !== sum) return null;
  const snapshot: Snapshot = deserialize(body);
  return snapshot.format === FORMAT ? snapshot : null;
}
