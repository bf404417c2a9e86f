/**
 * Whether a printed paper was made from the log that is published: its code names the log, how many entries it had, and the root
 * of these. The published tiles give the root at that size, and prove it to be a prefix of the log that the signed edition names.
 */
import { parseLogName } from "../../../src/election/codes.ts";
import { toHex } from "../../../src/ledger/bytes.ts";
import { consistencyProof, prefixRoot, verifyConsistency } from "../../../src/ledger/proof.ts";
import { Fault } from "../verify/fault.ts";
import type { Fetch } from "../verify/files.ts";
import { readHeads } from "../verify/heads.ts";
import { type LogHead, pastCaches, withTiles } from "../verify/tiles.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";

/** What a paper's code says of its log. */
export interface PrintedHead {
  /** `<election>/log/pleno/<region>`. */
  readonly origin: string;
  readonly log: string;
  readonly size: number;
  /** 64 hex. */
  readonly root: string;
}

export type PrintedAnswer =
  /** The published log had this root at this size; it has `now` entries in the edition shown. */
  | { readonly what: "same"; readonly printed: PrintedHead; readonly now: number }
  /** The edition shown has fewer entries than the paper. */
  | { readonly what: "later"; readonly printed: PrintedHead; readonly now: number }
  /** The published log has another root there. */
  | { readonly what: "differs"; readonly printed: PrintedHead; readonly root: string }
  | { readonly what: "unknown-log"; readonly printed: PrintedHead }
  | { readonly what: "other-election"; readonly printed: PrintedHead }
  /** The address is not that of a paper's code. */
  | { readonly what: "no-paper" };

/** What an address asks; null if it is not that of a paper's code. */
export function printedIn(ask: Readonly<Record<string, string>>): PrintedHead | null {
  const { log: origin = "", size = "", root = "" } = ask;
  const log = /\/log\/(.*)$/.exec(origin)?.[1] ?? "";
  const isRight =
    parseLogName(log)?.kind === "pleno" && /^(0|[1-9]\d{0,14})$/.test(size) && /^[0-9a-f]{64}$/.test(root);
  return isRight ? { origin, log, size: Number(size), root } : null;
}

/** Holds a paper against the edition shown. Rejects with {@link Fault} where a file does not verify or does not come. */
export async function checkPrinted(
  reader: Reader,
  { status, edition }: Pick<Snapshot, "status" | "edition">,
  ask: Readonly<Record<string, string>>,
): Promise<PrintedAnswer> {
  const printed = printedIn(ask);
  if (printed === null) return { what: "no-paper" };
  const { origin, log, size, root } = printed;
  if (origin !== `${status.election}/log/${log}`) return { what: "other-election", printed };
  const head = (await readHeads(reader, edition, log.slice("pleno/".length))).get(log);
  if (head === undefined) return { what: "unknown-log", printed };
  if (size > head.size) return { what: "later", printed, now: head.size };
  const found = (await rootAt(reader.fetch, head, size)) ?? (await rootAt(pastCaches(reader.fetch), head, size));
  if (found === null)
    throw new Fault("wrong-hash", `${head.prefix}tile`, `the tiles do not lead from ${size} entries to the log's head`);
  return toHex(found) === root
    ? { what: "same", printed, now: head.size }
    : { what: "differs", printed, root: toHex(found) };
}

/** The root of a log's first `size` entries, proved to be a prefix of its head; null where the tiles do not prove it. */
function rootAt(fetch: Fetch, head: LogHead, size: number): Promise<Uint8Array | null> {
  if (size === head.size) return Promise.resolve(head.root);
  return withTiles(fetch, head.prefix, head.size, (hash) => {
    const root = prefixRoot(size, hash);
    const proof = consistencyProof(size, head.size, hash);
    return verifyConsistency(size, head.size, proof, root, head.root) ? root : null;
  });
}
