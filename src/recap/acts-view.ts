/** The minutes that people read: entries of a plenary's own log, newest first, with the fold's verdict on each. */
import { plenoLog } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import { asHash } from "../ledger/hash.ts";
import { parseStatement } from "../ledger/statement.ts";
import type { Store } from "../store/store.ts";
import { decoded } from "../tally/fold.ts";
import { sayRefusal } from "../tally/refusal.ts";
import type { Hall } from "./hall.ts";
import type { ActsView, ActView } from "./wire/views.ts";

/** Entries of one answer at most. */
const MOST = 200;

/** The newest entries below an index, of all of them without one. */
export async function actsView(hall: Hall, store: Store, before: number | null): Promise<ActsView> {
  const { tally, record } = hall.sources();
  const log = plenoLog(hall.region);
  const to = Math.min(before ?? record.size, record.size);
  const from = Math.max(0, to - MOST);
  const view = hall.log();
  const entries = await store.read(log, from, to);
  const acts = entries.flatMap((bytes, i): ActView[] => {
    const statement = parseStatement(bytes);
    const stated = decoded(statement);
    const reason = tally.refusalOf(log, from + i);
    const refusal = reason === null ? null : sayRefusal({ reason, fault: false });
    // What no version knows says nothing that could be shown.
    return stated === null ? [] : [{ index: from + i, id: asHash(toHex(statement.id)), stated, refusal }];
  });
  return { log: view, acts: acts.reverse() };
}
