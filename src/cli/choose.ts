/** The options that say which part of an election is meant, read the same way by every command. */
import { CONTEST_KINDS, type ContestKind, isRegionCode, type RegionCode } from "../election/codes.ts";
import { contestOf } from "./archive/files.ts";
import { type Arguments, type Command, CommandError, need } from "./command.ts";

/** `--contest`: ours (`dpr`) or the archive's name (`pdpr`). Throws {@link CommandError}. */
export function contestFrom(command: Command, args: Arguments): ContestKind {
  const name = need(command, args, "contest");
  const kind = contestOf(name);
  if (kind === null)
    throw new CommandError(`--contest: there is no contest "${name}"; it is one of ${CONTEST_KINDS.join(", ")}`);
  return kind;
}

/** `--region`, the whole nation if not given. Throws {@link CommandError}. */
export function regionFrom(args: Arguments): RegionCode {
  const code = args.text("region") ?? "0";
  if (!isRegionCode(code))
    throw new CommandError(`--region: "${code}" is no region; give 0 or a code of 2, 4, 6 or 10 digits`);
  return code;
}
