/**
 * The files that change with every edition and are cached for seconds: what a reader fetches first.
 *
 * `now/<contest>.json` takes a reader from nothing to a verified root in one request: the edition's statement, the proof that it
 * is the newest of the editions log with the signed checkpoint, and the nation's object, each as the very text that was
 * hashed. `status.json` is a convenience that proves nothing.
 */
import type { ContestKind } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { formatProof, inclusionProof, tileHashReader } from "../ledger/proof.ts";
import type { ReadTile } from "../ledger/tiles.ts";
import type { Genesis } from "../tally/authority.ts";
import type { SignedEdition } from "./edition.ts";

/** The proof, with its checkpoint, that edition `number` is the last of that many. `readTile` reads the editions log's. */
export function editionProof(number: number, checkpoint: Uint8Array, readTile: ReadTile): string {
  const hashes = inclusionProof(number - 1, number, tileHashReader(readTile, number));
  return formatProof({ index: number - 1, hashes, checkpoint: fromUtf8(checkpoint) });
}

/** The bytes of `now/<contest>.json`. `nation` is the nation's object. */
export function nowBytes({ note }: SignedEdition, proof: string, nation: Uint8Array): Uint8Array {
  return utf8(canonical({ edition: fromUtf8(note), nation: fromUtf8(nation), proof }));
}

export interface Status {
  readonly genesis: Genesis;
  readonly model: Model;
  readonly edition: SignedEdition;
  readonly editionsVkey: string;
  /** Entries that are stored but wait for another log's, and so are in no edition yet. */
  readonly heldBack: number;
}

/** The bytes of `status.json`. */
export function statusBytes({ genesis, model, edition: { edition }, editionsVkey, heldBack }: Status): Uint8Array {
  const contests: ContestKind[] = model.contests.map(({ kind }) => kind);
  return utf8(
    canonical({
      contests,
      edition: edition.number,
      editionsVkey,
      election: genesis.election,
      genesis: genesis.id,
      heldBack,
      simulation: model.simulation,
      time: edition.time,
      title: { ...model.title },
    }),
  );
}

/** The edition that a status file names: 0 if there is none or it cannot be read. */
export function statusEdition(bytes: Uint8Array | null): number {
  try {
    const status: unknown = bytes && JSON.parse(fromUtf8(bytes));
    const named = typeof status === "object" && status !== null && "edition" in status ? status.edition : 0;
    return typeof named === "number" ? named : 0;
  } catch {
    return 0;
  }
}
