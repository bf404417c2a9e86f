// Starts the distribution's nginx on a folder with the configuration of this repository, for a test and a measurement.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "./until.ts";

const EDGE = fileURLToPath(new URL("../edge/nginx/", import.meta.url));
const PROGRAM = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"].find(
  (path) => spawnSync(path, ["-v"]).status === 0,
);

export const hasNginx = PROGRAM !== undefined;

export interface Nginx {
  readonly url: string;
  /** Of the one worker. */
  readonly workerPid: number;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** One worker that serves `root`, with the part of the configuration that every server of ours includes. */
export async function startNginx(root: string): Promise<Nginx> {
  if (PROGRAM === undefined) throw new Error("nginx is not installed");
  const folder = mkdtempSync(join(tmpdir(), "teguh-nginx-"));
  const port = await freePort();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  // The folders of tests are open to who runs them alone; started by root, nginx would give its worker another user.
  const user = process.getuid?.() === 0 ? "user root;\n" : "";
  const config = `${user}worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log warn;
events { worker_connections 1024; }
http {
  ${temporary.join("\n  ")}
  access_log off;
  sendfile on;
  tcp_nopush on;
  include ${EDGE}teguh-cache.conf;
  server {
    listen 127.0.0.1:${port} backlog=1024;
    root ${root};
    include ${EDGE}teguh-public.conf;
  }
}
`;
  writeFileSync(join(folder, "nginx.conf"), config);
  const args = ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log"), "-g", "daemon off;"];
  const running = spawn(PROGRAM, args, { stdio: ["ignore", "inherit", "inherit"] });
  const url = `http://127.0.0.1:${port}/`;
  await until("nginx answers", async () => {
    if (running.exitCode !== null) throw new Error(`nginx ended: ${readFileSync(join(folder, "error.log"), "utf8")}`);
    return fetch(url).then(
      () => true,
      () => false,
    );
  });
  return { url, workerPid: workerOf(running), close: () => close(running, folder) };
}

function workerOf({ pid }: ChildProcess): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  return Number(children[0]);
}

async function close(running: ChildProcess, folder: string): Promise<void> {
  const ended = once(running, "exit");
  running.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
