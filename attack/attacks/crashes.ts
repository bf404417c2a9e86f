/**
 * Servers that die: killed at any moment, on a disk that is full, with a store whose last write was torn by a power cut. Again and
 * again, while phones send as fast as they are answered. What must hold afterwards: every receipt's sheet is where it says, nothing is
 * there twice, the published totals are the sum of what was acknowledged last, and a full audit of the folder holds.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { seeded } from "../../bench/election.ts";
import { ServerProcess } from "../../bench/server.ts";
import { type Election, foundElection } from "../../e2e/election.ts";
import { promiseIn, untilPublished } from "../../e2e/receipts.ts";
import { Sender } from "../../e2e/sender.ts";
import { until } from "../../e2e/until.ts";
import { teguh } from "../../src/cli/testing.ts";
import type { Role } from "../../src/server/roles.ts";
import type { Outcome, OwnAttack } from "../attack-of.ts";
import { heldAgainst } from "../held.ts";
import { Servers } from "../servers.ts";
import { tearTail } from "../torn.ts";

/** How often, and the seconds after which it is left at that, so that a whole run has an end on a slow machine too. */
const KILLS: Cycles = { short: 8, long: 200, seconds: 150 };
const FULL: Cycles = { short: 3, long: 50, seconds: 80 };
const TORN: Cycles = { short: 3, long: 50, seconds: 80 };
/** Phones that send at a time. */
const AT_ONCE = 6;
const MEGABYTE = 2 ** 20;
/** Room for a founded election and the sheets of all cycles. */
const DISK = 256 * MEGABYTE;

interface Cycles {
  readonly short: number;
  readonly long: number;
  readonly seconds: number;
}

interface Scene {
  readonly election: Election;
  readonly random: () => number;
  readonly sender: Sender;
  /** Resolves when so many more sheets have a receipt. */
  more(count: number): Promise<void>;
  /** Whether there is to be more of it; counts what was done since the last call, one unless it says otherwise. */
  again(done?: number): boolean;
}

/** An own election in `folder`, phones that send to `door` during `work`, and what is left of it all in the end. */
async function whileSending(
  name: string,
  { short, seed }: Parameters<OwnAttack["runAlone"]>[0],
  { long, seconds, ...cycles }: Cycles,
  folder: string,
  stand: (election: Election) => {
    door: () => Promise<string>;
    work: (scene: Scene) => Promise<void>;
    end: () => Promise<unknown>;
  },
): Promise<Outcome> {
  const election = await foundElection(join(folder, "data"), { stationsPerDesa: 40 });
  const { door, work, end } = stand(election);
  const random = seeded(seed);
  const sender = new Sender(election, seeded(seed + 1), door);
  const sending = new AbortController();
  const wanted = short ? cycles.short : long;
  const began = performance.now();
  let done = 0;
  const again = (more = 1) => {
    done += more;
    return done < wanted && performance.now() - began < seconds * 1000;
  };
  const more = (count: number) => {
    const enough = sender.sent.size + count;
    return until(`${count} more receipts`, () => sender.sent.size >= enough);
  };
  try {
    await door();
    const sent = sender.run(AT_ONCE, sending.signal);
    await Promise.race([work({ election, random, sender, more, again }), sent]);
    sending.abort();
    await sent;
  } finally {
    sending.abort();
    await end();
  }
  return aftermath(name, { done, wanted }, election, sender);
}

/** Publishes what is stored, and holds all that was promised against it. */
async function aftermath(
  name: string,
  { done, wanted }: { readonly done: number; readonly wanted: number },
  { data }: Election,
  sender: Sender,
): Promise<Outcome> {
  const publisher = await ServerProcess.start("publish", data);
  await untilPublished(data).finally(() => publisher.stop());
  const kept = sender.receipts.map((receipt) => {
    const { id, log, index = -1 } = promiseIn(receipt);
    return { id, log, index };
  });
  const { lost, doubled } = await heldAgainst(join(data, "store.db"), kept);
  const results = await teguh("results", data, "--contest", "ppwp", "--region", "0", "--json");
  const { count }: { count: { votes: Record<string, number> } } = results.json();
  const expected = sender.votes("ppwp");
  const wrong = Object.values(count.votes).filter((votes, i) => votes !== expected[i]).length;
  const audit = await teguh("verify", data);
  return {
    figures: [
      {
        what: `${name}: times, ${kept.length} sheets acknowledged, ${sender.unanswered} cut off`,
        value: done,
        unit: "",
        atLeast: wanted,
      },
      { what: `${name}: acknowledged and not there`, value: lost, unit: "", atMost: 0 },
      { what: `${name}: there twice`, value: doubled, unit: "", atMost: 0 },
      { what: `${name}: wrong totals`, value: wrong, unit: "", atMost: 0 },
      { what: `${name}: exit code of the full audit`, value: audit.code, unit: "", atMost: 0 },
    ],
  };
}

async function inScratch(work: (folder: string) => Promise<Outcome>): Promise<Outcome> {
  const scratch = mkdtempSync(join(tmpdir(), "teguh-crash-"));
  try {
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const kill: OwnAttack = {
  name: "kill",
  about: "kill -9 of the processes that write, one or several at once, at any moment, start and edition included",
  runAlone: (how) =>
    inScratch((folder) =>
      whileSending("kill", how, KILLS, folder, ({ data }) => {
        const servers = new Servers(data);
        const kill = async (victim: Role) => {
          while (!servers.kill(victim)) await pause(5);
        };
        return {
          door: () => servers.address("intake"),
          end: () => servers.stop(),
          async work({ random, more, again }) {
            for (let killed = 0; again(killed); ) {
              // One in four dies while it starts, the others after some more receipts.
              if (random() < 0.25) await pause(random() * 400);
              else await more(Math.floor(random() * 30)).then(() => pause(random() * 100));
              const victims = someOf(WRITERS, random);
              await Promise.all(victims.map(kill));
              killed = victims.length;
            }
          },
        };
      }),
    ),
};

/** Roles that write what must not be lost. */
const WRITERS: readonly Role[] = ["intake", "core", "publish"];

/** At least one of them. */
function someOf<T>(list: readonly T[], random: () => number): T[] {
  const some = list.filter(() => random() < 0.5);
  return some.length > 0 ? some : [...list];
}

const disk: OwnAttack = {
  name: "disk",
  about: "a disk that runs full and is freed again, under load",
  runAlone(how) {
    if (process.platform !== "linux" || process.getuid?.() !== 0) {
      process.stderr.write("disk: only root on Linux may mount a small disk; not run\n");
      return Promise.resolve({ figures: [] });
    }
    return inScratch(async (scratch) => {
      const folder = join(scratch, "disk");
      mkdirSync(folder);
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK}`, "teguh-attack", folder]);
      const ballast = join(folder, "ballast");
      try {
        return await whileSending("disk", how, FULL, folder, ({ data }) => {
          const servers = new Servers(data);
          return {
            door: () => servers.address("intake"),
            end: () => servers.stop(),
            async work({ random, sender, more, again }) {
              for (let filled = 0; again(filled); filled = 1) {
                sender.later.delete(507);
                const { bavail, bsize } = statfsSync(folder);
                fill(ballast, bavail * bsize - Math.floor(random() * MEGABYTE));
                await until("a refusal for want of room", () => sender.later.has(507));
                rmSync(ballast);
                await more(10);
              }
            },
          };
        });
      } finally {
        rmSync(ballast, { force: true });
        // Lazily, since a process that is ending may still hold a file.
        execFileSync("umount", ["-l", folder]);
      }
    });
  },
};

/** Writes a file of so many bytes; what the others have taken meanwhile need not be there any more. */
function fill(path: string, bytes: number): void {
  try {
    writeFileSync(path, new Uint8Array(Math.max(0, bytes)));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}

const torn: OwnAttack = {
  name: "torn",
  about: "a power cut in the middle of a write: the store's last page is half there",
  runAlone: (how) =>
    inScratch((folder) =>
      whileSending("torn", how, TORN, folder, ({ data }) => {
        // The door stays: what it finds when the writer is back is part of what is tried.
        const door = ServerProcess.start("intake", data);
        let core = ServerProcess.start("core", data);
        return {
          door: async () => (await Promise.all([door, core]))[0].address,
          end: async () => Promise.all([(await door).stop(), (await core).stop()]),
          async work({ random, more, again }) {
            for (let cut = 0; again(cut); cut = 1) {
              await more(5 + Math.floor(random() * 20));
              await (await core).kill();
              tearTail(join(data, "store.db-wal"), random);
              core = ServerProcess.start("core", data);
              await core;
            }
          },
        };
      }),
    ),
};

export const crashes: readonly OwnAttack[] = [kill, disk, torn];
