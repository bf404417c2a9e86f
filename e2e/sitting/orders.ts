/** The plenary is halted from above and goes on; an order comes on paper. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "../every-page.ts";
import { KAB, ONE, photo, type Stage, TWO } from "./stage.ts";

const HALT = "12/PL.01.8-SD/5101/2029";
const RESUME = "13/PL.01.8-SD/5101/2029";

export function orders(stage: Stage): void {
  const { at, open, confirm, readAlone, openStation, outcomeOf } = stage;

  test("a halt from above names its order, lets the open box be finished, and is lifted by one act", async () => {
    const above = at("Ketua Kabupaten");
    await open(above, "/surat", KAB);
    const give = above.locator("section", { hasText: "Hentikan sementara wilayah di bawah" }).last();
    await give.getByRole("button", { name: "Hentikan sementara" }).click();
    await give.getByText("Pilih wilayahnya.").waitFor();
    await give.getByLabel("Nomor surat").fill(HALT);
    await give.getByLabel("Tanggal surat").fill("2029-02-19T20:00");
    await give.getByLabel("Foto surat").setInputFiles(photo());
    await give.getByRole("img").waitFor();
    await give.getByLabel("Kecamatan 510102").check();
    await look(above, "surat-kabupaten");
    await give.getByRole("button", { name: "Hentikan sementara" }).click();
    const chair = at("Ayu Ketua");
    await chair.getByText(HALT).first().waitFor();
    await open(chair, "/dhasil/ppwp/0");
    await chair.getByText(`Dihentikan sementara dengan surat nomor ${HALT}`).first().waitFor();
    await look(chair, "dhasil-dihentikan");
    const operator = at("Putu Operator");
    await openStation(operator, "dpr", ONE);
    await operator.keyboard.press("Enter");
    await operator.getByRole("alert").getByText(HALT).waitFor();
    await look(operator, "baca-dihentikan");
    await assert.rejects(readAlone("dpr", ONE), /halted/);
    // The president's box was open: it may be finished, with the sheet that cannot be mended, by two.
    const noted = { outcome: "noted", reason: "not-explained", incident: 1 } as const;
    await assert.rejects(readAlone("ppwp", TWO, noted), /one-person/);
    await openStation(operator, "ppwp", TWO);
    await operator.keyboard.press("n");
    await operator.getByLabel("Alasan").selectOption("not-explained");
    await operator.keyboard.press("Enter");
    await operator
      .getByRole("alert")
      .getByText(/nomor kejadian/i)
      .waitFor();
    await operator.getByLabel("Nomor kejadian khusus").fill("1");
    await look(operator, "baca-catatan");
    await operator.keyboard.press("Enter");
    await confirm(operator, "Made Anggota");
    assert.equal(await outcomeOf(operator, ["ppwp", TWO], ["dpr", ONE]), "noted");
    await open(above, "/papan", KAB);
    await above.getByText("Dihentikan sementara", { exact: true }).first().waitFor();
    await look(above, "papan-kabupaten");
    await open(above, "/surat", KAB);
    const lift = above.locator("section", { has: above.getByRole("heading", { name: "Lanjutkan" }) }).last();
    await lift.getByText(HALT).waitFor();
    await lift.getByLabel("Nomor surat").fill(RESUME);
    await lift.getByLabel("Tanggal surat").fill("2029-02-20T08:30");
    await lift.getByLabel(/Dilanjutkan pada/).fill("2029-02-20T09:00");
    await lift.getByRole("button", { name: "Lanjutkan" }).click();
    await lift.getByText("Tidak ada wilayah di bawah yang dihentikan.").waitFor();
    await chair.getByText(HALT).first().waitFor({ state: "detached" });
    await openStation(operator, "dpr", ONE);
    // The station was fetched ahead while it was halted, and is shown so until the newer view of it has come.
    await operator.getByText(HALT).first().waitFor({ state: "detached" });
    await operator.getByText("Semua penjumlahan cocok").waitFor();
    await operator.keyboard.press("Enter");
    assert.equal(await outcomeOf(operator, ["dpr", ONE], ["dpr", TWO]), "same");
  });

  test("the cable is pulled once more", async () => {
    await stage.place.pull();
  });

  test("an order that came on paper is entered by the chair and a second person", async () => {
    const chair = at("Ayu Ketua");
    await open(chair, "/surat");
    const enter = async (says: string, number: string) => {
      await chair.getByLabel(says).check();
      await chair.getByLabel("Nomor surat").fill(number);
      await chair.getByLabel("Tanggal surat").fill("2029-02-20T08:00");
      await chair.getByLabel("Foto surat").setInputFiles(photo());
      await chair.locator("form").getByRole("img").waitFor();
      await chair.getByRole("button", { name: "Catat surat" }).click();
      await confirm(chair, "Made Anggota");
    };
    await enter("Menghentikan sementara", "99/KERTAS/2029");
    await chair.getByRole("rowheader", { name: "99/KERTAS/2029" }).waitFor();
    await look(chair, "surat-kertas");
    await enter("Melanjutkan", "100/KERTAS/2029");
    await chair.getByText("Tidak ada surat yang menghentikan rapat ini.").waitFor();
  });
}
