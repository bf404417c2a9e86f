/**
 * The head of a log as every engine hands it out. The frontier travels as bytes because that is what an engine keeps;
 * the root is worked out only when somebody asks, since most readers of heads want the size.
 */
import { Frontier } from "../ledger/tree.ts";
import type { LogHead } from "./store.ts";

/** The head that a stored frontier describes. */
export function headOf(frontier: Uint8Array): LogHead {
  return {
    size: Frontier.fromBytes(frontier).size,
    frontier,
    root: () => Frontier.fromBytes(frontier).root(),
  };
}
