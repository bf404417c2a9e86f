/**
 * The pass: a ticket of `device.period.mac` that is checked in the headers, before a byte of the body is read.
 *
 * A signature costs about 90 µs to check and an HMAC 2 µs (measured), so whoever has no pass is turned away for a fiftieth of
 * what a sheet costs. Nothing is stored: the MAC says that this office issued the pass to this device in this period. A pass
 * is given only against a challenge that the device's key has signed, in a lane of its own (`pass-lane.ts`).
 *
 * The period is part of the pass and of the bucket's key. Who steals a pass, not the key, empties the bucket of that one
 * period; the device signs a new challenge and has a bucket of its own again at most {@link PERIOD} later.
 */
import { timingSafeEqual } from "node:crypto";
import { hmacSha256 } from "./mac.ts";

/** Milliseconds of one period of issue: a key gets one bucket per period, however many passes it asks for. */
export const PERIOD = 600_000;
/** Periods for which a pass is good: a week. */
export const PASS_PERIODS = 1_008;
/** Milliseconds for which a challenge may be answered. */
export const CHALLENGE_LIFE = 120_000;

const DEVICE = 16;
/** 144 bits are beyond guessing, and fill their 24 characters: no two spellings of one MAC. */
const MAC_BYTES = 18;
const MAC = 24;
const NONCE = 22;
const TIME_RADIX = 36;
const PASS_FORM = /^[0-9a-f]{16}\.[0-9a-z]{1,9}\.[A-Za-z0-9_-]{24}$/;
const CHALLENGE_FORM = /^[A-Za-z0-9_-]{22}\.[0-9a-z]{1,9}\.[A-Za-z0-9_-]{24}$/;

/** Whom a valid pass names. */
export interface Holder {
  /** Short name of the device's key: 16 hex. */
  readonly device: string;
  /** What buckets are keyed by: the device and the period in which this pass was issued. */
  readonly bucket: string;
}

export interface PassOptions {
  /** 32 secret bytes, the same in every process that issues or checks passes. */
  readonly secret: Uint8Array;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** 16 random bytes per call. */
  readonly random: () => Uint8Array;
}

/** Issues and checks passes and the challenges that lead to them. */
export class PassOffice {
  readonly #hmac: (text: string) => Uint8Array;
  readonly #clock: () => number;
  readonly #random: () => Uint8Array;

  constructor({ secret, clock, random }: PassOptions) {
    if (secret.length !== 32) throw new TypeError(`the secret of passes has 32 bytes, got ${secret.length}`);
    this.#hmac = hmacSha256(secret);
    this.#clock = clock;
    this.#random = random;
  }

  /** A text to be signed by the key that asks for a pass. */
  challenge(): string {
    const nonce = Buffer.from(this.#random()).toString("base64url").slice(0, NONCE);
    return this.#sealed("challenge", `${nonce}.${this.#clock().toString(TIME_RADIX)}`);
  }

  /** Whether this office made the challenge, not longer ago than {@link CHALLENGE_LIFE}. */
  isOwnChallenge(challenge: string): boolean {
    if (!CHALLENGE_FORM.test(challenge) || !this.#isSealed("challenge", challenge)) return false;
    const age = this.#clock() - Number.parseInt(challenge.slice(NONCE + 1, -MAC - 1), TIME_RADIX);
    return age >= 0 && age <= CHALLENGE_LIFE;
  }

  /** A pass for the device with this short key name (16 hex). Only for who has proved to hold the key. */
  issue(device: string): string {
    return this.#sealed("pass", `${device}.${this.#period().toString(TIME_RADIX)}`);
  }

  /** Milliseconds since 1970 until which a pass issued now is good. */
  goodUntil(): number {
    return (this.#period() + PASS_PERIODS) * PERIOD;
  }

  /** The holder of a pass, or null if it was not issued here or is too old. */
  check(pass: string): Holder | null {
    if (!PASS_FORM.test(pass) || !this.#isSealed("pass", pass)) return null;
    const bucket = pass.slice(0, -MAC - 1);
    const age = this.#period() - Number.parseInt(bucket.slice(DEVICE + 1), TIME_RADIX);
    // A period ahead: another process of this office has a clock slightly before ours.
    return age >= -1 && age < PASS_PERIODS ? { device: pass.slice(0, DEVICE), bucket } : null;
  }

  #period(): number {
    return Math.floor(this.#clock() / PERIOD);
  }

  #sealed(purpose: string, text: string): string {
    return `${text}.${Buffer.from(this.#mac(purpose, text)).toString("base64url")}`;
  }

  #isSealed(purpose: string, sealed: string): boolean {
    const mac = Buffer.from(sealed.slice(-MAC), "base64url");
    return mac.length === MAC_BYTES && timingSafeEqual(mac, this.#mac(purpose, sealed.slice(0, -MAC - 1)));
  }

  #mac(purpose: string, text: string): Uint8Array {
    return this.#hmac(`teguh/${purpose}\n${text}`).subarray(0, MAC_BYTES);
  }
}
