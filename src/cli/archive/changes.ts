/**
 * From records to sheets: only what differs from the station's current sheet becomes a statement, so that importing the same
 * archive twice adds nothing, and importing tomorrow's adds what changed overnight.
 *
 * Records of one station are taken in the order of the archive's own times. One that is older than the current sheet is
 * history that has been superseded already.
 */
import { type Submission, stationChain } from "../../core/submission.ts";
import { CONTEST_KINDS, type ContestKind, kecamatanOf, type RegionCode, tpsLog } from "../../election/codes.ts";
import type { District, Model } from "../../election/model.ts";
import { HotSheet, type Reported } from "../../election/sheet.ts";
import { parseHot } from "../../election/sheet-parser.ts";
import { fromHex, toHex } from "../../ledger/bytes.ts";
import type { Signer } from "../../ledger/note.ts";
import { parseStatement, signStatement } from "../../ledger/statement.ts";
import type { Store } from "../../store/store.ts";
import type { Found } from "./files.ts";
import { type ArchiveRecord, isReported } from "./record.ts";

const SHEET = "teguh/sheet/v1";

/** What the log says of a station in a contest. */
interface Current {
  readonly id: string;
  readonly time: number;
  readonly content: string;
}

/** Turns records into sheets, knowing the current sheet of every station it has loaded. */
export class Changes {
  readonly #model: Model;
  readonly #electionTag: string;
  readonly #signer: Signer;
  readonly #current = new Map<string, Current>();

  constructor(model: Model, electionTag: string, signer: Signer) {
    this.#model = model;
    this.#electionTag = electionTag;
    this.#signer = signer;
  }

  /** Reads the current sheets of a kecamatan. */
  async load(store: Store, kecamatan: RegionCode): Promise<void> {
    const log = tpsLog(kecamatan);
    const size = (await store.head(log))?.size ?? 0;
    const sheet = new HotSheet();
    for (const bytes of await store.read(log, 0, size)) {
      const { type, body, id } = parseStatement(bytes);
      if (type !== SHEET || !parseHot("sheet", body, sheet)) continue;
      const key = `${sheet.station}/${CONTEST_KINDS[sheet.contest]}`;
      const previous = sheet.hasPrevious ? toHex(sheet.previous) : undefined;
      if (this.#current.get(key)?.id !== previous) continue;
      this.#current.set(key, { id: toHex(id), time: sheet.time, content: contentOfSheet(sheet) });
    }
  }

  /** The submission that a record makes; null if it says nothing new; a text if the election has no place for it. */
  next({ station, contest, record, date }: Found): Submission | string | null {
    const key = `${station}/${contest}`;
    const current = this.#current.get(key);
    if (!current && !isReported(record)) return null;
    const time = record.time ?? Date.parse(date);
    if (current && time < current.time) return null;
    const district = this.#districtOf(station, contest);
    if (district === null) return `${station} has figures in ${contest}, but no record names its choices`;
    const votes = votesOf(record, district);
    const parties = district.parties.map(({ id }) => record.parties?.find((party) => party.id === id)?.total ?? null);
    const content = contentOf(record.figures, votes, parties, record.papers);
    if (current?.content === content) return null;
    const bytes = signStatement(
      SHEET,
      {
        contest,
        district: district.object,
        election: this.#electionTag,
        figures: record.figures,
        papers: record.papers,
        parties,
        previous: current?.id ?? null,
        station,
        time,
        votes,
      },
      [this.#signer],
    );
    const { id } = parseStatement(bytes);
    this.#current.set(key, { id: toHex(id), time, content });
    const facts = {
      id,
      key: this.#signer.name.slice(-16),
      station,
      chain: stationChain(station, CONTEST_KINDS.indexOf(contest)),
      previous: current ? fromHex(current.id) : null,
    };
    return { log: tpsLog(kecamatanOf(station)), bytes, facts };
  }

  #districtOf(station: string, kind: ContestKind): District | null {
    const desa = this.#model.station(station)?.desa;
    return desa ? (this.#model.contest(kind)?.districtOf(desa) ?? null) : null;
  }
}

/** Votes in the order of the district's columns; null: none reported. */
function votesOf({ votes, parties }: ArchiveRecord, district: District): Reported[] | null {
  if (votes === null && parties === null) return null;
  const byId = new Map<string, Reported>(votes ?? []);
  for (const { id, own, candidates } of parties ?? []) {
    byId.set(id, own);
    for (const [candidate, count] of candidates) byId.set(candidate, count);
  }
  return district.choices.map(({ id }) => byId.get(id) ?? null);
}

/** Two sheets say the same if this is the same. Columns that came later count as not reported. */
function contentOf(
  figures: readonly Reported[],
  votes: readonly Reported[] | null,
  parties: readonly Reported[],
  papers: string | null,
): string {
  return `${figures.join()} ${votes === null ? "none" : trimmed(votes)} ${trimmed(parties)} ${papers ?? ""}`;
}

function contentOfSheet(sheet: HotSheet): string {
  const reported = (values: Int32Array, count: number) =>
    Array.from(values.subarray(0, count), (n) => (n < 0 ? null : n));
  return contentOf(
    reported(sheet.figures, sheet.figures.length),
    sheet.voteCount < 0 ? null : reported(sheet.votes, sheet.voteCount),
    reported(sheet.parties, sheet.partyCount),
    sheet.hasPapers ? toHex(sheet.papers) : null,
  );
}

function trimmed(values: readonly Reported[]): string {
  let length = values.length;
  while (length > 0 && values[length - 1] === null) length--;
  return values.slice(0, length).join();
}
