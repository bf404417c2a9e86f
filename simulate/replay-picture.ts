/**
 * The pictures of the three days: every hall in every hour, statements here and at the centre, and the votes that the centre
 * published beside those of an undisturbed country. Plain SVG made from the run's own figures, readable in light and dark.
 */
import { type Course, DAYS, type HallHour, type Moment } from "./three-days.ts";

const WIDTH = 800;
const PLOT = { left: 76, right: 20, top: 46, bottom: 52 };
const HALL = 6;
const HEIGHT = 240;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Between two lines of the vertical scale there are at least so many pixels. */
const LEAST_APART = 36;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #374151 }
  .frame { fill: none; stroke: #9ca3af }
  .grid { stroke: #9ca3af; stroke-width: .5; opacity: .6 }
  .flood { fill: #b45309; opacity: .12 }
  .dead { fill: #374151; opacity: .14 }
  .order { stroke: #b45309; stroke-width: 1.5 }
  .linked { fill: #0f766e }
  .alone { fill: #64748b }
  .waiting { fill: #cbd5e1 }
  .halted { fill: #f59e0b }
  .done { fill: #99d5cd }
  .first { fill: none; stroke: #0f766e; stroke-width: 2 }
  .second { fill: none; stroke: #64748b; stroke-width: 2; stroke-dasharray: 5 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #d1d5db }
    .dead { fill: #d1d5db }
    .linked { fill: #2dd4bf } .alone { fill: #94a3b8 } .waiting { fill: #475569 } .done { fill: #115e59 }
    .first { stroke: #2dd4bf } .second { stroke: #94a3b8 }
  }
`;

/** How a hall is shown in an hour, with what the legend says of it. */
const STATES = {
  linked: "reads, with a line",
  alone: "reads alone",
  waiting: "has read all, no line",
  halted: "halted",
  done: "all at the centre",
} as const;

function stateOf({ isHalted, isLinked, toRead }: HallHour): keyof typeof STATES {
  if (isHalted) return "halted";
  if (toRead === 0) return isLinked ? "done" : "waiting";
  return isLinked ? "linked" : "alone";
}

/** A row for every hall, a column for every hour. */
export function hallsPicture({ moments, bali }: Course): string {
  const height = PLOT.top + bali.halls.length * HALL + PLOT.bottom;
  const time = timeOf(moments);
  const rows = bali.halls.map((_, row) => {
    const y = PLOT.top + row * HALL;
    return runsOf(moments, row)
      .map(({ state, from, to }) => {
        const [left, right] = [time(from), time(to)];
        return `<rect class="${state}" x="${left}" y="${y}" width="${fixed(right - left)}" height="${HALL - 1}"/>`;
      })
      .join("");
  });
  const entries = Object.entries(STATES).map(([state, words], i) => {
    const x = PLOT.left + i * 148;
    return `<rect class="${state}" x="${x}" y="${height - 17}" width="10" height="10"/><text x="${x + 15}" y="${height - 8}">${words}</text>`;
  });
  const label = `<text x="8" y="${PLOT.top + 10}">${bali.halls.length} halls</text>`;
  return svg("How each hall stood in each hour of the days", height, [
    ...days(moments, height - PLOT.bottom),
    label,
    ...rows,
    ...orders(moments, height - PLOT.bottom),
    ...entries,
  ]);
}

/** Hours that follow one another in the same state are one rectangle. */
function runsOf(moments: readonly Moment[], row: number) {
  const runs: { state: keyof typeof STATES; from: number; to: number }[] = [];
  for (const { at, halls } of moments) {
    const hour = halls[row];
    if (hour === undefined) continue;
    const state = stateOf(hour);
    const last = runs.at(-1);
    if (last?.state === state) last.to = at + HOUR;
    else runs.push({ state, from: at, to: at + HOUR });
  }
  return runs;
}

/** What the halls have stated, on their laptops and at the centre. */
export function statementsPicture({ moments }: Course): string {
  return chart("Statements of the halls, on their laptops and at the centre", moments, [
    { name: "at the centre", style: "first", points: moments.map(({ at, there }) => [at, there]) },
    { name: "on the laptops", style: "second", points: moments.map(({ at, here }) => [at, here]) },
  ]);
}

/** The votes that were read in the plenaries, as the centre published them, beside those of the undisturbed country. */
export function votesPicture({ moments }: Course, orderly: Course): string {
  return chart("Valid votes read in the plenaries, of all five contests together, as the centre has them", moments, [
    { name: "these days", style: "first", points: moments.map(({ at, votes }) => [at, votes]) },
    {
      name: "an undisturbed country",
      style: "second",
      points: orderly.moments.map(({ at, votes }) => [at, votes]),
    },
  ]);
}

interface Line {
  readonly name: string;
  readonly style: "first" | "second";
  readonly points: readonly (readonly [at: number, value: number])[];
}

function chart(title: string, moments: readonly Moment[], lines: readonly Line[]): string {
  const bottom = HEIGHT - PLOT.bottom;
  const time = timeOf(moments);
  const most = Math.max(...lines.flatMap(({ points }) => points.map(([, value]) => value)));
  const step = stepOf(most, bottom - PLOT.top);
  const top = Math.ceil(most / step) * step;
  const y = (value: number) => fixed(bottom - (value / top) * (bottom - PLOT.top));
  const grid = Array.from({ length: top / step + 1 }, (_, i) => {
    const at = y(i * step);
    const line = `<line class="grid" x1="${PLOT.left}" y1="${at}" x2="${WIDTH - PLOT.right}" y2="${at}"/>`;
    return `${line}<text x="${PLOT.left - 6}" y="${at + 4}" text-anchor="end">${(i * step).toLocaleString("en")}</text>`;
  });
  const drawn = lines.map(({ style, points }) => {
    const path = points.map(([at, value]) => `${time(at + HOUR)},${y(value)}`).join(" ");
    return `<polyline class="${style}" points="${path}"/>`;
  });
  const legend = lines.map(({ name, style }, i) => {
    const x = PLOT.left + i * 180;
    return `<line class="${style}" x1="${x}" y1="${HEIGHT - 12}" x2="${x + 24}" y2="${HEIGHT - 12}"/><text x="${x + 30}" y="${HEIGHT - 8}">${name}</text>`;
  });
  return svg(title, HEIGHT, [...days(moments, bottom), ...grid, ...drawn, ...orders(moments, bottom), ...legend]);
}

/** The orders, over all else. */
function orders(moments: readonly Moment[], bottom: number): string[] {
  const time = timeOf(moments);
  const order = (words: string, at: number) =>
    `<line class="order" x1="${time(at)}" y1="${PLOT.top - 30}" x2="${time(at)}" y2="${bottom}"/>` +
    `<text x="${fixed(time(at) + 4)}" y="${PLOT.top - 20}">${words}</text>`;
  return [order("order to halt", DAYS.halted), order("order to resume, 09.00 WITA", DAYS.resumed)];
}

/** The flood, the dead centre, and midnights. */
function days(moments: readonly Moment[], bottom: number): string[] {
  const time = timeOf(moments);
  const height = bottom - PLOT.top;
  const span = (kind: string, from: number, to: number) =>
    `<rect class="${kind}" x="${time(from)}" y="${PLOT.top - 16}" width="${fixed(time(to) - time(from))}" height="${height + 16}"/>`;
  const word = (words: string, at: number, y: number) => `<text x="${fixed(time(at) + 4)}" y="${y}">${words}</text>`;
  const first = moments[0]?.at ?? 0;
  const last = moments.at(-1)?.at ?? 0;
  const midnights: string[] = [];
  for (let at = Math.ceil((first + 8 * HOUR) / DAY) * DAY - 8 * HOUR; at < last; at += DAY) {
    const day = new Date(at + 8 * HOUR).getUTCDate();
    midnights.push(
      `<line class="grid" x1="${time(at)}" y1="${bottom}" x2="${time(at)}" y2="${bottom + 5}"/>${word(`${day} Feb`, at, bottom + 15)}`,
    );
  }
  return [
    span("flood", DAYS.flooded, DAYS.dead),
    span("dead", DAYS.dead, DAYS.resumed),
    `<rect class="frame" x="${PLOT.left}" y="${PLOT.top}" width="${WIDTH - PLOT.left - PLOT.right}" height="${height}"/>`,
    word("flooded", DAYS.flooded, PLOT.top - 4),
    word("the centre is dead", DAYS.dead, PLOT.top - 4),
    ...midnights,
  ];
}

function timeOf(moments: readonly Moment[]): (at: number) => number {
  const first = moments[0]?.at ?? 0;
  const last = (moments.at(-1)?.at ?? 0) + HOUR;
  return (at) => fixed(PLOT.left + ((at - first) / (last - first)) * (WIDTH - PLOT.left - PLOT.right));
}

/** The smallest of 1, 2, 5, 10, 20, … that leaves enough room between two lines. */
function stepOf(most: number, height: number): number {
  for (let power = 1; ; power *= 10)
    for (const digit of [1, 2, 5]) if ((digit * power * height) / most >= LEAST_APART) return digit * power;
}

const fixed = (value: number): number => Number(value.toFixed(1));

function svg(title: string, height: number, parts: readonly string[]): string {
  const about = `${title}. Simulation: all votes are invented.`;
  const mark = `<text x="${WIDTH - PLOT.right}" y="14" text-anchor="end">SIMULASI</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${about}">` +
    `<style>${STYLE}</style>\n${mark}\n${parts.join("\n")}\n</svg>\n`
  );
}
