/** `teguh start`: the servers of an election; what they do is in `src/server`. */
import { isRegionCode, type RegionCode } from "../election/codes.ts";
import { LOG_FORMATS, lineWriter } from "../server/eyes/lines.ts";
import { ROLE_NAMES, runStart } from "../server/main.ts";
import { ROLES } from "../server/roles.ts";
import { type Arguments, type Command, CommandError, type ExitCode, type Io, need } from "./command.ts";
import { electionIn } from "./data-folder.ts";
import { startHallCommand } from "./start-hall.ts";

export const command: Command = {
  usage:
    "start --data DIR [--role ROLE] [--public-port 8080] [--intake-port 8081] [--desk-port 8082] [--photos-port 8083] [--host ADDRESS] " +
    "[--log text|json] [--region CODE] [--site URL] · start --kecamatan CODE [--bundle FILE | --from COPY] [--copy FOLDER] [--genesis ID] --data DIR " +
    "[--address IP,IP] [--desk-tls-port 8443] [--intake-tls-port 8444] …",
  summary:
    "Runs a founded election: public files, intakes of sheets and photos, publisher, plenary desk (of one region and those above and within); " +
    "or, from a bundle, one kecamatan's hall alone.",
  options: {
    data: { type: "string" },
    role: { type: "string" },
    "public-port": { type: "string" },
    "intake-port": { type: "string" },
    "desk-port": { type: "string" },
    "photos-port": { type: "string" },
    region: { type: "string" },
    site: { type: "string" },
    host: { type: "string" },
    log: { type: "string" },
    kecamatan: { type: "string" },
    bundle: { type: "string" },
    from: { type: "string" },
    copy: { type: "string" },
    genesis: { type: "string" },
    address: { type: "string" },
    "desk-tls-port": { type: "string" },
    "intake-tls-port": { type: "string" },
  },
  positionals: [0, 0],
  run,
};

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const data = need(command, args, "data");
  const logFormat = LOG_FORMATS.find((format) => format === (args.text("log") ?? "text"));
  if (logFormat === undefined) throw new CommandError(`--log is one of ${LOG_FORMATS.join(", ")}`);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const common = {
    data,
    publicPort: args.number("public-port") ?? 8080,
    intakePort: args.number("intake-port") ?? 8081,
    deskPort: args.number("desk-port") ?? 8082,
    host: args.text("host"),
    log: lineWriter(logFormat, (text) => io.err(text)),
    logFormat,
    signal: stopping.signal,
  };
  if (args.text("kecamatan") !== undefined) return startHallCommand(args, io, { ...common, site: args.text("site") });
  if (electionIn(data) === null)
    throw new CommandError(`${data} has no election yet; make one with teguh init or teguh import`);
  const name = args.text("role");
  const role = ROLES.find((known) => known === name);
  if (name !== undefined && role === undefined)
    throw new CommandError(`--role is one of ${ROLES.join(", ")}, not "${name}"`);
  const code = await runStart({
    ...common,
    role,
    photosPort: args.number("photos-port") ?? 8083,
    desk: { region: region(args), site: args.text("site") },
    onReady: (ready, address) => io.out(`${ROLE_NAMES[ready]}: ${address}\n`),
  });
  return code === 0 ? 0 : 2;
}

function region(args: Arguments): RegionCode | undefined {
  const code = args.text("region");
  if (code === undefined || (isRegionCode(code) && code.length <= 6)) return code;
  throw new CommandError(`--region: "${code}" has no plenary; give 0 or a code of 2, 4 or 6 digits`);
}
