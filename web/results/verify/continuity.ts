/** Whether a log of editions goes on from an earlier state of it: an RFC 6962 consistency proof, made from published tiles. */
import { consistencyProof, verifyConsistency } from "../../../src/ledger/proof.ts";
import type { Head } from "./edition.ts";
import type { Fetch } from "./files.ts";
import { pastCaches, withTiles } from "./tiles.ts";

export async function isContinued(fetch: Fetch, before: Head, head: Head): Promise<boolean> {
  return (await isShown(fetch, before, head)) || isShown(pastCaches(fetch), before, head);
}

function isShown(fetch: Fetch, before: Head, head: Head): Promise<boolean> {
  return withTiles(fetch, "", head.size, (hash) =>
    verifyConsistency(before.size, head.size, consistencyProof(before.size, head.size, hash), before.root, head.root),
  );
}
