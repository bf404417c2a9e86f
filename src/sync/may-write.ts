/** Whether a place may go on writing a log, and if not, what its people are to do: asked by the desk before anything is stated. */
import type { Sequencer } from "../core/sequence.ts";
import type { LogName } from "../store/store.ts";
import type { SyncReason } from "./refusals.ts";
import type { Replica } from "./replica.ts";

/** Why nothing may be written to a log here now; null if it may. */
export async function writingTrouble(
  { replica, sequencer }: { readonly replica: Replica; readonly sequencer: Sequencer },
  log: LogName,
): Promise<SyncReason | null> {
  if ((await replica.evidence.forks()).some((fork) => fork.log === log)) return "fork";
  if (!(await sequencer.writes(log)))
    return replica.home.signer(log, replica.home.epoch(log)) ? "replaced" : "no-custody";
  return (await replica.promised(log)) === null ? null : "behind";
}
