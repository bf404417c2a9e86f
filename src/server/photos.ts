/**
 * The door for photos over HTTP: resumable uploads by tus 1.0 (@tus/server), behind the same pass as sheets.
 *
 *   POST  /photo          begins an upload; Upload-Length, Upload-Metadata: station, contest, list, paper → 201, Location
 *   HEAD  /photo/<paper>  how much is there; all of it once it is published
 *   PATCH /photo/<paper>  the bytes from an offset on → 204; the last ones once it is published
 *
 * An upload's address follows from the photo, so a phone that has forgotten everything asks for it and goes on. What refuses
 * without a byte of the body is asked first: the pass, the device's bucket, then room. A photo can always wait: the lane is
 * the lowest, the process has the lowest priority, and nothing here can take what a sheet needs.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Metadata, Server as TusServer } from "@tus/server";
import { paperHash } from "../election/page-list.ts";
import { MOST_PHOTO_BYTES } from "../election/photo.ts";
import { type PhotoRefusal, refusal } from "../photos/faults.ts";
import type { PhotoDoor } from "../photos/photo-door.ts";
import { uploadId } from "../photos/upload-notes.ts";

/** Whom a checked pass names; `bucket` is what its bucket is keyed by. */
export interface PhotoSender {
  readonly device: string;
  readonly bucket: string;
}

export interface PhotoServerOptions {
  readonly door: PhotoDoor;
  /** The holder of a pass, null if it is none of ours. */
  readonly holderOf: (pass: string) => PhotoSender | null;
  /** Takes one request from a device's bucket; 0, or the milliseconds until there is one. */
  readonly take: (bucket: string) => number;
  /** Bodies that are read at once. */
  readonly bodies?: number;
  readonly maxConnections?: number;
  /** In [0, 1): spreads `Retry-After`. */
  readonly random: () => number;
  /** For what should never happen: a bug of ours, or a disk that fails. */
  readonly log: (message: string) => void;
}

/** What has happened since the start, for whoever watches. */
export interface PhotoFigures {
  readonly published: number;
  readonly publishedBytes: number;
  /** By the code of the refusal. */
  readonly refused: ReadonlyMap<string, number>;
}

export interface PhotoServer {
  readonly server: Server;
  readonly figures: () => PhotoFigures;
}

const PATH = "/photo";
const SCHEME = "Teguh ";
const METHODS = new Set(["POST", "HEAD", "PATCH", "DELETE"]);
const BODIES = 64;
/** A body that brings fewer bytes than this between two looks only holds a place. Bytes, and milliseconds. */
const LEAST_BYTES = 2_048;
const LOOK_EVERY = 10_000;
/** Seconds after which who was turned away for want of a place comes again. */
const BUSY_WAIT = 20;

/** The server; `listen` is the caller's. */
export function photoServer(options: PhotoServerOptions): PhotoServer {
  const { door, random, log } = options;
  const senders = new WeakMap<object, PhotoSender>();
  const refused = new Map<string, number>();
  let published = 0;
  let publishedBytes = 0;
  let bodies = 0;

  const tus = new TusServer({
    path: PATH,
    datastore: door.files,
    maxSize: MOST_PHOTO_BYTES,
    relativeLocation: true,
    exposedHeaders: ["Retry-After"],
    namingFunction: (request, metadata) => idIn(request, metadata?.paper ?? ""),
    getFileIdFromRequest: (request, last = "") => idIn(request, last) || undefined,
    generateUrl: (_request, { path, id }) => `${path}/${id.slice(id.indexOf(".") + 1)}`,
    // Judged before this, when it is known what the sender may do; here only what is remembered is put in its place.
    onUploadCreate: async (request, upload) => ({ metadata: begun.get(nodeOf(request)) ?? upload.metadata ?? {} }),
    async onUploadFinish(_request, { id }) {
      const settled = await door.settle(id);
      if (settled === null) return asTus(refusal("failed", BUSY_WAIT));
      if ("refused" in settled) return asTus(settled.refused);
      published++;
      publishedBytes += settled.published;
      return {};
    },
  });
  /** What a creation that was allowed is remembered as. */
  const begun = new WeakMap<object, Record<string, string>>();

  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 600_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 4_096 },
    (request, response) => {
      route(request, response).catch((error: unknown) => {
        log(`${request.method} ${request.url?.slice(0, 80)}: ${error instanceof Error ? error.stack : error}`);
        if (!response.headersSent) refuse(request, response, refusal("failed", BUSY_WAIT));
      });
    },
  );
  server.maxConnections = options.maxConnections ?? 500;
  server.keepAliveTimeout = 10_000;
  server.setTimeout(20_000);
  return { server, figures: () => ({ published, publishedBytes, refused }) };

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "" } = request;
    if (method === "GET" && url === "/health") return void response.end("ok\n");
    const isHere = url === PATH || url.startsWith(`${PATH}/`);
    // A page asks before it sends; tus answers for every address alike.
    if (method === "OPTIONS" && isHere) return tus.handle(request, response);
    if (!METHODS.has(method) || !isHere) return refuse(request, response, refusal("not-found"));
    const sender = senderOf(request.headers.authorization);
    if (sender === null) return refuse(request, response, refusal("no-pass"));
    const wait = options.take(sender.bucket);
    if (wait > 0) return refuse(request, response, refusal("too-often", Math.ceil(wait / 1000)));
    senders.set(request, sender);
    if (method === "HEAD") return head(sender, request, response);
    if (method === "POST") return begin(sender, request, response);
    if (method === "DELETE") return tus.handle(request, response);
    return body(request, response);
  }

  /** A finished upload is judged again: the sheet that names it may have come, or we may have died before it was published. */
  async function head(sender: PhotoSender, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const paper = paperHash(request.url?.slice(PATH.length + 1) ?? "");
    if (paper === null) return refuse(request, response, refusal("not-found"));
    const settled = await door.settle(uploadId(sender.device, paper));
    if (settled !== null && "refused" in settled) return refuse(request, response, settled.refused);
    const size = door.published(paper);
    if (size === null) return tus.handle(request, response);
    const headers = { "tus-resumable": "1.0.0", "upload-offset": size, "upload-length": size };
    response.writeHead(200, { ...headers, ...OPEN, "cache-control": "no-store" }).end();
  }

  async function begin(sender: PhotoSender, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const size = Number(request.headers["upload-length"]);
    const answer = await door.begin(sender.device, metadataIn(request), size);
    if ("fault" in answer) return refuse(request, response, answer);
    begun.set(request, { ...answer.metadata });
    return body(request, response);
  }

  /** Gives the body a place while there is one, and takes it from who does not use it. */
  async function body(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (bodies >= (options.bodies ?? BODIES)) return refuse(request, response, refusal("busy", BUSY_WAIT));
    bodies++;
    let seen = request.socket.bytesRead;
    const look = setInterval(() => {
      const now = request.socket.bytesRead;
      if (now - seen < LEAST_BYTES) request.destroy();
      seen = now;
    }, LOOK_EVERY);
    // Not when tus is done with it: of a request that was cut off it never is.
    response.once("close", () => {
      clearInterval(look);
      bodies--;
    });
    await tus.handle(request, response);
  }

  function senderOf(authorization: string | undefined): PhotoSender | null {
    return authorization?.startsWith(SCHEME) ? options.holderOf(authorization.slice(SCHEME.length)) : null;
  }

  /** The upload's name: the device from its pass, the paper from the address; empty for what is no paper. */
  function idIn(request: Parameters<typeof nodeOf>[0], text: string): string {
    const sender = senders.get(nodeOf(request));
    const paper = paperHash(text);
    return sender === undefined || paper === null ? "" : uploadId(sender.device, paper);
  }

  /** Answers without having read the body; with one under way the connection ends. */
  function refuse(request: IncomingMessage, response: ServerResponse, why: PhotoRefusal): void {
    if (response.destroyed) return;
    if (Number(request.headers["content-length"] ?? 0) > 0 || request.headers["transfer-encoding"] !== undefined) {
      response.shouldKeepAlive = false;
      response.on("finish", () => request.destroy());
    }
    const { status_code, headers, body: text } = asTus(why);
    const shown = { ...headers, ...OPEN, "content-length": Buffer.byteLength(text), "tus-resumable": "1.0.0" };
    response.writeHead(status_code, { ...shown, "cache-control": "no-store" }).end(text);
  }

  function asTus({ status, fault, retryAfter }: PhotoRefusal) {
    refused.set(fault.code, (refused.get(fault.code) ?? 0) + 1);
    const later = retryAfter === undefined ? {} : { "retry-after": Math.ceil(retryAfter * (1 + random())) };
    const headers: Record<string, string | number> = { "content-type": "application/json", ...later };
    return { status_code: status, headers, body: JSON.stringify({ faults: [fault] }) };
  }
}

/** Whoever holds a pass may send from any page: the pass, not the page, is what is trusted. */
const OPEN = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Retry-After, Upload-Offset, Upload-Length, Location, Tus-Resumable",
};

/** What node:http gave for what tus calls a request. */
function nodeOf(request: { readonly runtime?: { readonly node?: { readonly req: object } | undefined } }): object {
  return request.runtime?.node?.req ?? request;
}

function metadataIn({ headers }: IncomingMessage): Record<string, string | null> {
  const text = headers["upload-metadata"];
  try {
    return typeof text === "string" ? Metadata.parse(text) : {};
  } catch {
    // Not of tus's form; what is missing from it is said.
    return {};
  }
}
