/**
 * The `teguh` command: finds the command that was asked for, runs it, and turns every failure into one clear line.
 *
 * Each command is a file of its own, loaded only when it is called: `teguh keys` should not wait for the demonstration.
 */
import { type Command, CommandError, type ExitCode, type Io, readArguments } from "./command.ts";

type Load = () => Promise<{ readonly command: Command }>;

/** All commands, in the order in which the help lists them. */
const COMMANDS: ReadonlyMap<string, Load> = new Map<string, Load>([
  ["demo", () => import("../demo/command.ts")],
  ["init", () => import("./init.ts")],
  ["start", () => import("./start.ts")],
  ["edge", () => import("./edge.ts")],
  ["import", () => import("./import.ts")],
  ["verify", () => import("./verify.ts")],
  ["results", () => import("./results.ts")],
  ["account", () => import("./account.ts")],
  ["export", () => import("./export.ts")],
  ["receipt", () => import("./receipt.ts")],
  ["keys", () => import("./keys.ts")],
  ["bundle", () => import("./bundle.ts")],
  ["log", () => import("./log.ts")],
]);

/** Runs one call, `argv` without the program's name, and returns its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name = "help", ...rest] = argv;
  if (name === "help" || name === "--help" || name === "-h") return help(io);
  const load = COMMANDS.get(name);
  if (load === undefined) {
    io.err(`teguh: there is no command "${name}"; "teguh help" lists them\n`);
    return 2;
  }
  try {
    const { command } = await load();
    if (rest.includes("--help")) {
      io.out(`teguh ${command.usage}\n  ${command.summary}\n`);
      return 0;
    }
    return await command.run(readArguments(command, rest), io);
  } catch (error) {
    io.err(`teguh ${name}: ${explain(error)}\n`);
    return 2;
  }
}

async function help(io: Io): Promise<ExitCode> {
  for (const load of COMMANDS.values()) {
    const { command } = await load();
    io.out(`teguh ${command.usage}\n    ${command.summary}\n`);
  }
  return 0;
}

/** Expected failures say what to do in their message; our own bugs need the place where they happened. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const bug = ["TypeError", "RangeError", "ReferenceError", "AssertionError"].includes(error.name);
  const known = error instanceof CommandError || !bug;
  return known ? (error.message.split("\n")[0] ?? "") : `internal error: ${error.stack ?? error.message}`;
}

if (import.meta.main) {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // `teguh … | head` closes the pipe: nobody is reading, so nothing is left to be said.
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  process.exitCode = await main(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
}
