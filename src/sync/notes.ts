/**
 * The checkpoints that a place keeps of logs, beside the logs: of what is here and of what is still to come. A note is only ever
 * replaced by one that says more.
 */
import { parseCheckpoint, type ReadCheckpoint } from "../ledger/checkpoint.ts";
import { parseNote } from "../ledger/note.ts";
import type { LogName, Store } from "../store/store.ts";

export class Notes {
  readonly #own: Store;
  readonly #epoch: number;

  /** `epoch`: claimed in that store by whoever writes to it. */
  constructor(own: Store, epoch: number) {
    this.#own = own;
    this.#epoch = epoch;
  }

  get(key: string): Promise<Uint8Array | null> {
    return this.#own.value(key);
  }

  /** Keeps a checkpoint unless one of its size or larger is kept. */
  async raise(key: string, note: Uint8Array): Promise<void> {
    const before = await this.#own.value(key);
    if (before !== null && checkpointIn(before).size >= checkpointIn(note).size) return;
    await this.#own.commit(key, before, note, this.#epoch);
  }
}

/** The newest one of a writer that covers nothing which is not here. */
export const coveredKey = (log: LogName, epoch: number) => `covered/${log}@${epoch}`;
/** The newest one that agrees with what is here, whoever signed it and however much is still to come. */
export const promisedKey = (log: LogName) => `promised/${log}`;
/** The newest one of a replaced machine, over what is kept apart of it. */
export const apartKey = (log: LogName, epoch: number) => `apart/${log}@${epoch}`;

/** What a note says that was verified before. */
export function checkpointIn(note: Uint8Array): ReadCheckpoint {
  return parseCheckpoint(parseNote(note).text);
}
