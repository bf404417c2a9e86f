/**
 * TLS before a server that listens in the clear already: each connection, once its handshake is done, is handed to it as one of its
 * own, so that every limit of the server holds for it too.
 */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { ServerKeys } from "./authority.ts";

/** A handshake is over in this time, in milliseconds. */
const HANDSHAKE = 10_000;
const MOST_CONNECTIONS = 1_000;

export interface TlsFront {
  readonly port: number;
  /** What is shown to whoever comes from now on. */
  show(keys: ServerKeys): void;
  /** Ends when the requests in hand are answered. */
  close(): Promise<void>;
}

/** Listens with TLS for `server`. @throws what listening throws */
export async function tlsFront(
  server: Server,
  keys: ServerKeys,
  { port, host }: { readonly port: number; readonly host?: string | undefined },
): Promise<TlsFront> {
  const front = createServer({ ...keys, minVersion: "TLSv1.2", handshakeTimeout: HANDSHAKE });
  front.maxConnections = MOST_CONNECTIONS;
  front.on("secureConnection", (socket: TLSSocket) => server.emit("connection", socket));
  // Scanners, and browsers that do not trust us yet: nobody here can do anything about it.
  front.on("tlsClientError", (_error, socket) => socket.destroy());
  front.listen({ port, host });
  await once(front, "listening");
  return {
    port: (front.address() as AddressInfo).port,
    show: (next) => front.setSecureContext({ ...next, minVersion: "TLSv1.2" }),
    async close() {
      front.close();
      server.closeIdleConnections();
      await once(front, "close");
    },
  };
}
