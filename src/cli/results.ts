/** `teguh results`: one region's figures, verified from the signed checkpoint down to the object. */
import { contestFrom, regionFrom } from "./choose.ts";
import { type Arguments, type Command, type ExitCode, grouped, type Io, printJson } from "./command.ts";
import { Reader, trustLine } from "./reader.ts";
import { type RowView, readRegion } from "./region-view.ts";
import { openSource } from "./source.ts";

export const command: Command = {
  usage: "results DIR|URL --contest C --region R [--edition N] [--key VKEY] [--json]",
  summary: "One region's figures, verified.",
  options: {
    contest: { type: "string" },
    region: { type: "string" },
    edition: { type: "string" },
    key: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: [1, 1],
  run,
};

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const contest = contestFrom(command, args);
  const region = regionFrom(args);
  const reader = await Reader.open(openSource(args.positionals[0] ?? "").files, args.text("key"));
  const edition = await reader.edition(args.number("edition"));
  const { hash, ...view } = await readRegion(reader, edition, contest, region);
  const { number, time } = edition.edition;
  if (args.flag("json")) {
    const proof = { ok: true, root: edition.edition.results[contest], object: hash, checkpoint: reader.checkpointText };
    printJson(io, { edition: number, time, contest, ...view, proof: { ...proof, key: reader.trust } });
    return 0;
  }
  const { count, recap } = view;
  io.out(`${view.name} (${view.region}), ${contest}, edition ${number} of ${new Date(time).toISOString()}\n`);
  io.out(
    `Stations: ${grouped(count.expected)} expected, ${grouped(count.in)} in, ${grouped(count.withVotes)} with votes, ` +
      `${grouped(count.posted)} posted, ${grouped(count.held)} held; ${grouped(recap.read)} read in plenaries (${view.status}).\n`,
  );
  const ids = Object.keys(count.parties ?? count.votes);
  const line = (label: string, row: RowView | typeof view) => {
    const votes = row.count.parties ?? row.count.votes;
    io.out(`${label.padEnd(36)}${ids.map((id) => grouped(votes[id] ?? 0).padStart(12)).join("")}\n`);
  };
  io.out(`${"".padEnd(36)}${ids.map((id) => id.padStart(12)).join("")}\n`);
  for (const child of view.children) line(`${child.region} ${child.name}`.slice(0, 35), child);
  line("Total posted", view);
  io.out(`${"Held".padEnd(36)}${ids.map((id) => grouped(count.heldVotes[id] ?? 0).padStart(12)).join("")}\n`);
  io.out(`Verified: every object down to this one. ${trustLine(reader)}\n`);
  return 0;
}
