/**
 * The files that change with every edition and are cached for seconds: what a reader fetches first.
 *
 * `now/<contest>.json` takes a reader from nothing to a verified root in one request: the edition's statement, the proof that it
 * is the newest of the editions log with the signed checkpoint, and the nation's object, each as the very text that was
 * hashed. `status.json` is a convenience that proves nothing.
 */
import type { Model } from "../election/model.ts";
import type { Text } from "../election/text.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { formatProof, inclusionProof, tileHashReader } from "../ledger/proof.ts";
import type { ReadTile } from "../ledger/tiles.ts";
import type { Genesis } from "../tally/authority.ts";
import type { Edition, SignedEdition } from "./edition.ts";

/** The proof, with its checkpoint, that edition `number` is the last of that many. `readTile` reads the editions log's. */
export function editionProof(number: number, checkpoint: Uint8Array, readTile: ReadTile): string {
  const hashes = inclusionProof(number - 1, number, tileHashReader(readTile, number));
  return formatProof({ index: number - 1, hashes, checkpoint: fromUtf8(checkpoint) });
}

/** The bytes of `now/<contest>.json`. `nation` is the nation's object. */
export function nowBytes({ note }: SignedEdition, proof: string, nation: Uint8Array): Uint8Array {
  return utf8(canonical({ edition: fromUtf8(note), nation: fromUtf8(nation), proof }));
}

/** What a site says of the election that it publishes: in `status.json`, and in the page for readers. */
export type AboutSite = {
  readonly contests: readonly string[];
  readonly editionsVkey: string;
  readonly election: string;
  /** Id of the genesis statement. */
  readonly genesis: string;
  /** The votes are invented. */
  readonly simulation: boolean;
  readonly title: { readonly [language in keyof Text]: string };
};

export function aboutSite(genesis: Genesis, { contests, simulation, title }: Model, editionsVkey: string): AboutSite {
  const kinds = contests.map(({ kind }) => kind);
  return { contests: kinds, editionsVkey, election: genesis.election, genesis: genesis.id, simulation, title };
}

/**
 * The bytes of `status.json`. `heldBack`: entries that are stored but wait for another log's, and so are in no edition yet.
 */
export function statusBytes(about: AboutSite, { number, time }: Edition, heldBack: number): Uint8Array {
  return utf8(canonical({ ...about, edition: number, heldBack, time }));
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
