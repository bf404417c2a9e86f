/**
 * A station's sheets in one contest, told from their order: which is current, and how many rivals each key has sent.
 *
 * A sheet that names the current one (or none, if there is none) becomes current; any other is a rival. An annulment takes
 * the current one away, so does a revocation that undoes its key's sheets, where the log has seen it. The door needs this
 * only for a caller that insists on the latest, and for a chain that has grown long, so nothing of it is kept in memory.
 */

import { HotSheet } from "../election/sheet.ts";
import { parseHot } from "../election/sheet-parser.ts";
import { decodeBody } from "../election/statements.ts";
import { equalBytes, fromHex, toHex } from "../ledger/bytes.ts";
import { parseStatement, type Statement, shortKey } from "../ledger/statement.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Undoing } from "./standings.ts";
import { ANNUL_CHAIN, type Latest, seenChain } from "./submission.ts";

export interface Current extends Latest {
  readonly bytes: Uint8Array;
  /** Short name of the key that signed it. */
  readonly key: string;
}

export interface ChainState {
  readonly current: Current | null;
  /** The index of every sheet of the chain by its id in hex. */
  readonly ids: ReadonlyMap<string, number>;
  /** Number of rivals by the short name of the key that signed them. */
  readonly rivals: ReadonlyMap<string, number>;
}

/** From this index of the log on, a current sheet to which this applies counts no longer. */
interface Removal {
  readonly index: number;
  applies(current: Current): boolean;
}

const sheet = new HotSheet();

/**
 * The state of a chain of sheets, read from the store: a handful of entries. `undoings` are the revocations, anywhere above,
 * that undo what their keys have sent.
 */
export async function readChain(
  store: Store,
  log: LogName,
  chain: string,
  undoings: readonly Undoing[],
): Promise<ChainState> {
  const removals = await readRemovals(store, log, undoings);
  const ids = new Map<string, number>();
  const rivals = new Map<string, number>();
  let current: Current | null = null;
  for (const index of await store.chainEntries(log, chain)) {
    while (removals[0] !== undefined && removals[0].index < index) current = without(current, removals.shift());
    const { statement, bytes, key } = await readSheet(store, log, index);
    const id = toHex(bytes);
    ids.set(id, index);
    if (!parseHot("sheet", statement.body, sheet))
      throw new Error(`${log} holds at ${index} a sheet that is not canonical`);
    if (replaces(sheet.hasPrevious ? sheet.previous : null, current?.bytes ?? null))
      current = { id, index, bytes, key };
    else rivals.set(key, (rivals.get(key) ?? 0) + 1);
  }
  for (const removal of removals) current = without(current, removal);
  return { current, ids, rivals };
}

/** Whether a sheet that names `previous` becomes current where `current` is. */
export function replaces(previous: Uint8Array | null, current: Uint8Array | null): boolean {
  return previous === null || current === null ? previous === current : equalBytes(previous, current);
}

function without(current: Current | null, removal: Removal | undefined): Current | null {
  return current !== null && removal?.applies(current) ? null : current;
}

async function readSheet(store: Store, log: LogName, index: number) {
  const statement = await readStatement(store, log, index);
  return { statement, bytes: statement.id, key: shortKey(statement.signatures[0]?.name ?? "") };
}

/**
 * Where a sheet of this chain was stored, by its id; null if it was not. Costs one look-up while the chain is empty, which is
 * nearly always.
 */
export async function findIn(store: Store, log: LogName, chain: string, id: Uint8Array): Promise<number | null> {
  if ((await store.chain(log, chain)) === null) return null;
  for (const index of await store.chainEntries(log, chain)) {
    if (equalBytes((await readStatement(store, log, index)).id, id)) return index;
  }
  return null;
}

/** A statement that the store has said is there. */
export async function readStatement(store: Store, log: LogName, index: number): Promise<Statement> {
  const [bytes] = await store.read(log, index, index + 1);
  if (bytes === undefined) throw new Error(`${log} has no entry ${index}, though a chain names it`);
  return parseStatement(bytes);
}

async function readRemovals(store: Store, log: LogName, undoings: readonly Undoing[]): Promise<Removal[]> {
  const removals: Removal[] = [];
  for (const index of await store.chainEntries(log, ANNUL_CHAIN)) {
    const annulled = fromHex(decodeBody("annul", (await readStatement(store, log, index)).body).sheet);
    removals.push({ index, applies: (current) => current.index < index && equalBytes(current.bytes, annulled) });
  }
  for (const { log: plenary, index: revoked, key } of undoings) {
    const index = await firstSeen(store, log, plenary, revoked);
    if (index !== null) removals.push({ index, applies: (current) => current.index < index && current.key === key });
  }
  return removals.sort((a, b) => a.index - b.index);
}

/** The index at which `log` first says that it has seen entry `index` of `other`; null if it has not. */
async function firstSeen(store: Store, log: LogName, other: LogName, index: number): Promise<number | null> {
  for (const at of await store.chainEntries(log, seenChain(other))) {
    if (decodeBody("seen", (await readStatement(store, log, at)).body).size > index) return at;
  }
  return null;
}
