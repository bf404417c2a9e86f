/**
 * The sequencer for the door in a process of its own: what is to be appended goes over the socket, what the logs say is read from the
 * store, which this process can only read. Whatever the door judges by what it knows here, the sequencer judges again.
 */
import type { Model } from "../election/model.ts";
import type { Hash } from "../ledger/hash.ts";
import type { LogName, Store } from "../store/store.ts";
import { findIn } from "./chain.ts";
import { CoreClient } from "./client.ts";
import { Standings } from "./standings.ts";
import type { AppendResult, SequenceResult, Sequencing, Submission } from "./submission.ts";

export interface RemoteSequencerOptions {
  /** Opened for reading. */
  readonly store: Store;
  /** The definition with this root, as a model; called again and again, so it should remember. */
  readonly definition: (root: Hash) => Model;
  /** Where the sequencer listens. */
  readonly path: string;
  /** Told what keeps this process from knowing what the plenaries say. */
  readonly onError: (error: unknown) => void;
}

export class RemoteSequencer implements Sequencing {
  readonly standings: Standings;
  readonly #store: Store;
  readonly #client: CoreClient;

  private constructor({ store, path, onError }: RemoteSequencerOptions, standings: Standings) {
    this.#store = store;
    this.standings = standings;
    this.#client = new CoreClient(path, {
      onGrown: (logs) => {
        standings.catchUp(logs ?? undefined).catch(onError);
      },
    });
  }

  /** Ready to judge; the sequencer need not be there yet. @throws StoreUnusable */
  static async open(options: RemoteSequencerOptions): Promise<RemoteSequencer> {
    const standings = new Standings(options.store, options.definition);
    await standings.load("pleno/0");
    return new RemoteSequencer(options, standings);
  }

  get isAway(): boolean {
    return this.#client.isAway;
  }

  sequence(batch: readonly Submission[]): Promise<SequenceResult[]> {
    return this.#client.sequence(batch);
  }

  /** As `Sequencer.mirror`; when it resolves, what was appended is known here too. */
  async mirror(log: LogName, from: number, entries: readonly Uint8Array[]): Promise<AppendResult> {
    const result = await this.#client.mirror(log, from, entries);
    await this.standings.load(log);
    await this.standings.catchUp([log]);
    return result;
  }

  find(log: LogName, chain: string, id: Uint8Array): Promise<number | null> {
    return findIn(this.#store, log, chain, id);
  }

  close(): void {
    this.#client.close();
  }
}
