/** `teguh verify`: the full audit, on a line or as JSON. */
import { readFileSync } from "node:fs";
import {
  type Arguments,
  type Command,
  CommandError,
  type ExitCode,
  grouped,
  type Io,
  Progress,
  printJson,
} from "./command.ts";
import { PublishedError } from "./log-files.ts";
import { Reader, readCheckpoint, trustLine } from "./reader.ts";
import { openSource } from "./source.ts";
import { type Audit, audit } from "./verify/audit.ts";

export const command: Command = {
  usage: "verify DIR|URL [--key VKEY] [--since CHECKPOINT-FILE] [--json]",
  summary: "Full audit: signatures, trees, authority, and every figure recomputed.",
  options: { key: { type: "string" }, since: { type: "string" }, json: { type: "boolean" } },
  positionals: [1, 1],
  run,
};

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const [where = ""] = args.positionals;
  const { files } = openSource(where);
  let reader: Reader | null = null;
  let found: Audit;
  try {
    reader = await Reader.open(files, args.text("key"));
    found = await audit({ where, reader, since: readSince(args, reader), progress: new Progress(io) });
  } catch (error) {
    // A checkpoint that does not hold is a finding like any other; only nothing more can be said then.
    if (!(error instanceof PublishedError)) throw error;
    found = nothingBut(error);
  }
  const ok = found.faults.length === 0;
  if (args.flag("json")) printJson(io, { ok, ...found, key: reader?.trust ?? null });
  else print(io, found, reader);
  return ok ? 0 : 1;
}

function readSince(args: Arguments, reader: Reader) {
  const path = args.text("since");
  if (path === undefined) return null;
  try {
    return readCheckpoint(path, readFileSync(path), reader.verifier);
  } catch (error) {
    throw new CommandError(`--since: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function nothingBut({ where, message }: PublishedError): Audit {
  const seconds = { total: 0, signatures: 0, trees: 0, fold: 0 };
  const faults = [{ where, what: message.slice(where.length + 2) }];
  return { editions: 0, logs: 0, statements: 0, signatures: 0, objects: 0, faults, seconds };
}

function print(io: Io, { faults, ...found }: Audit, reader: Reader | null): void {
  for (const { where, what } of faults) io.out(`${where}: ${what}\n`);
  const { editions, logs, statements, signatures, objects, seconds } = found;
  io.out(
    `${faults.length === 0 ? "Holds" : `Does NOT hold (${faults.length} faults)`}: ${grouped(editions)} editions, ` +
      `${grouped(logs)} logs, ${grouped(statements)} statements, ${grouped(signatures)} signatures, ` +
      `${grouped(objects)} objects, in ${seconds.total.toFixed(1)} s.\n`,
  );
  if (reader) io.out(`${trustLine(reader)}\n`);
}
