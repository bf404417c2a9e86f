/**
 * Why a hall would not take a statement now, its form and signatures being right: all of the fold's reasons, and three of the
 * hall's own, which the fold leaves to people: one reads "as the sheet says" only what the sheet says, and a certificate is not
 * given while stations are unread, nor with other figures than the readings add up to.
 */

import type { Standings } from "../core/standings.ts";
import { desaOf, isWithin, NATION, parentOf, parseLogName, plenoLog, type RegionCode } from "../election/codes.ts";
import { malformed } from "../election/malformed.ts";
import { HotSheet, type Reported } from "../election/sheet.ts";
import { parseHot } from "../election/sheet-parser.ts";
import type { Body, BodyOf } from "../election/statements.ts";
import type { Text } from "../election/text.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import { canonical, type JsonObject } from "../ledger/canonical.ts";
import { NoteError, parseVkey } from "../ledger/note.ts";
import { judgeAdjustment } from "../tally/adjustments.ts";
import { hasStatement, idOf } from "../tally/book.ts";
import { penKey } from "../tally/plenary.ts";
import { fault, noEffect, type Refusal, sayRefusal } from "../tally/refusal.ts";
import { judge, reportsVotes } from "../tally/sheets.ts";
import type { Hall } from "./hall.ts";
import { allowed, type Proposal, type Signing, unsigned } from "./plenary-allowed.ts";
import type { PlenaryState } from "./plenary-state.ts";
import { rowOf, type Sources } from "./views/sources.ts";
import type { HallType } from "./wire/sign.ts";

type HallBody = Extract<Body, { readonly type: HallType }>;

/** Why not: a code (the fold's, or `unread`, `other-figures`), and words that say what to do. */
export interface Unfit {
  readonly reason: string;
  readonly message: Text;
}

interface Asked {
  readonly stated: HallBody;
  /** Short names of the keys that have signed. */
  readonly keys: readonly string[];
  readonly hall: Hall;
  readonly standings: Standings;
}

/** Why the statement would do nothing in this hall as it stands, or must not be made; null if it would stand. */
export async function refusalOf({ stated, keys, hall, standings }: Asked): Promise<Unfit | null> {
  const sources = hall.sources();
  const { state } = sources;
  const log = plenoLog(state.region);
  const signing = keys.map((key) => signingOf(standings, log, key, state.region));
  const unfit = (refusal: Refusal | null): Unfit | null =>
    refusal === null ? null : { reason: refusal.reason, message: sayRefusal(refusal) };
  switch (stated.type) {
    case "grant":
    case "revoke":
    case "order":
      return unfit(ownRefusal(state, stated, unsigned(stated.type, signing)));
    case "custody":
      return unfit(unsigned("custody", signing)) ?? custodyUnfit(stated.body, sources);
    case "reading":
      return (
        // In the order of the fold: whoever is refused learns the reason that the log would show.
        readingUnfit(stated.body, sources) ??
        unfit(
          allowed(state, signing, proposalOf(stated)) ??
            replacesAnother(stated.body, sources) ??
            doesNotAddUp(stated.body, state),
        ) ??
        (await notAsTheSheet(stated.body, hall))
      );
    case "certificate":
      return unfit(allowed(state, signing, proposalOf(stated))) ?? (await certificateUnfit(stated.body, state, hall));
    default:
      return unfit(allowed(state, signing, proposalOf(stated)));
  }
}

/** A key as a signer of the hall: the person, and the roles that stand over all of the region. */
function signingOf(standings: Standings, log: string, key: string, region: RegionCode): Signing {
  const grants = standings.grantsOf(log, key).filter((grant) => isWithin(region, grant.region as RegionCode));
  return { person: grants[0]?.person ?? "", roles: grants.map(({ role }) => role) };
}

type Judged = Exclude<HallBody, { readonly type: "grant" | "revoke" | "order" | "custody" }>;

function proposalOf({ type, body }: Judged): Proposal {
  switch (type) {
    case "minutes":
      return { type, act: body.act };
    case "reading":
      return { type, station: body.station, contest: body.contest, outcome: body.outcome };
    case "certificate":
      return { type, contest: body.contest, district: body.district };
    case "halt":
    case "resume":
      return { type, regions: body.regions };
    case "reopen":
      return { type, contest: body.contest, district: body.district, region: body.region };
    case "objection":
    case "pause":
    case "unpause":
      return { type };
  }
}

/** The fold's judgement of what `allowed` does not know, since no page of a sitting offers it. */
function ownRefusal(
  { region, surroundings: { model, halts, certified } }: PlenaryState,
  { type, body }: Extract<HallBody, { readonly type: "grant" | "revoke" | "order" }>,
  unsigned: Refusal | null,
): Refusal | null {
  switch (type) {
    case "revoke":
      return unsigned;
    case "grant": {
      const isInside = body.list.every((grant) => isWithin(grant.region as RegionCode, region));
      return unsigned ?? (isInside ? null : fault("no-authority"));
    }
    case "order": {
      const district = model.contest(body.contest)?.district(body.district) ?? null;
      const wentUp = region !== NATION && certified.has(penKey(body.contest, body.district));
      return judgeAdjustment(body, { region, district, unsigned, wentUp, halt: halts[0]?.order ?? null });
    }
  }
}

/** The fold's judgement of a hand-over, and the writer's own: the log must stand here exactly where it is handed over. */
function custodyUnfit(body: BodyOf<"custody">, { region, tally }: Sources): Unfit | null {
  const { authority } = tally;
  const parsed = parseLogName(body.log);
  if (parsed?.kind !== "pleno" || parentOf(parsed.region) !== region.code) return said("no-authority");
  if (!isKeyOf(body.vkey, `${tally.genesis?.election}/log/${body.log}`)) return NO_KEY;
  const before = authority.plenary(region.code).custodies.get(body.log)?.at(-1);
  if (before?.vkey === body.vkey) return SAME_WRITER;
  const { size } = authority.log(body.log);
  const isHere = body.size === size && body.root === toHex(authority.log(body.log).root());
  return isHere && body.epoch === (before?.epoch ?? 0) + 1 ? null : MOVED_ON;
}

function isKeyOf(vkey: string, origin: string): boolean {
  try {
    return parseVkey(vkey).name === origin;
  } catch (error) {
    if (error instanceof NoteError) return false;
    throw error;
  }
}

/** What is wrong with a reading before anyone asks who may give it: place and form. */
function readingUnfit(body: BodyOf<"reading">, { region, model }: Sources): Unfit | null {
  if (!isWithin(body.station, region.code)) return said("wrong-log");
  const [wrong] = malformed("reading", body, { model });
  if (wrong === undefined) return null;
  const { path, what } = wrong;
  const message = {
    id: `${path}: ${what.id}. Perbaiki, lalu coba lagi.`,
    en: `${path}: ${what.en}. Mend it and try again.`,
  };
  return { reason: "malformed", message };
}

/** Whether a reading names another than the one that stands. */
function replacesAnother(body: BodyOf<"reading">, { tally }: Sources): Refusal | null {
  const row = rowOf(tally, body.station, body.contest);
  const book = row?.block.books.recap;
  const standing = row && book && hasStatement(book, row.slot) ? toHex(idOf(book, row.slot)) : null;
  return body.previous === standing ? null : noEffect("other-reading");
}

const said = (reason: Refusal["reason"]): Unfit => ({ reason, message: sayRefusal({ reason, fault: false }) });

const scratch = new HotSheet();

/** The fold's last question of a reading: whether its votes add up, unless paper that does not is adopted as it is. */
function doesNotAddUp(body: BodyOf<"reading">, { surroundings: { model } }: PlenaryState): Refusal | null {
  const desa = model.region(desaOf(body.station));
  const district = desa && model.contest(body.contest)?.districtOf(desa);
  const isRead = parseHot("reading", utf8(canonical({ ...body } as unknown as JsonObject)), scratch);
  if (!district || !isRead || reportsVotes(scratch, district) === "partly") return fault("malformed");
  const { hold, heldParties } = judge({ model, district }, scratch);
  const isHeld = hold || heldParties.length > 0;
  return isHeld && body.outcome !== "noted" ? noEffect("does-not-add-up") : null;
}

/**
 * The hall's own: a reading that says it is as its sheet has the figures of that sheet. The fold cannot ask this: by the time it
 * folds a reading it may hold a later sheet, and its verdict must not depend on that.
 */
async function notAsTheSheet(body: BodyOf<"reading">, hall: Hall): Promise<Unfit | null> {
  if (body.sheet === null || (body.outcome !== "same" && body.outcome !== "noted")) return null;
  const view = await hall.station(body.contest, body.station);
  const sheet = [view?.sheet, ...(view?.rivals ?? [])].find((one) => one?.id === body.sheet);
  if (!sheet) return said("not-current");
  const isSame = (["figures", "votes", "parties"] as const).every((part) =>
    equalLists(body[part] ?? [], sheet[part] ?? []),
  );
  return isSame ? null : NOT_AS_THE_SHEET;
}

/** The hall's own: no certificate over stations that are not read, nor of other figures than the readings add up to. */
async function certificateUnfit(body: BodyOf<"certificate">, state: PlenaryState, hall: Hall): Promise<Unfit | null> {
  const { contest, district } = body;
  if (body.region !== state.region) return said("wrong-log");
  const result = state.results.find((one) => one.contest === contest && one.district === district);
  const stage = result?.stage.stage === "reopened" ? result.stage.next : result?.stage.stage;
  if (stage === "reading") return UNREAD;
  const below = await hall.below(contest, district);
  const counted = (of: "expected" | "read") => below?.children.reduce((sum, child) => sum + child[of], 0);
  const isSame =
    equalLists(body.figures, below?.total.figures ?? []) &&
    equalLists(body.votes, below?.total.votes ?? []) &&
    body.stations === counted("expected") &&
    body.read === counted("read");
  return isSame ? null : OTHER_FIGURES;
}

/** Whether two lists of sums say the same; what nobody reported adds nothing, whichever way that is written. */
function equalLists(a: readonly Reported[], b: readonly Reported[]): boolean {
  return a.length === b.length && a.every((value, i) => (value ?? 0) === (b[i] ?? 0));
}

const unfitAs = (reason: string, id: string, en: string): Unfit => ({ reason, message: { id, en } });

const OTHER_FIGURES = unfitAs(
  "other-figures",
  "Angka D.Hasil ini tidak sama dengan jumlah pembacaan yang tercatat sekarang. Muat ulang, periksa, lalu tetapkan.",
  "The figures of this certificate are not what the readings add up to now. Reload, check, then certify.",
);
const NO_KEY = unfitAs(
  "no-key",
  "Ini bukan kunci laptop untuk catatan wilayah itu. Salin atau pindai lagi dari halaman Sambungan laptopnya.",
  "This is no key of a laptop for the log of that region. Copy or scan it again from the laptop's page Connection.",
);
const SAME_WRITER = unfitAs(
  "same-writer",
  "Catatan ini sudah ditulis oleh kunci itu. Tidak perlu diserahkan lagi.",
  "This log is written by that key already. It need not be handed over again.",
);
const MOVED_ON = unfitAs(
  "moved-on",
  "Catatan wilayah itu baru saja bertambah di sini. Periksa keadaannya yang baru, lalu serahkan lagi.",
  "The log of that region has just grown here. Look at where it stands now, then hand it over again.",
);
const NOT_AS_THE_SHEET = unfitAs(
  "not-as-the-sheet",
  "Angkanya tidak sama dengan C.Hasil yang dibacakan. Catat sebagai pembetulan, bersama orang kedua.",
  "The figures are not those of the sheet that is read. Record a correction, with a second person.",
);
const UNREAD = unfitAs(
  "unread",
  "Belum semua TPS dibacakan, jadi D.Hasil ini belum bisa ditetapkan. Bacakan dahulu TPS yang tersisa.",
  "Not every station is read, so this result cannot be certified yet. Read the stations that are left.",
);
