/** A request to the desk on its way: what it asks, and who sits at the device that asks. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Buckets } from "../intake/bucket.ts";
import type { Denied } from "../recap/denials.ts";
import type { Desk } from "../recap/desk.ts";
import type { Session } from "../recap/sessions.ts";
import { Refused } from "./desk-http.ts";
import { NO_SESSION, NOT_OFFICER, TOO_OFTEN } from "./desk-words.ts";

export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The address below `/api/`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** The device's token, if its cookie names one. */
  readonly token: string | null;
}

/** The method and the first word of the address: what tells the routes apart. */
export const routeOf = ({ request, path }: Asked): string => `${request.method} ${path[0]}`;

/** The session of the device. @throws Refused where nobody is signed in */
export async function sessionOf(desk: Desk, { token }: Pick<Asked, "token">): Promise<Session> {
  const session = await desk.session(token);
  if (session === null) throw new Refused(401, "no-session", NO_SESSION);
  return session;
}

/** As {@link sessionOf}, by a deed of a person: the session lasts on from here. @throws Refused for a screen, which does nothing */
export async function doing(desk: Desk, asked: Pick<Asked, "token">): Promise<Session> {
  const session = await sessionOf(desk, asked);
  if (session.isProjector) throw new Refused(403, "not-allowed", NOT_OFFICER);
  return desk.sessions.touch(session);
}

/** @throws Refused when too much has been asked from there */
export function limit(buckets: Buckets, who: IncomingMessage | "everyone"): void {
  const name = who === "everyone" ? who : (who.socket.remoteAddress ?? "");
  if (buckets.take(name) > 0) throw new Refused(429, "later", TOO_OFTEN);
}

/** What was granted. @throws Refused where it was denied */
export function granted<T extends object>(result: T | Denied): T {
  if (!("code" in result) || !("message" in result)) return result as T;
  const { code, message } = result as Denied;
  throw new Refused({ unknown: 404, "not-allowed": 403, malformed: 400, later: 503 }[code], code, message);
}
