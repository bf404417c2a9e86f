/**
 * Whether statements may be mirrored: what an honest writer can have appended, and not before all that they name is here.
 *
 * Authority is not judged: a statement without it stands in its log and moves nothing. But a signature that does not hold can
 * only have been put there by who writes the log, and would make every audit of it fail, so it does not come in. A statement
 * that names a prefix of a log that is not here yet waits outside: so whatever a store holds, it holds with all that it
 * names, and nothing that folds it ever has to wait.
 */
import { setImmediate as breath } from "node:timers/promises";
import { parseLogName } from "../election/codes.ts";
import { BodyError, type BodyOf, decodeBody, statementType } from "../election/statements.ts";
import { fromHex, toHex } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { NoteError, parseVkey } from "../ledger/note.ts";
import {
  checkSignature,
  openBody,
  parseStatement,
  type Statement,
  StatementError,
  shortKey,
} from "../ledger/statement.ts";
import type { LogName } from "../store/store.ts";
import { shortOf } from "../tally/authority.ts";
import type { Need } from "../tally/waiting.ts";
import type { Home } from "./home.ts";
import type { SyncReason } from "./refusals.ts";
import type { LogTrees } from "./tree-hashes.ts";

/** After so many entries, some 2 ms, whatever else waits in this process has its turn: phones' sheets go before a hall's log. */
const AT_A_BREATH = 16;

/** How many of the entries may come in, and what is wrong with, or missing for, the next one; null if nothing. */
export interface Checked {
  readonly fine: number;
  readonly stop: SyncReason | Need | null;
}

/** Checks entries that follow the copy of a log here, whose first will be at index `from`. The log must have been loaded. */
export async function checkEntries(
  home: Home,
  trees: LogTrees,
  log: LogName,
  from: number,
  entries: readonly Uint8Array[],
): Promise<Checked> {
  const keys = new KeysInSight(home, log);
  for (let i = 0; i < entries.length; i++) {
    const bytes = entries[i];
    if (bytes === undefined) break;
    const stop = await checkEntry(home, trees, keys, { log, index: from + i, bytes });
    if (stop !== null) return { fine: i, stop };
    if ((i + 1) % AT_A_BREATH === 0) await breath();
  }
  return { fine: entries.length, stop: null };
}

interface Entry {
  readonly log: LogName;
  readonly index: number;
  readonly bytes: Uint8Array;
}

async function checkEntry(
  home: Home,
  trees: LogTrees,
  keys: KeysInSight,
  { log, index, bytes }: Entry,
): Promise<SyncReason | Need | null> {
  const opened = opening(bytes);
  if (opened === null) return "malformed";
  const { statement, body } = opened;
  // The genesis cannot name the election that it begins.
  const isGenesis = log === "pleno/0" && index === 0;
  if (isGenesis ? toHex(statement.id) !== home.genesis.id : body.election !== home.genesis.electionTag) {
    return "other-election";
  }
  const prefix = await checkPrefix(home, trees, statement, log);
  // First of all: what is not here yet may be what names the key.
  if (prefix !== null && typeof prefix !== "string") return prefix;
  const badly = checkSignatures(statement, home.genesis.election, keys);
  if (badly !== null) return badly;
  keys.learn(statement);
  return prefix;
}

function opening(bytes: Uint8Array): { readonly statement: Statement; readonly body: JsonObject } | null {
  try {
    const statement = parseStatement(bytes);
    return { statement, body: openBody(statement) };
  } catch (error) {
    if (error instanceof StatementError) return null;
    throw error;
  }
}

function checkSignatures(statement: Statement, election: string, keys: KeysInSight): SyncReason | null {
  const prefix = `${election}/k/`;
  for (let i = 0; i < statement.signatures.length; i++) {
    const name = statement.signatures[i]?.name ?? "";
    if (!/^[0-9a-f]{16}$/.test(name.slice(prefix.length)) || !name.startsWith(prefix)) return "malformed";
    const key = keys.of(shortKey(name));
    if (key === null) return "unknown-key";
    if (!checkSignature(statement, i, key)) return "bad-signature";
  }
  return null;
}

/** What a `seen` or a custody names must be here, and be what it says. */
async function checkPrefix(
  { scope, store }: Home,
  trees: LogTrees,
  statement: Statement,
  log: LogName,
): Promise<SyncReason | Need | null> {
  const named = prefixIn(statement);
  if (named === "malformed") return "malformed";
  if (named === null || named.log === log || !scope(named.log)) return null;
  const parsed = parseLogName(named.log);
  if (parsed === null || parsed.kind === "editions") return "malformed";
  const size = (await store.head(named.log))?.size ?? 0;
  if (size < named.size) return { log: named.log, size: named.size };
  const tree = await trees.of(named.log);
  return toHex(tree.root(named.size)) === named.root ? null : "wrong-root";
}

function prefixIn(statement: Statement): BodyOf<"seen"> | BodyOf<"custody"> | null | "malformed" {
  const type = statementType(statement.type);
  if (type !== "seen" && type !== "custody") return null;
  return decodedOr(() => decodeBody(type, statement.body), "malformed" as const);
}

function decodedOr<T, E>(decode: () => T, otherwise: E): T | E {
  try {
    return decode();
  } catch (error) {
    if (error instanceof BodyError) return otherwise;
    throw error;
  }
}

/** The keys by which a log's next statements can be checked: what is here knows, and what they themselves name on the way. */
class KeysInSight {
  readonly #home: Home;
  readonly #log: LogName;
  readonly #learned = new Map<string, Uint8Array>();

  constructor(home: Home, log: LogName) {
    this.#home = home;
    this.#log = log;
    // Before the first entry of all nothing is folded that could name them.
    for (const key of [home.genesis.root, home.genesis.centre]) this.#add(key);
  }

  of(short: string): Uint8Array | null {
    return this.#learned.get(short) ?? this.#home.publicKey(this.#log, short);
  }

  /** Takes up the keys that a statement names. That it names them gives them no authority. */
  learn(statement: Statement): void {
    const type = statementType(statement.type);
    if (type === "grant") {
      const body = decodedOr(() => decodeBody("grant", statement.body), null);
      for (const { key } of body?.list ?? []) this.#add(fromHex(key));
    }
    if (type === "custody") {
      const body = decodedOr(() => decodeBody("custody", statement.body), null);
      const key = body && keyOf(body.vkey);
      if (key) this.#add(key);
    }
  }

  #add(key: Uint8Array): void {
    this.#learned.set(shortOf(key), key);
  }
}

function keyOf(vkey: string): Uint8Array | null {
  try {
    return parseVkey(vkey).publicKey;
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
}
