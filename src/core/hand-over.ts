/**
 * What the sequencer must know of entries that change who writes a log, or that come from who does: at which size a custody hands
 * a log over, and that a log which is mirrored holds a statement once.
 */
import { decodeBody, typeLine } from "../election/statements.ts";
import { equalBytes, fromHex } from "../ledger/bytes.ts";
import type { Statement } from "../ledger/statement.ts";
import { EMPTY_ROOT } from "../ledger/tree.ts";
import type { LogName, Store } from "../store/store.ts";

/** A log where it is handed over. */
export interface Hands {
  readonly log: LogName;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether a log is here exactly as it is to be handed over: what came after would belong to no writer. */
export async function isWhole(store: Store, { log, size, root }: Hands): Promise<boolean> {
  const head = await store.head(log);
  return (head?.size ?? 0) === size && equalBytes(head?.root() ?? EMPTY_ROOT, root);
}

/** A log holds a statement once; a writer that has put one into it twice has broken it, and what comes after has no place. */
export class RepeatedStatement extends Error {
  override readonly name = "RepeatedStatement";
  readonly index: number;

  constructor(log: LogName, index: number) {
    super(`entry ${index} of ${log} is a statement that the log holds already; its writer has broken it`);
    this.index = index;
  }
}

/** What a custody hands over; null of any other statement. */
export function handsOf({ type, body }: Statement): Hands | null {
  if (type !== CUSTODY) return null;
  const { log, size, root } = decodeBody("custody", body);
  return { log, size, root: fromHex(root) };
}

const CUSTODY = typeLine("custody");
