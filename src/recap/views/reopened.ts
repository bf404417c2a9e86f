/**
 * Why a certificate stands no longer. An order of the level above gave the result back: it stands in that level's log, and the
 * hall's own has only seen it. Or the plenary itself gave a part back, or moved the result after it had certified: that happens to
 * the nation, above which nobody is.
 */
import { plenoLog } from "../../election/codes.ts";
import { type Body, decode, statementType } from "../../election/statements.ts";
import { parseStatement } from "../../ledger/statement.ts";
import { penKey } from "../../tally/plenary.ts";
import type { ReopenedView } from "../wire/views.ts";
import { named, type Sources } from "./sources.ts";
import type { Shelf } from "./station-view.ts";

/** By contest/district, of every result whose certificate fell: what brought it down, as far as the hall's log has seen. */
export async function reopenedBy(
  { tally, state, model, region }: Sources,
  shelf: Pick<Shelf, "entry">,
): Promise<Map<string, ReopenedView>> {
  const orders = new Map<string, ReopenedView>();
  const [own, parent] = tally.authority.chain(region.code);
  if (!own) return orders;
  const stated = async (log: string, index: number): Promise<Body | null> => {
    const { type, body } = parseStatement(await shelf.entry(log, index));
    const known = statementType(type);
    return known && decode(known, body);
  };
  for (const { contest, district, stage } of state.results) {
    if (stage.stage !== "reopened") continue;
    const key = penKey(contest, district);
    const movedAt = own.movedAt.get(key) ?? -1;
    const known = parent ? tally.authority.log(own.log).sees(parent.log) : 0;
    const given = parent?.reopenings.get(`${key}/${region.code}`)?.findLast((at) => at < known);
    if (parent && given !== undefined) {
      const order = await stated(parent.log, given);
      const above = model.region(parent.region);
      if (order?.type === "reopen" && above) orders.set(key, { order: order.body.order, by: named(above), part: null });
    } else if (movedAt > stage.before.index) {
      orders.set(key, { ...whatMoved(await stated(plenoLog(region.code), movedAt), model), by: named(region) });
    }
  }
  return orders;
}

/** What the plenary itself did after it had certified: gave a part back, or moved the result by a ruling or a correction. */
function whatMoved(stated: Body | null, { region }: Sources["model"]): Pick<ReopenedView, "order" | "part"> {
  if (stated?.type === "order") return { order: stated.body.number, part: null };
  if (stated?.type !== "reopen") return { order: null, part: null };
  const part = region(stated.body.region);
  return { order: stated.body.order, part: part ? named(part) : null };
}
