/**
 * The top levels as plain html, for readers without JavaScript: nation and provinces in every contest, in both languages.
 * Nothing on them is verified by the reader's browser; each names its edition, and the page that verifies.
 */
import { CONTEST_KINDS, type ContestKind, type RegionCode } from "../election/codes.ts";
import { CONTEST_NAMES, type Facts } from "../export/facts.ts";
import { type Language, regionPaper } from "../export/paper.ts";
import { escapeHtml, linkHtml, pageHtml, paperHtml } from "../export/paper-html.ts";
import type { EditionRoots } from "../export/places.ts";
import { hashIn, type ObjectSource, rowsOf, textOf } from "../export/source.ts";

const LANGUAGES: readonly Language[] = ["id", "en"];

const WORDS = {
  id: {
    other: "English",
    page: "Halaman yang memeriksa angkanya sendiri",
    feed: "Umpan perubahan (Atom)",
    top: "Nasional",
  },
  en: {
    other: "Bahasa Indonesia",
    page: "The page that checks its own figures",
    feed: "Feed of changes (Atom)",
    top: "National",
  },
} as const;

/** Where a page lies below the public folder. */
const plainPath = (language: Language, contest: ContestKind, region: string): string =>
  `plain/${language}/${contest}/${region}.html`;

/** A page: its path below the public folder, and its text. */
export type PlainPage = readonly [path: string, html: string];

/** The pages of an edition; a province without any report has none. */
export async function* plainPages(
  source: ObjectSource,
  edition: EditionRoots,
  facts: Facts,
): AsyncGenerator<PlainPage> {
  const contests = CONTEST_KINDS.filter((kind) => edition.results[kind] !== undefined);
  for (const contest of contests) {
    const nation = await source.object(edition.results[contest] ?? "");
    const reported = rowsOf(nation.children).filter(({ hash }) => hashIn(hash) !== null);
    const provinces = new Set(reported.map(({ code }) => textOf(code)));
    for (const region of ["0", ...provinces]) {
      for (const language of LANGUAGES) {
        const subject = { contest, region: region as RegionCode, book: "count" } as const;
        const paper = await regionPaper(source, edition, subject, facts, language);
        const html = paperHtml(paper, {
          links: linksOf(contests, contest, region, language),
          addressOf: (code) => (provinces.has(code) ? `${code}.html` : null),
          after: `<p>${linkHtml(`../../../index.html#/${contest}${region === "0" ? "" : `/${region}`}`, WORDS[language].page)}</p>\n<p>${linkHtml(`../../../feed/${region}.atom`, WORDS[language].feed)}</p>`,
        });
        yield [plainPath(language, contest, region), html];
      }
    }
  }
  yield ["plain/index.html", entry(contests, facts)];
}

function linksOf(contests: readonly ContestKind[], contest: ContestKind, region: string, language: Language) {
  const other = language === "id" ? "en" : "id";
  return [
    [`../../${other}/${contest}/${region}.html`, WORDS[language].other] as const,
    ...(region === "0" ? [] : [["0.html", WORDS[language].top] as const]),
    ...contests.map((kind) => [kind === contest ? null : `../${kind}/0.html`, CONTEST_NAMES[kind][language]] as const),
  ];
}

/** Where one begins. */
function entry(contests: readonly ContestKind[], { title }: Facts): string {
  const list = (language: Language) =>
    contests
      .map((kind) => `<li>${linkHtml(`${language}/${kind}/0.html`, CONTEST_NAMES[kind][language])}</li>`)
      .join("");
  const body = `<main>
<h1>${escapeHtml(title.id)}</h1>
<ul>${list("id")}</ul>
<div lang="en"><h2>${escapeHtml(title.en)}</h2>
<ul>${list("en")}</ul></div>
</main>`;
  return pageHtml(`${title.id} · Teguh`, "id", body);
}
