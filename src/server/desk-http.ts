/**
 * The desk's way with HTTP: whether a request is its own page's, how much of a body is read, what every answer carries.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import type { Text } from "../election/text.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { OWN_REQUEST, type Problem } from "../recap/wire/routes.ts";
import type { CachedFiles } from "./cached-files.ts";
import { acceptedCodings } from "./codings.ts";
import { MALFORMED, NOT_OWN, TOO_LARGE, UNKNOWN } from "./desk-words.ts";

/** No inline script or style, nothing from elsewhere, in nobody's frame. Photos that are about to be sent are blobs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const SECURITY = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(self), microphone=(), geolocation=()",
} as const;

/** Whoever is signed in on a device, and the device itself where a hall's laptop lets none in that it does not know. */
const COOKIE = "teguh-desk";
const DEVICE_COOKIE = "teguh-device";

/** So many bytes a body of a few fields may have, or a note of a few lines. */
export const SMALL = 16 * 1024;

/** An answer: a body as JSON, bytes of a type, or nothing. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is answered with a {@link Problem}. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, code: string, message: Text, reason?: string) {
    super(`${status} ${code}`);
    this.status = status;
    this.problem = { code, message, ...(reason === undefined ? {} : { reason }) };
  }
}

// ---------------------------------------------------------------- requests

/** Whether a request that changes something comes from the desk's own page. @throws Refused */
export function checkOwn({ headers }: IncomingMessage): void {
  const [name, value] = OWN_REQUEST;
  const { origin, host } = headers;
  const isFromHere = origin === undefined || hostOf(origin) === host;
  if (headers[name] !== value || !isFromHere) throw new Refused(403, "not-allowed", NOT_OWN);
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** The token of the device's session, if its cookie has one. */
export const tokenIn = (request: IncomingMessage): string | null => tokenUnder(COOKIE, request);

/** The token of the device itself. */
export const deviceIn = (request: IncomingMessage): string | null => tokenUnder(DEVICE_COOKIE, request);

function tokenUnder(name: string, { headers }: IncomingMessage): string | null {
  return new RegExp(`(?:^|; )${name}=([0-9a-f]{64})(?:;|$)`).exec(headers.cookie ?? "")?.[1] ?? null;
}

export const cookie = (token: string, request: IncomingMessage, seconds: number): string =>
  cookieUnder(COOKIE, token, request, seconds);

export const deviceCookie = (token: string, request: IncomingMessage, seconds: number): string =>
  cookieUnder(DEVICE_COOKIE, token, request, seconds);

/** `Secure` where the way to the browser is, or a proxy in front says that it is. On the laptop itself the browser would drop it. */
function cookieUnder(name: string, token: string, request: IncomingMessage, seconds: number): string {
  const isSecure = isEncrypted(request) || request.headers["x-forwarded-proto"] === "https";
  return `${name}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${isSecure ? "; Secure" : ""}`;
}

/** Whether a request has come to this process over TLS. */
export const isEncrypted = ({ socket }: IncomingMessage): boolean => (socket as Partial<TLSSocket>).encrypted === true;

/** The body, up to so many bytes. @throws Refused beyond them, or when the sender goes away */
export function bodyOf(request: IncomingMessage, most: number): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  if (Number(request.headers["content-length"] ?? 0) > most)
    return Promise.reject(new Refused(413, "too-large", TOO_LARGE));
  const parts: Buffer[] = [];
  let size = 0;
  request.on("data", (part: Buffer) => {
    size += part.length;
    if (size > most) reject(new Refused(413, "too-large", TOO_LARGE));
    else parts.push(part);
  });
  request.on("end", () => resolve(new Uint8Array(Buffer.concat(parts))));
  request.on("close", () => reject(new Refused(400, "malformed", MALFORMED)));
  return promise;
}

export async function jsonIn(request: IncomingMessage, most: number): Promise<unknown> {
  const bytes = await bodyOf(request, most);
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch {
    throw malformed();
  }
}

export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : raise(malformed());

export function raise(error: Error): never {
  throw error;
}

// ---------------------------------------------------------------- answers

export const ok = (json: unknown): Answer => ({ status: 200, json });
export const unknown = (): Answer => raise(new Refused(404, "unknown", UNKNOWN));
export const orUnknown = (json: unknown): Answer => (json === null ? unknown() : ok(json));
export const malformed = (): Refused => new Refused(400, "malformed", MALFORMED);

export function problemAnswer({ status, problem }: Refused): Answer {
  const headers = { "retry-after": "2" };
  return { status, json: problem, ...(problem.code === "later" ? { headers } : {}) };
}

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, json, bytes, type, headers }: Answer,
): void {
  if (response.destroyed) return;
  const body = json === undefined ? bytes : utf8(JSON.stringify(json));
  // What was refused before its body was read is not read: the connection ends with the answer.
  if (!request.complete) response.shouldKeepAlive = false;
  response.writeHead(status, {
    ...SECURITY,
    "cache-control": "no-store",
    ...(body === undefined ? {} : { "content-type": type ?? "application/json", "content-length": body.length }),
    ...headers,
  });
  response.end(body);
}

/** The page: one of its files, or for any other address the page itself. */
export function sendFile(
  files: CachedFiles,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): void {
  const file = request.method === "GET" ? (files.get(pathname.slice(1)) ?? files.get("index.html")) : null;
  if (file === null || !("body" in file)) {
    send(request, response, problemAnswer(new Refused(404, "unknown", UNKNOWN)));
    return;
  }
  const headers = { ...SECURITY, "cache-control": file.cacheControl, etag: file.tag, vary: "accept-encoding" };
  if (request.headers["if-none-match"]?.includes(file.tag) === true) {
    response.writeHead(304, headers).end();
    return;
  }
  const { bytes, coding } = file.body.in(acceptedCodings(request.headers["accept-encoding"]));
  response.writeHead(200, {
    ...headers,
    "content-type": file.type,
    "content-length": bytes.length,
    ...(coding === null ? {} : { "content-encoding": coding }),
  });
  response.end(bytes);
}
