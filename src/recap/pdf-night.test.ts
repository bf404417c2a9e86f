import assert from "node:assert/strict";
import { test } from "node:test";
import { FormError } from "./form.ts";
import { type NightPosition, nightPdf } from "./pdf-night.ts";
import { qrText } from "./qr.ts";
import { checkOverlaps } from "./testing/check-certificate.ts";
import { HEADING, kecamatanForm, listChoices, partyChoices, type Wanted } from "./testing/forms.ts";
import { linesOf, type ReadPage, readPdf, textOf } from "./testing/read-pdf.ts";
import { readQr } from "./testing/read-qr.ts";
import { written } from "./words.ts";

/** The position after all stations of these desa were read but seven in each. */
function position(wanted: Wanted): NightPosition {
  const form = kecamatanForm(wanted);
  const desa = form.parts.map(({ name, columns, sum }) => ({ name, read: columns.length, left: 7, total: sum }));
  return { heading: form.heading, log: form.log, link: form.link, choices: form.choices, desa };
}

const print = (night: NightPosition): Buffer => Buffer.concat([...nightPdf([night])]);

/** The texts of a page's lines, each with single spaces. */
const lines = (page: ReadPage | undefined): string[] => textOf(page ?? assert.fail("a page")).split("\n");

const pairs = listChoices("pairs", ["Bagus Contoh – Ayu Misal", "Candra Umpama – Dewi Andai"]);

test("each desa has one page with its stations read and left, all figures, all votes, and the code", async () => {
  const night = position({
    choices: pairs,
    desa: [
      ["Ubung", 34],
      ["Dauh Puri", 1],
    ],
  });
  const pages = await readPdf(print(night));
  assert.equal(pages.length, 2);
  pages.forEach((page, index) => {
    const one = night.desa[index] ?? assert.fail();
    const all = lines(page);
    assert(
      all.some((line) => line === `${one.read + 7} ${one.read} 7`),
      "seluruhnya, sudah, belum",
    );
    const [male, female, total] = one.total.figures.map(written);
    assert(all.some((line) => line.startsWith(`Pemilih dalam DPT ${male} ${female} ${total} `)));
    for (const cell of one.total.figures) assert(page.words.some(({ text }) => text === written(cell)));
    assert(all.includes(`1 Bagus Contoh – Ayu Misal ${written(one.total.votes[0] ?? null)}`));
    assert(all.includes(`2 Candra Umpama – Dewi Andai ${written(one.total.votes[1] ?? null)}`));
    assert(all.some((line) => line.includes(`Kelurahan/Desa : ${one.name}`)));
    assert(all.some((line) => line.endsWith(`Halaman ${index + 1} dari 2`)));
    assert(textOf(page).includes("bukan D.Hasil"));
    assert.equal(readQr(page.code ?? assert.fail("a code")), qrText(night));
  });
  checkOverlaps(pages);
});

test("a party stands with the sum of its own votes and its candidates'", async () => {
  const night = position({ choices: partyChoices([2]), desa: [["Ubung", 1]], cell: (_desa, _station, row) => row });
  const all = lines((await readPdf(print(night)))[0]);
  const party = all.indexOf("1 Partai Bahtera 1 78");
  assert.deepEqual(all.slice(party, party + 4), [
    "1 Partai Bahtera 1 78",
    "suara partai 25",
    "1 Calon Bahtera 1.1, S.Rek. 26",
    "2 Calon Cakrawala 1.2, S.Rek. 27",
  ]);
});

test("before the first station is read all is dashes", async () => {
  const night = position({ choices: pairs, desa: [["Ubung", 0]] });
  const [page] = await readPdf(print(night));
  const all = lines(page);
  assert(all.includes("7 0 7"));
  assert(all.includes("1 Bagus Contoh – Ayu Misal –"));
  assert(all.some((line) => line.startsWith("Pemilih dalam DPT – – – ")));
});

test("the longest ballot of the land fits the page, readable and apart", async () => {
  const night = position({ choices: partyChoices(Array.from({ length: 24 }, () => 9)), desa: [["Ubung", 3]] });
  const pages = await readPdf(print(night));
  assert.equal(pages.length, 1);
  checkOverlaps(pages);
  const [page] = pages;
  const votes = linesOf(page?.words ?? []).filter((line) => line.some(({ text }) => text.startsWith("Calon ")));
  assert.equal(votes.flat().filter(({ text }) => text.startsWith("Calon ")).length, 24 * 9);
  for (const { size } of votes.flat()) assert(size >= 6.49);
  const baselines = votes.map(([word]) => word?.y ?? 0);
  baselines.slice(1).forEach((y, index) => {
    assert(y - (baselines[index] ?? 0) > 7, "lines do not touch");
  });
});

test("a simulated night says so, and a ballot that fits no page is refused in words", async () => {
  const simulated = position({
    choices: pairs,
    desa: [["Ubung", 1]],
    changes: { heading: { ...HEADING, simulation: true } },
  });
  assert(lines((await readPdf(print(simulated)))[0]).some((line) => line.includes("SIMULASI")));
  const huge = position({ choices: partyChoices(Array.from({ length: 40 }, () => 12)), desa: [["Ubung", 1]] });
  assert.throws(() => print(huge), FormError);
  const [desa] = simulated.desa;
  assert(desa !== undefined);
  const short = { ...simulated, desa: [{ ...desa, total: { ...desa.total, votes: [] } }] };
  assert.throws(() => nightPdf([short]), /Ubung: expected 2 votes, found 0/);
});

test("the same night gives the same bytes", () => {
  const night = position({ choices: pairs, desa: [["Ubung", 2]] });
  assert(print(night).equals(print(night)));
});
