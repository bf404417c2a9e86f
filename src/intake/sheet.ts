/**
 * A sheet as it comes through the door: its bytes, read once, and everything that is wrong with it.
 *
 * Reading and judging the form cost a few microseconds and come before the signature; words for the faults are made only
 * when there are any, and only for a sheet that is authentic or that names nothing whose key could be looked up.
 */
import { sheetFacts, signingKey } from "../core/sheet-facts.ts";
import { type Fault, SHEET_TYPE, type SheetFacts } from "../core/submission.ts";
import { isWellFormed, malformed } from "../election/malformed.ts";
import type { District, Model } from "../election/model.ts";
import { HotSheet } from "../election/sheet.ts";
import { parseHot } from "../election/sheet-parser.ts";
import { CanonicalError, parseCanonical } from "../ledger/canonical.ts";
import { parseStatement, type Statement, StatementError } from "../ledger/statement.ts";
import type { LogName } from "../store/store.ts";
import { malformedNote, NOT_A_SHEET, ONE_SIGNATURE, OTHER_ELECTION } from "./answers.ts";

/** What a sheet is judged by. */
export interface SheetContext {
  readonly model: Model;
  /** The district of a definition object, also of an earlier definition: a phone may have been offline. */
  readonly district: (object: string) => District | undefined;
  /** Origin of the election: what the names of its keys begin with. */
  readonly election: string;
  /** What its statements carry as `election`. */
  readonly electionTag: string;
}

export interface ReadSheet {
  readonly statement: Statement;
  readonly log: LogName;
  readonly facts: SheetFacts;
  /** Its form and its election are right; else {@link faultsOf} names what is not. */
  readonly wellFormed: boolean;
}

const hot = new HotSheet();

/** The parts of the note. A fault in place of them: it is not even a statement. */
export function readNote(bytes: Uint8Array): Statement | Fault {
  try {
    return parseStatement(bytes);
  } catch (error) {
    if (error instanceof StatementError) return malformedNote(error.message);
    throw error;
  }
}

/** The sheet in a statement; null if its form is so wrong that neither its station nor its key can be told. */
export function readSheet(statement: Statement, context: SheetContext): ReadSheet | null {
  if (statement.type !== SHEET_TYPE || !parseHot("sheet", statement.body, hot)) return null;
  if (context.model.desa(hot.desa) === undefined) return null;
  const sheet = sheetFacts(statement, hot, context.election);
  if (sheet === null) return null;
  return { ...sheet, statement, wellFormed: hot.electionHex === context.electionTag && isWellFormed(hot, context) };
}

/** Everything that is wrong with a statement that should be a sheet; at least one fault if it is not well formed. */
export function faultsOf(statement: Statement, context: SheetContext): Fault[] {
  if (statement.type !== SHEET_TYPE) return [NOT_A_SHEET];
  const body = readBody(statement.body);
  if (body instanceof CanonicalError) return [malformedNote(body.message)];
  const faults: Fault[] = malformed("sheet", body, context).map(({ path, what }) => ({
    code: "D",
    path,
    message: what,
  }));
  const fields: Readonly<Record<string, unknown>> = typeof body === "object" && body !== null ? { ...body } : {};
  if (fields.election !== context.electionTag && !faults.some(({ path }) => path === "election"))
    faults.push(OTHER_ELECTION);
  if (signingKey(statement, Array.isArray(fields.by) ? fields.by : [], context.election) === null)
    faults.push(ONE_SIGNATURE);
  return faults;
}

function readBody(bytes: Uint8Array): unknown {
  try {
    return parseCanonical(bytes);
  } catch (error) {
    if (error instanceof CanonicalError) return error;
    throw error;
  }
}
