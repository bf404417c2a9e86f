/** The list of prepared downloads, verified: the edition names its hash, and it names the hash of each file. */
import type { Text } from "../../../src/election/text.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import { faulted } from "../verify/edition.ts";
import { Fault } from "../verify/fault.ts";
import type { Fetch } from "../verify/files.ts";
import { fields, integer, items, parseJson, ShapeError, text } from "../verify/shape.ts";

export interface PreparedFile {
  readonly contest: string;
  readonly region: string;
  readonly name: string;
  readonly book: "count" | "recap";
  readonly votes: "choices" | "parties";
  readonly rows: number;
  readonly bytes: number;
  readonly hash: string;
  readonly path: string;
}

/** Where an edition says its downloads are. */
export interface NamedDownloads {
  readonly edition: number;
  readonly hash: string;
}

/** Reads the list. Rejects with {@link Fault}. */
export async function readPrepared(fetch: Fetch, named: NamedDownloads): Promise<readonly PreparedFile[]> {
  const file = `download/${named.hash}.json`;
  const bytes = await fetch(file);
  if (bytes === null) throw new Fault("unreachable", file, "the list of downloads is not there");
  if (hashHex(bytes) !== named.hash) throw new Fault("wrong-hash", file, "the list is not what the edition signed");
  return faulted(file, () => items(parseJson(bytes, "downloads").files, "files", fileOf));
}

function fileOf(value: unknown, where: string): PreparedFile {
  const from = fields(value, where);
  const hash = text(from.hash, where);
  const path = text(from.path, where);
  // The address is written by hand of the hash: a list must not lead elsewhere.
  if (!/^[0-9a-f]{64}$/.test(hash) || path !== `download/${hash}.csv.gz`) throw new ShapeError(`${where}: not a path`);
  return {
    contest: text(from.contest, where),
    region: text(from.region, where),
    name: text(from.name, where),
    book: from.book === "recap" ? "recap" : "count",
    votes: from.votes === "parties" ? "parties" : "choices",
    rows: integer(from.rows, where),
    bytes: integer(from.bytes, where),
    hash,
    path,
  };
}

/** A size as people read it. */
export function sizeWords(bytes: number, language: keyof Text): string {
  const comma = (value: number) => value.toFixed(1).replace(".", language === "id" ? "," : ".");
  if (bytes >= 1_000_000) return `${comma(bytes / 1_000_000)} MB`;
  return `${Math.max(1, Math.round(bytes / 1000))} KB`;
}
