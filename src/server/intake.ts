/**
 * The intake over HTTP: what the door judges, carried by node:http with every limit set.
 *
 *   POST /sheet[?expect=latest]   a sheet's note → 200 its receipt
 *   POST /statements              notes, each behind its length (uint16 BE) → 200 [{status, receipt | faults | latest}]
 *   GET  /pass                    → 200 {challenge};   POST /pass  the signed challenge → 200 {pass, until}
 *   GET  /health                  → 200 when a sheet could be taken
 *
 * HTTP/1.1 only: HTTP/2's cheap resets end at the edge. A request that is refused by its headers is answered before its body is
 * read, and its connection closed, so that nobody can make us read what we have already refused.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Answer, faultsAnswer, jsonAnswer, malformedNote, NOT_FOUND, UNAVAILABLE } from "../intake/answers.ts";
import type { Door, RequestHead } from "../intake/door.ts";
import type { Holder } from "../intake/pass.ts";
import type { PassLane } from "../intake/pass-lane.ts";
import { parseBundle, TileError } from "../ledger/tiles.ts";

export interface IntakeServerOptions {
  readonly door: Door;
  readonly passLane: PassLane;
  readonly maxConnections?: number;
  /** Asked first: whether a request is for something else that is answered here; it then answers. */
  readonly beside?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** For what should never happen: a bug of ours, answered with 500. */
  readonly log: (message: string) => void;
}

/** The intake's server; `listen` is the caller's. */
export function intakeServer({ door, passLane, maxConnections = 5_000, beside, log }: IntakeServerOptions): Server {
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 4_096 },
    (request, response) => {
      if (beside?.(request, response) === true) return;
      route(request, response).catch((error: unknown) => {
        log(`${request.method} ${request.url?.slice(0, 80)}: ${error instanceof Error ? error.stack : error}`);
        if (!response.headersSent) send(response, faultsAnswer(500, [UNAVAILABLE], 60));
      });
    },
  );
  server.maxConnections = maxConnections;
  server.keepAliveTimeout = 10_000;
  server.setTimeout(20_000);
  return server;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = "/" } = request;
    const query = url.indexOf("?");
    switch (`${method} ${query < 0 ? url : url.slice(0, query)}`) {
      case "POST /sheet":
        return withPass("sheet", request, response, (body, holder) =>
          door.sheet(body, holder, url.endsWith("?expect=latest")),
        );
      case "POST /statements":
        return withPass("sync", request, response, (body, holder) => relayed(door, body, holder));
      case "GET /pass":
        return send(response, passLane.challenge());
      case "POST /pass": {
        const refused = passLane.admit(headOf(request));
        if (refused !== null) return refuse(request, response, refused);
        const body = await readBody(request);
        return body === null ? undefined : send(response, await passLane.issue(body));
      }
      case "GET /health":
        return send(response, door.context() === null ? door.busy() : jsonAnswer(200, { ok: true }));
      default:
        return refuse(request, response, faultsAnswer(404, [NOT_FOUND]));
    }
  }

  async function withPass(
    lane: "sheet" | "sync",
    request: IncomingMessage,
    response: ServerResponse,
    take: (body: Uint8Array, holder: Holder) => Promise<Answer>,
  ): Promise<void> {
    const admission = door.admit(headOf(request), lane);
    if ("refused" in admission) return refuse(request, response, admission.refused);
    const body = await readBody(request);
    if (body !== null) send(response, await take(body, admission.holder));
  }
}

function headOf({ headers }: IncomingMessage): RequestHead {
  return {
    contentLength: headers["content-length"],
    transferEncoding: headers["transfer-encoding"],
    contentEncoding: headers["content-encoding"],
    authorization: headers.authorization,
  };
}

/** The body, which is as long as its header says (node:http sees to that); null if the sender went away. */
function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => resolve(parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts)));
    request.on("error", () => resolve(null));
    request.on("close", () => resolve(null));
  });
}

async function relayed(door: Door, body: Uint8Array, holder: Holder): Promise<Answer> {
  let notes: Uint8Array[];
  try {
    notes = parseBundle(body);
  } catch (error) {
    if (error instanceof TileError) return faultsAnswer(400, [malformedNote(error.message)]);
    throw error;
  }
  const answers = await door.statements(notes, holder);
  return jsonAnswer(200, answers.map(inList));
}

function inList({ status, type, body, retryAfter }: Answer): object {
  const content = type === "application/json" ? (JSON.parse(body) as object) : { receipt: body };
  return { status, ...content, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

function send(response: ServerResponse, { status, type, body, retryAfter }: Answer): void {
  if (response.destroyed) return;
  if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
  const length = Buffer.byteLength(body);
  response.writeHead(status, { "content-type": type, "content-length": length, "cache-control": "no-store" });
  // As text, headers and body leave in one write; as bytes they would be two (measured: 20 µs of CPU).
  response.end(body);
}

/** Answers without having read the body. A small one that is already here is dropped, so that the connection may live on. */
function refuse(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const length = Number(request.headers["content-length"] ?? 0);
  if (request.headers["transfer-encoding"] !== undefined || !(length <= DROPPED)) {
    response.shouldKeepAlive = false;
    response.on("finish", () => request.destroy());
  } else {
    request.resume();
  }
  send(response, answer);
}

/** Bytes of a refused body that cost less to drop than a new connection costs to open. */
const DROPPED = 16_384;
