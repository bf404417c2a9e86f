/**
 * What each plenary will do, act by act. A kecamatan reads station by station, box by box, and signs its certificates; the levels above
 * certify when all below them have. One kecamatan is halted by order of the province and resumes.
 *
 * A plenary's place in its list is the number of acts in its log, so that it goes on where it was whatever happened.
 */
import { type ContestKind, desaOf, type RegionCode, type StationCode } from "../election/codes.ts";
import type { District, Model, Region } from "../election/model.ts";
import type { StatementType } from "../election/statements.ts";
import { firstEarly, type Sitting, sittings } from "./calendar.ts";
import { contestsOf, districtOf, kecamatanIn, stationsOf } from "./places.ts";
import { Chance } from "./random.ts";
import { desaLeft, isVisitors, visitorPlenaries } from "./visitor.ts";

export type Deed =
  | { readonly type: "reading"; readonly station: StationCode; readonly kind: ContestKind }
  /** A saksi objects to what was read … */
  | { readonly type: "objection"; readonly station: StationCode; readonly kind: ContestKind }
  /** … and the ballots are counted again. */
  | { readonly type: "recount"; readonly station: StationCode; readonly kind: ContestKind }
  | { readonly type: "pause" | "unpause" }
  | { readonly type: "certificate"; readonly district: District }
  | { readonly type: "halt" | "resume"; readonly region: RegionCode; readonly order: string };

export interface Act {
  /** In seconds of the demonstration; not before. */
  readonly at: number;
  readonly deed: Deed;
  /** Not before these plenaries have done so many of their acts. */
  readonly after: readonly { readonly region: RegionCode; readonly acts: number }[];
  /** Left to the visitor: done only if none has come. */
  readonly left: boolean;
}

/** The types of statements that are acts: whatever else is in a plenary's log was not said in the hall. */
export const ACT_TYPES: ReadonlySet<StatementType> = new Set([
  "reading",
  "objection",
  "pause",
  "unpause",
  "certificate",
  "halt",
  "resume",
]);

/** One station-contest in two hundred is counted again. */
const RECOUNTED = 0.005;
const REST = 600;
const HALT = 1_200;
/** Which contests a level certifies: a council's result is final at its own level. */
const CERTIFIED: Readonly<Record<string, readonly ContestKind[]>> = {
  kecamatan: ["ppwp", "dpr", "dpd", "dprdp", "dprdk"],
  kabupaten: ["ppwp", "dpr", "dpd", "dprdp", "dprdk"],
  provinsi: ["ppwp", "dpr", "dpd", "dprdp"],
  nation: ["ppwp", "dpr", "dpd"],
};

/** The acts of every plenary that has any, by its region; the same for the same seed. */
export function actsOf(model: Model, seed: string): Map<RegionCode, readonly Act[]> {
  const kecamatan = kecamatanIn(model);
  const sits = sittings(seed, new Map(kecamatan.map((code) => [code, stationsOf(model, code).length])));
  const plans = new Map<RegionCode, Act[]>();
  for (const [code, sitting] of sits) if (!sitting.left) plans.set(code, hallActs(model, seed, code, sitting));
  const last = Math.max(0, ...[...plans.values()].map((acts) => acts.at(-1)?.at ?? 0));
  for (const [code, sitting] of sits) if (sitting.left) plans.set(code, leftActs(model, seed, code, sitting, last));
  const orders = haltOne(plans, sits);
  for (const level of ["kabupaten", "provinsi", "nation"]) {
    for (const region of model.regions.filter((one) => one.level === level)) {
      const own = orders.region === region.code ? orders.acts : [];
      plans.set(region.code, [...own, ...upperActs(plans, region, model)]);
    }
  }
  return plans;
}

/** The reading of stations, box by box. */
function readingOf(model: Model, seed: string, stations: readonly StationCode[]): Deed[] {
  const deeds: Deed[] = [];
  for (const station of stations) {
    for (const kind of contestsOf(model)) {
      deeds.push({ type: "reading", station, kind });
      if (!isRecounted(seed, station, kind)) continue;
      deeds.push({ type: "objection", station, kind }, { type: "recount", station, kind });
    }
  }
  return deeds;
}

/** Each deed as an act, spread over a time from a time on. */
function spread(deeds: readonly Deed[], from: number, takes: number, left: boolean): Act[] {
  return deeds.map((deed, i) => ({ at: from + (takes * (i + 1)) / deeds.length, deed, after: [], left }));
}

/** The visitor's kecamatan: read but for what is left to the visitor, and at rest; after the last of the others the rest of it. */
function leftActs(model: Model, seed: string, kecamatan: RegionCode, { opens, takes }: Sitting, last: number): Act[] {
  const region = model.region(kecamatan);
  const left = new Set(region === undefined ? [] : desaLeft(region));
  const stations = stationsOf(model, kecamatan);
  const reading = (isLeft: boolean) =>
    readingOf(
      model,
      seed,
      stations.filter((station) => left.has(desaOf(station)) === isLeft),
    );
  const before = reading(false);
  const rest = reading(true);
  const pauses = (type: "pause" | "unpause"): Deed[] => (before.length === 0 ? [] : [{ type }]);
  const acts = [
    ...spread([...before, ...pauses("pause")], opens, takes, false),
    ...spread([...pauses("unpause"), ...rest], last, REST, true),
  ];
  return [...acts, ...certificates(model, kecamatan, last + REST, [], true)];
}

function hallActs(model: Model, seed: string, kecamatan: RegionCode, { opens, takes }: Sitting): Act[] {
  const deeds = readingOf(model, seed, stationsOf(model, kecamatan));
  const third = Math.ceil(deeds.length / 3);
  deeds.splice(2 * third, 0, { type: "pause" }, { type: "unpause" });
  deeds.splice(third, 0, { type: "pause" }, { type: "unpause" });
  let at = opens;
  const acts = deeds.map((deed): Act => {
    at += deed.type === "unpause" ? REST : takes / deeds.length;
    return { at, deed, after: [], left: false };
  });
  return [...acts, ...certificates(model, kecamatan, at, [], false)];
}

/** Whether a station's ballots are counted again in the hall. */
export function isRecounted(seed: string, station: StationCode, kind: ContestKind): boolean {
  return new Chance(seed, `recount ${station} ${kind}`).happens(RECOUNTED);
}

/** A certificate for every district of which a part lies in the region. */
function certificates(model: Model, code: RegionCode, at: number, after: Act["after"], left: boolean): Act[] {
  const level = model.region(code)?.level ?? "nation";
  return contestsOf(model)
    .filter((kind) => CERTIFIED[level]?.includes(kind))
    .flatMap((kind) => [...new Set(stationsOf(model, code).map((station) => districtOf(model, station, kind)))])
    .map((district, i) => ({ at: at + i, deed: { type: "certificate", district }, after: i === 0 ? after : [], left }));
}

function upperActs(plans: ReadonlyMap<RegionCode, readonly Act[]>, { code, children }: Region, model: Model): Act[] {
  const below = children.map((child) => child.code).filter((child) => plans.has(child));
  const after = below.map((region) => ({ region, acts: plans.get(region)?.length ?? 0 }));
  const last = Math.max(...below.map((region) => plans.get(region)?.at(-1)?.at ?? 0));
  return certificates(model, code, last + REST, after, isVisitors(visitorPlenaries(model), code));
}

/**
 * In the middle of its reading a kecamatan is halted, and goes on when the order is lifted. Its acts are changed; the orders
 * are returned, with the province whose they are.
 */
function haltOne(plans: Map<RegionCode, Act[]>, sits: ReadonlyMap<RegionCode, Sitting>) {
  const kecamatan = firstEarly(sits);
  const region = kecamatan.slice(0, 2) as RegionCode;
  const hall = plans.get(kecamatan) ?? [];
  const middle = Math.floor(hall.length / 2);
  const at = hall[middle]?.at ?? 0;
  const lifted = { region, acts: 2 };
  const halted = hall.map((act, i): Act => {
    if (i < middle) return act;
    return { ...act, at: act.at + HALT, after: i === middle ? [...act.after, lifted] : act.after };
  });
  plans.set(kecamatan, halted);
  const order = (type: "halt" | "resume", number: number, later: number, after: Act["after"]): Act => ({
    at: at + later,
    deed: { type, region: kecamatan, order: `${number}/PL.01/SIMULASI/2029` },
    after,
    left: false,
  });
  const acts = [order("halt", 12, 0, [{ region: kecamatan, acts: middle }]), order("resume", 13, HALT, [])];
  return { region, acts };
}
