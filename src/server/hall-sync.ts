/**
 * A laptop's exchange with the centre, in the background, and what its desk shows of it.
 *
 * It never stands in the way of the hall: whatever fails here is shown, tried again with patience, and nothing waits for it.
 */
import { join } from "node:path";
import { plenoLog, type RegionCode } from "../election/codes.ts";
import { Endpoints } from "../election/endpoints.ts";
import { decodeBody } from "../election/statements.ts";
import type { Text } from "../election/text.ts";
import { type Answer, textOf } from "../intake/answers.ts";
import { concat, fromUtf8, utf8 } from "../ledger/bytes.ts";
import { ed25519Verifier, parseVkey } from "../ledger/note.ts";
import { keyName, openBody, parseStatement } from "../ledger/statement.ts";
import type { ApartView, HeldView, StickView, SyncTroubleView, SyncView } from "../recap/wire/sync.ts";
import { readFileOrNull, writeAtomic } from "../store/files.ts";
import { isOutOfRoom } from "../store/room.ts";
import { type LogName, StoreFull } from "../store/store.ts";
import { signContact } from "../sync/contact.ts";
import { keepInSync, SyncAway } from "../sync/http.ts";
import type { Outcome } from "../sync/leader.ts";
import { readLogFile, writeLogFile } from "../sync/log-file.ts";
import { writingTrouble } from "../sync/may-write.ts";
import { keepEndpoints, type OpenNode } from "../sync/node-folder.ts";
import { SYNC_WORDS, type SyncReason, SyncRefused } from "../sync/refusals.ts";
import type { Replica } from "../sync/replica.ts";
import { shortOf } from "../tally/authority.ts";
import { Refused } from "./desk-http.ts";
import type { DeskNetwork, DeskSync } from "./desk-sync.ts";

export interface HallSyncOptions {
  readonly node: OpenNode;
  /** The data folder. */
  readonly data: string;
  /** Judges a sheet as the door does, and holds it. */
  readonly takeSheet: (note: Uint8Array) => Promise<Answer>;
  /** Told the centre's time whenever it answers, in milliseconds since 1970. */
  readonly heardTime: (time: number) => void;
  readonly network: DeskNetwork | null;
  /** Told of a newer list of the centre's addresses, a note. */
  readonly learned: (note: Uint8Array) => void;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Between two conversations when nothing was stated, in milliseconds: a nation's 7,277 halls are then 485 a second. */
const EVERY = 15_000;
/** What was heard is written down at most so often, in milliseconds. */
const KEPT_EVERY = 60_000;
const HEARD = "heard.json";

/** What was heard of the centre, kept over a restart. */
interface Heard {
  readonly at: number;
  readonly there: Readonly<Record<LogName, number>>;
}

export class HallSync implements DeskSync {
  readonly region: RegionCode;
  readonly network: DeskNetwork | null;
  readonly #options: HallSyncOptions;
  readonly #endpoints: Endpoints;
  #heard: Heard | null;
  #kept = 0;
  #awaySince: number | null = null;
  #last: Outcome | null = null;
  /** What came last could not be taken in for want of room. */
  #isFull = false;
  /** Something was stated since the last conversation began. */
  #isDue = false;
  #wake: (() => void) | null = null;

  constructor(options: HallSyncOptions) {
    const { node, data, random, network } = options;
    this.region = node.settings.region;
    this.network = network;
    this.#options = options;
    this.#endpoints = centreEndpoints(node, random, (note) => {
      keepEndpoints(data, note);
      options.learned(note);
    });
    this.#heard = heardIn(data);
  }

  /** Keeps hall and centre up to date until the signal. */
  run(signal: AbortSignal): Promise<void> {
    const { node, clock, heardTime } = this.#options;
    return keepInSync({
      heardTime,
      replica: node.replica,
      relay: node.relay,
      region: this.region,
      endpoints: this.#endpoints,
      contact: () => {
        this.#isDue = false;
        return signContact(node.replica, this.region, clock());
      },
      signal,
      every: EVERY,
      woken: () =>
        new Promise((resolve) => {
          this.#wake = resolve;
          if (this.#isDue) this.nudge();
        }),
      report: (_url, outcome) => this.#report(outcome),
    });
  }

  /** Something was stated: it is sent now and not at the next turn. */
  readonly nudge = (): void => {
    this.#isDue = true;
    this.#wake?.();
    this.#wake = null;
  };

  #report(outcome: Outcome | SyncAway | StoreFull): void {
    const now = this.#options.clock();
    this.#isFull = outcome instanceof StoreFull;
    if (outcome instanceof StoreFull) return;
    if (outcome instanceof SyncAway) {
      this.#awaySince ??= now;
      return;
    }
    this.#awaySince = null;
    this.#last = outcome;
    this.#heard = { at: now, there: Object.fromEntries(outcome.theirs) };
    if (Math.abs(now - this.#kept) < KEPT_EVERY) return;
    this.#kept = now;
    this.#keepHeard();
  }

  /** Kept for the eyes alone: on a full disk it is left, and heard again. */
  #keepHeard(): void {
    try {
      writeAtomic(join(this.#options.data, HEARD), utf8(JSON.stringify(this.#heard)));
    } catch (error) {
      if (!isOutOfRoom(error)) throw error;
    }
  }

  async view(): Promise<SyncView> {
    const { node, clock } = this.#options;
    const { replica, relay, vkey } = node;
    const log = plenoLog(this.region);
    const reason = await writingTrouble(node, log);
    const logs = (await replica.standings(this.region)).map(({ log: name, size }) => ({
      log: name,
      here: size,
      there: this.#heard?.there[name] ?? null,
    }));
    return {
      region: this.region,
      vkey,
      key: shortOf(parseVkey(vkey).publicKey),
      hindrance: reason && trouble(log, reason),
      logs,
      heardAt: this.#heard?.at ?? null,
      awaySince: this.#awaySince,
      url: this.#endpoints.current,
      sheets: relay.waiting,
      troubles: [
        ...(this.#isFull ? [trouble(log, "full")] : []),
        ...(this.#last?.troubles ?? []).map((one) => trouble(one.log, one.reason)),
      ],
      withheld: this.#last?.withheld ?? [],
      forks: await replica.evidence.forks(),
      apart: await apartViews(replica),
      now: clock(),
    };
  }

  async stick(): Promise<Uint8Array | Refused> {
    const { replica } = this.#options.node;
    const pieces: Uint8Array[] = [];
    const logs: LogName[] = [];
    // What nobody has signed for yet is left at home: another machine's log as a bundle brought it.
    for (const { log } of await replica.standings(this.region))
      if ((await replica.chunkFrom(log, 0)) !== null) logs.push(log);
    try {
      for await (const piece of writeLogFile(replica, logs)) pieces.push(piece);
    } catch (error) {
      // Of a log from elsewhere only half has come, and its end cannot be proved yet.
      if (error instanceof SyncRefused) return new Refused(503, "later", SYNC_WORDS[error.reason]);
      throw error;
    }
    return concat(...pieces);
  }

  async bring(file: Uint8Array): Promise<StickView> {
    const { replica } = this.#options.node;
    try {
      const logs = await readLogFile(replica, () => inPieces(file), this.#options.takeSheet);
      return {
        trouble: null,
        logs: logs.map(({ log, before, after, apart, refused }) => ({
          log,
          before,
          after,
          trouble: refused === null ? (apart === null ? null : SYNC_WORDS.replaced) : wordsOf(refused),
        })),
      };
    } catch (error) {
      if (error instanceof SyncRefused) return { logs: [], trouble: SYNC_WORDS[error.reason] };
      if (error instanceof StoreFull) return { logs: [], trouble: SYNC_WORDS.full };
      throw error;
    } finally {
      this.nudge();
    }
  }

  async hold(note: Uint8Array): Promise<HeldView | Refused> {
    const answer = await this.#options.takeSheet(note);
    const { status, type } = answer;
    const body = textOf(answer);
    if (type === "application/json") {
      const { faults = [] } = JSON.parse(body) as { readonly faults?: readonly { readonly message: Text }[] };
      const message = faults[0]?.message ?? SYNC_WORDS.malformed;
      return new Refused(status, status >= 500 || status === 425 ? "later" : "refused", message);
    }
    this.nudge();
    const { station, contest } = decodeBody("sheet", parseStatement(note).body);
    const by = typeof openBody(parseStatement(utf8(body))).index === "number" ? "centre" : "held";
    return { by, station, contest, receipt: body };
  }
}

/** Where the centre is, as a laptop's folder knows it. `keep` is told of a newer list. */
export function centreEndpoints(
  { replica, settings }: Pick<OpenNode, "replica" | "settings">,
  random: () => number,
  keep: (note: Uint8Array) => void = () => undefined,
): Endpoints {
  const { election, electionTag, centre: key } = replica.home.genesis;
  const centre = ed25519Verifier(keyName(election, key), key);
  const endpoints = new Endpoints({ centre, electionTag, random, keep });
  if (settings.endpoints !== null) endpoints.learn(utf8(settings.endpoints));
  return endpoints;
}

/** Where an old copy was put back, or the disk was changed, what was heard may be gone: it is heard again. */
function heardIn(data: string): Heard | null {
  const bytes = readFileOrNull(join(data, HEARD));
  try {
    return bytes && (JSON.parse(fromUtf8(bytes)) as Heard);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What is kept of replaced machines, with where the hand-over was. */
export async function apartViews(replica: Replica): Promise<ApartView[]> {
  const views: ApartView[] = [];
  for (const { log, epoch, size } of await replica.apart()) {
    const next = replica.home.custodies(log).find((custody) => custody.epoch === epoch + 1);
    views.push({ log, epoch, from: next?.size ?? size, to: size });
  }
  return views;
}

const isReason = (reason: string): reason is SyncReason => Object.hasOwn(SYNC_WORDS, reason);

/** In words; a code that this version does not know comes from a newer one. */
function wordsOf(reason: string): Text {
  if (reason === "waiting") return SYNC_WORDS["unknown-key"];
  return isReason(reason) ? SYNC_WORDS[reason] : SYNC_WORDS["not-this-format"];
}

const trouble = (log: LogName, reason: string): SyncTroubleView => ({ log, reason, message: wordsOf(reason) });

/** A file in memory as it would come from a disk. */
async function* inPieces(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += PIECE) yield file.subarray(at, at + PIECE);
}
const PIECE = 2 ** 16;
