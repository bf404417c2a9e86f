/**
 * The file that an election begins with (`--election FILE`): written by people, read by `check-election.ts`, published as
 * JSON Schema in `docs/election.schema.json`.
 *
 * Regions are one flat list, because a code carries its place: parents that are not listed are implied, and a person can add
 * a desa at the end of the file. Candidates stand inside their party, as on the ballot. Keys and persons are not part of it.
 */
import Type from "typebox";
import { CONTEST_KINDS, type ContestKind } from "./codes.ts";
import { STATION_KINDS } from "./model.ts";
import type { Text } from "./text.ts";

const strict = { additionalProperties: false } as const;
const Name = Type.String({ minLength: 1, maxLength: 120 });
const Words = Type.Object({ id: Name, en: Name }, strict);
const Id = Type.String({
  pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$",
  description: "Never changes: accounts follow it.",
});
const Code = Type.String({ pattern: "^(0|[1-9][0-9]|[1-9][0-9]{3}|[1-9][0-9]{5}|[1-9][0-9]{9})$" });
const Colour = Type.String({ pattern: "^#[0-9a-f]{6}$" });
const BallotNumber = Type.Integer({ minimum: 1, maximum: 999 });
const StationNumber = Type.Integer({ minimum: 1, maximum: 999 });
const Share = Type.Integer({ minimum: 0, maximum: 10_000, description: "Basis points: 400 is 4 %." });

export const RegionEntry = Type.Object(
  {
    code: Code,
    name: Type.Optional(Name),
    zone: Type.Optional(
      Type.String({
        pattern: "^(WIB|WITA|WIT|[+-][01][0-9]:[0-5][0-9])$",
        description: "Time zone of this region and all within; the parent's if absent, WIB at the top.",
      }),
    ),
    noken: Type.Optional(Type.Boolean({ description: "Votes by agreement of the community, here and within." })),
    stations: Type.Optional(
      Type.Array(Type.Union([StationNumber, Type.Tuple([StationNumber, StationNumber])]), {
        description: "Of a desa: station numbers and ranges, e.g. [[1, 12], 901].",
        maxItems: 999,
      }),
    ),
    kinds: Type.Optional(
      Type.Record(Type.String({ pattern: "^[1-9][0-9]{0,2}$" }), Type.Enum([...STATION_KINDS]), {
        description: "Station number to kind, where it is not tps (below 900) or special (900 and above).",
      }),
    ),
    registered: Type.Optional(
      Type.Array(Type.Union([Type.Integer({ minimum: 0, maximum: 999_999 }), Type.Null()]), {
        description: "Registered voters of each station, in ascending order of station numbers.",
        maxItems: 999,
      }),
    ),
  },
  strict,
);

export const CandidateEntry = Type.Object(
  {
    id: Id,
    number: BallotNumber,
    name: Name,
    colour: Type.Optional(Colour),
    withdrawn: Type.Optional(Type.Boolean()),
  },
  strict,
);

export const PartyEntry = Type.Object(
  {
    id: Id,
    number: BallotNumber,
    name: Name,
    short: Type.String({ minLength: 1, maxLength: 24 }),
    colour: Colour,
    withdrawn: Type.Optional(Type.Boolean()),
    candidates: Type.Array(CandidateEntry, { maxItems: 64 }),
  },
  strict,
);

export const DistrictEntry = Type.Object(
  {
    code: Id,
    name: Name,
    seats: Type.Integer({ minimum: 1, maximum: 999 }),
    regions: Type.Array(Code, { minItems: 1, description: "The regions that it is made of; 0 for the whole nation." }),
    choices: Type.Optional(Type.Array(CandidateEntry, { minItems: 1, maxItems: 1024 })),
    parties: Type.Optional(Type.Array(PartyEntry, { minItems: 1, maxItems: 64 })),
    columns: Type.Optional(
      Type.Array(Id, {
        description: "Order of the votes in a sheet, where it is not that of the ballot (after an amendment).",
        maxItems: 1024,
      }),
    ),
  },
  strict,
);

export const ContestEntry = Type.Object(
  {
    kind: Type.Enum([...CONTEST_KINDS]),
    name: Type.Optional(Words),
    thresholds: Type.Optional(
      Type.Object(
        { party: Type.Optional(Share), majority: Type.Optional(Share), spread: Type.Optional(Share) },
        strict,
      ),
    ),
    without: Type.Optional(Type.Array(Code, { description: "Regions that do not have this contest." })),
    districts: Type.Array(DistrictEntry, { minItems: 1 }),
  },
  strict,
);

export const ElectionFile = Type.Object(
  {
    origin: Type.String({
      pattern: "^[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9._-]*)*$",
      maxLength: 64,
      description: "The name of the election: origin of its logs, e.g. pemilu.example/2029.",
    }),
    title: Words,
    simulation: Type.Optional(Type.Boolean({ description: "The votes are invented; every screen says so." })),
    archive: Type.Optional(Type.Boolean({ description: "Imported from a public archive; counts up to 999,999." })),
    votingDay: Type.Optional(
      Type.String({
        pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        description: "Day of the vote, e.g. 2029-02-14: the deadlines of the plenaries count from it.",
      }),
    ),
    regions: Type.Array(RegionEntry, { minItems: 1 }),
    contests: Type.Array(ContestEntry, { minItems: 1, maxItems: CONTEST_KINDS.length }),
  },
  strict,
);

export type RegionEntry = Type.Static<typeof RegionEntry>;
export type CandidateEntry = Type.Static<typeof CandidateEntry>;
export type PartyEntry = Type.Static<typeof PartyEntry>;
export type DistrictEntry = Type.Static<typeof DistrictEntry>;
export type ContestEntry = Type.Static<typeof ContestEntry>;
export type ElectionFile = Type.Static<typeof ElectionFile>;

/** What the contests are called where the file does not say. */
export const CONTEST_NAMES: Readonly<Record<ContestKind, Text>> = {
  ppwp: { id: "Presiden dan Wakil Presiden", en: "President and Vice President" },
  dpr: { id: "DPR", en: "House of Representatives (DPR)" },
  dpd: { id: "DPD", en: "Regional Representative Council (DPD)" },
  dprdp: { id: "DPRD Provinsi", en: "Provincial council (DPRD Provinsi)" },
  dprdk: { id: "DPRD Kabupaten/Kota", en: "Regency or city council (DPRD Kabupaten/Kota)" },
};

/** The ids of the choices in the order of the ballot: each party followed by its candidates. */
export function ballotOrder(district: DistrictEntry): string[] {
  if (district.parties === undefined) return (district.choices ?? []).map(({ id }) => id);
  return district.parties.flatMap((party) => [party.id, ...party.candidates.map(({ id }) => id)]);
}

/** The station numbers of a desa's entry, ascending. Numbers out of 1…999 or given twice are the checker's matter. */
export function stationNumbers(stations: RegionEntry["stations"]): number[] {
  const numbers = (stations ?? []).flatMap((item) => {
    if (typeof item === "number") return [item];
    const [from, to] = item;
    return Array.from({ length: Math.max(0, Math.min(to, 999) - from + 1) }, (_, i) => from + i);
  });
  return numbers.sort((a, b) => a - b);
}

/** The JSON Schema as it is published. */
export function electionSchema(): string {
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", title: "Election file", ...ElectionFile };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
