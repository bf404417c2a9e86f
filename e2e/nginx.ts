// Starts the distribution's nginx with the configuration of this repository, for tests and measurements.
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { edgeKeys } from "../src/intake/edge.ts";
import { until } from "./until.ts";

const EDGE = fileURLToPath(new URL("../edge/nginx/", import.meta.url));
const PROGRAM = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"].find(
  (path) => spawnSync(path, ["-v"]).status === 0,
);
const MODULES = "/usr/lib/nginx/modules/";
const NJS = `${MODULES}ngx_http_js_module.so`;
const BROTLI = ["filter", "static"].map((part) => `${MODULES}ngx_http_brotli_${part}_module.so`);

export const hasNginx = PROGRAM !== undefined;
/** Whether this nginx can run the script that checks passes. */
export const hasNjs = hasNginx && existsSync(NJS);
/** Whether this nginx has the modules that the shipped configuration of the public folder packs best with. */
export const hasBrotli = hasNginx && BROTLI.every((file) => existsSync(file));

export interface Nginx {
  readonly url: string;
  /** Of the one worker; of the first where there are more. */
  readonly workerPid: number;
  readonly workerPids: readonly number[];
  close(): Promise<void>;
}

/** Where the door listens behind nginx, and what nginx is given. */
export interface DoorBehind {
  readonly port: number;
  /** Of the door's passes: 32 bytes. */
  readonly secret: Uint8Array;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** What must be elsewhere in a test: nothing of it says how requests are answered. */
function surroundings(folder: string, workers = "1"): { readonly top: string; readonly http: string } {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  // The folders of tests are open to who runs them alone; started by root, nginx would give its worker another user.
  const user = process.getuid?.() === 0 ? "user root;\n" : "";
  return { top: `${user}worker_processes ${workers};\npid ${folder}/pid;`, http: temporary.join("\n  ") };
}

/**
 * One worker that serves `root`, with the part of the configuration that every server of ours includes. `brotli`: with the modules
 * for it, as shipped, or as a mirror that has none; absent: as shipped wherever they are there.
 */
export async function startNginx(root: string, { brotli = hasBrotli } = {}): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), "teguh-nginx-"));
  cpSync(EDGE, folder, { recursive: true });
  if (!brotli) rmSync(join(folder, "teguh-brotli.conf"));
  const port = await freePort();
  const { top, http } = surroundings(folder);
  const config = `${top}
error_log ${folder}/error.log warn;
${brotli ? BROTLI.map((file) => `load_module ${file};`).join("\n") : ""}
events { worker_connections 1024; }
http {
  ${http}
  access_log off;
  sendfile on;
  tcp_nopush on;
  server_tokens off;
  include teguh-cache.conf;
  server {
    listen 127.0.0.1:${port} backlog=1024;
    root ${root};
    include teguh-public.conf;
  }
}
`;
  return run(folder, config, `http://127.0.0.1:${port}/`);
}

/**
 * nginx before a door, with the whole configuration as it is shipped; only its addresses, its certificate and its user are the
 * test's. `tls`: on, as shipped, or off for those who measure something else. `port`: absent, any that is free; `workers`: as
 * nginx takes it, absent: one.
 */
export async function startNginxDoor(
  { port: door, secret }: DoorBehind,
  { tls, workers, ...given }: { readonly tls: boolean; readonly port?: number; readonly workers?: "auto" },
): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), "teguh-nginx-"));
  cpSync(EDGE, folder, { recursive: true });
  writeFileSync(join(folder, "teguh-secret.conf"), edgeKeys(secret, Date.now()));
  if (tls) makeCertificate(folder);
  const port = given.port ?? (await freePort());
  const { top, http } = surroundings(folder, workers);
  const shipped = readFileSync(join(EDGE, "door.conf"), "utf8");
  const config = shipped
    .replace(/^user .*\nworker_processes .*$/m, top)
    .replace("modules/ngx_http_js_module.so", NJS)
    .replace("http {", `http {\n  ${http}`)
    .replace("/var/log/nginx/error.log", `${folder}/error.log`)
    .replace(/127\.0\.0\.1:808[13]/g, `127.0.0.1:${door}`)
    .replace("listen 443 ssl", `listen 127.0.0.1:${port}${tls ? " ssl" : ""}`)
    .replace(/^.*listen \[::\]:443.*\n/m, "")
    .replaceAll("/etc/nginx/tls", folder);
  const plain = tls ? config : config.replace(/^ *ssl_.*\n/gm, "");
  return run(folder, plain, `${tls ? "https" : "http"}://127.0.0.1:${port}/`);
}

function makeCertificate(folder: string): void {
  const key = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-keyout",
    `${folder}/privkey.pem`,
  ];
  execFileSync(
    "openssl",
    ["req", "-x509", ...key, "-out", `${folder}/fullchain.pem`, "-days", "1", "-subj", "/CN=127.0.0.1"],
    { stdio: "ignore" },
  );
}

async function run(folder: string, config: string, url: string): Promise<Nginx> {
  if (PROGRAM === undefined) throw new Error("nginx is not installed");
  writeFileSync(join(folder, "nginx.conf"), config);
  const args = ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log"), "-g", "daemon off;"];
  const running = spawn(PROGRAM, args, { stdio: ["ignore", "inherit", "inherit"] });
  await until("nginx has a worker", () => {
    if (running.exitCode !== null) throw new Error(`nginx ended: ${readFileSync(join(folder, "error.log"), "utf8")}`);
    return workersOf(running).length > 0;
  });
  await until("nginx listens", () => listens(url));
  const workerPids = workersOf(running);
  return { url, workerPids, workerPid: workerPids[0] ?? 0, close: () => close(running, folder) };
}

/** Whether somebody takes a connection there: asked for no file, since what is served may be another server's. */
async function listens(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const stood = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return stood;
}

function workersOf({ pid }: ChildProcess): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return children === "" ? [] : children.split(" ").map(Number);
}

async function close(running: ChildProcess, folder: string): Promise<void> {
  const ended = once(running, "exit");
  running.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
