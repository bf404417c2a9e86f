/**
 * The process of the side files: told of each edition by the publisher, it follows the newest, and answers with downloads once
 * they are made. It has the machine's lowest priority: editions come first.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { comeLast } from "../store/precedence.ts";
import type { Edition } from "./edition.ts";
import { FEED_EVERY, ObjectGone, type PublishedEdition, SideFiles } from "./side-files.ts";

/** What this process says: which downloads are ready, or why it ends. */
export type Said = { readonly downloads: Edition["downloads"] } | { readonly fault: string };

const [publicDir = ""] = process.argv.slice(2);
const files = new SideFiles(publicDir, Date.now);
let newest: PublishedEdition | null = null;
let isFollowing = false;
let isMakingDownloads = false;

comeLast();
// Ctrl-C reaches the whole group; the publisher decides when this one stops.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit(0));
process.on("message", (message: PublishedEdition) => {
  newest = message;
  follow().catch(end);
  makeDownloads().catch(end);
});

/** Follows until nothing is newer; what it was too early for is made when it is time, even if no other edition comes. */
async function follow(): Promise<void> {
  if (isFollowing) return;
  isFollowing = true;
  for (let done: PublishedEdition | null = null; newest !== null && done !== newest; ) {
    const published: PublishedEdition = newest;
    const wait = (await tolerating(() => files.follow(published))) ?? 0;
    // No longer than a feed rests: a newer edition may be due for it before this one's pages are.
    if (wait > 0) await sleep(Math.min(wait, FEED_EVERY));
    else done = published;
  }
  isFollowing = false;
}

/** Makes the downloads of the newest edition; of one that came meanwhile, they are made if it is time. */
async function makeDownloads(): Promise<void> {
  if (isMakingDownloads) return;
  isMakingDownloads = true;
  for (let done: PublishedEdition | null = null; newest !== null && done !== newest; ) {
    const published: PublishedEdition = newest;
    const made = await tolerating(() => files.downloads(published));
    // A publisher that has gone in this moment is no fault here: that it has ends this process.
    if (made) say({ downloads: made }, () => undefined);
    done = published;
  }
  isMakingDownloads = false;
}

function say(said: Said, done: () => void): void {
  process.send?.(said, done);
}

/** What the system refuses, a full disk above all, is said in its words; anything else is a fault of ours. */
function end(error: unknown): void {
  const fault = error instanceof Error ? ("syscall" in error ? error.message : error.stack) : undefined;
  say({ fault: fault ?? String(error) }, () => process.exit(1));
}

/** An edition that was let go while it was read is no fault; the next one is followed. */
async function tolerating<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ObjectGone)) throw error;
    return null;
  }
}
