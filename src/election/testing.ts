/**
 * A small invented election for tests: two provinces, one of them without DPRD kabupaten, a party district that spans
 * two kabupaten, one desa abroad with a ballot box and post. Names of places and people are made up.
 */
import { checkElection } from "./check-election.ts";
import type { StationCode } from "./codes.ts";
import type { ElectionFile } from "./definition.ts";
import { definitionObjects } from "./definition-tree.ts";
import { FIGURE, FIGURE_COUNT, type FigurePath, NOT_REPORTED } from "./figures.ts";
import type { Model } from "./model.ts";
import { readDefinition } from "./read-definition.ts";
import type { SheetFigures } from "./rule.ts";
import type { SheetBody } from "./sheet.ts";

const party = (prefix: string, number: number, candidates = 2) => ({
  id: `P${number}`,
  number,
  name: `Partai Contoh ${number}`,
  short: `PC${number}`,
  colour: "#336699",
  candidates: Array.from({ length: candidates }, (_, i) => ({
    id: `${prefix}-${number}-${i + 1}`,
    number: i + 1,
    name: `Calon Contoh ${prefix} ${number}.${i + 1}`,
  })),
});

const pair = (number: number) => ({ id: `${number}`, number, name: `Paslon Contoh ${number}`, colour: "#993366" });

/** The file as a person would write it; a fresh copy each time, so that a test may change it. */
export function exampleFile(): ElectionFile {
  return {
    origin: "contoh.example/2029",
    title: { id: "Pemilu Contoh", en: "Example election" },
    simulation: true,
    regions: [
      { code: "71", name: "Provinsi Satu", zone: "WITA" },
      { code: "7101", name: "Kabupaten Alfa" },
      { code: "710101", name: "Kecamatan Alfa Utara" },
      { code: "7101012001", name: "Desa Awan", stations: [[1, 3], 901], registered: [250, 260, null, 120] },
      { code: "7101012002", name: "Desa Bukit", stations: [[1, 2]], noken: true },
      { code: "7102", name: "Kabupaten Beta" },
      { code: "710201", name: "Kecamatan Beta" },
      { code: "7102012001", name: "Desa Cemara", stations: [1, 5] },
      { code: "72", name: "Provinsi Dua" },
      { code: "7201", name: "Kota Gama" },
      { code: "720101", name: "Kecamatan Gama" },
      { code: "7201011001", name: "Kelurahan Delima", stations: [[1, 2]] },
      { code: "99", name: "Luar Negeri", zone: "+08:00" },
      { code: "9901", name: "Negeri Seberang" },
      { code: "990101", name: "Kota Seberang" },
      { code: "9901010001", name: "Perwakilan Seberang", stations: [[1, 3]], kinds: { "2": "ksk", "3": "pos" } },
    ],
    contests: [
      {
        kind: "ppwp",
        thresholds: { majority: 5000, spread: 2000 },
        districts: [{ code: "0", name: "Indonesia", seats: 1, regions: ["0"], choices: [pair(1), pair(2), pair(3)] }],
      },
      {
        kind: "dpr",
        thresholds: { party: 400 },
        districts: [
          { code: "71", name: "Satu", seats: 3, regions: ["71"], parties: [party("a", 1), party("a", 2)] },
          { code: "72", name: "Dua dan Luar Negeri", seats: 2, regions: ["72", "99"], parties: [party("b", 1)] },
        ],
      },
      {
        kind: "dprdk",
        without: ["72", "99"],
        districts: [
          { code: "7101-1", name: "Alfa 1", seats: 4, regions: ["7101012001"], parties: [party("c", 1)] },
          {
            code: "71-2",
            name: "Alfa 2 dan Beta",
            seats: 4,
            regions: ["7101012002", "7102"],
            parties: [party("d", 1)],
          },
        ],
      },
    ],
  };
}

/** The model of an election file that must be right. Throws with its faults otherwise. */
export function modelOf(file: ElectionFile): Model {
  const checked = checkElection(file);
  if (!("ok" in checked)) throw new Error(checked.faults.map(({ path, what }) => `${path} ${what.en}`).join("\n"));
  const { root, objects } = definitionObjects(checked.ok);
  return readDefinition(root, (hash) => objects.get(hash));
}

/** The figures of a sheet as rules read them; what is not given was not reported. */
export function sheetFigures(
  given: Partial<Record<FigurePath, number | null>>,
  votes: readonly (number | null)[] | null = null,
  parties: readonly (number | null)[] = [],
): SheetFigures {
  const figures = new Int32Array(FIGURE_COUNT).fill(NOT_REPORTED);
  for (const [path, value] of Object.entries(given)) figures[FIGURE[path as FigurePath]] = value ?? NOT_REPORTED;
  const hot = (list: readonly (number | null)[]) => Int32Array.from(list, (value) => value ?? NOT_REPORTED);
  return {
    figures,
    votes: hot(votes ?? []),
    voteCount: votes === null ? -1 : votes.length,
    parties: hot(parties),
    partyCount: parties.length,
  };
}

/** A well-formed sheet of the first station of Desa Awan for the pairs, to be varied. */
export function exampleSheet(model: Model, change: Partial<SheetBody> = {}): SheetBody {
  const district = model.contest("ppwp")?.districts[0];
  if (district === undefined) throw new Error("the election has no pairs");
  return {
    by: ["contoh.example/2029/k/0123456789abcdef"],
    contest: "ppwp",
    district: district.object,
    election: "0f".repeat(16),
    figures: new Array<null>(FIGURE_COUNT).fill(null),
    papers: null,
    parties: [],
    previous: null,
    station: "7101012001001" as StationCode,
    time: 1_865_000_000_000,
    votes: [100, 60, 40],
    ...change,
  };
}

const RECOUNT = { asked: ["p1"], counted: ["00112233445566778899aabbccddeeff"], supervisor: false };

/** What a reading of this outcome says besides: of a recount, who asked and who counted. */
export function recountIn(outcome: string): { readonly recount?: typeof RECOUNT } {
  return outcome === "recount" ? { recount: RECOUNT } : {};
}
