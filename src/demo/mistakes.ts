/**
 * What goes wrong between the ballots and the sheet that a phone sends: officers who add up wrongly at two in the morning,
 * ballots that walk away, phones that misread a digit, sheets sent twice, two phones at one station, a phone that never gets
 * through. Which of these happens where follows from the seed.
 */
import { CONTEST_KINDS, type ContestKind, type StationCode } from "../election/codes.ts";
import { FIGURE } from "../election/figures.ts";
import type { District } from "../election/model.ts";
import type { ReadingReason } from "../election/sheet.ts";
import { type Paper, partyTotals } from "./figures.ts";
import { Chance } from "./random.ts";

/**
 * `plain`: the sheet says what the paper says. `paper`: the paper itself does not add up, and the plenary mends it.
 * `unmendable`: a ballot is missing; the plenary adopts the paper with a note. `corrected`: misread, and corrected by the phone.
 * `misread`: misread, and only the plenary notices. `twice`: sent twice. `rival`: a second phone sends the same paper,
 * `differing`: and reads it differently. `silent`: no phone gets through.
 */
export type Story =
  | "plain"
  | "paper"
  | "unmendable"
  | "corrected"
  | "misread"
  | "twice"
  | "rival"
  | "differing"
  | "silent";

/** Out of a thousand sheets; all others are plain. */
const STORIES: readonly (readonly [Story, number])[] = [
  ["paper", 24],
  ["unmendable", 6],
  ["corrected", 20],
  ["misread", 8],
  ["twice", 10],
  ["rival", 7],
  ["differing", 3],
  ["silent", 3],
];

/** What happens to a station's sheet in a contest. */
export function storyOf(seed: string, station: StationCode, kind: ContestKind): Story {
  let drawn = new Chance(seed, `story ${station} ${kind}`).below(1000);
  for (const [story, share] of STORIES) {
    if (drawn < share) return story;
    drawn -= share;
  }
  return "plain";
}

/** What the officers wrote, where `truth` is what they should have written. */
export function writtenPaper(seed: string, station: StationCode, district: District, truth: Paper): Paper {
  const { kind } = district.contest;
  const story = storyOf(seed, station, kind);
  const chance = new Chance(seed, `paper ${station} ${kind}`);
  if (story === "unmendable") return ballotMissing(truth, district);
  return story === "paper" ? addedWrongly(truth, district, chance) : truth;
}

/** What a phone made of the paper when it did not read it well. */
export function misreadPaper(seed: string, station: StationCode, district: District, paper: Paper): Paper {
  const chance = new Chance(seed, `misread ${station} ${district.contest.kind}`);
  return chance.happens(0.6) ? wrongRow(paper, district, chance) : digitAdded(paper, district, chance);
}

/** Why the plenary changes a sheet of this story. */
export const REASONS: Readonly<Partial<Record<Story, ReadingReason>>> = {
  paper: "sum-error",
  unmendable: "ballot-missing",
  corrected: "photo-misread",
  misread: "photo-misread",
  differing: "photo-misread",
  silent: "sheet-missing",
};

type Figures = Partial<Record<keyof typeof FIGURE, number>>;

function withFigures(paper: Paper, change: Figures): number[] {
  const figures = [...paper.figures];
  for (const [path, value] of Object.entries(change)) figures[FIGURE[path as keyof typeof FIGURE]] = value;
  return figures;
}

const figure = (paper: Paper, path: keyof typeof FIGURE) => paper.figures[FIGURE[path]] ?? 0;

/** One of the sums of the form is wrong: of the votes, of valid and invalid, of the sexes, or of a party. */
function addedWrongly(paper: Paper, district: District, chance: Chance): Paper {
  const by = 1 + chance.below(9);
  const sort = chance.next();
  if (sort < 0.4)
    return { ...paper, figures: withFigures(paper, { valid: figure(paper, "valid") + by, ...totals(paper, by) }) };
  if (sort < 0.6) return { ...paper, figures: withFigures(paper, { total: figure(paper, "total") + by }) };
  if (sort < 0.8 && paper.parties.length > 0) {
    const party = chance.below(district.parties.length);
    return { ...paper, parties: paper.parties.map((total, i) => (i === party ? total + by : total)) };
  }
  return { ...paper, figures: withFigures(paper, { "voters.dpt.male": figure(paper, "voters.dpt.male") + by }) };
}

/** The total that follows a wrong number of valid votes. */
const totals = (paper: Paper, by: number): Figures => ({ total: figure(paper, "total") + by });

/** A voter has taken the ballot home: one vote fewer than voters, and nobody can mend that. */
function ballotMissing(paper: Paper, district: District): Paper {
  const column = largest(paper.votes);
  const votes = paper.votes.map((count, i) => (i === column ? count - 1 : count));
  const figures = withFigures(paper, { valid: figure(paper, "valid") - 1, total: figure(paper, "total") - 1 });
  return { figures, votes, parties: partyTotals(votes, district) };
}

/** The largest number was entered on a neighbouring row: all sums hold, and the wrong choice has the votes. */
function wrongRow(paper: Paper, district: District, chance: Chance): Paper {
  const column = largest(paper.votes);
  const other = column + 1 < paper.votes.length && (column === 0 || chance.happens(0.5)) ? column + 1 : column - 1;
  const votes = [...paper.votes];
  [votes[column], votes[other]] = [paper.votes[other] ?? 0, paper.votes[column] ?? 0];
  // Two rows that say the same cannot be mistaken for each other.
  if (votes[column] === votes[other]) return digitAdded(paper, district, chance);
  return { ...paper, votes, parties: partyTotals(votes, district) };
}

/** A number gains a digit, 16 becomes 160, and no sum holds; the form has three boxes. */
function digitAdded(paper: Paper, district: District, chance: Chance): Paper {
  const short = paper.votes.flatMap((count, i) => (count > 0 && count < 100 ? [i] : []));
  const column = short.length > 0 ? chance.pick(short) : largest(paper.votes);
  const votes = paper.votes.map((count, i) => (i === column ? Math.min(999, count * 10 + chance.below(10)) : count));
  return { ...paper, votes, parties: partyTotals(votes, district).map((total) => Math.min(999, total)) };
}

function largest(votes: readonly number[]): number {
  return votes.indexOf(Math.max(...votes));
}

/** What a count in the hall finds: a few ballots that lay on the wrong pile. */
export function recountedPaper(seed: string, station: StationCode, district: District, paper: Paper): Paper {
  const chance = new Chance(seed, `recounted ${station} ${district.contest.kind}`);
  const from = largest(paper.votes);
  const to = (from + 1 + chance.below(paper.votes.length - 1)) % paper.votes.length;
  const moved = Math.min(paper.votes[from] ?? 0, 1 + chance.below(4));
  const votes = paper.votes.map((count, i) => count + (i === to ? moved : 0) - (i === from ? moved : 0));
  return { ...paper, votes, parties: partyTotals(votes, district) };
}

/** Whether a station has a second phone, which it needs in one contest or another. */
export function hasSecondPhone(seed: string, station: StationCode): boolean {
  return CONTEST_KINDS.some((kind) => ["rival", "differing"].includes(storyOf(seed, station, kind)));
}
