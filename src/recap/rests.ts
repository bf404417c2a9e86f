/**
 * When a plenary did not sit: rests of the whole hall, and halts from where its log had seen them. By the times that its own log
 * claims, so that everyone who has the log finds the same.
 */
import { isWithin, parseLogName } from "../election/codes.ts";
import type { Authority } from "../tally/authority.ts";
import { haltsOn, type Orders } from "../tally/halts.ts";
import type { LogName } from "../tally/logs.ts";
import { WHOLE } from "../tally/plenary.ts";
import type { PlenaryRecord } from "./plenary-record.ts";

/** Milliseconds since 1970; one that goes on has no end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The spans in which nothing could be read, in their order and apart from each other. */
export function restsOf(record: PlenaryRecord, authority: Authority): Span[] {
  return merged([...pausesOf(record), ...haltsOf(record, authority)]);
}

/** Of a span from `from` to `to`, how much lies outside the rests; milliseconds. */
export function sittingTime(rests: readonly Span[], from: number, to: number): number {
  const rested = rests.reduce((sum, rest) => sum + Math.max(0, Math.min(to, rest.to) - Math.max(from, rest.from)), 0);
  return Math.max(0, to - from - rested);
}

function pausesOf({ rests }: PlenaryRecord): Span[] {
  return spansOf(rests.filter(({ panel }) => panel === WHOLE).map(({ begins, time }) => [time, begins]));
}

function haltsOf(record: PlenaryRecord, authority: Authority): Span[] {
  const chain = authority.chain(record.region);
  if (chain.every(({ halts, paperOrders }) => halts.length === 0 && paperOrders.length === 0)) return [];
  const seen = new Map<LogName, number>();
  const sightings = record.sightings.filter(({ log }) => isAbove(log, record));
  const turns = [...sightings, ...record.orders.map((order) => ({ ...order, log: null, size: 0 }))];
  turns.sort((a, b) => a.index - b.index);
  const states = turns.map((turn): [number, boolean] => {
    if (turn.log !== null) seen.set(turn.log, turn.size);
    const size = turn.index + 1;
    const sees = (log: LogName) => (log === chain[0]?.log ? size : (seen.get(log) ?? 0));
    const stated = chain.map((plenary, i): Orders => (i === 0 ? upTo(plenary, size) : plenary));
    return [turn.time, haltsOn({ sees }, stated, record.region).length > 0];
  });
  return spansOf(states);
}

/** What a log had stated of orders before a size. */
function upTo({ region, log, halts, resumes, paperOrders }: Orders, size: number): Orders {
  return { region, log, halts, resumes, paperOrders: paperOrders.filter(({ index }) => index < size) };
}

const isAbove = (name: LogName, { region }: PlenaryRecord): boolean => {
  const log = parseLogName(name);
  return log?.kind === "pleno" && log.region !== region && isWithin(region, log.region);
};

/** Spans from where a state begins to where it ends. */
function spansOf(states: readonly (readonly [time: number, rests: boolean])[]): Span[] {
  const spans: Span[] = [];
  let from: number | null = null;
  for (const [time, rests] of states) {
    if (rests) from ??= time;
    else if (from !== null) {
      spans.push({ from, to: time });
      from = null;
    }
  }
  return from === null ? spans : [...spans, { from, to: Number.POSITIVE_INFINITY }];
}

function merged(spans: readonly Span[]): Span[] {
  const apart: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last && span.from <= last.to) apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else apart.push(span);
  }
  return apart;
}
