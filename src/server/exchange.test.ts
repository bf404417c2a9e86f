import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openWorld, sheetNote } from "../core/testing.ts";
import type { RegionCode } from "../election/codes.ts";
import { type Answer, BUSY, faultsAnswer, later, receiptAnswer } from "../intake/answers.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import { parseStatement } from "../ledger/statement.ts";
import { ContactBoard, contactPath, readContacts, takeSheets } from "./exchange.ts";

const data = mkdtempSync(join(tmpdir(), "teguh-exchange-"));
after(() => rmSync(data, { recursive: true }));

const contact = (region: string, at: number) => ({ region: region as RegionCode, at, epoch: 1, size: 3, time: 5 });

test("of relayed sheets each has its answer: the receipt, a refusal for good, or later; what is no statement has none", async () => {
  const world = await openWorld();
  const notes = [1, 2, 3, 4].map((time) => sheetNote(world, { time }));
  const fault = { code: "key-revoked", message: { id: "", en: "" } };
  const answers: readonly Answer[] = [
    receiptAnswer("a receipt"),
    faultsAnswer(403, [fault, fault]),
    later(BUSY, 5),
    faultsAnswer(425, [fault], 30),
  ];
  const door = {
    relayed: async (asked: readonly Uint8Array[]) => {
      assert.deepEqual(asked, notes);
      return [...answers];
    },
  };
  const [one, two, three, four] = notes.map((note) => toHex(parseStatement(note).id));
  assert.deepEqual(await takeSheets(door, [utf8("nothing"), ...notes]), [
    { id: one, receipt: "a receipt" },
    { id: two, refused: ["key-revoked"] },
    { id: three, later: true },
    { id: four, later: true },
  ]);
});

test("what was heard of halls stands in a file of their kabupaten, and outlives the process", () => {
  const board = new ContactBoard(data);
  board.note(contact("510303", 7));
  board.note(contact("510302", 8));
  board.note(contact("510401", 9));
  board.note(contact("510303", 10));
  board.close();
  const written = JSON.parse(readFileSync(contactPath(data, "5103" as RegionCode), "utf8"));
  assert.deepEqual(written, { format: "teguh/contacts/v1", contacts: [contact("510302", 8), contact("510303", 10)] });
  const known = new ContactBoard(data).all().map(({ region, at }) => [region, at]);
  assert.deepEqual(known.sort(), [
    ["510302", 8],
    ["510303", 10],
    ["510401", 9],
  ]);
});

test("half a file, as a power cut leaves it, is as none", () => {
  mkdirSync(join(data, "public", "contact"), { recursive: true });
  const path = contactPath(data, "5105" as RegionCode);
  writeFileSync(path, '{"format":"teguh/cont');
  assert.deepEqual(readContacts(path), []);
  assert.deepEqual(readContacts(contactPath(data, "5106" as RegionCode)), []);
});
