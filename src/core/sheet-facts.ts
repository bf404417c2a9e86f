/**
 * A sheet as the sequencer needs it, from its bytes alone: the door reads it so before it asks, and the process that writes the
 * logs reads it so again, since it takes nobody's word for whose sheet it is.
 */
import { HotSheet } from "../election/sheet.ts";
import { parseHot } from "../election/sheet-parser.ts";
import { parseStatement, type Statement } from "../ledger/statement.ts";
import type { LogName } from "../store/store.ts";
import type { Standings } from "./standings.ts";
import { SHEET_TYPE, type SheetFacts, type Submission, stationChain } from "./submission.ts";

const KEY_FORM = /^[0-9a-f]{16}$/;

/** The short name of the one key of this election that signs, as the note's line and `by` both say; else null. */
export function signingKey({ signatures }: Statement, by: readonly unknown[], election: string): string | null {
  const name = signatures[0]?.name ?? "";
  const prefix = `${election}/k/`;
  if (signatures.length !== 1 || by.length !== 1 || by[0] !== name || !name.startsWith(prefix)) return null;
  const key = name.slice(prefix.length);
  return KEY_FORM.test(key) ? key : null;
}

/** Of a sheet whose body has just been read into `hot`; null if it is not signed by one key of this election. */
export function sheetFacts(
  statement: Statement,
  hot: HotSheet,
  election: string,
): { readonly log: LogName; readonly facts: SheetFacts } | null {
  const key = signingKey(statement, hot.by, election);
  if (key === null) return null;
  const { station } = hot;
  const previous = hot.hasPrevious ? hot.previous.slice() : null;
  const facts = { id: statement.id, key, station, chain: stationChain(station, hot.contest), previous };
  return { log: `tps/${hot.kecamatan}`, facts };
}

/** What was handed in as a sheet is none of this election's: whoever checks sheets before they come here has a bug, or is not ours. */
export class NotASheet extends Error {
  override readonly name = "NotASheet";

  constructor() {
    super("these bytes are no sheet of a place of this election; nothing was stored");
  }
}

const hot = new HotSheet();

/**
 * A submission from a note, nothing about it believed but that its signature holds.
 * @throws NotASheet, StatementError
 */
export function submissionIn(bytes: Uint8Array, expect: "latest" | undefined, standings: Standings): Submission {
  const statement = parseStatement(bytes);
  const { genesis } = standings;
  if (genesis === null || statement.type !== SHEET_TYPE || !parseHot("sheet", statement.body, hot))
    throw new NotASheet();
  // Nobody can make this process remember logs of places that there are not.
  const isPlace = standings.model("pleno/0")?.desa(hot.desa) !== undefined;
  const sheet = isPlace ? sheetFacts(statement, hot, genesis.election) : null;
  if (sheet === null) throw new NotASheet();
  return { ...sheet, bytes, expect };
}
