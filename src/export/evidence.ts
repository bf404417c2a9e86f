/**
 * A file of evidence: for one choice and one region everything that was published about it, as one ZIP that opens and verifies
 * without a network. `index.html` lists the exhibits (P-1 and so on, as a petition counts them); `data/` holds the published
 * files as they were signed; `pernyataan/` the signed statements one by one, as text. What does not exist is named as absent.
 */
import { type Zippable, zipSync } from "fflate";
import { FIGURE } from "../election/figures.ts";
import { READING_REASONS } from "../election/sheet.ts";
import type { Text } from "../election/text.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import type { Json, JsonObject } from "../ledger/canonical.ts";
import { hashHex } from "../ledger/hash.ts";
import { openBody, parseStatement } from "../ledger/statement.ts";
import { choiceName } from "./columns.ts";
import { csvLine } from "./csv.ts";
import type { EvidenceSubject, Gathered } from "./evidence-files.ts";
import { EVIDENCE_WORDS as W } from "./evidence-words.ts";
import { CONTEST_NAMES, PRELIMINARY, SIMULATION, timeWords } from "./facts.ts";
import { grouped, type Language, type PaperTable } from "./paper.ts";
import { escapeHtml, linkHtml, pageHtml, tableHtml } from "./paper-html.ts";
import { ExportError, listOf, numberOf, partOf, rowsOf, textOf } from "./source.ts";
import { BOOKS, type Book } from "./table.ts";

export interface EvidenceOptions extends EvidenceSubject {
  /** Id of the choice. */
  readonly choice: string;
  /** Text of docs/verify-by-hand.py, which goes along. */
  readonly script: string;
}

/** The path in the ZIP → bytes. */
type Files = Map<string, Uint8Array>;

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly district: string;
  readonly districtName: string;
  readonly column: number;
}

interface StationLine {
  readonly code: string;
  readonly desa: string;
  readonly state: string;
  readonly notes: string;
  readonly votes: Readonly<Record<Book, number | null>>;
  /** Statements about it in this contest. */
  readonly at: readonly { readonly log: string; readonly index: number }[];
}

interface Shown {
  readonly log: string;
  readonly index: number;
  readonly file: string;
  readonly type: string;
  readonly body: JsonObject;
}

/** The bytes of the ZIP. Throws {@link ExportError}. */
export function evidenceZip(gathered: Gathered, options: EvidenceOptions): Uint8Array {
  const files = evidenceFiles(gathered, options);
  // The time of the edition: the same evidence is the same file whenever it is made.
  const mtime = new Date(numberOf(gathered.edition.time));
  const entries: Zippable = {};
  for (const [path, bytes] of files) entries[path] = [bytes, { mtime, level: 6 }];
  return zipSync(entries);
}

/** What the ZIP has in it. Throws {@link ExportError} for a choice that does not stand in the region. */
export function evidenceFiles(gathered: Gathered, options: EvidenceOptions): Files {
  const files: Files = new Map();
  for (const [path, bytes] of gathered.files) files.set(`data/${path}`, bytes);
  files.set("verify-by-hand.py", utf8(options.script));
  const choice = choiceIn(gathered, options.choice);
  const stations = stationLines(gathered, choice);
  const statements = statementsAbout(gathered, options, stations, files);
  const postings = postingsAbout(gathered, choice);
  files.set("P-2-perolehan-per-tps.csv", stationsCsv(stations, choice));
  for (const language of ["id", "en"] as const) {
    const html = new Page(gathered, options, language, choice, stations, statements, postings).html();
    files.set(language === "id" ? "index.html" : "index.en.html", utf8(html));
  }
  const sums = [...files].map(([path, bytes]) => `${hashHex(bytes)}  ${path}\n`).sort();
  files.set("SHA256SUMS", utf8(sums.join("")));
  return files;
}

function choiceIn({ path, districts }: Gathered, id: string): Choice {
  const region = path.at(-1) ?? {};
  for (const book of BOOKS) {
    for (const list of rowsOf(partOf(region, book).lists)) {
      const district = districts.get(textOf(list.names)) ?? {};
      const choices = rowsOf(district.choices);
      const column = choices.findIndex((each) => each.id === id);
      const found = choices[column];
      if (!found) continue;
      return {
        id,
        name: choiceName(found, district),
        district: textOf(list.district),
        districtName: textOf(district.name),
        column,
      };
    }
  }
  throw new ExportError(`peserta ${id} tidak ada di wilayah ini`, `there is no choice ${id} in this region`);
}

function stationLines({ desa }: Gathered, choice: Choice): StationLine[] {
  return desa.flatMap(({ object, detail }) => {
    const mine = BOOKS.some((book) =>
      rowsOf(partOf(object, book).lists).some(({ district }) => district === choice.district),
    );
    if (!mine) return [];
    const details = detail === null ? null : rowsOf(detail.stations);
    return rowsOf(object.stations).map((row, i): StationLine => {
      const votes = (book: Book) => {
        const shown = partOf(row, book);
        const full = details === null ? shown : partOf(details[i] ?? {}, book);
        const cell = listOf(shown.state === "posted" ? (full.counted ?? full.votes) : full.votes)[choice.column];
        return typeof cell === "number" ? cell : null;
      };
      const count = partOf(row, "count");
      const sheets = `tps/${textOf(object.region).slice(0, 6)}`;
      return {
        code: textOf(object.region) + textOf(row.n),
        desa: textOf(object.name),
        state: textOf(count.state) || "none",
        notes: listOf(count.flags).map(textOf).join(" "),
        votes: { count: votes("count"), recap: votes("recap") },
        at: [
          ...[...listOf(count.at), ...listOf(count.rivals)].map((index) => ({ log: sheets, index: numberOf(index) })),
          ...listOf(partOf(row, "recap").at).map((pair) => {
            const [log, index] = listOf(pair);
            return { log: textOf(log), index: numberOf(index) };
          }),
        ],
      };
    });
  });
}

const REASONS: Readonly<Record<string, Text>> = READING_REASONS;

/** Types of statements that are about a place without being about one station. */
const ABOUT_REGION = new Set([
  "teguh/certificate/v1",
  "teguh/order/v1",
  "teguh/reopen/v1",
  "teguh/halt/v1",
  "teguh/resume/v1",
  "teguh/objection/v1",
]);

/** The statements behind the figures, each written out as a file of its own. */
function statementsAbout(
  { logs }: Gathered,
  { contest, region }: EvidenceOptions,
  stations: readonly StationLine[],
  files: Files,
): Shown[] {
  const wanted = new Map<string, Set<number>>();
  const want = (log: string, index: number) => wanted.set(log, (wanted.get(log) ?? new Set()).add(index));
  for (const { at } of stations) for (const { log, index } of at) want(log, index);
  const codes = new Set(stations.map(({ code }) => code));
  for (const { name, entries } of logs.values()) {
    if (!name.startsWith("pleno/")) continue;
    entries.forEach((entry, index) => {
      const type = fromUtf8(entry.subarray(0, Math.max(0, entry.indexOf(10))));
      if (ABOUT_REGION.has(type) && concerns(bodyOf(entry), contest, region, codes)) want(name, index);
    });
  }
  return [...wanted].flatMap(([log, indices]) =>
    [...indices]
      .sort((a, b) => a - b)
      .flatMap((index) => {
        const entry = logs.get(log)?.entries[index];
        if (entry === undefined) return [];
        const file = `pernyataan/${log.replace("/", "-")}/${index}.txt`;
        files.set(file, entry);
        return [{ log, index, file, type: parseStatement(entry).type, body: bodyOf(entry) }];
      }),
  );
}

const bodyOf = (entry: Uint8Array): JsonObject => openBody(parseStatement(entry)) as JsonObject;

/** Whether a statement of a plenary is about this contest and something in, or around, the region. */
function concerns(body: JsonObject, contest: string, region: string, stations: ReadonlySet<string>): boolean {
  if (body.contest !== undefined && body.contest !== null && body.contest !== contest) return false;
  if (typeof body.station === "string") return stations.has(body.station);
  const regions = [...listOf(body.regions).map(textOf), ...(typeof body.region === "string" ? [body.region] : [])];
  return (
    regions.length === 0 || regions.some((code) => code === "0" || region.startsWith(code) || code.startsWith(region))
  );
}

interface PostingLine {
  readonly log: string;
  readonly index: number;
  readonly station: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly before: number;
  readonly after: number;
}

function postingsAbout({ postings }: Gathered, choice: Choice): PostingLine[] {
  return postings.flatMap(({ log, posting }) => {
    if (posting.district !== choice.district) return [];
    const change = listOf(posting.changes)
      .map((each) => listOf(each).map(numberOf))
      .find(([column]) => column === choice.column);
    if (change === undefined) return [];
    const [, before = 0, after = 0] = change;
    const { index, station, kind, reason } = posting;
    return [
      {
        log,
        index: numberOf(index),
        station: textOf(station),
        kind: textOf(kind),
        reason: typeof reason === "string" ? reason : null,
        before,
        after,
      },
    ];
  });
}

function stationsCsv(stations: readonly StationLine[], { name }: Choice): Uint8Array {
  const head = ["region", "desa", "station", "state", "flags", `count: ${name}`, `recap: ${name}`, "statements"];
  const lines = stations.map(({ code, desa, state, notes, votes, at }) =>
    csvLine([
      code,
      desa,
      code.slice(10),
      state,
      notes,
      votes.count,
      votes.recap,
      at.map(({ log, index }) => `${log} ${index}`).join("; "),
    ]),
  );
  return utf8(`\uFEFF${csvLine(head)}${lines.join("")}`);
}

// ------------------------------------------------------------ the list of exhibits

class Page {
  readonly #gathered: Gathered;
  readonly #options: EvidenceOptions;
  readonly #language: Language;
  readonly #choice: Choice;
  readonly #stations: readonly StationLine[];
  readonly #statements: readonly Shown[];
  readonly #postings: readonly PostingLine[];

  constructor(
    gathered: Gathered,
    options: EvidenceOptions,
    language: Language,
    choice: Choice,
    stations: readonly StationLine[],
    statements: readonly Shown[],
    postings: readonly PostingLine[],
  ) {
    this.#gathered = gathered;
    this.#options = options;
    this.#language = language;
    this.#choice = choice;
    this.#stations = stations;
    this.#statements = statements;
    this.#postings = postings;
  }

  html(): string {
    const { definition, edition } = this.#gathered;
    const title = `${this.#say(W.title)}: ${this.#choice.name}`;
    const other =
      this.#language === "id" ? linkHtml("index.en.html", "English") : linkHtml("index.html", "Bahasa Indonesia");
    const facts: [string, string][] = [
      [this.#say(W.election), textOf(partOf(definition, "title")[this.#language])],
      [this.#say(W.contest), this.#say(CONTEST_NAMES[this.#options.contest])],
      [this.#say(W.region), this.#place()],
      [this.#say(W.choice), `${this.#choice.name} (${this.#choice.id}), ${this.#choice.districtName}`],
      [this.#say(W.edition), `${numberOf(edition.number)}, ${timeWords(numberOf(edition.time))}`],
      [this.#say(W.fingerprint), this.#gathered.editionId],
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
    const names = this.#gathered.path.filter(({ level }) => level !== "nation").map(({ name }) => textOf(name));
    return `${names.toReversed().join(", ")} (${this.#options.region})`;
  }

  #exhibits(): (readonly [Text, string])[] {
    return [
      [
        W.signed,
        `${this.#p(W.signedBody)}<p>${linkHtml(`data/now/${this.#options.contest}.json`, `data/now/${this.#options.contest}.json`)}</p><pre tabindex="0">${escapeHtml(this.#gathered.editionNote)}</pre>`,
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
      [W.photos, this.#p(W.photosAbsent)],
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
    const region = this.#gathered.path.at(-1) ?? {};
    const rows = BOOKS.map((book) => {
      const own = partOf(region, book);
      const list = rowsOf(own.lists).find(({ district }) => district === this.#choice.district);
      const votes = listOf(list?.votes).map(numberOf)[this.#choice.column] ?? 0;
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
    const rows = this.#stations.map(({ code, desa, state, notes, votes, at }) => [
      `${desa}, TPS ${code.slice(10)}`,
      this.#number(votes.count),
      this.#number(votes.recap),
      `${this.#say(W.states[state as keyof typeof W.states] ?? W.states.none)}${notes === "" ? "" : ` (${notes})`}`,
      at.map(({ log, index }) => `${log} ${index}`).join(", "),
    ]);
    return this.#table(W.byStation, [W.station, W.count, W.recap, W.state, W.statements], rows, 1, 3);
  }

  #account(): string {
    if (this.#postings.length === 0) return this.#p(W.accountNone);
    const rows = this.#postings.map(({ log, index, station, reason, before, after }) => [
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
    const items = this.#statements
      .filter(({ type }) => wanted(type))
      .map(({ log, index, file, type, body }) => {
        const what = this.#say(W.types[type as keyof typeof W.types] ?? { id: type, en: type });
        const details = [
          textIn(body.station),
          textIn(body.status),
          textIn(body.region),
          this.#reason(textIn(body.reason)),
          Array.isArray(body.votes) && type !== "teguh/certificate/v1"
            ? `${this.#say(W.votesColumn)} ${this.#number(voteOf(body.votes, this.#choice.column))}`
            : "",
        ].filter((part) => part !== "");
        return `<li>${linkHtml(file, `${log} ${index}`)} ${escapeHtml([what, ...details, timeWords(numberOf(body.time))].join(" · "))}</li>`;
      });
    return items.length === 0 ? this.#p(none) : `<ul>${items.join("\n")}</ul>`;
  }

  #reason(code: string): string {
    return code === "" ? "" : this.#say(REASONS[code] ?? { id: code, en: code });
  }

  #check(): string {
    const { contest, region, vkey } = this.#options;
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
