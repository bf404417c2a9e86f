/**
 * What keeps a hall's laptop safe beside its log: the continuous copy, the clock, room on the disk, and that an old copy of its own
 * disk is recognised. It tells its desk what a person is to see to, and holds a statement back where going on without a decision
 * would do harm.
 */
import { statfs } from "node:fs/promises";
import { plenoLog, type RegionCode } from "../election/codes.ts";
import type { Text } from "../election/text.ts";
import { fromUtf8 } from "../ledger/bytes.ts";
import { openBody, parseStatement, StatementError } from "../ledger/statement.ts";
import type { Unfit } from "../recap/acts-judged.ts";
import type { CautionView, PlaceView, SafeView } from "../recap/wire/safe.ts";
import { type LogName, StoreFull } from "../store/store.ts";
import { Copier } from "../sync/copy.ts";
import { copyDisk } from "../sync/copy-disk.ts";
import { chooseCopyPlace, copyPlace, forgetCopyPlace } from "../sync/copy-place.ts";
import { COPY_WORDS, copyReason } from "../sync/copy-words.ts";
import { writingTrouble } from "../sync/may-write.ts";
import type { OpenNode } from "../sync/node-folder.ts";
import { SYNC_WORDS } from "../sync/refusals.ts";
import { Refused } from "./desk-http.ts";
import type { DeskSafe } from "./desk-safe.ts";
import { CentreTime, type ClockDoubt, clockDoubt, sayClockDoubt } from "./hall-clock.ts";
import { mountedPlaces } from "./mounted.ts";

export interface HallSafeOptions {
  readonly node: OpenNode;
  /** The laptop's folder. */
  readonly data: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds that no change of the clock touches. */
  readonly elapsed: () => number;
  readonly log: (line: string) => void;
}

/** With less room than this, in bytes, a person is told; a plenary of the largest kecamatan takes less than a tenth of it. */
const LITTLE_ROOM = 200 * 2 ** 20;

export class HallSafe implements DeskSafe {
  readonly region: RegionCode;
  readonly centreTime: CentreTime;
  readonly #options: HallSafeOptions;
  readonly #log: LogName;
  #copier: Copier | null = null;
  #copying = new AbortController();
  #failed: (error: unknown) => void = () => undefined;
  /** The doubt with which an officer goes on. */
  #accepted: ClockDoubt["kind"] | null = null;

  constructor(options: HallSafeOptions) {
    this.#options = options;
    this.region = options.node.settings.region;
    this.#log = plenoLog(this.region);
    this.centreTime = new CentreTime(options.clock, options.elapsed);
  }

  /** Keeps the copy until it is closed. Rejects with what should never happen. */
  run(): Promise<void> {
    return new Promise((_, reject) => {
      this.#failed = reject;
      this.#begin();
    });
  }

  /** Something was stated: it is copied now. */
  readonly nudge = (): void => this.#copier?.nudge();

  /** Ends the copying; a stick that hangs is not waited for. */
  close(): void {
    this.#copying.abort();
  }

  #begin(): void {
    const { node, data, clock, elapsed, log } = this.#options;
    const place = copyPlace(data);
    if (place !== null && place.id === this.#copier?.place.id) return;
    this.#copying.abort();
    this.#copying = new AbortController();
    this.#copier = null;
    if (place === null) return;
    const { replica, relay } = node;
    const copier = new Copier({
      place,
      disk: copyDisk(place.folder),
      replica,
      relay,
      region: this.region,
      data,
      clock,
      elapsed,
      log,
    });
    this.#copier = copier;
    // One that hangs on a stick is not waited for: it writes nothing any more where another one writes.
    copier.run(this.#copying.signal).catch((error: unknown) => this.#failed(error));
  }

  /** Why nothing may be stated in the hall's log now; null if it may. */
  async hindrance(log: LogName): Promise<Unfit | null> {
    const reason = await writingTrouble(this.#options.node, log);
    if (reason !== null) return { reason, message: SYNC_WORDS[reason] };
    const doubt = await this.#doubt();
    return doubt === null || doubt.kind === this.#accepted ? null : { reason: "clock", message: sayClockDoubt(doubt) };
  }

  async view(): Promise<SafeView> {
    const { node } = this.#options;
    const state = this.#copier?.state ?? null;
    const checkpoint = await this.#checkpoint();
    return {
      cautions: await this.#cautions(),
      copy: this.#copier && state && { folder: this.#copier.place.folder, at: state.at, checkedAt: state.checkedAt },
      clockAccepted: this.#accepted !== null,
      checkpoint: checkpoint && fromUtf8(checkpoint),
      size: (await node.store.head(this.#log))?.size ?? 0,
    };
  }

  /** The hall's log as this laptop signs it; null while it does not write it, or cannot keep its word on a full disk. */
  async #checkpoint(): Promise<Uint8Array | null> {
    const { sequencer, replica } = this.#options.node;
    try {
      return (await sequencer.writes(this.#log)) ? await replica.noteOf(this.#log) : null;
    } catch (error) {
      if (error instanceof StoreFull) return null;
      throw error;
    }
  }

  async seen(note: Uint8Array): Promise<void> {
    await this.#options.node.replica.heed(this.#log, note);
  }

  async acceptClock(): Promise<void> {
    this.#accepted = (await this.#doubt())?.kind ?? null;
  }

  places(): Promise<PlaceView[]> {
    return mountedPlaces();
  }

  choose(folder: string | null): void {
    const { data, node } = this.#options;
    const election = node.replica.home.genesis.electionTag;
    try {
      if (folder === null) forgetCopyPlace(data);
      else chooseCopyPlace(data, folder, { election, region: this.region });
    } catch (error) {
      const reason = copyReason(error);
      if (reason === null) throw error;
      throw new Refused(409, "refused", COPY_WORDS[reason], reason);
    }
    this.#begin();
  }

  async #cautions(): Promise<CautionView[]> {
    const cautions: CautionView[] = [];
    const add = (code: string, message: Text, since: number | null = null) => cautions.push({ code, message, since });
    const writing = await writingTrouble(this.#options.node, this.#log);
    if (writing === "behind" || writing === "fork") add(writing, SYNC_WORDS[writing]);
    const { trouble = null, isOnSameDisk = false } = this.#copier?.state ?? {};
    if (trouble !== null) add(`copy-${trouble.reason}`, COPY_WORDS[trouble.reason], trouble.since);
    else if (isOnSameDisk) add("copy-same", SAME_DISK);
    const doubt = await this.#doubt();
    if (doubt !== null) add(this.#accepted === doubt.kind ? "clock-accepted" : "clock", sayClockDoubt(doubt));
    const { bavail, bsize } = await statfs(this.#options.data);
    if (bavail * bsize < LITTLE_ROOM) add("room", littleRoom(bavail * bsize));
    return cautions;
  }

  async #doubt(): Promise<ClockDoubt | null> {
    const { node, clock } = this.#options;
    const times = new Map<LogName, number>();
    for (const { log, size } of await node.replica.standings(this.region)) {
      const [newest] = await node.store.read(log, size - 1, size);
      const time = newest === undefined ? null : timeOf(newest);
      if (time !== null) times.set(log, time);
    }
    const own = times.get(this.#log) ?? null;
    times.delete(this.#log);
    const { bundled } = node.settings;
    const doubt = clockDoubt({
      now: clock(),
      ahead: this.centreTime.ahead,
      bundled,
      own,
      elsewhere: [...times.values()],
    });
    // Once the clock is right again, the next doubt asks anew.
    if (doubt === null) this.#accepted = null;
    return doubt;
  }
}

/** The time that a statement claims; null if it cannot be read. */
function timeOf(bytes: Uint8Array): number | null {
  try {
    const { time } = openBody(parseStatement(bytes));
    return typeof time === "number" ? time : null;
  } catch (error) {
    if (error instanceof StatementError) return null;
    throw error;
  }
}

const SAME_DISK: Text = {
  id: "Salinan ada di disk yang sama dengan data laptop ini: bila disknya rusak, keduanya hilang. Pilih stik atau disk lain.",
  en: "The copy is on the same disk as this laptop's data: if that breaks, both are gone. Choose a stick or another disk.",
};

const littleRoom = (free: number): Text => {
  const left = Math.floor(free / 2 ** 20);
  return {
    id: `Ruang disk laptop ini tinggal ${left} MB. Hapus berkas lain; bila penuh, tidak ada yang dapat dicatat sampai ada ruang, dan yang sudah tercatat tetap aman.`,
    en: `This laptop's disk has ${left} MB left. Delete other files; once it is full nothing can be recorded until there is room, and what was recorded stays safe.`,
  };
};
