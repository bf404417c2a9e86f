/** The page `docs/RULES.md`, made from the catalogue, so that it says what the program does. */
import { FIGURES, figureLabel } from "./figures.ts";
import { say } from "./messages.ts";
import type { FigureCase, Rule, VotesCase } from "./rule.ts";
import { RULES, RULES_VERSION } from "./rules.ts";

const INTRODUCTION = `# The rules

This page is generated from the catalogue in \`src/election\` (version ${RULES_VERSION}). Codes are stable: they are printed, published and
counted. A rule speaks only where every figure that it names was reported. \`–\` below means "not reported".

**D, malformed: refused**, with every fault named at once and its place in the request: unknown station, contest or district; a
district of another place; a count that is negative, fractional or over the boxes of the form (999; 99,999 for KSK and Pos abroad;
999,999 in an import of the public archive); a wrong number of votes, party totals or figures; an unknown or missing field.

**E, an identity of the form is broken: accepted and flagged.** Some hold the votes out of the count until they are matched.
**W, remarkable: counted**, to be acknowledged with a reason. **X, across levels. P, papers.**

A flag counts every station that reported the figures, with votes or without; only a station with votes can be held.
`;

const HOLDS = { all: "holds all votes of the sheet", party: "holds the lines of that party" } as const;

const JUDGED = {
  tally: "Judged by the tally, which knows more than one statement.",
  desk: "Entered by a person at the desk.",
  papers: "Judged where the photos are kept.",
} as const;

const shown = (values: readonly (number | null)[] | null) =>
  values === null ? "–" : values.map((value) => value ?? "–").join(", ");

const outcome = (fires: boolean) => (fires ? "speaks" : "silent");

function figureRow({ row, fires, kind, station }: FigureCase): string {
  return `| ${shown(row)} | ${[kind, station].filter(Boolean).join(", ")} | ${outcome(fires)} |`;
}

function votesRow({ votes, parties, needs, fires, noken }: VotesCase): string {
  const where = [`votes ${shown(votes)}`];
  if (parties) where.push(`party totals ${shown(parties)}`);
  if (needs.length > 0) where.push(shown(needs));
  return `| ${where.join("; ")} | ${noken ? "noken" : ""} | ${outcome(fires)} |`;
}

function checkLines({ check }: Rule): string[] {
  if (check.on === "elsewhere") return [JUDGED[check.by]];
  const rows = check.on === "figures" ? check.rows : [check.needs];
  const head =
    check.on === "figures"
      ? `Figures: ${rows.map((row) => `\`${row.join(", ")}\``).join("; ")}.`
      : `Figures: \`votes\`${check.needs.map((path) => `, \`${path}\``).join("")}.`;
  const cases = check.on === "figures" ? check.cases.map(figureRow) : check.cases.map(votesRow);
  return [head, "", "| values | where | the rule is |", "|---|---|---|", ...cases];
}

function section(rule: Rule): string {
  const holds = rule.holds === null ? "" : ` **${HOLDS[rule.holds]}**`;
  const superseded = rule.supersededBy === null ? "" : ` Not shown where ${rule.supersededBy} speaks.`;
  const said = (["entry", "plenary", "public"] as const).map((audience) => {
    const { id, en } = say(rule, audience);
    return `- ${audience}: *${id}* / ${en}`;
  });
  const lines = [
    `## ${rule.code}`,
    "",
    `${rule.formula.en} (*${rule.formula.id}*)${holds}`,
    "",
    `Ground: ${rule.ground.en}.${superseded}`,
    "",
    ...checkLines(rule),
    "",
    ...said,
  ];
  return lines.join("\n");
}

function figureTable(): string {
  const rows = FIGURES.map((path, place) => {
    const { id, en } = figureLabel(path);
    return `| ${place} | \`${path}\` | ${id} | ${en} |`;
  });
  return ["## The figures of a sheet", "", "| place | path | label | English |", "|---|---|---|---|", ...rows].join(
    "\n",
  );
}

/** The whole page, as Markdown. */
export function rulesPage(): string {
  return `${[INTRODUCTION, ...RULES.map((rule) => `${section(rule)}\n`), figureTable()].join("\n")}\n`;
}
