/** The minutes: a stretch of the hall's own log as people read it, each entry with the fold's verdict. */

import { toHex } from "../../ledger/bytes.ts";
import { asHash, sha256 } from "../../ledger/hash.ts";
import { parseStatement, StatementError } from "../../ledger/statement.ts";
import { decoded } from "../../tally/decoded.ts";
import { type RefusalReason, sayRefusal } from "../../tally/refusal.ts";
import type { ActView } from "../wire/views.ts";

/** So many entries are shown at once. */
export const MOST_ACTS = 200;

/** One entry; what cannot be read stands with its hash and says nothing. */
export function actView(bytes: Uint8Array, index: number, reason: RefusalReason | null): ActView {
  const refusal = reason === null ? null : sayRefusal({ reason, fault: false });
  try {
    const statement = parseStatement(bytes);
    return { index, id: asHash(toHex(statement.id)), stated: decoded(statement), refusal };
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return { index, id: asHash(toHex(sha256(bytes))), stated: null, refusal };
  }
}
