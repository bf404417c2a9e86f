/**
 * Flushes the public folder's file system once per edition, through a small process that is started once.
 *
 * Starting a process copies the page tables of the one that starts it: beside a nation's fold of 3 GB that alone took 0.3 s of
 * every edition (measured). The loop below waits at its input and ends with us. Whoever opens a publisher asks for a first flush,
 * so that it is started while little is in memory.
 */
import { spawn } from "node:child_process";

/** Node has no syncfs. Only GNU's sync can be told one file system; others sync all of them. */
const SYNC = process.platform === "linux" ? 'sync -f "$1"' : "sync";
const LOOP = `while read -r _; do if ${SYNC}; then echo y; else echo n; fi; done`;

/** The flush failed, or cannot be asked for: what was written may be lost in a power cut. */
export class FlushFailed extends Error {
  override readonly name = "FlushFailed";

  constructor(folder: string, why: string) {
    super(`the file system of ${folder} could not be flushed (${why}); what was written last may not be on the disk`);
  }
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Returns a function that makes everything written to the file system of `folder` durable; it rejects with FlushFailed. */
export function flusher(folder: string): () => Promise<void> {
  const shell = spawn("sh", ["-c", LOOP, "sh", folder], { stdio: ["pipe", "pipe", "ignore"] });
  const waiting: Waiting[] = [];
  let ended: string | null = null;
  const end = (why: string) => {
    ended ??= why;
    for (const { reject } of waiting.splice(0)) reject(new FlushFailed(folder, ended));
  };
  shell.on("error", (error) => end(error.message));
  shell.on("exit", () => end("its process has ended"));
  // Writing to a process that has just ended; that it has, is told above.
  shell.stdin.on("error", () => undefined);
  shell.stdout.setEncoding("latin1").on("data", (answers: string) => {
    for (const answer of answers.replaceAll("\n", "")) {
      const asked = waiting.shift();
      if (answer === "y") asked?.resolve();
      else asked?.reject(new FlushFailed(folder, "sync says so"));
    }
    if (waiting.length === 0) hold(false);
  });
  // Nobody is kept from ending by a process that only waits.
  const hold = (isAsked: boolean) => {
    for (const part of [shell, shell.stdin, shell.stdout] as unknown as NodeJS.RefCounted[]) {
      if (isAsked) part.ref();
      else part.unref();
    }
  };
  hold(false);
  return () => {
    if (ended !== null) return Promise.reject(new FlushFailed(folder, ended));
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      hold(true);
      shell.stdin.write("\n");
    });
  };
}
