/** The list of exhibits of a file of evidence, as a page: P-1 and so on, each with what it shows or a word that it is absent. */
import { FIGURE } from "../election/figures.ts";
import { READING_REASONS } from "../election/sheet.ts";
import type { Text } from "../election/text.ts";
import type { Json } from "../ledger/canonical.ts";
import { ABOUT_REGION, type Evidence } from "./evidence-about.ts";
import { EVIDENCE_WORDS as W } from "./evidence-words.ts";
import { CONTEST_NAMES, PRELIMINARY, SIMULATION, timeWords } from "./facts.ts";
import { grouped, type Language, type PaperTable } from "./paper.ts";
import { escapeHtml, linkHtml, pageHtml, tableHtml } from "./paper-html.ts";
import { listOf, numberOf, partOf, rowsOf, textOf } from "./source.ts";
import { BOOKS } from "./table.ts";

const REASONS: Readonly<Record<string, Text>> = READING_REASONS;

/** The page in one language. */
export const evidencePage = (evidence: Evidence, language: Language): string => new Page(evidence, language).html();

class Page {
  readonly #evidence: Evidence;
  readonly #language: Language;

  constructor(evidence: Evidence, language: Language) {
    this.#evidence = evidence;
    this.#language = language;
  }

  html(): string {
    const { definition, edition } = this.#evidence.gathered;
    const title = `${this.#say(W.title)}: ${this.#evidence.choice.name}`;
    const other =
      this.#language === "id" ? linkHtml("index.en.html", "English") : linkHtml("index.html", "Bahasa Indonesia");
    const facts: [string, string][] = [
      [this.#say(W.election), textOf(partOf(definition, "title")[this.#language])],
      [this.#say(W.contest), this.#say(CONTEST_NAMES[this.#evidence.subject.contest])],
      [this.#say(W.region), this.#place()],
      [
        this.#say(W.choice),
        `${this.#evidence.choice.name} (${this.#evidence.choice.id}), ${this.#evidence.choice.districtName}`,
      ],
      [this.#say(W.edition), `${numberOf(edition.number)}, ${timeWords(numberOf(edition.time))}`],
      [this.#say(W.fingerprint), this.#evidence.gathered.editionId],
    ];
    const exhibits = this.#exhibits();
    const list = exhibits.map(
      ([name], i) => `<li>${linkHtml(`#p-${i + 1}`, `P-${i + 1}`)} ${escapeHtml(this.#say(name))}</li>`,
    );
    const body = [
      "<header>",
      definition.simulation === true ? `<p class="mark">${escapeHtml(this.#say(SIMULATION))}</p>` : "",
      `<nav aria-label="${escapeHtml(this.#say(W.pages))}">${other}</nav>`,
      "</header>",
      "<main>",
      `<h1>${escapeHtml(title)}</h1>`,
      `<p>${escapeHtml(this.#say(PRELIMINARY))}</p>`,
      `<dl>${facts.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>`,
      `<h2>${escapeHtml(this.#say(W.list))}</h2><ul>${list.join("")}</ul>`,
      ...exhibits.map(
        ([name, content], i) =>
          `<section id="p-${i + 1}"><h2>P-${i + 1}. ${escapeHtml(this.#say(name))}</h2>\n${content}</section>`,
      ),
      "</main>",
    ];
    return pageHtml(title, this.#language, body.join("\n"));
  }

  #say(text: Text): string {
    return text[this.#language];
  }

  #place(): string {
    const names = this.#evidence.gathered.path
      .filter(({ level }) => level !== "nation")
      .map(({ name }) => textOf(name));
    return `${names.toReversed().join(", ")} (${this.#evidence.subject.region})`;
  }

  #exhibits(): (readonly [Text, string])[] {
    return [
      [
        W.signed,
        `${this.#p(W.signedBody)}<p>${linkHtml(`data/now/${this.#evidence.subject.contest}.json`, `data/now/${this.#evidence.subject.contest}.json`)}</p><pre tabindex="0">${escapeHtml(this.#evidence.gathered.editionNote)}</pre>`,
      ],
      [
        W.votes,
        `${this.#totals()}${this.#stationTable()}<p>${linkHtml("P-2-perolehan-per-tps.csv", "P-2-perolehan-per-tps.csv")}</p>`,
      ],
      [W.account, this.#account()],
      [W.sheets, this.#list((type) => type === "teguh/sheet/v1" || type === "teguh/annul/v1", W.sheetsNone)],
      [W.readings, this.#list((type) => type === "teguh/reading/v1", W.readingsNone)],
      [W.objections, this.#list((type) => type === "teguh/objection/v1", W.objectionsNone)],
      [
        W.certificates,
        `${this.#list((type) => ABOUT_REGION.has(type) && type !== "teguh/objection/v1", W.certificatesNone)}${this.#p(W.scansAbsent)}`,
      ],
      [W.photos, this.#photos()],
      [W.receipts, this.#p(W.receiptsAbsent)],
      [W.check, this.#check()],
    ];
  }

  #p(text: Text): string {
    return `<p>${escapeHtml(this.#say(text))}</p>`;
  }

  #number(value: number | null): string {
    return value === null ? "–" : grouped(value, this.#language);
  }

  /** The region's own published figures of this choice. */
  #totals(): string {
    const region = this.#evidence.gathered.path.at(-1) ?? {};
    const rows = BOOKS.map((book) => {
      const own = partOf(region, book);
      const list = rowsOf(own.lists).find(({ district }) => district === this.#evidence.choice.district);
      const votes = listOf(list?.votes).map(numberOf)[this.#evidence.choice.column] ?? 0;
      const valid = listOf(own.figures).map(numberOf)[FIGURE.valid] ?? 0;
      const stations = numberOf(own[book === "count" ? "posted" : "read"]);
      return [
        this.#say(book === "count" ? W.count : W.recap),
        this.#number(votes),
        this.#number(valid),
        this.#number(stations),
      ];
    });
    return this.#table(W.totals, [W.book, W.votesColumn, W.validColumn, W.stationsColumn], rows, 1);
  }

  #stationTable(): string {
    const rows = this.#evidence.stations.map(({ code, desa, state, notes, votes, at }) => [
      `${desa}, TPS ${code.slice(10)}`,
      this.#number(votes.count),
      this.#number(votes.recap),
      `${this.#say(W.states[state as keyof typeof W.states] ?? W.states.none)}${notes === "" ? "" : ` (${notes})`}`,
      at.map(({ log, index }) => `${log} ${index}`).join(", "),
    ]);
    return this.#table(W.byStation, [W.station, W.count, W.recap, W.state, W.statements], rows, 1, 3);
  }

  #account(): string {
    if (this.#evidence.postings.length === 0) return this.#p(W.accountNone);
    const rows = this.#evidence.postings.map(({ log, index, station, reason, before, after }) => [
      `${station.slice(0, 10)} TPS ${station.slice(10)}`,
      this.#number(before),
      this.#number(after),
      `${after < before ? "−" : "+"}${this.#number(Math.abs(after - before))}`,
      reason === null ? "–" : this.#reason(reason),
      `${log} ${index}`,
    ]);
    return (
      this.#p(W.accountBody) +
      this.#table(W.account, [W.station, W.before, W.after, W.change, W.reason, W.statements], rows, 1, 4)
    );
  }

  #list(wanted: (type: string) => boolean, none: Text): string {
    const items = this.#evidence.statements
      .filter(({ type }) => wanted(type))
      .map(({ log, index, file, type, body }) => {
        const what = this.#say(W.types[type as keyof typeof W.types] ?? { id: type, en: type });
        const details = [
          textIn(body.station),
          textIn(body.status),
          textIn(body.region),
          this.#reason(textIn(body.reason)),
          Array.isArray(body.votes) && type !== "teguh/certificate/v1"
            ? `${this.#say(W.votesColumn)} ${this.#number(voteOf(body.votes, this.#evidence.choice.column))}`
            : "",
        ].filter((part) => part !== "");
        return `<li>${linkHtml(file, `${log} ${index}`)} ${escapeHtml([what, ...details, timeWords(numberOf(body.time))].join(" · "))}</li>`;
      });
    return items.length === 0 ? this.#p(none) : `<ul>${items.join("\n")}</ul>`;
  }

  #photos(): string {
    const { named } = this.#evidence.gathered.photos;
    if (named.length === 0) return this.#p(W.photosNone);
    const items = named.map(({ log, index, type, station, paper, pages }) => {
      const what = this.#say(W.types[type as keyof typeof W.types] ?? { id: type, en: type });
      const where = station === "" ? [] : [`${station.slice(0, 10)} TPS ${station.slice(10)}`];
      const label = [...where, what, `${log} ${index}`].join(" · ");
      const shown = pages.map((path, i) => this.#photo(path, `${label} · ${this.#say(W.page)} ${i + 1}`));
      return `<li id="${paper}-${index}">${escapeHtml(label)}<div class="photos">${shown.join("")}</div></li>`;
    });
    return `${this.#p(W.photosBody)}<ul>${items.join("\n")}</ul>`;
  }

  #photo(path: string | null, label: string): string {
    if (path === null) return `<p>${escapeHtml(`${label}: ${this.#say(W.photoAbsent)}`)}</p>`;
    return `<a href="${path}"><img src="${path}" alt="${escapeHtml(label)}" loading="lazy" width="240"></a>`;
  }

  #reason(code: string): string {
    return code === "" ? "" : this.#say(REASONS[code] ?? { id: code, en: code });
  }

  #check(): string {
    const { contest, region, vkey } = this.#evidence.subject;
    const command = `python3 verify-by-hand.py data --bundle --contest ${contest} --region ${region} --account --key ${vkey}`;
    return `${this.#p(W.checkBody)}<pre tabindex="0">${escapeHtml(command)}\nsha256sum -c SHA256SUMS</pre>${this.#p(W.checkKey)}`;
  }

  #table(
    title: Text,
    heads: readonly Text[],
    rows: readonly (readonly string[])[],
    from: number,
    to = heads.length,
  ): string {
    const table: PaperTable = {
      title: this.#say(title),
      columns: heads.map((head, i) => ({
        title: this.#say(head),
        share: 0,
        kind: i >= from && i < to ? "number" : "text",
      })),
      rows,
    };
    return tableHtml(table);
  }
}

const textIn = (value: Json | undefined): string => (typeof value === "string" ? value : "");

const voteOf = (votes: Json, column: number): number | null => {
  const cell = listOf(votes)[column];
  return typeof cell === "number" ? cell : null;
};
