/**
 * Rule D: what is malformed is refused, with every fault named at once, so that an officer at the end of a long night
 * mends a sheet in one go. `isWellFormed` is the same judgement on a parsed sheet, without words, for the door.
 *
 * What only the door or the tally can know (a bad signature, a key granted for another station) is theirs to refuse.
 */
import { CONTEST_KINDS, desaOf, isStationCode, type StationCode } from "./codes.ts";
import { FIGURE_COUNT, FIGURES, figureLabel } from "./figures.ts";
import { countCap, type District, type Model, type StationKind, slotOf } from "./model.ts";
import type { RuleContext } from "./rule.ts";
import { type HotSheet, MAX_VOTES, OUTCOMES, READING_REASONS, type Recount, saysRecount } from "./sheet.ts";
import { FIELD, MAX_LISTED, PARTICIPANT, PERSON } from "./statement-fields.ts";
import { bodyFaults } from "./statements.ts";
import type { Fault, Text } from "./text.ts";

export interface FormContext {
  readonly model: Model;
  /**
   * The district whose definition object this is, also of an earlier definition: a phone that was offline may name it, and
   * its sheet is not refused for that. Without it only the model's own are known.
   */
  readonly district?: (object: string) => District | undefined;
}

const text = (id: string, en: string): Text => ({ id, en });

/**
 * Every fault of a sheet's or reading's body; empty if it is well formed. `body` is parsed JSON of any shape. A fault's
 * code is `D`; its path says where.
 */
export function malformed(type: "sheet" | "reading", body: unknown, context: FormContext): Fault[] {
  const faults = bodyFaults(type, body);
  const broken = new Set(faults.map(({ path }) => path));
  const report = (path: string, what: Text) => {
    if (!broken.has(path)) faults.push({ path, what });
  };
  const fields: Readonly<Record<string, unknown>> = isRecord(body) ? body : {};
  const kind = checkStation(fields, context.model, report);
  const district = checkDistrict(fields, context, report);
  checkCounts(fields, countCap(kind, context.model.archive), report);
  if (district !== undefined) checkLengths(fields, district, report);
  return faults;
}

type Report = (path: string, what: Text) => void;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The kind of the station; an ordinary one if the station is not known, so that the counts are still checked. */
function checkStation({ station }: Readonly<Record<string, unknown>>, model: Model, report: Report): StationKind {
  if (typeof station !== "string") return "tps";
  if (isStationCode(station) && model.station(station)) return model.kind(station);
  report("station", text(`TPS ${station} tidak dikenal`, `station ${station} is unknown`));
  return "tps";
}

function checkDistrict(
  { contest: kind, district: object, station }: Readonly<Record<string, unknown>>,
  { model, district: find = model.districtByObject }: FormContext,
  report: Report,
): District | undefined {
  const contest = model.contests.find((candidate) => candidate.kind === kind);
  if (typeof kind === "string" && contest === undefined) {
    report("contest", text(`jenis pemilihan ${kind} tidak ada`, `this election has no contest ${kind}`));
  }
  if (typeof object !== "string") return undefined;
  const district = find(object);
  if (district === undefined) {
    report(
      "district",
      text("dapil ini tidak dikenal; perbarui data pemilu", "unknown district; update the definition"),
    );
    return undefined;
  }
  if (district.contest.kind !== kind) {
    report(
      "district",
      text(`dapil ini milik ${district.contest.kind}`, `this district is of ${district.contest.kind}`),
    );
  }
  const desa = typeof station === "string" && isStationCode(station) ? model.region(desaOf(station)) : undefined;
  const expected = desa && contest?.districtOf(desa);
  if (expected === null) {
    report("contest", text(`${station} tidak memilih ${kind}`, `station ${station} does not vote for ${kind}`));
  } else if (expected !== undefined && expected.code !== district.code) {
    report(
      "district",
      text(`TPS ini di dapil ${expected.name}`, `this station is in district ${expected.name}, not ${district.name}`),
    );
  }
  return district;
}

function checkCounts(fields: Readonly<Record<string, unknown>>, cap: number, report: Report): void {
  for (const list of ["figures", "votes", "parties"] as const) {
    const values = fields[list];
    if (!Array.isArray(values)) continue;
    values.forEach((value: unknown, i) => {
      if (typeof value !== "number" || !(value > cap)) return;
      const path = list === "figures" ? FIGURES[i] : undefined;
      const label = path === undefined ? text(`${list}.${i}`, `${list}.${i}`) : figureLabel(path);
      report(
        `${list}[${i}]`,
        text(
          `${label.id}: ${value} melebihi kotak formulir (${cap})`,
          `${label.en}: ${value} exceeds the form (${cap})`,
        ),
      );
    });
  }
}

function checkLengths(fields: Readonly<Record<string, unknown>>, district: District, report: Report): void {
  const { votes, parties } = fields;
  const expect = (path: string, list: unknown, length: number) => {
    if (!Array.isArray(list) || list.length === length) return;
    const found = list.length;
    report(
      path,
      text(
        `${found} angka, seharusnya ${length}, di ${district.name}`,
        `${found} numbers; ${district.name} has ${length}`,
      ),
    );
  };
  expect("votes", votes, district.choices.length);
  expect("parties", parties, district.parties.length);
}

/**
 * The same judgement on what `parseHot` has parsed: true exactly where `malformed` finds nothing. (Key names in `by` are
 * the envelope's matter: they must be those of the signature lines.)
 */
export function isWellFormed(sheet: HotSheet, context: FormContext): boolean {
  const { model, district: find = model.districtByObject } = context;
  const desa = model.desa(sheet.desa);
  const contest = model.contestAt(sheet.contest);
  const district = find(sheet.districtHex);
  if (desa === undefined || contest === undefined || district === undefined) return false;
  const slot = slotOf(desa, sheet.stationNumber);
  if (slot < 0 || district.contest.kind !== CONTEST_KINDS[sheet.contest]) return false;
  if (contest.districtOf(desa)?.code !== district.code || sheet.partyCount !== district.parties.length) return false;
  if (sheet.voteCount >= 0 && sheet.voteCount !== district.choices.length) return false;
  const cap = countCap(model.kindAt(desa.stationFrom + slot), model.archive);
  return (
    hasKnownWords(sheet) &&
    below(sheet.figures, FIGURE_COUNT, cap) &&
    below(sheet.votes, sheet.voteCount, cap) &&
    below(sheet.parties, sheet.partyCount, cap)
  );
}

/** The codes and ids that only a reading has. */
function hasKnownWords({ outcome, reason, fields, initialled, refused, recount }: HotSheet): boolean {
  if (reason !== null && !Object.hasOwn(READING_REASONS, reason)) return false;
  if (!saysRecount(OUTCOMES[outcome] ?? "same", reason, recount)) return false;
  if (recount !== undefined && !isRecount(recount)) return false;
  return areAll(fields, FIELD, MAX_VOTES) && areAll(initialled, PARTICIPANT) && areAll(refused, PARTICIPANT);
}

function isRecount({ asked, counted }: Recount): boolean {
  return counted.length > 0 && areAll(asked, PARTICIPANT) && areAll(counted, PERSON);
}

function areAll(list: readonly string[], form: RegExp, most = MAX_LISTED): boolean {
  return list.length <= most && list.every((word) => form.test(word));
}

function below(values: Int32Array, count: number, cap: number): boolean {
  for (let i = 0; i < count; i++) if ((values[i] ?? 0) > cap) return false;
  return true;
}

/** What `evaluate` must know of a station that votes in a district. */
export function ruleContext(model: Model, station: StationCode, district: District): RuleContext {
  return {
    kind: district.contest.kind,
    district,
    stationKind: model.kind(station),
    noken: model.noken(station),
    archive: model.archive,
  };
}
