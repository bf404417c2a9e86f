/**
 * The phones of the election night: who sends what when, and the sending. Each station's sheets of a contest follow each other
 * as its story has them; between stations there is no order but the time.
 */
import type { ContestKind, StationCode } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { toHex } from "../ledger/bytes.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import { parseStatement } from "../ledger/statement.ts";
import { type DemoClock, sittings, stationTimes } from "./calendar.ts";
import type { DoorClient, Sent } from "./door-client.ts";
import type { DemoKeys } from "./keys.ts";
import type { Outbox } from "./outbox.ts";
import { contestsOf, kecamatanIn, stationsOf } from "./places.ts";
import { rest } from "./rest.ts";
import { reportedOf, sendingCount, sheetNote, storyIn } from "./sheets.ts";

/** One sending, at a time of the demonstration in seconds. `step` is its place in the story. */
export interface Due {
  readonly at: number;
  readonly station: StationCode;
  readonly kind: ContestKind;
  readonly step: number;
}

/** Everything that the phones will send, in the order of time. */
export function planOf(model: Model, seed: string): Due[] {
  const kinds = contestsOf(model);
  const plan: Due[] = [];
  const kecamatan = kecamatanIn(model).map((code) => [code, stationsOf(model, code)] as const);
  const sits = sittings(seed, new Map(kecamatan.map(([code, stations]) => [code, stations.length])));
  for (const [code, stations] of kecamatan) {
    for (const station of stations) {
      const times = stationTimes(seed, station, kinds, sits.get(code)?.early ?? false);
      kinds.forEach((kind, i) => {
        const { first = 0, second = 0 } = times[i] ?? {};
        const count = sendingCount(storyIn(model, seed, station, kind));
        [first, second].slice(0, count).forEach((at, step) => {
          plan.push({ at, station, kind, step });
        });
      });
    }
  }
  return plan.sort((a, b) => a.at - b.at);
}

export interface PhonesOptions {
  readonly model: Model;
  readonly seed: string;
  /** What statements carry as `election`: 32 hex. */
  readonly election: string;
  readonly keys: DemoKeys;
  readonly clock: DemoClock;
  readonly outbox: Outbox;
  readonly client: DoorClient;
  /** Sendings under way at once. */
  readonly atOnce: number;
  /** A line each for what should not happen. */
  readonly log: (line: string) => void;
}

export class Phones {
  readonly #options: PhonesOptions;
  readonly #plan: readonly Due[];
  #next = 0;
  readonly #refused = new Set<string>();

  constructor(options: PhonesOptions) {
    this.#options = options;
    this.#plan = planOf(options.model, options.seed).filter((due) => options.outbox.sent(nameOf(due)) === undefined);
  }

  /** Sendings that are still to be done. */
  get left(): number {
    return this.#plan.length - this.#next;
  }

  /** Sends until all is sent, or until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const lanes = Array.from({ length: this.#options.atOnce }, () => this.#lane(signal));
    await Promise.all(lanes);
  }

  async #lane(signal: AbortSignal): Promise<void> {
    for (;;) {
      const due = this.#plan[this.#next];
      if (due === undefined || signal.aborted) return;
      this.#next++;
      await rest(this.#options.clock.until(due.at), signal);
      await this.#send(due, signal);
    }
  }

  /** Offers one sheet until it is received, or refused for good. */
  async #send(due: Due, signal: AbortSignal): Promise<void> {
    const { model, seed, election, keys, clock, outbox, client, log } = this.#options;
    const { station, kind, step } = due;
    const reported = reportedOf(model, seed, station, kind);
    const first = step === 0 ? null : await this.#firstId(due, signal);
    const made = { ...due, step: reported.sendings[step]?.again === true ? 0 : step };
    const sending = reported.sendings[made.step];
    if (sending === undefined || signal.aborted) return;
    const phone = keys.phone(station, sending.phone);
    const time = outbox.make(nameOf(made), clock.timeOf(due.at));
    const previous = sending.replaces === null ? null : first;
    const note = sheetNote(election, station, reported, sending, previous, time, phone);
    while (!signal.aborted) {
      const sent: Sent = await client.send(note, station, phone);
      if (sent.kind === "receipt") return outbox.keep(nameOf(due), idOf(note), sent.note);
      if (sent.kind === "refused") {
        this.#refused.add(nameOf(due));
        return log(`${nameOf(due)}: ${sent.why}`);
      }
      await rest(sent.seconds * 1000, signal);
    }
  }

  /** The id of the station's first sheet, once it has its receipt: what follows it is sent after it. */
  async #firstId(due: Due, signal: AbortSignal): Promise<Hash | null> {
    const name = nameOf({ ...due, step: 0 });
    for (;;) {
      const id = this.#options.outbox.sent(name);
      if (id !== undefined || signal.aborted || this.#refused.has(name)) return id ?? null;
      await rest(FIRST_UNDER_WAY, signal);
    }
  }
}

/** How long until a second sheet asks again whether the first is received, in milliseconds. */
const FIRST_UNDER_WAY = 50;

export function nameOf({ station, kind, step }: Due): string {
  return `${station}/${kind}/${step}`;
}

function idOf(note: Uint8Array): Hash {
  return asHash(toHex(parseStatement(note).id));
}
