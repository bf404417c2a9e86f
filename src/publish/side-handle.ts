/** The publisher's hold on the process of the side files: tells it of editions, and is told which downloads are ready. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Edition } from "./edition.ts";
import type { PublishedEdition } from "./side-files.ts";
import type { Said } from "./side-process.ts";

const FILE = fileURLToPath(new URL("side-process.ts", import.meta.url));
/** How long after its death it is started again, at the earliest, in milliseconds. */
const REST = 60_000;

export interface Side {
  /** An edition has been published. Returns at once. */
  follow(published: PublishedEdition): void;
  /** The newest downloads that are ready; null if none were made since the start. */
  readonly downloads: Edition["downloads"];
  close(): void;
}

export interface SideProcess extends Side {
  /** Of the process, while there is one. */
  readonly pids: readonly number[];
}

/** The side files of a public folder, in a process that is started with the first edition. */
export function sideProcess(publicDir: string, log: (line: string) => void): SideProcess {
  let child: ChildProcess | null = null;
  let downloads: Edition["downloads"] = null;
  let notBefore = Number.NEGATIVE_INFINITY;
  const start = (): ChildProcess => {
    const started = fork(FILE, [publicDir], { serialization: "advanced" });
    started.on("message", (message) => {
      const said = message as Said;
      if ("fault" in said) log(`search, feed and downloads: ${said.fault}`);
      else downloads = said.downloads;
    });
    started.on("error", (error) => log(`search, feed and downloads: ${error.message}`));
    started.on("exit", (code, signal) => {
      if (child !== started) return;
      child = null;
      notBefore = performance.now() + REST;
      log(
        `search, feed and downloads have stopped (${code ?? signal}); editions go on, and they are tried again in a minute`,
      );
    });
    // A publisher that has nothing left to do may end.
    started.unref();
    started.channel?.unref();
    return started;
  };
  return {
    follow(published) {
      if (child === null && performance.now() < notBefore) return;
      child ??= start();
      if (child.connected) child.send(published, () => undefined);
    },
    get downloads() {
      return downloads;
    },
    get pids() {
      return child?.pid === undefined ? [] : [child.pid];
    },
    close() {
      const ended = child;
      child = null;
      ended?.kill();
    },
  };
}
