/**
 * The door with the shipped nginx before it: what a refusal costs there, and how many TLS handshakes a second a processor gives. Left
 * out where nginx with njs is not installed.
 */
import { once } from "node:events";
import { connect as connectTls } from "node:tls";
import { hasNjs, type Nginx, startNginxDoor } from "../../e2e/nginx.ts";
import { type Outcome, percent, type StagedAttack } from "../attack-of.ts";
import { floodOf } from "../beside.ts";
import { loopbackOnly } from "../loopback.ts";
import { cpuOf } from "../servers.ts";
import type { Stage } from "../stage.ts";
import { forged, unsigned } from "./requests.ts";

/** Of what a sheet takes that is accepted through the same nginx, of nginx, door and core, in percent. */
const MOST = { unsigned: 3, forged: 5 };
const HANDSHAKES = { short: 200, long: 2_000 };
const AT_ONCE = 32;

async function before(stage: Stage, tls: boolean): Promise<Nginx> {
  const { port } = loopbackOnly(await stage.naked());
  return startNginxDoor(stage.doorBehind(port), { tls });
}

const edge: StagedAttack = {
  name: "edge",
  about: "refusals by the shipped nginx, and TLS handshakes",
  async run(stage): Promise<Outcome> {
    if (!hasNjs) {
      process.stderr.write("edge: nginx with njs (libnginx-mod-http-js) is not installed; not run\n");
      return { figures: [] };
    }
    const [stolen] = await stage.stolen();
    const plain = await before(stage, false);
    const costs = { accept: 0, unsigned: 0, forged: 0 };
    try {
      costs.accept = await stage.costOfAccept(plain);
      costs.unsigned = await costOf(stage, plain, unsigned());
      costs.forged = await costOf(stage, plain, forged(stolen?.pass ?? ""));
    } finally {
      await plain.close();
    }
    const secure = await before(stage, true);
    const count = stage.short ? HANDSHAKES.short : HANDSHAKES.long;
    try {
      const whole = await handshakes(secure, count, false);
      const resumed = await handshakes(secure, count, true);
      return {
        figures: [
          ...(["unsigned", "forged"] as const).map((kind) => ({
            what: `edge: ${kind === "unsigned" ? "no pass" : "a forged pass"}, ${costs[kind].toFixed(1)} µs of an accept's ${costs.accept.toFixed(0)} µs`,
            value: percent(costs[kind] / costs.accept),
            unit: "%",
            atMost: MOST[kind],
          })),
          { what: "edge: TLS handshakes, whole, for each second of nginx's processor time", value: whole, unit: "/s" },
          { what: "edge: TLS handshakes, resumed, the same", value: resumed, unit: "/s" },
        ],
      };
    } finally {
      await secure.close();
    }
  },
};

/** Microseconds of nginx's processor time for each refusal. */
async function costOf(stage: Stage, { url, workerPid }: Nginx, requests: readonly Buffer[]): Promise<number> {
  const flood = floodOf(stage, "edge", requests, { target: url, rate: 0, connections: 32 });
  const cpu = cpuOf(workerPid);
  const { answers } = await flood(stage.short ? 1_500 : 4_000);
  return ((cpuOf(workerPid) - cpu) * 1e6) / (answers["401"] ?? 0);
}

/** Handshakes for each second of nginx's processor time. */
async function handshakes({ url, workerPid }: Nginx, count: number, resumed: boolean): Promise<number> {
  const port = Number(new URL(url).port);
  let session: Buffer | undefined;
  const shake = async () => {
    const socket = connectTls({ host: "127.0.0.1", port, rejectUnauthorized: false, ...(session ? { session } : {}) });
    socket.on("error", () => undefined);
    if (resumed && session === undefined) {
      socket.once("session", (given: Buffer) => {
        session = given;
      });
      socket.resume();
    }
    await once(socket, "secureConnect");
    // The ticket comes after the handshake: whoever wants one has to stay for it.
    if (resumed && session === undefined) await once(socket, "session");
    socket.destroy();
  };
  await shake();
  const cpu = cpuOf(workerPid);
  let left = count;
  const lane = async () => {
    while (left-- > 0) await shake();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return count / (cpuOf(workerPid) - cpu);
}

export const edges: readonly StagedAttack[] = [edge];
