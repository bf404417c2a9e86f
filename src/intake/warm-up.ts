/**
 * A door that begins is slow: its code is compiled while it runs, and until then a sheet takes half as much again. Whoever it did not
 * answer while it was away comes just then. So before it lets anyone in it takes once more what was taken last, which changes
 * nothing: each sheet is there already, and gets the receipt that it has.
 */
import { setTimeout as pause } from "node:timers/promises";
import { SHEET_TYPE } from "../core/submission.ts";
import { parseStatement } from "../ledger/statement.ts";
import type { Store } from "../store/store.ts";
import type { Door } from "./door.ts";

/** Sheets, and those of them that are handed in together: a turn of the event loop. */
const MOST = 2_000;
const TOGETHER = 64;
/** Milliseconds after which it opens in any case: what is compiled by then is most of it. */
const LONGEST = 200;
/** Milliseconds after which it opens if no sheet was taken: the sequencer is away, and whoever comes first waits for it anyway. */
const SOON = 100;

/** How many sheets were taken again. @throws StoreUnusable */
export async function warmUp(door: Pick<Door, "relayed">, store: Pick<Store, "end" | "changes">): Promise<number> {
  const { entries } = await store.changes(Math.max(0, (await store.end()) - MOST), MOST);
  const sheets = entries.map(({ bytes }) => bytes).filter((bytes) => parseStatement(bytes).type === SHEET_TYPE);
  let taken = 0;
  let isOpen = false;
  const takeAll = async () => {
    for (let i = 0; i < sheets.length && !isOpen; i += TOGETHER) {
      taken += (await door.relayed(sheets.slice(i, i + TOGETHER))).length;
    }
  };
  const late = async () => {
    await pause(SOON);
    if (taken > 0) await pause(LONGEST - SOON);
  };
  await Promise.race([takeAll(), late()]);
  isOpen = true;
  return taken;
}
