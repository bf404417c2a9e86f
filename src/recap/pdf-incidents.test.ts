import assert from "node:assert/strict";
import { test } from "node:test";
import { type Incident, type IncidentList, incidentsPdf } from "./pdf-incidents.ts";
import { qrText } from "./qr.ts";
import { checkLegible, checkOverlaps } from "./testing/check-certificate.ts";
import { kecamatanForm, listChoices } from "./testing/forms.ts";
import { type ReadPage, readPdf, textOf } from "./testing/read-pdf.ts";
import { readQr } from "./testing/read-qr.ts";

const { heading, log, link, members, saksi } = kecamatanForm({
  choices: listChoices("pairs", ["A"]),
  desa: [["Ubung", 1]],
});

const list = (incidents: readonly Incident[]): IncidentList => ({ heading, log, link, members, saksi, incidents });
const print = (incidents: readonly Incident[]): Buffer => Buffer.concat([...incidentsPdf(list(incidents))]);

const incident = (number: number, changes: Partial<Incident> = {}): Incident => ({
  number: `${number}/KB`,
  kind: "objection",
  time: "2029-03-01T05:10:00Z",
  station: "TPS 003 Ubung",
  by: "Saksi Partai Bahtera",
  text: `Uraian ke-${number}: jumlah pada C.Hasil tidak sama dengan salinan.`,
  answer: null,
  status: "filed",
  ...changes,
});

/** All words between two places of a page's table, top to bottom: the text of one column of it. */
function columnText({ words }: ReadPage, head: string, next: string): string {
  const from = words.find(({ text }) => text === head) ?? assert.fail(`a column ${head}`);
  const to = words.find(({ text }) => text === next) ?? assert.fail(`a column ${next}`);
  const foot = words.find(({ text }) => text.startsWith("NAMA DAN TANDA TANGAN"))?.y ?? assert.fail("signatures");
  const middle = (word: { x: number; right: number }) => (word.x + word.right) / 2;
  const within = words.filter((word) => word.y > from.y && word.y < foot && !word.slanted);
  const column = within.filter(
    (word) => Math.abs(middle(word) - middle(from)) < Math.abs(middle(to) - middle(from)) * 0.6,
  );
  return column
    .sort((a, b) => a.y - b.y || a.x - b.x)
    .map(({ text }) => text)
    .join(" ");
}

test("an entry says its number, when, where, by whom, what, the answer and where it stands", async () => {
  const pages = await readPdf(
    print([
      incident(1, { answer: "Kotak dibuka dan dihitung ulang.", status: "accepted" }),
      incident(2, { kind: "incident", station: null }),
    ]),
  );
  const text = textOf(pages[0] ?? assert.fail());
  for (const words of [
    "1/KB",
    "1 Maret 2029, 13.10",
    "WITA",
    "Keberatan",
    "TPS 003 Ubung",
    "Saksi Partai Bahtera",
    "Diterima",
  ]) {
    assert(text.includes(words), words);
  }
  assert(text.includes("Kejadian khusus") && text.includes("Dicatat, belum") && text.includes("2/KB"));
  assert(text.includes("Halaman 1 dari 1"));
  checkLegible(pages);
  checkOverlaps(pages);
});

test("many entries go on over pages that are each numbered, signed and coded", async () => {
  const incidents = Array.from({ length: 60 }, (_, index) => incident(index + 1));
  const pages = await readPdf(print(incidents));
  assert(pages.length > 1);
  const all = pages.map(textOf);
  for (const { number, text } of incidents) {
    const first = text.slice(0, text.indexOf(":"));
    assert.equal(all.filter((page) => page.includes(`${first}:`)).length, 1, `${number} stands on one page`);
  }
  all.forEach((page, index) => {
    assert(page.includes(`Halaman ${index + 1} dari ${pages.length}`));
    for (const { name } of [...members, ...saksi]) assert(page.includes(name ?? ""), name ?? "");
    assert.equal(readQr(pages[index]?.code ?? assert.fail("a code")), qrText(list(incidents)));
  });
});

test("an account longer than a page is printed to its last word", async () => {
  const words = Array.from({ length: 900 }, (_, index) => `kata${index}`);
  const pages = await readPdf(print([incident(1, { text: words.join(" ") }), incident(2)]));
  const told = pages.map((page) => columnText(page, "URAIAN", "OLEH")).join(" ");
  assert.equal(told, `${words.join(" ")} ${incident(2).text}`);
});

test("with nothing to record the list says nihil, and is signed all the same", async () => {
  const pages = await readPdf(print([]));
  assert.equal(pages.length, 1);
  const text = textOf(pages[0] ?? assert.fail());
  assert(text.includes("NIHIL") && text.includes("KETUA") && text.includes("Halaman 1 dari 1"));
});

test("the same list gives the same bytes", () => {
  assert(print([incident(1)]).equals(print([incident(1)])));
});
