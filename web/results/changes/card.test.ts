import assert from "node:assert/strict";
import { test } from "node:test";
import { wrapped } from "./card.ts";
import { type Change, reportText } from "./report.ts";

const CHANGE: Change = {
  election: "Pemilu Contoh",
  contest: "DPD RI",
  simulation: true,
  place: ["TPS 003", "Kebon Waru", "Ampel Sari"],
  station: "4101010001003",
  book: "Hitung suara",
  kind: "C.Hasil pengganti dari TPS",
  reason: "Tidak ada alasan yang dicatat",
  time: "14 Februari 2029 pukul 20.15.03 WITA",
  keys: ["ab12"],
  log: "tps/410101",
  index: 7,
  edition: "data ke-12",
  movements: [{ label: "5. Made Suardana", before: 176, after: 20 }],
  address: "https://contoh.example/#/dpd/41",
};

test("a report says what changed, where the proof lies, and that a simulation is one", () => {
  const text = reportText(CHANGE, "id", String);
  for (const part of ["SIMULASI", "5. Made Suardana: 176 menjadi 20 (−156)", "4101010001003", "tps/410101, entri 7"]) {
    assert.ok(text.includes(part), part);
  }
  assert.ok(reportText(CHANGE, "en", String).includes("5. Made Suardana: 176 became 20 (−156)"));
});

test("text that does not fit goes on in the next line, and ends in … when there is no next", () => {
  const fits = (line: string) => line.length <= 10;
  assert.deepEqual(wrapped("satu dua tiga empat lima", 3, fits), ["satu dua", "tiga empat", "lima"]);
  assert.deepEqual(wrapped("satu dua tiga empat lima", 1, fits), ["satu dua…"]);
  assert.deepEqual(wrapped("selembar-kertas-panjang", 2, fits), ["selembar-kertas-panjang"]);
});
