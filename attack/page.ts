/** docs/ATTACK.md, written by the run itself: what was attacked, what was measured, whether it held. */
import { availableParallelism, cpus } from "node:os";
import { type Measured, short } from "../bench/figure.ts";
import type { Played } from "./picture.ts";

function bound({ atMost, atLeast }: Measured): string {
  if (atMost !== undefined) return `≤ ${short(atMost)}`;
  return atLeast === undefined ? "" : `≥ ${short(atLeast)}`;
}

const mark = (figure: Measured): string => (bound(figure) === "" ? "" : figure.ok ? "holds" : "**does not hold**");

/**
 * The page's text. `seconds`: how long the run took; `load`: the machine's before it began, from others' work; `edge`: whether the
 * shipped edge stood before the door.
 */
export function page(
  played: readonly Played[],
  { seconds, load, edge }: { readonly seconds: number; readonly load: number; readonly edge: boolean },
): string {
  const figures = played.flatMap((one) => one.figures);
  const failed = figures.filter(({ ok }) => !ok).length;
  const machine = `${cpus()[0]?.model.trim() ?? "a processor"}, ${availableParallelism()} cores`;
  const busy =
    load < 0.5
      ? "nothing else was at work on it"
      : `before it began ${load.toFixed(1)} programs were waiting for its processors, of other work: delays are those of that machine, and what is measured against a bound in milliseconds or against capacity says little`;
  const rows = played.map(({ name, about, figures: own }) => {
    const lines = own.map(
      (figure) =>
        `| ${figure.what.replace(`${name}: `, "")} | ${short(figure.value)} ${figure.unit} | ${bound(figure)} | ${mark(figure)} |`,
    );
    return `### ${name}\n${about[0]?.toUpperCase()}${about.slice(1)}.\n\n| figure | measured | bound | |\n|---|---|---|---|\n${lines.join("\n")}\n`;
  });
  return `# The attacks, and what they came to

This page is written by \`npm run attack\`, which founds an election of its own, starts the processes of \`teguh start\`, lets thousands of
granted phones send at 40 % of what can be taken and published, and attacks it on this machine alone. ${
    edge
      ? "Phones and attackers knock at the door as it is shipped:\nnginx with its script before it and the kernel's rules before both, in a network of their own; what is called naked goes past them."
      : "Here the door stood without its\nedge: nginx and the kernel's rules could not be had."
  } Phones are timed from the moment
at which they should have sent, so a server that makes them wait cannot hide it; what they get under attack is held against what they
got a moment before, in the same run. What is defended how, and what only others can defend, is in [DEFEND.md](DEFEND.md).

This run: ${machine}, phones, attackers and servers all on it; ${busy}. ${Math.round(seconds / 60)} minutes; ${figures.length} figures, ${failed === 0 ? "all hold" : `${failed} do not hold`}.

![Goodput and delay of honest phones under each attack](img/attack.svg)

${rows.join("\n")}`;
}
