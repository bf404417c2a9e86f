/**
 * The process of the side files: told of each edition by the publisher, it follows the newest, and answers with downloads once
 * they are made. It has the machine's lowest priority: editions come first.
 */
import { constants, setPriority } from "node:os";
import { ObjectGone, type PublishedEdition, SideFiles } from "./side-files.ts";

const [publicDir = ""] = process.argv.slice(2);
const files = new SideFiles(publicDir, Date.now);
let newest: PublishedEdition | null = null;
let isFollowing = false;
let isMakingDownloads = false;

setPriority(constants.priority.PRIORITY_LOW);
// Ctrl-C reaches the whole group; the publisher decides when this one stops.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit(0));
process.on("message", (message: PublishedEdition) => {
  newest = message;
  void follow();
  void makeDownloads();
});

/** Follows until there is nothing newer; what it was too early for is done when it is time. */
async function follow(): Promise<void> {
  if (isFollowing) return;
  isFollowing = true;
  for (let done: PublishedEdition | null = null; done !== newest && newest !== null; ) {
    done = newest;
    await tolerating(() => files.follow(done as PublishedEdition));
    await new Promise((resolve) => setTimeout(resolve, files.rest));
  }
  isFollowing = false;
}

async function makeDownloads(): Promise<void> {
  if (isMakingDownloads || newest === null) return;
  isMakingDownloads = true;
  const published = newest;
  const made = await tolerating(() => files.downloads(published));
  if (made) process.send?.(made);
  isMakingDownloads = false;
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
