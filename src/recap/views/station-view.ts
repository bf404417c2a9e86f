/** One station in one contest, with all that is needed to read it aloud: sheet, rivals, the reading that stands. */
import { type ContestKind, isWithin, kecamatanOf, type StationCode, tpsLog } from "../../election/codes.ts";
import { evaluate, facts, flagCodes, type RuleContext, ruleOf, type SheetFigures } from "../../election/rules.ts";
import type { Reported, SheetBody } from "../../election/sheet.ts";
import { decodeBody } from "../../election/statements.ts";
import { toHex } from "../../ledger/bytes.ts";
import { asHash, type Hash } from "../../ledger/hash.ts";
import { parseStatement, shortKey } from "../../ledger/statement.ts";
import { shownFlags } from "../../tally/as-the-sheet.ts";
import { flagsOf, hasStatement, indexOf, levelOf } from "../../tally/book.ts";
import type { LogName } from "../../tally/logs.ts";
import { sayRefusal } from "../../tally/refusal.ts";
import { allowed, type Signing } from "../plenary-allowed.ts";
import { readingKey } from "../plenary-record.ts";
import type { ReadingView, RemarkView, SheetView, StationView } from "../wire/views.ts";
import { named, namedDistrict, type Row, rowOf, type Sources } from "./sources.ts";

/** Reads what is not kept in memory: statements from the store, page lists from where the photos are. */
export interface Shelf {
  entry(log: LogName, index: number): Promise<Uint8Array>;
  /** The photographed pages of a list, in the order of the form; none where they have not come. */
  pages(list: Hash): Promise<readonly Hash[]>;
  /** A sheet that is held here and in no log yet; null if there is none. */
  held(station: StationCode, contest: ContestKind): Promise<Uint8Array | null>;
}

/** Everyone whom a reading may need: what is refused to them is refused to all. */
const ANYONE: readonly Signing[] = [
  { person: "chair", roles: ["chair"] },
  { person: "member", roles: ["member"] },
];

/** A station as the hall sees it; null if the region has no such station, or the station not this contest. */
export async function stationView(
  sources: Sources,
  shelf: Shelf,
  contest: ContestKind,
  station: StationCode,
): Promise<StationView | null> {
  const { model, tally, record, state, region } = sources;
  const desa = isWithin(station, region.code) ? model.station(station)?.desa : undefined;
  const district = desa && model.contest(contest)?.districtOf(desa);
  if (!district) return null;
  const row = rowOf(tally, station, contest);
  const context: RuleContext = {
    kind: contest,
    district,
    stationKind: model.kind(station),
    noken: desa.noken,
    archive: model.archive,
  };
  const { sheet, rivals } = await sheetsOf(row, shelf, context);
  const held = sheet === null ? await shelf.held(station, contest) : null;
  const refusal = allowed(state, ANYONE, { type: "reading", station, contest, outcome: "same" });
  return {
    station,
    number: station.slice(10),
    kind: context.stationKind,
    desa: named(desa),
    contest,
    district: namedDistrict(district),
    districtObject: district.object,
    registered: model.registered(station),
    noken: desa.noken,
    archive: model.archive,
    sheet,
    rivals,
    // In no log yet, so it has no place in one.
    held: held && (await sheetView(held, -1, 0, shelf, context)),
    reading: await readingOf(sources, row, station, shelf, context),
    postponed: record.postponed.get(readingKey(contest, station)) ?? null,
    refusal: refusal && sayRefusal(refusal),
  };
}

/** The current sheet and its rivals, as the fold knows them: what was annulled is neither. */
async function sheetsOf(
  row: Row | null,
  shelf: Shelf,
  context: RuleContext,
): Promise<Pick<StationView, "sheet" | "rivals">> {
  const book = row?.block.books.count;
  if (!row || !book) return { sheet: null, rivals: [] };
  const log = tpsLog(row.block.unit.code);
  const read = async (index: number, known: number) =>
    sheetView(await shelf.entry(log, index), index, known, shelf, context);
  const rivals = (book.rivals.get(row.slot) ?? []).map(({ index }) => index).reverse();
  return {
    sheet: hasStatement(book, row.slot) ? await read(indexOf(book, row.slot), flagsOf(book, row.slot)) : null,
    rivals: await Promise.all(rivals.map((index) => read(index, 0))),
  };
}

/** `known` are flags that the fold raised, beside those that follow from the sheet alone. */
async function sheetView(
  bytes: Uint8Array,
  index: number,
  known: number,
  shelf: Shelf,
  context: RuleContext,
): Promise<SheetView> {
  const statement = parseStatement(bytes);
  const body = decodeBody("sheet", statement.body);
  const judged = figuresOf(body);
  const { flags, hold } = evaluate(judged, context);
  return {
    id: asHash(toHex(statement.id)),
    index,
    time: body.time,
    district: body.district,
    figures: body.figures,
    votes: body.votes,
    parties: body.parties,
    by: shortKey(statement.signatures[0]?.name ?? ""),
    pages: body.papers === null ? [] : await shelf.pages(body.papers),
    remarks: remarksOf(flags | known, judged, context),
    held: hold,
  };
}

/** Figures as rules read them. */
export function figuresOf({ figures, votes, parties }: Pick<SheetBody, "figures" | "votes" | "parties">): SheetFigures {
  const numbers = (list: readonly Reported[]) => list.map((value) => value ?? -1);
  return {
    figures: numbers(figures),
    votes: numbers(votes ?? []),
    voteCount: votes?.length ?? -1,
    parties: numbers(parties),
    partyCount: parties.length,
  };
}

/** What the rules say, in words with the numbers; what another rule says better is left out. */
function remarksOf(flags: number, sheet: SheetFigures, context: RuleContext): RemarkView[] {
  const codes = flagCodes(flags);
  return codes.flatMap((code) => {
    const rule = ruleOf(code);
    if (!rule || (rule.supersededBy !== null && codes.includes(rule.supersededBy))) return [];
    const { severity, holds } = rule;
    return facts(rule, sheet, context).map((text) => ({ code, severity, holds: holds !== null, text }));
  });
}

/** The reading that stands, wherever it was given. */
async function readingOf(
  { tally, record }: Sources,
  row: Row | null,
  station: StationCode,
  shelf: Shelf,
  context: RuleContext,
): Promise<ReadingView | null> {
  const book = row?.block.books.recap;
  if (!row || !book || !hasStatement(book, row.slot)) return null;
  const plenary = tally.authority.chain(kecamatanOf(station))[levelOf(book, row.slot)];
  if (!plenary) return null;
  const index = indexOf(book, row.slot);
  const statement = parseStatement(await shelf.entry(plenary.log, index));
  const body = decodeBody("reading", statement.body);
  const id = asHash(toHex(statement.id));
  return {
    id,
    index,
    time: body.time,
    district: body.district,
    figures: body.figures,
    votes: body.votes,
    parties: body.parties,
    outcome: body.outcome,
    reason: body.reason,
    fields: body.fields,
    incident: body.incident,
    recount: body.recount ?? null,
    initialled: body.initialled,
    refused: body.refused,
    sheet: body.sheet,
    evidence: record.evidence.get(id) ?? body.evidence,
    remarks: remarksOf(shownFlags(row.block, "recap", row.slot) & ~flagsOf(book, row.slot), figuresOf(body), context),
    region: plenary.region,
  };
}
