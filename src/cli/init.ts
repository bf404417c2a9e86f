/** `teguh init`: founds an election from its file: secrets, genesis, definition, and the first edition. */
import { readFileSync } from "node:fs";
import { checkElection } from "../election/check-election.ts";
import { regionNames } from "../store/geography.ts";
import { parseStrictJson } from "./archive/json.ts";
import { type Arguments, type Command, CommandError, type ExitCode, type Io, need, printJson } from "./command.ts";
import { DataFolder, electionIn } from "./data-folder.ts";

export const command: Command = {
  usage: "init --data DIR --election FILE [--decree NUMBER] [--json]",
  summary: "Founds an election in a new folder.",
  options: {
    data: { type: "string" },
    election: { type: "string" },
    decree: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: [0, 0],
  run,
};

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const folder = need(command, args, "data");
  const path = need(command, args, "election");
  if (electionIn(folder) !== null) throw new CommandError(`${folder} has an election already; choose a new folder`);
  const names = regionNames();
  const checked = checkElection(parseStrictJson(readFileSync(path, "utf8")), (code) => names.get(code));
  if ("faults" in checked) {
    if (args.flag("json")) printJson(io, { ok: false, faults: checked.faults });
    else for (const { path: where, what } of checked.faults) io.out(`${where}: ${what.id} / ${what.en}\n`);
    io.err(`teguh init: ${path} has ${checked.faults.length} faults; nothing was made\n`);
    return 1;
  }
  const data = await DataFolder.found(folder, checked.ok, args.text("decree") ?? "pendirian");
  try {
    const edition = await data.publish((line) => io.err(`${line}\n`));
    const genesis = data.sequencer.standings.genesis?.id;
    if (args.flag("json")) printJson(io, { ok: true, origin: checked.ok.origin, genesis, edition: edition?.number });
    else io.out(`${checked.ok.origin} is founded in ${folder}: edition ${edition?.number}, genesis ${genesis}.\n`);
    io.err(`Keep ${folder}/keys/root apart from this machine: it is the root of all authority.\n`);
    return 0;
  } finally {
    await data.close();
  }
}
