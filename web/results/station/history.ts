/**
 * The statements behind one station's row, read from the logs themselves: the row names their indices, the signed
 * edition names the logs' heads, and each entry is shown to be under its head.
 */
import { readHeads } from "../verify/heads.ts";
import type { At, StationRow } from "../verify/objects.ts";
import { readStatements, type Version, versionOf } from "../verify/statements.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";

/** A statement about the station, and whether another stands. */
export interface StationVersion extends Version {
  /** Appended, but another statement stands. */
  readonly rival: boolean;
}

/** The statements of one station, oldest first, the count's before the recap's. Rejects with {@link Fault}. */
export async function readHistory(
  reader: Reader,
  snapshot: Snapshot,
  desa: string,
  row: StationRow,
): Promise<readonly StationVersion[]> {
  const kecamatan = desa.slice(0, 6);
  const rivals = new Set(row.count?.rivals);
  const beside = [...rivals].map((index): At => ({ log: `tps/${kecamatan}`, index }));
  const wanted = [...(row.count?.at ?? []), ...beside, ...(row.recap?.at ?? [])];
  if (wanted.length === 0) return [];
  const heads = await readHeads(reader, snapshot.edition, kecamatan);
  const versions = await Promise.all(
    [...new Set(wanted.map(({ log }) => log))].map(async (log) => {
      const indices = new Set(wanted.filter((at) => at.log === log).map(({ index }) => index));
      const inOrder = [...indices].sort((a, b) => a - b);
      const entries = await readStatements(reader, heads.get(log), log, inOrder);
      return entries.map((entry) => ({
        ...versionOf(entry, snapshot.contest, desa + row.n),
        rival: log.startsWith("tps/") && rivals.has(entry.index),
      }));
    }),
  );
  return versions.flat();
}
