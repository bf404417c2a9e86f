/**
 * Delivers what is in a device's outbox, whatever stands between: the same bytes again until there is the centre's receipt, one thing
 * at a time, sheets before photos, at the pace that the doors ask for.
 *
 * An answer that is not signed by the log's key can delay a sheet, never lose it: a relay's receipt leaves it in the outbox, a
 * receipt by another key counts as a failure of that host, and a refusal counts only where a door says why. How long it waits is
 * Endpoints' (full jitter, the next host first) and never less than a door has asked for.
 */
import type { Endpoints } from "../election/endpoints.ts";
import type { Hash } from "../ledger/hash.ts";
import type { Signer } from "../ledger/note.ts";
import { type Answer, askForPass, type DoorOptions, type Fetch, offerSheet } from "./door.ts";
import { Outbox, type PhotoItem, type PhotoName, type Reason, type SheetItem } from "./outbox.ts";
import { type PhotoAnswer, type SendPhoto, sendPhoto } from "./photo.ts";
import { readReceipt } from "./receipts.ts";
import { RetryBudget } from "./retry-budget.ts";
import type { Shelf } from "./shelf.ts";

export interface CourierOptions {
  /** The device's key. */
  readonly signer: Signer;
  /** The station or region for which the key was granted. */
  readonly region: string;
  /** What statements carry as `election`. */
  readonly election: string;
  /** The vkey of a log, as the device was given it; null if it does not know the log. */
  readonly vkeyOf: (log: string) => string | null;
  /** Where the doors are, from lists that the centre has signed. */
  readonly endpoints: Endpoints;
  /** What is this device's alone. */
  readonly shelf: Shelf;
  readonly fetch: Fetch;
  /**
   * The door of a hall on whose network the device is: sheets are brought there first, and to the centre where it is not reached. The
   * photos of a sheet that it holds are brought there too; the device keeps them until the centre has them.
   */
  readonly hall?: { readonly host: string; readonly fetch: Fetch; readonly sendPhoto?: SendPhoto } | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds that never jump, since a phone's clock does: `performance.now`. */
  readonly ticks: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Resolves after so many milliseconds, at once when the signal comes. */
  readonly rest: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Where a host takes photos, if not at the same address. */
  readonly photosAt?: (host: string) => string;
  readonly sendPhoto?: SendPhoto;
  /** Told after each step of a sheet or photo, for a page to show. */
  readonly onChange?: () => void;
}

/** Milliseconds: an answer is waited for, a relay is asked again whether the centre has it, and the longest pause. */
const PATIENCE = 20_000;
const ASK_RELAY = 300_000;
const LONGEST = 60_000;
/** A pass that ends sooner is not worth a request. */
const LEAST_LIFE = 60_000;
/** Begins the name of a host's pass on the shelf: a pass lives for days, a page for minutes. */
const PASS = "pass/";

/** Why the last attempt did not succeed. `untrue`: a receipt that its log has not signed. */
export type Trouble = "away" | "later" | "untrue" | { readonly reasons: readonly Reason[] };

interface Passage {
  readonly host: string;
  readonly pass: string;
  /** Asked for just now. */
  readonly isNew: boolean;
}

type Job = { readonly sheet: SheetItem } | { readonly photo: PhotoItem; readonly isForHall: boolean };

export class Courier {
  readonly #options: CourierOptions;
  /** Whether the hall's door, if there is one, is the next that is asked for a sheet. */
  #isAtHall = true;
  /** Who was asked last. */
  #asked: string | null = null;
  /** Photos that were offered to the hall, by page and list: once for each time that it says that it holds their sheet. */
  readonly #offeredToHall = new Set<string>();
  readonly #budget = new RetryBudget();
  readonly #passes = new Map<string, { readonly pass: string; readonly until: number }>();
  readonly outbox: Outbox;
  /** Before this nobody is asked; and nobody is asked for photos. In ticks. */
  #notBefore = Number.NEGATIVE_INFINITY;
  #photosNotBefore = Number.NEGATIVE_INFINITY;
  /** When a relay is asked again what became of a sheet that it holds, in ticks; absent: now. */
  readonly #askAgain = new Map<Hash, number>();
  #trouble: Trouble | null = null;
  #work: Promise<void> | null = null;
  #woken = Promise.withResolvers<void>();
  #step = Promise.withResolvers<void>();

  static async open(options: CourierOptions): Promise<Courier> {
    const courier = new Courier(options, await Outbox.open(options.shelf));
    for (const [name, { pass, until }] of await options.shelf.records()) {
      if (name.startsWith(PASS))
        courier.#passes.set(name.slice(PASS.length), { pass: String(pass), until: Number(until) });
    }
    return courier;
  }

  private constructor(options: CourierOptions, outbox: Outbox) {
    this.#options = options;
    this.outbox = outbox;
  }

  /** Why the last attempt did not succeed; null if it did, or there was none. */
  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** Takes a sheet; it is safe on the device when this resolves. */
  async takeSheet(note: Uint8Array, log: string): Promise<Hash> {
    const id = await this.outbox.takeSheet(note, log);
    this.#wake();
    return id;
  }

  /** Takes a photo of a sheet. `bytes` null: the shelf has them, or makes them when they are asked for. */
  async takePhoto(sheet: Hash, name: PhotoName, bytes: Uint8Array | null): Promise<void> {
    await this.outbox.takePhoto(sheet, name, bytes);
    this.#wake();
  }

  /**
   * Works until every sheet is received, held or refused, every photo of a received one published or refused, and every photo of a
   * held one offered to the hall; or until the signal. Called again meanwhile, it is the same work.
   */
  drain(signal: AbortSignal): Promise<void> {
    this.#work ??= this.#drain(signal).finally(() => {
      this.#work = null;
    });
    return this.#work;
  }

  /** Resolves when somebody else has the sheet, or it was refused for good. Somebody must be at work meanwhile. */
  async delivered(id: Hash): Promise<SheetItem> {
    for (;;) {
      const item = this.outbox.sheet(id);
      if (item === undefined) throw new RangeError(`there is no sheet ${id} in this outbox`);
      if (item.state !== "queued" && item.state !== "sent") return item;
      await this.#step.promise;
    }
  }

  /** Works until the signal: as {@link drain}, and asks relays from time to time whether the centre has what they hold. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.drain(signal);
      await this.#pause(
        Math.min(ASK_RELAY, ...this.#askAgain.values().map((at) => at - this.#options.ticks())),
        signal,
      );
    }
  }

  async #drain(signal: AbortSignal): Promise<void> {
    for (let job = this.#next(); job !== null && !signal.aborted; job = this.#next()) {
      const wait = this.#waitFor(job);
      if (wait > 0) await this.#pause(wait, signal);
      else if ("sheet" in job) await this.#offer(job.sheet);
      else if (job.isForHall) await this.#bringToHall(job.photo, signal);
      else await this.#bring(job.photo, signal);
    }
  }

  /** Sheets first, each in its turn; photos of sheets that are received; null if there is nothing to do now. */
  #next(): Job | null {
    const isDue = (id: Hash) => (this.#askAgain.get(id) ?? 0) <= this.#options.ticks();
    const sheet = this.outbox.sheets.find(
      ({ state, id }) => state === "queued" || state === "sent" || (state === "held" && isDue(id)),
    );
    if (sheet !== undefined) return { sheet };
    const photosOf = (state: SheetItem["state"]) =>
      this.outbox.photos.filter((item) => item.state === "queued" && this.outbox.sheet(item.sheet)?.state === state);
    const [photo] = photosOf("received");
    if (photo !== undefined) return { photo, isForHall: false };
    const inHall = this.#options.hall && photosOf("held").find((item) => !this.#offeredToHall.has(nameOf(item)));
    return inHall === undefined ? null : { photo: inHall, isForHall: true };
  }

  #waitFor(job: Job): number {
    const from = "sheet" in job ? this.#notBefore : Math.max(this.#notBefore, this.#photosNotBefore);
    return from - this.#options.ticks();
  }

  async #offer(item: SheetItem): Promise<void> {
    const { outbox } = this;
    const { hall, endpoints } = this.#options;
    const note = outbox.note(item.id);
    const host = this.#isAtHall ? (hall?.host ?? endpoints.current) : endpoints.current;
    const way = note === null ? null : await this.#passage(host);
    if (note === null || way === null) return;
    const sends = (item.state === "queued" ? 0 : item.sends) + 1;
    // A relay's receipt is kept while the relay is asked again.
    await outbox.moveSheet(item.id, item.state === "held" ? { ...item, sends } : { state: "sent", sends });
    const answer = await offerSheet(this.#doorOf(way.host), way.host, note, way.pass);
    if (answer.kind === "receipt") await this.#receive(item, sends, answer.receipt);
    else if (answer.kind === "refused") {
      this.#succeeded();
      await outbox.moveSheet(item.id, { state: "refused", sends, reasons: answer.reasons });
    } else await this.#turnedAway(way, answer);
    this.#changed();
  }

  async #receive({ id, log }: SheetItem, sends: number, receipt: string): Promise<void> {
    const { vkeyOf, ticks } = this.#options;
    const said = readReceipt(receipt, id, log, vkeyOf(log));
    if (said === null) return this.#failed("untrue");
    this.#succeeded();
    if (said.kind === "received") {
      this.#askAgain.delete(id);
      await this.outbox.moveSheet(id, { state: "received", sends, receipt, index: said.index });
    } else {
      this.#askAgain.set(id, ticks() + this.#spread(ASK_RELAY));
      for (const photo of this.outbox.photos) if (photo.sheet === id) this.#offeredToHall.delete(nameOf(photo));
      await this.outbox.moveSheet(id, { state: "held", sends, receipt });
    }
  }

  async #bring(item: PhotoItem, signal: AbortSignal): Promise<void> {
    const { outbox } = this;
    const { photosAt = (same: string) => same, sendPhoto: send = sendPhoto, ticks } = this.#options;
    const bytes = await outbox.photoBytes(item.paper);
    if (bytes === null) return outbox.refusedPhoto(item, [LOST]);
    const way = await this.#passage(this.#options.endpoints.current);
    if (way === null) return;
    const answer: PhotoAnswer = await send(photosAt(way.host), item, bytes, way.pass, signal);
    if (answer.kind === "published") {
      this.#succeeded();
      await outbox.publishedPhoto(item);
    } else if (answer.kind === "refused") await outbox.refusedPhoto(item, answer.reasons);
    // Photos wait by themselves: that there is no room for them says nothing of sheets.
    else if (answer.kind === "later") this.#photosNotBefore = ticks() + this.#spread(answer.milliseconds);
    else await this.#turnedAway(way, answer);
    this.#changed();
  }

  /** Lets the hall have a photo as well. Whatever it says, the centre is the one that decides. */
  async #bringToHall(item: PhotoItem, signal: AbortSignal): Promise<void> {
    const { hall, ticks } = this.#options;
    const bytes = await this.outbox.photoBytes(item.paper);
    const way = hall === undefined || bytes === null ? null : await this.#passage(hall.host);
    if (way === null || bytes === null) {
      this.#offeredToHall.add(nameOf(item));
      return;
    }
    const answer = await (hall?.sendPhoto ?? sendPhoto)(way.host, item, bytes, way.pass, signal);
    if (answer.kind === "later") this.#photosNotBefore = ticks() + this.#spread(answer.milliseconds);
    else this.#offeredToHall.add(nameOf(item));
    if (answer.kind === "published") this.#succeeded();
    else if (answer.kind === "no-pass") await this.#turnedAway(way, answer);
    this.#changed();
  }

  /** How a host is asked: nobody but its fingerprint vouches for a hall's. */
  #doorOf(host: string): DoorOptions {
    const { fetch, hall, rest } = this.#options;
    return { fetch: host === hall?.host ? hall.fetch : fetch, patience: PATIENCE, rest };
  }

  /** A pass for a host; null after a failure, which has set the pause. */
  async #passage(host: string | null): Promise<Passage | null> {
    const { signer, election, region, clock } = this.#options;
    this.#asked = host;
    if (host === null) return this.#noWay("away");
    const known = this.#passes.get(host);
    if (known !== undefined && known.until - clock() > LEAST_LIFE) return { host, pass: known.pass, isNew: false };
    const answer = await askForPass(this.#doorOf(host), host, { signer, election, region, time: clock() });
    switch (answer.kind) {
      case "pass":
        this.#passes.set(host, answer);
        await this.#options.shelf.put(PASS + host, { pass: answer.pass, until: answer.until });
        return { host, pass: answer.pass, isNew: true };
      case "later":
        return this.#noWay("later", answer.milliseconds);
      case "refused":
        return this.#noWay({ reasons: answer.reasons });
      default:
        return this.#noWay("away");
    }
  }

  #noWay(why: Trouble, asked = 0): null {
    this.#failed(why, asked);
    return null;
  }

  async #turnedAway({ host, isNew }: Passage, answer: Exclude<Answer, { kind: "receipt" | "refused" }>): Promise<void> {
    if (answer.kind === "later") this.#failed("later", answer.milliseconds);
    else if (answer.kind === "away" || isNew) this.#failed("away");
    // A pass that has ended is no failure; one that was given a moment ago is.
    if (answer.kind !== "no-pass") return;
    this.#passes.delete(host);
    await this.#options.shelf.remove(PASS + host);
  }

  #succeeded(): void {
    if (this.#asked !== this.#options.hall?.host) this.#options.endpoints.succeeded();
    this.#isAtHall = true;
    this.#budget.earn();
    this.#notBefore = Number.NEGATIVE_INFINITY;
    this.#trouble = null;
  }

  /** Sets the pause after a failure; `asked`: what the door has asked for, in milliseconds. */
  #failed(why: Trouble, asked = 0): void {
    const { endpoints, ticks, hall } = this.#options;
    // The hall's door and the centre's take turns.
    const wasHall = hall !== undefined && this.#asked === hall.host;
    this.#isAtHall = !wasHall;
    const wait = wasHall ? 0 : endpoints.failed();
    // Those who were turned away together were asked to come again at much the same time.
    const least = this.#budget.spend() ? this.#spread(asked) : this.#spread(Math.max(asked, LONGEST));
    this.#notBefore = ticks() + Math.max(wait, least);
    this.#trouble = why;
  }

  /** Between once and twice so long. */
  #spread(milliseconds: number): number {
    return Math.ceil(milliseconds * (1 + this.#options.random()));
  }

  /** Rests, but not beyond the next thing that is taken. */
  async #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    const resting = new AbortController();
    const ends = AbortSignal.any([signal, resting.signal]);
    await Promise.race([this.#options.rest(Math.max(0, milliseconds), ends), this.#woken.promise]);
    resting.abort();
  }

  #changed(): void {
    this.#step.resolve();
    this.#step = Promise.withResolvers<void>();
    this.#options.onChange?.();
  }

  #wake(): void {
    this.#woken.resolve();
    this.#woken = Promise.withResolvers<void>();
  }
}

const nameOf = ({ list, paper }: PhotoItem): string => `${list}/${paper}`;

/** A photo that the device itself has lost. */
const LOST = {
  code: "lost",
  message: {
    id: "Foto ini tidak ada lagi di perangkat. Ambil lagi fotonya.",
    en: "This photo is no longer on the device. Take it again.",
  },
} as const;
