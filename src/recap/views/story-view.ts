/**
 * What rulings, revotes and corrections did to a result, as one story with its decrees: the definition's amendments that changed
 * its ballot or its register, sheets and what annulled them, readings, rulings, certificates and what reopened them.
 *
 * It is read from the logs when it is asked for. There is no order between logs but what they write down, so the story goes by
 * the times that the statements claim, and says so by showing them.
 */
import { ANNUL_CHAIN, stationChain } from "../../core/submission.ts";
import {
  type ContestKind,
  isWithin,
  kecamatanOf,
  NATION,
  plenoLog,
  type StationCode,
  tpsLog,
} from "../../election/codes.ts";
import type { District, Model } from "../../election/model.ts";
import { OUTCOME_LABELS, READING_REASONS } from "../../election/sheet.ts";
import { ANNUL_REASONS, type Body, type BodyOf, DEFINITION_NOTES } from "../../election/statements.ts";
import type { Text } from "../../election/text.ts";
import { toHex } from "../../ledger/bytes.ts";
import { asHash, type Hash } from "../../ledger/hash.ts";
import { parseStatement } from "../../ledger/statement.ts";
import type { LogName, Store } from "../../store/store.ts";
import { decoded } from "../../tally/decoded.ts";
import { penKey } from "../../tally/plenary.ts";
import { sayRefusal } from "../../tally/refusal.ts";
import type { StoryEntry, StoryView } from "../wire/views.ts";
import { desaIn, namedDistrict, type Sources } from "./sources.ts";

export interface StorySources {
  readonly store: Store;
  readonly definition: (root: Hash) => Model;
}

interface Found {
  readonly log: LogName;
  readonly index: number;
  readonly id: Hash;
  readonly stated: Body;
}

/** Null if the region has no such station or district in the contest. */
export async function storyView(
  sources: Sources,
  from: StorySources,
  contest: ContestKind,
  about: { readonly station: StationCode } | { readonly district: string },
): Promise<StoryView | null> {
  const { model, region, tally } = sources;
  const station = "station" in about && isWithin(about.station, region.code) ? about.station : null;
  const found = model.contest(contest);
  const desa = station === null ? undefined : model.station(station)?.desa;
  const district = "district" in about ? found?.district(about.district) : desa && found?.districtOf(desa);
  if (!district || desaIn(district, region.code).length === 0) return null;
  const reader = new Reader(sources, from);
  const entries = [
    ...(await reader.amendments(district, station)),
    ...(station === null ? await reader.ofDistrict(district) : await reader.ofStation(station, contest)),
  ];
  const told = entries.flatMap(({ log, index, id, stated }): StoryEntry[] => {
    const telling = tell(stated, model);
    if (!telling) return [];
    const reason = tally.refusalOf(log, index);
    const refusal = reason && sayRefusal({ reason, fault: false });
    const { time } = stated.body;
    return [{ log, index, id, time, deltas: [], decree: null, recount: null, station: null, ...telling, refusal }];
  });
  return { contest, district: namedDistrict(district), station, entries: inOrder(told) };
}

/** By time; within a log by index, whatever times its statements claim: none comes before what stands before it. */
function inOrder(entries: readonly StoryEntry[]): StoryEntry[] {
  const latest = new Map<string, number>();
  const dated = [...entries]
    .sort((a, b) => a.index - b.index)
    .map((entry) => {
      const at = Math.max(entry.time, latest.get(entry.log) ?? 0);
      latest.set(entry.log, at);
      return { entry, at };
    });
  return dated.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

class Reader {
  readonly #sources: Sources;
  readonly #from: StorySources;

  constructor(sources: Sources, from: StorySources) {
    this.#sources = sources;
    this.#from = from;
  }

  /** The definitions that the fold has, which changed the district's ballot or the station's register. */
  async amendments(district: District, station: StationCode | null): Promise<Found[]> {
    const { definitions } = this.#sources.tally.authority;
    const found: Found[] = [];
    let before: string | null = null;
    for (const { index, root } of definitions) {
      const model = this.#from.definition(root);
      const now = ballotOf(model, district, station);
      if (before !== null && now !== before) found.push(...(await this.#read(plenoLog(NATION), [index])));
      before = now;
    }
    return found;
  }

  /** A station's sheets with what annulled them, and its readings in this plenary and those around it. */
  async ofStation(station: StationCode, contest: ContestKind): Promise<Found[]> {
    const kecamatan = kecamatanOf(station);
    const chain = stationChain(station, this.#sources.model.contest(contest)?.index ?? 0);
    const sheets = await this.#chain(tpsLog(kecamatan), chain);
    const ids = new Set<string>(sheets.map(({ id }) => id));
    const annulments = await this.#chain(tpsLog(kecamatan), ANNUL_CHAIN);
    const plenaries = this.#sources.tally.authority.chain(kecamatan).map(({ log }) => log);
    const readings: Found[] = [];
    for (const log of plenaries) readings.push(...(await this.#chain(log, chain)));
    return [
      ...sheets,
      ...annulments.filter(({ stated }) => stated.type === "annul" && ids.has(stated.body.sheet)),
      ...readings,
    ];
  }

  /** A district's rulings and certificates in this plenary, the orders above that reopened them, and its own that gave parts back. */
  async ofDistrict({ contest, code }: District): Promise<Found[]> {
    const { tally, region, record } = this.#sources;
    const [own, parent] = tally.authority.chain(region.code);
    if (!own) return [];
    const key = penKey(contest.kind, code);
    const certificates = (record.certificates.get(key) ?? []).map(({ index }) => index);
    const givenBack = region.children.flatMap((child) => own.reopenings.get(`${key}/${child.code}`) ?? []);
    const rulings = record.rulings.filter((one) => one.contest === contest.kind && one.district === code);
    return [
      ...(await this.#read(own.log, [...certificates, ...givenBack, ...rulings.map(({ index }) => index)])),
      ...(parent ? await this.#read(parent.log, parent.reopenings.get(`${key}/${region.code}`) ?? []) : []),
    ];
  }

  async #chain(log: LogName, chain: string): Promise<Found[]> {
    const folded = this.#sources.tally.size(log);
    const indices = await this.#from.store.chainEntries(log, chain);
    return this.#read(
      log,
      indices.filter((index) => index < folded),
    );
  }

  async #read(log: LogName, indices: readonly number[]): Promise<Found[]> {
    const found: Found[] = [];
    for (const index of indices) {
      const [bytes] = await this.#from.store.read(log, index, index + 1);
      const statement = bytes && parseStatement(bytes);
      const stated = statement && decoded(statement);
      if (statement && stated) found.push({ log, index, id: asHash(toHex(statement.id)), stated });
    }
    return found;
  }
}

/** What an amendment would change for a result: the ballot, and of a station the register. */
function ballotOf(model: Model, { contest, code }: District, station: StationCode | null): string {
  const object = model.contest(contest.kind)?.district(code)?.object ?? "none";
  const isKnown = station !== null && model.station(station) !== undefined;
  return `${object} ${isKnown ? model.registered(station) : "-"}`;
}

type Telling = Pick<StoryEntry, "what" | "text"> &
  Partial<Pick<StoryEntry, "decree" | "recount" | "station" | "deltas">>;

function tell({ type, body }: Body, model: Model): Telling | null {
  switch (type) {
    case "definition": {
      const text = DEFINITION_NOTES[body.note as keyof typeof DEFINITION_NOTES];
      return { what: "definition", text: joined(AMENDED, text), decree: body.decree };
    }
    case "sheet":
      return { what: "sheet", text: body.previous === null ? FIRST_SHEET : NEXT_SHEET, station: body.station };
    case "annul": {
      const text = ANNUL_REASONS[body.reason as keyof typeof ANNUL_REASONS];
      return { what: "annul", text: joined(ANNULLED, text) };
    }
    case "reading":
      return { what: "reading", text: readingText(body), station: body.station, recount: body.recount ?? null };
    case "order":
      return { what: "ruling", text: RULING, decree: body.number, deltas: body.deltas };
    case "certificate":
      return { what: "certificate", text: CERTIFIED };
    case "reopen":
      return { what: "reopen", text: joined(REOPENED, nameOf(model, body.region)), decree: body.order };
    default:
      return null;
  }
}

function readingText({ outcome, reason }: BodyOf<"reading">): Text {
  const label = OUTCOME_LABELS[outcome];
  const why = reason === null ? undefined : READING_REASONS[reason as keyof typeof READING_REASONS];
  return why ? joined(label, why) : label;
}

const joined = (a: Text, b: Text): Text => ({ id: `${a.id}: ${b.id}`, en: `${a.en}: ${b.en}` });

const AMENDED: Text = { id: "Definisi pemilihan diubah", en: "The definition was amended" };
const FIRST_SHEET: Text = { id: "C.Hasil diterima", en: "A sheet came in" };
const NEXT_SHEET: Text = { id: "C.Hasil perbaikan diterima", en: "A corrected sheet came in" };
const ANNULLED: Text = { id: "C.Hasil dibatalkan", en: "The sheet was annulled" };
const RULING: Text = { id: "Penyesuaian putusan", en: "Adjustment by a ruling" };
const CERTIFIED: Text = { id: "D.Hasil ditetapkan", en: "Certified" };
const REOPENED: Text = { id: "Dibuka kembali oleh tingkat di atasnya", en: "Reopened by the level above" };

function nameOf(model: Model, code: string): Text {
  const name = model.region(code)?.name ?? code;
  return { id: name, en: name };
}
