/** An objection is heard, the supervisor looks on, and a station is corrected. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "../every-page.ts";
import { DESA, KEC, ONE, photo, type Stage, TWO } from "./stage.ts";

export function objecting(stage: Stage): void {
  const { at, open, confirm, stands, openStation, outcomeOf, cell, votesOf } = stage;

  test("an objection is filed for a saksi, recommended on by the supervisor, answered and decided", async () => {
    const operator = at("Putu Operator");
    await open(operator, "/keberatan");
    const file = operator.locator("section", { hasText: "Catat keberatan atau kejadian" }).last();
    await file.getByLabel("Jenis pemilihan").selectOption("ppwp");
    await file.getByLabel("Tentang").selectOption(DESA);
    await file.getByLabel("TPS", { exact: true }).selectOption(TWO);
    await file.getByLabel("Untuk saksi dari").selectOption({ label: "1 Paslon 1" });
    await file.getByRole("button", { name: "Catat", exact: true }).click();
    await file.getByText("Tulis uraiannya dengan singkat.").waitFor();
    await file.getByLabel("Uraian").fill("Saksi Paslon 1 melihat angka lain pada salinannya.");
    await file.getByLabel("Foto", { exact: true }).setInputFiles(photo());
    await file.getByRole("img").waitFor();
    await file.getByRole("button", { name: "Catat", exact: true }).click();
    await operator.getByText("Yang dicatat (1)").waitFor();
    const supervisor = at("Ketut Pengawas");
    await open(supervisor, "/keberatan");
    await supervisor.getByText("Saksi Paslon 1 melihat angka lain pada salinannya.").waitFor();
    const advise = supervisor.locator("section", { hasText: "Beri rekomendasi" }).last();
    await advise.getByLabel("Pembetulan").check();
    await advise.getByLabel("Atas keberatan").selectOption({ index: 1 });
    await advise.getByRole("button", { name: "Beri rekomendasi" }).click();
    await supervisor.getByText("Rekomendasi pengawas (1)").waitFor();
    await look(supervisor, "keberatan-pengawas");
    const chair = at("Ayu Ketua");
    await open(chair, "/keberatan");
    await chair.getByRole("button", { name: /^Tindak lanjut/ }).click();
    await chair.getByRole("dialog").getByLabel("Dilaksanakan", { exact: true }).check();
    await chair.getByRole("button", { name: "Nyatakan tindak lanjut" }).click();
    await chair.getByText("Dilaksanakan", { exact: true }).waitFor();
    await chair.getByRole("button", { name: /^Jawab/ }).click();
    await chair.getByRole("dialog").getByLabel("Diterima", { exact: true }).check();
    await chair.getByLabel("Jawaban atau tindak lanjut").fill("Dicocokkan dengan C.Hasil plano.");
    await chair.getByRole("button", { name: "Nyatakan jawaban" }).click();
    await operator.getByText("Diterima", { exact: true }).waitFor();
    await operator
      .getByText(/^No\. 1 ·/)
      .first()
      .waitFor();
    await look(operator, "keberatan");
    const pdf = await chair.request.get(`${stage.place.desk}api/halls/${KEC}/incidents.pdf`);
    assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  });

  test("the supervisor reads everything, and is offered nothing but the recommendation and the objection", async () => {
    const page = at("Ketut Pengawas");
    await open(page, "/rapat/kehadiran");
    await page.getByText("Yang dapat menyatakan ini").first().waitFor();
    assert.ok(await page.getByRole("button", { name: "Catat kehadiran" }).isDisabled());
    await open(page, "/dhasil/ppwp/0");
    await page.getByText("Dinyatakan oleh ketua bersama anggota atau operator.").waitFor();
    assert.ok(await page.getByRole("button", { name: "Tetapkan D.Hasil" }).isDisabled());
  });

  test("a correction is typed blind twice, confirmed by a second person, and its evidence may follow", async () => {
    const page = at("Putu Operator");
    const [first = 0, second = 0] = votesOf(ONE, "ppwp");
    await openStation(page, "ppwp", ONE);
    await page.getByText("Sudah dibacakan").waitFor();
    await page.keyboard.press("b");
    await cell(page, "votes.0").fill(String(first - 3));
    await cell(page, "votes.1").fill(String(second + 3));
    await page.keyboard.press("Control+Enter");
    await page.getByText("Ketikan kedua").waitFor();
    assert.equal(await page.locator("input[data-cell]").count(), 2, "only what was changed is typed again");
    assert.equal(await cell(page, "votes.0").inputValue(), "", "the first typing is hidden");
    await cell(page, "votes.0").fill(String(first - 2));
    await cell(page, "votes.1").fill(String(second + 3));
    await page.keyboard.press("Control+Enter");
    await page.getByText("Dua ketikan berbeda").waitFor();
    await cell(page, "votes.0").fill(String(first - 3));
    await page.keyboard.press("Control+Enter");
    await page.getByText("Ketikan kedua").waitFor();
    assert.equal(await page.locator("input[data-cell]").count(), 1, "what was the same twice is not asked again");
    await cell(page, "votes.0").fill(String(first - 3));
    await page.keyboard.press("Control+Enter");
    await page.getByLabel("Alasan").selectOption("tally-marks");
    await page.locator("label", { hasText: "1 Paslon 1" }).getByRole("combobox").selectOption("initialled");
    await look(page, "baca-pembetulan");
    await page.getByRole("button", { name: "Tetapkan" }).click();
    await confirm(page, "Made Anggota");
    assert.equal(await outcomeOf(page, ["ppwp", ONE], ["dpr", TWO]), "corrected");
    const { reading } = await stands("ppwp", ONE);
    assert.deepEqual(reading?.votes?.slice(0, 2), [first - 3, second + 3]);
    assert.deepEqual([reading?.reason, reading?.fields], ["tally-marks", ["votes.0", "votes.1"]]);
    await open(page, "/dhasil/ppwp/0");
    await page.getByRole("button", { name: /^Simpan bukti.*TPS 001/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Foto bukti").setInputFiles(photo());
    await dialog.getByRole("img").waitFor();
    await dialog.getByRole("button", { name: "Simpan bukti" }).click();
    await page.getByRole("button", { name: /^Simpan bukti.*TPS 001/ }).waitFor({ state: "detached" });
  });
}
