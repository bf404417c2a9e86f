/** `status.json`: what this site publishes. It is not signed, so it decides nothing but words and where to begin. */
import type { Text } from "../../../src/election/text.ts";
import { fields, items, optional, parseJson, text } from "./shape.ts";

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
  return {
    election: text(from.election, "election"),
    editionsVkey: text(from.editionsVkey, "editionsVkey"),
    genesis: text(from.genesis, "genesis"),
    title: optional(from.title, "title", bothLanguages) ?? { id: "", en: "" },
    simulation: from.simulation === true,
    contests: items(from.contests, "contests", text),
  };
}

function bothLanguages(value: unknown, where: string): Text {
  if (typeof value === "string") return { id: value, en: value };
  const from = fields(value, where);
  return { id: text(from.id, where), en: text(from.en, where) };
}
