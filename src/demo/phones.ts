/**
 * The phones of the election night: who sends what when, and with which photographs. Each station's sheets of a contest follow each
 * other as its story has them; between stations there is no order but the time. How a phone delivers is src/client's.
 *
 * A phone that was switched off in the middle makes the very same sheet again, since the time at which it was made is kept
 * before anyone can have it.
 */
import type { Courier } from "../client/courier.ts";
import type { FileShelves } from "../client/shelf-node.ts";
import type { ContestKind, StationCode } from "../election/codes.ts";
import { kecamatanOf, tpsLog } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { writePages } from "../election/page-list.ts";
import { asHash, type Hash, hashHex } from "../ledger/hash.ts";
import type { Signer } from "../ledger/note.ts";
import { type DemoClock, sittings, stationTimes } from "./calendar.ts";
import type { DemoKeys, Phone } from "./keys.ts";
import { isPhotographed, orderOf } from "./picture/pictures.ts";
import type { Studio } from "./picture/studio.ts";
import { contestsOf, kecamatanIn, stationsOf } from "./places.ts";
import { rest } from "./rest.ts";
import { type Reported, reportedOf, type Sending, sendersOf, sendingCount, sheetNote, storyIn } from "./sheets.ts";

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
  /** Where all phones keep what they have: one shelf for each. */
  readonly shelves: FileShelves;
  /** A courier for a phone of a station. */
  readonly courierOf: (station: StationCode, signer: Signer, shelf: ReturnType<FileShelves["of"]>) => Promise<Courier>;
  /** Where photographs are made. */
  readonly studio: Pick<Studio, "photographs">;
  /** Sheets under way at once. */
  readonly atOnce: number;
  /** A line each for what should not happen. */
  readonly log: (line: string) => void;
}

/** Whose phone: a station's first or second. A sheet that is sent twice goes by a phone that has forgotten that it was sent. */
type PhoneName = `${StationCode} ${Phone}` | `${StationCode} ${Phone} again`;

/** What a phone remembers of a sending: when its sheet was made, once it is taken its id, and how far it has come. */
interface Made {
  readonly time: number;
  readonly id: string | null;
  readonly state: string | null;
  /** Whether photographs of it are still on their way. */
  readonly waits: boolean;
}

export class Phones {
  readonly #options: PhonesOptions;
  readonly #plan: readonly Due[];
  #next = 0;
  #sent = 0;
  readonly #couriers = new Map<PhoneName, { readonly courier: Promise<Courier>; users: number }>();
  /** Photographs under way: they keep no sheet waiting. */
  readonly #photos = new Set<Promise<void>>();

  /** Reads what the phones have already delivered. */
  static async open(options: PhonesOptions): Promise<Phones> {
    const left: Due[] = [];
    const plan = planOf(options.model, options.seed);
    for (const due of plan) if (!(await isDone(options, due))) left.push(due);
    return new Phones(options, left, plan.length - left.length);
  }

  private constructor(options: PhonesOptions, plan: readonly Due[], sent: number) {
    this.#options = options;
    this.#plan = plan;
    this.#sent = sent;
  }

  /** Sendings that are still to be done. */
  get left(): number {
    return this.#plan.length - this.#next;
  }

  /** Sheets that the centre has received. */
  get sent(): number {
    return this.#sent;
  }

  /** Sends until all is sent, or until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const lanes = Array.from({ length: this.#options.atOnce }, () => this.#lane(signal));
    await Promise.all(lanes);
    await Promise.all(this.#photos);
  }

  async #lane(signal: AbortSignal): Promise<void> {
    for (;;) {
      const due = this.#plan[this.#next];
      if (due === undefined || signal.aborted) return;
      this.#next++;
      await rest(this.#options.clock.until(due.at), signal);
      if (!signal.aborted) await this.#send(due, signal);
    }
  }

  async #send(due: Due, signal: AbortSignal): Promise<void> {
    const { model, seed, log } = this.#options;
    const reported = reportedOf(model, seed, due.station, due.kind);
    const sending = reported.sendings[due.step];
    const first = due.step === 0 ? null : await this.#firstId(due, signal);
    if (sending === undefined || signal.aborted) return;
    const name = phoneOf(due.station, sending);
    await this.#withCourier(name, due.station, sending.phone, async (courier) => {
      const id = await this.#take(courier, due, reported, sending, first);
      const working = courier.drain(signal);
      const delivered = courier.delivered(id).then(({ state }) => {
        if (state === "received") this.#sent++;
        else log(`${nameOf(due)}: ${state}`);
      });
      await Promise.race([delivered, working]);
      return { working };
    });
  }

  /** Makes the sheet, with its photographs if it has any, and gives them to the phone's courier. */
  async #take(courier: Courier, due: Due, reported: Reported, sending: Sending, first: Hash | null): Promise<Hash> {
    const { model, seed, election, keys, clock, shelves, studio } = this.#options;
    const { station, kind } = due;
    const shelf = shelves.of(phoneOf(due.station, sending));
    const pictures = isPhotographed(model, seed, station, kind)
      ? await studio.photographs(orderOf(model, seed, station, reported, sending.phone))
      : [];
    const list = pictures.length === 0 ? null : writePages(pictures.map(hashHex));
    const papers = list && hashHex(list);
    // The same bytes once more: what is forgotten is that they were sent, not when they were made.
    const original = sending.again ? { ...due, step: 0 } : due;
    const made = (await madeOf(this.#options, original)) ?? { time: clock.timeOf(due.at) };
    await shelf.put(madeName(due), { time: made.time, id: null });
    const previous = sending.replaces === null ? null : first;
    const signer = keys.phone(station, sending.phone);
    const note = sheetNote(election, station, reported, sending, { previous, papers, time: made.time }, signer);
    const id = await courier.takeSheet(note, tpsLog(kecamatanOf(station)));
    if (list !== null && papers !== null) {
      for (const bytes of [list, ...pictures]) {
        await courier.takePhoto(id, { station, contest: kind, list: papers, paper: hashHex(bytes) }, bytes);
      }
    }
    await shelf.put(madeName(due), { time: made.time, id });
    return id;
  }

  /** Uses a phone's courier, of which there is one as long as anybody uses it; `use` returns what goes on in the background. */
  async #withCourier(
    name: PhoneName,
    station: StationCode,
    phone: Phone,
    use: (courier: Courier) => Promise<{ readonly working: Promise<void> }>,
  ): Promise<void> {
    const { keys, shelves, courierOf } = this.#options;
    const open = () => courierOf(station, keys.phone(station, phone), shelves.of(name));
    const used = this.#couriers.get(name) ?? { courier: open(), users: 0 };
    this.#couriers.set(name, used);
    used.users++;
    const { working } = await use(await used.courier);
    const photos: Promise<void> = working.finally(() => {
      this.#photos.delete(photos);
      if (--used.users === 0) this.#couriers.delete(name);
    });
    this.#photos.add(photos);
  }

  /** The id of the station's first sheet, once it has its receipt: what follows it is sent after it. Null if it was refused. */
  async #firstId({ station, kind }: Due, signal: AbortSignal): Promise<Hash | null> {
    const first: Due = { station, kind, step: 0, at: 0 };
    for (;;) {
      const made = await madeOf(this.#options, first);
      if (made?.state === "received") return asHash(made.id ?? "");
      if (signal.aborted || made?.state === "refused") return null;
      await rest(FIRST_UNDER_WAY, signal);
    }
  }
}

/** How long until a second sheet asks again whether the first is received, in milliseconds. */
const FIRST_UNDER_WAY = 50;

export function nameOf({ station, kind, step }: Due): string {
  return `${station}/${kind}/${step}`;
}

function phoneOf(station: StationCode, { phone, again }: Pick<Sending, "phone" | "again">): PhoneName {
  return again ? `${station} ${phone} again` : `${station} ${phone}`;
}

const madeName = ({ kind, step }: Due) => `made/${kind}/${step}`;

/** What the phone of a sending remembers of it; null if nothing. */
async function madeOf({ model, seed, shelves }: PhonesOptions, due: Due): Promise<Made | null> {
  const sender = sendersOf(storyIn(model, seed, due.station, due.kind))[due.step];
  if (sender === undefined) return null;
  const records = await shelves.of(phoneOf(due.station, sender)).records();
  const made = records.get(madeName(due));
  if (made === undefined) return null;
  const id = typeof made.id === "string" ? made.id : null;
  const state = records.get(`sheet/${id}`)?.state;
  const waits = [...records.values()].some((record) => record.sheet === id && record.state === "queued");
  return { time: Number(made.time), id, state: typeof state === "string" ? state : null, waits };
}

/** Whether a sending is over: its sheet received or refused, and none of its photographs on the way. */
async function isDone(options: PhonesOptions, due: Due): Promise<boolean> {
  const made = await madeOf(options, due);
  return (made?.state === "received" || made?.state === "refused") && !made.waits;
}
