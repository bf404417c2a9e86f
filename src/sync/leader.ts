/**
 * The side of an exchange that leads: a kecamatan's laptop. It says where its logs stand, hears where the other's do, and then sends
 * what it has more of and asks for what it lacks, until nothing moves any more. It can break off anywhere and begin again: what
 * arrived is there, what did not is sent again.
 *
 * Nothing here knows how messages travel: over HTTP, through a simulated network that loses and repeats them, or not at all.
 */

import type { RegionCode } from "../election/codes.ts";
import type { Endpoints } from "../election/endpoints.ts";
import { toHex } from "../ledger/bytes.ts";
import { parseStatement } from "../ledger/statement.ts";
import type { LogName } from "../store/store.ts";
import { chunksFrom } from "./answerer.ts";
import type { Chunk } from "./chunk.ts";
import type { Apart, Message, Standing } from "./messages.ts";
import type { SyncReason } from "./refusals.ts";
import type { Relay } from "./relay.ts";
import type { Replica } from "./replica.ts";

/** Sheets in one message. */
const SHEETS_AT_ONCE = 100;

export interface LeaderOptions {
  readonly replica: Replica;
  readonly region: RegionCode;
  readonly relay?: Relay;
  readonly endpoints?: Endpoints;
  /** Says that this place is there; null while it is not the one that writes the hall's log. */
  readonly contact?: () => Promise<Uint8Array | null>;
}

/** Something that was not taken in. */
export interface Trouble {
  readonly log: LogName;
  readonly reason: string;
  readonly index: number | null;
}

/** Refusals that what else comes in the same conversation may mend. */
const MAY_PASS: ReadonlySet<string> = new Set<SyncReason>(["unknown-writer", "unknown-key", "replaced"]);

/** What one conversation came to. */
export interface Outcome {
  /** All that is here is there, and the reverse, as far as either may have it. */
  readonly complete: boolean;
  /** What was not taken in, here or there. */
  readonly troubles: readonly Trouble[];
  /** Logs of which the other side has less than their writer once showed us: it withholds, or an old copy was put back. */
  readonly withheld: readonly LogName[];
  /** How far the other side has each log, as it has said. */
  readonly theirs: ReadonlyMap<LogName, number>;
}

/** The place that leads, for one conversation: a kecamatan's laptop. */
export class Leader {
  readonly #options: LeaderOptions;
  /** Where the other side's logs stand; null before it has said so. */
  #theirs: Map<LogName, Standing> | null = null;
  /** Of logs that another machine writes now: up to where the other side keeps apart what was written here. */
  readonly #apart = new Map<LogName, number>();
  /** What was tried, and how much had moved by then: the same is not tried twice unless something has moved since. */
  readonly #tried = new Map<string, number>();
  readonly #dead = new Set<LogName>();
  readonly #asked: Message[] = [];
  readonly #handedOn = new Set<string>();
  readonly #troubles = new Map<LogName, Trouble>();
  #withheld: LogName[] = [];
  #moved = 0;

  constructor(options: LeaderOptions) {
    this.#options = options;
  }

  /** What to say next; nothing when the conversation is over. */
  async next(): Promise<Message[]> {
    if (this.#theirs === null)
      return this.#once("heads", async () => [await this.#heads(), ...(await this.#contact())]);
    const messages = this.#asked.splice(0);
    const { replica } = this.#options;
    for (const log of await this.#logs()) {
      if (this.#dead.has(log)) continue;
      messages.push(...(await this.#about(log, await replica.trees.of(log))));
    }
    messages.push(...(await this.#sheets()));
    return messages;
  }

  /** Takes in what the other side has said. */
  async hear(messages: readonly Message[]): Promise<void> {
    // Before anything is taken in: where an old copy was put back, what comes of the plenaries above would have this laptop write
    // that it has seen them, in the place of what it once wrote there.
    for (const message of messages)
      if (message.kind === "chunk") await this.#options.replica.heed(message.log, message.checkpoint);
    for (const message of messages) await this.#hear(message);
    await this.#options.relay?.checkPromises();
  }

  async outcome(): Promise<Outcome> {
    const theirs = this.#theirs;
    let complete = theirs !== null && this.#troubles.size === 0 && (this.#options.relay?.waiting ?? 0) === 0;
    for (const log of complete ? await this.#logs() : []) {
      const tree = await this.#options.replica.trees.of(log);
      if ((theirs?.get(log)?.size ?? 0) !== tree.size) complete = false;
    }
    const sizes = new Map([...(theirs ?? [])].map(([log, { size }]) => [log, size]));
    return { complete, troubles: [...this.#troubles.values()], withheld: this.#withheld, theirs: sizes };
  }

  async #once(what: string, say: () => Promise<Message[]>): Promise<Message[]> {
    if (this.#tried.get(what) === this.#moved) return [];
    this.#tried.set(what, this.#moved);
    return say();
  }

  async #heads(): Promise<Message> {
    const { replica, region } = this.#options;
    const logs = await replica.standings(region);
    return { kind: "heads", election: replica.home.genesis.electionTag, region, logs, apart: [] };
  }

  async #contact(): Promise<Message[]> {
    const note = (await this.#options.contact?.()) ?? null;
    return note === null ? [] : [{ kind: "contact", note }];
  }

  /** The logs that either side has, the highest plenary first: what a log names comes before it. */
  async #logs(): Promise<LogName[]> {
    const { replica, region } = this.#options;
    const mine = await replica.standings(region);
    const names = new Set([...mine.map(({ log }) => log), ...(this.#theirs?.keys() ?? [])]);
    return [...names].filter(replica.home.scope).sort();
  }

  /** What is to be sent or asked about a log. */
  async #about(log: LogName, tree: { readonly size: number; root(): Uint8Array }): Promise<Message[]> {
    const { replica } = this.#options;
    const replaced = await replica.replacedAt(log);
    if (replaced !== null) return this.#evidence(log, replaced, tree.size);
    const theirs = this.#theirs?.get(log) ?? { log, size: 0, root: "" };
    if (theirs.size > tree.size) {
      return this.#once(`want ${log} ${tree.size}`, async () => [{ kind: "want", log, from: tree.size }]);
    }
    const differs = theirs.size === tree.size && theirs.root !== "" && theirs.root !== toHex(tree.root());
    if (theirs.size === tree.size && !differs) return [];
    return this.#once(`send ${log} ${theirs.size}`, async () => {
      const sent = await chunksFrom(replica, log, theirs.size);
      return differs ? [...sent, { kind: "want", log, from: tree.size }] : sent;
    });
  }

  /** What was written here after another machine had custody goes to be kept apart. */
  async #evidence(log: LogName, from: number, size: number): Promise<Message[]> {
    const kept = Math.max(from, this.#apart.get(log) ?? 0);
    if (kept >= size) return [];
    return this.#once(`apart ${log} ${kept}`, () => chunksFrom(this.#options.replica, log, kept));
  }

  async #sheets(): Promise<Message[]> {
    const notes = (await this.#options.relay?.next(SHEETS_AT_ONCE, this.#handedOn)) ?? [];
    for (const note of notes) this.#handedOn.add(idOf(note));
    return notes.length === 0 ? [] : [{ kind: "sheets", notes }];
  }

  async #hear(message: Message): Promise<void> {
    const { replica, relay, endpoints } = this.#options;
    switch (message.kind) {
      case "heads":
        this.#theirs = new Map(message.logs.map((one) => [one.log, one]));
        for (const one of message.apart) await this.#hearApart(one);
        this.#withheld = await this.#findWithheld();
        this.#moved++;
        return;
      case "have":
        return this.#have(message.log, message.size);
      case "chunk":
        return this.#take(message);
      case "want":
        // The other side looks for the place where two histories part.
        this.#asked.push(
          ...(await this.#once(`asked ${message.log} ${message.from}`, () =>
            chunksFrom(replica, message.log, message.from),
          )),
        );
        return;
      case "answers":
        return relay?.settle(message.answers);
      case "endpoints":
        return endpoints?.learn(message.note);
      case "refused":
        this.#stumble({ log: message.log, reason: message.reason, index: message.index });
        return;
      case "sheets":
      case "contact":
        return;
    }
  }

  /** Of what is kept of several machines only what this one wrote concerns it. */
  async #hearApart({ log, epoch, size }: Apart): Promise<void> {
    const { home } = this.#options.replica;
    if (!home.scope(log)) return;
    await home.load(log);
    if (home.epoch(log) === epoch) this.#apart.set(log, Math.max(size, this.#apart.get(log) ?? 0));
  }

  async #have(log: LogName, size: number): Promise<void> {
    if ((await this.#options.replica.replacedAt(log)) !== null) {
      if (size > (this.#apart.get(log) ?? 0)) this.#moved++;
      this.#apart.set(log, Math.max(size, this.#apart.get(log) ?? 0));
      return;
    }
    if (size > (this.#theirs?.get(log)?.size ?? 0)) this.#moved++;
    // Its root is not known, and is not asked for: what follows will show whether it is the same.
    this.#theirs?.set(log, { log, size, root: "" });
  }

  async #take(chunk: Chunk): Promise<void> {
    const { replica } = this.#options;
    const { log } = chunk;
    const { size } = await replica.trees.of(log);
    const taken = await replica.take(chunk);
    if ((await replica.trees.of(log)).size > size) this.#moved++;
    // Whoever finds that two histories contradict each other shows the other side its own, so that both have both.
    if (taken.kind === "searching" || (taken.kind === "refused" && taken.reason === "fork")) {
      this.#asked.push(...(await this.#once(`fork ${log}`, () => chunksFrom(replica, log, size))));
    }
    switch (taken.kind) {
      case "taken":
        this.#troubles.delete(log);
        return;
      case "searching":
        this.#asked.push(
          ...(await this.#once(`search ${log} ${taken.next}`, async () => [{ kind: "want", log, from: taken.next }])),
        );
        return;
      case "refused":
        this.#stumble({ log, reason: taken.reason, index: taken.index });
        return;
      case "waiting":
      case "gap":
      case "apart":
        return;
    }
  }

  #stumble(trouble: Trouble): void {
    this.#troubles.set(trouble.log, trouble);
    if (!MAY_PASS.has(trouble.reason)) this.#dead.add(trouble.log);
  }

  async #findWithheld(): Promise<LogName[]> {
    const found: LogName[] = [];
    for (const log of await this.#logs()) {
      const { size } = await this.#options.replica.trees.of(log);
      const signed = Math.max(size, (await this.#options.replica.promised(log)) ?? 0);
      const { home } = this.#options.replica;
      await home.load(log);
      const isTheirs = home.signer(log, home.epoch(log)) === null;
      if (isTheirs && (this.#theirs?.get(log)?.size ?? 0) < signed) found.push(log);
    }
    return found;
  }
}

const idOf = (note: Uint8Array): string => toHex(parseStatement(note).id);
