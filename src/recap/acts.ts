/**
 * The way of a statement from a page into the log of its hall.
 *
 * What the fold would refuse is refused here, with words and before anything is appended: a log keeps what is void for ever, and the
 * person who signed it believes that it was done. The judgements are the fold's own (`plenary-allowed.ts`, `tally`). They are made
 * on the log as it stands, and the statement goes to the sequencer with that log's size: if anything came between, it is not
 * appended, and judged again. In order of cost: form, election, place, signatures, then the state of the hall.
 */
import { readStatement } from "../core/chain.ts";
import type { Standings } from "../core/standings.ts";
import { type Core, CoreAway, seenChain, stationChain } from "../core/submission.ts";
import { WrittenElsewhere } from "../core/writers.ts";
import { CONTEST_KINDS, kecamatanOf, parentOf, plenoLog, tpsLog } from "../election/codes.ts";
import {
  type Body,
  BodyError,
  type BodyOf,
  decode,
  decodeBody,
  type StatementType,
  statementType,
} from "../election/statements.ts";
import type { Text } from "../election/text.ts";
import { toHex } from "../ledger/bytes.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import {
  checkSignature,
  MAX_STATEMENT,
  openBody,
  parseStatement,
  type Statement,
  StatementError,
  shortKey,
} from "../ledger/statement.ts";
import { type LogName, type Store, StoreFull, StoreUnusable } from "../store/store.ts";
import { sayRefusal } from "../tally/refusal.ts";
import { refusalOf, type Unfit } from "./acts-judged.ts";
import type { Hall } from "./hall.ts";
import type { Accepted } from "./wire/routes.ts";
import { HALL_TYPES, type HallType } from "./wire/sign.ts";

/** What became of a statement. Nothing but `accepted` has appended anything. */
export type Stated =
  | { readonly kind: "accepted"; readonly accepted: Accepted }
  /** It is no statement of this election and hall, or not signed by those it names. */
  | { readonly kind: "malformed" | "too-large" | "not-allowed"; readonly message: Text }
  /** The fold would refuse it, or the hall does. */
  | { readonly kind: "refused"; readonly reason: string; readonly message: Text }
  /** The log could not be written now; the same statement may be sent again. */
  | { readonly kind: "later"; readonly message: Text };

export interface ActsOptions {
  readonly core: Core;
  readonly store: Store;
  readonly standings: Standings;
  readonly hall: Hall;
}

/** How often a statement is judged again because others are faster. */
const MOST_ATTEMPTS = 20;
/** Entries read from a log at a time. */
const PAGE = 500;

type HallBody = Extract<Body, { readonly type: HallType }>;

/** A statement that has been read and whose signatures hold. */
interface Authentic {
  readonly id: Hash;
  readonly bytes: Uint8Array;
  readonly stated: HallBody;
  /** Short names of the keys. */
  readonly keys: readonly string[];
}

export class Acts {
  readonly #core: Core;
  readonly #store: Store;
  readonly #standings: Standings;
  readonly #hall: Hall;
  readonly #log: LogName;
  /** Index of every entry of the hall's log by its id: a statement that is sent again is answered with its first place. */
  readonly #indices = new Map<Hash, number>();
  #read = 0;

  /** The standings must have been loaded for the hall's log. */
  constructor({ core, store, standings, hall }: ActsOptions) {
    this.#core = core;
    this.#store = store;
    this.#standings = standings;
    this.#hall = hall;
    this.#log = plenoLog(hall.region);
  }

  /** Hands in a note. `present`: short names of the keys that are signed in on the device; one of them must sign. */
  async state(note: Uint8Array, present: readonly string[]): Promise<Stated> {
    await this.#standings.refresh(this.#log);
    const read = this.#authentic(note);
    if ("kind" in read) return read;
    if (!read.keys.some((key) => present.includes(key))) {
      return notAllowed(
        "Yang menandatangani tidak masuk di perangkat ini. Masuk dahulu.",
        "Nobody who signs is signed in on this device. Sign in first.",
      );
    }
    try {
      return await this.#append(read);
    } catch (error) {
      if (error instanceof StoreFull) return FULL;
      if (isMisfortune(error)) return LATER;
      if (error instanceof WrittenElsewhere) return ELSEWHERE;
      throw error;
    }
  }

  async #append({ id, bytes, stated, keys }: Authentic): Promise<Stated> {
    await this.#learnIds();
    const known = this.#indices.get(id);
    if (known !== undefined) return accepted(known, id, true);
    const missing = await this.#bringUp(stated);
    if (missing !== null) return missing;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      await this.#hall.follow();
      await this.#standings.refresh(this.#log);
      // Before anything is judged: what comes meanwhile makes the log longer than this.
      const { size } = this.#hall.sources().record;
      const refusal = await refusalOf({ stated, keys, hall: this.#hall, standings: this.#standings });
      if (refusal !== null) return refused(refusal);
      const result = await this.#core.append(this.#log, bytes, size);
      if (result.kind === "moved") {
        await this.#learnIds();
        const meanwhile = this.#indices.get(id);
        if (meanwhile !== undefined) return accepted(meanwhile, id, true);
        continue;
      }
      await this.#hall.follow();
      if (result.kind === "appended") await this.#passOn(stated);
      return accepted(result.index, id, result.kind === "duplicate");
    }
    return LATER;
  }

  /**
   * What the hall must have written down that it knows before it may say this: the sheet that it reads from, and above a kecamatan
   * the results that have come up. What the plenaries above have said, the sequencer writes by itself.
   */
  async #bringUp({ type, body }: HallBody): Promise<Stated | null> {
    if (type === "reading" && !(await this.#knowsSheet(body))) return NO_SHEET;
    const { region } = this.#hall;
    if (region.length === 6 || !READS_BELOW.has(type)) return null;
    for (const { code } of this.#hall.sources().region.children) await this.#see(plenoLog(code));
    return null;
  }

  /** Whether the sheet that a reading names is one of its station's; the log then says that it has seen it. */
  async #knowsSheet({ sheet, station, contest }: BodyOf<"reading">): Promise<boolean> {
    if (sheet === null) return true;
    const log = tpsLog(kecamatanOf(station));
    const chain = stationChain(station, CONTEST_KINDS.indexOf(contest));
    for (const index of await this.#store.chainEntries(log, chain)) {
      if (toHex((await readStatement(this.#store, log, index)).id) !== sheet) continue;
      const seen = await this.#store.chain(this.#log, seenChain(log));
      const size =
        seen === null ? 0 : decodeBody("seen", (await readStatement(this.#store, this.#log, seen.index)).body).size;
      if (size <= index) await this.#see(log);
      return true;
    }
    return false;
  }

  async #see(other: LogName): Promise<void> {
    if ((await this.#store.head(other)) !== null) await this.#core.see(this.#log, other);
  }

  /** A certificate is on the table of the level above at once; if that fails, the level above fetches it when it acts. */
  async #passOn({ type }: HallBody): Promise<void> {
    const parent = parentOf(this.#hall.region);
    if (type !== "certificate" || parent === null) return;
    try {
      await this.#core.see(plenoLog(parent), this.#log);
    } catch (error) {
      if (!isUnwritten(error)) throw error;
    }
  }

  async #learnIds(): Promise<void> {
    for (;;) {
      const entries = await this.#store.read(this.#log, this.#read, this.#read + PAGE);
      for (const entry of entries) this.#indices.set(asHash(toHex(parseStatement(entry).id)), this.#read++);
      if (entries.length < PAGE) return;
    }
  }

  #authentic(note: Uint8Array): Authentic | Stated {
    if (note.length > MAX_STATEMENT) return TOO_LARGE;
    let statement: Statement;
    let stated: HallBody;
    try {
      statement = parseStatement(note);
      const type = statementType(statement.type);
      if (!isHallType(type)) return NOT_OF_A_HALL;
      openBody(statement);
      stated = decode(type, statement.body) as HallBody;
    } catch (error) {
      if (error instanceof StatementError || error instanceof BodyError) return malformed(error.message);
      throw error;
    }
    const { genesis } = this.#standings;
    if (genesis === null || stated.body.election !== genesis.electionTag)
      return {
        kind: "refused",
        reason: "other-election",
        message: sayRefusal({ reason: "other-election", fault: true }),
      };
    const { by } = stated.body;
    const prefix = `${genesis.election}/k/`;
    const keys = by.map((name) => (name.startsWith(prefix) ? shortKey(name) : ""));
    const isSigned = keys.every((key, i) => {
      const publicKey = key === "" ? null : this.#standings.publicKey(this.#log, key);
      return publicKey !== null && checkSignature(statement, i, publicKey);
    });
    if (!isSigned || new Set(keys).size < keys.length) return NOT_SIGNED;
    return { id: asHash(toHex(statement.id)), bytes: note, stated, keys };
  }
}

/** What takes the results of the level below in hand. */
const READS_BELOW: ReadonlySet<StatementType> = new Set(["reading", "certificate", "reopen"]);

const isHallType = (type: StatementType | null): type is HallType => HALL_TYPES.some((one) => one === type);

/** What can befall an honest desk: the log's writer is away, or has no room. */
export function isMisfortune(error: unknown): boolean {
  return error instanceof CoreAway || error instanceof StoreFull || error instanceof StoreUnusable;
}

/** Why what a log should say beside the acts is not written now: as {@link isMisfortune}, or another place writes it. */
export function isUnwritten(error: unknown): boolean {
  return isMisfortune(error) || error instanceof WrittenElsewhere;
}

const accepted = (index: number, id: Hash, duplicate: boolean): Stated => ({
  kind: "accepted",
  accepted: { index, id, duplicate },
});

const refused = ({ reason, message }: Unfit): Stated => ({ kind: "refused", reason, message });

const later = (id: string, en: string): Stated => ({ kind: "later", message: { id, en } });
const notAllowed = (id: string, en: string): Stated => ({ kind: "not-allowed", message: { id, en } });

const malformed = (why: string): Stated => ({
  kind: "malformed",
  message: {
    id: `Isi pernyataan ini tidak sesuai bentuknya: ${why}. Muat ulang halaman ini.`,
    en: `This statement has not the form that it must have: ${why}. Reload this page.`,
  },
});

const TOO_LARGE: Stated = {
  kind: "too-large",
  message: { id: "Pernyataan ini terlalu panjang.", en: "This statement is too long." },
};
const NOT_OF_A_HALL: Stated = {
  kind: "malformed",
  message: {
    id: "Pernyataan jenis ini tidak dibuat di meja pleno.",
    en: "A statement of this type is not made at the plenary desk.",
  },
};
const NOT_SIGNED = notAllowed(
  "Tanda tangannya tidak cocok dengan kunci yang ditugaskan di sini. Buka kuncinya lagi dengan kartu dan PIN.",
  "The signatures are not by keys that were granted here. Open the key again with its card and PIN.",
);
const NO_SHEET: Stated = {
  kind: "refused",
  reason: "unknown-reference",
  message: sayRefusal({ reason: "unknown-reference", fault: false }),
};
const ELSEWHERE: Stated = {
  kind: "refused",
  reason: "written-elsewhere",
  message: {
    id: "Catatan rapat ini sekarang ditulis di tempat lain sesuai serah terima terakhir. Lanjutkan di sana.",
    en: "This plenary's log is written elsewhere since its last hand-over. Go on there.",
  },
};
const FULL = later(
  "Disk komputer meja penuh, jadi belum tercatat. Yang Anda isi tidak hilang dan dikirim lagi sendiri; kosongkan ruang di disk itu.",
  "The disk of the desk's machine is full, so this is not recorded yet. What you entered is not lost and is sent again by itself; free some space on that disk.",
);
const LATER = later(
  "Catatan belum bisa ditulis saat ini. Yang Anda isi tidak hilang; coba lagi sebentar lagi.",
  "The log cannot be written right now. What you entered is not lost; try again shortly.",
);
