/** A plenary as a whole: what opens the desk. */
import type { ContestKind } from "../../election/codes.ts";
import { isDeclaredAt, isRecapitulatedAt } from "../../election/competence.ts";
import { type District, kecamatanIn, type Region } from "../../election/model.ts";
import type { Hash } from "../../ledger/hash.ts";
import { penKey } from "../../tally/plenary.ts";
import { isCertified } from "../../tally/readings.ts";
import { sayRefusal } from "../../tally/refusal.ts";
import type { Certificate } from "../plenary-record.ts";
import type { Box, Panel, PlenaryState, Result } from "../plenary-state.ts";
import { heldKey } from "../plenary-surroundings.ts";
import type {
  BoxView,
  CertificateView,
  HallView,
  HaltView,
  ListedView,
  PanelView,
  ParticipantView,
  PhaseView,
  ReopenedView,
  ResultView,
} from "../wire/views.ts";
import { countRows, desaIn, logView, named, namedDistrict, type Sources } from "./sources.ts";

/** Void entries that are shown; the log has all. */
const SHOWN_VOIDS = 50;

/** What the hall view needs beside the logs. */
export interface Beside {
  /** Milliseconds since 1970, by the desk's clock. */
  readonly now: number;
  readonly deadline: number | null;
  /** What was written under a hash, as far as it is at hand. */
  readonly words: ReadonlyMap<Hash, string>;
  /** By certificate: what its log says against it. */
  readonly remarks: ReadonlyMap<Hash, CertificateView["remarks"]>;
  /** By contest/district: what brought certificates down that stand no longer. */
  readonly reopened: ReadonlyMap<string, ReopenedView>;
  /** The fingerprint of a result as it is now; null while nothing of it is read. */
  fingerprint(contest: ContestKind, district: District): string | null;
}

export function hallView(sources: Sources, beside: Beside): HallView {
  const { region, model, tally, record, state } = sources;
  const { words } = beside;
  return {
    election: {
      origin: model.origin,
      tag: tally.genesis?.electionTag ?? "",
      title: model.title,
      simulation: model.simulation,
    },
    region: { ...named(region), level: plenaryLevel(region), zone: region.zone },
    above: regionsAbove(region).map(named),
    log: logView(tally, region.code),
    now: beside.now,
    phase: phaseView(state),
    openedAt: record.openedAt,
    schedule: record.schedule,
    deadline: beside.deadline,
    contests: model.contests
      .filter((contest) => contest.districts.some((district) => desaIn(district, region.code).length > 0))
      .map(({ kind, name }) => ({ kind, name })),
    panels: state.panels.map((panel) => panelView(panel, state.boxes)),
    boxes: state.boxes.map((box) => boxView(sources, box)),
    results: state.results.flatMap((result) => resultView(sources, result, beside)),
    listed: region.children.flatMap((child) => listedIn(sources, child)),
    halts: haltViews(sources),
    attendance: record.attendance,
    mandates: [...record.mandates].flatMap(([participant, persons]) =>
      [...persons].map(([person, seated]) => ({ participant, person, name: null, seated })),
    ),
    received: record.received,
    objections: [...record.objections.values()].map(({ papers, answer: _, by: __, ...objection }) => ({
      ...objection,
      words: papers === null ? null : (words.get(papers) ?? null),
    })),
    advice: [...record.advice.values()],
    evidenceMissing: state.evidenceMissing.map(({ station, contest, reading }) => ({ station, contest, reading })),
    voids: record.voids
      .slice(-SHOWN_VOIDS)
      .reverse()
      .map(({ index, act, reason }) => ({ index, act, reason: sayRefusal({ reason, fault: false }) })),
    participants: participantsIn(sources),
  };
}

/** A plenary's level; there is none in a desa. */
export function plenaryLevel({ level, code }: Region): HallView["region"]["level"] {
  if (level === "desa") throw new RangeError(`${code} has no plenary`);
  return level;
}

/** From the provinsi down to the region's parent. */
export function regionsAbove({ parent }: Region): Region[] {
  return parent === null || parent.level === "nation" ? [] : [...regionsAbove(parent), parent];
}

export function phaseView({ phase }: PlenaryState): PhaseView {
  return phase;
}

function panelView({ panel, paused, queue, at }: Panel, boxes: readonly Box[]): PanelView {
  const next = queue[at];
  const box = next && boxes.find(({ desa, contest }) => desa === next.desa && contest === next.contest);
  return { panel, paused, queue, at, station: box?.waiting[0] ?? null };
}

function boxView({ tally, model }: Sources, { desa, contest, district, read, postponed, open }: Box): BoxView {
  const region = model.region(desa);
  const { stated, held } = countRows(tally, desa, contest, "count");
  return {
    desa: { code: desa, name: region?.name ?? desa },
    contest,
    district,
    stations: region?.stations.length ?? 0,
    read: read.length,
    postponed: postponed.length,
    withSheet: stated,
    held,
    open,
  };
}

function resultView(sources: Sources, { contest, district, stage }: Result, beside: Beside): ResultView[] {
  const { region, model, tally, record, state } = sources;
  const found = model.contest(contest)?.district(district);
  if (!found) return [];
  const key = penKey(contest, district);
  const parts = kecamatanIn(region.code, found);
  const certificates = record.certificates.get(key) ?? [];
  const given = certificates.at(-1);
  let [expected, read] = [0, 0];
  for (const desa of desaIn(found, region.code)) {
    expected += desa.stations.length;
    read += countRows(tally, desa.code, contest, "recap").stated;
  }
  return [
    {
      contest,
      district: namedDistrict(found),
      stage: stage.stage,
      inHand: parts.every((part) => state.surroundings.pens.has(heldKey(contest, district, part))),
      expected,
      read,
      inspections: inspectionsOf(stage, record.inspections.get(key)),
      certificate: given ? certificateView(given, !state.surroundings.certified.has(key), beside.remarks) : null,
      reopenedBy: beside.reopened.get(key) ?? null,
      fingerprint: read === 0 ? null : beside.fingerprint(contest, found),
    },
  ];
}

/** The results that a region right below declares and this level does not recapitulate. */
function listedIn({ tally, model, region }: Sources, child: Region): ListedView[] {
  const plenary = tally.authority.plenary(child.code);
  return model.contests
    .filter(({ kind }) => isDeclaredAt(kind, child.level) && !isRecapitulatedAt(kind, region.level))
    .flatMap(({ kind, districts }) => {
      const own = districts.filter((district) => desaIn(district, child.code).length > 0);
      if (own.length === 0) return [];
      const list = own.map((district) => ({
        ...namedDistrict(district),
        isCertified: isCertified(tally.authority, plenary, kind, district.code),
      }));
      return [{ contest: kind, region: named(child), districts: list }];
    });
}

/** Those who saw the draft as it is; of a certified result all that were recorded. */
function inspectionsOf(
  stage: Result["stage"],
  recorded: ResultView["inspections"] | undefined,
): ResultView["inspections"] {
  if (stage.stage === "inspected") return stage.inspections;
  return stage.stage === "certified" ? (recorded ?? []) : [];
}

/** A certificate with what was answered to it. */
export function certificateView(
  { id, index, signatures, scan }: Certificate,
  reopened: boolean,
  remarks: Beside["remarks"],
): CertificateView {
  return { id, index, signatures: [...signatures.values()], scan, remarks: remarks.get(id) ?? [], reopened };
}

function haltViews({ model, state }: Sources): HaltView[] {
  return state.surroundings.halts.map(({ order, by, onPaper }) => ({
    order,
    by: { code: by, name: model.region(by)?.name ?? by },
    onPaper,
  }));
}

/** Pairs, parties and DPD candidates that stand anywhere in the region; a party once, whatever it stands in. */
function participantsIn({ region, model }: Sources): ParticipantView[] {
  const found = new Map<string, ParticipantView>();
  const add = (id: string, number: number, name: string, contest: ContestKind) => {
    const before = found.get(id);
    if (before?.contests.includes(contest)) return;
    found.set(id, { id, number, name, contests: [...(before?.contests ?? []), contest] });
  };
  for (const { kind, districts } of model.contests) {
    for (const district of districts) {
      if (desaIn(district, region.code).length === 0) continue;
      const standing = district.parties.length > 0 ? district.parties : district.choices;
      for (const { id, number, name, withdrawn } of standing) if (!withdrawn) add(id, number, name, kind);
    }
  }
  return [...found.values()];
}
