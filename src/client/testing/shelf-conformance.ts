/**
 * What every shelf must do, as one suite for all of them. It runs under node and, carried there by a test, in a browser: so it
 * throws by itself and needs no test runner.
 */
import type { Shelf } from "../shelf.ts";

/** Opens the same shelf again, as after a crash. */
export type Reopen = () => Promise<Shelf>;

export const SHELF_RULES: Readonly<Record<string, (shelf: Shelf, reopen: Reopen) => Promise<void>>> = {
  "what is put is there, also when it is opened again": async (shelf, reopen) => {
    await shelf.put("sheet/1", { state: "queued", sends: 0, reasons: [{ code: "x" }] });
    await shelf.put("sheet/2", { note: "baris 1\nbaris 2 — “kutip”" });
    for (const each of [shelf, await reopen()]) {
      same([...(await each.records())].sort(), [
        ["sheet/1", { state: "queued", sends: 0, reasons: [{ code: "x" }] }],
        ["sheet/2", { note: "baris 1\nbaris 2 — “kutip”" }],
      ]);
    }
  },
  "what is put again replaces what was there, and what is removed is gone": async (shelf, reopen) => {
    await shelf.put("a", { n: 1 });
    await shelf.put("b", { n: 1 });
    await shelf.put("a", { n: 2 });
    await shelf.remove("b");
    await shelf.remove("never there");
    for (const each of [shelf, await reopen()]) same([...(await each.records())], [["a", { n: 2 }]]);
  },
  "bytes come back as they were, under any name": async (shelf, reopen) => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
    await shelf.putBytes("../a/b c", bytes);
    await shelf.putBytes("gone", bytes);
    await shelf.removeBytes("gone");
    await shelf.removeBytes("never there");
    for (const each of [shelf, await reopen()]) {
      same([...((await each.bytes("../a/b c")) ?? [])], [...bytes]);
      same(await each.bytes("gone"), null);
    }
  },
  "many at once are all kept": async (shelf, reopen) => {
    await Promise.all(Array.from({ length: 100 }, (_, n) => shelf.put(`n${n}`, { n })));
    same((await (await reopen()).records()).size, 100);
  },
};

function same(got: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
}
