/**
 * Which draft was printed: an inspection names the state of the log that its paper was made from, and not the state in which somebody
 * comes to record it. What was read in between must not count as inspected.
 */
import { useState } from "preact/hooks";
import type { LogView, ResultView } from "../../../src/recap/wire/views.ts";
import { useDesk } from "../shell/desk.ts";

type State = Pick<LogView, "size" | "root">;

/** Where this browser keeps what it printed of a result. */
const placeOf = (region: string, { contest, district }: ResultView) => `${region}/draf/${contest}/${district.code}`;

/** Remembers the state of which a draft is printed now. */
export function usePrinting(result: ResultView): () => void {
  const { drafts, region, hall } = useDesk();
  const { size, root } = hall.log;
  return () => drafts.write(placeOf(region, result), { size, root });
}

/** The state of the draft that was printed here last, or of now where none was; and the way to take the one of now. */
export function usePrinted(result: ResultView): { readonly state: State; readonly takeNow: (() => void) | null } {
  const { drafts, region, hall } = useDesk();
  const [, draw] = useState(0);
  const printed = drafts.read<State>(placeOf(region, result));
  if (printed === null || printed.size === hall.log.size) return { state: hall.log, takeNow: null };
  const takeNow = () => {
    drafts.write(placeOf(region, result), null);
    draw((count) => count + 1);
  };
  return { state: printed, takeNow };
}
