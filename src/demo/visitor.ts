/**
 * What is left to whoever visits the demonstration: the plenary of one kecamatan, and those above it, with every role to be tried.
 *
 * The smallest kecamatan is chosen, and of a large one the simulated committee reads all but the smallest desa, so that what is
 * left can be done by hand. Visitors have keys of their own: so it is known whether somebody came. Where nobody did until all
 * others are done, the committee does the rest itself, and the election comes to its end.
 */
import { isWithin, NATION, parentOf, type RegionCode } from "../election/codes.ts";
import type { Model, Region } from "../election/model.ts";
import type { Role } from "../election/statements.ts";
import { People } from "./names.ts";
import { kecamatanIn, stationsOf } from "./places.ts";
import { Chance } from "./random.ts";

/** Who may be tried in each of these plenaries. */
export const VISITOR_SEATS: readonly { readonly seat: string; readonly role: Role }[] = [
  { seat: "chair", role: "chair" },
  { seat: "member", role: "member" },
  { seat: "second member", role: "member" },
  { seat: "operator", role: "operator" },
  { seat: "supervisor", role: "supervisor" },
  { seat: "observer", role: "observer" },
  { seat: "projector", role: "projector" },
];

/** A plenary with so many stations can be held by hand from its opening on. */
const BY_HAND = 12;

/** The smallest of the kecamatan, by its stations. @throws RangeError if there are none */
export function smallestOf(sizes: ReadonlyMap<RegionCode, number>): RegionCode {
  const [smallest] = [...sizes].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  if (smallest === undefined) throw new RangeError("an election without a kecamatan has nothing to try");
  return smallest[0];
}

/** The visitor's plenaries: a kecamatan's, its kabupaten's, its province's, the nation's. */
export function visitorPlenaries(model: Model): RegionCode[] {
  const sizes = new Map(kecamatanIn(model).map((code) => [code, stationsOf(model, code).length]));
  const plenaries: RegionCode[] = [];
  for (let at: RegionCode | null = smallestOf(sizes); at !== null; at = parentOf(at)) plenaries.push(at);
  return plenaries;
}

/** Of a kecamatan's desa the ones that the visitor reads: all of a small one, else the smallest. */
export function desaLeft(kecamatan: Region): readonly RegionCode[] {
  const size = (region: Region) => region.stationTo - region.stationFrom;
  const bySize = [...kecamatan.children].sort((a, b) => size(a) - size(b) || (a.code < b.code ? -1 : 1));
  return (size(kecamatan) <= BY_HAND ? bySize : bySize.slice(0, 1)).map(({ code }) => code);
}

/** An invented name for a seat. */
export function nameOf(seed: string, region: RegionCode, seat: string): string {
  return new People(new Chance(seed, `visitor ${seat} ${region}`)).next();
}

/** Whether a plenary is one of the visitor's. */
export function isVisitors(plenaries: readonly RegionCode[], region: RegionCode): boolean {
  const [kecamatan] = plenaries;
  return kecamatan !== undefined && (region === NATION || isWithin(kecamatan, region));
}
