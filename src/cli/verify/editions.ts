/**
 * The log of editions: its tree against its checkpoint, every edition's signature and chain, and the log against an earlier
 * checkpoint that somebody kept (`--since`), which is how a log that was rolled back or has two histories is caught.
 */
import { equalBytes } from "../../ledger/bytes.ts";
import type { ReadCheckpoint } from "../../ledger/checkpoint.ts";
import { TILE_WIDTH } from "../../ledger/tiles.ts";
import { Frontier, leafHash } from "../../ledger/tree.ts";
import type { SignedEdition } from "../../publish/edition.ts";
import { openEdition, type Reader } from "../reader.ts";
import type { Faults } from "./faults.ts";
import { checkTiles } from "./tiles.ts";

/** Reads all editions of the checkpoint, in order; as many as can be read. */
export async function checkEditions(
  reader: Reader,
  since: ReadCheckpoint | null,
  faults: Faults,
): Promise<SignedEdition[]> {
  const { size, root } = reader.checkpoint;
  const entries = await readEntries(reader, faults);
  const hashes = entries.map(leafHash);
  const frontier = new Frontier();
  let at: Uint8Array | null = since?.size === 0 ? since.root : null;
  for (const hash of hashes) {
    frontier.push(hash);
    if (frontier.size === since?.size) at = frontier.root();
  }
  const holds = entries.length === size && equalBytes(frontier.root(), root);
  await checkTiles(reader.editions, hashes, size, holds, faults);
  if (entries.length === size && !holds)
    faults.add("checkpoint", "signs another root than that of the editions in tile/entries");
  if (since) checkSince(since, reader.checkpoint, at, faults);
  return readEditions(reader, entries, faults);
}

async function readEntries(reader: Reader, faults: Faults): Promise<Uint8Array[]> {
  const { size } = reader.checkpoint;
  const entries: Uint8Array[] = [];
  try {
    for (let n = 0; n * TILE_WIDTH < size; n++) entries.push(...(await reader.editions.bundle(n, size)));
  } catch (error) {
    faults.addError(error);
  }
  return entries;
}

function checkSince(since: ReadCheckpoint, now: ReadCheckpoint, at: Uint8Array | null, faults: Faults): void {
  if (since.size > now.size) {
    faults.add(
      "checkpoint",
      `was rolled back: it covers ${now.size} editions, the earlier checkpoint covered ${since.size}`,
    );
  } else if (at !== null && !equalBytes(at, since.root)) {
    faults.add(
      "checkpoint",
      `is a fork: its first ${since.size} editions are not those of the earlier checkpoint (dua riwayat yang bertentangan)`,
    );
  }
}

function readEditions(reader: Reader, entries: readonly Uint8Array[], faults: Faults): SignedEdition[] {
  const editions: SignedEdition[] = [];
  for (const [index, note] of entries.entries()) {
    const path = reader.editions.path("entries", Math.floor(index / TILE_WIDTH), reader.checkpoint.size);
    try {
      const signed = openEdition(note, index + 1, reader.verifier, path);
      checkChain(signed, editions.at(-1) ?? null, `${path} (edition ${index + 1})`, faults);
      editions.push(signed);
    } catch (error) {
      faults.addError(error);
      return editions;
    }
  }
  return editions;
}

function checkChain({ edition }: SignedEdition, before: SignedEdition | null, where: string, faults: Faults): void {
  if (edition.previous !== (before?.id ?? null)) faults.add(where, "does not name the edition before it");
  if (before && edition.time < before.edition.time) faults.add(where, "is earlier than the edition before it");
}
