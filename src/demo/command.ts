/** `teguh demo`: the demonstration election, alive. What it plays is in the other files of this folder. */
import { type Arguments, type Command, CommandError, type ExitCode, type Io } from "../cli/command.ts";
import { ROLE_NAMES } from "../server/main.ts";
import { ALL_STATIONS, LEAST_STATIONS } from "./bali.ts";
import { SPEED } from "./calendar.ts";
import { runDemo } from "./run.ts";

const DATA = "data/demo";
const SEED = "1";

export const command: Command = {
  usage:
    "demo [--data DIR] [--speed X] [--stations N] [--seed S] [--public-port 8080] [--intake-port 8081] " +
    "[--desk-port 8082] [--photos-port 8083]",
  summary: `Runs a simulated election night in Bali; X seconds pass in one (${SPEED}), in DIR (${DATA}).`,
  options: {
    data: { type: "string" },
    speed: { type: "string" },
    stations: { type: "string" },
    seed: { type: "string" },
    "public-port": { type: "string" },
    "intake-port": { type: "string" },
    "desk-port": { type: "string" },
    "photos-port": { type: "string" },
  },
  positionals: [0, 0],
  run,
};

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const stations = args.number("stations") ?? ALL_STATIONS;
  if (stations < LEAST_STATIONS || stations > ALL_STATIONS)
    throw new CommandError(`--stations is a number from ${LEAST_STATIONS} to ${ALL_STATIONS}, not ${stations}`);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const code = await runDemo({
    data: args.text("data") ?? DATA,
    speed: Math.max(1, args.number("speed") ?? SPEED),
    stations,
    seed: args.text("seed") ?? SEED,
    publicPort: args.number("public-port") ?? 8080,
    intakePort: args.number("intake-port") ?? 8081,
    deskPort: args.number("desk-port") ?? 8082,
    photosPort: args.number("photos-port") ?? 8083,
    onReady(role, address) {
      io.out(`${ROLE_NAMES[role]}: ${address}\n`);
      if (role === "desk")
        io.out(`Keadaan server, dan serangan yang disimulasikan / State of the servers: ${address}status\n`);
    },
    log: (line) => io.err(`${line}\n`),
    signal: stopping.signal,
  });
  return code === 0 ? 0 : 2;
}
