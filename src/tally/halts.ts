/**
 * What halts a region, and what lifts it, in one log's view.
 *
 * A higher level halts and resumes by orders in its own log, which bind a hall from where its log has seen them. A hall without
 * a link gets the same order on paper: its chair and a second person enter it into the hall's own log (`paper-order`), with its
 * number. What is entered so acts on this hall alone, and only until its log has seen the real order of that number: then the
 * real one rules, whatever the paper said. If no such order ever comes, the entry stands there for everyone to see.
 */
import { isWithin, type RegionCode } from "../election/codes.ts";
import type { LogState } from "./logs.ts";
import type { Halt, PaperOrder, Plenary } from "./plenary.ts";

/** How far a log had seen the others, now or at any point of its history. */
export type Sight = Pick<LogState, "sees">;

/** What of a plenary bears on halts. */
export type Orders = Pick<Plenary, "region" | "log" | "halts" | "resumes" | "paperOrders">;

/** An order that halts a region. */
export interface StandingHalt {
  readonly order: string;
  /** Whose plenary gave it; the halted region's own if it was entered there from paper. */
  readonly by: RegionCode;
  readonly onPaper: boolean;
}

/**
 * The orders that halt a region in a log's view, its own level's first; none if it may go on.
 *
 * @param chain the plenaries with a say in the region, its own first
 */
export function haltsOn(view: Sight, chain: readonly Orders[], region: RegionCode): StandingHalt[] {
  const orders: StandingHalt[] = [];
  const papers = standingPapers(view, chain);
  for (let at = 0; at < chain.length; at++) {
    const plenary = chain[at];
    if (!plenary || plenary.halts.length === 0) continue;
    const known = view.sees(plenary.log);
    for (const halt of plenary.halts) {
      if (halt.index >= known || !namesRegion(halt, region)) continue;
      if (!isLifted(view, chain, at, halt, region) && !isLiftedOnPaper(papers, at, plenary, halt))
        orders.push({ order: halt.order, by: plenary.region, onPaper: false });
    }
  }
  for (const paper of papers) {
    if (paper.kind === "halt" && !isPaperLifted(view, chain, papers, paper, region))
      orders.push({ order: paper.order, by: region, onPaper: true });
  }
  return orders;
}

/**
 * A halt is lifted by a later resumption of its own log, or by one from above that its log had not seen when it halted: an
 * old resumption lifts nothing new.
 */
function isLifted(view: Sight, chain: readonly Orders[], at: number, halt: Halt, region: RegionCode): boolean {
  for (let i = at; i < chain.length; i++) {
    const plenary = chain[i];
    if (!plenary) continue;
    const known = view.sees(plenary.log);
    const from = i > at ? (halt.knew.get(plenary.log) ?? 0) : halt.index;
    for (const resume of plenary.resumes) {
      if (resume.index >= from && resume.index < known && namesRegion(resume, region)) return true;
    }
  }
  return false;
}

/** The paper orders of the region's own log whose number no real order in view has. */
function standingPapers(view: Sight, chain: readonly Orders[]): readonly PaperOrder[] {
  const papers = chain[0]?.paperOrders ?? NONE;
  if (papers.length === 0) return NONE;
  const above = chain.slice(1);
  const isReal = (number: string) =>
    above.some(({ log, halts, resumes }) => {
      const known = view.sees(log);
      return [...halts, ...resumes].some(({ order, index }) => order === number && index < known);
    });
  return papers.filter(({ order }) => !isReal(order));
}

/** Whether a resumption on paper lifts a real halt: one that the hall's log had seen when the paper was entered. */
function isLiftedOnPaper(papers: readonly PaperOrder[], at: number, { log }: Orders, { index }: Halt): boolean {
  return papers.some((paper) => {
    const knew = at === 0 ? paper.index : (paper.knew.get(log) ?? 0);
    return paper.kind === "resume" && index < knew;
  });
}

/** A halt on paper is lifted by a later resumption on paper, or by a real one that the hall had not seen when it was entered. */
function isPaperLifted(
  view: Sight,
  chain: readonly Orders[],
  papers: readonly PaperOrder[],
  { index, knew }: PaperOrder,
  region: RegionCode,
): boolean {
  if (papers.some((later) => later.kind === "resume" && later.index > index)) return true;
  return chain.some((plenary, at) => {
    const known = view.sees(plenary.log);
    const from = at === 0 ? index : (knew.get(plenary.log) ?? 0);
    return plenary.resumes.some(
      (resume) => resume.index >= from && resume.index < known && namesRegion(resume, region),
    );
  });
}

function namesRegion({ regions }: Halt, region: RegionCode): boolean {
  return regions.some((named) => isWithin(region, named as RegionCode));
}

const NONE: readonly PaperOrder[] = [];
