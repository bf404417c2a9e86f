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
import type { Socket } from "node:net";
import {
  type Answer,
  FAILED,
  faultsAnswer,
  jsonAnswer,
  later,
  malformedNote,
  NOT_FOUND,
  TOO_SLOW,
  textOf,
} from "../intake/answers.ts";
import type { Door } from "../intake/door.ts";
import type { Entrant } from "../intake/entrance.ts";
import type { RequestHead } from "../intake/head.ts";
import { DOOR_LIMITS } from "../intake/limits.ts";
import type { Applicant, PassLane } from "../intake/pass-lane.ts";
import { parseBundle, TileError } from "../ledger/tiles.ts";
import { Bodies } from "./bodies.ts";
import { Connections } from "./connections.ts";

export interface IntakeServerOptions {
  readonly door: Door;
  readonly passLane: PassLane;
  /** Milliseconds; by it slow bodies are found. */
  readonly clock?: () => number;
  readonly maxConnections?: number;
  /** Asked first: whether a request is for something else that is answered here; it then answers. */
  readonly beside?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** For what should never happen: a bug of ours, answered with 500. */
  readonly log: (message: string) => void;
}

/** Milliseconds for all headers of a request; for a whole request, the largest bundle over a poor line; without any byte. */
const HEADERS = 5_000;
const WHOLE = 600_000;
const SILENT = 20_000;
/** Seconds after a bug of ours. */
const FAILED_WAIT = 60;

/** The intake's server; `listen` is the caller's. */
export function intakeServer(options: IntakeServerOptions): Server {
  const { door, passLane, clock = Date.now, maxConnections = 5_000, beside, log } = options;
  const connections = new Connections<Socket>(maxConnections);
  const bodies = new Bodies(clock);
  const server = createServer(
    { headersTimeout: HEADERS, requestTimeout: WHOLE, connectionsCheckingInterval: 1_000, maxHeaderSize: 4_096 },
    (request, response) => {
      if (beside?.(request, response) === true) return;
      route(request, response)?.catch((error: unknown) => {
        log(`${request.method} ${request.url?.slice(0, 80)}: ${error instanceof Error ? error.stack : error}`);
        if (!response.headersSent) send(response, later(FAILED, FAILED_WAIT));
      });
    },
  );
  server.on("connection", (socket: Socket) => connections.opened(socket));
  // Never reached: those that lie open give way before, and the door lets in no more than it holds.
  server.maxConnections = 2 * (maxConnections + DOOR_LIMITS.entrants);
  server.keepAliveTimeout = 10_000;
  server.setTimeout(SILENT);
  return server;

  /** Nothing where the answer is given already: turning away costs no promise. */
  function route(request: IncomingMessage, response: ServerResponse): Promise<void> | undefined {
    const { method, url = "/" } = request;
    switch (`${method} ${url}`) {
      case "POST /sheet":
        return withPass("sheet", request, response, (body, entrant) => door.sheet(body, entrant, false));
      case "POST /sheet?expect=latest":
        return withPass("sheet", request, response, (body, entrant) => door.sheet(body, entrant, true));
      case "POST /statements":
        return withPass("sync", request, response, (body, entrant) => relayed(door, body, entrant));
      case "GET /pass":
        return send(response, passLane.challenge());
      case "POST /pass": {
        const admitted = passLane.admit(headOf(request));
        if ("refused" in admitted) return refuse(request, response, admitted.refused);
        return givePass(admitted.applicant, request, response);
      }
      case "GET /health":
        return send(response, door.isOpen ? jsonAnswer(200, { ok: true }) : door.busy("sheet"));
      default:
        return refuse(request, response, NOT_FOUND);
    }
  }

  function withPass(
    lane: "sheet" | "sync",
    request: IncomingMessage,
    response: ServerResponse,
    take: (body: Uint8Array, entrant: Entrant) => Promise<Answer>,
  ): Promise<void> | undefined {
    const admitted = door.admit(headOf(request), lane);
    if ("refused" in admitted) return refuse(request, response, admitted.refused);
    return letIn(admitted.entrant, request, response, take);
  }

  async function letIn(
    entrant: Entrant,
    request: IncomingMessage,
    response: ServerResponse,
    take: (body: Uint8Array, entrant: Entrant) => Promise<Answer>,
  ): Promise<void> {
    const { socket } = request;
    connections.busy(socket);
    const body = await bodies.read(request);
    const lost = typeof body === "string";
    try {
      if (lost) broken(body, request, response);
      else send(response, await take(body, entrant));
    } finally {
      door.leave(entrant, lost);
      if (!socket.destroyed) connections.answered(socket);
    }
  }

  /**
   * Answers without having read the body. One that is small is dropped by node:http once it is answered, so that the connection
   * may live on.
   */
  function refuse(request: IncomingMessage, response: ServerResponse, answer: Answer): undefined {
    const length = Number(request.headers["content-length"] ?? 0);
    const isDropped = request.headers["transfer-encoding"] === undefined && length <= DROPPED;
    if (connections.refused(request.socket) || !isDropped) {
      response.shouldKeepAlive = false;
      response.on("finish", () => request.destroy());
    }
    send(response, answer);
  }

  async function givePass(applicant: Applicant, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodies.read(request);
    if (typeof body === "string") broken(body, request, response);
    else send(response, await passLane.issue(body, applicant));
  }
}

function headOf({ headers }: IncomingMessage): RequestHead {
  return {
    contentLength: headers["content-length"],
    transferEncoding: headers["transfer-encoding"],
    contentEncoding: headers["content-encoding"],
    authorization: headers.authorization,
    patience: headers["teguh-patience"] as string | undefined,
  };
}

/** Ends a request whose body did not come. */
function broken(why: "gone" | "slow", request: IncomingMessage, response: ServerResponse): void {
  if (why === "gone") return;
  response.shouldKeepAlive = false;
  response.on("finish", () => request.destroy());
  send(response, TOO_SLOW);
}

async function relayed(door: Door, body: Uint8Array, entrant: Entrant): Promise<Answer> {
  let notes: Uint8Array[];
  try {
    notes = parseBundle(body);
  } catch (error) {
    if (error instanceof TileError) return faultsAnswer(400, [malformedNote(error.message)]);
    throw error;
  }
  const answers = await door.statements(notes, entrant);
  return jsonAnswer(200, answers.map(inList));
}

function inList(answer: Answer): object {
  const { status, type, retryAfter } = answer;
  const text = textOf(answer);
  const content = type === "application/json" ? (JSON.parse(text) as object) : { receipt: text };
  return { status, ...content, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

function send(response: ServerResponse, { status, type, body, retryAfter, isBytes }: Answer): undefined {
  if (response.destroyed) return;
  const headers = ["content-type", type, "content-length", String(isBytes ? body.length : Buffer.byteLength(body))];
  if (retryAfter !== undefined) headers.push("retry-after", String(retryAfter));
  headers.push("cache-control", "no-store");
  response.writeHead(status, headers);
  // As text, headers and body leave in one write; as bytes they would be two (measured: 20 µs of CPU).
  response.end(body, isBytes ? "latin1" : "utf8");
}

/** Bytes of a refused body that cost less to drop than a new connection costs to open. */
const DROPPED = 16_384;
