/**
 * The desk over HTTP: the addresses of `src/recap/wire/routes.ts`, and the page's own files.
 *
 * TLS is for what stands before it: a proxy at the centre, `hall-network` on a laptop. A page of another site must get nothing done
 * with the visitor's cookie: the cookie goes to no other site's requests (SameSite=Strict), what changes anything carries a header
 * that no other site can send, and a request that names another origin is refused. Statements are signed in the browser.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { NATION } from "../election/codes.ts";
import type { Desk } from "../recap/desk.ts";
import type { Hall } from "../recap/hall.ts";
import type { Card } from "../recap/wire/card.ts";
import type { CustodyView } from "../recap/wire/sync.ts";
import { CachedFiles } from "./cached-files.ts";
import { type Asked, doing, routeOf, sessionOf } from "./desk-asked.ts";
import { Events } from "./desk-events.ts";
import { hallRoutes } from "./desk-halls.ts";
import { type Answer, checkOwn, ok, problemAnswer, Refused, send, sendFile, tokenIn, unknown } from "./desk-http.ts";
import { paperRoutes } from "./desk-papers.ts";
import { peopleRoutes } from "./desk-people.ts";
import { type DeskSafe, safeRoute } from "./desk-safe.ts";
import { type DeskSync, syncRoute } from "./desk-sync.ts";
import { BROKEN } from "./desk-words.ts";
import type { Eyes } from "./eyes/routes.ts";

export interface DeskServerOptions {
  readonly desk: Desk;
  /** Where the page's own files were built. */
  readonly pageFolder: string;
  /** What the console shows while the desk needs its set-up. */
  readonly setupSecret: Card;
  /** Of a laptop that works on its own. */
  readonly sync?: DeskSync;
  readonly safe?: DeskSafe;
  /** Of the centre: who writes the logs below a hall. */
  readonly custody?: (hall: Hall) => Promise<CustodyView>;
  /** What operators of the nation see of the servers; absent: nothing. */
  readonly eyes?: Eyes;
  /** Asked first: whether a request was answered elsewhere, because it may not come here. */
  readonly guard?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  readonly maxConnections?: number;
  /** For what should never happen: a bug of ours, answered with 500. */
  readonly log: (message: string) => void;
}

/** The desk's server; `listen` is the caller's. Its streams of events, which have no end of their own, are ended by `endStreams`. */
export function deskServer({
  desk,
  pageFolder,
  setupSecret,
  sync,
  safe,
  custody,
  eyes,
  guard,
  maxConnections = 1_000,
  log,
}: DeskServerOptions): {
  readonly server: Server;
  endStreams(): void;
} {
  const files = new CachedFiles([pageFolder]);
  const events = new Events(desk, log);
  const people = peopleRoutes(desk, setupSecret);
  const papers = paperRoutes(desk);
  const halls = hallRoutes({ desk, events, custody });
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 60_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 8_192 },
    (request, response) => {
      serve(request, response).catch((error: unknown) => {
        log(`${request.method} ${request.url?.slice(0, 120)}: ${error instanceof Error ? error.stack : error}`);
        if (!response.headersSent) send(request, response, problemAnswer(new Refused(500, "later", BROKEN)));
      });
    },
  );
  server.maxConnections = maxConnections;
  server.keepAliveTimeout = 10_000;
  server.setTimeout(60_000);
  return { server, endStreams: () => events.close() };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if ((await guard?.(request, response)) === true) return;
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://desk");
    if (!pathname.startsWith("/api/")) {
      const seen = await eyes?.answer(request, () => isNationsOperator(tokenIn(request)));
      return seen ? send(request, response, seen) : sendFile(files, request, response, pathname);
    }
    const path = pathname.slice("/api/".length).split("/");
    const asked = { request, response, path, query: searchParams, token: tokenIn(request) };
    let answer: Answer | null;
    try {
      if (request.method !== "GET") checkOwn(request);
      answer = await route(asked);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      answer = problemAnswer(error);
    }
    if (answer !== null) send(request, response, answer);
  }

  async function isNationsOperator(token: string | null): Promise<boolean> {
    const session = await desk.session(token);
    return session?.region === NATION && desk.view(session).people.some(({ role }) => role === "operator");
  }

  async function route(asked: Asked): Promise<Answer | null> {
    switch (routeOf(asked)) {
      case "GET welcome":
        return ok(await desk.welcome());
      case "GET sync":
      case "POST sync":
      case "DELETE sync":
        return alone(asked);
      case "GET safe":
      case "POST safe":
        return kept(asked);
      case "GET halls":
      case "POST halls":
        return halls(asked);
      default:
        return people(asked) ?? papers(asked) ?? unknown();
    }
  }

  /** The copies that keep a hall safe. */
  async function kept(asked: Asked): Promise<Answer> {
    const { request, path } = asked;
    const [, what = ""] = path;
    // What a browser sends by itself is no deed of a person.
    const isQuiet = request.method === "GET" || what === "seen";
    const session = isQuiet ? await sessionOf(desk, asked) : await doing(desk, asked);
    return safe === undefined ? unknown() : safeRoute(safe, request, what, desk.isOfficer(session));
  }

  /** What only a laptop on its own has. */
  async function alone(asked: Asked): Promise<Answer> {
    const { request, path } = asked;
    const [, ...what] = path;
    const session = request.method === "GET" ? await sessionOf(desk, asked) : await doing(desk, asked);
    return sync === undefined ? unknown() : syncRoute(sync, request, what, desk.isOfficer(session));
  }
}
