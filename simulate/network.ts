/**
 * The network of the simulation, and the sticks that people carry: what is said may be lost, may break off anywhere, and may arrive
 * again much later, in any order.
 */

import type { LogName } from "../src/store/store.ts";
import { Leader } from "../src/sync/leader.ts";
import { readLogFile, writeLogFile } from "../src/sync/log-file.ts";
import { decodeMessages, encodeMessages, type Message } from "../src/sync/messages.ts";
import { SyncRefused } from "../src/sync/refusals.ts";
import { hallLog, parentOfHall } from "./founding.ts";
import type { Phones } from "./phones.ts";
import type { Laptop } from "./places.ts";
import type { Stage } from "./stage.ts";

/** A pile of bytes on its way: it may arrive again, and much later. */
interface Parcel {
  readonly to: "centre" | Laptop;
  readonly kind: "messages" | "stick";
  readonly bytes: Uint8Array;
}

/** What the centre has said of a log of its own; the root is null where it gave the size alone. */
interface Told {
  readonly log: LogName;
  readonly size: number;
  readonly root: string | null;
}

/** How many parcels wait to arrive late. */
const MOST_PARCELS = 12;

export class Network {
  readonly #stage: Stage;
  readonly #phones: Phones;
  readonly #parcels: Parcel[] = [];
  /** The most that was said of each log, with a root and without. */
  readonly #told = new Map<string, Told>();

  constructor(stage: Stage, phones: Phones) {
    this.#stage = stage;
    this.#phones = phones;
  }

  /** How far laptops know of each log that the centre has it. */
  get told(): Iterable<Told> {
    return this.#told.values();
  }

  /** Parcels that have not arrived for the last time. */
  get underWay(): number {
    return this.#parcels.length;
  }

  /** A conversation that may break off at every message, each of which may arrive again later. */
  async converse(laptop: Laptop): Promise<void> {
    if (!laptop.hasLine) return;
    await laptop.work(async ({ replica, relay }) => {
      const leader = new Leader({ replica, relay, region: laptop.hall });
      for (;;) {
        const said = await leader.next();
        if (said.length === 0) return;
        const request = encodeMessages(said);
        this.#mayComeLate({ to: "centre", kind: "messages", bytes: request });
        if (this.#isCut()) return;
        const answer = await this.#ask(request);
        if (answer === null || this.#isCut()) return;
        this.#mayComeLate({ to: laptop, kind: "messages", bytes: answer });
        this.#remember(decodeMessages(answer));
        await leader.hear(decodeMessages(answer));
      }
    });
    await this.#phones.fetchAnswers(laptop);
  }

  #remember(messages: readonly Message[]): void {
    for (const message of messages) {
      if (message.kind === "have") this.#tell({ log: message.log, size: message.size, root: null });
      if (message.kind === "heads") for (const standing of message.logs) this.#tell(standing);
    }
  }

  #tell(told: Told): void {
    const key = `${told.log} ${told.root === null ? "have" : "heads"}`;
    if ((this.#told.get(key)?.size ?? -1) < told.size) this.#told.set(key, told);
  }

  async #ask(request: Uint8Array): Promise<Uint8Array | null> {
    return this.#stage.centre.work(async ({ answerer }) =>
      encodeMessages(await answerer.answer(decodeMessages(request))),
    );
  }

  #isCut(): boolean {
    return !this.#stage.isCalm && this.#stage.chance.happens(0.12);
  }

  #mayComeLate(parcel: Parcel): void {
    if (this.#stage.isCalm || !this.#stage.chance.happens(0.25)) return;
    this.#parcels.push(parcel);
    if (this.#parcels.length > MOST_PARCELS) this.#parcels.splice(this.#stage.chance.below(MOST_PARCELS), 1);
  }

  /** A laptop's logs on a stick, which turns up somewhere, some time. */
  async packStick(laptop: Laptop): Promise<void> {
    const log = this.#stage.chance.happens(0.7) ? hallLog(laptop.hall) : hallLog(parentOfHall(laptop.hall));
    const bytes = await laptop.work(async ({ replica }) => {
      // What this machine cannot prove nobody can carry from it.
      return gather(writeLogFile(replica, [log])).catch((error: unknown) => {
        if (error instanceof SyncRefused) return null;
        throw error;
      });
    });
    if (bytes === null) return;
    const others = this.#stage.laptops.filter(({ hall }) => hall === laptop.hall);
    const to = this.#stage.chance.happens(0.7) ? "centre" : this.#stage.chance.pick(others);
    this.#parcels.push({ to, kind: "stick", bytes });
  }

  /** Something that was under way arrives, not for the last time perhaps. */
  async arrive(): Promise<void> {
    if (this.#parcels.length === 0) return;
    const at = this.#stage.chance.below(this.#parcels.length);
    const parcel = this.#parcels[at];
    if (parcel === undefined) return;
    if (this.#stage.chance.happens(0.7)) this.#parcels.splice(at, 1);
    if (parcel.to !== "centre" && parcel.to.isLost) return;
    if (parcel.kind === "stick") return this.#takeStick(parcel);
    if (parcel.to === "centre") {
      await this.#ask(parcel.bytes);
      return;
    }
    const chunks = decodeMessages(parcel.bytes).filter((message) => message.kind === "chunk");
    await parcel.to.work(async ({ replica }) => {
      for (const chunk of chunks as (Message & { kind: "chunk" })[]) await replica.take(chunk);
    });
  }

  async #takeStick({ to, bytes }: Parcel): Promise<void> {
    const open = async function* () {
      yield bytes;
    };
    if (to === "centre") await this.#stage.centre.work(({ replica }) => readLogFile(replica, open));
    else await to.work(({ replica }) => readLogFile(replica, open));
  }
}

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of all) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
