/** `teguh edge`: the keys by which an nginx before the door checks passes, as the file that its configuration includes. */
import { join } from "node:path";
import { edgeKeys } from "../intake/edge.ts";
import { DOOR_NODE, passSecret } from "../intake/pass.ts";
import { loadKeys, logSeed } from "../store/keys.ts";
import { type Arguments, type Command, CommandError, type ExitCode, type Io, need } from "./command.ts";
import { electionIn } from "./data-folder.ts";

export const command: Command = {
  usage: "edge --data DIR",
  summary: "Prints teguh-secret.conf for the nginx before the door; to be made anew every week.",
  options: { data: { type: "string" } },
  positionals: [0, 0],
  run,
};

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const data = need(command, args, "data");
  const election = electionIn(data);
  if (election === null)
    throw new CommandError(`${data} has no election yet; make one with teguh init or teguh import`);
  const { master } = loadKeys(join(data, "keys"));
  const secret = passSecret((origin) => logSeed(master, origin), election.origin, DOOR_NODE);
  io.out(edgeKeys(secret, Date.now()));
  return 0;
}
