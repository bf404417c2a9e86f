/** `teguh keys`: every log's origin and key, so that any tool for tiled logs can follow it without asking us. */
import { EDITIONS_LOG } from "../election/codes.ts";
import { logFolder, originOf } from "../publish/layout.ts";
import { type Arguments, type Command, type ExitCode, type Io, printJson } from "./command.ts";
import { Reader, trustLine } from "./reader.ts";
import { openSource } from "./source.ts";

export const command: Command = {
  usage: "keys DIR|URL [--key VKEY] [--json]",
  summary: "Every log's origin and key, from the verified heads.",
  options: { key: { type: "string" }, json: { type: "boolean" } },
  positionals: [1, 1],
  run,
};

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const reader = await Reader.open(openSource(args.positionals[0] ?? "").files, args.text("key"));
  const edition = await reader.edition();
  const keys = [{ origin: reader.election, vkey: reader.trust.vkey, path: folderOf(EDITIONS_LOG) }];
  for await (const { log, vkey } of reader.heads(edition)) {
    keys.push({ origin: originOf(reader.election, log), vkey, path: folderOf(log) });
  }
  if (args.flag("json")) {
    printJson(io, keys);
    return 0;
  }
  for (const { path, vkey } of keys) io.out(`${path}\t${vkey}\n`);
  io.err(`${trustLine(reader)}\n`);
  return 0;
}

/** Where a log lies below the public folder; the editions log lies in the folder itself. */
function folderOf(log: string): string {
  return logFolder(log).replace(/\/$/, "") || ".";
}
