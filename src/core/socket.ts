/**
 * The sequencer for other processes of the same machine: a unix socket in the data folder, for its user alone.
 *
 * Each request has a number and is answered by it, in whatever order answers come. A process that asks faster than is
 * answered is told so at once; what it sends is bounded in size and number, so that a desk under a flood costs the door nothing.
 */
import { chmodSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join, relative } from "node:path";
import Type from "typebox";
import { fits } from "../election/schema-faults.ts";
import { Log, Natural, strict } from "../election/statement-fields.ts";
import { fromBase64, toHex } from "../ledger/bytes.ts";
import { FrameReader, frameOf } from "./frames.ts";
import type { AppendResult, Core } from "./submission.ts";

/** Requests of one process that may wait at the same time. */
const MOST_WAITING = 256;
const MOST_CONNECTIONS = 16;

const Request = Type.Union([
  Type.Object(
    { n: Natural, call: Type.Literal("append"), log: Log, bytes: Type.String(), after: Type.Optional(Natural) },
    strict,
  ),
  Type.Object({ n: Natural, call: Type.Literal("see"), log: Log, other: Log }, strict),
]);
type Request = Type.Static<typeof Request>;

/** What became of a request: an {@link AppendResult}, with the id as hex. */
type Done =
  | { readonly kind: "moved" }
  | { readonly kind: "appended" | "duplicate"; readonly index: number; readonly id: string };

/** What is sent back. */
export type Reply = { readonly n: number } & (
  | { readonly result: Done }
  /** `name`: of the error, by which the other side makes its own. */
  | { readonly error: { readonly name: string; readonly message: string } }
);

/**
 * Where the socket of a data folder is. A socket's address has some 100 bytes, so the shorter of the ways that lead there.
 */
export function socketPath(data: string): string {
  const path = join(data, "core.sock");
  const near = relative(process.cwd(), path);
  return near.length < path.length ? near : path;
}

/** Listens for those who append, until it is closed. @throws what listening throws */
export async function serveCore(path: string, core: Core): Promise<{ close(): Promise<void> }> {
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on("close", () => connections.delete(socket));
    converse(socket, core);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await listen(server, path);
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of connections) socket.destroy();
      await closed;
    },
  };
}

/** The one process that holds the sequencer listens: whatever is at the path belongs to one that is gone. */
async function listen(server: Server, path: string): Promise<void> {
  rmSync(path, { force: true });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  const before = process.umask(0o177);
  try {
    server.listen(path, resolve);
  } finally {
    process.umask(before);
  }
  await promise;
  chmodSync(path, 0o600);
}

function converse(socket: Socket, core: Core): void {
  const reader = new FrameReader();
  let waiting = 0;
  const send = (reply: Reply) => {
    if (!socket.destroyed) socket.write(frameOf(reply));
  };
  // A process that dies in the middle is no event for this one.
  socket.on("error", () => socket.destroy());
  socket.on("data", (piece: Buffer) => {
    try {
      for (const message of reader.read(piece)) take(message);
    } catch {
      socket.destroy();
    }
  });

  function take(message: unknown): void {
    if (!fits(Request, message)) {
      socket.destroy();
      return;
    }
    const request = message as Request;
    if (waiting >= MOST_WAITING) {
      send({ n: request.n, error: { name: "CoreAway", message: "too many requests wait already" } });
      return;
    }
    waiting++;
    answer(core, request)
      .then(send)
      .finally(() => {
        waiting--;
      });
  }
}

async function answer(core: Core, request: Request): Promise<Reply> {
  const { n } = request;
  try {
    return { n, result: asJson(await done(core, request)) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
    return { n, error: { name, message } };
  }
}

function done(core: Core, request: Request): Promise<AppendResult> {
  return request.call === "see"
    ? core.see(request.log, request.other)
    : core.append(request.log, fromBase64(request.bytes), request.after);
}

function asJson(result: AppendResult): Done {
  return result.kind === "moved" ? result : { kind: result.kind, index: result.index, id: toHex(result.id) };
}
