/**
 * What a device has to deliver, and how far each thing has come. Durable: what is taken is on the shelf before anyone is told so, and
 * a device that is switched off in the middle goes on with the very same bytes.
 *
 *   queued ──▶ sent ──▶ held by a relay ──▶ received by the centre
 *                └────────────────────────▶ received      (or refused for good, with the reasons: a person must act)
 *
 * The device lets go of a sheet's bytes on the centre's receipt alone, and keeps the receipt: with it anyone can hold the log to
 * its promise (`teguh receipt`).
 */
import { fromUtf8, toHex } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import { parseStatement } from "../ledger/statement.ts";
import type { Shelf } from "./shelf.ts";

/** Why a door refuses, as it says it: a stable code and what to do. */
export interface Reason {
  readonly code: string;
  readonly message: { readonly id: string; readonly en: string };
}

/** How far a sheet has come; `sends`: how often it was offered. */
export type Way =
  | { readonly state: "queued" }
  | { readonly state: "sent"; readonly sends: number }
  | { readonly state: "held"; readonly sends: number; readonly receipt: string }
  | { readonly state: "received"; readonly sends: number; readonly receipt: string; readonly index: number }
  | { readonly state: "refused"; readonly sends: number; readonly reasons: readonly Reason[] };

export type SheetItem = Way & {
  readonly id: Hash;
  /** Name of the log in which its place is. */
  readonly log: string;
  /** In which order things were taken. */
  readonly order: number;
};

/** By what a photo is known at the door: see `photos` in docs/FORMATS.md. */
export interface PhotoName {
  readonly station: string;
  readonly contest: string;
  /** Hash of the list of pages that the sheet names. */
  readonly list: Hash;
  /** Hash of this page, or of the list itself. */
  readonly paper: Hash;
}

/** A page's photo, or the list of the pages; sent after its sheet is received. */
export type PhotoItem = PhotoName & {
  readonly sheet: Hash;
  readonly order: number;
} & (
    | { readonly state: "queued" }
    | { readonly state: "published" }
    | { readonly state: "refused"; readonly reasons: readonly Reason[] }
  );

/** Which way leads on from where; from the others none does. */
const LEADS_TO: Readonly<Record<Way["state"], ReadonlySet<Way["state"]>>> = {
  queued: new Set(["sent"]),
  sent: new Set(["sent", "held", "received", "refused"]),
  held: new Set(["held", "received", "refused"]),
  received: new Set(),
  refused: new Set(),
};

export class Outbox {
  readonly #shelf: Shelf;
  readonly #sheets = new Map<Hash, SheetItem>();
  readonly #photos = new Map<string, PhotoItem>();
  readonly #notes = new Map<Hash, string>();
  #taken = 0;

  static async open(shelf: Shelf): Promise<Outbox> {
    const outbox = new Outbox(shelf);
    for (const [name, record] of await shelf.records()) outbox.#recall(name, record);
    return outbox;
  }

  private constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** In the order in which they were taken. */
  get sheets(): SheetItem[] {
    return [...this.#sheets.values()].sort((a, b) => a.order - b.order);
  }

  get photos(): PhotoItem[] {
    return [...this.#photos.values()].sort((a, b) => a.order - b.order);
  }

  sheet(id: Hash): SheetItem | undefined {
    return this.#sheets.get(id);
  }

  /** The sheet's bytes as text; null once the centre has received it. */
  note(id: Hash): string | null {
    return this.#notes.get(id) ?? null;
  }

  photoBytes(paper: Hash): Promise<Uint8Array | null> {
    return this.#shelf.bytes(paper);
  }

  /** Takes a sheet, kept when this resolves; its id. Taken twice it is one. */
  async takeSheet(note: Uint8Array, log: string): Promise<Hash> {
    const id = asHash(toHex(parseStatement(note).id));
    if (this.#sheets.has(id)) return id;
    const text = fromUtf8(note);
    // The bytes first: a sheet that is known and has none could never be sent.
    await this.#shelf.put(`note/${id}`, { note: text });
    this.#notes.set(id, text);
    await this.#putSheet({ id, log, order: this.#taken++, state: "queued" });
    return id;
  }

  /** Takes a photo of a sheet; without bytes where the shelf can make them. */
  async takePhoto(sheet: Hash, name: PhotoName, bytes: Uint8Array | null): Promise<void> {
    const { station, contest, list, paper } = name;
    if (this.#photos.has(`${list}/${paper}`)) return;
    if (bytes !== null) await this.#shelf.putBytes(paper, bytes);
    await this.#putPhoto({ sheet, station, contest, list, paper, order: this.#taken++, state: "queued" });
  }

  /** @throws RangeError for a way that does not lead on from where the sheet is: a mistake of the caller */
  async moveSheet(id: Hash, way: Way): Promise<void> {
    const item = this.#sheets.get(id);
    if (item === undefined || !LEADS_TO[item.state].has(way.state)) {
      throw new RangeError(`sheet ${id} does not go from ${item?.state ?? "nowhere"} to ${way.state}`);
    }
    const { log, order } = item;
    await this.#putSheet({ id, log, order, ...way });
    if (way.state !== "received") return;
    // The receipt is kept; only now may the bytes go.
    this.#notes.delete(id);
    await this.#shelf.remove(`note/${id}`);
  }

  async publishedPhoto(item: PhotoItem): Promise<void> {
    await this.#putPhoto({ ...item, state: "published" });
    await this.#shelf.removeBytes(item.paper);
  }

  async refusedPhoto(item: PhotoItem, reasons: readonly Reason[]): Promise<void> {
    await this.#putPhoto({ ...item, state: "refused", reasons });
  }

  async #putSheet(item: SheetItem): Promise<void> {
    await this.#shelf.put(`sheet/${item.id}`, asRecord(item));
    this.#sheets.set(item.id, item);
  }

  async #putPhoto(item: PhotoItem): Promise<void> {
    const name = `${item.list}/${item.paper}`;
    await this.#shelf.put(`photo/${name}`, asRecord(item));
    this.#photos.set(name, item);
  }

  #recall(name: string, record: JsonObject): void {
    const [kind, id = ""] = name.split("/");
    if (kind === "note") this.#notes.set(asHash(id), String(record.note));
    if (kind === "sheet") this.#sheets.set(asHash(id), fromRecord<SheetItem>(record));
    if (kind === "photo") this.#photos.set(name.slice("photo/".length), fromRecord<PhotoItem>(record));
    if (typeof record.order === "number") this.#taken = Math.max(this.#taken, record.order + 1);
  }
}

/** Items are plain values of text and numbers; only their types are narrower than a record's. */
const asRecord = (item: SheetItem | PhotoItem): JsonObject => item as unknown as JsonObject;
const fromRecord = <Item>(record: JsonObject): Item => record as unknown as Item;
