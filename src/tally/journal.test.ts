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

test("postings are kept as their chunk has them, as many to a chunk as fit into eight kilobytes", () => {
  const journal = emptyJournal();
  for (const index of range(0, 250)) addPosting(journal, posting(index));
  const chunks = [...journal.full, openPostings(journal)];
  assert.deepEqual(chunks.flatMap(read), range(0, 250).map(written));
  for (const [i, chunk] of journal.full.entries()) {
    const next = JSON.stringify(read(chunks[i + 1] ?? chunk)[0]).length;
    assert.ok(chunk.length <= 8192 && chunk.length + 1 + next > 8192, `chunk ${i} of ${chunk.length} bytes`);
  }
});

test("a posting that is larger than a chunk has one to itself", () => {
  const journal = emptyJournal();
  const large = { ...posting(1), changes: range(0, 6000) };
  for (const one of [posting(0), large, posting(2)]) addPosting(journal, one);
  assert.deepEqual(
    [...journal.full, openPostings(journal)].map((chunk) => read(chunk).map(({ index }) => index)),
    [[0], [1], [2]],
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
