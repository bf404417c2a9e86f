/**
 * The amendment rule. While votes are counted a definition may only grow: stations are added, names corrected, a candidate
 * struck or restored by a court. Nothing that can carry votes is removed or moved, because the sheets and accounts
 * already written name it by its place: columns never move, new ones stand at the end whatever their ballot number.
 */

import type { Checked } from "./check-election.ts";
import type { RegionCode } from "./codes.ts";
import {
  ballotOrder,
  type ContestEntry,
  type DistrictEntry,
  type ElectionFile,
  type RegionEntry,
  stationNumbers,
} from "./definition.ts";
import { DesaIndex } from "./desa-index.ts";
import type { Fault } from "./text.ts";

type Report = (path: string, id: string, en: string) => void;

/**
 * The new election file with its columns in the places of the old one, or every way in which it breaks the amendment rule.
 * Both files must have come out of `checkElection`.
 */
export function amend(old: ElectionFile, next: ElectionFile): Checked {
  const faults: Fault[] = [];
  const report: Report = (path, id, en) => faults.push({ path, what: { id, en } });
  for (const key of ["origin", "simulation", "archive"] as const) {
    if ((old[key] ?? false) !== (next[key] ?? false)) report(key, "tidak boleh berubah", "must not change");
  }
  amendRegions(old.regions, next.regions, report);
  const contests = next.contests.map((contest, i) => {
    const before = old.contests.find(({ kind }) => kind === contest.kind);
    return before === undefined ? contest : amendContest(before, contest, `contests[${i}]`, report);
  });
  for (const { kind } of old.contests) {
    if (contests.some((contest) => contest.kind === kind)) continue;
    report("contests", `jenis pemilihan ${kind} dihapus`, `contest ${kind} was removed`);
  }
  checkMoves(old, next, report);
  return faults.length > 0 ? { faults } : { ok: { ...next, contests } };
}

function amendRegions(old: readonly RegionEntry[], next: readonly RegionEntry[], report: Report): void {
  const byCode = new Map(next.map((entry) => [entry.code, entry]));
  for (const { code, stations } of old) {
    const entry = byCode.get(code);
    if (entry === undefined) {
      report("regions", `wilayah ${code} dihapus`, `region ${code} was removed`);
      continue;
    }
    const kept = new Set(stationNumbers(entry.stations));
    for (const number of stationNumbers(stations)) {
      if (!kept.has(number)) report(`regions.${code}`, `TPS ${number} dihapus`, `station ${number} was removed`);
    }
  }
}

function amendContest(old: ContestEntry, next: ContestEntry, path: string, report: Report): ContestEntry {
  for (const { code } of old.districts) {
    if (next.districts.some((district) => district.code === code)) continue;
    report(`${path}.districts`, `dapil ${code} dihapus`, `district ${code} was removed`);
  }
  const districts = next.districts.map((district, i) => {
    const before = old.districts.find(({ code }) => code === district.code);
    return before === undefined ? district : amendDistrict(before, district, `${path}.districts[${i}]`, report);
  });
  return { ...next, districts };
}

function amendDistrict(old: DistrictEntry, next: DistrictEntry, path: string, report: Report): DistrictEntry {
  const kept = old.columns ?? ballotOrder(old);
  const ballot = ballotOrder(next);
  const partyBefore = partyOf(old);
  const partyAfter = partyOf(next);
  for (const id of kept) {
    if (!ballot.includes(id)) {
      report(
        path,
        `pilihan ${id} dihapus; tandai "withdrawn" sebagai gantinya`,
        `choice ${id} was removed; mark it "withdrawn" instead`,
      );
    } else if (partyBefore.get(id) !== partyAfter.get(id)) {
      report(path, `calon ${id} pindah partai`, `candidate ${id} changed party`);
    }
  }
  const columns = next.columns ?? [...kept, ...ballot.filter((id) => !kept.includes(id))];
  if (kept.some((id, i) => columns[i] !== id)) {
    report(`${path}.columns`, "kolom lama tidak boleh berpindah", "the old columns must keep their places");
  }
  return { ...next, columns: [...columns] };
}

function partyOf({ parties = [] }: DistrictEntry): Map<string, string> {
  return new Map(parties.flatMap(({ id, candidates }) => candidates.map((candidate) => [candidate.id, id] as const)));
}

/** A desa with its votes stays in its district; one that had none (or is new) may get one. */
function checkMoves(old: ElectionFile, next: ElectionFile, report: Report): void {
  const index = new DesaIndex(next.regions.map(({ code }) => code as RegionCode));
  const oldIndex = new DesaIndex(old.regions.map(({ code }) => code as RegionCode));
  for (const before of old.contests) {
    const after = next.contests.find(({ kind }) => kind === before.kind);
    if (after === undefined) continue;
    const was = oldIndex.owners(before.districts.map(({ regions }) => regions));
    const is = index.owners(after.districts.map(({ regions }) => regions));
    oldIndex.desa.forEach((code, i) => {
      const from = before.districts[was[i] ?? -1]?.code;
      const to = after.districts[is[index.range(code).from] ?? -1]?.code;
      if (from === undefined || from === to || !index.has(code)) return;
      report(
        `contests.${before.kind}`,
        `desa ${code} pindah dari dapil ${from} ke ${to ?? "-"}`,
        `desa ${code} moved from district ${from} to ${to ?? "none"}`,
      );
    });
  }
}
