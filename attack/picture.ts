/**
 * The picture of a run: for each attack with honest phones beside it, which share of their sheets had its receipt within two seconds,
 * and the 99th percentile of the delay, over time; the attack's own time is shaded. Plain SVG, readable in light and dark.
 */
import type { Measured } from "../bench/figure.ts";
import type { Outcome } from "./attack-of.ts";
import { moments } from "./course.ts";

/** An attack with what it gave. */
export interface Played {
  readonly name: string;
  readonly about: string;
  readonly figures: readonly Measured[];
  readonly course: Outcome["course"];
}

const WIDTH = 340;
const HEIGHT = 150;
const COLUMNS = 3;
const PLOT = { left: 34, right: 44, top: 30, bottom: 24 };
/** Milliseconds at the top of the scale of delays, which is logarithmic from one on. */
const SLOWEST = 20_000;

const STYLE = `
  text { font: 11px system-ui, sans-serif; fill: #333 }
  .name { font-weight: 600; font-size: 13px }
  .frame { fill: none; stroke: #bbb }
  .attack { fill: #b45309; opacity: .12 }
  .good { fill: none; stroke: #0f766e; stroke-width: 2 }
  .slow { fill: none; stroke: #6b7280; stroke-width: 1.2; stroke-dasharray: 3 2 }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } .frame { stroke: #555 } .good { stroke: #2dd4bf } .slow { stroke: #9ca3af } }
`;

/** The picture's text. */
export function picture(played: readonly Played[]): string {
  const shown = played.filter(({ course }) => course !== undefined);
  const rows = Math.ceil(shown.length / COLUMNS);
  const panels = shown.map((one, i) => {
    const [x, y] = [(i % COLUMNS) * WIDTH, Math.floor(i / COLUMNS) * HEIGHT];
    return `<g transform="translate(${x} ${y})">${panel(one)}</g>`;
  });
  const [width, height] = [COLUMNS * WIDTH, rows * HEIGHT + 24];
  const legend = `<text x="${PLOT.left}" y="${height - 8}">thick: share of honest sheets with a receipt within 2 s (left); dashed: p99 of the delay (right, logarithmic); shaded: under attack</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" ` +
    `aria-label="Goodput and delay of honest phones over time, for each attack"><style>${STYLE}</style>\n` +
    `${panels.join("\n")}\n${legend}</svg>\n`
  );
}

function panel({ name, course }: Played): string {
  if (course === undefined) return "";
  const points = moments(course.sendings);
  const end = Math.max(...points.map(({ at }) => at), course.to);
  const inner = { width: WIDTH - PLOT.left - PLOT.right, height: HEIGHT - PLOT.top - PLOT.bottom };
  const x = (at: number) => PLOT.left + (at / end) * inner.width;
  const share = (value: number) => PLOT.top + (1 - value) * inner.height;
  const delay = (value: number) =>
    PLOT.top + (1 - Math.min(1, Math.log10(Math.max(1, value)) / Math.log10(SLOWEST))) * inner.height;
  const line = (y: (moment: (typeof points)[number]) => number) =>
    points.map((moment) => `${x(moment.at).toFixed(1)},${y(moment).toFixed(1)}`).join(" ");
  const right = WIDTH - PLOT.right + 4;
  return [
    `<text class="name" x="${PLOT.left}" y="18">${name}</text>`,
    `<rect class="attack" x="${x(course.from).toFixed(1)}" y="${PLOT.top}" width="${(x(course.to) - x(course.from)).toFixed(1)}" height="${inner.height}"/>`,
    `<rect class="frame" x="${PLOT.left}" y="${PLOT.top}" width="${inner.width}" height="${inner.height}"/>`,
    `<text x="4" y="${share(1) + 8}">100</text><text x="10" y="${share(0)}">0 %</text>`,
    `<text x="${right}" y="${delay(1_000) + 4}">1 s</text><text x="${right}" y="${delay(10) + 4}">10 ms</text>`,
    `<text x="${PLOT.left}" y="${HEIGHT - 8}">0</text><text x="${WIDTH - PLOT.right - 20}" y="${HEIGHT - 8}">${Math.round(end / 1000)} s</text>`,
    `<polyline class="slow" points="${line(({ p99 }) => delay(Number.isFinite(p99) ? p99 : SLOWEST))}"/>`,
    `<polyline class="good" points="${line(({ inTime }) => share(inTime))}"/>`,
  ].join("");
}
