import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FIGURE, FIGURE_LABELS } from "../election/figures.ts";
import { type Form, FormError, makePart } from "./form.ts";
import { certificatePdf, DRAFT } from "./pdf.ts";
import {
  checkFrames,
  checkLegible,
  checkOverlaps,
  checkRead,
  expectedCells,
  readPart,
} from "./testing/check-certificate.ts";
import { columnOf, HEADING, kecamatanForm, listChoices, partyChoices, saksiOf } from "./testing/forms.ts";
import { type ReadPage, readPdf, readTable, textOf } from "./testing/read-pdf.ts";

const print = (form: Form): Buffer => Buffer.concat([...certificatePdf(form)]);
const readForm = (form: Form): Promise<ReadPage[]> => readPdf(print(form));

const whole = kecamatanForm({
  choices: partyChoices([9, 12, 8, 0, 10]),
  desa: [
    ["Padang Sambian Rekaan", 47],
    ["Ubung", 1],
    ["Dauh Puri Andaian", 18],
  ],
});

const wholeRead = readForm(whole);

test("every figure of a kecamatan's draft is found in its row and column, and every page adds up by itself", async () => {
  const pages = await wholeRead;
  checkRead(whole, pages);
  checkFrames(whole, pages);
  checkLegible(pages);
  checkOverlaps(pages);
  for (const page of pages) {
    assert(textOf(page).includes(DRAFT));
    assert(page.words.some(({ text, slanted }) => slanted && text === "DRAF"));
    assert(!textOf(page).includes("SIMULASI"));
  }
});

test("the rows have the words of the form, candidates within their party", async () => {
  const tables = (await wholeRead).flatMap((page) => readTable(page) ?? []);
  const labels = tables.filter(({ heads }) => heads.includes("TPS 001") && heads.includes("JUMLAH AKHIR"));
  const first = labels.find(({ subject }) => subject.endsWith("UBUNG"));
  assert.deepEqual(
    first?.rows.slice(0, 3).map(({ label }) => label),
    ["L", "A.1 Pemilih dalam DPT P", "JML"],
  );
  const all = labels
    .filter(({ subject }) => subject.endsWith("UBUNG"))
    .flatMap(({ rows }) => rows.map(({ label }) => label));
  const party = all.indexOf("1 Partai Bahtera 1");
  assert.equal(all[party + 1], "1 Calon Bahtera 1.1, S.Rek.");
  assert.equal(all[party + 10], "Jumlah suara sah partai politik dan calon");
  assert.deepEqual(all.slice(-3), ["A Suara sah", "B Suara tidak sah", "C Suara sah dan tidak sah"]);
  assert(all.includes(`1 ${FIGURE_LABELS[FIGURE["ballots.received"]]?.id}`));
});

test("a signed certificate is no draft; what the saksi declared stands on it, with reasons in full", async () => {
  const reason = `selisih suara di TPS 003 ${"belum dijelaskan kepada saksi, ".repeat(12)}dan seterusnya`;
  const outcomes = [{ kind: "signed" }, { kind: "refused", reason }, { kind: "absent" }] as const;
  const saksi = saksiOf(3, (index) => outcomes[index] ?? null);
  const form = kecamatanForm({
    choices: listChoices("pairs", ["A", "B"]),
    desa: [["Ubung", 2]],
    changes: { state: "signed", saksi },
  });
  const pages = await readForm(form);
  checkRead(form, pages);
  checkFrames(form, pages);
  for (const page of pages) {
    assert(!/draf/i.test(textOf(page)) && page.words.every(({ slanted }) => !slanted));
    assert(textOf(page).includes("menolak, alasan terlampir") && textOf(page).includes("tidak hadir"));
  }
  const last = pages.at(-1);
  assert(last !== undefined);
  const told = textOf(last).replaceAll(/\s+/g, " ");
  assert(told.includes("tanda tangan basah"));
  assert(
    last.words
      .map(({ text }) => text)
      .join(" ")
      .replaceAll(/\s+/g, " ")
      .includes(`alasan: ${reason}`),
  );
});

test("a simulation says so on each page, as draft and when signed", async () => {
  for (const state of ["draft", "signed"] as const) {
    const changes = { state, heading: { ...HEADING, simulation: true } };
    const pages = await readForm(
      kecamatanForm({ choices: listChoices("pairs", ["A"]), desa: [["Ubung", 1]], changes }),
    );
    for (const page of pages) {
      assert(textOf(page).includes("SIMULASI"));
      assert(page.words.some(({ text, slanted }) => slanted && text === (state === "draft" ? "DRAF" : "SIMULASI")));
    }
  }
});

test("what was not reported is a dash and never 0", async () => {
  const cell = (_: number, station: number, row: number) => (station === 1 || row === 2 ? null : row % 4);
  const form = kecamatanForm({ choices: listChoices("candidates", ["A", "B", "C"]), desa: [["Ubung", 3]], cell });
  const pages = await readForm(form);
  checkRead(form, pages);
  const tables = pages.flatMap((page) => readTable(page) ?? []);
  assert.deepEqual(tables[0]?.rows[2], { label: "JML", cells: [null, null, null, null] });
  assert.deepEqual(tables[0]?.rows[0], { label: "L", cells: [0, null, 0, 0] });
});

test("names with diacritics are whole, and long names stay within their column", async () => {
  const name = "Dr. H. Štěpán Ngurah Ỳnggih Ō'Connor-Łukasz Kusumaningrat Wulandari, S.H., M.Hum.";
  const long = "Pangkalankerinciwonosarijatinegara Kaja Kauh Hulu Sungai Selatan";
  const form = kecamatanForm({
    choices: listChoices("candidates", [name, `${"Pañjang ".repeat(20)}akhir`]),
    desa: [
      [long, 1],
      ["Ubung Kaja", 1],
      ["Āṭma Éka", 2],
    ],
  });
  const pages = await readForm(form);
  checkOverlaps(pages);
  checkLegible(pages);
  assert(textOf(pages[0] ?? assert.fail()).includes(name));
  assert(textOf(pages[0] ?? assert.fail()).includes(long.toUpperCase()));
  assert(
    pages.some((page) => textOf(page).includes("Ātma Éka")),
    "a letter that the typeface lacks loses its mark",
  );
});

test("a certificate without saksi says so, and is signed by the members", async () => {
  const form = kecamatanForm({ choices: listChoices("pairs", ["A"]), desa: [["Ubung", 1]], changes: { saksi: [] } });
  const pages = await readForm(form);
  checkRead(form, pages);
  checkFrames(form, pages);
  for (const page of pages) assert(/tidak ada saksi yang bermandat/i.test(textOf(page)));
});

test("seventy saksi and nine members have a line each, and the table gives them room", async () => {
  const members = Array.from(
    { length: 9 },
    (_, index) => ({ role: index === 0 ? "ketua" : "anggota", name: `Anggota ${index}` }) as const,
  );
  const changes = { members, saksi: saksiOf(70, () => null) };
  const form = kecamatanForm({ choices: listChoices("candidates", ["A", "B"]), desa: [["Ubung", 5]], changes });
  const pages = await readForm(form);
  checkRead(form, pages);
  checkFrames(form, pages);
  checkLegible(pages);
});

test("more saksi than fit a page are refused in words", () => {
  const changes = { saksi: saksiOf(109, () => null) };
  const form = kecamatanForm({ choices: listChoices("pairs", ["A"]), desa: [["Ubung", 1]], changes });
  assert.throws(() => print(form), /saksi: at most 108 fit the foot of a page, found 109/);
});

test("a desa of 451 stations is read back whole", async () => {
  const form = kecamatanForm({ choices: partyChoices([6, 6]), desa: [["Kapuk Rekaan", 451]] });
  checkRead(form, await readForm(form));
});

test("a kabupaten has kecamatan as columns; a ruling on a total stands in a column of its own, also below 0", async () => {
  const choices = listChoices("pairs", ["A", "B", "C"]);
  const columns = ["Contoh Barat", "Contoh Timur"].map((label, at) => columnOf(label, 3, (row) => row * 123_456 + at));
  const ruling = columnOf("Penyesuaian putusan", 3, (row) => (row === 25 ? -1_200 : row === 26 ? 1_200 : null));
  const heading = { ...HEADING, level: "kabupaten", chain: HEADING.chain.slice(0, 2) } as const;
  const closing = makePart("Kabupaten/Kota Kota Tanjung Contoh", [...columns, ruling], 3);
  const form = { ...kecamatanForm({ choices, desa: [], changes: { heading } }), closing };
  const pages = await readForm(form);
  checkRead(form, pages);
  checkLegible(pages);
});

test("the nation has provinces as columns and nine-digit numbers that fit", async () => {
  const choices = listChoices("parties", ["Partai A", "Partai B"]);
  const columns = Array.from({ length: 38 }, (_, at) =>
    columnOf(`Provinsi Rekaan ${at + 1}`, 2, (row) => 31_234_567 + row + at),
  );
  const heading = { ...HEADING, level: "nation", chain: [], district: null } as const;
  const form = {
    ...kecamatanForm({ choices, desa: [], changes: { heading } }),
    closing: makePart("Nasional", columns, 2),
  };
  const pages = await readForm(form);
  checkOverlaps(pages);
  checkLegible(pages);
  const tables = pages.flatMap((page) => readTable(page) ?? []);
  const read = readPart(tables, "DARI SETIAP PROVINSI DI NASIONAL");
  for (const column of columns) assert.deepEqual(read.get(column.label), expectedCells(form, column));
});

test("the same form gives the same bytes, and its only date is the form's", () => {
  const bytes = print(whole);
  assert(bytes.equals(print(whole)));
  const dates = bytes.toString("latin1").match(/\(D:\d+Z?/g);
  assert.deepEqual(dates, ["(D:20290302060500Z"]);
});

test("pages come out one by one: the first long before the last is drawn", () => {
  const chunks = certificatePdf(whole);
  let first = 0;
  for (const chunk of chunks) {
    first = chunk.length;
    break;
  }
  assert(first > 0 && first < print(whole).length / 4);
});

test("a form that does not add up is not printed", () => {
  const bad = { ...whole, closing: { ...whole.closing, sum: whole.parts[0]?.sum ?? assert.fail() } };
  assert.throws(() => certificatePdf(bad), FormError);
});

const CELL = fc.option(fc.oneof(fc.nat(12), fc.nat(999), fc.nat(99_999)), { freq: 6 });

test("any small form is read back equal", async () => {
  const shape = fc.record({
    stations: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 }),
    candidates: fc.array(fc.nat(14), { minLength: 1, maxLength: 4 }),
    saksi: fc.nat(24),
    cells: fc.array(CELL, { minLength: 1, maxLength: 97 }),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ stations, candidates, saksi, cells }) => {
      const form = kecamatanForm({
        choices: partyChoices(candidates),
        desa: stations.map((count, index) => [`Desa ${index + 1}`, count]),
        cell: (desa, station, row) => cells[(desa * 1009 + station * 101 + row) % cells.length] ?? null,
        changes: { saksi: saksiOf(saksi, () => null) },
      });
      const pages = await readForm(form);
      checkRead(form, pages);
      checkFrames(form, pages);
      checkLegible(pages);
      checkOverlaps(pages);
    }),
    { numRuns: 12 },
  );
});
