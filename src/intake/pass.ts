/**
 * The pass: a ticket of `device.place.issued.mac` that is checked in the headers, before a byte of the body is read.
 *
 * A signature costs about 90 µs to check and an HMAC 2 µs (measured), so whoever has no pass is turned away for a fiftieth of
 * what a sheet costs. Nothing need be stored: the MAC says that this office issued the pass to this device at this time, and whose
 * grant it showed. A pass is given only against a challenge that the device's key has signed, in a lane of its own
 * (`pass-lane.ts`).
 *
 * **Keys.** Every place that checks passes has a secret of its own ({@link passSecret}), and of that secret a key for each
 * {@link EPOCH}. What was issued in this epoch or the one before is good, and no key older than that is ever used again. An edge
 * before the door is given the keys of two epochs ({@link passKey}), never the secret: who breaks into it can make passes for this
 * door until they end, for no other door, and can make no signature.
 *
 * **Theft.** Buckets are keyed by the pass, not by the device. Who steals a pass, not the key, empties the bucket of that one pass;
 * the device signs a new challenge, and the new pass ends all that were issued to it before. That is remembered in memory only:
 * after a restart the thief has a pass again, with a bucket of its own, which takes nothing from the device's.
 */
import { hmacSha256, isSameText } from "./mac.ts";
import { Recent } from "./recent.ts";

/** Milliseconds for which a pass is good: a week. */
export const PASS_LIFE = 604_800_000;
/** Milliseconds of one key. A pass is not good for longer, so two keys are in use at any time. */
export const EPOCH = PASS_LIFE;
/** Milliseconds for which a challenge may be answered. */
export const CHALLENGE_LIFE = 120_000;
/** Milliseconds by which another process of this office may be ahead of us. */
const SKEW = 600_000;

/** Passes that are remembered, some two hundred bytes each. */
const KNOWN = 16_384;
const DEVICE = 16;
/** Characters of a MAC: 144 bits, which are beyond guessing. */
const MAC = 24;
const NONCE = 22;
const TIME_RADIX = 36;
const SECOND = 1_000;
const PASS_FORM = /^[0-9a-f]{16}\.\d{1,13}\.[0-9a-z]{1,9}\.[A-Za-z0-9_-]{24}$/;
const CHALLENGE_FORM = /^[A-Za-z0-9_-]{22}\.[0-9a-z]{1,9}\.[A-Za-z0-9_-]{24}$/;

/** Whom a valid pass names. */
export interface Holder {
  /** Short name of the device's key: 16 hex. */
  readonly device: string;
  /** Code of the region or station whose grant the device showed. */
  readonly place: string;
  /** What buckets are keyed by: the pass without its MAC. */
  readonly bucket: string;
  /** When the pass was issued: seconds since 1970. */
  readonly issued: number;
}

export interface PassOptions {
  /** 32 secret bytes of this place, the same in every process of it that issues or checks passes. See {@link passSecret}. */
  readonly secret: Uint8Array;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** 16 random bytes per call. */
  readonly random: () => Uint8Array;
}

/** The name of an installation's door, where it has only one. */
export const DOOR_NODE = "door";

/**
 * The secret of one door's passes. `node`: a name that the installation gives to the place where the door stands; what was stolen
 * there is worth nothing once the place is given another name.
 * @param seedOf derives 32 bytes from the installation's master secret
 */
export function passSecret(seedOf: (origin: string) => Uint8Array, election: string, node: string): Uint8Array {
  // No log's origin has a space, so this is nobody's signing key.
  return seedOf(`${election} passes ${node}`);
}

/** The key of one epoch, 32 bytes: what an edge needs to check passes issued in it. */
export function passKey(secret: Uint8Array, epoch: number): Uint8Array {
  return Buffer.from(hmacSha256(secret)(`teguh/pass-key\n${epoch}`), "base64url");
}

/** The epoch of a time in milliseconds since 1970. */
export function epochOf(time: number): number {
  return Math.floor(time / EPOCH);
}

type Purpose = "pass" | "challenge";

/** Issues and checks passes and the challenges that lead to them. */
export class PassOffice {
  readonly #secret: Uint8Array;
  readonly #clock: () => number;
  readonly #random: () => Uint8Array;
  /** By epoch: at most those that are in use and their neighbours. */
  readonly #keys = new Map<number, (text: string) => string>();
  /** By device: passes issued before this second have ended. */
  readonly #ended = new Map<string, number>();
  /** Passes whose MAC was checked, with whom they name: a phone sends several sheets with one. */
  readonly #genuine = new Recent<Holder>(KNOWN);
  /** Challenges that were answered, till they would be too old anyway. */
  readonly #answered = new Map<string, number>();

  constructor({ secret, clock, random }: PassOptions) {
    if (secret.length !== 32) throw new TypeError(`the secret of passes has 32 bytes, got ${secret.length}`);
    this.#secret = secret;
    this.#clock = clock;
    this.#random = random;
  }

  /** A text to be signed by the key that asks for a pass. */
  challenge(): string {
    const nonce = Buffer.from(this.#random()).toString("base64url").slice(0, NONCE);
    const now = this.#clock();
    return this.#sealed("challenge", `${nonce}.${now.toString(TIME_RADIX)}`, now);
  }

  /** Whether this office made the challenge, not longer ago than {@link CHALLENGE_LIFE}, and gave no pass for it yet. */
  isOpenChallenge(challenge: string): boolean {
    if (!CHALLENGE_FORM.test(challenge) || this.#answered.has(challenge)) return false;
    const made = Number.parseInt(challenge.slice(NONCE + 1, -MAC - 1), TIME_RADIX);
    const age = this.#clock() - made;
    return age >= 0 && age <= CHALLENGE_LIFE && this.#isSealed("challenge", challenge, made);
  }

  /**
   * A pass for a device (16 hex) with a grant of this place, for a challenge that its key has signed. It ends the passes that the
   * device was given before, and closes the challenge: who has overheard the signature gets nothing for it.
   */
  issue(device: string, place: string, challenge: string | null = null): string {
    const now = this.#clock();
    if (challenge !== null) this.#close(challenge, now);
    this.#end(device, now);
    return this.#sealed("pass", `${device}.${place}.${secondOf(now).toString(TIME_RADIX)}`, now);
  }

  /** Milliseconds since 1970 until which a pass issued now is good. */
  goodUntil(): number {
    return (secondOf(this.#clock()) + PASS_LIFE / SECOND) * SECOND;
  }

  /** The holder of a pass, or null if it was not issued here, is too old or was ended by a newer one. */
  check(pass: string): Holder | null {
    const holder = this.genuine(pass);
    if (holder === null) return null;
    const ended = this.#ended.get(holder.device);
    return ended !== undefined && holder.issued < ended ? null : holder;
  }

  /** As {@link check}, of a pass that may have been ended by a newer one. */
  genuine(pass: string): Holder | null {
    const known = this.#genuine.get(pass);
    if (known !== undefined) return this.#isOfNow(known) ? known : null;
    if (!PASS_FORM.test(pass)) return null;
    const bucket = pass.slice(0, -MAC - 1);
    const place = bucket.slice(DEVICE + 1, bucket.lastIndexOf("."));
    const issued = Number.parseInt(bucket.slice(bucket.lastIndexOf(".") + 1), TIME_RADIX);
    const holder = { device: pass.slice(0, DEVICE), place, bucket, issued };
    if (!this.#isOfNow(holder) || !this.#isSealed("pass", pass, issued * SECOND)) return null;
    this.#genuine.set(pass, holder);
    return holder;
  }

  #isOfNow({ issued }: Holder): boolean {
    const age = this.#clock() - issued * SECOND;
    return age >= -SKEW && age < PASS_LIFE;
  }

  /** Of each device the latest stands last, so that those that can be forgotten stand first. */
  #end(device: string, now: number): void {
    this.#ended.delete(device);
    this.#ended.set(device, secondOf(now));
    forget(this.#ended, secondOf(now - PASS_LIFE - SKEW));
  }

  #close(challenge: string, now: number): void {
    this.#answered.set(challenge, now);
    forget(this.#answered, now - CHALLENGE_LIFE);
  }

  #sealed(purpose: Purpose, text: string, time: number): string {
    return `${text}.${this.#mac(purpose, text, time)}`;
  }

  #isSealed(purpose: Purpose, sealed: string, time: number): boolean {
    return isSameText(sealed.slice(-MAC), this.#mac(purpose, sealed.slice(0, -MAC - 1), time));
  }

  #mac(purpose: Purpose, text: string, time: number): string {
    return this.#key(epochOf(time))(`teguh/${purpose}\n${text}`).slice(0, MAC);
  }

  /** Called only for times that are good now, so that no stranger can make us remember keys. */
  #key(epoch: number): (text: string) => string {
    let key = this.#keys.get(epoch);
    if (key === undefined) {
      key = hmacSha256(passKey(this.#secret, epoch));
      for (const old of this.#keys.keys()) if (old < epoch - 2) this.#keys.delete(old);
      this.#keys.set(epoch, key);
    }
    return key;
  }
}

const secondOf = (time: number): number => Math.floor(time / SECOND);

/** Drops what is older than a time from a map whose entries stand in the order of their times. */
function forget(times: Map<string, number>, before: number): void {
  for (const [name, time] of times) {
    if (time >= before) return;
    times.delete(name);
  }
}
