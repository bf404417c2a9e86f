/**
 * `teguh start`: all roles under a supervisor, or (`--role`) one of them in this process. Also the file that the supervisor runs.
 */
import { writeFileSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { RegionCode } from "../election/codes.ts";
import { isOutOfRoom } from "../store/room.ts";
import { answerPings, hearSeen } from "./channel.ts";
import type { Drill } from "./eyes/drill.ts";
import { ownFigures, type RoleFigures } from "./eyes/figures.ts";
import { type LogFormat, lineWriter } from "./eyes/lines.ts";
import { Watch } from "./eyes/watch.ts";
import type { Beside, DeskSettings, RunningRole } from "./roles/role.ts";
import { ROLES, type Role, startRole } from "./roles.ts";
import { CANNOT_RUN, REPLACED, type RoleProcess, Supervisor } from "./supervisor.ts";

export interface StartOptions {
  /** The data folder. */
  readonly data: string;
  /** Only this role; absent: all of them. */
  readonly role?: Role | undefined;
  readonly publicPort: number;
  readonly intakePort: number;
  readonly deskPort: number;
  readonly photosPort: number;
  readonly desk?: DeskSettings | undefined;
  /** Absent: every address of this machine. */
  readonly host?: string | undefined;
  /** Told once for every role that is ready: its address. */
  readonly onReady: (role: Role, address: string) => void;
  /** A line each for what a person should know. */
  readonly log: (line: string) => void;
  /** In which form the processes that are started say such a line. */
  readonly logFormat?: LogFormat | undefined;
  /** Of the desk in a process of its own: what the supervisor tells of all roles. */
  readonly watch?: Watch | undefined;
  /** Told what a role that runs in this process has to tell, once it is ready. */
  readonly onFigures?: ((figures: () => RoleFigures) => void) | undefined;
  /** See `RoleOptions`. Only of a role that runs in this process. */
  readonly beside?: Beside | undefined;
  /** Ends everything, cleanly. */
  readonly signal: AbortSignal;
}

const SITE_FOLDER = fileURLToPath(new URL("../../dist/results", import.meta.url));
const DESK_FOLDER = fileURLToPath(new URL("../../dist/desk", import.meta.url));
/** Answers in hand are given this long to go out, in milliseconds. */
const LAST_ANSWERS = 5_000;

/**
 * How the supervisor keeps the roles. Those who ask stop before the one who is asked, the publisher after it, so that the last
 * that was acknowledged is in an edition, and reading goes on to the end. To fold a nation anew the publisher takes a minute or two
 * in which it answers nothing.
 */
export const KEPT: Readonly<Record<Role, Pick<RoleProcess, "step" | "hung" | "isTold">>> = {
  intake: { step: 0 },
  photos: { step: 0 },
  desk: { step: 0, isTold: true },
  core: { step: 1 },
  publish: { step: 2, hung: 300_000 },
  public: { step: 3 },
};

/** What a person calls the roles, in both languages. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  public: "Hasil untuk umum / Public results",
  intake: "Pintu masuk C.Hasil / Intake of sheets",
  photos: "Pintu masuk foto / Intake of photos",
  core: "Penulis catatan / Writer of the logs",
  publish: "Penerbit data / Publisher",
  desk: "Meja pleno / Plenary desk",
};

/** Runs until the signal, or until it can run no longer; the exit code. */
export function runStart(options: StartOptions): Promise<number> {
  return options.role === undefined ? superviseAll(options) : runRole(options.role, options);
}

async function superviseAll(options: StartOptions): Promise<number> {
  const { onReady, log, signal } = options;
  const args = argumentsOf(options);
  const file = fileURLToPath(import.meta.url);
  const supervisor = new Supervisor({
    roles: ROLES.map((name) => ({ name, file, args: ["--role", name, ...args], ...KEPT[name] })),
    onReady: (name, address) => onReady(name as Role, address),
    log,
  });
  signal.addEventListener("abort", () => supervisor.stop(), { once: true });
  return supervisor.run();
}

/** A child's arguments: what {@link runAsChild} reads. */
function argumentsOf({ data, desk = {}, host, logFormat, ...ports }: StartOptions): string[] {
  const { publicPort, intakePort, deskPort, photosPort } = ports;
  const { region, site } = desk;
  const given = {
    data,
    "public-port": String(publicPort),
    "intake-port": String(intakePort),
    "desk-port": String(deskPort),
    "photos-port": String(photosPort),
    host,
    region,
    site,
    log: logFormat,
  };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
}

async function runRole(role: Role, options: StartOptions): Promise<number> {
  const { data, host, beside, desk, onReady, log, signal } = options;
  const { publicPort, intakePort, deskPort, photosPort } = options;
  const ports = { public: publicPort, intake: intakePort, photos: photosPort, desk: deskPort, core: 0, publish: 0 };
  const port = ports[role];
  const ended = Promise.withResolvers<number>();
  let running: RunningRole;
  try {
    running = await startRole(role, {
      data,
      port,
      host,
      siteFolder: SITE_FOLDER,
      deskFolder: DESK_FOLDER,
      desk,
      beside,
      log: (line) => log(`${role}: ${line}`),
      confide: (line) => log(`${role}: ${options.logFormat === "json" ? keptApart(data, line) : line}`),
      watch: options.watch,
      onEnd: (cause) => {
        if (cause !== "replaced") log(`${role}: ${explain(cause.error)}`);
        ended.resolve(cause === "replaced" ? REPLACED : 1);
      },
    });
  } catch (error) {
    log(`${role}: ${explain(error)}`);
    // With some room the next attempt can succeed, and till then everyone can read.
    return isOutOfRoom(error) ? 1 : CANNOT_RUN;
  }
  options.onFigures?.(() => running.figures?.() ?? {});
  onReady(role, running.address);
  // Written at the end otherwise, which a process that is killed does not have: the next one would compile all of it again.
  flushCompileCache();
  signal.addEventListener("abort", () => ended.resolve(0), { once: true });
  if (signal.aborted) ended.resolve(0);
  const code = await ended.promise;
  await Promise.race([running.close(), new Promise((resolve) => setTimeout(resolve, LAST_ANSWERS).unref())]);
  return code;
}

/** Puts what no log may have where the person of this machine finds it; the line that says so. */
function keptApart(data: string, line: string): string {
  const path = join(data, "desk", "confided");
  writeFileSync(path, `${line}\n`, { mode: 0o600 });
  return `what only you may read is in ${path}`;
}

function explain(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** What only a demonstration adds to the roles. */
export interface OfDemonstration {
  readonly beside?: Beside;
  /** Of a data folder. */
  readonly openRoles?: (data: string) => NonNullable<DeskSettings["openRoles"]>;
  /** An attack that whoever watches may begin. */
  readonly drill?: (data: string) => Drill;
}

/** As a child of the supervisor: its channel carries the address up, and its end means that the supervisor is gone. */
export async function runAsChild({ beside, openRoles, drill }: OfDemonstration = {}): Promise<void> {
  const { values } = parseArgs({
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
    },
  });
  const role = ROLES.find((name) => name === values.role);
  if (role === undefined || values.data === undefined) throw new TypeError("a child needs --role and --data");
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  // Ctrl-C reaches the whole group; the supervisor decides when its children stop.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", stop);
  process.on("disconnect", stop);
  let own = (): RoleFigures => ({});
  answerPings(ownFigures(() => own()));
  const watch = new Watch();
  hearSeen((seen) => watch.tell(seen));
  const logFormat = values.log === "json" ? "json" : "text";
  const code = await runStart({
    data: values.data,
    role,
    publicPort: Number(values["public-port"]),
    intakePort: Number(values["intake-port"]),
    deskPort: Number(values["desk-port"]),
    photosPort: Number(values["photos-port"]),
    desk: {
      region: values.region as RegionCode | undefined,
      site: values.site,
      openRoles: openRoles?.(values.data),
      drill: drill?.(values.data),
    },
    host: values.host,
    beside,
    onReady: (_, address) => process.send?.(address),
    log: lineWriter(logFormat, (text) => process.stderr.write(text)),
    logFormat,
    watch,
    onFigures: (figures) => {
      own = figures;
    },
    signal: stopping.signal,
  });
  process.exit(code);
}

if (import.meta.main) await runAsChild();
