/**
 * `teguh log export|import`: logs carried by hand, between a kecamatan's laptop and the centre or from one laptop to another. Works
 * on both kinds of folder. Only one program writes a folder, so an import is refused while the folder is being served.
 */
import { createReadStream, createWriteStream, renameSync, rmSync, statSync } from "node:fs";
import { opendir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { socketPath } from "../core/socket.ts";
import { parseLogName } from "../election/codes.ts";
import { definitionsIn } from "../publish/definitions.ts";
import { syncFolder } from "../store/files.ts";
import { loadKeys } from "../store/keys.ts";
import { openCentre } from "../sync/centre-folder.ts";
import { type Brought, MAX_LOG_FILE, readLogFile, writeLogFile } from "../sync/log-file.ts";
import { nodeSettings, openNode } from "../sync/node-folder.ts";
import { SYNC_WORDS, SyncRefused } from "../sync/refusals.ts";
import type { Replica } from "../sync/replica.ts";
import { type Arguments, type Command, CommandError, type ExitCode, type Io, need, printJson } from "./command.ts";
import { electionIn } from "./data-folder.ts";

export const command: Command = {
  usage: "log export LOG… --data DIR --out FILE · teguh log import FILE|FOLDER --data DIR [--json]",
  summary: "Carries logs by hand; what contradicts or was replaced is kept apart.",
  options: { data: { type: "string" }, out: { type: "string" }, json: { type: "boolean" } },
  positionals: [2, 20],
  run,
};

/** Files that an export makes, and the import of a folder looks for. */
const ENDING = ".teguhlog";
/** A folder with more entries is not searched. */
const MAX_ENTRIES = 1_000;
const MAX_FILES = 64;

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const [what, ...rest] = args.positionals;
  const data = need(command, args, "data");
  if (what !== "export" && what !== "import") throw new CommandError(`usage: teguh ${command.usage}`);
  if (await isServed(data))
    throw new CommandError(`${data} is being served by a running Teguh; do this on its desk, or stop it first`);
  const place = await openPlace(data);
  try {
    return what === "export"
      ? await exportLogs(args, io, place.replica, rest)
      : await importLogs(args, io, place.replica, rest);
  } finally {
    await place.close();
  }
}

async function openPlace(data: string): Promise<{ readonly replica: Replica; close(): Promise<void> }> {
  if (nodeSettings(data) !== null) return openNode(data, Date.now);
  if (electionIn(data) === null)
    throw new CommandError(`${data} has no election; choose the folder of the centre or of a laptop`);
  const definitions = definitionsIn(join(data, "definition"));
  return openCentre(data, loadKeys(join(data, "keys")), (root) => definitions.model(root), Date.now);
}

/** Whether a program is at work in the folder: it answers at its socket. */
async function isServed(data: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(socketPath(data));
  socket.on("connect", () => resolve(true));
  socket.on("error", () => resolve(false));
  const served = await promise;
  socket.destroy();
  return served;
}

async function exportLogs(args: Arguments, io: Io, replica: Replica, logs: readonly string[]): Promise<ExitCode> {
  const out = need(command, args, "out");
  for (const log of logs) {
    const parsed = parseLogName(log);
    if (parsed === null || parsed.kind === "editions")
      throw new CommandError(`"${log}" is no log; write it like pleno/510303 or tps/510303`);
  }
  const unfinished = `${out}.new`;
  try {
    await pipeline(writeLogFile(replica, logs), createWriteStream(unfinished, { flush: true }));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  renameSync(unfinished, out);
  await syncFolder(join(out, ".."));
  const { size } = statSync(out);
  if (args.flag("json")) printJson(io, { ok: true, logs, bytes: size });
  else io.out(`${out}: ${logs.join(", ")}\n`);
  return 0;
}

async function importLogs(args: Arguments, io: Io, replica: Replica, paths: readonly string[]): Promise<ExitCode> {
  const files = (await Promise.all(paths.map(filesAt))).flat();
  const results: { file: string; logs: readonly Brought[]; refused: string | null }[] = [];
  for (const file of files) results.push(await importFile(replica, file));
  const ok = results.every(({ logs, refused }) => refused === null && logs.every((one) => one.refused === null));
  if (args.flag("json")) printJson(io, { ok, files: results });
  else for (const { file, logs, refused } of results) tell(io, file, logs, refused);
  return ok ? 0 : 1;
}

async function importFile(replica: Replica, file: string) {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new CommandError(`${file} is not there`);
  if (!found.isFile()) throw new CommandError(`${file} is no file`);
  if (found.size > MAX_LOG_FILE) return { file, logs: [], refused: said("too-long") };
  try {
    return { file, logs: await readLogFile(replica, () => createReadStream(file)), refused: null };
  } catch (error) {
    if (error instanceof SyncRefused) return { file, logs: [], refused: said(error.reason) };
    throw error;
  }
}

/** The file, or the files of logs in a folder. @throws SyncRefused if the folder has more in it than anyone should carry */
async function filesAt(path: string): Promise<string[]> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const files: string[] = [];
  let entries = 0;
  for await (const { name } of await opendir(path)) {
    entries++;
    if (name.endsWith(ENDING)) files.push(join(path, name));
    if (entries > MAX_ENTRIES || files.length > MAX_FILES) throw new SyncRefused("too-many-files", path);
  }
  if (files.length === 0) throw new CommandError(`${path} has no file that ends in ${ENDING}`);
  return files.sort();
}

const said = (reason: keyof typeof SYNC_WORDS) => `${SYNC_WORDS[reason].id} / ${SYNC_WORDS[reason].en}`;

function tell(io: Io, file: string, logs: readonly Brought[], refused: string | null): void {
  for (const { log, before, after, apart, refused: why } of logs) {
    io.out(`${file}: ${log} ${before} → ${after}\n`);
    if (apart !== null) io.out(`${file}: ${log}: ${said("replaced")} (→ ${apart})\n`);
    if (why === "waiting") io.out(`${file}: ${log}: ${said("unknown-key")}\n`);
    else if (why !== null) io.out(`${file}: ${log}: ${said(why)}\n`);
  }
  if (refused !== null) io.out(`${file}: ${refused}\n`);
}
