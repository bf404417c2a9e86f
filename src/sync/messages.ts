/**
 * What two places say to each other, and its one form as bytes, the same on a wire and in a file.
 *
 *   frame   = length (uint32, big-endian) ‖ header length (uint32) ‖ header ‖ item*
 *   header  = canonical JSON with `kind`; item = length (uint16) ‖ bytes, to the end of the frame
 *
 * Whatever is too long is refused by its length, before any of it is kept.
 */
import Type from "typebox";
import { fits } from "../election/schema-faults.ts";
import { ElectionId, HashText, Log, Natural, Region, strict } from "../election/statement-fields.ts";
import { concat, fromHex, fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import { CanonicalError, canonical, type JsonObject, parseCanonical } from "../ledger/canonical.ts";
import { encodeEntry, MAX_ENTRY } from "../ledger/tiles.ts";
import type { LogName } from "../store/store.ts";
import { type Chunk, MAX_CHUNK_BYTES, MAX_CHUNK_ENTRIES } from "./chunk.ts";

/** Where a log stands somewhere. */
export interface Standing {
  readonly log: LogName;
  readonly size: number;
  /** 64 hex. */
  readonly root: string;
}

/** How far what a replaced machine wrote is kept apart: of which log, under which custody, up to which index. */
export interface Apart {
  readonly log: LogName;
  readonly epoch: number;
  readonly size: number;
}

/** What became of a sheet that was handed on. */
export type SheetAnswer =
  /** The centre's receipt, a note. */
  | { readonly id: string; readonly receipt: string }
  /** Never, and why: codes of faults. */
  | { readonly id: string; readonly refused: readonly string[] }
  /** Not now. */
  | { readonly id: string; readonly later: true };

export type Message =
  /** What is here of a region and above it. Begins every exchange. */
  | {
      readonly kind: "heads";
      readonly election: string;
      readonly region: string;
      readonly logs: readonly Standing[];
      readonly apart: readonly Apart[];
    }
  /** Asks for the entries of a log from an index on. */
  | { readonly kind: "want"; readonly log: LogName; readonly from: number }
  /** Says where a log stands now, after something came. */
  | { readonly kind: "have"; readonly log: LogName; readonly size: number }
  | ({ readonly kind: "chunk" } & Chunk)
  /** Sheets that are kept here, to be handed on: their notes. */
  | { readonly kind: "sheets"; readonly notes: readonly Uint8Array[] }
  | { readonly kind: "answers"; readonly answers: readonly SheetAnswer[] }
  /** The newest list of endpoints: a statement of the centre. */
  | { readonly kind: "endpoints"; readonly note: Uint8Array }
  /** That the writer of a hall's log is there: see `contact.ts`. */
  | { readonly kind: "contact"; readonly note: Uint8Array }
  /** Something that was sent is not taken in. */
  | { readonly kind: "refused"; readonly log: LogName; readonly reason: string; readonly index: number | null };

const Hex = Type.String({ pattern: "^([0-9a-f]{2})*$", maxLength: 4_096 });
const Words = Type.String({ maxLength: 40, pattern: "^[a-z0-9-]+$" });
const MOST_LOGS = 1_000;

const HEADERS = {
  heads: Type.Object(
    {
      kind: Type.Literal("heads"),
      apart: Type.Array(Type.Object({ epoch: Natural, log: Log, size: Natural }, strict), { maxItems: MOST_LOGS }),
      election: ElectionId,
      logs: Type.Array(Type.Object({ log: Log, root: HashText, size: Natural }, strict), { maxItems: MOST_LOGS }),
      region: Region,
    },
    strict,
  ),
  want: Type.Object({ kind: Type.Literal("want"), from: Natural, log: Log }, strict),
  have: Type.Object({ kind: Type.Literal("have"), log: Log, size: Natural }, strict),
  chunk: Type.Object(
    {
      kind: Type.Literal("chunk"),
      checkpoint: Type.String({ maxLength: 4_096 }),
      edge: Hex,
      from: Natural,
      log: Log,
      proof: Type.Array(HashText, { maxItems: 64 }),
    },
    strict,
  ),
  sheets: Type.Object({ kind: Type.Literal("sheets") }, strict),
  answers: Type.Object(
    {
      kind: Type.Literal("answers"),
      answers: Type.Array(
        Type.Union([
          Type.Object({ id: HashText, receipt: Type.String({ maxLength: 2_048 }) }, strict),
          Type.Object({ id: HashText, refused: Type.Array(Words, { maxItems: 40 }) }, strict),
          Type.Object({ id: HashText, later: Type.Literal(true) }, strict),
        ]),
        { maxItems: MAX_CHUNK_ENTRIES },
      ),
    },
    strict,
  ),
  contact: Type.Object({ kind: Type.Literal("contact") }, strict),
  endpoints: Type.Object({ kind: Type.Literal("endpoints") }, strict),
  refused: Type.Object(
    { kind: Type.Literal("refused"), index: Type.Union([Natural, Type.Null()]), log: Log, reason: Words },
    strict,
  ),
} as const;

/** Longest frame, without its length: a full chunk with its lengths, and its header. */
export const MAX_FRAME = MAX_CHUNK_BYTES + MAX_ENTRY + 2 * MAX_CHUNK_ENTRIES + 2 ** 17;
const LENGTH = 4;

/** Bytes that are no message. */
export class MessageError extends Error {
  override readonly name = "MessageError";
}

/** A message as a frame, with its length before it. */
export function encodeMessage(message: Message): Uint8Array {
  const { header, items } = partsOf(message);
  const text = utf8(canonical(header));
  const body = concat(uint32(text.length), text, ...items.map(encodeEntry));
  return concat(uint32(body.length), body);
}

function partsOf(message: Message): { header: JsonObject; items: readonly Uint8Array[] } {
  switch (message.kind) {
    case "chunk": {
      const { kind, log, from, edge, entries, checkpoint, proof } = message;
      const header = { kind, log, from, edge: toHex(edge), checkpoint: fromUtf8(checkpoint), proof: proof.map(toHex) };
      return { header, items: entries };
    }
    case "sheets":
      return { header: { kind: message.kind }, items: message.notes };
    case "contact":
    case "endpoints":
      return { header: { kind: message.kind }, items: [message.note] };
    case "heads": {
      const { logs, apart, ...rest } = message;
      return {
        header: { ...rest, logs: logs.map((one) => ({ ...one })), apart: apart.map((one) => ({ ...one })) },
        items: [],
      };
    }
    case "answers": {
      const answers = message.answers.map((answer) => ({ ...answer }));
      return { header: { kind: message.kind, answers }, items: [] };
    }
    default:
      return { header: { ...message }, items: [] };
  }
}

/** A frame's message, without its length. Throws {@link MessageError} on anything that is not exactly one. */
export function decodeMessage(body: Uint8Array): Message {
  const length = body.length < LENGTH ? Number.POSITIVE_INFINITY : readUint32(body, 0);
  const end = LENGTH + length;
  if (end > body.length) throw new MessageError("a message's header is cut short");
  const header = headerOf(body.subarray(LENGTH, end));
  const items = itemsOf(body.subarray(end));
  switch (header.kind) {
    case "chunk": {
      const { edge, checkpoint, proof, ...rest } = header;
      const entries = { edge: fromHex(edge), checkpoint: utf8(checkpoint), proof: proof.map(fromHex), entries: items };
      return { ...rest, ...entries };
    }
    case "sheets":
      return { kind: "sheets", notes: items };
    case "contact":
    case "endpoints": {
      const [note, ...others] = items;
      if (note === undefined || others.length > 0) throw new MessageError(`a message "${header.kind}" is one note`);
      return { kind: header.kind, note };
    }
    default:
      if (items.length > 0) throw new MessageError(`a message "${header.kind}" carries nothing`);
      return header;
  }
}

type Header = { readonly [K in keyof typeof HEADERS]: Type.Static<(typeof HEADERS)[K]> }[keyof typeof HEADERS];

function headerOf(bytes: Uint8Array): Header {
  let value: unknown;
  try {
    value = parseCanonical(bytes);
  } catch (error) {
    if (error instanceof CanonicalError) throw new MessageError(`a message's header: ${error.message}`);
    throw error;
  }
  const kind = (value as { readonly kind?: unknown } | null)?.kind;
  if (typeof kind !== "string" || !Object.hasOwn(HEADERS, kind) || !fits(HEADERS[kind as Header["kind"]], value)) {
    throw new MessageError("a message of no kind that is known here");
  }
  return value as Header;
}

function itemsOf(bytes: Uint8Array): Uint8Array[] {
  const items: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at + 2;
    const end = start + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    if (start > bytes.length || end > bytes.length) throw new MessageError("a message ends inside an item");
    if (items.length === MAX_CHUNK_ENTRIES) throw new MessageError(`a message has at most ${MAX_CHUNK_ENTRIES} items`);
    items.push(bytes.slice(start, end));
    at = end;
  }
  return items;
}

/** Cuts a stream into frames, holding no more than one. */
export class FrameCutter {
  #pending: Uint8Array = new Uint8Array(0);

  /** The frames, without their lengths, that these bytes complete. Throws {@link MessageError} on one that is too long. */
  *cut(bytes: Uint8Array): Generator<Uint8Array> {
    this.#pending = this.#pending.length === 0 ? bytes : concat(this.#pending, bytes);
    for (;;) {
      if (this.#pending.length < LENGTH) return;
      const length = readUint32(this.#pending, 0);
      if (length > MAX_FRAME) throw new MessageError(`a message has at most ${MAX_FRAME} bytes, this one ${length}`);
      if (this.#pending.length < LENGTH + length) return;
      const frame = this.#pending.subarray(LENGTH, LENGTH + length);
      this.#pending = this.#pending.subarray(LENGTH + length);
      yield frame;
    }
  }

  /** Whether nothing is left of a frame that has begun. */
  get isWhole(): boolean {
    return this.#pending.length === 0;
  }
}

/** All messages of some bytes. Throws {@link MessageError}. */
export function decodeMessages(bytes: Uint8Array): Message[] {
  const cutter = new FrameCutter();
  const messages = [...cutter.cut(bytes)].map(decodeMessage);
  if (!cutter.isWhole) throw new MessageError("the last message is cut short");
  return messages;
}

export function encodeMessages(messages: readonly Message[]): Uint8Array {
  return concat(...messages.map(encodeMessage));
}

export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(LENGTH);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

export function readUint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}
