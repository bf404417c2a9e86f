/** People sit down, the plenary is opened, and who and what has come is recorded; the screen follows the first station. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "../every-page.ts";
import { DESA, ONE, photo, type Stage, TWO } from "./stage.ts";

export function gathering(stage: Stage): void {
  const { at, open, sit, seenBy, atStation } = stage;

  test("five people sit down at five browsers, each with their own card", async () => {
    const people = ["Ayu Ketua", "Made Anggota", "Putu Operator", "Ketut Pengawas", "Ketua Kabupaten"];
    for (const name of people) await sit(name);
  });

  test("the cable is pulled before anything is stated", async () => {
    await stage.place.pull();
  });

  test("the chair schedules the plenary and opens it, and everyone sees that it is open", async () => {
    const chair = at("Ayu Ketua");
    await look(chair, "rapat-belum");
    await chair.getByLabel("Tanggal dan jam").fill("2029-02-19T09:00");
    await chair.getByLabel("Tempat rapat").fill("Balai desa");
    await chair.getByRole("button", { name: "Jadwalkan rapat" }).click();
    await chair.getByText("Rapat dijadwalkan 19 Februari 2029 pukul 09.00 WITA").waitFor();
    await at("Made Anggota").getByText("Yang dapat menyatakan ini: ketua.").first().waitFor();
    assert.ok(await at("Made Anggota").getByRole("button", { name: "Buka rapat" }).isDisabled());
    await chair.getByRole("button", { name: "Buka rapat" }).click();
    for (const name of ["Ayu Ketua", "Putu Operator", "Ketut Pengawas"])
      await at(name).getByText("Rapat dibuka").waitFor();
    await look(chair, "rapat-berlangsung");
  });

  test("mandates are taken in with their letters: of a participant at most two, one of them inside", async () => {
    const page = at("Putu Operator");
    await open(page, "/rapat/kehadiran");
    const form = page.locator("section", { hasText: "Terima surat mandat" }).first();
    const take = async (participant: string, seat: string) => {
      await form.getByLabel("Peserta pemilu").selectOption({ label: participant });
      await form.getByLabel("Nama saksi").fill(`Saksi ${participant}`);
      await form.getByLabel(seat).check();
      await form.getByLabel("Foto surat mandat").setInputFiles(photo());
      await form.getByRole("img").waitFor();
      await form.getByRole("button", { name: "Terima surat mandat" }).click();
    };
    await take("1 Paslon 1", "Di dalam ruangan");
    await page.getByText("Saksi bermandat (1)").waitFor();
    await take("2 Paslon 2", "Di dalam ruangan");
    await page.getByText("Saksi bermandat (2)").waitFor();
    await take("1 Paslon 1", "Di dalam ruangan");
    await form.getByText("Saksi lain dari peserta ini sudah duduk di dalam").waitFor();
    await form.getByLabel("Menunggu di luar").check();
    await form.getByRole("button", { name: "Terima surat mandat" }).click();
    await page.getByText("Saksi bermandat (3)").waitFor();
    await page.getByRole("button", { name: "Ubah nama: 2 Paslon 2, Saksi 2 Paslon 2" }).click();
    await page.getByRole("dialog").getByLabel("Nama saksi").fill("Nyoman Contoh");
    await page.getByRole("dialog").getByRole("button", { name: "Simpan nama" }).click();
    await page.getByRole("button", { name: "Ubah nama: 2 Paslon 2, Nyoman Contoh" }).waitFor();
    await page.getByRole("button", { name: "Cabut mandat: 2 Paslon 2" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Cabut mandat" }).click();
    await dialog.getByText("Potret surat mandatnya.").waitFor();
    await dialog.getByLabel("Foto surat mandat").setInputFiles(photo());
    await dialog.getByRole("img").waitFor();
    await look(page, "mandat-dicabut");
    await dialog.getByRole("button", { name: "Cabut mandat" }).click();
    await page.getByText("Saksi bermandat (2)").waitFor();
  });

  test("who is in the room is recorded by panel and hour", async () => {
    const page = at("Putu Operator");
    await page.getByRole("button", { name: "Catat kehadiran" }).click();
    await page.getByText("Tulis berapa orang; 0 bila tidak ada.").first().waitFor();
    await page.getByLabel("Pengawas yang hadir").fill("2");
    await page.getByLabel("Pemantau yang hadir").fill("0");
    await page.getByRole("button", { name: "Catat kehadiran" }).click();
    await page.getByRole("cell", { name: "1 Paslon 1", exact: true }).waitFor();
    await look(page, "kehadiran");
  });

  test("a box with a broken seal needs a photograph of it", async () => {
    const page = at("Putu Operator");
    await open(page, "/rapat/kotak");
    await page.getByLabel("Desa atau kelurahan").selectOption({ label: `Desa ${DESA}` });
    await page.getByLabel("TPS", { exact: true }).selectOption({ label: "TPS 001" });
    await page.getByLabel("Rusak").check();
    await page.getByRole("button", { name: "Terima kotak suara" }).click();
    await page.getByText("Potret segel yang rusak.").waitFor();
    const noPhoto = {
      name: "segel.jpg",
      mimeType: "image/jpeg",
      buffer: Buffer.from("%PDF-1.4 a letter, and no photo"),
    };
    await page.getByLabel("Foto segel").setInputFiles(noPhoto);
    await page.getByRole("alert").getByText("Berkas ini bukan foto yang dapat dibuka").waitFor();
    assert.equal(await page.locator("form").getByRole("img").count(), 0);
    await page.getByLabel("Foto segel").setInputFiles(photo());
    await page.locator("form").getByRole("img").waitFor();
    await page.getByRole("button", { name: "Terima kotak suara" }).click();
    await page.getByRole("rowheader", { name: `Desa ${DESA} · TPS 001` }).waitFor();
    await look(page, "kotak");
  });

  test("the order of reading is changed by the keyboard, and stated", async () => {
    const page = at("Putu Operator");
    await open(page, "/rapat/urutan");
    const boxes = page.locator(".queued");
    await boxes.nth(1).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByText("Perubahan belum ditetapkan pada panel 1.").waitFor();
    await look(page, "urutan");
    await page.getByRole("button", { name: "Tetapkan urutan" }).click();
    await page.getByText("Sesuai dengan yang sudah ditetapkan.").waitFor();
    const { hall } = await seenBy("Putu Operator");
    assert.deepEqual(
      hall.panels[0]?.queue.map(({ contest }) => contest),
      ["ppwp", "dpd", "dpr", "dprdk"],
    );
  });

  test("the screen of the hall is paired by a link, follows the panel, and has nothing to press", async () => {
    const chair = at("Ayu Ketua");
    await open(chair, "");
    await chair.getByRole("button", { name: "Pasangkan layar" }).click();
    const link = await chair.getByRole("link", { name: /layar/ }).getAttribute("href");
    const context = await stage.browser.newContext({ viewport: { width: 1920, height: 1080 }, colorScheme: "dark" });
    const wall = await context.newPage();
    stage.room.watch("Layar", wall);
    await wall.goto(link ?? "");
    await wall.getByText("001", { exact: true }).waitFor();
    await wall.getByText("Paslon 3").waitFor();
    assert.equal(await wall.locator("main").getByRole("button").count(), 0);
    await look(wall, "layar");
    const operator = at("Putu Operator");
    await open(operator, "/baca");
    await atStation(operator, "ppwp", ONE);
    await look(operator, "baca");
    await operator.keyboard.press("Enter");
    await atStation(operator, "ppwp", TWO);
    await wall.getByText("002", { exact: true }).waitFor();
    await wall.getByText("1 dari 2 TPS dibaca").waitFor();
  });
}
