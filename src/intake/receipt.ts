/**
 * Receipts: what the centre promises when it has stored a sheet. A statement `teguh/receipt/v1 {id, log, index, time}` signed by
 * the log's own key, so that a phone may let go of the sheet and anyone can later hold the log to it (`teguh receipt`).
 *
 * One receipt costs one signature, a seventh of all that an accepted sheet costs; so the note is written straight in its
 * canonical form, and the key of a log, which is derived from the master secret, is made once. Receipts are kept as strings whose
 * characters are their bytes: so they are sent, and thousands of small byte arrays would be work for the garbage collector.
 */
import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { concat, fromHex, utf8 } from "../ledger/bytes.ts";
import { ED25519, ed25519Signer, keyIdOf } from "../ledger/note.ts";
import type { LogName } from "../store/store.ts";
import { asBytes } from "./answers.ts";
import { Recent } from "./recent.ts";

/** What a receipt says was done. */
export interface Stored {
  readonly id: Uint8Array;
  readonly log: LogName;
  readonly index: number;
}

export interface ReceiptOptions {
  /** Origin of the election's logs. */
  readonly election: string;
  /** What statements carry as `election`: 32 hex. */
  readonly electionTag: string;
  /** The 32-byte seed of the key of the log with this origin. */
  readonly seedOf: (origin: string) => Uint8Array;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

interface LogKey {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly key: KeyObject;
}

/** Receipts kept for who asks again: some minutes of the busiest hour. */
const KEPT = 16_384;
/** The constant part of a PKCS #8 Ed25519 key (RFC 8410). */
const PKCS8 = fromHex("302e020100300506032b657004220420");

export class Receipts {
  readonly #options: ReceiptOptions;
  /** One for every kecamatan at most. */
  readonly #keys = new Map<LogName, LogKey>();
  readonly #given = new Recent<string>(KEPT);

  constructor(options: ReceiptOptions) {
    this.#options = options;
  }

  /** The receipt given before for this id, as bytes, while it is remembered: a repeated sheet costs no second signature. */
  given(id: Uint8Array): string | null {
    return this.#given.get(hexOf(id)) ?? null;
  }

  /**
   * The receipt for a stored statement, as bytes (`asBytes`); the same as before while it is remembered, later the same promise
   * with a new time.
   */
  give(stored: Stored): string {
    return this.given(stored.id) ?? this.giveFirst(stored);
  }

  /** The receipt for a statement that was stored just now, for which nobody can have been given one. */
  giveFirst({ id, log, index }: Stored): string {
    const hex = hexOf(id);
    const receipt = this.#sign(hex, log, index);
    this.#given.set(hex, receipt);
    return receipt;
  }

  #sign(id: string, log: LogName, index: number): string {
    const { name, keyId, key } = this.#key(log);
    const { electionTag, clock } = this.#options;
    const body = `{"by":["${name}"],"election":"${electionTag}","id":"${id}","index":${index},"log":"${log}","time":${clock()}}`;
    const text = `teguh/receipt/v1\n${body}\n`;
    const signature = Buffer.concat([keyId, sign(null, utf8(text), key)]).toString("base64");
    return asBytes(`${text}\n— ${name} ${signature}\n`);
  }

  #key(log: LogName): LogKey {
    let known = this.#keys.get(log);
    if (known === undefined) {
      const name = `${this.#options.election}/log/${log}`;
      const seed = this.#options.seedOf(name);
      const { publicKey } = ed25519Signer(name, seed);
      const key = createPrivateKey({ key: Buffer.from(concat(PKCS8, seed)), format: "der", type: "pkcs8" });
      known = { name, keyId: keyIdOf(name, ED25519, publicKey), key };
      this.#keys.set(log, known);
    }
    return known;
  }
}

/** By Node's own means: `toHex` puts a text together character by character, and what is kept here would keep all the pieces. */
function hexOf(id: Uint8Array): string {
  return Buffer.from(id).toString("hex");
}
