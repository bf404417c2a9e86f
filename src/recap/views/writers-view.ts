/** Who writes the logs of the plenaries right below, as this plenary's own log says. */
import { plenoLog } from "../../election/codes.ts";
import { decodeBody } from "../../election/statements.ts";
import { toHex } from "../../ledger/bytes.ts";
import { asHash } from "../../ledger/hash.ts";
import { parseStatement } from "../../ledger/statement.ts";
import type { WriterView } from "../wire/sync.ts";
import { named, type Sources } from "./sources.ts";
import type { Shelf } from "./station-view.ts";

/** What the logs alone say of a writer; when it was heard of, and what contradicts it, stands elsewhere. */
export type LoggedWriter = Omit<WriterView, "contact" | "forks" | "apart">;

export async function writersView({ region, tally }: Sources, shelf: Pick<Shelf, "entry">): Promise<LoggedWriter[]> {
  const { authority } = tally;
  const below = region.children.filter(({ level }) => level !== "desa");
  return Promise.all(
    below.map(async (child) => {
      const log = plenoLog(child.code);
      const state = authority.log(log);
      const custody = authority.plenary(region.code).custodies.get(log)?.at(-1);
      return {
        region: named(child),
        log,
        size: state.size,
        root: asHash(toHex(state.root())),
        epoch: custody?.epoch ?? 0,
        vkey: custody?.vkey ?? null,
        key: custody?.writer ?? null,
        since: custody === undefined ? null : timeOf(await shelf.entry(plenoLog(region.code), custody.index)),
      };
    }),
  );
}

const timeOf = (bytes: Uint8Array): number => decodeBody("custody", parseStatement(bytes).body).time;
