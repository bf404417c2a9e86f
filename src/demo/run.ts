/**
 * The demonstration, alive: founds the election if the folder is new, then runs the very processes of a real one under their
 * supervisor, and with them the phones. It goes on until it is told to stop; started again on the same folder, it goes on
 * where it was.
 */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publicKeyOf } from "#ed25519";
import { signEndpoints } from "../election/endpoints.ts";
import { fromUtf8 } from "../ledger/bytes.ts";
import { ed25519Signer, vkeyOf } from "../ledger/note.ts";
import { keyName } from "../ledger/statement.ts";
import { KEPT } from "../server/main.ts";
import { ROLES, type Role } from "../server/roles.ts";
import { Supervisor } from "../server/supervisor.ts";
import { loadKeys } from "../store/keys.ts";
import { type DemoElection, ORIGIN } from "./election.ts";
import { foundDemo } from "./founding.ts";
import { clockOf, type Run, readClock, writeClock, writeRun } from "./settings.ts";

/** The roles that people go to. */
type ListeningRole = Exclude<Role, "core" | "publish">;

export interface DemoOptions extends DemoElection {
  readonly data: string;
  /** Seconds of the demonstration in one of ours. */
  readonly speed: number;
  /** 0: any that is free. */
  readonly publicPort: number;
  readonly intakePort: number;
  readonly deskPort: number;
  readonly photosPort: number;
  /** Told when a role that listens is ready, and again if it had to be started anew. */
  readonly onReady: (role: ListeningRole, address: string) => void;
  /** A line each for what a person should know. */
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** How often the clock is written down, in milliseconds: so much may be sent again after a power cut. */
const SAVE_EVERY = 2_000;

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Roles that are more here than in a real election. */
const OWN_FILES: Readonly<Partial<Record<Role, string>>> = {
  core: fileOf("./core-process.ts"),
  desk: fileOf("./desk-process.ts"),
};

/** Runs until the signal; the exit code. @throws OtherElection, KeysError, StoreUnusable */
export async function runDemo(options: DemoOptions): Promise<number> {
  const { data, speed, log, onReady, signal } = options;
  const { seed, stations } = options;
  const founded = await foundDemo(data, { seed, stations }, log);
  if (signal.aborted) return 0;
  const publicPort = options.publicPort || (await freePort());
  const intakePort = options.intakePort || (await freePort());
  const deskPort = options.deskPort || (await freePort());
  const photosPort = options.photosPort || (await freePort());
  const doors = doorsOf(data, founded.tag, intakePort);
  const photos = `http://localhost:${photosPort}/`;
  const here = (port: number) => `http://127.0.0.1:${port}/`;
  const addresses = { door: here(intakePort), site: here(publicPort), desk: here(deskPort) };
  const run: Run = { ...founded, ...doors, photos, addresses, from: readClock(data), began: Date.now(), speed };
  writeRun(data, run);
  const clock = clockOf(run);
  const save = () => writeClock(data, clock.now());
  const saving = setInterval(save, SAVE_EVERY);
  const server = fileOf("../server/main.ts");
  const ports = Object.entries({ public: publicPort, intake: intakePort, photos: photosPort, desk: deskPort });
  const portArgs = ports.flatMap(([name, port]) => [`--${name}-port`, String(port)]);
  const args = (role: string) => ["--role", role, "--data", data, ...portArgs];
  const supervisor = new Supervisor({
    roles: [
      ...ROLES.map((name) => ({ name, file: OWN_FILES[name] ?? server, args: args(name), ...KEPT[name] })),
      { name: "phones", file: fileOf("./phones-process.ts"), args: ["--data", data] },
    ],
    onReady: (name, address) => {
      if (isListening(name)) onReady(name, address);
    },
    log,
  });
  signal.addEventListener("abort", () => supervisor.stop(), { once: true });
  try {
    return await supervisor.run();
  } finally {
    clearInterval(saving);
    save();
  }
}

const isListening = (name: string): name is ListeningRole => ["public", "intake", "desk"].includes(name);

/** What phones are told of the doors: there is one. A second name of it would have each pass end the other's. */
function doorsOf(
  data: string,
  election: string,
  port: number,
): { readonly endpoints: string; readonly centre: string } {
  const { centre: seed } = loadKeys(join(data, "keys"));
  const publicKey = publicKeyOf(seed);
  const centre = ed25519Signer(keyName(ORIGIN, publicKey), seed);
  const time = Date.now();
  const urls = [`http://localhost:${port}/`];
  const endpoints = signEndpoints({ election, number: time, time, urls }, centre);
  return { endpoints: fromUtf8(endpoints), centre: vkeyOf(centre.name, publicKey) };
}

/** A port that nobody has: the phones must know the door before it is there. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
