/**
 * The devices of a hall that may use its desk over the network: each was let in by a code that the main laptop showed, good once and
 * for ten minutes, and can be put out again. Being let in is not being signed in: that takes a card and a PIN as everywhere.
 *
 * `DIR/network/devices.json` has the hash of each device's token, never the token.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fromUtf8, toHex, utf8 } from "../../ledger/bytes.ts";
import type { DeviceView, InviteView } from "../../recap/wire/network.ts";
import { writeDurable } from "../../store/durable.ts";
import { readFileOrNull } from "../../store/files.ts";

/** A code is good for so long, in milliseconds. */
const CODE_LASTS = 10 * 60_000;
/** Codes that are open at once, and devices: a hall has some dozens. */
const MOST_CODES = 32;
const MOST_DEVICES = 200;
/** Crockford's base32: nothing in it is taken for something else. */
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Guessed at ten times a second for ten minutes it would be found in one case of 180 million. */
const LENGTH = 8;

interface Device {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of its token, hex. */
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly pairedAt: number;
}

export interface DevicesOptions {
  /** The data folder. */
  readonly data: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: (count: number) => Uint8Array;
}

export class Devices {
  readonly #options: DevicesOptions;
  readonly #codes = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  #devices: readonly Device[];

  constructor(options: DevicesOptions) {
    this.#options = options;
    const bytes = readFileOrNull(pathIn(options.data));
    this.#devices = bytes === null ? [] : (JSON.parse(fromUtf8(bytes)) as readonly Device[]);
  }

  /** A new code for one device. */
  invite(): InviteView {
    const { clock, random } = this.#options;
    const code = [...random(LENGTH)].map((byte) => SYMBOLS[byte % SYMBOLS.length]).join("");
    const [oldest] = this.#codes.size < MOST_CODES ? [] : this.#codes.keys();
    if (oldest !== undefined) this.#codes.delete(oldest);
    const until = clock() + CODE_LASTS;
    this.#codes.set(code, until);
    return { code, until };
  }

  /** Lets a device in by a code, typed in any way; its token, or null if the code is used, late, or none of ours. */
  admit(typed: string, name: string): string | null {
    const { clock, random } = this.#options;
    const code = asCode(typed);
    const until = this.#codes.get(code);
    if (until === undefined || until <= clock()) return null;
    const token = toHex(random(32));
    const device = { id: toHex(random(8)), name, token: hashOf(token), pairedAt: clock() };
    this.#keep([...this.#devices, device].slice(-MOST_DEVICES));
    // Only now: had the disk been full, the code would be good still.
    this.#codes.delete(code);
    return token;
  }

  /** Which device a token is of; null if it was never let in, or put out. */
  of(token: string | null): string | null {
    const hash = token === null ? "" : hashOf(token);
    const device = this.#devices.find((one) => one.token === hash);
    if (device === undefined) return null;
    this.#seen.set(device.id, this.#options.clock());
    return device.id;
  }

  /** Puts a device out; whether there was one. */
  remove(id: string): boolean {
    const left = this.#devices.filter((device) => device.id !== id);
    if (left.length === this.#devices.length) return false;
    this.#keep(left);
    this.#seen.delete(id);
    return true;
  }

  /** The newest first. */
  views(): DeviceView[] {
    return this.#devices
      .map(({ id, name, pairedAt }) => ({ id, name, pairedAt, seenAt: this.#seen.get(id) ?? null }))
      .reverse();
  }

  #keep(devices: readonly Device[]): void {
    writeDurable(pathIn(this.#options.data), utf8(`${JSON.stringify(devices)}\n`));
    this.#devices = devices;
  }
}

const pathIn = (data: string): string => join(data, "network", "devices.json");
const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Small letters, separators, and what is taken for another symbol. */
const asCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
