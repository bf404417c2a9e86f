/**
 * `teguh import kpu`: statements from the commission's public archive.
 *
 * Three passes: read every record; make or amend the election from what the records show; turn into sheets what differs
 * from the sheets that are there. What cannot be imported is named with its file and line and stops nothing else.
 */

import type { Submission } from "../core/submission.ts";
import { amend } from "../election/amend.ts";
import { type Checked, checkElection } from "../election/check-election.ts";
import { kecamatanOf, type RegionCode } from "../election/codes.ts";
import type { ElectionFile } from "../election/definition.ts";
import { regionNames } from "../store/geography.ts";
import { Changes } from "./archive/changes.ts";
import { ArchiveElection } from "./archive/election.ts";
import { contestOf, type Found, findRecords, isRejected, type Rejected } from "./archive/files.ts";
import { parseArchiveTime } from "./archive/record.ts";
import {
  type Arguments,
  type Command,
  CommandError,
  type ExitCode,
  grouped,
  type Io,
  need,
  Progress,
  printJson,
} from "./command.ts";
import { DataFolder, electionIn } from "./data-folder.ts";

export const command: Command = {
  usage: "import kpu PATH… --data DIR --contest ppwp [--as-of TIME] [--strict] [--json]",
  summary: "Statements from KPU's public archive: files, folders, ZIP or JSON Lines.",
  options: {
    data: { type: "string" },
    contest: { type: "string" },
    "as-of": { type: "string" },
    strict: { type: "boolean" },
    json: { type: "boolean" },
  },
  positionals: [2, Number.MAX_SAFE_INTEGER],
  run,
};

/** Sheets signed and appended together: each append is one flush to the disk. */
const BATCH = 512;

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const [source, ...paths] = args.positionals;
  if (source !== "kpu") throw new CommandError(`there is no import from "${source}"; usage: teguh ${command.usage}`);
  const folder = need(command, args, "data");
  const asOf = readAsOf(args.text("as-of"));
  const progress = new Progress(io);

  const before = electionIn(folder);
  if (before !== null && before.archive !== true) {
    throw new CommandError(`${folder} holds ${before.origin}, which is no archive; import into another folder`);
  }
  const names = regionNames();
  const election = new ArchiveElection(before, names);
  const { found, rejected } = await collect(paths, args, asOf, election, progress);
  const file = checkedFile(before, election.file(), names);
  const dates = found.map(({ date }) => date).sort();
  // A decree's number has no colons; a time of day has.
  const decree = `arsip ${args.text("as-of") ?? dates.at(-1)}`.replaceAll(/[^A-Za-z0-9 .-]/g, ".").slice(0, 64);
  const data =
    before === null ? await DataFolder.found(folder, file, decree) : await DataFolder.open(folder, file.origin);
  try {
    await data.define(file, decree);
    const added = await append(data, found, rejected, progress);
    progress.tell(() => "publishing");
    const edition = await data.publish((line) => io.err(`${line}\n`));
    report(io, args, {
      read: found.length + rejected.length - added.unplaced,
      new: added.appended,
      unchanged: found.length - added.appended - added.unplaced,
      rejected,
      edition: edition?.number ?? null,
    });
  } finally {
    await data.close();
  }
  return args.flag("strict") && rejected.length > 0 ? 1 : 0;
}

interface Report {
  readonly read: number;
  readonly new: number;
  readonly unchanged: number;
  readonly rejected: readonly Rejected[];
  readonly edition: number | null;
}

function report(io: Io, args: Arguments, result: Report): void {
  if (args.flag("json")) {
    printJson(io, result);
    return;
  }
  for (const { file, line, what } of result.rejected) io.err(`${file}:${line}: ${what}\n`);
  io.out(
    `${grouped(result.read)} records read: ${grouped(result.new)} new, ${grouped(result.unchanged)} unchanged, ` +
      `${grouped(result.rejected.length)} rejected. Edition ${result.edition}.\n`,
  );
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Until when records count, in milliseconds; a day counts whole, a time without zone is WIB. */
function readAsOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const time = parseArchiveTime(DAY.test(text) ? `${text} 23:59:59` : text) ?? Date.parse(text);
  if (Number.isNaN(time)) throw new CommandError(`--as-of: "${text}" is no time such as "2024-02-20 13:00:00" (WIB)`);
  return time;
}

async function collect(
  paths: readonly string[],
  args: Arguments,
  asOf: number,
  election: ArchiveElection,
  progress: Progress,
): Promise<{ found: Found[]; rejected: Rejected[] }> {
  const name = args.text("contest");
  const contest = name === undefined ? null : contestOf(name);
  if (name !== undefined && contest === null) throw new CommandError(`--contest: there is no contest "${name}"`);
  const found: Found[] = [];
  const rejected: Rejected[] = [];
  for await (const item of findRecords(paths, contest)) {
    progress.tell(() => `read ${grouped(found.length)} records`);
    if (isRejected(item)) {
      rejected.push(item);
      continue;
    }
    const { file, line, record, date } = item;
    if ((record.time ?? Date.parse(date)) > asOf) continue;
    const what = election.add(item);
    if (what === null) found.push(item);
    else rejected.push({ file, line, what });
  }
  // The archive's own times say what came after what; records of one moment stay in the order in which they were found.
  found.sort((a, b) => (a.record.time ?? Date.parse(a.date)) - (b.record.time ?? Date.parse(b.date)));
  return { found, rejected };
}

/** The election as a definition, an amendment of the one before if there is one. */
function checkedFile(
  before: ElectionFile | null,
  file: ElectionFile,
  names: ReadonlyMap<RegionCode, string>,
): ElectionFile {
  if (file.contests.length === 0) {
    throw new CommandError(
      "none of these records names a choice, so it is not known what to count; nothing was imported",
    );
  }
  const checked = accepted(checkElection(file, (code) => names.get(code)));
  return before === null ? checked : accepted(amend(before, checked));
}

function accepted(checked: Checked): ElectionFile {
  if ("ok" in checked) return checked.ok;
  const [first] = checked.faults;
  throw new CommandError(
    `the archive makes no election: ${first?.path} ${first?.what.en} (${checked.faults.length} faults)`,
  );
}

/** Appends a sheet for every record that says something new. */
async function append(
  data: DataFolder,
  found: readonly Found[],
  rejected: Rejected[],
  progress: Progress,
): Promise<{ appended: number; unplaced: number }> {
  const signer = await data.granted("archive", "archive");
  const { genesis } = data.sequencer.standings;
  if (genesis === null)
    throw new CommandError(`${data.path} has no genesis; its founding was cut short, choose a new folder`);
  const changes = new Changes(data.model, genesis.electionTag, signer);
  for (const kecamatan of new Set(found.map(({ station }) => kecamatanOf(station))))
    await changes.load(data.store, kecamatan);
  let batch: Submission[] = [];
  let appended = 0;
  let unplaced = 0;
  for (const item of found) {
    const next = changes.next(item);
    if (next === null) continue;
    if (typeof next === "string") {
      rejected.push({ file: item.file, line: item.line, what: next });
      unplaced++;
      continue;
    }
    batch.push(next);
    appended++;
    if (batch.length < BATCH) continue;
    await submit(data, batch);
    batch = [];
    progress.tell(() => `appended ${grouped(appended)} statements`);
  }
  await submit(data, batch);
  return { appended, unplaced };
}

async function submit(data: DataFolder, batch: readonly Submission[]): Promise<void> {
  for (const result of await data.sequencer.sequence(batch)) {
    if (result.kind === "appended" || result.kind === "duplicate") continue;
    const why =
      "faults" in result ? result.faults[0]?.message.en : "why" in result ? result.why.message.en : "a newer sheet";
    throw new CommandError(`a statement was not accepted: ${why}; is another import writing to ${data.path}?`);
  }
}
