/** The place whose logs are exchanged, as its sequencer knows it. */
import { RepeatedStatement } from "../core/hand-over.ts";
import type { Sequencer } from "../core/sequence.ts";
import type { Signer } from "../ledger/note.ts";
import type { LogName, Store } from "../store/store.ts";
import { type Genesis, shortOf } from "../tally/authority.ts";
import { EVERYTHING, type Scope } from "../tally/scope.ts";
import type { Home } from "./home.ts";

export interface SequencerHomeOptions {
  /** Itself, or another process's view of it. */
  readonly sequencer: Pick<Sequencer, "standings" | "mirror">;
  readonly store: Store;
  readonly genesis: Genesis;
  readonly scope?: Scope;
  /** The vkey under which a log began, at the centre. */
  readonly firstVkey: (log: LogName) => string;
  /** Whether this place is the centre, where every log begins. */
  readonly isCentre: boolean;
  /** The key of a log at this place under the log's origin; null if it has none. */
  readonly checkpointKey: (log: LogName) => Signer | null;
}

export function homeOf(options: SequencerHomeOptions): Home {
  const { sequencer, store, genesis, scope = EVERYTHING, firstVkey, isCentre, checkpointKey } = options;
  const { standings } = sequencer;
  return {
    store,
    genesis,
    scope,
    firstVkey,
    load: (log) => standings.load(log),
    publicKey: (log, short) => standings.publicKey(log, short),
    custodies: (log) => standings.custodies(log),
    epoch: (log) => standings.epochOf(log),
    signer(log, epoch) {
      if (epoch === 0) return isCentre ? checkpointKey(log) : null;
      const custody = standings.custodies(log).find((one) => one.epoch === epoch);
      const key = checkpointKey(log);
      return key !== null && custody?.writer === shortOf(key.publicKey) ? key : null;
    },
    async mirror(log, from, entries) {
      try {
        const { kind } = await sequencer.mirror(log, from, entries);
        return kind === "moved" ? "moved" : "appended";
      } catch (error) {
        if (error instanceof RepeatedStatement) return "repeated";
        throw error;
      }
    },
  };
}
