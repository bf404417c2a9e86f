/**
 * The desk's page in a real Chromium, by the keyboard: reading stations, correcting them by two persons, cards and PINs, what
 * survives a lock or a cut connection, and whether everybody can use it (axe-core). The hall behind it lives in memory and
 * judges statements by the fold's own tables.
 */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { StationCode } from "../src/election/codes.ts";
import { FIGURE } from "../src/election/figures.ts";
import { signAct } from "../src/recap/wire/sign.ts";
import { asTheSheetSays } from "../web/desk/reading/said.ts";
import { launchBrowser } from "./browser.ts";
import { type FixtureDesk, REGION, startFixtureDesk } from "./desk-fixture.ts";
import { atStation, chooseName, giveCard, LAPTOP, openDesk, PHONE, signIn } from "./desk-page.ts";
import { excess, look, violations } from "./every-page.ts";

let browser: Browser;
const desks: FixtureDesk[] = [];

before(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  for (const desk of desks.splice(0)) await desk.close();
});
after(() => browser?.close());

async function start(options: Parameters<typeof startFixtureDesk>[0] = {}): Promise<FixtureDesk> {
  const desk = await startFixtureDesk(options);
  desks.push(desk);
  return desk;
}

/** The code of a station in the first desa. */
const code = (number: number) => `9102031001${String(number).padStart(3, "0")}` as StationCode;
const reading = (desk: FixtureDesk, number: number, contest: "ppwp" | "dpr" = "ppwp") =>
  desk.hall.station(contest, code(number)).reading;

/** Resolves when the hall has taken so many entries. */
function grown(desk: FixtureDesk, by: number): Promise<void> {
  const goal = desk.hall.size + by;
  return new Promise((done) => {
    const end = desk.hall.subscribe((size) => {
      if (size < goal) return;
      end();
      done();
    });
  });
}

/** Types into the field of a cell. */
async function fill(page: Page, cell: string, text: string): Promise<void> {
  await page.locator(`[data-cell="${cell}"]`).fill(text);
}

/** Another officer decides a station elsewhere. */
function readElsewhere(desk: FixtureDesk, number: number): void {
  const station = desk.hall.station("ppwp", code(number));
  const district = desk.hall.districts.get("ppwp");
  const member = desk.hall.people.find(({ role }) => role === "member");
  assert.ok(station.sheet && district && member);
  const body = asTheSheetSays(station, district, station.sheet);
  const { tag: election } = desk.hall.view().election;
  desk.hall.take(signAct({ type: "reading", body, election, signers: [member.signer], time: 1 }));
}

/** Agrees to the first station, and waits until those after the second are at hand. */
async function toSecond(page: Page): Promise<void> {
  const ahead = page.waitForResponse((response) => response.url().endsWith("005"));
  await page.keyboard.press("Enter");
  await atStation(page, "002");
  await ahead;
}

// ---------------------------------------------------------------- reading

test("a station that agrees takes one key, and the next one stands there", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca");
  await atStation(page, "001");
  const taken = grown(desk, 3);
  for (const next of ["002", "003", "004"]) {
    await page.keyboard.press("Enter");
    await atStation(page, next);
  }
  await taken;
  for (const number of [1, 2, 3]) {
    const { outcome, sheet, votes } = reading(desk, number) ?? {};
    assert.deepEqual({ outcome, sheet }, { outcome: "same", sheet: desk.hall.station("ppwp", code(number)).sheet?.id });
    assert.deepEqual(votes, desk.hall.station("ppwp", code(number)).sheet?.votes);
  }
});

test("after the last station of a desa comes the first of the next", async () => {
  const desk = await start({ allAgree: true, stationsPerDesa: 3 });
  const page = await openDesk(browser, desk, "/baca");
  await atStation(page, "001");
  for (const next of ["002", "003"]) {
    await page.keyboard.press("Enter");
    await atStation(page, next);
  }
  await page.keyboard.press("Enter");
  await atStation(page, "001", "Batu Layar");
});

test("a key that is held down decides one station", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca");
  await atStation(page, "001");
  const taken = grown(desk, 1);
  for (let i = 0; i < 5; i++) await page.keyboard.down("Enter");
  await taken;
  await atStation(page, "002");
  assert.equal(reading(desk, 2), null);
});

test("figures that do not add up are not agreed to by a key; the page says what can be done", async () => {
  const desk = await start();
  const page = await openDesk(browser, desk, `/baca/0/ppwp/${code(3)}`);
  await atStation(page, "003");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Betulkan (B)").waitFor();
  assert.equal(reading(desk, 3), null);
  await page.locator(".remarks li.holds").first().waitFor();
});

test("a correction is typed twice blindly, and a second person confirms it with an own PIN", async () => {
  const desk = await start();
  const second = await giveCard(desk, "member", "274913");
  const page = await openDesk(browser, desk, `/baca/0/ppwp/${code(3)}`);
  await atStation(page, "003");
  const sheet = desk.hall.station("ppwp", code(3)).sheet;
  const right = String((sheet?.votes?.[0] ?? 0) - 10);
  await page.keyboard.press("b");
  await fill(page, "votes.0", right);
  await page.getByText("Semua penjumlahan cocok").waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByText("Ketikan kedua").waitFor();
  assert.equal(await page.locator("input[data-cell]").count(), 1, "only what was changed is typed again");
  assert.equal(await page.locator('[data-cell="votes.0"]').inputValue(), "", "the first typing is hidden");
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  await page.getByText("Dua ketikan berbeda").waitFor();
  await page.keyboard.type(right);
  await page.keyboard.press("Control+Enter");
  await page.getByText("Ketikan kedua").waitFor();
  await page.keyboard.type(right);
  await page.keyboard.press("Enter");
  await page.getByLabel("Alasan").selectOption("tally-marks");
  await page.getByRole("button", { name: "Tetapkan" }).click();
  const dialog = page.getByRole("dialog", { name: "Konfirmasi orang kedua" });
  await dialog.waitFor();
  await dialog.getByLabel("Kode kartu").fill(second.card);
  await dialog.getByLabel("PIN").fill("111333");
  await page.keyboard.press("Enter");
  await dialog.getByText("Kartu dan PIN tidak cocok").waitFor();
  await dialog.getByLabel("PIN").fill(second.pin);
  const taken = grown(desk, 1);
  await page.keyboard.press("Enter");
  await taken;
  const { outcome, fields, reason, votes } = reading(desk, 3) ?? {};
  assert.deepEqual({ outcome, fields, reason }, { outcome: "corrected", fields: ["votes.0"], reason: "tally-marks" });
  assert.equal(votes?.[0], Number(right));
  assert.equal(desk.hall.acts(null).acts[0]?.stated?.body.by.length, 2);
  await atStation(page, "004");
});

test("whoever confirmed once at this device does so again with the PIN alone", async () => {
  const desk = await start({ allAgree: true });
  const second = await giveCard(desk, "member", "274913");
  const page = await openDesk(browser, desk, "/baca");
  for (const number of [1, 2]) {
    await atStation(page, `00${number}`);
    await page.keyboard.press("n");
    await page.getByLabel("Alasan").selectOption("not-explained");
    await page.keyboard.press("Enter");
    const missing = page.getByRole("alert").getByText("Tulis nomor kejadian khusus");
    await missing.waitFor();
    await page.getByLabel("Nomor kejadian khusus").fill(String(number));
    await missing.waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Konfirmasi orang kedua" });
    if (number === 1) await dialog.getByLabel("Kode kartu").fill(second.card);
    else assert.equal(await dialog.getByLabel("Kode kartu").count(), 0);
    await dialog.getByLabel("PIN").fill(second.pin);
    const taken = grown(desk, 1);
    await page.keyboard.press("Enter");
    await taken;
    const { outcome, incident } = reading(desk, number) ?? {};
    assert.deepEqual({ outcome, incident }, { outcome: "noted", incident: number });
  }
});

test("where no sheet has come every figure is typed twice", async () => {
  const desk = await start();
  const page = await openDesk(browser, desk, `/baca/0/ppwp/${code(5)}`);
  await atStation(page, "005");
  await page.getByText("C.Hasil TPS ini belum masuk.", { exact: true }).waitFor();
  await page.keyboard.press("Enter");
  const figures: Readonly<Record<string, string>> = { valid: "60", invalid: "2", total: "62", "votes.0": "30" };
  for (const stage of ["Ketikan pertama", "Ketikan kedua"]) {
    await page.getByText(stage, { exact: true }).waitFor();
    const cells = page.locator("input[data-cell]");
    assert.equal(await cells.count(), 28);
    for (const cell of await cells.all()) {
      const path = (await cell.getAttribute("data-cell")) ?? "";
      assert.equal(await cell.inputValue(), "");
      const text = figures[path] ?? (path.startsWith("votes.") ? "15" : "");
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
    }
  }
  const taken = grown(desk, 1);
  await page.getByRole("button", { name: "Tetapkan" }).click();
  await taken;
  const { outcome, sheet, figures: read, votes } = reading(desk, 5) ?? {};
  assert.deepEqual({ outcome, sheet, votes }, { outcome: "same", sheet: null, votes: [30, 15, 15] });
  assert.equal(read?.[FIGURE.valid], 60);
  assert.equal(read?.[FIGURE["registered.total"]], null, "what is left empty was not reported");
});

test("a station is put off with one digit, and the next one comes", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca");
  await atStation(page, "001");
  const taken = grown(desk, 1);
  await page.keyboard.press("t");
  await page.keyboard.press("3");
  await atStation(page, "002");
  await taken;
  assert.equal(desk.hall.station("ppwp", code(1)).postponed?.reason, "objection-open");
});

test("when only stations that were put off are left, they stand there, and one press leads to each", async () => {
  const desk = await start({ allAgree: true, desa: 1, stationsPerDesa: 2, contests: 1 });
  const page = await openDesk(browser, desk, "/baca");
  await atStation(page, "001");
  await page.keyboard.press("t");
  await page.keyboard.press("3");
  await atStation(page, "002");
  const taken = grown(desk, 1);
  await page.keyboard.press("Enter");
  await taken;
  await page.getByRole("heading", { level: 1, name: "Tinggal TPS yang ditunda" }).waitFor();
  await page.getByRole("row", { name: /TPS 001.*Keberatan/ }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("link", { name: "TPS 001" }).click();
  await atStation(page, "001");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Semua TPS panel ini sudah dibaca" }).waitFor();
  assert.equal(reading(desk, 1)?.outcome, "same");
});

/** Counts the first station anew: its figures typed twice, and the reason chosen. */
async function recounted(page: Page): Promise<void> {
  await atStation(page, "001");
  await page.keyboard.press("h");
  for (const stage of ["Ketikan pertama", "Ketikan kedua"]) {
    await page.getByText(stage, { exact: true }).waitFor();
    await fill(page, "votes.0", "50");
    await fill(page, "votes.1", "40");
    await fill(page, "votes.2", "10");
    await fill(page, "valid", "100");
    await page.keyboard.press("Control+Enter");
  }
  await page.getByLabel("Alasan").selectOption("recount");
}

/** Says who asked for it and who counted. */
async function askedAndCounted(page: Page, desk: FixtureDesk): Promise<void> {
  const member = desk.hall.people.find(({ role }) => role === "member") ?? assert.fail("no member was invented");
  await page.getByLabel("Pengawas", { exact: true }).check();
  await page.getByLabel(member.name).check();
}

test("a recount states all its figures, who asked and who counted, without a second person", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca");
  await recounted(page);
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Tandai siapa yang meminta").waitFor();
  await page.getByLabel("Pengawas", { exact: true }).check();
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("sekurangnya satu orang yang menghitung").waitFor();
  const member = desk.hall.people.find(({ role }) => role === "member") ?? assert.fail("no member was invented");
  await page.getByLabel(member.name).check();
  await look(page, "hitung-ulang");
  const taken = grown(desk, 1);
  await page.keyboard.press("Enter");
  await taken;
  assert.deepEqual(reading(desk, 1)?.recount, { asked: [], counted: [member.person], supervisor: true });
  await page.goto(`${desk.url}#/${REGION}/baca/0/ppwp/${code(1)}`);
  await page.getByText(`Diminta: Pengawas. Dihitung: ${member.name}.`).waitFor();
  assert.deepEqual([reading(desk, 1)?.outcome, reading(desk, 1)?.votes], ["recount", [50, 40, 10]]);
});

test("a reading is undone by a new one that names it", async () => {
  const desk = await start({ allAgree: true });
  readElsewhere(desk, 1);
  const first = reading(desk, 1)?.id;
  const page = await openDesk(browser, desk, `/baca/0/ppwp/${code(1)}`);
  await page.getByText("Sudah dibacakan").waitFor();
  await page.keyboard.press("u");
  const taken = grown(desk, 1);
  await page.keyboard.press("Enter");
  await taken;
  assert.notEqual(reading(desk, 1)?.id, first);
});

// ---------------------------------------------------------------- long ballots

test("in a ballot of 179 columns a digit leads to a party, and a name to a candidate", async () => {
  const desk = await start({ contests: 2 });
  const page = await openDesk(browser, desk, `/baca/0/dpr/${code(1)}`);
  await atStation(page, "001");
  assert.equal(await page.locator(".party.open").count(), 0);
  await page.keyboard.press("1");
  await page.keyboard.press("4");
  await page.locator('[data-party="14"].open').waitFor();
  await page.keyboard.press("b");
  await page.keyboard.press("/");
  const name = desk.hall.districts.get("dpr")?.choices[100]?.name ?? "";
  const party = desk.hall.districts.get("dpr")?.parties[desk.hall.districts.get("dpr")?.choices[100]?.party ?? 0]?.name;
  await page.keyboard.type(`${party} – `);
  await page
    .getByRole("button", { name: new RegExp(name) })
    .first()
    .waitFor();
  await page.getByLabel("Nomor partai atau nama").fill(name);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.hasAttribute("data-cell"));
});

// ---------------------------------------------------------------- several people, several states

test("what another desk decides appears at once, and nothing is decided before it was seen", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca");
  await atStation(page, "001");
  readElsewhere(desk, 1);
  await page.getByText("TPS ini baru dibacakan di meja lain").waitFor();
  const { size } = desk.hall;
  await page.keyboard.press("Enter");
  await page.getByText("Sudah dibacakan").waitFor();
  assert.equal(desk.hall.size, size);
  await page.keyboard.press("Enter");
  await atStation(page, "002");
});

test("a new sheet that arrives meanwhile is shown with what differs", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca");
  await atStation(page, "001");
  const old = desk.hall.station("ppwp", code(1)).sheet?.votes?.[1] ?? 0;
  desk.hall.resend("ppwp", code(1), (votes) => {
    votes[1] = old + 3;
  });
  await page.getByText("C.Hasil baru dari TPS ini baru saja masuk").waitFor();
  await page
    .locator(".differs")
    .getByText(String(old + 3))
    .waitFor();
});

test("a decision that comes back refused is told loudly, with the way back to its station", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca");
  await atStation(page, "001");
  await toSecond(page);
  desk.isCut = true;
  await page.keyboard.press("Enter");
  await atStation(page, "003");
  await page.getByText("1 menunggu dikirim").waitFor();
  readElsewhere(desk, 2);
  desk.isCut = false;
  await page.getByRole("alert").getByText("Tidak diterima: TPS 002, Ampel Sari").waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("link", { name: "Buka" }).click();
  await atStation(page, "002");
});

test("what was typed for a decision that comes back refused stands there again", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca");
  await recounted(page);
  await askedAndCounted(page, desk);
  desk.isCut = true;
  await page.getByRole("button", { name: "Tetapkan" }).click();
  await atStation(page, "002");
  await page.getByText("1 menunggu dikirim").waitFor();
  readElsewhere(desk, 1);
  desk.isCut = false;
  await page.getByRole("alert").getByText("Tidak diterima: TPS 001, Ampel Sari").waitFor();
  await page.getByRole("link", { name: "Buka" }).click();
  await atStation(page, "001");
  await page.getByText("Hasil hitung ulang", { exact: true }).first().waitFor();
  assert.equal(await page.getByLabel("Alasan").inputValue(), "recount");
  await page.getByText("TPS ini baru dibacakan di meja lain").waitFor();
  await page.getByRole("button", { name: "Mengerti" }).click();
  const taken = grown(desk, 1);
  await page.getByRole("button", { name: "Tetapkan" }).click();
  await taken;
  assert.deepEqual([reading(desk, 1)?.outcome, reading(desk, 1)?.votes], ["recount", [50, 40, 10]]);
});

test("what was typed is not stated over what came meanwhile before that was seen", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca");
  await recounted(page);
  await askedAndCounted(page, desk);
  readElsewhere(desk, 1);
  await page.getByText("TPS ini baru dibacakan di meja lain").waitFor();
  const { size } = desk.hall;
  await page.getByRole("button", { name: "Tetapkan" }).click();
  await page.getByRole("alert").getByText("Lihat apa yang berubah").waitFor();
  assert.deepEqual([desk.hall.size, reading(desk, 1)?.outcome], [size, "same"]);
  await page.getByRole("button", { name: "Mengerti" }).click();
  const taken = grown(desk, 1);
  await page.getByRole("button", { name: "Tetapkan" }).click();
  await taken;
  assert.equal(reading(desk, 1)?.outcome, "recount");
});

test("an order of reading that is refused stays as it was laid out", async () => {
  const desk = await start();
  const page = await openDesk(browser, desk, "/rapat/urutan");
  await page.locator(".queued").nth(1).focus();
  await page.keyboard.press("Alt+ArrowDown");
  const laidOut = page.getByText("Perubahan belum ditetapkan pada panel 1.");
  await laidOut.waitFor();
  const message = { id: "Ditolak untuk uji coba.", en: "Refused for a trial." };
  await page.route("**/statements", (route) => route.fulfill({ status: 409, json: { code: "refused", message } }));
  await page.getByRole("button", { name: "Tetapkan urutan" }).click();
  await page.getByRole("alert").getByText(message.id).waitFor();
  await page.getByRole("button", { name: "Tetapkan urutan" }).waitFor();
  assert.equal(await laidOut.count(), 1);
});

test("with the connection cut reading goes on, and all of it arrives when it is back, a reload included", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca");
  await atStation(page, "001");
  await toSecond(page);
  desk.isCut = true;
  await page.keyboard.press("Enter");
  await atStation(page, "003");
  await page.getByText("Terputus").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("2 menunggu dikirim").waitFor();
  const taken = grown(desk, 2);
  desk.isCut = false;
  await page.reload();
  await page.getByRole("button", { name: "Operator", exact: true }).click();
  await taken;
  await page.getByText("Tersambung").waitFor();
  assert.deepEqual([reading(desk, 2)?.outcome, reading(desk, 3)?.outcome], ["same", "same"]);
});

test("under a halt the page names the order, and a box that was begun may be finished", async () => {
  const desk = await start({ allAgree: true });
  readElsewhere(desk, 1);
  desk.hall.halt("99/PERINTAH/2029");
  const page = await openDesk(browser, desk, "/baca");
  await atStation(page, "002");
  const taken = grown(desk, 1);
  await page.keyboard.press("Enter");
  await taken;
  assert.equal(reading(desk, 2)?.outcome, "same");
  await page.goto(`${desk.url}#/910203/baca/0/ppwp/9102031002001`);
  await atStation(page, "001", "Batu Layar");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("99/PERINTAH/2029").waitFor();
  assert.equal(desk.hall.station("ppwp", "9102031002001" as StationCode).reading, null);
});

test("a supervisor reads along and decides nothing", async () => {
  const desk = await start({ allAgree: true });
  const page = await openDesk(browser, desk, "/baca", { role: "Pengawas" });
  await atStation(page, "001");
  assert.equal(await page.getByRole("button", { name: "Betulkan" }).count(), 0);
  await page.keyboard.press("Enter");
  await atStation(page, "002");
  assert.equal(reading(desk, 1), null);
});

// ---------------------------------------------------------------- people and cards

test("a card's first use makes a PIN; after that it opens with the PIN alone, and nothing without it", async () => {
  const desk = await start({ tryRoles: false });
  const holder = await giveCard(desk, "operator", null);
  const page = await openDesk(browser, desk, "/baca", { role: null });
  await chooseName(page, holder.name);
  await page.getByLabel("Kode kartu").fill(holder.card.toLowerCase().replace(/(.{4})/g, "$1 "));
  await page.getByLabel("PIN baru").fill("123456");
  await page.getByLabel("Ketik PIN sekali lagi").fill("123456");
  await page.keyboard.press("Enter");
  await page.getByText("terlalu mudah ditebak").waitFor();
  await page.getByLabel("PIN baru").fill("918273");
  await page.getByLabel("Ketik PIN sekali lagi").fill("918274");
  await page.keyboard.press("Enter");
  await page.getByText("Kedua PIN tidak sama").waitFor();
  await page.getByLabel("PIN baru").fill("918273");
  await page.getByLabel("Ketik PIN sekali lagi").fill("918273");
  await page.keyboard.press("Enter");
  await atStation(page, "001");
  await page.getByRole("button", { name: "Keluar" }).click();
  await signIn(page, { ...holder, pin: "564738" });
  await page.getByText("Kartu dan PIN tidak cocok").waitFor();
  await page.getByLabel("PIN").fill("918273");
  await page.keyboard.press("Enter");
  await atStation(page, "001");
});

test("a slip in a card's code is told by its group", async () => {
  const desk = await start({ tryRoles: false });
  const holder = await giveCard(desk, "operator", "918273");
  const page = await openDesk(browser, desk, "/baca", { role: null });
  const wrong = (holder.card[9] === "7" ? "8" : "7") + holder.card.slice(10);
  await signIn(page, { ...holder, card: (holder.card.slice(0, 9) + wrong) as typeof holder.card });
  await page.getByRole("alert").getByText("kelompok ke-3").waitFor();
});

test("a locked screen keeps what was typed, for the PIN and for a reload", async () => {
  const desk = await start({ tryRoles: false, allAgree: true });
  const holder = await giveCard(desk, "operator", "918273");
  const page = await openDesk(browser, desk, "/baca", { role: null });
  await signIn(page, holder);
  await atStation(page, "001");
  await page.keyboard.press("b");
  await fill(page, "votes.1", "321");
  await page.keyboard.press("Control+l");
  await page.getByRole("heading", { name: "Layar terkunci" }).waitFor();
  assert.equal(await page.getByLabel("Kode kartu").count(), 0);
  assert.deepEqual(await violations(page), []);
  await page.getByLabel("PIN").fill(holder.pin);
  await page.keyboard.press("Enter");
  await page.getByText("Ketikan pertama").waitFor();
  assert.equal(await page.locator('[data-cell="votes.1"]').inputValue(), "321");
  await page.reload();
  await signIn(page, holder);
  await page.getByText("Ketikan pertama").waitFor();
  assert.equal(await page.locator('[data-cell="votes.1"]').inputValue(), "321");
});

test("a new desk: the console's code, the first chair's card, then the chair's cards for the others", async () => {
  const desk = await start({ tryRoles: false, needsSetup: true });
  const page = await openDesk(browser, desk, "", { role: null });
  await page.getByRole("heading", { name: "Menyiapkan meja ini" }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByLabel("Kode penyiapan").fill("salah");
  await page.getByLabel("Nama 1").fill("Nyoman Percobaan");
  await page.getByRole("button", { name: "Buat dan tugaskan" }).click();
  await page.getByText("bukan yang tertulis di konsol").waitFor();
  await page.getByLabel("Kode penyiapan").fill(desk.secret);
  await page.getByRole("button", { name: "Buat dan tugaskan" }).click();
  const groups = page.locator(".key-card .groups span");
  await groups.first().waitFor();
  const chair = (await groups.allTextContents()).join(" ");
  await page.getByRole("button", { name: "Sudah dicetak" }).click();
  await chooseName(page, "Nyoman Percobaan");
  await page.getByLabel("Kode kartu").fill(chair);
  await page.getByLabel("PIN baru").fill("918273");
  await page.getByLabel("Ketik PIN sekali lagi").fill("918273");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Orang dan kartu" }).click();
  await page.getByLabel("Nama 1").fill("Ketut Peraga");
  await page.getByRole("button", { name: "Buat dan tugaskan" }).click();
  await page.getByRole("heading", { name: "Kartu siap dicetak" }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Sudah dicetak" }).click();
  await page.getByRole("button", { name: "Cabut Ketut Peraga" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cabut" }).click();
  await page.getByRole("row", { name: /Ketut Peraga.*Dicabut/ }).waitFor();
});

// ---------------------------------------------------------------- for everybody

/** What is looked at, one after the other: the contest, and the way there from the station as it is read. */
const STATES: readonly (readonly [name: string, contest: "ppwp" | "dpr", reach: (page: Page) => Promise<unknown>])[] = [
  ["a station", "ppwp", (page) => page.getByText("Semua penjumlahan cocok").waitFor()],
  ["the table of keys", "ppwp", (page) => asked(page, "?")],
  ["the list of stations", "ppwp", (page) => asked(page, "l")],
  ["putting off", "ppwp", (page) => asked(page, "t")],
  ["a note", "ppwp", (page) => asked(page, "n")],
  [
    "typing a correction",
    "ppwp",
    async (page) => {
      await page.keyboard.press("b");
      await fill(page, "valid", "1");
      await page.locator(".remarks li").first().waitFor();
    },
  ],
  ["a long ballot", "dpr", (page) => page.keyboard.press("7")],
];

async function asked(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.getByRole("dialog").waitFor();
}

for (const [viewport, colorScheme] of [
  [PHONE, "light"],
  [LAPTOP, "dark"],
] as const) {
  test(`at ${viewport.width} px, ${colorScheme}, everybody can use the reading, and nothing is wider than the screen`, async () => {
    const desk = await start({ contests: 2, allAgree: true });
    const page = await openDesk(browser, desk, `/baca/0/ppwp/${code(1)}`, { viewport, colorScheme });
    for (const [name, contest, reach] of STATES) {
      await page.goto(`${desk.url}#/910203/baca/0/${contest}/${code(1)}`);
      await atStation(page, "001");
      await reach(page);
      assert.deepEqual(await violations(page), [], name);
      const wider = await excess(page);
      assert.ok(wider <= 0, `${name} is ${wider} px wider than the screen`);
      await page.keyboard.press("Escape");
    }
  });
}

test("English says all that Indonesian says", async () => {
  const desk = await start({ contests: 2 });
  const page = await openDesk(browser, desk, `/baca/0/ppwp/${code(3)}`);
  await atStation(page, "003");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("The figures do not match").waitFor();
  const text = (await page.locator("body").textContent()) ?? "";
  for (const word of [
    "Betulkan",
    "Suara sah",
    "Tunda",
    "dihitung",
    "Pengguna",
    "Lembar",
    "Tersambung",
    "Kunci layar",
  ]) {
    assert.ok(!text.includes(word), `"${word}" is left on the English screen`);
  }
});
