/**
 * Who is signed in on which device. A device has one hall at a time and in it several people, who share its keyboard.
 *
 * All of it is in memory: a desk that starts anew has nobody signed in, and what was half typed is in the browser. A session gives
 * the right to look and to hand in statements; what a statement may do, its signatures say.
 */
import type { RegionCode } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import type { Random } from "./wire/card.ts";

/** A challenge is answered within this time, and once; in milliseconds. */
const ANSWER_WITHIN = 120_000;
/** After so long without a deed a device is signed out, in milliseconds. */
export const IDLE = 30 * 60_000;
/** A projector does nothing for hours, and is signed out after the longest of days. */
const PROJECTOR_LASTS = 24 * 60 * 60_000;
/** A link for a projector is good for so long, and once. */
const LINK_LASTS = 10 * 60_000;
/** Challenges, links and sessions kept at most, each: beyond it the oldest go. */
const MOST = 10_000;

export interface Session {
  /** 64 hex, known to the device alone. */
  readonly token: string;
  readonly region: RegionCode;
  /** Short names of the keys that have signed in. */
  readonly keys: readonly string[];
  /** A screen without a key, which may look and nothing else. */
  readonly isProjector: boolean;
  /** Milliseconds since 1970. */
  readonly until: number;
}

interface SessionsOptions {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: Random;
}

export class Sessions {
  readonly #clock: () => number;
  readonly #random: Random;
  /** Until when each can be answered. */
  readonly #challenges = new Map<string, number>();
  readonly #links = new Map<string, { readonly region: RegionCode; readonly until: number }>();
  readonly #sessions = new Map<string, Session>();

  constructor({ clock, random }: SessionsOptions) {
    this.#clock = clock;
    this.#random = random;
  }

  /** A new challenge, 64 hex. */
  challenge(): string {
    const challenge = this.#secret();
    keep(this.#challenges, challenge, this.#clock() + ANSWER_WITHIN);
    return challenge;
  }

  /** Whether the challenge is one of ours, in time, and answered for the first time. */
  redeem(challenge: string): boolean {
    const until = this.#challenges.get(challenge);
    this.#challenges.delete(challenge);
    return until !== undefined && until > this.#clock();
  }

  /** The session of a token, if it lasts. */
  get(token: string | null): Session | null {
    const session = token === null ? undefined : this.#sessions.get(token);
    if (session === undefined) return null;
    const left = session.until - this.#clock();
    // More than it ever had: the clock was set back, and by it the session would last for years.
    if (left > 0 && left <= (session.isProjector ? PROJECTOR_LASTS : IDLE)) return session;
    this.#sessions.delete(session.token);
    return null;
  }

  /** Adds a key that has proved itself to a device's session; in another hall, or on a new device, it begins one. */
  signIn(token: string | null, region: RegionCode, key: string): Session {
    const before = this.get(token);
    const goesOn = before !== null && before.region === region && !before.isProjector;
    const keys = goesOn ? [...new Set([...before.keys, key])] : [key];
    if (before !== null && !goesOn) this.#sessions.delete(before.token);
    return this.#keep({
      token: goesOn ? before.token : this.#secret(),
      region,
      keys,
      isProjector: false,
      until: this.#clock() + IDLE,
    });
  }

  /** Somebody did something: the session lasts on from here. */
  touch(session: Session): Session {
    return session.isProjector ? session : this.#keep({ ...session, until: this.#clock() + IDLE });
  }

  /** Takes keys out of a session that hold nothing any more; null if nobody is left in it. */
  without(session: Session, gone: readonly string[]): Session | null {
    const keys = session.keys.filter((key) => !gone.includes(key));
    if (keys.length > 0) return this.#keep({ ...session, keys });
    this.end(session.token);
    return null;
  }

  end(token: string): void {
    this.#sessions.delete(token);
  }

  /** A one-time link for a screen in a hall. */
  link(region: RegionCode): string {
    const link = this.#secret();
    keep(this.#links, link, { region, until: this.#clock() + LINK_LASTS });
    return link;
  }

  /** The session of a screen that comes with a link; null if the link is used, late, or none of ours. */
  project(link: string): Session | null {
    const found = this.#links.get(link);
    this.#links.delete(link);
    if (found === undefined || found.until <= this.#clock()) return null;
    const until = this.#clock() + PROJECTOR_LASTS;
    return this.#keep({ token: this.#secret(), region: found.region, keys: [], isProjector: true, until });
  }

  #keep(session: Session): Session {
    keep(this.#sessions, session.token, session);
    return session;
  }

  #secret(): string {
    return toHex(this.#random(32));
  }
}

/** Puts a value at the young end of a map that is not to grow without end. */
function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= MOST) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
