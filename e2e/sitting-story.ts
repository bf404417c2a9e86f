/**
 * A whole plenary of one kecamatan, as it is held: five people at five browsers, the real program behind them, cards and PINs. It
 * is opened, rests, is cut off, is halted from above and goes on, hears an objection, corrects a station, counts one anew, adopts a
 * sheet that cannot be mended, and certifies; at the end a candidate opens the account of the votes, on the public page and by the
 * command, and finds every one of them.
 *
 * Everything is done on the pages. Over HTTP only what a page would not send is tried, and what came of it all is looked up. The same
 * story is told wherever the plenary is held: at the centre, or on a laptop whose cable is pulled. Where it is held is all that differs.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { deflateSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { teguh } from "../src/cli/testing.ts";
import type { ContestKind, StationCode } from "../src/election/codes.ts";
import { FIGURE } from "../src/election/figures.ts";
import { toHex } from "../src/ledger/bytes.ts";
import type { Said } from "../src/recap/wire/sign.ts";
import type { HallView, StationView } from "../src/recap/wire/views.ts";
import { routeToPage } from "../web/results/route.ts";
import { launchBrowser } from "./browser.ts";
import { Client, type Official } from "./desk-officials.ts";
import { LAPTOP, signIn } from "./desk-page.ts";
import type { Election } from "./election.ts";
import { look } from "./every-page.ts";
import { Phone } from "./phone.ts";
import { untilPublished } from "./receipts.ts";

const KEC = "510102";
const KAB = "5101";
const DESA = "5101021001";
const ONE = `${DESA}001` as StationCode;
const TWO = `${DESA}002` as StationCode;
const CONTESTS = ["ppwp", "dpr", "dpd", "dprdk"] as const;
const HALT = "12/PL.01.8-SD/5101/2029";
const RESUME = "13/PL.01.8-SD/5101/2029";

/** Where the plenary is held. */
export interface SittingPlace {
  readonly election: Election;
  /** What does not come in so long does not come, in milliseconds. */
  readonly patience: number;
  official(name: string): Official;
  /** Address of the kecamatan's desk, of that of the level above, and of the public site for everyone. */
  readonly desk: string;
  readonly above: string;
  readonly site: string;
  /** Address of the door to which the phones of the kecamatan send. */
  readonly door: string;
  /** The centre's data folder. */
  readonly data: string;
  /** Once the phones have sent: makes the place ready for its people. */
  gather(): Promise<void>;
  /** The cable between hall and centre is pulled, or put back. */
  pull(): Promise<void>;
  mend(): Promise<void>;
  /** Waits until the centre has everything. */
  together(): Promise<void>;
  close(): Promise<void>;
}

/** Tells the story as tests of the file that calls it. */
export function sitting(openPlace: () => Promise<SittingPlace>): void {
  let browser: Browser;
  let place: SittingPlace;
  const pages = new Map<string, Page>();
  const clients = new Map<string, Client>();
  const errors: string[] = [];

  const official = (name: string): Official => place.official(name);
  const at = (name: string): Page => pages.get(name) ?? assert.fail(`${name} sits at no browser`);

  before(async () => {
    place = await openPlace();
    await sendSheets();
    await place.gather();
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await place?.close();
  });

  /** Every station's sheet, but of TPS 002 for president one whose valid votes are not the sum of its votes. */
  async function sendSheets(): Promise<void> {
    const { election, door } = place;
    for (const station of [ONE, TWO]) {
      const phone = new Phone(election, station);
      for (const contest of CONTESTS) {
        const votes = votesOf(station, contest);
        const sheet = election.sheet(station, contest, votes);
        const { figures } = JSON.parse(Buffer.from(sheet).toString().split("\n")[1] ?? "") as { figures: number[] };
        const broken = station === TWO && contest === "ppwp";
        if (broken) figures[FIGURE.valid] = (figures[FIGURE.valid] ?? 0) + 7;
        const sent = await phone.send(door, broken ? election.sheet(station, contest, votes, { figures }) : sheet);
        assert.equal(sent.status, 200, sent.text);
      }
    }
  }

  const votesOf = (station: string, contest: ContestKind): number[] =>
    Array.from({ length: place.election.columnsOf(station, contest) }, (_, i) => 10 + i + Number(station.slice(-1)));

  // ---------------------------------------------------------------- what a test does with a page

  /** Signs somebody in at a browser of their own. */
  async function sit(name: string, hall = KEC): Promise<Page> {
    const context = await browser.newContext({ viewport: LAPTOP });
    const page = await context.newPage();
    page.setDefaultTimeout(place.patience);
    page.on("pageerror", (error) => errors.push(`${name}: ${error.message}`));
    page.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) errors.push(`${name}: ${message.text()}`);
    });
    await page.goto(`${hall === KEC ? place.desk : place.above}#/${hall}`);
    await signIn(page, official(name));
    await page.getByText(name, { exact: true }).waitFor();
    pages.set(name, page);
    return page;
  }

  async function open(page: Page, path: string, hall = KEC): Promise<void> {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/${hall}${path}`);
  }

  /** Somebody else confirms at this keyboard, with a card and a PIN of their own. */
  async function confirm(page: Page, name: string): Promise<void> {
    const dialog = page.getByRole("dialog", { name: "Konfirmasi orang kedua" });
    await dialog.waitFor();
    const { card, pin } = official(name);
    const list = dialog.getByLabel("Nama", { exact: true });
    if ((await list.count()) > 0) {
      const value = await list.locator("option", { hasText: name }).getAttribute("value");
      await list.selectOption(value);
    }
    const code = dialog.getByLabel("Kode kartu");
    if ((await code.count()) > 0) await code.fill(card);
    await dialog.getByLabel("PIN").fill(pin);
    await dialog.getByRole("button", { name: "Konfirmasi" }).click();
    await dialog.waitFor({ state: "detached" });
  }

  /** A small photograph: a grey page. */
  function photo(): { name: string; mimeType: string; buffer: Buffer } {
    const [width, height] = [60, 84];
    const chunk = (type: string, bytes: Buffer) => {
      const body = Buffer.concat([Buffer.from(type), bytes]);
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(crc(body));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, body, sum]);
    };
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 0, 0, 0, 0], 8);
    const rows = Buffer.alloc((width + 1) * height, 0xd0);
    for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
    return { name: "foto.png", mimeType: "image/png", buffer: Buffer.concat([signature, ...parts]) };
  }

  function crc(bytes: Buffer): number {
    let sum = 0xffffffff;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
    return (sum ^ 0xffffffff) >>> 0;
  }

  /** The hall as the program shows it to somebody, who signs in with the first look. */
  async function seenBy(name: string): Promise<{ client: Client; hall: HallView }> {
    let client = clients.get(name);
    if (client === undefined) {
      client = new Client(place.desk);
      clients.set(name, client);
      await client.signIn(official(name).signer.name.split("/k/")[0] ?? "", official(name));
    }
    return { client, hall: await client.get<HallView>(`/api/halls/${KEC}`) };
  }

  /** A station as it stands in the hall. */
  async function stands(contest: ContestKind, station: StationCode): Promise<StationView> {
    const { client } = await seenBy("Putu Operator");
    return client.get<StationView>(`/api/halls/${KEC}/stations/${contest}/${station}`);
  }

  /** States the reading of a station over HTTP, as its sheet says but for `change`, by the operator alone: past the page's own care. */
  async function readAlone(
    contest: ContestKind,
    station: StationCode,
    change: Partial<Said<"reading">> = {},
  ): Promise<void> {
    const { client, hall } = await seenBy("Putu Operator");
    const view = await stands(contest, station);
    const { figures, votes, parties, id } = view.sheet ?? assert.fail("its sheet has come");
    const body = {
      contest,
      station,
      district: view.districtObject,
      figures,
      votes,
      parties,
      sheet: id,
      previous: view.reading?.id ?? null,
      outcome: "same" as const,
      reason: null,
      fields: [],
      incident: null,
      initialled: [],
      refused: [],
      evidence: null,
      ...change,
    };
    await client.state(hall, "reading", body, [official("Putu Operator")]);
  }

  /** Waits until a page shows this station to be read. */
  async function atStation(page: Page, contest: ContestKind, station: StationCode): Promise<void> {
    const { hall } = await seenBy("Putu Operator");
    const name = hall.contests.find(({ kind }) => kind === contest)?.name.id ?? contest;
    const head = page.locator("header", { has: page.getByText(name, { exact: true }) });
    await head.getByRole("heading", { level: 1, name: `TPS ${station.slice(-3)} Desa ${DESA}` }).waitFor();
  }

  /** Opens a station on the page of reading. */
  async function openStation(page: Page, contest: ContestKind, station: StationCode): Promise<void> {
    await open(page, `/baca/0/${contest}/${station}`);
    await atStation(page, contest, station);
  }

  type Spot = readonly [contest: ContestKind, station: StationCode];

  /** Waits until the page has gone on from a station that was decided to the `next`, comes back, and waits until it is read; how. */
  async function outcomeOf(page: Page, decided: Spot, next: Spot): Promise<string | undefined> {
    await atStation(page, ...next);
    await openStation(page, ...decided);
    await page.getByText("Sudah dibacakan").waitFor();
    return (await stands(...decided)).reading?.outcome;
  }

  const cell = (page: Page, path: string) => page.locator(`[data-cell="${path}"]`);

  // ---------------------------------------------------------------- the plenary

  test("five people sit down at five browsers, each with their own card", async () => {
    for (const name of ["Ayu Ketua", "Made Anggota", "Putu Operator", "Ketut Pengawas"]) await sit(name);
    await sit("Ketua Kabupaten", KAB);
  });

  test("the cable is pulled before anything is stated", async () => {
    await place.pull();
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
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, colorScheme: "dark" });
    const wall = await context.newPage();
    wall.on("pageerror", (error) => errors.push(`layar: ${error.message}`));
    await wall.goto(link ?? "");
    pages.set("Layar", wall);
    await wall.getByText("001", { exact: true }).waitFor();
    await wall.getByText("Paslon 3").waitFor();
    assert.equal(
      await wall.getByRole("button").count(),
      await wall.getByRole("button", { includeHidden: false }).count(),
    );
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
    const pdf = await chair.request.get(`${place.desk}api/halls/${KEC}/night/${DESA}.pdf`);
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
    await place.mend();
    await place.together();
  });

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
    await place.pull();
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
    const pdf = await chair.request.get(`${place.desk}api/halls/${KEC}/incidents.pdf`);
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
    const pdf = await page.request.get(`${place.desk}api/halls/${KEC}/certificate/ppwp/0.pdf`);
    assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  });

  test("the cable is put back, and the level above has the certificates before it", async () => {
    await place.mend();
    await place.together();
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
    await place.mend();
    await place.together();
    await untilPublished(place.data);
    const ran = await teguh(
      "account",
      join(place.data, "public"),
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
    const context = await browser.newContext({ viewport: LAPTOP, locale: "id-ID" });
    const page = await context.newPage();
    page.setDefaultTimeout(place.patience);
    page.on("pageerror", (error) => errors.push(`publik: ${error.message}`));
    await page.goto(`${place.site}${hash}`);
    return page;
  }

  test("no page failed, and none broke the desk's own policy", () => {
    assert.deepEqual(errors, []);
    assert.ok(toHex(official("Ayu Ketua").signer.publicKey).length === 64);
  });
}

interface Posting {
  readonly station: string;
  readonly before: number | null;
  readonly after: number;
  readonly reason: string | null;
}
