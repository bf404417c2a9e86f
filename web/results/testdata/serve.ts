/** Serves the built page with the invented election over http on loopback, for the browser tests and for looking at it. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Published } from "./fixture.ts";

export interface Served {
  readonly url: string;
  /** Paths asked for since the last call, with their compressed sizes. */
  requests(): { path: string; bytes: number }[];
  close(): Promise<void>;
}

/** `files` may be changed while it is served. */
export async function serveFixture(files: Published, port = 0): Promise<Served> {
  const html = readFileSync(new URL("../../../dist/results/index.html", import.meta.url));
  let seen: { path: string; bytes: number }[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").slice(1);
    const bytes = path === "" ? html : files.get(path);
    if (bytes === undefined) {
      seen.push({ path, bytes: 0 });
      response.writeHead(404).end();
      return;
    }
    const zipped = gzipSync(bytes, { level: 9 });
    seen.push({ path, bytes: zipped.length });
    const type = path === "" ? "text/html; charset=utf-8" : "application/octet-stream";
    const cache = path.startsWith("object/") ? "max-age=31536000, immutable" : "no-store";
    response.writeHead(200, { "content-type": type, "content-encoding": "gzip", "cache-control": cache }).end(zipped);
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests() {
      const all = seen;
      seen = [];
      return all;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
