/** The heads of logs in an edition: the signed edition names a tree of them, along the geography. */
import { fromHex } from "../../../src/ledger/bytes.ts";
import { type Edition, faulted } from "./edition.ts";
import { Fault } from "./fault.ts";
import { objectPath } from "./files.ts";
import { fields, integer, items, optional, parseJson, text } from "./shape.ts";
import type { LogHead } from "./tiles.ts";
import { prefixes, type Reader } from "./verify.ts";

/** The head of a log that an edition names. */
export interface NamedHead extends LogHead {
  readonly log: string;
  /** The public key of its writer, with the log's origin. */
  readonly vkey: string;
  /** How often it has changed hands; 0 of a log of sheets. */
  readonly epoch: number;
}

/** The heads of a region's logs and of those of every region above it, by name. Rejects with {@link Fault}. */
export async function readHeads(
  reader: Reader,
  edition: Edition,
  region: string,
): Promise<ReadonlyMap<string, NamedHead>> {
  const heads = new Map<string, NamedHead>();
  let hash = edition.heads;
  let at = "0";
  // A desa has no log of its own.
  for (const next of [...prefixes(region === "0" ? "" : region.slice(0, 6)), null]) {
    const file = objectPath(hash);
    const bytes = await reader.object(hash);
    const child = faulted(file, () => {
      const from = parseJson(bytes, "heads");
      if (from.region !== at) throw new Fault("wrong-place", file, `expected the heads of ${at}`);
      noteHeads(heads, at, from);
      return items(from.children, "children", fields).find((each) => each.region === next);
    });
    if (child === undefined || next === null) return heads;
    at = next;
    if (child.hash === undefined) {
      faulted(file, () => noteHeads(heads, at, child));
      return heads;
    }
    hash = faulted(file, () => text(child.hash, "hash"));
  }
  return heads;
}

function noteHeads(heads: Map<string, NamedHead>, region: string, from: Readonly<Record<string, unknown>>): void {
  for (const kind of ["tps", "pleno"] as const) {
    const head = optional(from[kind], kind, (value, where) => items(value, where, (each) => each));
    if (head === null) continue;
    const log = `${kind}/${region}`;
    const [size, root, vkey, epoch = 0] = head;
    heads.set(log, {
      log,
      prefix: `log/${log}/`,
      size: integer(size, log),
      root: fromHex(text(root, log)),
      vkey: text(vkey, log),
      epoch: integer(epoch, log),
    });
  }
}
