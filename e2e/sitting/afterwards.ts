/** What is left of the plenary: its minutes, its pages in every light and language, and the account of the votes that it read. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { teguh } from "../../src/cli/testing.ts";
import { routeToPage } from "../../web/results/route.ts";
import { LAPTOP } from "../desk-page.ts";
import { look } from "../every-page.ts";
import { untilPublished } from "../receipts.ts";
import { DESA, KEC, ONE, type Stage, TWO } from "./stage.ts";

interface Posting {
  readonly station: string;
  readonly before: number | null;
  readonly after: number;
  readonly reason: string | null;
}

export function afterwards(stage: Stage): void {
  const { at, open, votesOf } = stage;

  test("the minutes have every act with its time and who stated it", async () => {
    const page = at("Ketut Pengawas");
    await open(page, "/rapat/risalah");
    for (const act of [
      "Rapat dibuka",
      "Skors",
      "Cabut skors",
      "Pembetulan",
      "Penetapan D.Hasil",
      "Surat mandat saksi",
    ]) {
      await page.getByText(act, { exact: true }).first().waitFor();
    }
    await page.getByText("Ayu Ketua (Ketua); Made Anggota (Anggota)").first().waitFor();
    await look(page, "risalah");
  });

  test("both languages are complete, and a phone's width and a dark room are enough, on every page", async () => {
    const page = at("Ayu Ketua");
    const paths = [
      "",
      "/rapat/kehadiran",
      "/rapat/kotak",
      "/rapat/urutan",
      "/rapat/risalah",
      "/keberatan",
      "/dhasil/ppwp/0",
      "/surat",
      "/papan",
      "/orang",
      "/kunci",
    ];
    await page.getByRole("button", { name: "English" }).click();
    for (const path of paths) {
      await open(page, path);
      await page.locator("main h1").first().waitFor();
      assert.doesNotMatch(
        (await page.locator("main").allInnerTexts()).join(" "),
        /\b(yang|belum|dari|dan|rapat|surat)\b/i,
        path,
      );
    }
    await page.setViewportSize({ width: 360, height: 780 });
    await page.emulateMedia({ colorScheme: "dark" });
    for (const path of paths) {
      await open(page, path);
      await page.locator("main h1").first().waitFor();
      await look(page, `telepon${path.replaceAll("/", "-")}`);
    }
    await page.setViewportSize(LAPTOP);
    for (const path of paths) {
      await open(page, path);
      await page.locator("main h1").first().waitFor();
      await look(page, `gelap${path.replaceAll("/", "-")}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByRole("button", { name: "Indonesia" }).click();
  });

  test("a candidate opens the account of the votes: the public page and the command have every one of them", async () => {
    await stage.place.mend();
    await stage.place.together();
    await untilPublished(stage.place.data);
    const ran = await teguh(
      "account",
      join(stage.place.data, "public"),
      "--contest",
      "ppwp",
      "--region",
      KEC,
      "--choice",
      "p1",
      "--book",
      "recap",
      "--json",
    );
    assert.equal(ran.code, 0, ran.err);
    const account = ran.json() as {
      opening: number;
      added: number;
      removed: number;
      closing: number;
      postings: Posting[];
    };
    const [one, two] = [votesOf(ONE, "ppwp")[0] ?? 0, votesOf(TWO, "ppwp")[0] ?? 0];
    assert.equal(account.closing, one + two - 3);
    assert.equal(account.opening + account.added - account.removed, account.closing);
    assert.deepEqual(
      account.postings.map(({ station, before: from, after: to, reason }) => [station, from, to, reason]).sort(),
      [
        [ONE, null, one, null],
        [ONE, one, one - 3, "tally-marks"],
        [TWO, null, two, "not-explained"],
      ],
    );
    const ask = { pilihan: "p1", buku: "recap" };
    const page = await openPublic(routeToPage("ppwp", KEC, "riwayat", ask));
    const line = (name: string) => page.getByRole("row", { name });
    const figures = (name: string) => line(name).locator("td").allInnerTexts();
    await line("Suara akhir").getByText(String(account.closing), { exact: true }).waitFor();
    assert.deepEqual(await figures("Suara awal"), [String(account.opening)]);
    assert.deepEqual(await figures("TPS baru dibaca"), [`+${one + two}`]);
    assert.deepEqual(await figures("Pembetulan turun"), [`−${account.removed}`]);
    await look(page, "riwayat-kecamatan");
    await page
      .getByRole("link", { name: `Desa ${DESA}` })
      .first()
      .click();
    await line("TPS 002").waitFor();
    assert.deepEqual(await figures("TPS 001"), ["0", `+${one}`, "0", "−3", String(one - 3)]);
    assert.deepEqual(await figures("TPS 002"), ["0", `+${two}`, "0", "0", String(two)]);
    const fall = page.locator(".posting", { hasText: "TPS 001" });
    await fall.getByText("Angka tidak sama dengan tanda turus").waitFor();
    await fall
      .locator(".movements")
      .getByText(`${one} →Sesudah ${one - 3} −3`)
      .waitFor();
    await look(page, "riwayat-desa");
    await page.goto(page.url().replace(/#.*/, routeToPage("ppwp", DESA, "riwayat", ask, "001")));
    await line("TPS 002").waitFor({ state: "detached" });
    assert.deepEqual(await figures("TPS 001"), ["0", `+${one}`, "0", "−3", String(one - 3)]);
    await fall.locator("summary").click();
    await fall.locator(".opened").waitFor();
    await look(page, "riwayat-pernyataan");
  });

  /** The public page of this election, as anybody opens it. */
  async function openPublic(hash: string): Promise<Page> {
    const context = await stage.browser.newContext({ viewport: LAPTOP, locale: "id-ID" });
    const page = await context.newPage();
    stage.room.watch("publik", page);
    await page.goto(`${stage.place.site}${hash}`);
    return page;
  }
}
