/** A server that listens, and its end. */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Listening {
  /** `http://…/` */
  readonly address: string;
  /** No more requests, the answers to those that are in, then it ends. */
  close(): Promise<void>;
}

/** @param at `port` 0: any that is free; without a `host` every address of this machine */
export async function listen(
  server: Server,
  { port, host }: { readonly port: number; readonly host?: string | undefined },
): Promise<Listening> {
  // The kernel's queue of connections not yet accepted: with a short one a burst is refused before we see it.
  server.listen({ port, host, backlog: 2_048 });
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return {
    address: `http://${host ?? "localhost"}:${address.port}/`,
    async close() {
      server.close();
      server.closeIdleConnections();
      await once(server, "close");
    },
  };
}
