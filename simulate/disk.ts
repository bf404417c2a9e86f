/**
 * A disk that loses power. Every write can be the last of a process: before it, in the middle (some entries of an append are
 * there, the others not), or after it and before anyone was told. What was stored stays for the next process.
 */
import { MemoryMedium, openMemoryStore } from "../src/store/memory.ts";
import type { LogName, NewEntry, Outcome, Store } from "../src/store/store.ts";
import type { Scope } from "../src/tally/scope.ts";

/** The process died in a write. */
export class PowerCut extends Error {
  override readonly name = "PowerCut";
}

/** Asked before each write: null, or how much of it is done when the power goes: 0 nothing, 1 all. */
export type Fate = () => number | null;

/** A store on the medium, until the power goes. */
export function openDisk(medium: MemoryMedium, fate: Fate): Store {
  const store = openMemoryStore(medium);
  let isDead = false;
  const alive = () => {
    if (isDead) throw new PowerCut();
  };
  const guard = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      alive();
      return call(...args);
    };
  };
  return {
    async append(entries: readonly NewEntry[], epoch: number): Promise<Outcome[]> {
      alive();
      const done = fate();
      if (done === null) return store.append(entries, epoch);
      isDead = true;
      await store.append(entries.slice(0, Math.round(done * entries.length)), epoch);
      throw new PowerCut();
    },
    async commit(key, previous, next, epoch) {
      alive();
      const done = fate();
      if (done === null) return store.commit(key, previous, next, epoch);
      isDead = true;
      if (done >= 0.5) await store.commit(key, previous, next, epoch);
      throw new PowerCut();
    },
    read: guard((log, from, to) => store.read(log, from, to)),
    head: guard((log) => store.head(log)),
    heads: guard(() => store.heads()),
    chain: guard((log, chain) => store.chain(log, chain)),
    chainEntries: guard((log, chain) => store.chainEntries(log, chain)),
    changes: guard((cursor, limit) => store.changes(cursor, limit)),
    end: guard(() => store.end()),
    value: guard((key) => store.value(key)),
    claim: guard((role) => store.claim(role)),
    close: () => store.close(),
  };
}

/** A copy of a disk as it is now; of the logs only those in scope. */
export function copyDisk(medium: MemoryMedium, scope: Scope = () => true): MemoryMedium {
  const copy = new MemoryMedium();
  for (const [name, { entries, frontier, ids, chains }] of medium.logs) {
    if (!scope(name)) continue;
    const own = { entries: [...entries], frontier: frontier.clone(), ids: new Map(ids), chains: new Map(chains) };
    copy.logs.set(name, own);
  }
  copy.arrivals.push(...medium.arrivals.filter(({ log }) => scope(log)));
  for (const [key, value] of medium.values) copy.values.set(key, value);
  for (const [role, epoch] of medium.epochs) copy.epochs.set(role, epoch);
  copy.lastEpoch = medium.lastEpoch;
  return copy;
}

/** The entries of a log on a disk. */
export function entriesOn(medium: MemoryMedium, log: LogName): Uint8Array[] {
  return (medium.logs.get(log)?.entries ?? []).map(({ bytes }) => bytes);
}
