/**
 * The desk's streams of events: whoever shows a hall is told when it may show something else.
 *
 * Logs are looked at a few times a second while anyone watches, and never otherwise. A stream ends with its session; a
 * page that is cut off comes back by itself, and asks for the whole view then.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RegionCode } from "../election/codes.ts";
import type { Desk } from "../recap/desk.ts";

/** In milliseconds: between two looks at the logs, and between two signs of life on a quiet stream. */
const LOOK_EVERY = 200;
const SIGN_EVERY = 15_000;
/** Streams at most; a hall has some twenty screens. */
const MOST_STREAMS = 500;

export class Events {
  readonly #desk: Desk;
  readonly #log: (message: string) => void;
  readonly #streams = new Set<ServerResponse>();
  #looking: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(desk: Desk, log: (message: string) => void) {
    this.#desk = desk;
    this.#log = log;
  }

  /** Answers with a stream that lasts until either side ends it, or the session does. */
  async stream(
    request: IncomingMessage,
    response: ServerResponse,
    region: RegionCode,
    lasts: () => Promise<boolean>,
  ): Promise<void> {
    if (this.#isClosed || this.#streams.size >= MOST_STREAMS) {
      response.writeHead(503, { "retry-after": "10" }).end();
      return;
    }
    const hall = await this.#desk.hall(region);
    const tell = () => response.write(`data: ${JSON.stringify({ size: hall.log().size })}\n\n`);
    const unwatch = await this.#desk.watch(region, tell);
    if (response.destroyed) {
      // Whoever asked went away while the hall was being opened: its close has been, and nothing would end the stream.
      unwatch();
      return;
    }
    request.socket.setTimeout(0);
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      // A proxy that gathers would hold back what is to be seen at once.
      "x-accel-buffering": "no",
    });
    tell();
    const signs = setInterval(() => {
      response.write(":\n\n");
      lasts().then(
        (goesOn) => goesOn || response.end(),
        () => response.end(),
      );
    }, SIGN_EVERY);
    this.#streams.add(response);
    this.#look();
    response.on("close", () => {
      clearInterval(signs);
      unwatch();
      this.#streams.delete(response);
    });
  }

  close(): void {
    this.#isClosed = true;
    if (this.#looking !== null) clearTimeout(this.#looking);
    for (const response of this.#streams) response.end();
  }

  /** One look after the other, for as long as there are streams. */
  #look(): void {
    if (this.#looking !== null || this.#isClosed || this.#streams.size === 0) return;
    this.#looking = setTimeout(async () => {
      try {
        await this.#desk.look();
      } catch (error) {
        this.#log(`events: ${error instanceof Error ? error.stack : error}`);
      }
      this.#looking = null;
      this.#look();
    }, LOOK_EVERY);
  }
}
