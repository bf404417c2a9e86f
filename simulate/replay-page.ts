/** docs/REPLAY.md, written by the run itself: what happened in the three days, and what it came to. */

import { type Course, DAYS, LAST_LINE, localHour, type Moment } from "./three-days.ts";
import type { Account } from "./watch.ts";

/** Falls of an account that are shown; the rest is counted. */
const SHOWN = 10;
const HOUR = 3_600_000;

const number = (value: number): string => value.toLocaleString("en");
const when = (at: number): string =>
  `${new Date(at + 8 * HOUR).getUTCDate()} February at ${String(localHour(at)).padStart(2, "0")}.00`;

/** What both runs, put beside each other, came to. */
export interface Replayed {
  readonly seed: string;
  readonly course: Course;
  readonly orderly: Course;
  /** Published numbers of votes that are the same in both. */
  readonly equal: number;
  readonly accounts: readonly Account[];
}

/** The page's text. */
export function page({ seed, course, orderly, equal, accounts }: Replayed): string {
  const { bali, moments, attempts, halted, inVain, relayed, watch } = course;
  const { before, after } = drainOf(moments);
  const waiting = before.here - before.there;
  const alone = before.halls.filter(({ isHalted }) => !isHalted);
  const finished = alone.filter(({ toRead }) => toRead === 0).length;
  const { length: falls } = accounts.flatMap((account) => account.falls);
  const shown = accounts.find(({ book }) => book === "recap");
  const end = moments.at(-1)?.at ?? 0;
  return `# The three days of 2024, replayed

In February 2024 the server of the recapitulation was flooded, the order came to halt, and committees that had all their papers on the
table sat and waited for a server. Here the same three days pass over a country that runs this program.

This page and its pictures are written by \`npm run replay\`, on simulated machines with a simulated clock, in one process: a centre, and a laptop
in each of the ${bali.halls.length} kecamatan of Bali, which really sign, store, send, check and fold. **All votes, people and hours are invented**; they follow
from the seed \`${seed}\`, so whoever runs it again gets this page to the byte. ${number(bali.model.stationCount)} stations, five contests, ${number(bali.model.stationCount * 5)} forms to be read.

\`\`\`
npm run replay
npm run replay -- --stations 12809 --seed another
\`\`\`

## What happens

| when (WITA) | what | what it came to |
|---|---|---|
| ${when(DAYS.opened)} | the halls begin to read, each with a line to the centre | |
| ${when(DAYS.flooded)} | the centre is flooded: attempts do not get through, or break off | ${number(attempts.flood)} attempts, ${number(attempts.whole)} brought everything |
| ${when(DAYS.halted)} | the province orders a halt | it reaches the logs of ${halted.length} halls |
| ${when(DAYS.dead)} | the centre is dead, for 72 hours | ${number(attempts.dead)} attempts in vain; ${bali.halls.length - halted.length} halls read on alone, and ${finished} of them finish |
| meanwhile | phones hand their sheets to the laptop in their hall | ${number(relayed)} sheets held and brought later |
| ${when(DAYS.resumed)} | the centre is there again; the order to resume is given | ${number(waiting)} statements wait in the halls |
| until ${when(DAYS.resumed + LAST_LINE * HOUR)} | lines come back, in any order | ${number(after.taken - before.taken)} statements of the halls taken in, ${((after.sent - before.sent) / (after.taken - before.taken)).toFixed(2)} sends for each |
| ${when(end)} | all is read, and all is at the centre | without any of this: ${when(orderly.moments.findLast(({ there }, i, all) => there !== all[i - 1]?.there)?.at ?? 0)} |

![How each hall stood in each hour](img/replay-halls.svg)

**A halt binds a hall from where its log has seen the order**, and nowhere else. What was read before stands. One operator in a halted hall read
${inVain} more forms all the same: they stand in the log, signed, and move nothing, and nothing else in any log is void. The halls
that never heard of the order lost nothing by it: their readings stand, and when their lines came back they learnt of the halt and its end at once.

![Statements of the halls, on their laptops and at the centre](img/replay-statements.svg)

## What it came to

- **The votes of both books are those of an undisturbed country**: the same halls, papers and hours, and a centre that was always there. ${number(equal)}
  numbers were compared, for every choice from the nation down to each kecamatan.
- **No counter ever fell.** Whenever something had come in, both counters of every account were compared with what they had been: ${number(watch.counters.compared)} times a
  counter was looked at, and it had grown or stayed.
- **Every fall in anybody's votes is a posting**, with its station, before, after and the statement that caused it. ${number(accounts.length)} accounts had lost votes at some
  time, by ${number(falls)} postings; of each the postings add up to its counter of removed votes, exactly.

![Valid votes read in the plenaries, as the centre has them, beside an undisturbed country](img/replay-votes.svg)

${shown === undefined ? "" : accountOf(shown)}`;
}

/** The last hour of the dead centre, and the one after which every line is back. */
function drainOf(moments: readonly Moment[]): { readonly before: Moment; readonly after: Moment } {
  const before = moments.find(({ at }) => at === DAYS.resumed - HOUR);
  const after = moments.find(({ at }) => at === DAYS.resumed + LAST_LINE * HOUR);
  if (before === undefined || after === undefined) throw new RangeError("the days ended too early");
  return { before, after };
}

function accountOf({ contest, name, added, removed, falls }: Account): string {
  const rows = falls.slice(0, SHOWN).map(({ station, before, after, reason, log, index }) => {
    return `| ${station} | ${before} | ${after} | −${before - after} | ${reason ?? ""} | \`${log}\` ${index} |`;
  });
  const rest = falls.slice(SHOWN);
  const restLine =
    rest.length === 0
      ? []
      : [`| ${rest.length} more | | | −${rest.reduce((sum, { before, after }) => sum + before - after, 0)} | | |`];
  return `### A candidate's account

Of all who were read in the plenaries **${name}** (\`${contest}\`) lost most: ${number(added)} votes added, ${number(removed)} removed, ${number(added - removed)} in the end. Why:

| station | before | after | | reason | entry |
|---|---|---|---|---|---|
${[...rows, ...restLine].join("\n")}

The public page at the end, and in it why this candidate's votes changed in one kecamatan. The browser has verified every number that it shows.

![The public page of the province when all was read](img/replay-public.png)

![Why a candidate's votes changed in a kecamatan](img/replay-account.png)
`;
}
