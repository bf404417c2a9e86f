/**
 * Kill -9 at any moment, again and again, while phones send and readers read. What must hold afterwards: every receipt is
 * kept, nothing is counted twice, and whatever checkpoint anyone ever saw is the beginning of the last.
 *
 * The moments follow from a seed, which is printed: TEGUH_SEED sets it, TEGUH_CYCLES the number of kills.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { seeded } from "../bench/election.ts";
import { Reader } from "../src/cli/reader.ts";
import { openSource } from "../src/cli/source.ts";
import { teguh } from "../src/cli/testing.ts";
import { utf8 } from "../src/ledger/bytes.ts";
import { openCheckpoint, type ReadCheckpoint } from "../src/ledger/checkpoint.ts";
import { hashHex } from "../src/ledger/hash.ts";
import { parseVkey, type Verifier } from "../src/ledger/note.ts";
import { openProof, verifyConsistency } from "../src/ledger/proof.ts";
import type { Role } from "../src/server/roles.ts";
import { type Election, foundElection } from "./election.ts";
import { ask } from "./phone.ts";
import { assertKept, untilPublished } from "./receipts.ts";
import { Sender } from "./sender.ts";
import { Servers } from "./servers.ts";
import { until } from "./until.ts";

const CYCLES = Number(process.env.TEGUH_CYCLES ?? 50);
const SEED = Number(process.env.TEGUH_SEED ?? Math.floor(Math.random() * 2 ** 32));
const AT_ONCE = 6;
/** One kill in so many comes while its victim is still starting … */
const STARTING = 4;
/** … every other one of the publisher up to so many milliseconds after it has begun an edition … */
const EDITION_TAKES = 40;
/** … the rest after up to so many more receipts and milliseconds. */
const MORE_RECEIPTS = 60;
const SOON = 250;

const scratch = mkdtempSync(join(tmpdir(), "teguh-kill-"));
after(() => rmSync(scratch, { recursive: true }));

/** A reader who never stops looking, and remembers every checkpoint that was ever shown. */
class Watcher {
  readonly seen: ReadCheckpoint[] = [];
  /** Number of the edition in which the results were last read. */
  #shown = 0;

  async run(site: string, key: Verifier, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look(site, key);
      await pause(25);
    }
  }

  async look(site: string, key: Verifier): Promise<void> {
    const { status, text } = await ask(`${site}checkpoint`);
    assert.equal(status, 200, "reading goes on, whoever is killed");
    const checkpoint = openCheckpoint(utf8(text), [key]);
    if (checkpoint.size !== this.seen.at(-1)?.size) this.seen.push(checkpoint);
    const reply = await ask(`${site}now/ppwp.json`);
    // Before the first sheet there is no result to show.
    if (reply.status === 404 && this.#shown === 0) return;
    const now: { proof: string; edition: string; nation: string } = JSON.parse(reply.text);
    const { index } = openProof(now.proof, utf8(now.edition), [key]);
    const edition: { results: { ppwp: string } } = JSON.parse(now.edition.split("\n")[1] ?? "");
    assert.equal(hashHex(utf8(now.nation)), edition.results.ppwp, "the nation shown is the one of its edition");
    assert.ok(index + 1 >= this.#shown, `edition ${index + 1} is shown after edition ${this.#shown}`);
    this.#shown = index + 1;
  }
}

interface Play {
  readonly election: Election;
  readonly servers: Servers;
  readonly sender: Sender;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** Kills until it has killed so often; whom and when follows from `random`. How often each was the victim. */
async function killAgainAndAgain(play: Play): Promise<Record<string, number>> {
  const { servers, random, signal } = play;
  const killed: Record<string, number> = {};
  const choices: readonly (readonly Role[])[] = [
    ["core"],
    ["intake"],
    ["publish"],
    ["core", "intake"],
    ["core", "publish"],
  ];
  for (let cycle = 0; cycle < CYCLES && !signal.aborted; ) {
    const victims = choices[Math.floor(random() * choices.length)] ?? [];
    await someMoment(victims, play);
    const hit = victims.filter((role) => servers.kill(role)).join(" + ");
    if (hit === "") continue;
    killed[hit] = (killed[hit] ?? 0) + 1;
    cycle++;
  }
  return killed;
}

/** The pauses in it wait for nothing: they are what makes it any moment. */
async function someMoment(
  victims: readonly Role[],
  { election, servers, sender, random, signal }: Play,
): Promise<void> {
  if (random() * STARTING < 1) {
    await pause(random() * servers.startTook);
    return;
  }
  for (const role of victims) await servers.address(role);
  if (victims.includes("publish") && random() < 0.5) {
    await editionBegun(election.data);
    await pause(random() * EDITION_TAKES);
    return;
  }
  const enough = sender.sent.size + Math.floor(random() * MORE_RECEIPTS);
  await until(`${enough} receipts`, () => sender.sent.size >= enough || signal.aborted);
  await pause(random() * SOON);
}

/** Resolves when the publisher has just written into its own store, which is how an edition begins; or if it does not. */
async function editionBegun(data: string): Promise<void> {
  const watcher = watch(join(data, "publish.db-wal"));
  try {
    await Promise.race([once(watcher, "change"), pause(2_000)]);
  } finally {
    watcher.close();
  }
}

/** Every checkpoint ever seen is of a beginning of the log of editions as it is now. */
async function assertBeginnings(reader: Reader, seen: readonly ReadCheckpoint[]): Promise<void> {
  const { size, root } = reader.checkpoint;
  for (const [i, earlier] of seen.entries()) {
    assert.ok(earlier.size > (seen[i - 1]?.size ?? 0), "no checkpoint was followed by a smaller one");
    const proof = await reader.editions.consistency(earlier.size, size);
    assert.ok(verifyConsistency(earlier.size, size, proof, earlier.root, root), `${earlier.size} begins ${size}`);
  }
}

test(`killed ${CYCLES} times (seed ${SEED}), nothing acknowledged is missing and nothing is there twice`, async (t) => {
  const data = join(scratch, "data");
  const election: Election = await foundElection(data, { stationsPerDesa: 30 });
  const servers = new Servers(data, ["public", "intake", "core", "publish"]);
  const random = seeded(SEED);
  const sender = new Sender(election, seeded(SEED + 1), () => servers.address("intake"));
  const watcher = new Watcher();
  const sending = new AbortController();
  const reading = new AbortController();
  try {
    const site = await servers.address("public");
    const status: { editionsVkey: string } = JSON.parse((await ask(`${site}status.json`)).text);
    const key = parseVkey(status.editionsVkey);
    const sent = sender.run(AT_ONCE, sending.signal);
    const read = watcher.run(site, key, reading.signal);
    // Sending and reading end only when they are told to, or fail.
    const killed = await Promise.race([
      killAgainAndAgain({ election, servers, sender, random, signal: sending.signal }),
      sent,
      read,
    ]);
    sending.abort();
    await sent;
    await servers.address("publish");
    await untilPublished(data);
    reading.abort();
    await read;
    await watcher.look(site, key);
    t.diagnostic(JSON.stringify({ killed, receipts: sender.sent.size, unanswered: sender.unanswered }));
    t.diagnostic(`editions ${watcher.seen.at(-1)?.size}, seen ${watcher.seen.length}`);
  } finally {
    sending.abort();
    reading.abort();
    await servers.stop();
  }
  assert.ok(sender.unanswered > 0, "some were cut off before their answer");
  await assertKept(data, sender.receipts);
  await assertBeginnings(await Reader.open(openSource(data).files, undefined), watcher.seen);

  const results = await teguh("results", data, "--contest", "ppwp", "--region", "0", "--json");
  const { count }: { count: { votes: Record<string, number> } } = results.json();
  assert.deepEqual(
    Object.values(count.votes),
    sender.votes("ppwp"),
    "the sums are those of the sheets last acknowledged",
  );

  const audit = await teguh("verify", data);
  assert.equal(audit.code, 0, audit.out + audit.err);

  const file = join(scratch, "receipt");
  for (const receipt of sender.receipts.filter((_, i) => i % Math.ceil(sender.sent.size / 10) === 0)) {
    writeFileSync(file, receipt);
    const kept = await teguh("receipt", file, data);
    assert.equal(kept.code, 0, kept.out + kept.err);
  }
});
