/**
 * The sequencer for other processes of the same machine: a unix socket in the data folder, for its user alone. What is said over
 * it stands in `wire.ts`.
 *
 * Each connection is served a frame at a time, and its next is not read before the last is answered: what a process asks beyond that
 * waits in its own socket, and in the end in itself. So a door under a flood costs the desk the company of one frame in each append,
 * and costs this process no memory. Frames of several connections share an append.
 *
 * What is believed of the door, and what is not. Anyone on the internet talks to the door, so it is the likeliest process to be broken
 * into, and the design's word for this one is "only sequences: authority, order, durable append". Hence whose sheet it is, for which
 * station, whether the key may, whether it replaces another and whether it is known already is judged here, from the sheet's own
 * bytes and the logs, however the door judged. So are the signatures of whatever is appended as it is: the acts of plenaries, which
 * are few, and no correction can be invented. A sheet's signature is checked at the door alone. A check takes longer than all else that
 * happens to a sheet: here it would make one process the narrow place of a whole nation, and let a flood of bad signatures stand in
 * the way of the desk. What it would add is little. A door that is broken into can put a sheet into the log whose signature does not
 * hold, as it can withhold one; it cannot make one that holds. Every audit and every browser that opens the sheet names it, the log
 * keeps it as evidence, and an annulment takes it out. The same holds of entries that are mirrored from a hall: whoever hands them
 * in has verified them against their writer's signed head.
 */
import { once } from "node:events";
import { chmodSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join, relative } from "node:path";
import type { LogName } from "../store/store.ts";
import { FrameJoiner } from "./frames.ts";
import { RepeatedStatement } from "./hand-over.ts";
import type { Sequencer } from "./sequence.ts";
import { submissionIn } from "./sheet-facts.ts";
import { assertSigned } from "./signed.ts";
import type { Core, Submission } from "./submission.ts";
import { type Answer, type Ask, answersFrame, grownFrame, readAsks } from "./wire.ts";

const MOST_CONNECTIONS = 16;

/** What is served: the sequencer. */
export type Served = Core & Pick<Sequencer, "mirror" | "sequence" | "standings" | "watch">;

/**
 * Where the socket of a data folder is. A socket's address has some 100 bytes, so the shorter of the ways that lead there.
 */
export function socketPath(data: string): string {
  const path = join(data, "core.sock");
  const near = relative(process.cwd(), path);
  return near.length < path.length ? near : path;
}

/** Listens for those who ask, until it is closed. @throws what listening throws */
export async function serveCore(path: string, core: Served): Promise<{ close(): Promise<void> }> {
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on("close", () => connections.delete(socket));
    // A process that dies in the middle, or speaks otherwise than agreed, is no event for this one.
    socket.on("error", () => socket.destroy());
    converse(socket, core).catch(() => socket.destroy());
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

/**
 * The one process that holds the sequencer listens: whatever is at the path belongs to one that is gone. Without the socket nobody
 * could write, so what prevents it is said with what to do.
 */
async function listen(server: Server, path: string): Promise<void> {
  rmSync(path, { force: true });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", ({ message }) =>
    reject(new Error(`${path}: ${message}; a data folder with a shorter path may help`)),
  );
  const before = process.umask(0o177);
  try {
    server.listen(path, resolve);
  } finally {
    process.umask(before);
  }
  await promise;
  chmodSync(path, 0o600);
}

async function converse(socket: Socket, core: Served): Promise<void> {
  const ending = new AbortController();
  socket.on("close", () => ending.abort());
  const unwatch = core.watch(tellGrown(socket));
  const joiner = new FrameJoiner();
  const send = async (frame: Uint8Array) => {
    // Who asks and does not listen gets no further.
    if (!socket.write(frame)) await once(socket, "drain", { signal: ending.signal });
  };
  try {
    await send(grownFrame([]));
    for await (const piece of socket) {
      for (const frame of joiner.join(piece as Buffer)) {
        await send(answersFrame(await answersTo(core, readAsks(frame))));
      }
    }
  } finally {
    unwatch();
    socket.destroy();
  }
}

/** Tells once in a turn which plenaries' logs have grown; while nobody listens they add up to one telling. */
function tellGrown(socket: Socket): (log: LogName) => void {
  const grown = new Set<LogName>();
  const tell = () => {
    if (socket.writableNeedDrain) {
      socket.once("drain", tell);
      return;
    }
    if (!socket.destroyed) socket.write(grownFrame(grown));
    grown.clear();
  };
  return (log) => {
    if (grown.size === 0) setImmediate(tell);
    grown.add(log);
  };
}

/** The answers to the asks of a frame, in their order. The sheets among them share an append, or a few. */
async function answersTo(core: Served, asks: readonly Ask[]): Promise<Answer[]> {
  const sheets: Submission[] = [];
  const places: number[] = [];
  const answers = asks.map((ask, i) => {
    if (ask.kind !== "sheet") return answerTo(core, ask);
    try {
      sheets.push(submissionIn(ask.bytes, ask.expect, core.standings));
      places.push(i);
      return null;
    } catch (error) {
      return misfortune(error);
    }
  });
  const results = sheets.length === 0 ? [] : await core.sequence(sheets).catch(misfortune);
  places.forEach((place, i) => {
    answers[place] = Array.isArray(results) ? (results[i] ?? null) : results;
  });
  return Promise.all(answers.map((answer) => answer ?? misfortune(new Error("the sequencer gave no result"))));
}

function answerTo(core: Served, ask: Exclude<Ask, { readonly kind: "sheet" }>): Promise<Answer> {
  return done(core, ask).catch(misfortune);
}

async function done(core: Served, ask: Exclude<Ask, { readonly kind: "sheet" }>): Promise<Answer> {
  switch (ask.kind) {
    case "see":
      return core.see(ask.log, ask.other);
    case "append":
      await assertSigned(ask.bytes, ask.log, core.standings);
      return core.append(ask.log, ask.bytes, ask.after);
    case "mirror":
      return core.mirror(ask.log, ask.from, ask.entries);
  }
}

function misfortune(error: unknown): Answer {
  if (error instanceof RepeatedStatement) return { kind: "repeated", index: error.index };
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  return { kind: "error", name, message };
}
