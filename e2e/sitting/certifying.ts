/** The rest is read, the results are certified and signed, and the level above has them before it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { look } from "../every-page.ts";
import { CONTESTS, KAB, KEC, ONE, photo, type Stage, TWO } from "./stage.ts";

export function certifying(stage: Stage): void {
  const { at, open, confirm, seenBy, stands, atStation, openStation, outcomeOf, cell, votesOf } = stage;

  test("a certificate over unread stations is warned of, and the chair and a second person certify what is read", async () => {
    const warned = at("Ayu Ketua");
    await open(warned, "/dhasil/dpd/51");
    await warned.getByRole("button", { name: "Tetapkan D.Hasil" }).click();
    await warned.getByText("Masih ada TPS yang belum dibaca.").first().waitFor();
    assert.equal(await warned.getByRole("dialog").count(), 0);
    const page = at("Putu Operator");
    await takeUpAndRecount(page);
    await readTheRest(page);
    await open(page, "/dhasil/ppwp/0");
    await page.getByLabel("Yang mencermati").selectOption("supervisor");
    await page.getByLabel("Sesuai", { exact: true }).check();
    await page.getByRole("button", { name: "Catat pencermatan" }).click();
    await page.getByText("Draf dicermati").first().waitFor();
    await look(page, "dhasil-dicermati");
    const chair = at("Ayu Ketua");
    const { hall } = await seenBy("Ayu Ketua");
    for (const { contest, district } of hall.results) {
      await open(chair, `/dhasil/${contest}/${district.code}`);
      const certify = chair.getByRole("button", { name: "Tetapkan D.Hasil" });
      await certify.waitFor();
      await certify.click();
      await confirm(chair, "Made Anggota");
      await chair.getByRole("heading", { name: "Tanda tangan saksi" }).waitFor();
    }
    await chair.getByText("D.Hasil ditetapkan").first().waitFor();
  });

  /** The station that was put off is chosen from the list, and all its ballots are counted anew. */
  async function takeUpAndRecount(page: Page): Promise<void> {
    await openStation(page, "dpd", TWO);
    await page.keyboard.press("l");
    await page.getByRole("dialog").getByText("Ditunda").waitFor();
    await page.keyboard.type("1");
    await page.keyboard.press("Enter");
    await atStation(page, "dpd", ONE);
    await page.getByText("Menunggu penghitungan suara ulang").waitFor();
    await page.keyboard.press("h");
    const counted = votesOf(ONE, "dpd").map((votes) => votes + 1);
    for (const stage of ["Ketikan pertama", "Ketikan kedua"]) {
      await page.getByText(stage, { exact: true }).waitFor();
      for (const [i, votes] of counted.entries()) await cell(page, `votes.${i}`).fill(String(votes));
      await cell(page, "valid").fill(String(counted.reduce((sum, votes) => sum + votes, 0)));
      await page.keyboard.press("Control+Enter");
    }
    await page.getByLabel("Alasan").selectOption("recount");
    await page.getByLabel("Pengawas", { exact: true }).check();
    await page.getByLabel(/Made Anggota/).check();
    await page.keyboard.press("Enter");
    assert.equal(await outcomeOf(page, ["dpd", ONE], ["dpr", TWO]), "recount");
    const { reading, postponed } = await stands("dpd", ONE);
    assert.deepEqual([reading?.votes, postponed], [counted, null]);
  }

  /** Every station that is left takes one key, and the page leads from each to the next until there is none. */
  async function readTheRest(page: Page): Promise<void> {
    await open(page, "/baca");
    for (const [contest, station] of [
      ["dpr", TWO],
      ["dprdk", ONE],
      ["dprdk", TWO],
    ] as const) {
      await atStation(page, contest, station);
      await page.getByText("Semua penjumlahan cocok").waitFor();
      await page.keyboard.press("Enter");
    }
    await page.getByRole("heading", { name: "Semua TPS panel ini sudah dibaca" }).waitFor();
    await look(page, "baca-selesai");
    for (const contest of CONTESTS) {
      for (const station of [ONE, TWO]) {
        assert.notEqual((await stands(contest, station)).reading, null, `${contest} ${station}`);
      }
    }
  }

  test("each saksi signs, refuses with a reason or is absent, and the signed paper is attached", async () => {
    const page = at("Made Anggota");
    await open(page, "/dhasil/ppwp/0");
    await page.getByRole("button", { name: "Tanda tangan basah: 1 Paslon 1" }).click();
    await page.getByRole("button", { name: "Menolak: 2 Paslon 2" }).click();
    await page.getByLabel("Alasan: 2 Paslon 2").selectOption({ label: "Tidak menerima angkanya" });
    await page.getByRole("button", { name: "Tidak hadir: 3 Paslon 3" }).click();
    await page.getByRole("row", { name: /2 Paslon 2.*Menolak: Tidak menerima angkanya/ }).waitFor();
    await page.getByRole("row", { name: /3 Paslon 3.*Tidak hadir/ }).waitFor();
    await page.getByLabel("Halaman D.Hasil").setInputFiles(photo());
    await page.locator("form").getByRole("img").waitFor();
    await page.getByRole("button", { name: "Lampirkan pindaian" }).click();
    await page.getByText("Pindaian sudah dilampirkan.").waitFor();
    await page.getByRole("link", { name: "Halaman pindaian 1" }).waitFor();
    await look(page, "dhasil-ditetapkan");
    const pdf = await page.request.get(`${stage.place.desk}api/halls/${KEC}/certificate/ppwp/0.pdf`);
    assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  });

  test("the cable is put back, and the level above has the certificates before it", async () => {
    await stage.place.mend();
    await stage.place.together();
  });

  test("the level above types two groups of the fingerprint and knows that the paper is the one", async () => {
    const { hall } = await seenBy("Ayu Ketua");
    const whole = hall.results.find(({ contest }) => contest === "ppwp")?.fingerprint ?? "";
    const page = at("Ketua Kabupaten");
    await open(page, "/dhasil/ppwp/0", KAB);
    const typed = page.getByLabel("Sidik pada kertas: Kecamatan 510102");
    await typed.fill("0000-0000");
    await page.getByText("Tidak cocok: bandingkan kertasnya").waitFor();
    await typed.fill(whole.slice(0, 9).toLowerCase());
    await page.getByText("Cocok", { exact: true }).waitFor();
    await look(page, "dhasil-kabupaten");
  });
}
