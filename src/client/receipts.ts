/**
 * What a receipt promises. Only the signature of the log's own key makes a promise of the centre's; whoever stands between can
 * answer anything, and a device that believed it would let go of the only copy.
 */
import { BodyError, decodeBody, typeLine } from "../election/statements.ts";
import { utf8 } from "../ledger/bytes.ts";
import type { Hash } from "../ledger/hash.ts";
import { parseVkey } from "../ledger/note.ts";
import { parseStatement, StatementError } from "../ledger/statement.ts";

/**
 * What a receipt says of a sheet. `held`: somebody on the way says that it keeps it; nothing depends on whether that is true,
 * since the device keeps it too.
 */
export type Receipt = { readonly kind: "received"; readonly index: number } | { readonly kind: "held" };

/**
 * Reads a receipt; null if it is none for this sheet and log, or promises a place and is not signed by the log's key.
 * @param vkey of the log; null if it is not known: then nothing can be promised
 */
export function readReceipt(receipt: string, sheet: Hash, log: string, vkey: string | null): Receipt | null {
  try {
    const statement = parseStatement(utf8(receipt));
    if (statement.type !== typeLine("receipt")) return null;
    const body = decodeBody("receipt", statement.body);
    if (body.id !== sheet || body.log !== log) return null;
    if (body.index === undefined) return { kind: "held" };
    const [line] = statement.signatures;
    const verifier = vkey === null ? null : parseVkey(vkey);
    const isSigned = line?.name === verifier?.name && line && verifier?.verify(statement.text, line.signature);
    return isSigned ? { kind: "received", index: body.index } : null;
  } catch (error) {
    if (error instanceof StatementError || error instanceof BodyError) return null;
    throw error;
  }
}
