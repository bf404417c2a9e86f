/**
 * `teguh receipt`: is what I was promised in the log?
 *
 * A receipt says "this statement has this place in this log", signed by the log's key. The log keeps the promise if its
 * published entry at that place is that statement, under a head that the newest edition fixes.
 */
import { readFileSync } from "node:fs";
import { BodyError, type BodyOf, decodeBody, typeLine } from "../election/statements.ts";
import { fromHex, toHex } from "../ledger/bytes.ts";
import { asHash } from "../ledger/hash.ts";
import { parseVkey } from "../ledger/note.ts";
import { verifyInclusion } from "../ledger/proof.ts";
import { parseStatement, type Statement, StatementError } from "../ledger/statement.ts";
import { leafHash } from "../ledger/tree.ts";
import { logFolder } from "../publish/layout.ts";
import { type Arguments, type Command, CommandError, type ExitCode, type Io, printJson } from "./command.ts";
import { LogFiles } from "./log-files.ts";
import { Reader, trustLine } from "./reader.ts";
import { openSource } from "./source.ts";

export const command: Command = {
  usage: "receipt FILE DIR|URL [--key VKEY] [--json]",
  summary: "Is what I was promised in the log?",
  options: { key: { type: "string" }, json: { type: "boolean" } },
  positionals: [2, 2],
  run,
};

type Receipt = BodyOf<"receipt">;

interface Finding {
  readonly ok: boolean;
  readonly what: string;
}

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const [file = "", where = ""] = args.positionals;
  const { statement, receipt } = readReceipt(file);
  const reader = await Reader.open(openSource(where).files, args.text("key"));
  const { ok, what } = await check(reader, statement, receipt);
  const { log, id, index = null } = receipt;
  if (args.flag("json")) printJson(io, { ok, what, log, index, id });
  else io.out(`${ok ? "In the log" : "NOT in the log"}: ${what}\n${trustLine(reader)}\n`);
  return ok ? 0 : 1;
}

function readReceipt(file: string): { statement: Statement; receipt: Receipt } {
  try {
    const statement = parseStatement(readFileSync(file));
    if (statement.type !== typeLine("receipt")) throw new CommandError(`${file} is a ${statement.type}, not a receipt`);
    return { statement, receipt: decodeBody("receipt", statement.body) };
  } catch (error) {
    const malformed = error instanceof StatementError || error instanceof BodyError;
    if (malformed) throw new CommandError(`${file} is not a receipt: ${error.message}`);
    throw error;
  }
}

async function check(reader: Reader, statement: Statement, receipt: Receipt): Promise<Finding> {
  const { log, index, id } = receipt;
  const edition = await reader.edition();
  const head = await reader.head(edition, log);
  if (head === null) return { ok: false, what: `edition ${edition.edition.number} has no log ${log}` };
  const verifier = parseVkey(head.vkey);
  const [line] = statement.signatures;
  if (line?.name !== verifier.name || !verifier.verify(statement.text, line.signature)) {
    return { ok: false, what: `the receipt is not signed by the key of ${verifier.name}, so nobody is bound by it` };
  }
  if (index === undefined) return { ok: false, what: "the receipt only says that a relay holds the statement" };
  if (index >= head.size) {
    return {
      ok: false,
      what: `${log} is published up to entry ${head.size - 1}, the receipt promises entry ${index}; ask again later`,
    };
  }
  const files = new LogFiles(reader.files, logFolder(log));
  const entry = await files.entry(index, head.size);
  const proof = await files.proof(index, head.size);
  if (!verifyInclusion(index, head.size, leafHash(entry), proof, fromHex(asHash(head.root)))) {
    return { ok: false, what: `the published files of ${log} do not fit its signed head` };
  }
  const found = toHex(parseStatement(entry).id);
  if (found !== id) return { ok: false, what: `entry ${index} of ${log} is statement ${found}, promised was ${id}` };
  return { ok: true, what: `entry ${index} of ${log}, in edition ${edition.edition.number}` };
}
