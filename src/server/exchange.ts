/**
 * The centre's side of the exchange with halls that work on their own: what comes over the wire is verified and mirrored, sheets
 * that a hall hands on go through the door, and when a hall was last heard of is put where everyone reads.
 *
 * `public/contact/<kabupaten>.json` is not signed: the moments are the centre's own word, which nobody can prove. So it decides
 * nothing and stands beside the editions, not in them; a page that shows it says whose word it is.
 */
import { readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { parentOf, type RegionCode } from "../election/codes.ts";
import { type Answer, textOf } from "../intake/answers.ts";
import type { Door } from "../intake/door.ts";
import { fromUtf8, toHex, utf8 } from "../ledger/bytes.ts";
import { parseStatement, StatementError } from "../ledger/statement.ts";
import { hasCode, readFileOrNull, writeAtomic } from "../store/files.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { Answerer } from "../sync/answerer.ts";
import { type CentreKeys, centreReplica, ENDPOINTS_FILE } from "../sync/centre-folder.ts";
import { type Contact, Contacts } from "../sync/contact.ts";
import { syncHandler } from "../sync/http.ts";
import type { SheetAnswer } from "../sync/messages.ts";
import type { SequencerHomeOptions } from "../sync/sequencer-home.ts";

export interface ExchangeOptions {
  /** The data folder. */
  readonly data: string;
  readonly sequencer: SequencerHomeOptions["sequencer"];
  readonly store: Store;
  readonly keys: CentreKeys;
  readonly door: Pick<Door, "relayed">;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** In [0, 1): spreads what is asked to come back. */
  readonly random: () => number;
  readonly log: (line: string) => void;
}

export interface Exchange {
  /** Answers `POST /sync`; true if the request was for it. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

/** What is heard of halls is written down at most so often, in milliseconds. */
const CONTACT_EVERY = 2_000;
const FOLDER = join("public", "contact");

/** Where is written what was heard of a kabupaten's halls. */
export const contactPath = (data: string, kabupaten: RegionCode): string => join(data, FOLDER, `${kabupaten}.json`);

/** Opens the exchange of a centre, beside whoever asks its sequencer. @throws StoreUnusable */
export async function openExchange(options: ExchangeOptions): Promise<Exchange> {
  const { data, sequencer, store, keys, door, clock, random, log } = options;
  const own = openSqliteStore(join(data, "sync.db"));
  const replica = await centreReplica({ sequencer, store, own }, keys);
  const board = new ContactBoard(data);
  const contacts = new Contacts(replica, clock, board.all());
  const answerer = new Answerer({
    replica,
    sheets: (notes) => takeSheets(door, notes),
    endpoints: () => readFileOrNull(join(data, ENDPOINTS_FILE)),
    trouble: (name, reason, index) => log(`${name}: ${reason}${index === null ? "" : ` (${index})`}`),
    async heardOf(note) {
      const contact = await contacts.hear(note);
      if (contact !== null) board.note(contact);
    },
  });
  return {
    handle: syncHandler({ answerer, speaker: (note) => contacts.speaker(note), random, log }),
    async close() {
      board.close();
      await own.close();
    },
  };
}

/** Every sheet through the door, as a phone's own; what is no statement has no id by which it could be answered. */
export async function takeSheets(door: Pick<Door, "relayed">, notes: readonly Uint8Array[]): Promise<SheetAnswer[]> {
  const named = notes.flatMap((note) => {
    const id = idOf(note);
    return id === null ? [] : [{ id, note }];
  });
  const answers = await door.relayed(named.map(({ note }) => note));
  return named.flatMap(({ id }, i) => {
    const answer = answers[i];
    return answer === undefined ? [] : [answerOf(id, answer)];
  });
}

/** The statuses after which the same sheet can never be taken. */
const FOR_GOOD: ReadonlySet<number> = new Set([400, 403, 409, 413]);

function answerOf(id: string, answer: Answer): SheetAnswer {
  const { status } = answer;
  if (!FOR_GOOD.has(status) && status !== 200) return { id, later: true };
  const text = textOf(answer);
  if (status === 200) return { id, receipt: text };
  const { faults = [] } = JSON.parse(text) as { readonly faults?: readonly { readonly code: string }[] };
  return { id, refused: [...new Set(faults.map(({ code }) => code))] };
}

function idOf(note: Uint8Array): string | null {
  try {
    return toHex(parseStatement(note).id);
  } catch (error) {
    if (error instanceof StatementError) return null;
    throw error;
  }
}

/** The files with what was heard of halls, one for each kabupaten. */
export class ContactBoard {
  readonly #data: string;
  readonly #boards = new Map<RegionCode, Map<RegionCode, Contact>>();
  readonly #changed = new Set<RegionCode>();
  #timer: NodeJS.Timeout | null = null;

  constructor(data: string) {
    this.#data = data;
    for (const name of namesIn(join(data, FOLDER))) {
      for (const contact of readContacts(join(data, FOLDER, name)))
        this.#board(contact.region).set(contact.region, contact);
    }
  }

  all(): Contact[] {
    return [...this.#boards.values()].flatMap((board) => [...board.values()]);
  }

  note(contact: Contact): void {
    this.#board(contact.region).set(contact.region, contact);
    this.#changed.add(parentOf(contact.region) ?? contact.region);
    this.#timer ??= setTimeout(() => this.#write(), CONTACT_EVERY);
  }

  close(): void {
    this.#write();
  }

  #board(region: RegionCode): Map<RegionCode, Contact> {
    const kabupaten = parentOf(region) ?? region;
    const board = this.#boards.get(kabupaten) ?? new Map<RegionCode, Contact>();
    this.#boards.set(kabupaten, board);
    return board;
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const kabupaten of this.#changed) {
      const contacts = [...(this.#boards.get(kabupaten)?.values() ?? [])].sort((a, b) =>
        a.region < b.region ? -1 : 1,
      );
      const text = JSON.stringify({ format: "teguh/contacts/v1", contacts });
      writeAtomic(contactPath(this.#data, kabupaten), utf8(`${text}\n`));
    }
    this.#changed.clear();
  }
}

/** What a file says; nothing where a power cut has left half of it: the next words of those halls make it anew. */
export function readContacts(path: string): readonly Contact[] {
  try {
    return (
      (JSON.parse(fromUtf8(readFileOrNull(path) ?? utf8("{}"))) as { contacts?: readonly Contact[] }).contacts ?? []
    );
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Before the first hall was heard of there is no folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+\.json$/.test(name));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}
