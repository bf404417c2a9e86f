import assert from "node:assert/strict";
import { test } from "node:test";
import { fromUtf8 } from "../ledger/bytes.ts";
import { addPosting, emptyJournal, type JournalPosting, openPostings, trimmed } from "./journal.ts";

const posting = (index: number): JournalPosting => ({
  station: "5101011001001",
  district: "51.1",
  kind: "correction",
  index,
  reason: null,
  changes: [0, 10, index, 7, index, 0],
});

const read = (postings: Uint8Array): JournalPosting[] => JSON.parse(`[${fromUtf8(postings)}]`);
const written = (index: number) => ({
  ...posting(index),
  changes: [
    [0, 10, index],
    [7, index, 0],
  ],
});
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test("postings are kept as their chunk has them, a hundred to a chunk", () => {
  const journal = emptyJournal();
  for (const index of range(0, 250)) addPosting(journal, posting(index));
  const chunks = [...journal.full, openPostings(journal)].map(read);
  assert.deepEqual(
    chunks,
    [range(0, 100), range(100, 200), range(200, 250)].map((indices) => indices.map(written)),
  );
});

test("a journal that was saved goes on as the one that was not", () => {
  const journal = emptyJournal();
  for (const index of range(0, 30)) addPosting(journal, posting(index));
  const saved = trimmed(journal, true);
  assert.equal(saved.open.length, saved.openBytes);
  for (const index of range(30, 140)) for (const one of [journal, saved]) addPosting(one, posting(index));
  assert.deepEqual(trimmed(saved, true), trimmed(journal, true));
});
