/** Who may sign the checkpoints of a log: the centre where it began, then everyone to whom it was handed. */
import { NATION, parentOf, parseLogName, plenoLog } from "../election/codes.ts";
import { NoteError, parseVkey, type Verifier } from "../ledger/note.ts";
import type { LogName } from "../store/store.ts";
import type { Home } from "./home.ts";

/** One who may sign checkpoints of a log. */
export interface Writer {
  readonly epoch: number;
  readonly verifier: Verifier;
  /** Where the next one took over: from there on this one's entries are not of the log. */
  readonly limit: number;
}

/** The writers of a loaded log, the first one first. */
export function writersOf(home: Home, log: LogName): Writer[] {
  const custodies = home.custodies(log);
  const origin = `${home.genesis.election}/log/${log}`;
  const vkeys = [{ epoch: 0, vkey: home.firstVkey(log) }, ...custodies.map(({ epoch, vkey }) => ({ epoch, vkey }))];
  return vkeys.flatMap(({ epoch, vkey }) => {
    const verifier = verifierOf(vkey);
    const limit = custodies.find((custody) => custody.epoch === epoch + 1)?.size ?? Number.POSITIVE_INFINITY;
    return verifier?.name === origin ? [{ epoch, verifier, limit }] : [];
  });
}

/** The log of the plenary that hands a log over. */
export function parentLogOf(log: LogName): LogName {
  const parsed = parseLogName(log);
  return plenoLog((parsed !== null && parsed.kind !== "editions" && parentOf(parsed.region)) || NATION);
}

/** A custody may name any text as a key; one that is none cannot sign. */
function verifierOf(vkey: string): Verifier | null {
  try {
    return parseVkey(vkey);
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
}
