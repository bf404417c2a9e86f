/** Entries of a log as statements: what an entry says, or that it says nothing that this fold understands. */
import { type Body, BodyError, decode, statementType } from "../election/statements.ts";
import { parseStatement, type Statement, StatementError } from "../ledger/statement.ts";

/** The statement that an entry is; null if it is none. */
export function parsed(entry: Uint8Array): Statement | null {
  try {
    return parseStatement(entry);
  } catch (error) {
    if (error instanceof StatementError) return null;
    throw error;
  }
}

/** A statement's body, with `by` exactly its signature lines; null if it is malformed or of a type unknown to this fold. */
export function decoded(statement: Statement): Body | null {
  const type = statementType(statement.type);
  if (!type) return null;
  try {
    const stated = decode(type, statement.body);
    const { by } = stated.body;
    const matches =
      by.length === statement.signatures.length && by.every((name, i) => name === statement.signatures[i]?.name);
    return matches ? stated : null;
  } catch (error) {
    if (error instanceof BodyError) return null;
    throw error;
  }
}
