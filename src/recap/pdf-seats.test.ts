/** Seats and winners on paper, read back: from certified results alone, at the level that declares them, figure by figure. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { NATION, plenoLog, type RegionCode } from "../election/codes.ts";
import { smallElection, World } from "../tally/testing.ts";
import { seatsTables } from "./hall-seats.ts";
import { certifyUpTo, seatNation } from "./testing/certified.ts";
import { checkLegible, checkOverlaps } from "./testing/check-certificate.ts";
import { type ReadPage, readPdf, textOf } from "./testing/read-pdf.ts";
import { readQr } from "./testing/read-qr.ts";
import { StoredHall } from "./testing/stored.ts";

const KEC = "510101" as RegionCode;
const KAB = "5101" as RegionCode;

/** All words of a paper with single spaces, as whoever reads it aloud says them. */
const wordsOf = (pages: readonly ReadPage[]) => pages.map(textOf).join("\n").replaceAll(/\s+/g, " ");

function assertHas(pages: readonly ReadPage[], expected: readonly string[]): void {
  const text = wordsOf(pages);
  for (const words of expected) assert.ok(text.includes(words), `${words} in: ${text}`);
}

async function read(bytes: Uint8Array | null): Promise<ReadPage[]> {
  const pages = await readPdf(bytes ?? assert.fail("there is such a paper"));
  checkLegible(pages);
  checkOverlaps(pages);
  return pages;
}

test("a council's seats have every quotient as a fraction, who takes them, and stand on the certificate of its level", async () => {
  const stored = new StoredHall(KAB);
  const kabupaten = await stored.open(KAB);
  certifyUpTo(stored, KEC, "dprdk", "510101", [1, 5, 4, 1, 2, 1]);
  await stored.store();
  await kabupaten.follow();
  assert.equal(await kabupaten.seatsPdf("dprdk", "510101"), null, "not yet certified here");
  stored.desk.world.certify(KAB, "dprdk", "510101");
  await stored.store();
  await kabupaten.follow();
  const first = await kabupaten.seatsPdf("dprdk", "510101");
  const pages = await read(first);
  // Three stations: A has 30, B 12; 30, 12, 10.
  assertHas(pages, [
    "PEROLEHAN KURSI DAN CALON TERPILIH",
    "DAERAH PEMILIHAN DAPIL 1",
    "Pembagian 3 kursi",
    "1. Partai A 30 : 1",
    "2. Partai B 12 : 1",
    "1. Partai A 30 : 3",
    "UU 7/2017 art. 415, 420",
    "1. Calon a1 510101 15",
    "2. Calon a2 510101 12",
    "1. Calon b1 510101 6",
    "SIMULASI",
    "Seats and elected candidates",
  ]);
  const certificate = await kabupaten.form("dprdk", "510101");
  assert.ok(certificate);
  for (const [at, page] of pages.entries()) {
    assert.ok(textOf(page).includes(`Halaman ${at + 1} dari ${pages.length}`));
    const { log } = certificate;
    assert.match(readQr(page.code ?? assert.fail("a code")), new RegExp(`size=${log.size}&root=${log.root}$`));
  }
  // What the log says later is not on it.
  stored.desk.world.write(plenoLog(KAB), "pause", { panel: null }, [`chair ${KAB}`]);
  await stored.store();
  await kabupaten.follow();
  assert.ok(Buffer.from(first ?? []).equals(Buffer.from((await kabupaten.seatsPdf("dprdk", "510101")) ?? [])));
  assert.equal(await (await stored.open(KEC)).seatsPdf("dprdk", "510101"), null);
  await kabupaten.close();
});

test("the DPR's paper has the national threshold with every party's votes and share, and who is below it", async () => {
  const file = smallElection();
  const contests = file.contests.map((one) => (one.kind === "dpr" ? { ...one, thresholds: { party: 3000 } } : one));
  const stored = new StoredHall(KEC, new World({ ...file, contests }));
  seatNation(stored.desk.world);
  certifyUpTo(stored, NATION, "dpr", "5100", [9, 9, 9, 0, 1, 0]);
  certifyUpTo(stored, NATION, "dpr", "5200", [1, 1, 1, 1, 1, 1]);
  const nation = await stored.open(NATION);
  const pages = await read(await nation.seatsPdf("dpr", "5100"));
  // A: 14 stations of 27 and 6 of 3; B: 14 of 1 and 6 of 3; of 428.
  assertHas(pages, [
    "Ambang batas: 30,00 % dari suara sah nasional",
    "Suara sah seluruh partai secara nasional: 428.",
    "1. Partai A 396 92,52 % Ya",
    "2. Partai B 32 7,47 % Tidak, di bawah ambang batas",
    "1. Partai A 378 : 5",
  ]);
  assert.equal(wordsOf(pages).includes("378 : 7"), false, "three seats and no fourth");
  await nation.close();
});

test("the DPD's paper ranks all candidates, and shows by which spread equal votes at the last place were decided", async () => {
  const stored = new StoredHall(KEC);
  seatNation(stored.desk.world);
  certifyUpTo(stored, NATION, "dpd", "52", [4, 3, 2, 1]);
  const nation = await stored.open(NATION);
  const pages = await read(await nation.seatsPdf("dpd", "52"));
  assertHas(pages, [
    "Perolehan suara calon, 4 terpilih",
    "1 1. Calon DPD 1 52 24 TERPILIH – Suara terbanyak",
    "4 4. Calon DPD 4 52 6 TERPILIH",
  ]);
  await nation.close();
});

test("the president's paper says who is elected and why, and has each province's votes and shares", async () => {
  const file = smallElection();
  const contests = file.contests.map((one) =>
    one.kind === "ppwp" ? { ...one, thresholds: { majority: 5000, spread: 2000 } } : one,
  );
  const stored = new StoredHall(KEC, new World({ ...file, contests }));
  seatNation(stored.desk.world);
  certifyUpTo(stored, NATION, "ppwp", "0", [50, 30, 10]);
  const nation = await stored.open(NATION);
  const pages = await read(await nation.seatsPdf("ppwp", "0"));
  assertHas(pages, [
    "Terpilih: 1. Paslon 1. Lebih dari setengah suara",
    "Jumlah suara sah: 1.800. Jumlah provinsi: 2.",
    "1. Paslon 1 1.000 55,55 % Ya 2 dari 2: cukup",
    "2. Paslon 2 600 33,33 % Tidak 2 dari 2: cukup",
    "Provinsi 51 1.260 700 (55,55 %) 420 (33,33 %) 140 (11,11 %)",
    "Provinsi 52 540 300 (55,55 %)",
  ]);
  await nation.close();
});

test("what the votes leave open is said in words: a tie, a seat without a candidate, no elected pair", () => {
  const about = {
    contest: "dpr",
    district: { code: "1", name: "Satu" },
    seats: 1,
    certificate: "00",
    size: 1,
  } as never;
  const say = (id: string) => `${id}.`;
  const tie = { between: ["a", "b"], places: 1, rule: "equal-quotients" };
  const election = { places: 0, elected: [], tie: null, surplus: 2, ranking: [], spread: [] };
  const party = { party: "a", votes: 5, excluded: null, seats: 1, election };
  const seats = [{ kind: "tied", seat: 1, tie, compared: [{ party: "a", votes: 5, divisor: 1 }] }];
  const parties = { kind: "parties", threshold: null, national: null, result: { seats, parties: [party] } };
  const text = (working: unknown) => JSON.stringify(seatsTables({ ...(about as object), working } as never, say));
  assert.match(text(parties), /a\. \/ b\..*Undang-undang tidak menyebut pemenangnya/);
  assert.match(text(parties), /2 kursi: Kursi partai lebih banyak daripada calonnya/);
  const spread = [{ level: "kabupaten", regions: [{ choice: "a", withVotes: 3 }] }];
  const open = { ...election, places: 1, surplus: 0, tie: { ...tie, rule: "spread-equal" }, spread };
  assert.match(text({ kind: "candidates", result: open }), /Belum ditetapkan, 1 tempat: a\.; b\./);
  assert.match(text({ kind: "candidates", result: open }), /Kabupaten\/Kota","a\.","3"/);
  const result = { total: 0, provinceCount: 0, provinces: [], pairs: [], spread: [] };
  const none = { ...result, outcome: { kind: "none", rule: "no-votes" } };
  const pairs = { kind: "pairs", majority: null, spread: null, regions: [] };
  assert.match(text({ ...pairs, result: none }), /Tidak ada suara yang dapat dibagi/);
  const second = { ...result, outcome: { kind: "second-round", pairs: ["a", "b"], rule: "second-round" } };
  assert.match(text({ ...pairs, result: second }), /dipilih kembali.*: a\.; b\./);
});
