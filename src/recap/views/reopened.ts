/** Which orders gave results back: they stand in the log of the level above, so a hall's own log has only seen them. */
import { decodeBody } from "../../election/statements.ts";
import { parseStatement } from "../../ledger/statement.ts";
import { penKey } from "../../tally/plenary.ts";
import type { Named, ResultView } from "../wire/views.ts";
import type { Sources } from "./sources.ts";
import type { Shelf } from "./station-view.ts";

/** By contest/district, of every result that is given back: the last order that the hall's log has seen. */
export async function reopenedBy(
  { tally, state, model, region }: Sources,
  shelf: Pick<Shelf, "entry">,
): Promise<Map<string, NonNullable<ResultView["reopenedBy"]>>> {
  const orders = new Map<string, { order: string; by: Named }>();
  const [own, parent] = tally.authority.chain(region.code);
  if (!own || !parent) return orders;
  const known = tally.authority.log(own.log).sees(parent.log);
  const by = { code: parent.region, name: model.region(parent.region)?.name ?? parent.region };
  for (const { contest, district, stage } of state.results) {
    const key = penKey(contest, district);
    const given = parent.reopenings.get(`${key}/${region.code}`)?.findLast((at) => at < known);
    if (stage.stage !== "reopened" || given === undefined) continue;
    const { order } = decodeBody("reopen", parseStatement(await shelf.entry(parent.log, given)).body);
    orders.set(key, { order, by });
  }
  return orders;
}
