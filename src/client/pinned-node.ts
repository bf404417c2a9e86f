/**
 * fetch for the door of a hall, where there is no domain and no authority that everyone knows: what the door shows must lead to the
 * one certificate whose fingerprint was read from the main laptop's screen. Chain, address and dates are then judged by TLS as ever.
 * A page has no say in this: there the certificate is installed in the browser.
 */
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:https";
import { connect } from "node:tls";
import type { Fetch } from "./door.ts";

/** A door's certificate is known within this time, in milliseconds. */
const HANDSHAKE = 10_000;

/** @param fingerprint SHA-256 of the authority's certificate, 64 hex. It rejects with a TypeError where a door cannot show it. */
export function pinnedFetch(fingerprint: string): Fetch {
  let agent: Agent | null = null;
  return async (url, init) => {
    agent ??= new Agent({ keepAlive: true, ca: (await authorityAt(new URL(url), fingerprint)).toString() });
    return ask(url, init, agent);
  };
}

/** The certificate at the top of what a server shows. Nothing is believed of the server here, and nothing told to it. */
async function authorityAt({ hostname, port }: URL, fingerprint: string): Promise<X509Certificate> {
  const socket = connect({ host: hostname, port: Number(port || 443), rejectUnauthorized: false });
  try {
    await once(socket, "secureConnect", { signal: AbortSignal.timeout(HANDSHAKE) });
    const { issuerCertificate } = socket.getPeerCertificate(true);
    const authority = new X509Certificate(issuerCertificate.raw);
    if (authority.fingerprint256.replaceAll(":", "").toLowerCase() === fingerprint) return authority;
    throw new TypeError(`${hostname} shows another certificate than the one that was scanned`);
  } catch (error) {
    if (error instanceof TypeError) throw error;
    throw new TypeError(`${hostname} was not reached`, { cause: error });
  } finally {
    socket.destroy();
  }
}

async function ask(
  url: string,
  { method, headers, body, signal }: Parameters<Fetch>[1],
  agent: Agent,
): ReturnType<Fetch> {
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<Fetch>>>();
  const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  const asking = request(url, { method, headers: { ...headers, ...length }, agent, signal }, (response) => {
    response.setEncoding("utf8");
    const text = response.toArray().then((pieces) => pieces.join(""));
    // Whoever asks for the text hears of its failure; who does not has no use for it.
    text.catch(() => undefined);
    resolve({
      status: response.statusCode ?? 0,
      headers: { get: (name) => [response.headers[name.toLowerCase()]].flat()[0] ?? null },
      text: () => text,
    });
  });
  asking.on("error", (error) => reject(new TypeError(`${url} was not reached`, { cause: error })));
  asking.end(body);
  return promise;
}
