/**
 * The line between a hall and the centre, as a test cuts it: an address that leads to a server while the line is whole and drops
 * every connection while it is cut. The server behind it may change, as a centre does that is started anew.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export class Link {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target: URL | null = null;

  static async open(): Promise<Link> {
    const link = new Link();
    link.#server.listen(0, "127.0.0.1");
    await once(link.#server, "listening");
    return link;
  }

  private constructor() {
    this.#server = createServer((socket) => this.#carry(socket));
  }

  /** The near end, as an address of the centre's list. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** The line is whole, and leads here. */
  heal(target: string): void {
    this.#target = new URL(target);
  }

  /** Nothing gets through any more, not even what is on its way. */
  cut(): void {
    this.#target = null;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #carry(near: Socket): void {
    if (this.#target === null) {
      near.destroy();
      return;
    }
    const far = connect(Number(this.#target.port), this.#target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
