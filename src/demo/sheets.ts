/**
 * The sheets of a station in a contest, one after the other, as its story has them: what each says, which phone signs it,
 * which one it replaces. A sheet's bytes follow from the seed, the election and the time at which it was made.
 */
import type { ContestKind, StationCode } from "../election/codes.ts";
import type { District, Model } from "../election/model.ts";
import { typeLine } from "../election/statements.ts";
import type { Hash } from "../ledger/hash.ts";
import type { Signer } from "../ledger/note.ts";
import { signStatement } from "../ledger/statement.ts";
import { exchangeAt } from "./exchange.ts";
import { type Paper, paperOf } from "./figures.ts";
import type { Phone } from "./keys.ts";
import { misreadPaper, type Story, storyOf, writtenPaper } from "./mistakes.ts";
import { districtOf } from "./places.ts";

/** One sending of a sheet. */
export interface Sending {
  readonly phone: Phone;
  readonly paper: Paper;
  /** `first`: it replaces the station's first sheet. */
  readonly replaces: "first" | null;
  /** The very bytes of the first sheet once more. */
  readonly again: boolean;
}

/** A station in a contest: its papers and what its phones make of them. */
export interface Reported {
  readonly story: Story;
  readonly district: District;
  /** What should have been written, and what was. */
  readonly truth: Paper;
  readonly paper: Paper;
  readonly sendings: readonly Sending[];
}

/** What happens to a station's sheet in a contest, the one mistake that is always there included. */
export function storyIn(model: Model, seed: string, station: StationCode, kind: ContestKind): Story {
  return exchangeAt(model, seed, station, kind) === null ? storyOf(seed, station, kind) : "corrected";
}

export function reportedOf(model: Model, seed: string, station: StationCode, kind: ContestKind): Reported {
  const district = districtOf(model, station, kind);
  const exchange = exchangeAt(model, seed, station, kind);
  if (exchange !== null) {
    const { truth, misread } = exchange;
    return {
      story: "corrected",
      district,
      truth,
      paper: truth,
      sendings: sendingsOf("corrected", truth, () => misread),
    };
  }
  const story = storyOf(seed, station, kind);
  const truth = paperOf(model, seed, station, district);
  const paper = writtenPaper(seed, station, district, truth);
  const misread = () => misreadPaper(seed, station, district, paper);
  return { story, district, truth, paper, sendings: sendingsOf(story, paper, misread) };
}

/** Who sends what in a story, whatever stands on the papers. */
export function sendersOf(story: Story): readonly Omit<Sending, "paper">[] {
  return sendingsOf(story, NO_PAPER, () => NO_PAPER);
}
const NO_PAPER: Paper = { figures: [], votes: [], parties: [] };

/** How many sendings a story has. */
export function sendingCount(story: Story): number {
  return sendersOf(story).length;
}

/** How many of them a log holds in the end: the same bytes are stored once. */
export function sheetCount(story: Story): number {
  return story === "twice" ? 1 : sendingCount(story);
}

function sendingsOf(story: Story, paper: Paper, misread: () => Paper): Sending[] {
  const sent = { phone: "first", paper, replaces: null, again: false } as const;
  switch (story) {
    case "silent":
      return [];
    case "misread":
      return [{ ...sent, paper: misread() }];
    case "corrected":
      return [
        { ...sent, paper: misread() },
        { ...sent, replaces: "first" },
      ];
    case "twice":
      return [sent, { ...sent, again: true }];
    case "rival":
      return [sent, { ...sent, phone: "second" }];
    case "differing":
      return [sent, { ...sent, phone: "second", paper: misread() }];
    default:
      return [sent];
  }
}

/** What a station's statements have in common: {@link Paper} and where it belongs. */
export function formOf(station: StationCode, district: District, { figures, votes, parties }: Paper) {
  return { contest: district.contest.kind, district: district.object, figures, parties, station, votes };
}

/** The note of a sheet. `papers`: hash of the list of its photographs; `time`: milliseconds since 1970. */
export function sheetNote(
  election: string,
  station: StationCode,
  { district }: Reported,
  { paper }: Sending,
  { previous, papers, time }: { readonly previous: Hash | null; readonly papers: Hash | null; readonly time: number },
  signer: Signer,
): Uint8Array {
  const body = { ...formOf(station, district, paper), election, papers, previous, time };
  return signStatement(typeLine("sheet"), body, [signer]);
}
