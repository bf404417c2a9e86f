/** The checks of a single file: that its bytes have the hash by which it was named, its shape, and that its totals are the sums of its parts. */
import { hashHex } from "../../../src/ledger/hash.ts";
import { faulted } from "./edition.ts";
import { Fault } from "./fault.ts";
import type { Names } from "./names.ts";
import { decodeResult, type ResultObject } from "./objects.ts";
import { recompute } from "./sums.ts";

/** The number of totals that were found right. Throws {@link Fault}. */
export function checkSums(object: ResultObject, names: ReadonlyMap<string, Names>): number {
  const { compared, faults } = recompute(object, names);
  const [first] = faults;
  if (first === undefined) return compared;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  const detail = `${first.what} of ${object.region}: stated ${first.stated}, its parts add up to ${first.computed}${more}`;
  throw new Fault("wrong-sum", `now/${object.contest}/${object.region}.json`, detail);
}

export function decode(bytes: Uint8Array, path: string): ResultObject {
  return faulted(path, () => decodeResult(bytes));
}

export function checkHash(bytes: Uint8Array, hash: string, path: string): void {
  const found = hashHex(bytes);
  if (found !== hash) throw new Fault("wrong-hash", path, `the hash of the bytes is ${found}, named was ${hash}`);
}
