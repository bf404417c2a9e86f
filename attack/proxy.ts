/**
 * A bad network between a client and a server of this machine: slow, cut in the middle, half open, or torn down with a reset. The kernel of
 * a container has no network emulation, and here a run needs to turn it on and off anyway.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { Target } from "./loopback.ts";

/** What the network does now. */
export type Fault =
  | { readonly kind: "none" }
  /** Every piece comes so many milliseconds later. */
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** Nobody gets through, and what stood is closed: the cable is pulled. */
  | { readonly kind: "cut" }
  /** The request goes through, the answer never comes back: what a phone that leaves the cell sees. */
  | { readonly kind: "half-open" }
  /** Connections end with a reset after so many bytes of the request. */
  | { readonly kind: "reset"; readonly after: number }
  /** So many bytes a second in each direction. */
  | { readonly kind: "drip"; readonly bytes: number };

/** How often what drips is let through, in milliseconds. */
const DRIP = 50;

export class FaultProxy {
  #fault: Fault = { kind: "none" };
  readonly #target: Target;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();

  private constructor(target: Target) {
    this.#target = target;
    this.#server = createServer((client) => this.#pass(client));
  }

  /** Listens on a port of its own before `target`. */
  static async before(target: Target): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** From now on; a cut also ends what stands. */
  set fault(fault: Fault) {
    this.#fault = fault;
    if (fault.kind === "cut") this.#endAll();
  }

  async close(): Promise<void> {
    this.#endAll();
    this.#server.close();
    await once(this.#server, "close");
  }

  #endAll(): void {
    for (const [client, server] of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  #pass(client: Socket): void {
    if (this.#fault.kind === "cut") {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.#target);
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    let seen = 0;
    this.#carry(client, server, (piece) => {
      seen += piece.length;
      if (this.#fault.kind !== "reset" || seen <= this.#fault.after) return true;
      client.resetAndDestroy();
      server.resetAndDestroy();
      return false;
    });
    this.#carry(server, client, () => this.#fault.kind !== "half-open");
    const end = () => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of pair) socket.on("close", end).on("error", end);
  }

  /** Hands on what comes from one side, as the network is at that moment; `may` says whether a piece goes through at all. */
  #carry(from: Socket, to: Socket, may: (piece: Buffer) => boolean): void {
    from.on("data", (piece: Buffer) => {
      if (!may(piece)) return;
      const fault = this.#fault;
      if (fault.kind === "latency") setTimeout(() => write(to, piece), fault.milliseconds);
      else if (fault.kind === "drip") this.#drip(from, to, piece, Math.max(1, Math.round((fault.bytes * DRIP) / 1000)));
      else write(to, piece);
    });
  }

  #drip(from: Socket, to: Socket, piece: Buffer, atOnce: number): void {
    from.pause();
    let at = 0;
    const timer = setInterval(() => {
      write(to, piece.subarray(at, at + atOnce));
      at += atOnce;
      if (at < piece.length && !to.destroyed) return;
      clearInterval(timer);
      from.resume();
    }, DRIP);
  }
}

function write(to: Socket, piece: Buffer): void {
  if (to.writable) to.write(piece);
}
