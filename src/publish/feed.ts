/**
 * The feed of changes: every posting other than a first report, newest first, as Atom and as JSON Feed, for the nation and for
 * each provinsi and kabupaten/kota in which something changed. What is new is found by walking two editions where their hashes
 * differ, down to the journals of the kecamatan; so an edition costs what changed in it.
 *
 * A feed has the newest hundred. All of them, from the beginning, are in the journals themselves and in `teguh account`.
 */
import { CONTEST_KINDS, type ContestKind } from "../election/codes.ts";
import { READING_REASONS } from "../election/sheet.ts";
import type { Text } from "../election/text.ts";
import { CONTEST_NAMES, type Facts, SIMULATION, timeWords } from "../export/facts.ts";
import type { EditionRoots } from "../export/places.ts";
import { hashIn, listOf, numberOf, type ObjectSource, partOf, rowsOf, textOf } from "../export/source.ts";
import type { JsonObject } from "../ledger/canonical.ts";

/** Entries of a feed. */
const FEED_LENGTH = 100;

export interface FeedEntry {
  readonly contest: ContestKind;
  readonly station: string;
  /** Names of the desa's kecamatan, kabupaten and provinsi, the smallest first. */
  readonly where: readonly string[];
  readonly book: "count" | "recap";
  readonly kind: string;
  readonly reason: string | null;
  /** Place of the statement that caused it. */
  readonly log: string;
  readonly index: number;
  /** The edition that was the first to show it, and its time. */
  readonly edition: number;
  readonly time: number;
  /** Columns that changed: whose votes, before, after. */
  readonly changes: readonly (readonly [choice: string, before: number, after: number])[];
}

/** The same posting has the same id whichever edition it is read from. */
const entryId = ({ contest, station, log, index }: FeedEntry): string => `${log}/${index}/${contest}/${station}`;

/** The postings that an edition has beyond an earlier one (null: all), in no particular order. */
export async function newEntries(
  source: ObjectSource,
  before: EditionRoots | null,
  after: EditionRoots,
): Promise<FeedEntry[]> {
  const reader = new JournalReader(source, after);
  for (const contest of CONTEST_KINDS) {
    await reader.walk(contest, before?.results[contest] ?? null, after.results[contest] ?? null, []);
  }
  return reader.found;
}

class JournalReader {
  readonly found: FeedEntry[] = [];
  readonly #source: ObjectSource;
  readonly #edition: EditionRoots;
  /** Names of choices by hash of their district's object. */
  readonly #choices = new Map<string, readonly string[]>();

  constructor(source: ObjectSource, edition: EditionRoots) {
    this.#source = source;
    this.#edition = edition;
  }

  /** Descends wherever the hashes differ. */
  async walk(
    contest: ContestKind,
    before: string | null,
    after: string | null,
    where: readonly string[],
  ): Promise<void> {
    if (after === null || after === before) return;
    const now = await this.#source.object(after);
    const then = before === null ? {} : await this.#earlier(before);
    if (now.level === "kecamatan") return this.#compare(contest, then, now, where);
    const old = new Map(rowsOf(then.children).map(({ code, hash }) => [code, hashIn(hash)]));
    const names = now.level === "nation" ? [] : [textOf(now.name), ...where];
    for (const { code, hash } of rowsOf(now.children))
      await this.walk(contest, old.get(code ?? null) ?? null, hashIn(hash), names);
  }

  /** An object of an edition that may have been let go; then nothing is known of it. */
  async #earlier(hash: string): Promise<JsonObject> {
    try {
      return await this.#source.object(hash);
    } catch {
      return {};
    }
  }

  async #compare(contest: ContestKind, then: JsonObject, now: JsonObject, where: readonly string[]): Promise<void> {
    const names = [textOf(now.name), ...where];
    const old = new Map(journalsOf(then).map(({ newest }) => [textOf(newest.log), newest]));
    for (const { book, newest } of journalsOf(now)) {
      for (const posting of await this.#since(newest, old.get(textOf(newest.log)) ?? null)) {
        this.found.push({
          contest,
          station: textOf(posting.station),
          where: names,
          book,
          kind: textOf(posting.kind),
          reason: hashIn(posting.reason),
          log: textOf(newest.log),
          index: numberOf(posting.index),
          edition: this.#edition.number,
          time: this.#edition.time,
          changes: await this.#changes(now, posting),
        });
      }
    }
  }

  /** The postings of a journal beyond what was once its newest chunk, oldest first, at most as many as a feed has. */
  async #since(newest: JsonObject, earlier: JsonObject | null): Promise<JsonObject[]> {
    let chunk = newest;
    let postings = rowsOf(newest.postings);
    for (;;) {
      const previous = hashIn(chunk.previous);
      // What the earlier one has grown to is the one with the same chunk before it.
      if (earlier !== null && previous === hashIn(earlier.previous)) {
        return postings.slice(rowsOf(earlier.postings).length).slice(-FEED_LENGTH);
      }
      if (previous === null || postings.length >= FEED_LENGTH) return postings.slice(-FEED_LENGTH);
      chunk = await this.#source.object(previous);
      postings = [...rowsOf(chunk.postings), ...postings];
    }
  }

  async #changes(kecamatan: JsonObject, posting: JsonObject): Promise<FeedEntry["changes"]> {
    const lists = (["count", "recap"] as const).flatMap((book) => rowsOf(partOf(kecamatan, book).lists));
    const hash = hashIn(lists.find((list) => list.district === posting.district && hashIn(list.names) !== null)?.names);
    const names = hash === null ? [] : await this.#namesIn(hash);
    return listOf(posting.changes).map((change) => {
      const [column = 0, before = 0, after = 0] = listOf(change).map(numberOf);
      return [names[column] ?? String(column + 1), before, after] as const;
    });
  }

  async #namesIn(hash: string): Promise<readonly string[]> {
    const known = this.#choices.get(hash);
    if (known) return known;
    const district = await this.#source.object(hash);
    const parties = rowsOf(district.parties);
    const names = rowsOf(district.choices).map(({ kind, number, name, party }) => {
      const short = kind === "candidate" ? `${textOf(parties[numberOf(party)]?.short)} ` : "";
      return `${short}${numberOf(number)}. ${textOf(name)}`.trim();
    });
    this.#choices.set(hash, names);
    return names;
  }
}

/** The newest chunk of each journal of a kecamatan. */
function journalsOf(kecamatan: JsonObject): { book: FeedEntry["book"]; newest: JsonObject }[] {
  const journal = partOf(kecamatan, "journal");
  return (["count", "recap"] as const).flatMap((book) => rowsOf(journal[book]).map((newest) => ({ book, newest })));
}

/** The regions in whose feeds an entry stands. */
export const feedsOf = ({ station }: FeedEntry): readonly string[] => ["0", station.slice(0, 2), station.slice(0, 4)];

/** Adds entries to a feed: newest edition first, each once, no more than a feed has. */
export function merged(feed: readonly FeedEntry[], added: readonly FeedEntry[]): FeedEntry[] {
  const known = new Set(feed.map(entryId));
  const fresh = added.filter((entry) => !known.has(entryId(entry)));
  return [...fresh, ...feed]
    .sort((a, b) => b.time - a.time || (a.log === b.log ? b.index - a.index : a.log < b.log ? -1 : 1))
    .slice(0, FEED_LENGTH);
}

const KINDS: Readonly<Record<string, Text>> = {
  correction: { id: "pembetulan", en: "correction" },
  withdrawal: { id: "ditarik oleh sumber", en: "withdrawn by the source" },
  annulment: { id: "pembatalan", en: "annulment" },
};
const BOOKS: Readonly<Record<FeedEntry["book"], Text>> = {
  count: { id: "hitung suara", en: "count" },
  recap: { id: "rekapitulasi", en: "recapitulation" },
};

interface Words {
  readonly title: string;
  readonly body: string;
}

function words(entry: FeedEntry, language: keyof Text): Words {
  const { contest, station, where, book, kind, reason, changes, log, index, edition, time } = entry;
  const place = `TPS ${station.slice(10)}, ${where.join(", ")}`;
  const what = KINDS[kind]?.[language] ?? kind;
  const why =
    reason === null ? null : ((READING_REASONS as Readonly<Record<string, Text>>)[reason]?.[language] ?? reason);
  const moved = changes.map(([choice, before, after]) => {
    const delta = after - before;
    return `${choice}: ${before} → ${after} (${delta > 0 ? "+" : "−"}${Math.abs(delta)})`;
  });
  return {
    title: `${place}: ${what}, ${CONTEST_NAMES[contest][language]}, ${BOOKS[book][language]}`,
    body: [
      ...moved,
      ...(why === null ? [] : [`${language === "id" ? "Alasan" : "Reason"}: ${why}`]),
      `${station}; ${log} ${language === "id" ? "entri" : "entry"} ${index}; ${language === "id" ? "data ke-" : "edition "}${edition}, ${timeWords(time)}`,
    ].join(". "),
  };
}

/** The page of the station, from a feed's place in the public folder. */
const addressOf = ({ contest, station }: FeedEntry): string => {
  const codes = [2, 4, 6, 10].map((length) => station.slice(0, length));
  return `../index.html#/${[contest, ...codes, station.slice(10)].join("/")}`;
};

/** What a feed is of. */
export interface FeedSubject {
  readonly region: string;
  readonly name: string;
  readonly facts: Facts;
  /** When anything in it last changed, in milliseconds. */
  readonly time: number;
}

const titleOf = ({ name, facts }: FeedSubject): string =>
  `${facts.simulation ? "SIMULASI: " : ""}Perubahan suara, ${name} (${facts.title.id})`;

/** A JSON Feed 1.1. Its `_teguh` members are what this feed can be read back from. */
export function jsonFeed(subject: FeedSubject, entries: readonly FeedEntry[]): string {
  const items = entries.map((entry) => {
    const id = words(entry, "id");
    const en = words(entry, "en");
    return {
      id: `urn:teguh:${subject.facts.election}:${entryId(entry)}`,
      url: addressOf(entry),
      title: id.title,
      content_text: `${id.body}\n\n${en.title}\n${en.body}`,
      date_published: new Date(entry.time).toISOString(),
      _teguh: entry,
    };
  });
  const description = subject.facts.simulation ? `${SIMULATION.id} ${SIMULATION.en}` : undefined;
  const head = { version: "https://jsonfeed.org/version/1.1", title: titleOf(subject), description, language: "id" };
  return `${JSON.stringify({ ...head, items })}\n`;
}

/** The entries of a feed that {@link jsonFeed} wrote; none of anything else. */
export function readFeed(text: string): FeedEntry[] {
  try {
    const { items } = JSON.parse(text) as { items?: readonly { _teguh?: FeedEntry }[] };
    return (items ?? []).flatMap(({ _teguh }) => _teguh ?? []);
  } catch {
    return [];
  }
}

const xml = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** An Atom feed (RFC 4287). */
export function atomFeed(subject: FeedSubject, entries: readonly FeedEntry[]): string {
  const { facts, region, time } = subject;
  const lines = entries.map((entry) => {
    const id = words(entry, "id");
    const en = words(entry, "en");
    return `<entry><id>urn:teguh:${xml(facts.election)}:${xml(entryId(entry))}</id><title>${xml(id.title)}</title><updated>${new Date(entry.time).toISOString()}</updated><link href="${xml(addressOf(entry))}"/><content type="text">${xml(`${id.body}\n\n${en.title}\n${en.body}`)}</content></entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><id>urn:teguh:${xml(facts.election)}:feed/${region}</id><title>${xml(titleOf(subject))}</title>${facts.simulation ? `<subtitle>${xml(`${SIMULATION.id} ${SIMULATION.en}`)}</subtitle>` : ""}<updated>${new Date(time).toISOString()}</updated><author><name>${xml(facts.election)}</name></author><link rel="self" type="application/atom+xml" href="${region}.atom"/><link rel="alternate" type="text/html" href="../index.html"/>
${lines.join("\n")}
</feed>
`;
}
