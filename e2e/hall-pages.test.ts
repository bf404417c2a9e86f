/**
 * The pages of a hall on its own, in a browser: the kabupaten hands the log over, sheets come from a phone's screen by the camera
 * and from a picture, a stick goes from one machine's folder to another's, and two laptops and a projector work on one node.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { ContestKind, StationCode } from "../src/election/codes.ts";
import { framesOf } from "../src/recap/wire/qr-frames.ts";
import type { StationView } from "../src/recap/wire/views.ts";
import { routeTo } from "../web/results/route.ts";
import { launchBrowser } from "./browser.ts";
import { LAPTOP, signIn } from "./desk-page.ts";
import { lookEverywhere } from "./every-page.ts";
import { Halls, KAB, KEC } from "./hall-fixture.ts";
import { Phone } from "./phone.ts";
import type { Program } from "./program.ts";
import { pictureOf, videoOf } from "./qr-video.ts";
import { until } from "./until.ts";

const STATION = "5101021001001" as StationCode;
const OTHER = "5101021001002" as StationCode;
/** What does not come in so long does not come, in milliseconds. */
const PATIENCE = 30_000;

const folder = mkdtempSync(join(tmpdir(), "teguh-hall-pages-"));
const video = join(folder, "phone.y4m");
let halls: Halls;
let hall: Program;
let browser: Browser;
const errors: string[] = [];

before(async () => {
  halls = await Halls.open();
  // Something of the kecamatan is published, so that it has a page.
  const sent = halls.election.sheet(STATION, "ppwp", votesOf(STATION, "ppwp"));
  await new Phone(halls.election, STATION).send(await halls.centre.address("intake"), sent);
  hall = halls.laptop("hall");
  writeFileSync(video, videoOf(framesOf(halls.election.sheet(STATION, "dpr", votesOf(STATION, "dpr")))));
  browser = await launchBrowser([
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${video}`,
  ]);
});

after(async () => {
  await browser?.close();
  await halls?.close();
  rmSync(folder, { recursive: true, force: true });
});

const votesOf = (station: string, contest: ContestKind) =>
  Array.from({ length: halls.election.columnsOf(station, contest) }, (_, i) => 10 + i);

/** Signs somebody in at a browser of their own. */
async function sit(program: Program, name: string, region: string, path = ""): Promise<Page> {
  const context = await browser.newContext({ viewport: LAPTOP });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => errors.push(`${name}: ${error.message}`));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) errors.push(`${name}: ${message.text()}`);
  });
  await page.goto(`${await program.address("desk")}#/${region}${path}`);
  await signIn(page, halls.official(name));
  await page.getByText(name, { exact: true }).waitFor();
  return page;
}

async function open(page: Page, path: string, region = KEC): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${region}${path}`);
}

test("the hall's page says that it may not write yet, and shows the key that the kabupaten needs", async () => {
  const page = await sit(hall, "Ayu Ketua", KEC, "/sambungan");
  await page.getByText("Belum boleh menulis di sini").waitFor();
  await page.getByRole("heading", { name: "Kunci laptop ini" }).waitFor();
  await page.getByText("Pusat belum pernah tersambung").waitFor();
  await lookEverywhere(page, "sambungan-belum");
});

test("the kabupaten's chair hands the log over with the key, and everyone there sees who writes", async () => {
  const page = await sit(halls.centre, "Ketua Kabupaten", KAB, "/sambungan");
  const row = page.getByRole("row", { name: /Kecamatan 510102/ });
  await row.getByText("pusat", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Serahkan penulisan" }).click();
  await page.getByText("Pilih kecamatannya.").waitFor();
  await page.getByLabel("Kecamatan", { exact: true }).first().selectOption({ label: "Kecamatan 510102" });
  await page.getByLabel("Kunci laptop").fill("bukan kunci");
  await page.getByRole("button", { name: "Serahkan penulisan" }).click();
  await page.getByText("Salin atau pindai kunci").waitFor();
  const { vkey } = await halls.sync(hall);
  await page.getByLabel("Kunci laptop").fill(vkey);
  await page.getByText("Cocokkan lewat telepon").waitFor();
  await page.getByRole("button", { name: "Serahkan penulisan" }).click();
  await row.getByText("laptop", { exact: true }).waitFor();
  await halls.heal();
  await halls.inHand(hall);
  await row.getByText("belum pernah").waitFor({ state: "detached" });
  await lookEverywhere(page, "sambungan-kabupaten");
  halls.link.cut();
});

test("everyone reads who writes the log, at the centre's site and in the hall, and when the laptop was last heard of", async () => {
  for (const [name, program, heard] of [
    ["pusat", halls.centre, 1],
    ["kecamatan", hall, 0],
  ] as const) {
    const page = await (await browser.newContext({ viewport: LAPTOP, locale: "id-ID" })).newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(`${await program.address("public")}${routeTo("ppwp", KEC)}`);
    const who = page.getByText("Siapa yang menulis catatan rapat ini");
    // It is fetched when a reader comes near it.
    await until("what stands at the end of the page is there", async () => {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      return who.isVisible();
    });
    await who.click();
    await page.getByText("Catatan rapat ini ditulis oleh laptop kecamatan sejak").waitFor();
    assert.equal(await page.getByText("Menurut pusat, laptop itu terakhir terhubung").count(), heard, name);
    await lookEverywhere(page, `umum-${name}`);
  }
});

test("sheets come from a phone's screen by the laptop's camera, and are read aloud before the centre has them", async () => {
  const page = await sit(hall, "Putu Operator", KEC, "/sambungan");
  await page.getByText("Belum boleh menulis di sini").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Buka kamera" }).click();
  await page.getByRole("listitem").getByText("Disimpan di laptop ini").waitFor();
  await lookEverywhere(page, "sambungan-kamera");
  await page.getByRole("button", { name: "Tutup kamera" }).click();
  await open(page, `/baca/0/dpr/${STATION}`);
  await page.getByText("C.Hasil ini disimpan di laptop ini").waitFor();
  await lookEverywhere(page, "baca-disimpan");
  await page.keyboard.press("Enter");
  const client = await halls.signedIn(hall, "Putu Operator");
  await page.getByText("1 dari 2", { exact: true }).waitFor();
  const view = await client.get<StationView>(`/api/halls/${KEC}/stations/dpr/${STATION}`);
  assert.deepEqual([view.reading?.votes, view.reading?.sheet], [votesOf(STATION, "dpr"), null]);
});

test("where no camera can be opened a picture of each code does, and a code of something else is said to be none", async () => {
  const page = await sit(hall, "Putu Operator", KEC, "/sambungan");
  const choose = page.getByLabel("Pilih foto kode QR");
  await choose.setInputFiles({ name: "lain.png", mimeType: "image/png", buffer: pictureOf("https://pemilu.example/") });
  await page.getByText("Kode itu bukan C.Hasil.").waitFor();
  await choose.setInputFiles({ name: "kosong.png", mimeType: "image/png", buffer: pictureOf(null) });
  await page.getByText("Tidak ada kode yang terbaca").waitFor();
  const codes = framesOf(halls.election.sheet(OTHER, "dpr", votesOf(OTHER, "dpr")));
  for (const [i, code] of codes.entries()) {
    await choose.setInputFiles({ name: `kode-${i}.png`, mimeType: "image/png", buffer: pictureOf(code) });
    if (i < codes.length - 1) await page.getByText(`${i + 1} kode terbaca dari ${codes.length}`).waitFor();
  }
  await page.getByRole("listitem").getByText("Disimpan di laptop ini").waitFor();
});

test("two laptops and a projector work on one node: what one reads the other and the wall show", async () => {
  const chair = await sit(hall, "Ayu Ketua", KEC);
  await chair.getByRole("button", { name: "Buka rapat" }).click();
  await chair.getByText("Rapat dibuka").waitFor();
  await chair.getByRole("button", { name: "Pasangkan layar" }).click();
  const link = await chair.getByRole("link", { name: /layar/ }).getAttribute("href");
  const wall = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await wall.goto(link ?? "");
  await wall.getByText("001", { exact: true }).waitFor();
  const [one, two] = [
    await sit(hall, "Putu Operator", KEC, `/baca/0/dpr/${OTHER}`),
    await sit(hall, "Made Anggota", KEC, `/baca/0/dpr/${OTHER}`),
  ];
  await two.getByText("C.Hasil ini disimpan di laptop ini").waitFor();
  await one.getByText("C.Hasil ini disimpan di laptop ini").waitFor();
  await one.keyboard.press("Enter");
  await two.getByText("Sudah dibacakan").waitFor();
  const client = await halls.signedIn(hall, "Putu Operator");
  const { reading } = await client.get<StationView>(`/api/halls/${KEC}/stations/dpr/${OTHER}`);
  assert.deepEqual(reading?.votes, votesOf(OTHER, "dpr"));
});

test("a stick goes from one machine's folder to another's by two buttons, twice, and an altered one is refused", async () => {
  const from = await sit(hall, "Putu Operator", KEC, "/sambungan");
  const download = from.waitForEvent("download");
  await from.getByRole("link", { name: "Simpan berkas catatan" }).click();
  const stick = join(folder, `${KEC}.teguhlog`);
  await (await download).saveAs(stick);
  const spare = halls.laptop("spare");
  const to = await sit(spare, "Putu Operator", KEC, "/sambungan");
  const take = to.getByLabel("Masukkan berkas dari stik");
  await take.setInputFiles(stick);
  await to.getByText(/Rapat ini: \d+ catatan baru/).waitFor();
  await take.setInputFiles(stick);
  await to.getByText("Rapat ini: tidak ada yang baru").waitFor();
  const [here, there] = [await halls.sync(hall), await halls.sync(spare)];
  const sizes = (view: typeof here) => view.logs.map(({ log, here: size }) => [log, size]);
  assert.deepEqual(sizes(there), sizes(here));
  assert.equal(there.hindrance?.reason, "no-custody");
  await take.setInputFiles({
    name: "rusak.teguhlog",
    mimeType: "application/octet-stream",
    buffer: Buffer.from("x".repeat(99)),
  });
  await to.getByText("Berkas ini bukan dari Teguh").waitFor();
});

test("both languages are complete on the page of connections", async () => {
  for (const [program, name, region] of [
    [hall, "Ayu Ketua", KEC],
    [halls.centre, "Ketua Kabupaten", KAB],
  ] as const) {
    const page = await sit(program, name, region, "/sambungan");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Connection", level: 1 }).waitFor();
    await page.locator("main h2").first().waitFor();
    const text = (await page.locator("main").allInnerTexts()).join(" ");
    assert.doesNotMatch(text, /\b(yang|belum|dari|dan|rapat|catatan)\b/i);
  }
});

test("no page failed, and none broke the desk's own policy", () => {
  assert.deepEqual(errors, []);
});
