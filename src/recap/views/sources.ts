/** What the views of a hall are made from, and the small things that several of them need. */
import {
  type ContestKind,
  type DistrictCode,
  isWithin,
  plenoLog,
  type RegionCode,
  type StationCode,
  stationIn,
} from "../../election/codes.ts";
import type { District, Model, Region } from "../../election/model.ts";
import { toHex } from "../../ledger/bytes.ts";
import { asHash } from "../../ledger/hash.ts";
import type { BookName } from "../../tally/book.ts";
import { hasStatement, STATE, stateOf } from "../../tally/book.ts";
import type { Tally } from "../../tally/fold.ts";
import type { Block } from "../../tally/unit.ts";
import type { PlenaryRecord } from "../plenary-record.ts";
import type { PlenaryState } from "../plenary-state.ts";
import type { LogView, Named } from "../wire/views.ts";

/** A hall as far as its logs have been followed. Nothing of it changes until they are followed again. */
export interface Sources {
  /** In {@link model}. */
  readonly region: Region;
  /** The definition that the hall's own log has seen: what is stated there is judged by it. */
  readonly model: Model;
  readonly tally: Tally;
  readonly record: PlenaryRecord;
  readonly state: PlenaryState;
}

export const named = ({ code, name }: Region): Named => ({ code, name });

export const namedDistrict = ({ code, name }: District): Named<DistrictCode> => ({ code, name });

/** The state of a plenary's log as far as it is folded. */
export function logView(tally: Tally, region: RegionCode): LogView {
  const log = plenoLog(region);
  const origin = `${tally.genesis?.election ?? ""}/log/${log}`;
  return { origin, size: tally.size(log), root: asHash(toHex(tally.root(log))) };
}

/** The desa of a district that lie within a region, by code. */
export function desaIn(district: District, region: RegionCode): Region[] {
  return district.desa.filter(({ code }) => isWithin(code, region));
}

export function stationsOf(desa: Region): StationCode[] {
  return [...desa.stations].map((number) => stationIn(desa.code, number));
}

/** Where a desa's stations stand in the books; null where nothing of its kecamatan was folded. */
interface Rows {
  readonly block: Block;
  /** Place of the desa in the kecamatan. */
  readonly desa: number;
  readonly from: number;
  readonly to: number;
}

export function rowsOf(tally: Tally, desa: RegionCode, contest: ContestKind): Rows | null {
  const unit = tally.unit(desa.slice(0, 6) as RegionCode);
  const place = unit?.desa.findIndex(({ code }) => code === desa) ?? -1;
  const region = unit?.desa[place];
  const block = unit?.blocks.find((one) => one?.districts[place]?.contest.kind === contest);
  return unit && region && block ? { block, desa: place, ...unit.slots(region) } : null;
}

/** A station's row in one of the books. */
export interface Row {
  readonly block: Block;
  readonly slot: number;
}

export function rowOf(tally: Tally, station: StationCode, contest: ContestKind): Row | null {
  const rows = rowsOf(tally, station.slice(0, 10) as RegionCode, contest);
  const desa = rows?.block.unit.desa[rows.desa];
  const slot = rows && desa ? rows.block.unit.slotOf(desa, Number(station.slice(10))) : -1;
  return rows && slot >= 0 ? { block: rows.block, slot } : null;
}

/** So many of the stations of a desa: with a statement in the book, and of these held. */
export function countRows(tally: Tally, desa: RegionCode, contest: ContestKind, book: BookName) {
  const rows = rowsOf(tally, desa, contest);
  const held = rows?.block.books[book];
  const counts = { stated: 0, held: 0 };
  if (!rows || !held) return counts;
  for (let slot = rows.from; slot < rows.to; slot++) {
    if (hasStatement(held, slot)) counts.stated++;
    if (stateOf(held, slot) === STATE.held) counts.held++;
  }
  return counts;
}
