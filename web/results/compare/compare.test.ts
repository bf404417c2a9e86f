import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import type { Column } from "../../../src/export/columns.ts";
import { utf8 } from "../../../src/ledger/bytes.ts";
import { columnName, compare, ownRows, type PublishedStation } from "./compare.ts";
import { assertUsable, matchColumns } from "./match-columns.ts";
import { readCsv } from "./read-csv.ts";
import { readFile } from "./read-file.ts";
import { BadFile, MOST_ROWS } from "./sheet.ts";

const column = (key: string, words: string): Column => ({ key, words: { id: words, en: words }, kind: "number" });
const CHOICES = [column("K1", "1. Ratna – Bagas"), column("K2", "2. Hendra – Sri"), column("valid", "Suara sah")];

const published = (code: string, state: string, ...votes: (number | null)[]): [string, PublishedStation] => [
  code,
  { desa: "Sumber Agung", state, figure: (key) => votes[CHOICES.findIndex((each) => each.key === key)] },
];
const THERE = new Map([
  published("5103032001001", "posted", 100, 60, 160),
  published("5103032001002", "held", 90, 50, 139),
  published("5103032001003", "none", null, null, null),
]);

function compared(csv: string, region = "51") {
  const sheet = readCsv(utf8(csv));
  const matching = matchColumns(sheet, CHOICES);
  assertUsable(matching);
  return compare(ownRows(sheet, matching), THERE, region, (key) => ({ id: key, en: key }));
}

test("every figure that differs is listed, with both values", () => {
  const { same, differing } = compared("Kode TPS,01,02,Suara sah\n5103032001001,100,60,160\n5103032001002,90,49,140\n");
  assert.equal(same, 1);
  const [station, ...others] = differing;
  assert.deepEqual(others, []);
  assert.equal(station?.code, "5103032001002");
  assert.equal(station?.state, "held");
  assert.deepEqual(station?.differences, [
    { key: "K2", own: 49, published: 50 },
    { key: "valid", own: 140, published: 139 },
  ]);
});

test("a station that has not reported is no difference, and empty cells are not compared", () => {
  const { same, differing, silent } = compared("Kode TPS,01,02\n5103032001003,7,8\n5103032001001,,60\n");
  assert.deepEqual([same, differing.length, silent.length], [1, 0, 1]);
});

for (const [what, csv] of [
  ["semicolons and quotes", 'Kode TPS;"1";"2"\n"5103.03.2001.001";"100";"60"\n'],
  ["tabs and CRLF", "region\tK1\tK2\r\n5103032001001\t100\t60\r\n"],
  ["a title above the heads", "Rekap saksi,,\n,,\nKode TPS,Ratna – Bagas,Hendra – Sri\n5103032001001,100,60\n"],
  ["the code of the desa beside the number", "Kode desa,No TPS,01,02\n5103032001,1,100,60\n"],
  ["the sep= line of Excel", "sep=;\nKode TPS;01;02\n5103032001001;100;60\n"],
  ["a byte order mark and names", "\uFEFFKode TPS,1. Ratna – Bagas,2. Hendra – Sri\n5103032001001,100,60\n"],
] as const) {
  test(`a table with ${what} is understood`, () => {
    assert.deepEqual([compared(csv).same, compared(csv).refused], [1, []]);
  });
}

for (const [what, csv, message] of [
  ["text for a number", "Kode TPS,01\n5103032001001,seratus\n", /Kolom B berisi "seratus", bukan bilangan bulat/],
  ["a formula", "Kode TPS,01\n5103032001001,=50+50\n", /Kolom B berisi rumus.*tempel sebagai nilai/],
  ["a fraction", "Kode TPS,01\n5103032001001,99.5\n", /bukan bilangan bulat/],
  ["a negative number", "Kode TPS,01\n5103032001001,-3\n", /bukan bilangan bulat/],
  ["an unknown station", "Kode TPS,01\n5103032001999,3\n", /tidak ada dalam pemilu ini/],
  ["a station of elsewhere", "Kode TPS,01\n3203032001001,3\n", /tidak terletak di wilayah halaman ini/],
  ["a code that a spreadsheet cut", "Kode TPS,01\n5.10303E+12,3\n", /sudah dipotong oleh program lembar kerja/],
  ["a station twice", "Kode TPS,01\n5103032001001,100\n5103032001001,100\n", /sudah ada di baris 2/],
] as const) {
  test(`${what} is said, with its row, and in both languages`, () => {
    const { refused } = compared(csv);
    const [first] = refused;
    assert.equal(refused.length, 1);
    assert.ok((first?.line ?? 0) >= 2);
    assert.match(first?.what.id ?? "", message);
    assert.ok((first?.what.en ?? "").length > 20);
  });
}

test("thousands with a point or a comma are numbers", () => {
  const { differing } = compared('Kode TPS,01,02\n5103032001001,1.100,"60,0"\n');
  assert.deepEqual(differing[0]?.differences, [{ key: "K1", own: 1100, published: 100 }]);
});

const bad = (bytes: Uint8Array): string => {
  try {
    const sheet = readFile(bytes);
    assertUsable(matchColumns(sheet, CHOICES));
  } catch (error) {
    if (error instanceof BadFile) return `${error.text.id} / ${error.text.en}`;
    throw error;
  }
  return "";
};

for (const [what, bytes, message] of [
  ["an empty file", new Uint8Array(), /kosong.*empty/],
  ["a PDF", utf8("%PDF-1.7"), /PDF.*CSV atau Excel/],
  ["an old Excel file", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0), /\.xls.*kata sandi/],
  ["bytes that are no text", Uint8Array.of(1, 0, 2, 0, 3, 0), /bukan teks/],
  ["a zip that is no spreadsheet", zipSync({ "a.txt": strToU8("x") }), /rusak atau bukan \.xlsx/],
  ["a damaged zip", Uint8Array.of(0x50, 0x4b, 3, 4, 9, 9, 9), /rusak atau bukan \.xlsx/],
  ["a table without stations", utf8("nama,suara\nBudi,3\n"), /Tidak ada kolom dengan kode TPS/],
  ["a table without figures", utf8("Kode TPS,nama\n5103032001001,Budi\n"), /Tidak ada kolom angka/],
  ["a quotation mark that never ends", utf8('Kode TPS,01\n"5103032001001,3\n'), /Tanda kutip/],
  ["a million rows", utf8(`Kode TPS,01\n${"5103032001001,3\n".repeat(1_000_000)}`), /lebih dari 300\.000 baris/],
] as const) {
  test(`${what} is refused with what to do`, () => {
    assert.match(bad(bytes), message);
  });
}

test("a file that is not UTF-8 is read, and the person is told to look at the names", () => {
  const sheet = readCsv(Uint8Array.from([...utf8("Kode TPS,01,M"), 0xe9, ...utf8("dan\n5103032001001,100,x\n")]));
  assert.equal(sheet.rows[0]?.[2]?.text, "Médan");
  assert.match(sheet.notes[0]?.id ?? "", /periksa nama/);
});

test("UTF-16, as Excel's Unicode text is, is read", () => {
  const text = "Kode TPS\t01\r\n5103032001001\t100\r\n";
  const bytes = Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((letter) => [letter.charCodeAt(0), 0])]);
  assert.equal(readCsv(bytes).rows[1]?.[1]?.text, "100");
});

const sheetXml = (rows: string) => `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`;
function xlsx(rows: string, strings = ""): Uint8Array {
  return zipSync({
    "xl/workbook.xml": strToU8('<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    "xl/_rels/workbook.xml.rels": strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    "xl/sharedStrings.xml": strToU8(`<sst>${strings}</sst>`),
    "xl/worksheets/sheet1.xml": strToU8(sheetXml(rows)),
  });
}

test("a spreadsheet is read: shared and inline texts, numbers with exponents, gaps, entities", () => {
  const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>A &amp; B</t></is></c></row>
<row r="2"><c r="A2"><v>5.103032001001E12</v></c><c r="C2"><v>12</v></c></row><row r="3"/>`;
  const sheet = readFile(xlsx(rows, "<si><t>Kode </t><t>TPS</t></si>"));
  assert.deepEqual(
    sheet.rows.map((row) => row.map(({ text }) => text)),
    [
      ["Kode TPS", "", "A & B"],
      ["5103032001001", "", "12"],
    ],
  );
});

test("a cell with a formula is known as one, whatever value it last had", () => {
  const sheet = readFile(xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>SUM(A1)</f><v>1</v></c></row>'));
  assert.deepEqual(sheet.rows[0], [
    { text: "1", formula: false },
    { text: "1", formula: true },
  ]);
});

test("a spreadsheet of a million rows is refused before it is kept", () => {
  const row = "<row><c><v>5103032001001</v></c></row>";
  assert.match(bad(xlsx(row.repeat(MOST_ROWS + 2))), /lebih dari 300\.000 baris/);
});

test("a spreadsheet that would unpack to gigabytes is refused before it does", () => {
  const bomb = zipSync({
    "xl/workbook.xml": strToU8("<workbook/>"),
    "xl/worksheets/sheet1.xml": new Uint8Array(300 * 2 ** 20),
  });
  assert.match(bad(bomb), /lebih besar dari 64 MB/);
});

test("no bytes whatever make it fail in another way than by saying so", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      bad(bytes);
      bad(Uint8Array.of(0x50, 0x4b, 3, 4, ...bytes));
    }),
  );
});

for (const [place, name] of [
  [0, "A"],
  [25, "Z"],
  [26, "AA"],
  [701, "ZZ"],
  [702, "AAA"],
] as const) {
  test(`column ${place} is called ${name}`, () => assert.equal(columnName(place), name));
}
