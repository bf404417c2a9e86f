/**
 * Phones that send all the time: first sheets, corrections, rivals, and what they have sent before. A phone does not let go of
 * a sheet before it has a receipt, so what is cut off is sent again, the same bytes; and it keeps every receipt.
 */
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { ContestKind } from "../src/election/codes.ts";
import type { Hash } from "../src/ledger/hash.ts";
import { type Election, idOf } from "./election.ts";
import { Phone, type Reply } from "./phone.ts";
import { promiseIn } from "./receipts.ts";

/** Milliseconds before a phone that was put off tries again. */
const PUT_OFF = 25;
/** Nothing is refused for so long in these tests. */
const GIVEN_UP = 90_000;
/** Answers that mean: nothing was decided, come again. */
const LATER = new Set([425, 429, 503, 507]);
/** A key has few rivals in a chain, or it is refused. */
const MOST_RIVALS = 3;
/** Small enough that a sheet of any contest stays within the form. */
const MOST_VOTES = 40;

/** What a station has sent in a contest, as it knows from its receipts. */
interface Chain {
  readonly contest: ContestKind;
  readonly current: Hash;
  readonly votes: readonly number[];
  readonly rivals: number;
}

interface Sent {
  readonly note: Uint8Array;
  readonly receipt: string;
}

export class Sender {
  /** By the sheet's id: what was acknowledged. */
  readonly sent = new Map<Hash, Sent>();
  /** How often there was no answer, and how often one that meant "later", by its status. */
  unanswered = 0;
  readonly later = new Map<number, Reply>();
  readonly #election: Election;
  readonly #random: () => number;
  readonly #door: () => Promise<string>;
  readonly #idle: Phone[];
  readonly #chains = new Map<string, Map<ContestKind, Chain>>();

  /** `door` gives the address of the intake as it is now. */
  constructor(election: Election, random: () => number, door: () => Promise<string>) {
    this.#election = election;
    this.#random = random;
    this.#door = door;
    this.#idle = election.stations.map((station) => new Phone(election, station));
  }

  /** Sends with so many phones at a time until the signal, and then until the last of them has its receipt. */
  async run(atOnce: number, signal: AbortSignal): Promise<void> {
    const work = async () => {
      while (!signal.aborted) {
        const [phone] = this.#idle.splice(this.#below(this.#idle.length), 1);
        assert.ok(phone, "there are more phones than work at a time");
        await this.#sendNext(phone);
        this.#idle.push(phone);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  get receipts(): string[] {
    return [...this.sent.values()].map(({ receipt }) => receipt);
  }

  /** For each choice of a contest with one list for all: the votes that the nation must show. */
  votes(contest: ContestKind): number[] {
    const sum: number[] = [];
    for (const chains of this.#chains.values()) {
      chains.get(contest)?.votes.forEach((votes, i) => {
        sum[i] = (sum[i] ?? 0) + votes;
      });
    }
    return sum;
  }

  async #sendNext(phone: Phone): Promise<void> {
    const { station } = phone;
    const chains = this.#chains.get(station) ?? new Map<ContestKind, Chain>();
    this.#chains.set(station, chains);
    const contests = this.#election.contestsOf(station);
    const contest = contests[this.#below(contests.length)] ?? assert.fail(`${station} votes in something`);
    const chain = chains.get(contest);
    const votes = Array.from({ length: this.#election.columnsOf(station, contest) }, () => this.#below(MOST_VOTES));
    if (chain === undefined) {
      const current = await this.#deliver(phone, this.#election.sheet(station, contest, votes));
      chains.set(contest, { contest, current, votes, rivals: 0 });
      return;
    }
    const choice = this.#random();
    if (choice < 0.2) {
      await this.#deliver(phone, this.sent.get(chain.current)?.note ?? assert.fail("what is current was acknowledged"));
    } else if (choice < 0.3 && chain.rivals < MOST_RIVALS) {
      await this.#deliver(phone, this.#election.sheet(station, contest, votes));
      chains.set(contest, { ...chain, rivals: chain.rivals + 1 });
    } else {
      const note = this.#election.sheet(station, contest, votes, { previous: chain.current });
      chains.set(contest, { ...chain, current: await this.#deliver(phone, note), votes });
    }
  }

  /** Sends until there is a receipt. */
  async #deliver(phone: Phone, note: Uint8Array): Promise<Hash> {
    const began = performance.now();
    for (;;) {
      const reply = await this.#send(phone, note);
      if (reply?.status === 200) return this.#keep(note, reply.text);
      if (reply === null) this.unanswered++;
      else if (LATER.has(reply.status)) this.later.set(reply.status, reply);
      else throw new Error(`a sheet in order was answered with ${reply.status}: ${reply.text}`);
      if (performance.now() - began > GIVEN_UP) throw new Error(`no receipt for ${GIVEN_UP} ms; last: ${reply?.text}`);
      await pause(PUT_OFF);
    }
  }

  /** What the door said; null if it went away. */
  async #send(phone: Phone, note: Uint8Array): Promise<Reply | null> {
    try {
      return await phone.send(await this.#door(), note);
    } catch (error) {
      // How fetch says that the other side is gone, before, in the middle or after.
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  #keep(note: Uint8Array, receipt: string): Hash {
    const { id, log, index } = promiseIn(receipt);
    assert.equal(id, idOf(note), "the receipt is for what was sent");
    const before = this.sent.get(id as Hash);
    if (before !== undefined) {
      const promised = promiseIn(before.receipt);
      assert.deepEqual([log, index], [promised.log, promised.index], "the same sheet has the same place for ever");
    }
    this.sent.set(id as Hash, { note, receipt });
    return id as Hash;
  }

  #below(below: number): number {
    return Math.floor(this.#random() * below);
  }
}
