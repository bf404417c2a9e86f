/**
 * A hall in memory for trying the page: it takes signed statements, judges them by the fold's own table of powers and rules
 * as far as a page can meet them, and shows the views of the contract. It is no fold: only what pages need is kept.
 */
import { type ContestKind, desaOf, type RegionCode, type StationCode } from "../../../src/election/codes.ts";
import { FIGURE, FIGURE_COUNT } from "../../../src/election/figures.ts";
import type { MinutesActOf } from "../../../src/election/minutes.ts";
import { evaluate, facts, flagCodes, ruleOf } from "../../../src/election/rules.ts";
import type { Reported } from "../../../src/election/sheet.ts";
import { type Body, bodyFaults, decode, statementType } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import { fromHex, toHex } from "../../../src/ledger/bytes.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import { checkSignature, openBody, parseStatement, shortKey } from "../../../src/ledger/statement.ts";
import type { PersonView, SealedSeed } from "../../../src/recap/wire/people.ts";
import type { Accepted } from "../../../src/recap/wire/routes.ts";
import type {
  ActView,
  BoxView,
  DesaView,
  DistrictView,
  HallView,
  HaltView,
  MandateView,
  ObjectionView,
  OverviewView,
  ParticipantView,
  RemarkView,
  SheetView,
  StationView,
  Timed,
} from "../../../src/recap/wire/views.ts";
import { readingAct, signersRefusal } from "../../../src/tally/powers.ts";
import { haltedBy, noEffect, type Refusal, sayRefusal } from "../../../src/tally/refusal.ts";
import {
  ABOVE,
  districtOf,
  figuresOf,
  firstContests,
  hashOf,
  type InventedPerson,
  inventedDesa,
  inventedPeople,
  ORIGIN,
  REGION,
  stationsOf,
} from "./invented.ts";

export interface FixtureOptions {
  readonly desa?: number;
  readonly stationsPerDesa?: number;
  readonly contests?: number;
  /** Without the situations that need attention: every sheet is there and adds up. */
  readonly allAgree?: boolean;
  readonly tryRoles?: boolean;
}

interface Kept {
  sheet: SheetView | null;
  rivals: SheetView[];
  reading: StationView["reading"];
  postponed: OverviewView["postponed"][number] | null;
}

/** A statement that does nothing here. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

const START = Date.UTC(2029, 1, 19, 1, 0);
const keyOf = (contest: ContestKind, station: StationCode) => `${contest}/${station}`;

export class FixtureHall {
  readonly desa;
  readonly contests;
  readonly districts: ReadonlyMap<ContestKind, DistrictView>;
  readonly people: readonly InventedPerson[] = inventedPeople();
  readonly sealed = new Map<string, SealedSeed>();
  readonly papers = new Map<string, { type: string; bytes: Uint8Array }>();
  readonly tryRoles: boolean;
  readonly #stations = new Map<string, Kept>();
  readonly #stationsPerDesa: number;
  readonly #acts: ActView[] = [];
  readonly #ids = new Map<string, number>();
  readonly #listeners = new Set<(size: number) => void>();
  readonly #granted: PersonView[] = [];
  readonly #revoked = new Set<string>();
  #halts: HaltView[] = [];
  #paused = new Set<number | null>();
  #openedAt: number | null = START;
  /** Entries before those of this sitting: grants, the opening and the like. */
  #size = 40;

  constructor(options: FixtureOptions = {}) {
    const { desa = 3, stationsPerDesa = 12, contests = 3, allAgree = false, tryRoles = true } = options;
    this.desa = inventedDesa(desa);
    this.contests = firstContests(contests);
    this.tryRoles = tryRoles;
    this.#stationsPerDesa = stationsPerDesa;
    this.districts = new Map(this.contests.map((kind) => [kind, districtOf(kind)]));
    for (const kind of this.contests) {
      for (const [d, { code }] of this.desa.entries()) {
        for (const [s, station] of stationsOf(code, stationsPerDesa).entries()) {
          this.#stations.set(keyOf(kind, station), this.#situation(kind, station, allAgree ? -1 : d === 0 ? s : -1));
        }
      }
    }
  }

  // ---------------------------------------------------------------- what there is at the start

  /** One station for each situation that an officer meets, in the first desa; elsewhere sheets that add up. */
  #situation(kind: ContestKind, station: StationCode, case_: number): Kept {
    const kept: Kept = { sheet: this.#sheet(kind, station), rivals: [], reading: null, postponed: null };
    const { sheet } = kept;
    if (sheet === null) return kept;
    const change = (figures: Partial<Record<keyof typeof FIGURE, number>>, votes?: (votes: Reported[]) => void) => {
      const changed = { ...sheet, figures: [...sheet.figures], votes: [...(sheet.votes ?? [])] };
      for (const [path, value] of Object.entries(figures)) changed.figures[FIGURE[path as keyof typeof FIGURE]] = value;
      votes?.(changed.votes);
      kept.sheet = this.#judged(kind, changed);
    };
    const first = sheet.votes?.[0] ?? 0;
    if (case_ === 2) change({}, (votes) => votes.splice(0, 1, first + 10));
    if (case_ === 3) change({ "disabled.total": 9 });
    if (case_ === 4) kept.sheet = null;
    if (case_ === 5) {
      const other = (sheet.votes ?? []).map((value, i) => (i === 1 ? (value ?? 0) + 1 : value));
      kept.rivals = [{ ...sheet, id: hashOf(`rival ${station}`), votes: other }];
    }
    if (case_ === 6) kept.sheet = { ...sheet, pages: [] };
    if (case_ === 8) {
      const act = { what: "postpone", contest: kind, reason: "objection-open", station } as const;
      kept.postponed = { ...act, index: 0, time: START };
    }
    return kept;
  }

  #sheet(kind: ContestKind, station: StationCode): SheetView | null {
    const district = this.districts.get(kind);
    if (district === undefined) return null;
    const pages = kind === "ppwp" ? 3 : 4;
    return this.#judged(kind, {
      id: hashOf(`sheet ${kind} ${station}`),
      index: Number(station.slice(-3)),
      time: START - 12 * 3600_000,
      district: district.object,
      ...figuresOf(district, Number(station.slice(-7)) + kind.length * 7919),
      by: hashOf(`phone ${station}`).slice(0, 16),
      pages: Array.from({ length: pages }, (_, i) => hashOf(`page ${kind} ${station} ${i}`)),
      remarks: [],
      held: false,
    });
  }

  #judge(kind: ContestKind, { figures, votes, parties }: Pick<SheetView, "figures" | "votes" | "parties">) {
    const district = this.districts.get(kind);
    if (district === undefined) throw new Error(`no contest ${kind}`);
    const plain = (list: readonly Reported[]) => list.map((value) => value ?? -1);
    const sheet = {
      figures: plain(figures),
      votes: plain(votes ?? []),
      voteCount: votes === null ? -1 : votes.length,
      parties: plain(parties),
      partyCount: parties.length,
    };
    const groups = district.parties.map((party, i) => ({
      name: party.name,
      columns: district.choices.flatMap((choice, column) => (choice.party === i ? [column] : [])),
    }));
    const partyOf = Int16Array.from(district.choices, ({ party }) => party);
    const context = {
      kind,
      district: { choices: district.choices, parties: groups, partyOf },
      stationKind: "tps" as const,
      noken: false,
      archive: false,
    };
    return { verdict: evaluate(sheet, context), sheet, context };
  }

  #judged(kind: ContestKind, view: SheetView): SheetView {
    const { verdict, sheet, context } = this.#judge(kind, view);
    const remarks = flagCodes(verdict.flags).flatMap((code): RemarkView[] => {
      const rule = ruleOf(code);
      if (rule === undefined) return [];
      const { severity, holds } = rule;
      return facts(rule, sheet, context).map((text) => ({ code, severity, holds: holds !== null, text }));
    });
    return { ...view, remarks, held: verdict.hold || verdict.heldParties.length > 0 };
  }

  // ---------------------------------------------------------------- what is stated

  subscribe(listener: (size: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get size(): number {
    return this.#size;
  }

  /** Takes a statement, or throws {@link Refused}. */
  take(bytes: Uint8Array): Accepted {
    const statement = parseStatement(bytes);
    const id = toHex(statement.id);
    const known = this.#ids.get(id);
    if (known !== undefined) return { index: known, id, duplicate: true };
    const type = statementType(statement.type);
    if (type === null) throw new Refused(noEffect("malformed"));
    openBody(statement);
    const said = decode(type, statement.body);
    if (bodyFaults(type, said.body).length > 0) throw new Refused(noEffect("malformed"));
    const people = statement.signatures.map((line, i) => {
      const signer = this.#holder(shortKey(line.name));
      if (signer === undefined || !checkSignature(statement, i, signer.publicKey)) {
        throw new Refused(noEffect("no-authority"));
      }
      return signer;
    });
    const act =
      said.type === "minutes" ? said.body.act.what : said.type === "reading" ? readingAct(said.body.outcome) : type;
    const unsigned = signersRefusal(act as never, people, (each, roles) => (roles.includes(each.role) ? each : null));
    const refusal = unsigned ?? this.#apply(said, id as Hash);
    if (refusal !== null) throw new Refused(refusal);
    const index = this.#size;
    this.#ids.set(id, index);
    this.#acts.push({ index, id: id as Hash, stated: said, refusal: null });
    this.#grow();
    return { index, id, duplicate: false };
  }

  #grow(): void {
    this.#size++;
    for (const listener of this.#listeners) listener(this.#size);
  }

  #holder(key: string) {
    const invented = this.people.find((each) => each.key === key);
    if (this.#revoked.has(key)) return undefined;
    if (invented !== undefined)
      return { person: invented.person, role: invented.role, publicKey: invented.signer.publicKey };
    const granted = this.#granted.find((each) => each.key === key);
    return granted && { person: granted.person, role: granted.role, publicKey: fromHex(granted.publicKey) };
  }

  #apply(said: Body, id: Hash): Refusal | null {
    if (said.type === "pause") this.#paused.add(said.body.panel);
    if (said.type === "unpause") this.#paused.delete(said.body.panel);
    if (said.type === "revoke") for (const key of said.body.keys) this.#revoked.add(key);
    if (said.type === "minutes") {
      const { act, time } = said.body;
      if (act.what === "open") this.#openedAt = time;
      if (act.what === "postpone") {
        this.#kept(act.contest, act.station).postponed = { ...act, index: this.#size, time };
      }
    }
    return said.type === "reading" ? this.#read(said.body, id) : null;
  }

  #read(body: Extract<Body, { type: "reading" }>["body"], id: Hash): Refusal | null {
    const kept = this.#kept(body.contest, body.station);
    const [halt] = this.#halts;
    if (halt !== undefined && !this.#isBoxOpen(body.contest, desaOf(body.station))) return haltedBy(halt.order);
    if ((kept.reading?.id ?? null) !== body.previous) return noEffect("other-reading");
    const { verdict } = this.#judge(body.contest, body);
    if ((verdict.hold || verdict.heldParties.length > 0) && body.outcome !== "noted")
      return noEffect("does-not-add-up");
    kept.postponed = null;
    kept.reading = {
      id,
      index: this.#size,
      time: body.time,
      district: body.district,
      figures: body.figures,
      votes: body.votes,
      parties: body.parties,
      outcome: body.outcome,
      reason: body.reason,
      fields: body.fields,
      incident: body.incident,
      recount: body.recount ?? null,
      initialled: body.initialled,
      refused: body.refused,
      sheet: body.sheet,
      evidence: body.evidence,
      remarks: [],
      region: REGION,
    };
    return null;
  }

  /** The order of a level above; null lifts it. */
  halt(order: string | null): void {
    const by = ABOVE.at(-1);
    this.#halts = order === null || by === undefined ? [] : [{ order, by, onPaper: false }];
    this.#grow();
  }

  /** The phone sends another sheet, which becomes current. */
  resend(contest: ContestKind, station: StationCode, change: (votes: Reported[]) => void): void {
    const kept = this.#kept(contest, station);
    if (kept.sheet === null) return;
    const votes = [...(kept.sheet.votes ?? [])];
    change(votes);
    kept.sheet = this.#judged(contest, { ...kept.sheet, id: hashOf(`resent ${this.#size}`), votes });
    this.#grow();
  }

  // ---------------------------------------------------------------- what is shown

  #kept(contest: ContestKind, station: StationCode): Kept {
    const kept = this.#stations.get(keyOf(contest, station));
    if (kept === undefined) throw new Refused(noEffect("malformed"));
    return kept;
  }

  #inDesa(contest: ContestKind, desa: RegionCode) {
    return stationsOf(desa, this.#stationsPerDesa).map((station) => ({ station, kept: this.#kept(contest, station) }));
  }

  #isBoxOpen(contest: ContestKind, desa: RegionCode): boolean {
    const read = this.#inDesa(contest, desa).filter(({ kept }) => kept.reading !== null).length;
    return read > 0 && read < this.#stationsPerDesa;
  }

  get log() {
    return { origin: `${ORIGIN}/log/pleno/${REGION}`, size: this.#size, root: hashOf(`root ${this.#size}`) };
  }

  view(): HallView {
    const boxes: BoxView[] = this.contests.flatMap((contest) =>
      this.desa.map((desa) => {
        const rows = this.#inDesa(contest, desa.code);
        return {
          desa,
          contest,
          district: this.districts.get(contest)?.code ?? ("0" as never),
          stations: rows.length,
          read: rows.filter(({ kept }) => kept.reading !== null).length,
          postponed: rows.filter(({ kept }) => kept.postponed !== null).length,
          withSheet: rows.filter(({ kept }) => kept.sheet !== null).length,
          held: rows.filter(({ kept }) => kept.sheet?.held === true).length,
          open: this.#isBoxOpen(contest, desa.code),
        };
      }),
    );
    const queue = boxes.map(({ desa, contest }) => ({ desa: desa.code, contest }));
    const at = boxes.findIndex(({ read, postponed, stations }) => read + postponed < stations);
    const box = queue[at];
    const next =
      box &&
      this.#inDesa(box.contest, box.desa).find(({ kept }) => kept.reading === null && kept.postponed === null)?.station;
    const isPaused = this.#paused.size > 0;
    const [halt] = this.#halts;
    return {
      election: {
        origin: ORIGIN,
        tag: hashOf(ORIGIN).slice(0, 32),
        title: { id: "Pemilu Peraga 2029", en: "Invented election 2029" },
        simulation: true,
      },
      region: { code: REGION, name: "Kuala Lontar", level: "kecamatan", zone: "WITA" },
      above: ABOVE,
      log: this.log,
      now: START + 3600_000,
      phase: halt !== undefined ? { phase: "halted", orders: [halt.order] } : { phase: isPaused ? "paused" : "open" },
      openedAt: this.#openedAt,
      schedule: null,
      deadline: START + 12 * 24 * 3600_000,
      contests: this.contests.map((kind) => ({ kind, name: CONTEST_NAMES[kind] })),
      panels: [{ panel: 0, paused: isPaused, queue, at: at < 0 ? queue.length : at, station: next ?? null }],
      boxes,
      listed: [],
      results: [...this.districts].map(([contest, { code, name }]) => {
        const own = boxes.filter((each) => each.contest === contest);
        const sum = (pick: (each: BoxView) => number) => own.reduce((total, each) => total + pick(each), 0);
        return {
          contest,
          district: { code, name },
          stage: "reading" as const,
          inHand: true,
          expected: sum(({ stations }) => stations),
          read: sum(({ read }) => read),
          inspections: [],
          certificate: null,
          reopenedBy: null,
          fingerprint: null,
        };
      }),
      halts: this.#halts,
      attendance: this.#minuted("attendance"),
      mandates: this.#minuted("mandate").map(
        ({ participant, person, seated }): MandateView => ({ participant, person, name: null, seated }),
      ),
      received: this.#minuted("box"),
      objections: this.#objections(),
      advice: [],
      evidenceMissing: [...this.#stations].flatMap(([key, { reading }]) => {
        if (reading === null || reading.outcome === "same" || reading.evidence !== null) return [];
        const [contest, station] = key.split("/") as [ContestKind, StationCode];
        return [{ station, contest, reading: reading.id }];
      }),
      voids: [],
      participants: [...this.districts.values()].flatMap(({ contest, choices, parties }): ParticipantView[] => {
        const standing = contest === "ppwp" || contest === "dpd" ? choices : contest === "dpr" ? parties : [];
        return standing.map(({ id, number, name }) => ({ id, number, name, contests: [contest] }));
      }),
    };
  }

  #minuted<W extends "attendance" | "mandate" | "box">(what: W): Timed<MinutesActOf<W>>[] {
    return this.#acts.flatMap(({ index, stated }) =>
      stated?.type === "minutes" && stated.body.act.what === what
        ? [{ ...(stated.body.act as MinutesActOf<W>), index, time: stated.body.time }]
        : [],
    );
  }

  #objections(): ObjectionView[] {
    return this.#acts.flatMap(({ index, id, stated }) => {
      if (stated?.type !== "objection" || stated.body.ref !== null) return [];
      const { kind, contest, station, participant, status, time } = stated.body;
      return [{ id, index, time, kind, contest, station, participant, status, words: null }];
    });
  }

  station(contest: ContestKind, station: StationCode): StationView {
    const { sheet, rivals, reading, postponed } = this.#kept(contest, station);
    const district = this.districts.get(contest);
    const desa = this.desa.find(({ code }) => code === desaOf(station));
    if (district === undefined || desa === undefined) throw new Refused(noEffect("malformed"));
    const [halt] = this.#halts;
    const refusal =
      halt !== undefined && !this.#isBoxOpen(contest, desa.code) ? sayRefusal(haltedBy(halt.order)) : null;
    return {
      station,
      number: station.slice(-3),
      kind: "tps",
      desa,
      contest,
      district: { code: district.code, name: district.name },
      districtObject: district.object,
      registered: sheet?.figures[FIGURE["registered.total"]] ?? null,
      noken: false,
      archive: false,
      sheet,
      rivals,
      held: null,
      reading,
      postponed,
      refusal,
    };
  }

  desaView(contest: ContestKind, code: RegionCode): DesaView {
    const desa = this.desa.find((each) => each.code === code);
    const district = this.districts.get(contest);
    if (desa === undefined || district === undefined) throw new Refused(noEffect("malformed"));
    const rows = this.#inDesa(contest, code);
    const readings = rows.flatMap(({ kept }) => (kept.reading === null ? [] : [kept.reading]));
    const add = (lists: readonly (readonly Reported[])[], length: number) =>
      Array.from({ length }, (_, i) => lists.reduce((sum, list) => sum + (list[i] ?? 0), 0));
    return {
      desa,
      contest,
      district: district.code,
      districtObject: district.object,
      lines: rows.map(({ station, kept: { sheet, reading, postponed } }) => ({
        station,
        number: station.slice(-3),
        sheet: sheet === null ? ("none" as const) : sheet.held ? ("held" as const) : ("posted" as const),
        read: reading?.outcome ?? null,
        postponed: postponed !== null,
      })),
      sums: {
        figures: add(
          readings.map(({ figures }) => figures),
          FIGURE_COUNT,
        ),
        votes: add(
          readings.map(({ votes }) => votes ?? []),
          district.choices.length,
        ),
      },
      log: this.log,
    };
  }

  overview(): OverviewView {
    const { boxes, region, now, deadline } = this.view();
    const sum = (pick: (box: BoxView) => number) => boxes.reduce((total, box) => total + pick(box), 0);
    const stations = sum((box) => box.stations);
    return {
      region,
      now,
      deadline,
      pace: {
        boxes: boxes.length,
        boxesLeft: boxes.filter(({ read, stations: all }) => read < all).length,
        stations,
        stationsLeft: stations - sum(({ read }) => read),
        secondsPerBox: null,
        forecast: null,
      },
      above: [],
      children: [],
      postponed: [...this.#stations.values()].flatMap(({ postponed }) => postponed ?? []),
      papersMissing: 0,
    };
  }

  acts(before: number | null) {
    const acts = this.#acts.filter(({ index }) => before === null || index < before).toReversed();
    return { log: this.log, acts: acts.slice(0, 200) };
  }

  personViews(): PersonView[] {
    const invented = this.people.map(
      ({ person, name, role, signer, key }): PersonView => ({
        person,
        name,
        role,
        region: REGION,
        publicKey: toHex(signer.publicKey),
        key,
        sealed: this.sealed.get(key) ?? null,
        passkeys: [],
        standing: this.#revoked.has(key) ? "revoked" : "granted",
      }),
    );
    const granted = this.#granted.map((each) => ({
      ...each,
      standing: this.#revoked.has(each.key) ? ("revoked" as const) : each.standing,
    }));
    return [...invented, ...granted];
  }

  admit(people: readonly PersonView[]): void {
    this.#granted.push(...people);
  }

  /** Keeps a key sealed anew. */
  seal(key: string, sealed: SealedSeed): void {
    this.sealed.set(key, sealed);
    const granted = this.#granted.findIndex((each) => each.key === key);
    const person = this.#granted[granted];
    if (person !== undefined) this.#granted[granted] = { ...person, sealed };
  }
}

const CONTEST_NAMES: Readonly<Record<ContestKind, Text>> = {
  ppwp: { id: "Presiden dan Wakil Presiden", en: "President and Vice-President" },
  dpr: { id: "DPR RI", en: "House of Representatives (DPR)" },
  dpd: { id: "DPD RI", en: "Regional Council (DPD)" },
  dprdp: { id: "DPRD Provinsi", en: "Provincial Council (DPRD)" },
  dprdk: { id: "DPRD Kabupaten/Kota", en: "Regency and City Council (DPRD)" },
};
