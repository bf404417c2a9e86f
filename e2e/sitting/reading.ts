/** Stations are read: with rests, with figures that do not add up, put off, and with the connection cut. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "../every-page.ts";
import { DESA, KEC, ONE, type Stage, TWO } from "./stage.ts";

export function reading(stage: Stage): void {
  const { at, open, stands, readAlone, atStation, openStation, outcomeOf } = stage;

  test("the chair's one key pauses the plenary on whatever page they are, and goes on", async () => {
    const chair = at("Ayu Ketua");
    await open(chair, "/papan");
    await chair.getByRole("heading", { name: "Papan sisa kotak" }).waitFor();
    await look(chair, "papan");
    await chair.keyboard.press("Control+s");
    await at("Layar").getByText("Rapat diskors").waitFor();
    await open(chair, "");
    await chair.getByText("Lembar Posisi Malam", { exact: true }).waitFor();
    await look(chair, "rapat-diskors");
    const pdf = await chair.request.get(`${stage.place.desk}api/halls/${KEC}/night/${DESA}.pdf`);
    assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
    await at("Putu Operator").keyboard.press("Control+s");
    await chair.keyboard.press("Control+s");
    await at("Layar").getByText("Rapat diskors").waitFor({ state: "detached" });
  });

  test("figures that do not add up are not agreed to by a key, nor taken from whoever sends them all the same", async () => {
    const page = at("Putu Operator");
    await openStation(page, "ppwp", TWO);
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("Betulkan (B)").waitFor();
    await assert.rejects(readAlone("ppwp", TWO), /does-not-add-up/);
    assert.equal((await stands("ppwp", TWO)).reading, null);
  });

  test("a station is put off with its reason, and one that is read while the connection is cut waits and arrives", async () => {
    const page = at("Putu Operator");
    await openStation(page, "dpd", ONE);
    await page.keyboard.press("t");
    await page.getByRole("dialog").getByText("Menunggu penghitungan suara ulang").waitFor();
    await page.keyboard.press("5");
    await atStation(page, "dpd", TWO);
    await page.getByText("Tersambung").waitFor();
    await page.context().setOffline(true);
    await page.keyboard.press("Enter");
    await page.getByText("1 menunggu dikirim").waitFor();
    assert.equal((await stands("dpd", TWO)).reading, null);
    await page.context().setOffline(false);
    await page.getByText("1 menunggu dikirim").waitFor({ state: "detached" });
    assert.equal(await outcomeOf(page, ["dpd", TWO], ["dpr", ONE]), "same");
    const { reading, postponed } = await stands("dpd", ONE);
    assert.deepEqual([reading, postponed?.reason], [null, "recount-ahead"]);
    const chair = at("Ayu Ketua");
    await open(chair, "/papan");
    const late = chair.locator("section", { has: chair.getByRole("heading", { name: "TPS ditunda" }) });
    await late.getByText("Menunggu penghitungan suara ulang").waitFor();
    await look(chair, "papan-ditunda");
  });

  test("what else is stated while the connection is cut waits too, and arrives by itself", async () => {
    const page = at("Putu Operator");
    await open(page, "/rapat/kehadiran");
    await page.getByLabel("Pengawas yang hadir").fill("1");
    await page.getByLabel("Pemantau yang hadir").fill("3");
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Catat kehadiran" }).click();
    await page.getByText("1 menunggu dikirim").waitFor();
    await page.context().setOffline(false);
    await page.getByText("1 menunggu dikirim").waitFor({ state: "detached" });
    await page.getByRole("cell", { name: "3", exact: true }).waitFor();
  });

  test("the cable is put back, and what was read without it arrives", async () => {
    await stage.place.mend();
    await stage.place.together();
  });
}
