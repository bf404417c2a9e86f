/**
 * The public side: static files over HTTP, and nothing else. It is the fall-back for a CDN or a web server of its own, so it
 * does what those do with the same folder: entity tags, caching by kind of file, brotli and gzip, HEAD. It opens no database, knows no key
 * and takes no body, so nothing that reaches it can reach the intake.
 */
import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type CachedFile, CachedFiles, type LargeFile } from "./cached-files.ts";
import { acceptedCodings } from "./codings.ts";

export interface PublicOptions {
  /** The published folder. */
  readonly publicFolder: string;
  /** Where the site's own files are, if they are not published with the rest. */
  readonly siteFolder?: string;
  readonly maxConnections?: number;
  /** For so many milliseconds what changes is answered without looking whether it has; a cache keeps it for longer. */
  readonly unlookedFor?: number;
}

/** For everyone, from any page: what is published is meant to be checked by programs that are not ours. */
const COMMON = {
  "access-control-allow-origin": "*",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
} as const;

/** A server of the public folder; `listen` is the caller's. */
export function publicServer(options: PublicOptions): Server {
  const { publicFolder, siteFolder, maxConnections = 10_000, unlookedFor = 0 } = options;
  const folders = siteFolder === undefined ? [publicFolder] : [publicFolder, siteFolder];
  const files = new CachedFiles(folders, unlookedFor);
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 8_192 },
    (request, response) => answer(files, request, response),
  );
  server.maxConnections = maxConnections;
  server.keepAliveTimeout = 10_000;
  // A reader that takes nothing for this long is gone, or wants to hold us up.
  server.setTimeout(20_000);
  return server;
}

function answer(files: CachedFiles, request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { ...COMMON, allow: "GET, HEAD", "content-length": 0, connection: "close" }).end();
    return;
  }
  const file = files.get(pathOf(request.url ?? "/"));
  if (file === null) {
    response.writeHead(404, { ...COMMON, "cache-control": "max-age=1", "content-length": 0 }).end();
  } else if ("body" in file) {
    sendKept(file, request, response);
  } else {
    sendLarge(file, request, response);
  }
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  const path = url.slice(1, query < 0 ? undefined : query);
  return path === "" ? "index.html" : path;
}

function sendKept(file: CachedFile, request: IncomingMessage, response: ServerResponse): void {
  if (request.headers["if-none-match"]?.includes(file.tag) === true) {
    response.writeHead(304, commonHeaders(file)).end();
    return;
  }
  const { bytes, coding } = file.body.in(acceptedCodings(request.headers["accept-encoding"]));
  // A list and not an object, which node would take apart for every answer.
  const headers = [...commonHeaders(file), "content-type", file.type, "content-length", String(bytes.length)];
  if (coding !== null) headers.push("content-encoding", coding);
  response.writeHead(200, headers);
  response.end(request.method === "HEAD" ? undefined : bytes);
}

const COMMON_LIST = Object.entries(COMMON).flat();

/** Names and values in turn. */
const commonHeaders = ({ cacheControl, tag }: CachedFile): string[] => [
  ...COMMON_LIST,
  "cache-control",
  cacheControl,
  "etag",
  tag,
  "vary",
  "accept-encoding",
];

function sendLarge(file: LargeFile, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    ...COMMON,
    "cache-control": file.cacheControl,
    "content-type": file.type,
    "content-length": file.size,
  });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const stream = createReadStream(file.path, { end: file.size - 1 });
  stream.on("error", () => response.destroy());
  response.on("close", () => stream.destroy());
  stream.pipe(response);
}
