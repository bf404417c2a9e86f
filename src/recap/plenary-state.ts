/**
 * Where a plenary stands: a pure function of its log and of what its log has seen.
 *
 *     scheduled → open ⇄ paused → read → inspected → certified → reopened → … → certified
 *
 * A result (one contest in one district) goes through the last of these by itself; the plenary as a whole is as far as its
 * results are. `docs/PLENARY.md` has the diagram with the same names. An order halts it wherever it is.
 */
import { type ContestKind, type DistrictCode, desaOf, type RegionCode, type StationCode } from "../election/codes.ts";
import { type MinutesActOf, PANELS } from "../election/minutes.ts";
import { type District, kecamatanIn, type Region } from "../election/model.ts";
import { boxKey, penKey, WHOLE } from "../tally/plenary.ts";
import { type Certificate, type PlenaryRecord, type ReadStation, readingKey } from "./plenary-record.ts";
import { certifiedIn, heldKey, type Surroundings } from "./plenary-surroundings.ts";

/** How far the plenary is as a whole. */
export type Phase =
  | { readonly phase: "unscheduled" }
  | { readonly phase: "scheduled"; readonly at: number | null }
  | { readonly phase: "open" }
  | { readonly phase: "paused" }
  | { readonly phase: "halted"; readonly orders: readonly string[] }
  | { readonly phase: "read" }
  | { readonly phase: "inspected" }
  | { readonly phase: "certified" }
  | { readonly phase: "reopened" };

/** How far one result is. Only what exists in a stage can be asked of it. */
export type Stage =
  | { readonly stage: "reading" }
  | { readonly stage: "read" }
  | { readonly stage: "inspected"; readonly inspections: readonly MinutesActOf<"inspection">[] }
  | { readonly stage: "certified"; readonly certificate: Certificate }
  /** The certificate was given, and an order from above gave the result back; `next` is how far it is again. */
  | { readonly stage: "reopened"; readonly before: Certificate; readonly next: "reading" | "read" | "inspected" };

/** The result of one district's contest in the region. */
export interface Result {
  readonly contest: ContestKind;
  readonly district: DistrictCode;
  readonly stage: Stage;
}

/** A box: one desa in one contest. */
export interface BoxName {
  readonly desa: RegionCode;
  readonly contest: ContestKind;
}

export interface Box extends BoxName {
  readonly district: DistrictCode;
  readonly read: readonly StationCode[];
  readonly postponed: readonly MinutesActOf<"postpone">[];
  readonly waiting: readonly StationCode[];
  /** Begun and not complete: what a halt lets be finished. */
  readonly open: boolean;
}

export interface Panel {
  readonly panel: number;
  readonly paused: boolean;
  readonly queue: readonly BoxName[];
  /** Place in the queue of the box that is being read or comes next; the queue's length when it is through. */
  readonly at: number;
}

export interface PlenaryState {
  readonly region: RegionCode;
  /** What the log says: objections, advice, mandates, attendance, boxes received, void acts. It grows with the log, this state does not. */
  readonly record: PlenaryRecord;
  readonly surroundings: Surroundings;
  readonly phase: Phase;
  readonly panels: readonly Panel[];
  /** Of a kecamatan, in the default order: contest by contest, desa by code. Empty above. */
  readonly boxes: readonly Box[];
  readonly results: readonly Result[];
  /** Readings that change figures, adopt paper that does not add up or stand for a recount, and have no photo yet. */
  readonly evidenceMissing: readonly ReadStation[];
}

/** The state that a record and its surroundings add up to. */
export function plenaryState(record: PlenaryRecord, surroundings: Surroundings): PlenaryState {
  const boxes = boxesOf(record, surroundings);
  const results = certifiedIn(record.region, surroundings.model).map((district) =>
    resultOf(record, surroundings, boxes, district),
  );
  return {
    region: record.region,
    record,
    surroundings,
    phase: phaseOf(record, surroundings, results),
    panels: panelsOf(record, boxes),
    boxes,
    results,
    evidenceMissing: [...record.read.values()].filter(
      ({ outcome, hasEvidence, reading }) => outcome !== "same" && !hasEvidence && !record.evidence.has(reading),
    ),
  };
}

function boxesOf(record: PlenaryRecord, { model, readAbove }: Surroundings): Box[] {
  const region = model.region(record.region);
  if (region?.level !== "kecamatan") return [];
  return model.contests.flatMap((contest) =>
    region.children.flatMap((desa) => {
      const district = contest.districtOf(desa);
      return district ? [boxOf(record, readAbove, desa, district)] : [];
    }),
  );
}

function boxOf(record: PlenaryRecord, readAbove: ReadonlySet<string>, region: Region, district: District): Box {
  const contest = district.contest.kind;
  const read: StationCode[] = [];
  const postponed: MinutesActOf<"postpone">[] = [];
  const waiting: StationCode[] = [];
  for (const number of region.stations) {
    const station = `${region.code}${String(number).padStart(3, "0")}` as StationCode;
    const key = readingKey(contest, station);
    const late = record.postponed.get(key);
    const isRead = record.read.has(key) || readAbove.has(key);
    if (late) postponed.push(late);
    if (isRead) read.push(station);
    else if (!late) waiting.push(station);
  }
  const begun = read.length > 0 || record.takenUp.has(boxKey(contest, region.code));
  const open = begun && read.length < region.stations.length;
  return { desa: region.code, contest, district: district.code, read, postponed, waiting, open };
}

/**
 * The queues of the panels, as stated; the boxes that nobody has stated are the first panel's, in the default order, unless it
 * has a queue of its own.
 */
function panelsOf(record: PlenaryRecord, boxes: readonly Box[]): Panel[] {
  const byName = new Map(boxes.map((box) => [boxKey(box.contest, box.desa), box]));
  const taken = new Set([...record.agendas.values()].flat().map(({ contest, desa }) => boxKey(contest, desa)));
  const rest = boxes.filter(({ contest, desa }) => !taken.has(boxKey(contest, desa)));
  return Array.from({ length: PANELS }, (_, panel) => {
    const stated = record.agendas.get(panel) ?? (panel === 0 ? rest : []);
    const queue = stated.map(({ desa, contest }) => ({ desa, contest }));
    const next = queue.findIndex(({ contest, desa }) => (byName.get(boxKey(contest, desa))?.waiting.length ?? 0) > 0);
    const paused = record.paused.has(WHOLE) || record.paused.has(panel);
    return { panel, paused, queue, at: next < 0 ? queue.length : next };
  });
}

function resultOf(
  record: PlenaryRecord,
  surroundings: Surroundings,
  boxes: readonly Box[],
  district: District,
): Result {
  const contest = district.contest.kind;
  const key = penKey(contest, district.code);
  const certificate = record.certificates.get(key)?.at(-1);
  const reached = reachedBy(record, surroundings, boxes, district);
  const about = { contest, district: district.code };
  if (!certificate) return { ...about, stage: reached };
  if (surroundings.certified.has(key)) return { ...about, stage: { stage: "certified", certificate } };
  return { ...about, stage: { stage: "reopened", before: certificate, next: reached.stage } };
}

/** How far a result is, its certificates apart: an inspection counts while the draft that it saw is still the last. */
function reachedBy(
  record: PlenaryRecord,
  surroundings: Surroundings,
  boxes: readonly Box[],
  district: District,
): Extract<Stage, { readonly stage: "reading" | "read" | "inspected" }> {
  const { kind } = district.contest;
  if (!isComplete(record.region, surroundings, boxes, district)) return { stage: "reading" };
  let changed = record.sawBelow;
  for (const { contest, station, index } of record.read.values()) {
    const desa = contest === kind ? surroundings.model.region(desaOf(station)) : undefined;
    if (desa && district.contest.districtOf(desa) === district) changed = Math.max(changed, index);
  }
  const inspections = (record.inspections.get(penKey(kind, district.code)) ?? []).filter(
    ({ draft }) => draft.size > changed,
  );
  return inspections.length > 0 ? { stage: "inspected", inspections } : { stage: "read" };
}

/** Of a kecamatan: whether every station is read. Above: whether every kecamatan's result has been passed up to here. */
function isComplete(region: RegionCode, { pens }: Surroundings, boxes: readonly Box[], district: District): boolean {
  const { kind } = district.contest;
  if (region.length !== 6)
    return kecamatanIn(region, district).every((part) => pens.has(heldKey(kind, district.code, part)));
  return boxes
    .filter((box) => box.contest === kind && box.district === district.code)
    .every(
      ({ waiting, postponed, read }) => waiting.length === 0 && postponed.every((late) => read.includes(late.station)),
    );
}

function phaseOf(record: PlenaryRecord, { halts }: Surroundings, results: readonly Result[]): Phase {
  const all = (...stages: readonly Stage["stage"][]) =>
    results.length > 0 && results.every(({ stage: { stage } }) => stages.includes(stage));
  if (halts.length > 0) return { phase: "halted", orders: halts.map(({ order }) => order) };
  if (all("certified")) return { phase: "certified" };
  if (record.paused.has(WHOLE)) return { phase: "paused" };
  if (results.some(({ stage: { stage } }) => stage === "reopened")) return { phase: "reopened" };
  if (all("inspected", "certified")) return { phase: "inspected" };
  if (all("read", "inspected", "certified")) return { phase: "read" };
  if (record.openedAt !== null || record.read.size > 0) return { phase: "open" };
  return record.schedule ? { phase: "scheduled", at: record.schedule.at } : { phase: "unscheduled" };
}
