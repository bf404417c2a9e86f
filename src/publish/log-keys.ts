/**
 * The keys of an election's logs: for each its signer, and its public key in text form, all derived from the publisher's secrets
 * when they are first asked for, or ahead in pauses: for the logs of one edition of a nation that takes 0.15 s (measured).
 */

import { EDITIONS_LOG, type RegionCode } from "../election/codes.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../ledger/note.ts";
import { type Keys, logSeed } from "../store/keys.ts";
import type { LogName } from "../store/store.ts";
import { nodeOriginOf, originOf } from "./layout.ts";

export type PublisherKeys = Pick<Keys, "master" | "editions">;

export class LogKeys {
  readonly #keys: PublisherKeys;
  readonly #election: () => string;
  readonly #node: RegionCode | null;
  readonly #signers = new Map<LogName, Signer>();
  readonly #vkeys = new Map<LogName, string>();
  #fresh: (readonly [LogName, string])[] = [];

  /** `election` gives the origin of the genesis; it is asked only when a key is. `node`: the region that publishes on its own. */
  constructor(keys: PublisherKeys, election: () => string, node: RegionCode | null = null) {
    this.#keys = keys;
    this.#election = election;
    this.#node = node;
  }

  signer(log: LogName): Signer {
    let signer = this.#signers.get(log);
    if (!signer) {
      const origin = this.#originOf(log);
      const { master, editions } = this.#keys;
      signer = ed25519Signer(origin, log === EDITIONS_LOG ? editions : logSeed(master, origin));
      this.#signers.set(log, signer);
    }
    return signer;
  }

  /** Derives the signers of up to so many of these logs that have none yet. */
  prepare(logs: Iterable<LogName>, count: number): void {
    let left = count;
    for (const log of logs) {
      if (left === 0) return;
      if (this.#signers.has(log)) continue;
      this.signer(log);
      left--;
    }
  }

  readonly vkeyOf = (log: LogName): string => {
    let vkey = this.#vkeys.get(log);
    if (vkey === undefined) {
      vkey = this.#derive(log);
      this.#vkeys.set(log, vkey);
      this.#fresh.push([log, vkey]);
    }
    return vkey;
  };

  /** Takes over what was derived before. All follow from the same secrets, so one of them tells whether these are still they. */
  recall(known: ReadonlyMap<LogName, string>): void {
    const [sample] = [...known].filter(([log]) => log !== EDITIONS_LOG);
    if (!sample || this.#derive(sample[0]) !== sample[1]) return;
    for (const [log, vkey] of known) if (log !== EDITIONS_LOG) this.#vkeys.set(log, vkey);
  }

  /** What was derived since this was last asked. */
  fresh(): readonly (readonly [LogName, string])[] {
    return this.#fresh.splice(0);
  }

  #originOf(log: LogName): string {
    const election = this.#election();
    return log === EDITIONS_LOG && this.#node !== null ? nodeOriginOf(election, this.#node) : originOf(election, log);
  }

  #derive(log: LogName): string {
    const { name, publicKey } = this.signer(log);
    return vkeyOf(name, publicKey);
  }
}
