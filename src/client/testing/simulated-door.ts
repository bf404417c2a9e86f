/**
 * A door and the wire to it, as bad as they may be: it loses requests and answers, answers late, gives receipts by wrong keys or for
 * other sheets, says that it holds what it has not, is full, or is away. What it has stored it knows, and it counts.
 */

import { fromUtf8, toHex, utf8 } from "../../ledger/bytes.ts";
import { type Hash, sha256 } from "../../ledger/hash.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../../ledger/note.ts";
import { parseStatement, signStatement } from "../../ledger/statement.ts";
import type { Fetch } from "../door.ts";
import type { VirtualTime } from "./virtual-time.ts";

export const ELECTION = "ab".repeat(16);
export const LOG = "tps/710101";
const signerOf = (word: string, name: string): Signer => ed25519Signer(name, sha256(utf8(word)));
const LOG_KEY = signerOf("log", `contoh.example/2029/log/${LOG}`);
const OTHER_KEY = signerOf("somebody", `contoh.example/2029/log/${LOG}`);
export const LOG_VKEY = vkeyOf(LOG_KEY.name, LOG_KEY.publicKey);

/** What becomes of one request. `lost`: it never arrives; `unheard`: it is done, the answer is lost. */
export type Mishap =
  | "none"
  | "lost"
  | "unheard"
  | "late"
  | "other-key"
  | "other-sheet"
  | "nonsense"
  | "portal"
  | "held"
  | "no-pass"
  | "busy";

export interface DoorRules {
  readonly time: VirtualTime;
  /** Milliseconds on the wire, there and back. */
  readonly delay: () => number;
  readonly mishap: () => Mishap;
  /** Whether anybody is there at this time. */
  readonly isOpen?: () => boolean;
  /** Sheets stored in a second, and seconds of work that may wait; more is turned away. Absent: no limit. */
  readonly capacity?: { readonly perSecond: number; readonly queue: number };
}

export interface Seen {
  /** Times at which a sheet was offered and let in; and how often one was turned away. */
  readonly offers: number[];
  turnedAway: number;
  /** In the order of their places in the log; a sheet stands here once, whatever happens. */
  readonly stored: Hash[];
  /** Every Retry-After: when it was given, and the time before which the same device must not come. */
  readonly asked: Map<string, number>;
  /** Who came sooner than asked. */
  readonly impatient: string[];
}

/** What the courier is given as `fetch`, and what the door saw. */
export function simulatedDoor(rules: DoorRules): { readonly fetch: Fetch; readonly seen: Seen } {
  const { time, delay, mishap } = rules;
  const places = new Map<Hash, number>();
  const seen: Seen = { offers: [], turnedAway: 0, stored: [], asked: new Map(), impatient: [] };
  let freeAt = 0;
  let promised = 0;

  const fetch: Fetch = async (url, { method, body, headers, signal }) => {
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")), { once: true });
    });
    return Promise.race([answer(new URL(url).pathname, method, body ?? "", headers.authorization ?? ""), ended]);
  };

  async function answer(path: string, method: string, body: string, authorization: string) {
    await time.rest(delay());
    if (rules.isOpen?.() === false) throw new TypeError("fetch failed");
    if (path === "/pass") return passReply(method, body);
    const device = authorization;
    if (time.now < (seen.asked.get(device) ?? 0)) seen.impatient.push(device);
    const fate = mishap();
    if (fate === "lost") return never();
    if (fate === "no-pass") return reply(401, faults("no-pass"));
    if (fate === "portal") return reply(200, "<html>Please pay for your Wi-Fi</html>");
    if (fate === "nonsense") return reply(400, "<html>Bad gateway</html>");
    const wait = waitForTurn();
    if (fate === "busy" || wait === null) return busy(device);
    seen.offers.push(time.now);
    const { id } = parseStatement(utf8(body));
    const sheet = toHex(id) as Hash;
    if (fate === "held") return reply(200, receiptOf(sheet, null, LOG_KEY));
    await time.rest(wait);
    if (!places.has(sheet)) {
      places.set(sheet, seen.stored.length);
      seen.stored.push(sheet);
    }
    if (fate === "unheard") return never();
    if (fate === "late") await time.rest(60_000);
    const index = places.get(sheet) ?? 0;
    if (fate === "other-key") return reply(200, receiptOf(sheet, index, OTHER_KEY));
    if (fate === "other-sheet") return reply(200, receiptOf("00".repeat(32) as Hash, index, LOG_KEY));
    return reply(200, receiptOf(sheet, index, LOG_KEY));
  }

  /** Milliseconds until a sheet that comes now is stored; null if too many wait. */
  function waitForTurn(): number | null {
    if (rules.capacity === undefined) return 0;
    const { perSecond, queue } = rules.capacity;
    const from = Math.max(freeAt, time.now);
    if (from - time.now > queue * 1000) return null;
    freeAt = from + 1000 / perSecond;
    return freeAt - time.now;
  }

  function busy(device: string) {
    seen.turnedAway++;
    // A second of its own, as a door gives it: places become free at the pace at which sheets are stored.
    promised = Math.max(promised, time.now + 2_000) + 1_000 / (rules.capacity?.perSecond ?? 1_000);
    const seconds = Math.ceil((promised - time.now) / 1_000);
    seen.asked.set(device, time.now + seconds * 1000);
    return reply(503, faults("busy"), seconds);
  }

  return { fetch, seen };
}

function passReply(method: string, body: string) {
  if (method === "GET") return reply(200, JSON.stringify({ challenge: "a challenge" }));
  const [line] = parseStatement(utf8(body)).signatures;
  return reply(200, JSON.stringify({ pass: line?.name, until: Number.MAX_SAFE_INTEGER }));
}

function receiptOf(id: Hash, index: number | null, key: Signer): string {
  const body = { election: ELECTION, id, log: LOG, time: 1, ...(index === null ? {} : { index }) };
  return fromUtf8(signStatement("teguh/receipt/v1", body, [key]));
}

const faults = (code: string) => JSON.stringify({ faults: [{ code, message: { id: code, en: code } }] });

const reply = (status: number, text: string, retryAfter?: number) => ({
  status,
  headers: { get: (name: string) => (name === "retry-after" && retryAfter !== undefined ? String(retryAfter) : null) },
  text: async () => text,
});

const never = () => new Promise<never>(() => undefined);
