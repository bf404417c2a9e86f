/**
 * A paper as a page of plain html: no script, no request but for itself, readable by the oldest browser and by a screen
 * reader. Its one style sheet stands inside and is named by its hash in the page's own policy, so that nothing else may run.
 */
import { toBase64, utf8 } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";
import type { Paper, PaperTable } from "./paper.ts";

const STYLE = `:root{color-scheme:light dark;--ink:light-dark(#15201e,#e9efed);--ground:light-dark(#f7f7f4,#0f1413);--muted:light-dark(#53605c,#a6b4b0);--line:light-dark(#d5dbd8,#323e3b);--accent:light-dark(#0a5c5c,#6fd0c8)}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
h1{font-size:1.625rem;line-height:1.2;margin:.5rem 0}
p{margin:.25rem 0;max-width:70ch}
.mark{padding:.5rem 1rem;background:var(--ink);color:var(--ground);font-weight:650}
.small,.foot{font-size:.875rem;color:var(--muted)}
nav{display:flex;flex-wrap:wrap;gap:0 1rem}
nav a,td a,th a{display:inline-block;min-height:2.75rem;padding:.6rem 0}
a{color:var(--accent)}
table{width:100%;border-collapse:collapse;margin:1.5rem 0}
caption{text-align:start;font-weight:650;padding-bottom:.5rem}
th,td{padding:.4rem .5rem;border-top:1px solid var(--line);text-align:start;vertical-align:top;font-weight:400}
thead th{font-size:.875rem;color:var(--muted);font-weight:600;border:0}
.n{text-align:end}
dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.15rem 1rem;margin:1rem 0;font-size:.875rem}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}
pre{padding:.75rem;background:light-dark(#eff1ee,#1f2826);white-space:pre-wrap;overflow-wrap:anywhere}
li{padding:.2rem 0}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;

const POLICY = `default-src 'none'; style-src 'sha256-${toBase64(sha256(utf8(STYLE)))}'; img-src 'self'; base-uri 'none'; form-action 'none'`;

export interface HtmlOptions {
  /** Links above the tables: address and words; the one without an address is where one is. */
  readonly links?: readonly (readonly [address: string | null, words: string])[];
  /** The address of a row's region; null where it has no page. */
  readonly addressOf?: (region: string) => string | null;
  /** More html between the facts and the tables; trusted. */
  readonly before?: string;
  /** More html after the tables; trusted. */
  readonly after?: string;
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

export const linkHtml = (address: string, words: string): string =>
  `<a href="${escapeHtml(address)}">${escapeHtml(words)}</a>`;

/** A page of its own around some html; `title` is text, `body` trusted. */
export function pageHtml(title: string, language: "id" | "en", body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** The whole page of a paper. */
export function paperHtml(paper: Paper, options: HtmlOptions): string {
  const { links = [], before = "", after = "" } = options;
  const navigation = links.map(([address, words]) =>
    address === null ? `<strong>${escapeHtml(words)}</strong>` : linkHtml(address, words),
  );
  const body = [
    "<header>",
    paper.mark === null ? "" : `<p class="mark">${escapeHtml(paper.mark)}</p>`,
    navigation.length > 0
      ? `<nav aria-label="${paper.language === "id" ? "Halaman" : "Pages"}">${navigation.join(" ")}</nav>`
      : "",
    "</header>",
    "<main>",
    `<h1>${escapeHtml(paper.title)}</h1>`,
    `<p>${escapeHtml(paper.note)}</p>`,
    `<dl>${paper.facts.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>`,
    before,
    ...paper.tables.filter(({ rows }) => rows.length > 0).map((table) => tableHtml(table, options.addressOf)),
    after,
    "</main>",
    `<footer><p class="foot">${escapeHtml(paper.foot)}</p></footer>`,
  ];
  return pageHtml(`${paper.title} · Teguh`, paper.language, body.filter((part) => part !== "").join("\n"));
}

/** A table as html; the first cell of a row names it. */
export function tableHtml(
  { title, columns, rows, regions }: PaperTable,
  addressOf: (region: string) => string | null = () => null,
): string {
  const kinds = columns.map(({ kind }) => (kind === "number" ? ' class="n"' : ""));
  const head = columns.map((column, i) => `<th scope="col"${kinds[i]}>${escapeHtml(column.title)}</th>`).join("");
  const body = rows.map((row, at) => {
    const [name = "", ...cells] = row;
    const address = addressOf(regions?.[at] ?? "");
    const first = address === null ? escapeHtml(name) : linkHtml(address, name);
    const others = cells.map((cell, i) => `<td${kinds[i + 1]}>${escapeHtml(cell)}</td>`).join("");
    return `<tr><th scope="row">${first}</th>${others}</tr>`;
  });
  return `<div class="wide" role="region" aria-label="${escapeHtml(title)}" tabindex="0"><table><caption>${escapeHtml(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}
