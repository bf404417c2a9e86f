/**
 * `teguh start --kecamatan`: a hall's one process under a supervisor, which starts it again should it die. Also the file that the
 * supervisor runs.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isOutOfRoom } from "../store/room.ts";
import { answerPings } from "./channel.ts";
import { ownFigures } from "./eyes/figures.ts";
import { type LogFormat, lineWriter } from "./eyes/lines.ts";
import { type HallAddresses, type HallOptions, type RunningHall, startHall } from "./hall-role.ts";
import { CANNOT_RUN, REPLACED, Supervisor } from "./supervisor.ts";

export interface StartHallOptions {
  /** The laptop's data folder, made from a bundle. */
  readonly data: string;
  readonly publicPort: number;
  readonly intakePort: number;
  readonly deskPort: number;
  readonly host?: string | undefined;
  /** Https for the hall's devices; null: nobody comes but from this machine. */
  readonly network: HallOptions["network"];
  readonly site?: string | undefined;
  /** Told each time the hall is ready: its addresses. */
  readonly onReady: (addresses: HallAddresses) => void;
  /** A line each for what a person should know. */
  readonly log: (line: string) => void;
  /** In which form the process that is started says such a line. */
  readonly logFormat: LogFormat;
  /** Ends everything, cleanly. */
  readonly signal: AbortSignal;
}

const SITE_FOLDER = fileURLToPath(new URL("../../dist/results", import.meta.url));
const DESK_FOLDER = fileURLToPath(new URL("../../dist/desk", import.meta.url));

/** Runs until the signal, or until it can run no longer; the exit code. */
export async function runHall({ onReady, log, signal, ...options }: StartHallOptions): Promise<number> {
  const supervisor = new Supervisor({
    roles: [{ name: "hall", file: fileURLToPath(import.meta.url), args: argumentsOf(options) }],
    onReady: (_name, addresses) => onReady(JSON.parse(addresses) as HallAddresses),
    log,
  });
  signal.addEventListener("abort", () => supervisor.stop(), { once: true });
  // Asked to stop while the folder was still being made.
  if (signal.aborted) return 0;
  return supervisor.run();
}

/** A child's arguments: what {@link runChild} reads. */
function argumentsOf({
  data,
  publicPort,
  intakePort,
  deskPort,
  host,
  network,
  site,
  logFormat,
}: Omit<StartHallOptions, "onReady" | "log" | "signal">): string[] {
  const given = {
    data,
    "public-port": String(publicPort),
    "intake-port": String(intakePort),
    "desk-port": String(deskPort),
    host,
    network: network === null ? undefined : JSON.stringify(network),
    site,
    log: logFormat,
  };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
}

/** As a child of the supervisor: its channel carries the addresses up, and its end means that the supervisor is gone. */
async function runChild(): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      data: text,
      "public-port": text,
      "intake-port": text,
      "desk-port": text,
      host: text,
      network: text,
      site: text,
      log: text,
    },
  });
  const ended = Promise.withResolvers<number>();
  // Ctrl-C reaches the whole group; the supervisor decides when its child stops.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => ended.resolve(0));
  process.on("disconnect", () => ended.resolve(0));
  answerPings(ownFigures(() => ({})));
  const log = lineWriter(values.log === "json" ? "json" : "text", (text) => process.stderr.write(text));
  let hall: RunningHall;
  try {
    hall = await startHall({
      data: values.data ?? "",
      publicPort: Number(values["public-port"]),
      intakePort: Number(values["intake-port"]),
      deskPort: Number(values["desk-port"]),
      host: values.host,
      network: values.network === undefined ? null : (JSON.parse(values.network) as HallOptions["network"]),
      site: values.site,
      siteFolder: SITE_FOLDER,
      deskFolder: DESK_FOLDER,
      log,
      onEnd(cause) {
        if (cause !== "replaced") log(explain(cause.error));
        ended.resolve(cause === "replaced" ? REPLACED : 1);
      },
    });
  } catch (error) {
    log(explain(error));
    // With some room the next attempt can succeed.
    return isOutOfRoom(error) ? 1 : CANNOT_RUN;
  }
  process.send?.(JSON.stringify(hall.addresses));
  const code = await ended.promise;
  await hall.close();
  return code;
}

const explain = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

if (import.meta.main) process.exit(await runChild());
