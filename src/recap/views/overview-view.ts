/** How a plenary gets on, and each plenary below it: *papan sisa kotak*. */
import type { RegionCode, StationCode } from "../../election/codes.ts";
import type { Model, Region } from "../../election/model.ts";
import { deadlineOf } from "../deadline.ts";
import { paceOf, type Sitting } from "../pace.ts";
import type { PlenaryRecord } from "../plenary-record.ts";
import type { PlenaryState } from "../plenary-state.ts";
import { restsOf } from "../rests.ts";
import type { ChildView, OverviewView, PaceView } from "../wire/views.ts";
import { phaseView, regionsAbove } from "./hall-view.ts";
import { countRows, named, type Sources } from "./sources.ts";

export interface OverviewOptions {
  /** Milliseconds since 1970, by the desk's clock. */
  readonly now: number;
  /** The record of a plenary below; empty where none is kept. */
  record(region: RegionCode): PlenaryRecord;
  /** The state of a plenary below. */
  stateOf(region: Region): PlenaryState;
  /** All kecamatan instead of the plenaries right below. */
  readonly everyKecamatan: boolean;
}

export function overviewView(sources: Sources, options: OverviewOptions): OverviewView {
  const { region, model, record, state } = sources;
  const { now, everyKecamatan } = options;
  const children = region.level === "kecamatan" ? [] : everyKecamatan ? kecamatanWithin(region) : region.children;
  return {
    region: named(region),
    now,
    deadline: deadlineOf(model, region),
    pace: paceIn(sources, region, options),
    above: regionsAbove(region).map(named),
    children: children.map((child) => childView(sources, child, options)),
    postponed: [...record.postponed.values()],
    papersMissing: state.evidenceMissing.length,
  };
}

function childView(sources: Sources, region: Region, options: OverviewOptions): ChildView {
  const record = options.record(region.code);
  const pace = paceIn(sources, region, options);
  return {
    region: named(region),
    parent: named(region.parent ?? sources.region),
    phase: phaseView(options.stateOf(region)),
    pace,
    held: heldIn(sources, region),
    openObjections: [...record.objections.values()].filter(({ status }) => status === "filed" || status === "answered")
      .length,
    lastAct: record.lastAct,
    isBehind: isBehind(pace, deadlineOf(sources.model, region), options.now),
  };
}

/** At its pace it would not be through in time; or the time is over and it is not. */
function isBehind({ stationsLeft, forecast }: PaceView, deadline: number | null, now: number): boolean {
  if (deadline === null || stationsLeft === 0) return false;
  return now > deadline || (forecast !== null && forecast > deadline);
}

/** Stations, contest by contest, whose sheet does not add up. */
function heldIn({ model, tally }: Sources, region: Region): number {
  let held = 0;
  for (const { kind } of model.contests) {
    for (const desa of desaWithin(region)) held += countRows(tally, desa.code, kind, "count").held;
  }
  return held;
}

function paceIn(sources: Sources, region: Region, options: OverviewOptions): PaceView {
  const sittings = kecamatanWithin(region).map((one) => sittingOf(sources, one, options.record(one.code)));
  return paceOf(sittings, options.now);
}

function sittingOf({ model, tally }: Sources, kecamatan: Region, record: PlenaryRecord): Sitting {
  const boxes = boxesOf(model, kecamatan).map(({ contest, desa }) => ({
    stations: desa.stations.length,
    read: countRows(tally, desa.code, contest, "recap").stated,
  }));
  const readings = [...record.read.values()].map(({ station, since }) => ({
    at: since,
    share: shareOf(model, station),
  }));
  return { boxes, begun: record.openedAt, readings, rests: restsOf(record, tally.authority) };
}

/** Which part of its box a station is. */
function shareOf(model: Model, station: StationCode): number {
  return 1 / Math.max(1, model.station(station)?.desa.stations.length ?? 1);
}

const boxesOf = ({ contests }: Model, kecamatan: Region) =>
  contests.flatMap((contest) =>
    kecamatan.children.filter((desa) => contest.districtOf(desa)).map((desa) => ({ contest: contest.kind, desa })),
  );

function kecamatanWithin(region: Region): Region[] {
  return region.level === "kecamatan" ? [region] : region.children.flatMap(kecamatanWithin);
}

function desaWithin(region: Region): Region[] {
  return region.level === "desa" ? [region] : region.children.flatMap(desaWithin);
}
