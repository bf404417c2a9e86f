/** Whether a log of editions goes on from an earlier state of it: an RFC 6962 consistency proof, made from published tiles. */
import { consistencyProof, verifyConsistency } from "../../../src/ledger/proof.ts";
import type { Head } from "./edition.ts";
import type { Fetch } from "./files.ts";
import { withTiles } from "./tiles.ts";

export function isContinued(fetch: Fetch, before: Head, head: Head): Promise<boolean> {
  return withTiles(fetch, "", head.size, (hash) =>
    verifyConsistency(before.size, head.size, consistencyProof(before.size, head.size, hash), before.root, head.root),
  );
}
