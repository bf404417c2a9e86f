/**
 * What the log of one plenary says, entry by entry: the record that its state is read from.
 *
 * The desk keeps nothing that the log does not say. So a desk that starts, restarts or takes over from another machine reads
 * the log once through here and stands where the hall stands. Whether an entry stands is the fold's verdict and is not judged
 * again: a void entry is listed as void and changes nothing else.
 */
import {
  type ContestKind,
  desaOf,
  isWithin,
  parseLogName,
  type RegionCode,
  type StationCode,
} from "../election/codes.ts";
import type { MinutesActOf } from "../election/minutes.ts";
import type { Outcome } from "../election/sheet.ts";
import type { Body, BodyOf } from "../election/statements.ts";
import type { Hash } from "../ledger/hash.ts";
import { mandatesAfter } from "../tally/minutes.ts";
import { boxKey, penKey, type Referable, WHOLE } from "../tally/plenary.ts";
import { type ActName, readingAct } from "../tally/powers.ts";
import type { RefusalReason } from "../tally/refusal.ts";

/** What the record needs of a reading; its figures stay in the log. */
export type RecordedReading = Pick<BodyOf<"reading">, "station" | "contest" | "outcome" | "evidence" | "time">;

/** A statement as the record takes it in. */
export type Recorded =
  | Exclude<Body, { readonly type: "reading" }>
  | { readonly type: "reading"; readonly body: RecordedReading };

/** An entry of the log with the fold's verdict on it. */
export interface Entry {
  readonly index: number;
  readonly id: Hash;
  /** Null where it is no statement that this version knows; the fold has refused it. */
  readonly stated: Recorded | null;
  /** Why the fold refused it; null: it stands. */
  readonly refusal: RefusalReason | null;
}

/** A station and contest in one key. */
export const readingKey = (contest: string, station: string): string => `${contest}/${station}`;

export interface ReadStation {
  readonly station: StationCode;
  readonly contest: ContestKind;
  readonly reading: Hash;
  readonly index: number;
  readonly outcome: Outcome;
  /** Whether the reading itself names its evidence. */
  readonly hasEvidence: boolean;
  /** Time of the first reading of the station in this plenary. */
  readonly since: number;
}

export interface Objection {
  readonly id: Hash;
  readonly index: number;
  readonly time: number;
  /** Names of the keys that filed it. */
  readonly by: readonly string[];
  /** What was written about it, and what was answered last; kept apart from the log. */
  readonly papers: Hash | null;
  readonly answer: Hash | null;
  readonly kind: "objection" | "incident";
  readonly contest: ContestKind | null;
  readonly station: StationCode | null;
  readonly participant: string | null;
  readonly status: BodyOf<"objection">["status"];
}

export interface Advice {
  readonly id: Hash;
  readonly index: number;
  readonly time: number;
  readonly advice: MinutesActOf<"advice">;
  /** The answer that stands: the last one. */
  readonly answer: MinutesActOf<"advice-answer"> | null;
}

export interface Certificate extends Pick<BodyOf<"certificate">, "figures" | "votes"> {
  readonly id: Hash;
  readonly index: number;
  readonly time: number;
  /** Participant → what stands: one who refused may sign later. */
  readonly signatures: ReadonlyMap<string, MinutesActOf<"signature">>;
  /** Hash of the list of scanned pages; null until they are scanned. */
  readonly scan: Hash | null;
}

/** An entry that does nothing, and why. */
export interface VoidAct {
  readonly index: number;
  readonly act: ActName | null;
  readonly reason: RefusalReason;
}

type At<A> = A & { readonly index: number; readonly time: number };

/** A rest that was called, or its end; {@link WHOLE} is the whole plenary. */
export interface Rest {
  readonly panel: number;
  readonly begins: boolean;
}

/** How far the log wrote down to have seen another. */
export type Sighting = Pick<BodyOf<"seen">, "log" | "size">;

export class PlenaryRecord {
  readonly region: RegionCode;
  size = 0;
  schedule: MinutesActOf<"schedule"> | null = null;
  /** Time of the chair's opening; null if none is in the minutes. */
  openedAt: number | null = null;
  /** Panels that rest; {@link WHOLE} for the whole plenary. */
  readonly paused = new Set<number>();
  readonly rests: At<Rest>[] = [];
  readonly sightings: At<Sighting>[] = [];
  /** Where the log itself states an order that halts or resumes, its own or one on paper. */
  readonly orders: { readonly index: number; readonly time: number }[] = [];
  /** Time of the last entry that stands, as its own statement claims; null before there is one. */
  lastAct: number | null = null;
  readonly attendance: At<MinutesActOf<"attendance">>[] = [];
  /** Participant → random person → whether seated. */
  readonly mandates = new Map<string, ReadonlyMap<string, boolean>>();
  readonly received: At<MinutesActOf<"box">>[] = [];
  /** By panel, what was stated last. */
  readonly agendas = new Map<number, MinutesActOf<"agenda">["queue"]>();
  /** By {@link readingKey}. */
  readonly read = new Map<string, ReadStation>();
  readonly postponed = new Map<string, At<MinutesActOf<"postpone">>>();
  /** By contest/desa: boxes of which a station was taken up. */
  readonly takenUp = new Set<string>();
  /** Readings for which evidence came later, with its papers. */
  readonly evidence = new Map<Hash, Hash>();
  /** By id of the statement that raised it. */
  readonly objections = new Map<Hash, Objection>();
  readonly advice = new Map<Hash, Advice>();
  /** By contest/district. */
  readonly inspections = new Map<string, At<MinutesActOf<"inspection">>[]>();
  readonly certificates = new Map<string, Certificate[]>();
  /** Rulings that fix a total without naming stations. */
  readonly rulings: At<Pick<BodyOf<"order">, "contest" | "district">>[] = [];
  readonly paperOrders: At<MinutesActOf<"paper-order">>[] = [];
  readonly referable = new Map<string, Referable>();
  readonly voids: VoidAct[] = [];
  /** Index at which the log last saw a plenary below: what its drafts are made of may have changed. */
  sawBelow = -1;
  /** Statement on an objection → the one that raised it. */
  readonly #raised = new Map<Hash, Hash>();

  constructor(region: RegionCode) {
    this.region = region;
  }

  /** Takes in the next entry. @throws RangeError if it is not the next */
  add({ index, id, stated, refusal }: Entry): void {
    if (index !== this.size) throw new RangeError(`entry ${this.size} of the log comes next, not ${index}`);
    this.size++;
    if (refusal !== null) this.voids.push({ index, act: stated && actNameOf(stated), reason: refusal });
    else if (stated !== null) this.#take(stated, id, index);
  }

  #take(stated: Recorded, id: Hash, index: number): void {
    const { time } = stated.body;
    this.lastAct = time;
    switch (stated.type) {
      case "reading":
        this.#read(stated.body, id, index);
        return;
      case "pause":
      case "unpause": {
        const panel = stated.body.panel ?? WHOLE;
        const begins = stated.type === "pause";
        if (begins) this.paused.add(panel);
        else this.paused.delete(panel);
        this.rests.push({ panel, begins, index, time });
        return;
      }
      case "objection":
        this.#object(stated.body, id, index);
        return;
      case "certificate": {
        const { contest, district, figures, votes } = stated.body;
        const given = { id, index, time, figures, votes, signatures: new Map(), scan: null };
        push(this.certificates, penKey(contest, district), given);
        this.referable.set(id, { type: "certificate", contest, district });
        return;
      }
      case "seen": {
        const below = parseLogName(stated.body.log);
        if (below?.kind === "pleno" && isWithin(below.region, this.region)) this.sawBelow = index;
        this.sightings.push({ log: stated.body.log, size: stated.body.size, index, time });
        return;
      }
      case "halt":
      case "resume":
        this.orders.push({ index, time });
        return;
      case "order": {
        const { contest, district } = stated.body;
        this.rulings.push({ contest, district, index, time });
        return;
      }
      case "minutes":
        this.#minute(stated.body, id, index);
        return;
      default:
        return;
    }
  }

  #read({ station, contest, outcome, evidence, time }: RecordedReading, reading: Hash, index: number): void {
    const key = readingKey(contest, station);
    const since = this.read.get(key)?.since ?? time;
    this.read.set(key, { station, contest, reading, index, outcome, hasEvidence: evidence !== null, since });
    this.postponed.delete(key);
    if (outcome !== "same") this.referable.set(reading, { type: "reading" });
  }

  #object(body: BodyOf<"objection">, id: Hash, index: number): void {
    const { by, ref, kind, contest, station, participant, status, time } = body;
    const papers = body.papers as Hash | null;
    this.referable.set(id, { type: "objection" });
    const raised = (ref !== null && this.#raised.get(ref)) || id;
    this.#raised.set(id, raised);
    const before = this.objections.get(raised);
    if (before) this.objections.set(raised, { ...before, status, answer: papers ?? before.answer });
    else {
      const about = { kind, contest, station: station as StationCode | null, participant, status };
      this.objections.set(raised, { id, index, time, by, papers, answer: null, ...about });
    }
  }

  #minute({ act, time }: BodyOf<"minutes">, id: Hash, index: number): void {
    switch (act.what) {
      case "schedule":
        this.schedule = act;
        return;
      case "open":
        this.openedAt = time;
        return;
      case "attendance":
        this.attendance.push({ ...act, index, time });
        return;
      case "mandate":
        this.mandates.set(act.participant, mandatesAfter(act, this.mandates.get(act.participant) ?? new Map()));
        return;
      case "box":
        this.received.push({ ...act, index, time });
        return;
      case "agenda":
        this.agendas.set(act.panel, act.queue);
        return;
      case "postpone":
        this.postponed.set(readingKey(act.contest, act.station), { ...act, index, time });
        return;
      case "take-up":
        this.postponed.delete(readingKey(act.contest, act.station));
        this.takenUp.add(boxKey(act.contest, desaOf(act.station)));
        return;
      case "inspection":
        push(this.inspections, penKey(act.contest, act.district), { ...act, index, time });
        return;
      case "signature":
        this.#amend(act.certificate, (certificate) => ({
          ...certificate,
          signatures: new Map([...certificate.signatures, [act.participant, act]]),
        }));
        return;
      case "scan":
        this.#amend(act.certificate, (certificate) => ({ ...certificate, scan: act.pages }));
        return;
      case "evidence":
        this.evidence.set(act.reading, act.papers);
        return;
      case "advice":
        this.advice.set(id, { id, index, time, advice: act, answer: null });
        this.referable.set(id, { type: "advice" });
        return;
      case "advice-answer": {
        const before = this.advice.get(act.advice);
        if (before) this.advice.set(act.advice, { ...before, answer: act });
        return;
      }
      case "paper-order":
        this.paperOrders.push({ ...act, index, time });
        this.orders.push({ index, time });
        return;
    }
  }

  #amend(id: Hash, change: (certificate: Certificate) => Certificate): void {
    const named = this.referable.get(id);
    if (named?.type !== "certificate") return;
    const key = penKey(named.contest, named.district);
    const list = this.certificates.get(key) ?? [];
    this.certificates.set(
      key,
      list.map((certificate) => (certificate.id === id ? change(certificate) : certificate)),
    );
  }
}

/** The row of the table of powers that a statement falls under; null for what is no act of a plenary. */
export function actNameOf(stated: Recorded): ActName | null {
  switch (stated.type) {
    case "minutes":
      return stated.body.act.what;
    case "reading":
      return readingAct(stated.body.outcome);
    case "genesis":
    case "seen":
    case "sheet":
    case "annul":
    case "edition":
    case "receipt":
      return null;
    default:
      return stated.type;
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
