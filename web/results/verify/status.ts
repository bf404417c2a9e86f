/**
 * What this site publishes: written into the page at publication, and in `status.json` for a page that was told nothing. It is not
 * signed, so it decides nothing but words and where to begin.
 */
import type { Text } from "../../../src/election/text.ts";
import { fields, items, parseJson, text } from "./shape.ts";

export interface Status {
  /** Origin of the log of editions. */
  readonly election: string;
  readonly editionsVkey: string;
  /** Id of the genesis statement. */
  readonly genesis: string;
  readonly title: Text;
  /** The votes are invented: every screen says so. */
  readonly simulation: boolean;
  readonly contests: readonly string[];
}

/** Throws ShapeError. */
export function decodeStatus(bytes: Uint8Array): Status {
  const from = parseJson(bytes, "status");
  const { id, en } = fields(from.title, "title");
  return {
    election: text(from.election, "election"),
    editionsVkey: text(from.editionsVkey, "editionsVkey"),
    genesis: text(from.genesis, "genesis"),
    title: { id: text(id, "title"), en: text(en, "title") },
    simulation: from.simulation === true,
    contests: items(from.contests, "contests", text),
  };
}
