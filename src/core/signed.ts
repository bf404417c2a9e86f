/** Whether a statement that another process wants appended as it is was signed by those whose names it bears. */
import { checkSignature, parseStatement, shortKey } from "../ledger/statement.ts";
import type { LogName } from "../store/store.ts";
import type { Standings } from "./standings.ts";

/** A signature does not hold, or is by a key that no plenary above the log names. Nothing was stored. */
export class NotSigned extends Error {
  override readonly name = "NotSigned";

  constructor(log: LogName) {
    super(`a statement for ${log} is not signed by those it names; nothing was stored`);
  }
}

/** @throws NotSigned, StatementError */
export async function assertSigned(bytes: Uint8Array, log: LogName, standings: Standings): Promise<void> {
  await standings.load(log);
  const statement = parseStatement(bytes);
  const prefix = `${standings.genesis?.election}/k/`;
  const holds = statement.signatures.every(({ name }, i) => {
    const key = name.startsWith(prefix) ? standings.publicKey(log, shortKey(name)) : null;
    return key !== null && checkSignature(statement, i, key);
  });
  if (!holds) throw new NotSigned(log);
}
