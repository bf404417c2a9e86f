/**
 * What every command is made of: its options, its one-line errors, its progress and its exit codes.
 *
 * Programs rely on this: the answer (text, or JSON with `--json`) is alone on standard output, all else is on standard
 * error, and the exit code is 0 (done, holds), 1 (done, but something does not hold) or 2 (could not be done).
 */
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

export type ExitCode = 0 | 1 | 2;

export interface Io {
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
}

/** The arguments of a call, as node:util parses them. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** The value of an option; undefined if it was not given. */
  text(name: string): string | undefined;
  flag(name: string): boolean;
  /** A whole number from 0; undefined if not given. Throws {@link CommandError}. */
  number(name: string): number | undefined;
}

export interface Command {
  /** What follows `teguh`, e.g. `keys DIR|URL [--json]`. */
  readonly usage: string;
  /** One line: what it does. */
  readonly summary: string;
  readonly options: ParseArgsOptionsConfig;
  /** The least and most positional arguments. */
  readonly positionals: readonly [number, number];
  run(args: Arguments, io: Io): Promise<ExitCode>;
}

/** The command cannot be carried out (exit code 2); the message is one line and says what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** The arguments after the command's name. Throws {@link CommandError} naming the argument that does not fit. */
export function readArguments(command: Command, args: readonly string[]): Arguments {
  const { values, positionals } = parse(command, args);
  const [least, most] = command.positionals;
  if (positionals.length < least || positionals.length > most) throw new CommandError(`usage: teguh ${command.usage}`);
  const text = (name: string) => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    positionals,
    text,
    flag: (name) => values[name] === true,
    number: (name) => {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^\d{1,15}$/.test(value)) throw new CommandError(`--${name} takes a whole number, not "${value}"`);
      return Number(value);
    },
  };
}

function parse(command: Command, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: command.options, allowPositionals: true, strict: true });
  } catch (error) {
    // node's own first sentence names the argument; what follows it is advice for programmers.
    const reason = error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error);
    throw new CommandError(`${reason}; usage: teguh ${command.usage}`);
  }
}

/** The value of an option that the command cannot do without. Throws {@link CommandError}. */
export function need(command: Command, args: Arguments, name: string): string {
  const value = args.text(name);
  if (value === undefined) throw new CommandError(`--${name} is missing; usage: teguh ${command.usage}`);
  return value;
}

/** Writes a JSON answer. */
export function printJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}

const QUIET_MS = 1_000;
const EVERY_MS = 2_000;

/** Says on standard error how far the work is, once it takes more than a second. */
export class Progress {
  readonly #io: Io;
  readonly #now: () => number;
  #next: number;

  constructor(io: Io, now: () => number = () => performance.now()) {
    this.#io = io;
    this.#now = now;
    this.#next = now() + QUIET_MS;
  }

  /** Called as often as is handy; `text` is made only when it is due. */
  tell(text: () => string): void {
    const now = this.#now();
    if (now < this.#next) return;
    this.#next = now + EVERY_MS;
    this.#io.err(`${text()}\n`);
  }
}

/** A number as people here write it: 48.199. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ".");
}
