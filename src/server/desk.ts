/**
 * The desk over HTTP: the addresses of `src/recap/wire/routes.ts`, and the page's own files.
 *
 * TLS is for what stands before it: a proxy at the centre, `hall-network` on a laptop. A page of another site must get nothing done
 * with the visitor's cookie: the cookie goes to no other site's requests (SameSite=Strict), what changes anything carries a header
 * that no other site can send, and a request that names another origin is refused. Statements are signed in the browser.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isRegionCode, isStationCode, NATION, type RegionCode } from "../election/codes.ts";
import { paperHash } from "../election/page-list.ts";
import { MOST_PHOTO_BYTES } from "../election/photo.ts";
import { Buckets } from "../intake/bucket.ts";
import { toHex } from "../ledger/bytes.ts";
import { MAX_STATEMENT } from "../ledger/statement.ts";
import type { Denied } from "../recap/denials.ts";
import type { Desk } from "../recap/desk.ts";
import type { Hall } from "../recap/hall.ts";
import { PAPER_KINDS, type PaperFault, sayPaperFault } from "../recap/papers.ts";
import type { Session } from "../recap/sessions.ts";
import { type Card, isSealedSeed, readCard } from "../recap/wire/card.ts";
import { isPasskey } from "../recap/wire/passkey.ts";
import type { TriedRole } from "../recap/wire/routes.ts";
import type { SealAnew } from "../recap/wire/sign.ts";
import type { CustodyView } from "../recap/wire/sync.ts";
import type { HallView } from "../recap/wire/views.ts";
import { isName, isPerson, withNames } from "../recap/witnesses.ts";
import { CachedFiles } from "./cached-files.ts";
import { aboutIn, contestIn, isRole, isSame, isSignInBody, numberIn, peopleIn, withoutPdf } from "./desk-bodies.ts";
import { Events } from "./desk-events.ts";
import {
  type Answer,
  bodyOf,
  checkOwn,
  cookie,
  fieldsOf,
  jsonIn,
  malformed,
  ok,
  orUnknown,
  problemAnswer,
  Refused,
  raise,
  send,
  sendFile,
  tokenIn,
  unknown,
} from "./desk-http.ts";
import { type DeskSafe, safeRoute } from "./desk-safe.ts";
import { type DeskSync, syncRoute } from "./desk-sync.ts";
import {
  BROKEN,
  LINK_USED,
  NO_HALL,
  NO_SESSION,
  NOT_OFFICER,
  NOT_YOURS,
  OTHER_HALL,
  PASSKEY_WORDS,
  SEAL_WORDS,
  SET_UP,
  TOO_OFTEN,
  WRONG_SECRET,
} from "./desk-words.ts";
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

const SMALL = 16 * 1024;
const PEOPLE_BYTES = 512 * 1024;

/** Attempts to sign in: a committee of one address at once, then one every two seconds. */
const SIGN_INS = { capacity: 40, perSecond: 0.5 };
/** Guesses of the console's secret, of everyone together. */
const GUESSES = { capacity: 5, perSecond: 1 / 30 };

/** A request on its way: who asks, and what. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** The device's token, if its cookie names one. */
  readonly token: string | null;
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
  const signIns = new Buckets(SIGN_INS, desk.clock);
  const guesses = new Buckets(GUESSES, desk.clock);
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
    const { path, request } = asked;
    const [first = "", second = ""] = path;
    switch (`${request.method} ${first}`) {
      case "GET welcome":
        return ok(await desk.welcome());
      case "POST setup":
        return setUp(asked);
      case "POST challenge":
        limit(signIns, request);
        return ok({ challenge: desk.sessions.challenge() });
      case "POST session":
        return signIn(asked);
      case "GET session":
        return ok(desk.view(await sessionOf(asked)));
      case "DELETE session":
        if (asked.token !== null) desk.sessions.end(asked.token);
        return { status: 204, headers: { "set-cookie": cookie("", request, 0) } };
      case "POST people":
        return path[2] === "passkeys" ? addPasskey(asked, second) : addPeople(asked);
      case "PUT people":
        return path[2] === "sealed" ? sealAnew(asked, second) : unknown();
      case "DELETE people":
        return path[2] === "passkeys" ? removePasskey(asked, second) : unknown();
      case "PUT witnesses":
      case "DELETE witnesses":
        return nameWitness(asked, second);
      case "POST papers":
        return keepPaper(asked);
      case "POST paper-lists":
        return keepList(asked);
      case "GET papers":
        return paper(asked, second);
      case "POST try":
        return tryRole(asked);
      case "POST projector":
        return second === "" ? pair(asked) : project(asked, second);
      case "GET sync":
      case "POST sync":
      case "DELETE sync":
        return alone(asked);
      case "GET safe":
      case "POST safe": {
        // What a browser sends by itself is no deed of a person.
        const session = request.method === "GET" || second === "seen" ? await sessionOf(asked) : await doing(asked);
        return safe === undefined ? unknown() : safeRoute(safe, request, second, desk.isOfficer(session));
      }
      case "GET halls":
      case "POST halls":
        return hallRoute(asked, hallOf(second));
      default:
        return unknown();
    }
  }

  // -------------------------------------------------------------- who is here

  async function signIn({ request, token }: Asked): Promise<Answer> {
    limit(signIns, request);
    const answer = await jsonIn(request, SMALL);
    if (!isSignInBody(answer)) throw malformed();
    return begun(request, granted(await desk.signIn(token, answer)));
  }

  async function tryRole({ request, token }: Asked): Promise<Answer> {
    limit(signIns, request);
    const { region, role } = fieldsOf(await jsonIn(request, SMALL));
    if (typeof region !== "string" || !isRegionCode(region) || !isRole(role)) throw malformed();
    const { session, role: open } = granted(await desk.tryRole(token, region, role));
    const { headers = {} } = begun(request, session);
    const tried: TriedRole = { ...desk.view(session), publicKey: toHex(open.publicKey), seed: toHex(open.seed) };
    return { ...ok(tried), headers };
  }

  /** A screen's one-time link, shown by an officer of the hall. */
  async function pair(asked: Asked): Promise<Answer> {
    const session = await doing(asked);
    if (!desk.isOfficer(session)) throw new Refused(403, "not-allowed", NOT_OFFICER);
    return ok({ link: desk.sessions.link(session.region) });
  }

  /** The screen itself, which comes with the link. */
  async function project({ request }: Asked, link: string): Promise<Answer> {
    limit(signIns, request);
    const session = desk.sessions.project(link);
    if (session === null) throw new Refused(403, "not-allowed", LINK_USED);
    return begun(request, session);
  }

  function begun(request: IncomingMessage, session: Session): Answer {
    const seconds = Math.ceil((session.until - desk.clock()) / 1000);
    return { ...ok(desk.view(session)), headers: { "set-cookie": cookie(session.token, request, seconds) } };
  }

  async function setUp({ request }: Asked): Promise<Answer> {
    if (!(await desk.needsSetup())) throw new Refused(403, "not-allowed", SET_UP);
    limit(guesses, "everyone");
    const { secret, list } = fieldsOf(await jsonIn(request, PEOPLE_BYTES));
    const typed = readCard(String(secret));
    if (!("card" in typed) || !isSame(typed.card, setupSecret)) throw new Refused(403, "not-allowed", WRONG_SECRET);
    return ok(granted(await desk.setUp(peopleIn(list))));
  }

  async function addPeople(asked: Asked): Promise<Answer> {
    const session = await doing(asked);
    const list = peopleIn(await jsonIn(asked.request, PEOPLE_BYTES));
    return ok(granted(await desk.addPeople(session, list)));
  }

  async function sealAnew({ request }: Asked, key: string): Promise<Answer> {
    limit(signIns, request);
    const { sealed, signature } = fieldsOf(await jsonIn(request, SMALL));
    if (!isSealedSeed(sealed) || typeof signature !== "string") throw malformed();
    const refusal = desk.people.sealAnew(key, { sealed, signature } satisfies SealAnew);
    if (refusal !== null) throw new Refused(refusal === "unknown" ? 404 : 403, "not-allowed", SEAL_WORDS[refusal]);
    return { status: 204 };
  }

  async function addPasskey({ request }: Asked, key: string): Promise<Answer> {
    limit(signIns, request);
    const { passkey, challenge, signature } = fieldsOf(await jsonIn(request, SMALL));
    if (!isPasskey(passkey) || typeof challenge !== "string" || typeof signature !== "string") throw malformed();
    const isInTime = desk.sessions.redeem(challenge);
    const refusal = isInTime ? desk.people.addPasskey(key, { passkey, challenge, signature }) : "late";
    if (refusal !== null) throw new Refused(refusal === "unknown" ? 404 : 403, "not-allowed", PASSKEY_WORDS[refusal]);
    return { status: 204 };
  }

  async function removePasskey(asked: Asked, key: string): Promise<Answer> {
    const { keys } = await doing(asked);
    if (!keys.includes(key)) throw new Refused(403, "not-allowed", NOT_YOURS);
    desk.people.removePasskey(key, asked.path[3] ?? "");
    return { status: 204 };
  }

  /** The session of the device. @throws Refused where nobody is signed in */
  async function sessionOf({ token }: Asked): Promise<Session> {
    const session = await desk.session(token);
    if (session === null) throw new Refused(401, "no-session", NO_SESSION);
    return session;
  }

  /** As {@link sessionOf}, by a deed of a person: the session lasts on from here. */
  async function doing(asked: Asked): Promise<Session> {
    const session = await sessionOf(asked);
    if (session.isProjector) throw new Refused(403, "not-allowed", NOT_OFFICER);
    return desk.sessions.touch(session);
  }

  /** What the saksi of a mandate is called, or that the name is to be forgotten. */
  async function nameWitness(asked: Asked, person: string): Promise<Answer> {
    if (!desk.isOfficer(await doing(asked))) throw new Refused(403, "not-allowed", NOT_OFFICER);
    if (!isPerson(person)) return unknown();
    if (asked.request.method === "DELETE") {
      desk.witnesses.forget(person);
    } else {
      const { name } = fieldsOf(await jsonIn(asked.request, SMALL));
      if (!isName(name)) throw malformed();
      desk.witnesses.keep(person, name);
    }
    return { status: 204 };
  }

  /** What only a laptop on its own has. */
  async function alone(asked: Asked): Promise<Answer> {
    const { request, path } = asked;
    const [, ...what] = path;
    const session = request.method === "GET" ? await sessionOf(asked) : await doing(asked);
    const isNetwork = what[0] === "network";
    if (isNetwork && request.method !== "GET" && !desk.isOfficer(session))
      throw new Refused(403, "not-allowed", NOT_OFFICER);
    return sync === undefined ? unknown() : syncRoute(sync, request, what);
  }

  // -------------------------------------------------------------- papers

  async function handingIn(asked: Asked): Promise<void> {
    if (!desk.mayHandIn(await doing(asked))) throw new Refused(403, "not-allowed", NOT_OFFICER);
  }

  async function keepPaper(asked: Asked): Promise<Answer> {
    await handingIn(asked);
    const kind = PAPER_KINDS.find((one) => one === asked.query.get("kind"));
    if (kind === undefined) throw malformed();
    return kept(desk.papers.keep(kind, await bodyOf(asked.request, MOST_PHOTO_BYTES)));
  }

  async function keepList(asked: Asked): Promise<Answer> {
    await handingIn(asked);
    const { pages } = fieldsOf(await jsonIn(asked.request, SMALL));
    const hashes = Array.isArray(pages) ? pages.map((page) => paperHash(String(page))) : [null];
    return kept(desk.papers.keepList(hashes.map((hash) => hash ?? raise(malformed()))));
  }

  async function paper(asked: Asked, name: string): Promise<Answer> {
    const session = await sessionOf(asked);
    const hash = paperHash(name);
    const found = hash === null || session.isProjector ? null : desk.papers.get(hash);
    if (found === null) return unknown();
    // Its name fixes its bytes for ever, but it may be deleted, and then it is to be gone.
    return { status: 200, ...found, headers: { "cache-control": "private, max-age=600" } };
  }

  // -------------------------------------------------------------- halls

  function hallOf(code: string): RegionCode {
    if (!isRegionCode(code) || !desk.has(code)) throw new Refused(404, "unknown", NO_HALL);
    return code;
  }

  async function hallRoute(asked: Asked, region: RegionCode): Promise<Answer | null> {
    const { request, response, path } = asked;
    const what = path.slice(2);
    if (request.method === "GET" && what[0] === "people") return ok(await desk.peopleIn(region));
    const session = request.method === "POST" ? await doing(asked) : await sessionOf(asked);
    if (!desk.mayLook(session, region)) throw new Refused(403, "not-allowed", OTHER_HALL);
    if (request.method === "POST") return what[0] === "statements" ? state(asked, session, region) : unknown();
    if (what[0] === "events") {
      await events.stream(request, response, region, () => desk.session(session.token).then((one) => one !== null));
      return null;
    }
    return shown(await desk.hall(region), what, asked);
  }

  async function state({ request }: Asked, session: Session, region: RegionCode): Promise<Answer> {
    const stated = await desk.state(session, region, await bodyOf(request, MAX_STATEMENT));
    if (stated.kind === "accepted") return ok(stated.accepted);
    const reason = stated.kind === "refused" ? stated.reason : undefined;
    throw new Refused(STATUS[stated.kind], stated.kind, stated.message, reason);
  }

  /** The hall, to those who work in it with the names of saksi. */
  async function viewOf(hall: Hall, session: Session | null): Promise<HallView> {
    const view = await hall.view(desk.clock());
    return session !== null && desk.mayHandIn(session) ? withNames(view, desk.witnesses.names()) : view;
  }

  /** What a hall shows under an address. */
  async function shown(hall: Hall, [what = "", ...rest]: readonly string[], { token, query }: Asked): Promise<Answer> {
    await hall.follow();
    const [contest, code = ""] = [contestIn(rest[0]), rest[1]];
    switch (what) {
      case "":
        return ok(await viewOf(hall, desk.sessions.get(token)));
      case "districts":
        return orUnknown(contest && hall.district(contest, code));
      case "stations": {
        // Whoever goes from station to station is at work, though nothing is stated yet.
        const session = desk.sessions.get(token);
        if (session !== null) desk.sessions.touch(session);
        return orUnknown(contest && isStationCode(code) ? await hall.station(contest, code) : null);
      }
      case "desa":
        return orUnknown(contest && isRegionCode(code) ? hall.desa(contest, code) : null);
      case "overview": {
        const of = query.get("of") ?? hall.region;
        const everyKecamatan = query.get("level") === "kecamatan";
        return orUnknown(isRegionCode(of) ? hall.overviewOf(desk.clock(), of, everyKecamatan) : null);
      }
      case "below":
        return orUnknown(contest && (await hall.below(contest, code)));
      case "seats": {
        if (contest && code.endsWith(".pdf")) return pdf(await hall.seatsPdf(contest, withoutPdf(code), desk.names()));
        return orUnknown(contest && (await hall.seats(contest, code)));
      }
      case "story":
        return orUnknown(contest && (await hall.story(contest, aboutIn(query.get("station"), code))));
      case "custody":
        return orUnknown((await custody?.(hall)) ?? null);
      case "acts":
        return ok(await hall.acts(numberIn(query.get("before")) ?? undefined));
      case "certificate":
        return pdf(contest && (await hall.certificatePdf(contest, withoutPdf(code), desk.names())));
      case "night": {
        const desa = withoutPdf(rest[0] ?? "");
        return pdf(isRegionCode(desa) ? await hall.nightPdf(desa) : null);
      }
      case "incidents.pdf":
        return pdf(await hall.incidentsPdf(desk.names()));
      default:
        return unknown();
    }
  }
}

function limit(buckets: Buckets, who: IncomingMessage | "everyone"): void {
  const name = who === "everyone" ? who : (who.socket.remoteAddress ?? "");
  if (buckets.take(name) > 0) throw new Refused(429, "later", TOO_OFTEN);
}

// ---------------------------------------------------------------- what came of it

const pdf = (bytes: Uint8Array | null): Answer =>
  bytes === null ? unknown() : { status: 200, bytes, type: "application/pdf" };

const STATUS = { malformed: 400, "too-large": 413, "not-allowed": 403, refused: 409, later: 503 } as const;

/** What was granted. @throws Refused where it was denied */
function granted<T extends object>(result: T | Denied): T {
  if (!("code" in result) || !("message" in result)) return result as T;
  const { code, message } = result as Denied;
  throw new Refused({ unknown: 404, "not-allowed": 403, malformed: 400, later: 503 }[code], code, message);
}

function kept(result: { readonly hash: string } | { readonly fault: PaperFault }): Answer {
  if ("hash" in result) return ok(result);
  const { fault } = result;
  const status = fault === "full" ? 507 : fault === "too-large" ? 413 : 400;
  const code = fault === "full" ? "later" : fault === "too-large" ? fault : "not-a-photo";
  throw new Refused(status, code, sayPaperFault(fault));
}
