/**
 * The statements behind one station's row, read from the logs themselves: the row names their indices, the signed
 * edition names the logs' heads (the `heads` tree), and each entry is shown to be under its head by an inclusion proof.
 * So "before" and "after" are what was signed then, not what a page says about it.
 */
import { fromHex } from "../../../src/ledger/bytes.ts";
import { inclusionProof, verifyInclusion } from "../../../src/ledger/proof.ts";
import { openBody, parseStatement, shortKey } from "../../../src/ledger/statement.ts";
import { leafHash } from "../../../src/ledger/tree.ts";
import { faulted } from "../verify/edition.ts";
import { Fault } from "../verify/fault.ts";
import { type At, fields, integer, items, optional, parseJson, type StationRow, text } from "../verify/objects.ts";
import { fetchEntries, withTiles } from "../verify/tiles.ts";
import { objectPath, prefixes, type Reader, type Snapshot } from "../verify/verify.ts";

/** One signed statement about a station. */
export interface Version {
  readonly log: string;
  readonly index: number;
  readonly type: string;
  /** Milliseconds since 1970, as the signer claims. */
  readonly time: number;
  /** Short names of the signing keys. */
  readonly keys: readonly string[];
  readonly figures: readonly (number | null)[];
  readonly votes: readonly (number | null)[] | null;
  /** Of a reading. */
  readonly outcome: string | null;
  readonly reason: string | null;
  /** Appended, but another statement stands. */
  readonly rival: boolean;
}

interface LogHead {
  readonly log: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The statements of one station, oldest first, the count's before the recap's. Throws {@link Fault}. */
export async function readHistory(
  reader: Reader,
  snapshot: Snapshot,
  desa: string,
  row: StationRow,
): Promise<readonly Version[]> {
  const kecamatan = desa.slice(0, 6);
  const rivals = (row.count?.rivals ?? []).map((index): At => ({ log: `tps/${kecamatan}`, index }));
  const wanted = [...(row.count?.at ?? []), ...rivals, ...(row.recap?.at ?? [])];
  if (wanted.length === 0) return [];
  const heads = await readHeads(reader, snapshot, kecamatan);
  const about = { contest: snapshot.contest, station: desa + row.n };
  const logs = [...new Set(wanted.map(({ log }) => log))];
  const versions = await Promise.all(
    logs.map((log) => {
      const head = heads.get(log);
      if (head === undefined) throw new Fault("malformed", objectPath(snapshot.edition.heads), `no head of ${log}`);
      const indices = new Set(wanted.filter((at) => at.log === log).map(({ index }) => index));
      return readVersions(
        reader,
        head,
        [...indices].sort((a, b) => a - b),
        about,
        new Set(row.count?.rivals),
      );
    }),
  );
  return versions.flat();
}

/** Walks the tree of heads to a kecamatan: every log on the way, by name. */
async function readHeads(reader: Reader, snapshot: Snapshot, kecamatan: string): Promise<ReadonlyMap<string, LogHead>> {
  const heads = new Map<string, LogHead>();
  let hash = snapshot.edition.heads;
  let region = "0";
  for (const next of prefixes(kecamatan)) {
    const file = objectPath(hash);
    const bytes = await reader.object(hash);
    const child = faulted(file, () => {
      const from = parseJson(bytes, "heads");
      if (from.region !== region) throw new Fault("wrong-place", file, `expected the heads of ${region}`);
      noteHeads(heads, region, from);
      return items(from.children, "children", fields).find((each) => each.region === next);
    });
    if (child === undefined) return heads;
    region = next;
    if (child.hash === undefined) faulted(file, () => noteHeads(heads, region, child));
    else hash = faulted(file, () => text(child.hash, "hash"));
  }
  return heads;
}

function noteHeads(heads: Map<string, LogHead>, region: string, from: Readonly<Record<string, unknown>>): void {
  for (const kind of ["tps", "pleno"] as const) {
    const head = optional(from[kind], kind, (value, where) => items(value, where, (each) => each));
    if (head === null) continue;
    const log = `${kind}/${region}`;
    heads.set(log, { log, size: integer(head[0], log), root: fromHex(text(head[1], log)) });
  }
}

interface About {
  readonly contest: string;
  readonly station: string;
}

async function readVersions(
  reader: Reader,
  head: LogHead,
  indices: readonly number[],
  about: About,
  rivals: ReadonlySet<number>,
): Promise<Version[]> {
  const prefix = `log/${head.log}/`;
  const beyond = indices.find((index) => index >= head.size);
  if (beyond !== undefined)
    throw new Fault("malformed", prefix, `${head.log} has ${head.size} entries, none ${beyond}`);
  const [entries, proofs] = await Promise.all([
    fetchEntries(reader.fetch, prefix, head.size, indices),
    withTiles(reader.fetch, prefix, head.size, (hash) =>
      indices.map((index) => inclusionProof(index, head.size, hash)),
    ),
  ]);
  return indices.map((index, i) => {
    const bytes = entries[i] ?? new Uint8Array(0);
    if (!verifyInclusion(index, head.size, leafHash(bytes), proofs[i] ?? [], head.root)) {
      throw new Fault("wrong-hash", `${prefix}tile/entries`, `entry ${index} is not under the head of ${head.log}`);
    }
    return faulted(`${prefix}tile/entries`, () => versionOf(bytes, head.log, index, about, rivals));
  });
}

function versionOf(
  bytes: Uint8Array,
  log: string,
  index: number,
  { contest, station }: About,
  rivals: ReadonlySet<number>,
): Version {
  const statement = parseStatement(bytes);
  const body = openBody(statement);
  if (body.contest !== contest || body.station !== station) {
    throw new Fault("wrong-place", `log/${log}`, `entry ${index} is not about ${contest} at ${station}`);
  }
  const numbers = (value: unknown, where: string) => items(value, where, (each, at) => optional(each, at, integer));
  return {
    log,
    index,
    type: statement.type,
    time: integer(body.time, "time"),
    keys: statement.signatures.map(({ name }) => shortKey(name)),
    figures: numbers(body.figures, "figures"),
    votes: optional(body.votes, "votes", numbers),
    outcome: optional(body.outcome, "outcome", text),
    reason: optional(body.reason, "reason", text),
    rival: log.startsWith("tps/") && rivals.has(index),
  };
}
