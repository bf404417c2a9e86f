/**
 * Sheets and readings of any values that their form allows, and a parsed one written back as the JSON that it came from.
 */
import fc from "fast-check";
import { toHex } from "../../ledger/bytes.ts";
import type { JsonObject } from "../../ledger/canonical.ts";
import { CONTEST_KINDS } from "../codes.ts";
import { type HotSheet, OUTCOMES } from "../sheet.ts";
import type { HotType } from "../sheet-parser.ts";

const hexOf = (bytes: number) => fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(toHex);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const count = orNull(fc.oneof(fc.nat(999), fc.nat(999_999_999)));
const plain = fc.string({ unit: fc.constantFrom(..."abcXYZ019._/-+ "), maxLength: 40 });
const common = {
  by: fc.array(plain, { maxLength: 3 }),
  contest: fc.constantFrom(...CONTEST_KINDS),
  district: hexOf(32),
  election: hexOf(16),
  figures: fc.array(count, { minLength: 25, maxLength: 25 }),
  parties: fc.array(count, { maxLength: 24 }),
  previous: orNull(hexOf(32)),
  station: fc.bigInt({ min: 10n ** 12n, max: 10n ** 13n - 1n }).map(String),
  time: fc.maxSafeNat(),
  votes: orNull(fc.array(count, { maxLength: 240 })),
};
export const sheets = fc.record({ ...common, papers: orNull(hexOf(32)) });
const recount = fc.record({
  asked: fc.array(plain, { maxLength: 3 }),
  counted: fc.array(plain, { maxLength: 3 }),
  supervisor: fc.boolean(),
});
const readingFields = {
  ...common,
  evidence: orNull(hexOf(32)),
  fields: fc.array(plain, { maxLength: 4 }),
  incident: orNull(fc.nat(999_999_999)),
  initialled: fc.array(plain, { maxLength: 4 }),
  outcome: fc.constantFrom(...OUTCOMES),
  reason: orNull(plain),
  refused: fc.array(plain, { maxLength: 4 }),
  sheet: orNull(hexOf(32)),
};
export const readings = fc.oneof(fc.record(readingFields), fc.record({ ...readingFields, recount }));

/** The parsed record as the JSON it came from. */
export function written(type: HotType, hot: HotSheet): JsonObject {
  const list = (values: Int32Array, length: number) => [...values.subarray(0, length)].map((v) => (v < 0 ? null : v));
  const id = (has: boolean, bytes: Uint8Array) => (has ? toHex(bytes) : null);
  const body = {
    by: hot.by,
    contest: CONTEST_KINDS[hot.contest] ?? null,
    district: hot.districtHex,
    election: hot.electionHex,
    figures: list(hot.figures, 25),
    parties: list(hot.parties, hot.partyCount),
    previous: id(hot.hasPrevious, hot.previous),
    station: String(hot.station),
    time: hot.time,
    votes: hot.voteCount < 0 ? null : list(hot.votes, hot.voteCount),
  };
  if (type === "sheet") return { ...body, papers: id(hot.hasPapers, hot.papers) };
  return {
    ...body,
    evidence: id(hot.hasEvidence, hot.evidence),
    fields: hot.fields,
    incident: hot.incident < 0 ? null : hot.incident,
    initialled: hot.initialled,
    outcome: OUTCOMES[hot.outcome] ?? null,
    reason: hot.reason,
    ...(hot.recount === undefined ? {} : { recount: { ...hot.recount } }),
    refused: hot.refused,
    sheet: id(hot.hasSheet, hot.sheet),
  };
}
