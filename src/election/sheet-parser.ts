/**
 * The byte parser of sheets and readings.
 *
 * It accepts only the canonical form: keys in their one order, no spaces, no leading zeros, no escapes. Whatever it refuses
 * is either not canonical or so unusual (an escape, a negative number) that the slow path of `statements.ts` must judge it
 * and name the fault. `JSON.parse` plus canonical re-serialisation is its oracle in the tests.
 *
 * The cursor is module state: the parser is synchronous and never re-entered, and this is measurably faster than an object.
 */
import { RecentTexts } from "../ledger/recent-texts.ts";
import { type HotSheet, MAX_PARTIES, MAX_VOTES, type Recount } from "./sheet.ts";

export type HotType = "sheet" | "reading";

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const ZERO = 0x30;
const LOWER_N = 0x6e;

/** Nine digits always fit an Int32Array; no count on any form comes near. */
const MAX_DIGITS = 9;
const FAILED = -2;

/** Key names, reasons; and apart from them hashes of districts and elections, so that what is known there is hex. */
const words = new RecentTexts();
const hexes = new RecentTexts();

let buffer: Uint8Array = new Uint8Array(0);
let at = 0;

const literal = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

const KEY = {
  by: literal('{"by":'),
  contest: literal(',"contest":"'),
  district: literal('","district":"'),
  election: literal('","election":"'),
  evidence: literal('","evidence":'),
  fields: literal(',"fields":'),
  figures: literal('","figures":'),
  figuresAfterFields: literal(',"figures":'),
  incident: literal(',"incident":'),
  initialled: literal(',"initialled":'),
  outcome: literal(',"outcome":"'),
  papers: literal(',"papers":'),
  parties: literal(',"parties":'),
  partiesAfterOutcome: literal('","parties":'),
  previous: literal(',"previous":'),
  reason: literal(',"reason":'),
  recountAsked: literal(',"recount":{"asked":'),
  recountCounted: literal(',"counted":'),
  recountSupervisor: literal(',"supervisor":'),
  refused: literal(',"refused":'),
  sheet: literal(',"sheet":'),
  station: literal(',"station":"'),
  time: literal('","time":'),
  votes: literal(',"votes":'),
};
const NULL = literal("null");
const TRUE_END = literal("true}");
const FALSE_END = literal("false}");

const CONTEST_WORDS = ["ppwp", "dpr", "dpd", "dprdp", "dprdk"].map(literal);
const OUTCOME_WORDS = ["same", "noted", "corrected", "recount"].map(literal);

/** Steps over the literal if it stands at the cursor. */
function skip(text: Uint8Array): boolean {
  const { length } = text;
  for (let i = 0; i < length; i++) if (buffer[at + i] !== text[i]) return false;
  at += length;
  return true;
}

/** Index of the word that stands at the cursor up to the closing quote (not stepped over), or -1. */
function word(choices: readonly Uint8Array[]): number {
  for (let w = 0; w < choices.length; w++) {
    const text = choices[w];
    const start = at;
    if (text !== undefined && skip(text)) {
      if (buffer[at] === QUOTE) return w;
      at = start;
    }
  }
  return -1;
}

/** The key of a station signs its sheets one after the other. */
let lastPlain = "";

/** Steps over the last plain string and its quote if they stand at the cursor. */
function isLast(): boolean {
  const { length } = lastPlain;
  if (length === 0 || buffer[at + length] !== QUOTE) return false;
  for (let i = 0; i < length; i++) if (lastPlain.charCodeAt(i) !== buffer[at + i]) return false;
  at += length + 1;
  return true;
}

/** A plain ASCII string up to its closing quote, which is stepped over; null if there is an escape or anything else. */
function plain(): string | null {
  const from = at;
  if (isLast()) return lastPlain;
  for (;;) {
    const byte = buffer[at];
    if (byte === QUOTE) {
      lastPlain = words.text(buffer, from, at++);
      return lastPlain;
    }
    if (byte === undefined || byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return null;
    at++;
  }
}

/** Lower-case hex of this many characters; the cursor stands after it. Null if it is anything else. */
function hexText(length: number): string | null {
  const from = at;
  at += length;
  const known = hexes.known(buffer, from, at);
  if (known !== null) return known;
  for (let i = from; i < at; i++) {
    const byte = buffer[i] ?? 0;
    if (!((byte >= ZERO && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66))) return null;
  }
  return hexes.text(buffer, from, at);
}

function nibble(byte: number): number {
  if (byte >= ZERO && byte <= 0x39) return byte - ZERO;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}

const MISSING = 0;
const PRESENT = 1;

/** A quoted hash of 32 bytes into `into`, or null. */
function hash(into: Uint8Array): number {
  if (buffer[at] !== QUOTE) return skip(NULL) ? MISSING : FAILED;
  at++;
  for (let i = 0; i < 32; i++) {
    const high = nibble(buffer[at++] ?? 0);
    const low = nibble(buffer[at++] ?? 0);
    if (high < 0 || low < 0) return FAILED;
    into[i] = (high << 4) | low;
  }
  return buffer[at++] === QUOTE ? PRESENT : FAILED;
}

/** Digits without leading zeros, at most `most` of them, or FAILED. */
function digits(most: number): number {
  const from = at;
  let value = 0;
  for (; at - from < most; at++) {
    const digit = (buffer[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === from || (at - from > 1 && buffer[from] === ZERO)) return FAILED;
  return value;
}

/** An array of counts or null, of at most `most`; the number of them, or FAILED. The one loop that matters. */
function counts(into: Int32Array, most: number): number {
  const bytes = buffer;
  let i = at;
  if (bytes[i] !== OPEN) return FAILED;
  i++;
  if (bytes[i] === CLOSE) {
    at = i + 1;
    return 0;
  }
  for (let count = 0; count < most; ) {
    let digit = (bytes[i] ?? 0) - ZERO;
    let value = -1;
    if (digit >= 0 && digit <= 9) {
      value = digit;
      const start = i++;
      for (;;) {
        digit = (bytes[i] ?? 0) - ZERO;
        if (digit < 0 || digit > 9) break;
        value = value * 10 + digit;
        i++;
        if (i - start > MAX_DIGITS) return FAILED;
      }
      if (i - start > 1 && bytes[start] === ZERO) return FAILED;
    } else if (bytes[i] === LOWER_N) {
      at = i;
      if (!skip(NULL)) return FAILED;
      i = at;
    } else {
      return FAILED;
    }
    into[count++] = value;
    const after = bytes[i++];
    if (after === COMMA) continue;
    if (after !== CLOSE) return FAILED;
    at = i;
    return count;
  }
  return FAILED;
}

/** An array of plain strings into `into`, whose old content is dropped. */
function strings(into: string[]): boolean {
  into.length = 0;
  if (buffer[at++] !== OPEN) return false;
  if (buffer[at] === CLOSE) {
    at++;
    return true;
  }
  for (;;) {
    if (buffer[at++] !== QUOTE) return false;
    const text = plain();
    if (text === null) return false;
    into.push(text);
    const after = buffer[at++];
    if (after === CLOSE) return true;
    if (after !== COMMA) return false;
  }
}

/** by, contest, district, election: what both types begin with. */
function head(into: HotSheet): boolean {
  if (!skip(KEY.by) || !strings(into.by) || !skip(KEY.contest)) return false;
  into.contest = word(CONTEST_WORDS);
  if (into.contest < 0 || !skip(KEY.district)) return false;
  const district = hexText(64);
  if (district === null || !skip(KEY.election)) return false;
  const election = hexText(32);
  if (election === null) return false;
  into.districtHex = district;
  into.electionHex = election;
  return true;
}

/** Exactly the 25 figures. */
function figures(into: HotSheet): boolean {
  return counts(into.figures, into.figures.length) === into.figures.length;
}

function parties(into: HotSheet): boolean {
  into.partyCount = counts(into.parties, MAX_PARTIES);
  return into.partyCount >= 0;
}

function previous(into: HotSheet): boolean {
  const state = hash(into.previous);
  into.hasPrevious = state === PRESENT;
  return state !== FAILED;
}

/** station, time, votes: what both types end with. */
function tail(into: HotSheet): boolean {
  if (!skip(KEY.station)) return false;
  const from = at;
  const station = digits(13);
  if (station === FAILED || at - from !== 13 || !skip(KEY.time)) return false;
  into.station = hexes.text(buffer, from, from + 13);
  into.kecamatan = hexes.text(buffer, from, from + 6);
  into.stationNumber = station % 1000;
  into.desa = Math.floor(station / 1000);
  into.time = digits(16);
  if (into.time < 0 || into.time > Number.MAX_SAFE_INTEGER || !skip(KEY.votes)) return false;
  if (buffer[at] === LOWER_N) {
    if (!skip(NULL)) return false;
    into.voteCount = -1;
  } else {
    into.voteCount = counts(into.votes, MAX_VOTES);
    if (into.voteCount < 0) return false;
  }
  return buffer[at] === 0x7d && at + 1 === buffer.length;
}

function sheet(into: HotSheet): boolean {
  if (!head(into) || !skip(KEY.figures) || !figures(into) || !skip(KEY.papers)) return false;
  const papers = hash(into.papers);
  into.hasPapers = papers === PRESENT;
  if (papers === FAILED || !skip(KEY.parties) || !parties(into) || !skip(KEY.previous) || !previous(into)) return false;
  if (!tail(into)) return false;
  into.outcome = 0;
  into.hasSheet = false;
  into.hasEvidence = false;
  into.incident = -1;
  into.reason = null;
  into.recount = undefined;
  into.fields.length = 0;
  into.initialled.length = 0;
  into.refused.length = 0;
  return true;
}

/** Who asked and who counted, from behind `"asked":`. It is rare, so it may have objects of its own. */
function recount(): Recount | undefined {
  const asked: string[] = [];
  const counted: string[] = [];
  if (!strings(asked) || !skip(KEY.recountCounted) || !strings(counted)) return undefined;
  if (!skip(KEY.recountSupervisor)) return undefined;
  const supervisor = skip(TRUE_END);
  return supervisor || skip(FALSE_END) ? { asked, counted, supervisor } : undefined;
}

function reading(into: HotSheet): boolean {
  if (!head(into) || !skip(KEY.evidence)) return false;
  const evidence = hash(into.evidence);
  into.hasEvidence = evidence === PRESENT;
  if (evidence === FAILED || !skip(KEY.fields) || !strings(into.fields)) return false;
  if (!skip(KEY.figuresAfterFields) || !figures(into) || !skip(KEY.incident)) return false;
  into.incident = -1;
  if (!skip(NULL)) {
    into.incident = digits(MAX_DIGITS);
    if (into.incident < 0) return false;
  }
  if (!skip(KEY.initialled) || !strings(into.initialled) || !skip(KEY.outcome)) return false;
  into.outcome = word(OUTCOME_WORDS);
  if (into.outcome < 0 || !skip(KEY.partiesAfterOutcome) || !parties(into)) return false;
  if (!skip(KEY.previous) || !previous(into) || !skip(KEY.reason)) return false;
  into.reason = null;
  if (!skip(NULL)) {
    if (buffer[at++] !== QUOTE) return false;
    into.reason = plain();
    if (into.reason === null) return false;
  }
  into.recount = undefined;
  if (skip(KEY.recountAsked)) {
    into.recount = recount();
    if (into.recount === undefined) return false;
  }
  if (!skip(KEY.refused) || !strings(into.refused) || !skip(KEY.sheet)) return false;
  const read = hash(into.sheet);
  into.hasSheet = read === PRESENT;
  into.hasPapers = false;
  return read !== FAILED && tail(into);
}

/**
 * Parses line 2 of a sheet or a reading (without the newline) into `into`. False: not the canonical form of this type, and
 * `into` holds rubbish; ask `decodeBody` for the fault. It checks form only; what the numbers may be is the rules' matter.
 */
export function parseHot(type: HotType, body: Uint8Array, into: HotSheet): boolean {
  buffer = body;
  at = 0;
  return type === "sheet" ? sheet(into) : reading(into);
}
