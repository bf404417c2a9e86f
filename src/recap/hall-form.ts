/**
 * The papers of a hall as plain values: what the logs say, in the columns of the forms.
 *
 * Every number comes from the fold: a station's from its reading, a sum from the sums of the result tree. The parts are then
 * added up again by the form itself, which is not printed if both differ.
 */
import { type ContestKind, numberOf, type StationCode } from "../election/codes.ts";
import { FIGURE_COUNT } from "../election/figures.ts";
import { SIGNATURE_REASONS } from "../election/minutes.ts";
import type { District, Model, Region } from "../election/model.ts";
import { figureOf, postedVotes } from "../tally/book.ts";
import type { Tally } from "../tally/fold.ts";
import type { Grant } from "../tally/plenary.ts";
import {
  addColumns,
  type Candidate,
  type Cell,
  type Choices,
  type Column,
  checkForm,
  type Form,
  FormError,
  type Heading,
  type LogHead,
  type Member,
  makePart,
  type Part,
  type Saksi,
} from "./form.ts";
import type { NightPosition } from "./pdf-night.ts";
import type { Certificate, PlenaryRecord } from "./plenary-record.ts";
import { adjustmentsOf, recapSums } from "./sums.ts";
import { plenaryLevel, regionsAbove } from "./views/hall-view.ts";
import { desaIn, rowOf, stationsOf } from "./views/sources.ts";
import { regionWords } from "./words.ts";

/** What a paper is made from. */
export interface PaperSources {
  /** The plenary's, in {@link model}. */
  readonly region: Region;
  readonly model: Model;
  readonly tally: Tally;
  readonly log: LogHead;
  /** Milliseconds since 1970: of the last thing that the log says, so that the same log gives the same paper. */
  readonly time: number;
  /** Where the public finds the region in a contest. */
  link(contest: ContestKind): string;
}

/** Random person → name, as the desk keeps it beside the logs. */
export type Names = ReadonlyMap<string, string>;

/** What a certificate has beside its figures. */
export interface Signers {
  readonly state: Form["state"];
  readonly members: readonly Member[];
  readonly saksi: readonly Saksi[];
}

/** The certificate of one district's contest in the region. @throws FormError if its columns do not add up */
export function certificateForm(sources: PaperSources, district: District, signers: Signers): Form {
  const { region, tally } = sources;
  const isKecamatan = region.level === "kecamatan";
  const parts = isKecamatan ? desaIn(district, region.code).map((desa) => desaPart(tally, desa, district)) : [];
  const columns = isKecamatan
    ? parts.map(({ name, sum }) => ({ ...sum, label: name }))
    : region.children
        .filter(({ code }) => desaIn(district, code).length > 0)
        .map((child) => sumColumn(tally, child, district));
  const all = [...columns, ...rulingColumns(tally, region, district)];
  const paper = paperOf(sources, district);
  const form = {
    ...paper,
    ...signers,
    choices: choicesOf(district),
    parts,
    closing: makePart(regionWords(paper.heading), all, district.choices.length),
  };
  checkForm(form);
  checkTree(sources, district, form);
  return form;
}

/** The closing sum must be the result tree's, whichever way it was added up. */
function checkTree({ tally, region }: PaperSources, district: District, { closing }: Form): void {
  const tree = recapSums(tally, region.code, district);
  const same = (cells: readonly Cell[], sums: readonly number[] | undefined) =>
    cells.every((cell, row) => (cell ?? 0) === (sums?.[row] ?? 0));
  if (!same(closing.sum.votes, tree?.votes) || !same(closing.sum.figures, tree?.figures))
    throw new FormError(closing.name, "its sum is not that of the result tree");
}

/** The position of one desa in all its contests, in the order of the boxes. */
export function nightPositions(sources: PaperSources, desa: Region): NightPosition[] {
  return sources.model.contests.flatMap((contest) => {
    const district = contest.districtOf(desa);
    if (!district) return [];
    const { columns, sum } = desaPart(sources.tally, desa, district);
    const read = columns.filter(isReported).length;
    const one = { name: desa.name, read, left: columns.length - read, total: sum };
    return [{ ...paperOf(sources, district), choices: choicesOf(district), desa: [one] }];
  });
}

const isReported = ({ figures, votes }: Column): boolean => [...figures, ...votes].some((cell) => cell !== null);

function paperOf(sources: PaperSources, district: District): Pick<Form, "heading" | "log" | "link"> {
  const { contest } = district;
  const isNational = contest.districts.length === 1 && district.container.level === "nation";
  const heading = headingOf(sources, contest.kind, contest.name.id, isNational ? null : district.name);
  return { heading, log: sources.log, link: sources.link(contest.kind) };
}

export function headingOf(
  { region, model, time }: PaperSources,
  contest: ContestKind,
  contestName: string,
  district: string | null,
): Heading {
  return {
    election: model.title.id,
    contest,
    contestName,
    level: plenaryLevel(region),
    region: region.code,
    chain: region.level === "nation" ? [] : [...regionsAbove(region), region].map(({ name }) => name),
    district,
    simulation: model.simulation,
    time: new Date(time).toISOString(),
    zone: region.zone,
  };
}

/** A desa with its stations as columns: as their readings that stand say, dashes where there is none. */
function desaPart(tally: Tally, desa: Region, district: District): Part {
  const columns = stationsOf(desa).map((station) => stationColumn(tally, station, district));
  return makePart(desa.name, columns, district.choices.length);
}

const STATION_WORD: Readonly<Record<string, string>> = { tps: "TPS", special: "TPS", ksk: "KSK", pos: "POS" };

function stationColumn(tally: Tally, station: StationCode, { contest, choices }: District): Column {
  const kind = tally.model?.kind(station) ?? "tps";
  const label = `${STATION_WORD[kind]} ${String(numberOf(station)).padStart(3, "0")}`;
  const row = rowOf(tally, station, contest.kind);
  const book = row?.block.books.recap;
  const votes = row && book ? postedVotes(book, row.slot, choices.length) : null;
  const cell = (value: number): Cell => (value < 0 ? null : value);
  return {
    label,
    figures: Array.from({ length: FIGURE_COUNT }, (_, i) => (row && book ? cell(figureOf(book, row.slot, i)) : null)),
    votes: choices.map((_, i) => (votes ? cell(votes[i] ?? 0) : null)),
  };
}

function sumColumn(tally: Tally, { code, name }: Region, district: District): Column {
  const sums = recapSums(tally, code, district);
  return sums ? { label: name, ...sums } : { ...addColumns(name, [], district.choices.length) };
}

/** A ruling that fixes a total without naming stations has a column of its own. */
function rulingColumns(tally: Tally, { code }: Region, district: District): Column[] {
  const rulings = adjustmentsOf(tally, code, district);
  return rulings.map(({ deltas }, i) => {
    const votes = district.choices.map((_, column) => deltas.find(([of]) => of === column)?.[1] ?? null);
    const label = rulings.length > 1 ? `Penyesuaian putusan ${i + 1}` : "Penyesuaian putusan";
    return { label, figures: new Array<null>(FIGURE_COUNT).fill(null), votes };
  });
}

/** What can be voted for, in the order of the ballot. */
export function choicesOf({ choices, parties, contest }: District): Choices {
  const candidate = (column: number): Candidate => {
    const choice = choices[column];
    if (!choice) throw new RangeError(`the district has no column ${column}`);
    return { number: choice.number, name: choice.name, column };
  };
  if (parties.length === 0) {
    const of = contest.kind === "ppwp" ? "pairs" : "candidates";
    return { kind: "list", of, choices: byNumber(choices.map((_, column) => candidate(column))) };
  }
  return {
    kind: "parties",
    parties: byNumber(
      parties.map(({ columns: [own = 0, ...others], name }) => ({
        ...candidate(own),
        name,
        candidates: byNumber(others.map(candidate)),
      })),
    ),
  };
}

const byNumber = <C extends Candidate>(list: readonly C[]): C[] => [...list].sort((a, b) => a.number - b.number);

/** The committee: who holds chair or member of this very region, the chair first; a person once, whatever keys they had. */
export function membersOf(holders: readonly Grant[], names: Names): Member[] {
  const roleOf = new Map<string, Member["role"]>();
  for (const { person, role } of holders) {
    if (role === "chair") roleOf.set(person, "ketua");
    else if (role === "member" && !roleOf.has(person)) roleOf.set(person, "anggota");
  }
  const all = [...roleOf].map(([person, role]) => ({ role, name: names.get(person) ?? "" }));
  return [...all.filter(({ role }) => role === "ketua"), ...all.filter(({ role }) => role === "anggota")];
}

/** Who can witness, under the name that fits a box of the form. */
export interface Participant {
  readonly id: string;
  readonly short: string;
}

/** Those who stand in a district. */
export function participantsOf({ parties, choices, contest }: District): Participant[] {
  if (parties.length > 0) return parties.map(({ id, short }) => ({ id, short }));
  const word = contest.kind === "ppwp" ? "Paslon" : "Calon";
  return choices.map(({ id, number }) => ({ id, short: `${word} ${number}` }));
}

/**
 * The saksi of those who stand in the contest: whoever shows a mandate, and whoever is recorded on the certificate. One per
 * participant: who is seated, else who shows the mandate.
 */
export function saksiOf(
  { mandates }: Pick<PlenaryRecord, "mandates">,
  participants: readonly Participant[],
  certificate: Certificate | null,
  names: Names,
): Saksi[] {
  return participants.flatMap(({ id, short }): Saksi[] => {
    const persons = [...(mandates.get(id) ?? [])];
    const signature = certificate?.signatures.get(id);
    if (persons.length === 0 && !signature) return [];
    const [person] = persons.find(([, seated]) => seated) ?? persons[0] ?? [null];
    const name = person === null ? null : (names.get(person) ?? null);
    return [{ participant: short, name, outcome: signature ? outcomeOf(signature) : null }];
  });
}

type Signature = Certificate["signatures"] extends ReadonlyMap<string, infer S> ? S : never;

function outcomeOf({ outcome, reason }: Signature): Saksi["outcome"] {
  switch (outcome) {
    case "signed-wet":
      return { kind: "signed" };
    case "absent":
      return { kind: "absent" };
    case "refused":
      return { kind: "refused", reason: SIGNATURE_REASONS[reason ?? "not-stated"].id };
  }
}
