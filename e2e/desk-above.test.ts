/**
 * What the levels above a kecamatan do, as they do it: the kabupaten compares paper with sums, sees a certificate that its log does
 * not bear out, corrects it at the station and certifies; the provinsi and the nation follow; seats and winners stand on the page
 * with their working; then an order gives a result back, and the level below sees by whose order.
 *
 * The kecamatan's own readings and certificates are stated by HTTP: how they go in a browser is tried in `desk-sitting.test.ts`.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { DataFolder } from "../src/cli/data-folder.ts";
import { type ContestKind, plenoLog, type RegionCode, type StationCode } from "../src/election/codes.ts";
import type { ElectionFile } from "../src/election/definition.ts";
import type { JsonObject } from "../src/ledger/canonical.ts";
import { readPdf, textOf } from "../src/recap/testing/read-pdf.ts";
import type { Said } from "../src/recap/wire/sign.ts";
import type { BelowView } from "../src/recap/wire/views.ts";
import { smallElection } from "../src/tally/testing.ts";
import { valueAt } from "../web/desk/reading/form.ts";
import { launchBrowser } from "./browser.ts";
import { among, makeOfficial, setUp } from "./desk-officials.ts";
import { LAPTOP } from "./desk-page.ts";
import { Room } from "./desk-room.ts";
import { type Election, foundElection } from "./election.ts";
import { look } from "./every-page.ts";
import { Program } from "./program.ts";

const PROV = "51" as RegionCode;
const KAB = "5101" as RegionCode;
const KEC_ONE = "510101" as RegionCode;
const KEC_TWO = "510102" as RegionCode;
/** The station whose figures the second kecamatan's certificate has otherwise than its log. */
const ASTRAY = `${KEC_TWO}1001001` as StationCode;
/** Nobody read this one for the kabupaten's council. */
const UNREAD = `${KEC_TWO}1001002` as StationCode;
const COUNCIL = "510101";
const REOPEN = "41/PL.01.8-SD/03/2029";
const VOTES = { ppwp: [60, 25, 10], parties: [9, 30, 12, 5, 7, 3] } as const;

const data = join(mkdtempSync(join(tmpdir(), "teguh-above-")), "data");

let browser: Browser;
let program: Program;
let election: Election;
let room: Room;

/** One provinsi with one kabupaten of two kecamatan, two stations each; the pair, the DPR and the kabupaten's council. */
function oneProvinsi(): ElectionFile {
  const file = smallElection();
  const desa = (code: string) => ({ code, name: `Desa ${code}`, stations: [[1, 2]] as [number, number][] });
  const kept = [PROV, KAB, KEC_ONE, KEC_TWO] as readonly string[];
  const regions = file.regions
    .filter(({ code }) => kept.includes(code))
    .flatMap((region) => (region.code.length === 6 ? [region, desa(`${region.code}1001`)] : [region]));
  const contests = file.contests.flatMap((contest): ElectionFile["contests"] => {
    const { kind } = contest;
    if (kind === "ppwp") return [{ ...contest, thresholds: { majority: 5000, spread: 2000 } }];
    const [first] = contest.districts;
    if (first === undefined || kind === "dpd") return [];
    return [{ kind, districts: [kind === "dprdk" ? { ...first, regions: [KAB] } : first] }];
  });
  return { ...file, regions, contests };
}

before(async () => {
  election = await foundElection(data, { file: oneProvinsi() });
  const origin = election.phoneOf(ASTRAY).name.split("/k/")[0] ?? "";
  const people = ["0", PROV, KAB, KEC_ONE, KEC_TWO].flatMap((region) => [
    makeOfficial(origin, `Ketua ${region}`, "chair", region),
    makeOfficial(origin, `Anggota ${region}`, "member", region),
  ]);
  const officials = await Promise.all(people);
  browser = await launchBrowser();
  program = new Program(data);
  const first = await program.address("desk");
  await setUp(first, program.errors, officials);
  room = new Room({ browser, deskOf: () => first, official: among(officials) });
  for (const kecamatan of [KEC_ONE, KEC_TWO]) await holdKecamatan(kecamatan);
  await certifyAstray();
  const again = await program.address("desk");
  room = new Room({ browser, deskOf: () => again, official: among(officials) });
  for (const region of [KAB, PROV, "0"]) await room.sit(`Ketua ${region}`);
});

after(async () => {
  await browser?.close();
  await program?.stop();
  rmSync(join(data, ".."), { recursive: true, force: true });
});

/** Reads every station of a kecamatan, but one in one contest, and certifies all but what is to go astray. */
async function holdKecamatan(kecamatan: string): Promise<void> {
  const { client, hall } = await room.by(`Ketua ${kecamatan}`);
  const chair = [room.official(`Ketua ${kecamatan}`)];
  await client.state(hall, "minutes", { act: { what: "open" } }, chair);
  const box = { contest: "dprdk", desa: `${kecamatan}1001` as RegionCode } as const;
  await client.state(hall, "minutes", { act: { what: "agenda", panel: 1, queue: [box] } }, chair);
  for (const { contest, district } of hall.results) {
    for (const station of election.stations.filter((code) => code.startsWith(kecamatan))) {
      if (contest === "dprdk" && station === UNREAD) continue;
      await client.state(hall, "reading", readingOf(station as StationCode, contest), chair);
    }
    if ((contest === "ppwp" || contest === "dprdk") && kecamatan === KEC_TWO) continue;
    await certifyByHttp(kecamatan, contest, district.code);
  }
}

/**
 * Two certificates that no desk takes, so another program writes them while the desk is down: one with other figures than its log
 * adds up to, one over a station that nobody has read.
 */
async function certifyAstray(): Promise<void> {
  const moved = await certificateOf(KEC_TWO, "ppwp", "0");
  const unread = await certificateOf(KEC_TWO, "dprdk", COUNCIL);
  await program.stop();
  const folder = await DataFolder.open(data, smallElection().origin);
  const signers = [room.official(`Ketua ${KEC_TWO}`).signer, room.official(`Anggota ${KEC_TWO}`).signer];
  const write = (body: Said<"certificate">) =>
    folder.sequencer.write(plenoLog(KEC_TWO), "certificate", body as unknown as JsonObject, signers);
  await write({ ...moved, votes: moved.votes.map((value, i) => (value ?? 0) + ([1, -1][i] ?? 0)) });
  await write(unread);
  await folder.close();
  program = new Program(data);
}

/** What is read from a sheet that lay in the box and never came by wire. */
function readingOf(station: StationCode, contest: ContestKind): Said<"reading"> {
  const votes = contest === "ppwp" ? VOTES.ppwp : VOTES.parties;
  const [, json = ""] = Buffer.from(election.sheet(station, contest, votes))
    .toString()
    .split("\n");
  const { figures, votes: said, parties, district } = JSON.parse(json) as Said<"reading">;
  return {
    contest,
    station,
    district,
    figures,
    votes: said,
    parties,
    sheet: null,
    previous: null,
    outcome: "same",
    reason: null,
    fields: [],
    incident: null,
    initialled: [],
    refused: [],
    evidence: null,
  };
}

/** The certificate of a result as its desk adds it up. */
async function certificateOf(region: string, contest: ContestKind, district: string): Promise<Said<"certificate">> {
  const { client, hall } = await room.by(`Ketua ${region}`);
  const below = await client.get<BelowView>(`/api/halls/${region}/below/${contest}/${district}`);
  const sum = (of: "read" | "expected") => below.children.reduce((all, child) => all + child[of], 0);
  return {
    contest,
    district: below.district.code,
    region: hall.region.code,
    figures: [...below.total.figures],
    votes: [...below.total.votes],
    read: sum("read"),
    stations: sum("expected"),
    papers: null,
  };
}

async function certifyByHttp(region: string, contest: ContestKind, district: string): Promise<void> {
  const body = await certificateOf(region, contest, district);
  const { client, hall } = await room.by(`Ketua ${region}`);
  await client.state(hall, "certificate", body, [room.official(`Ketua ${region}`), room.official(`Anggota ${region}`)]);
}

/** The whole fingerprint of a region's result, as its own paper has it. */
async function fingerprintOf(region: string, contest: ContestKind): Promise<string> {
  const { hall } = await room.by(`Ketua ${region}`);
  return hall.results.find((one) => one.contest === contest)?.fingerprint ?? assert.fail("nothing is read");
}

async function certify(page: Page, region: string): Promise<void> {
  await page.getByRole("button", { name: "Tetapkan D.Hasil" }).click();
  await room.confirm(page, `Anggota ${region}`);
  await page.getByRole("heading", { name: "Tanda tangan saksi" }).waitFor();
}

// ---------------------------------------------------------------- a kecamatan of two panels

test("a table goes from one panel to the other by a key and by a press", async () => {
  const page = await room.sit(`Ketua ${KEC_TWO}`);
  await room.open(`Ketua ${KEC_TWO}`, "/baca");
  await page.getByRole("heading", { name: "Semua TPS panel ini sudah dibaca" }).waitFor();
  await page.keyboard.press("g");
  await page.getByRole("heading", { level: 1, name: /TPS 002/ }).waitFor();
  const panel = (number: number) => page.getByRole("button", { name: `Panel ${number}` });
  assert.equal(await panel(2).getAttribute("aria-pressed"), "true");
  await look(page, "kecamatan-panel");
  await panel(1).click();
  await page.getByRole("heading", { name: "Semua TPS panel ini sudah dibaca" }).waitFor();
});

// ---------------------------------------------------------------- the kabupaten

test("the kabupaten types two groups of each paper's fingerprint and is told whether the paper is the one", async () => {
  const page = await room.open(`Ketua ${KAB}`, "/dhasil/ppwp/0");
  const whole = await fingerprintOf(KEC_ONE, "ppwp");
  const typed = page.getByLabel("Sidik pada kertas: Kecamatan 510101");
  await typed.fill("0000-0000");
  await page.getByText("Tidak cocok: bandingkan kertasnya").waitFor();
  await typed.fill(whole.slice(0, 9));
  await page.getByText("Cocok", { exact: true }).waitFor();
  // Until all have come up, nothing can be corrected or certified here.
  await page.getByRole("button", { name: "Tetapkan D.Hasil" }).waitFor();
});

test("a certificate that its own log does not bear out is marked X501 and shown figure by figure", async () => {
  const page = room.at(`Ketua ${KAB}`);
  await page.getByText(/^X501 \(Kecamatan 510102\)/).waitFor();
  await page
    .getByRole("row", { name: /Kecamatan 510101/ })
    .getByText("Sama")
    .waitFor();
  await page.getByRole("button", { name: "2 angka berbeda" }).click();
  await page.getByRole("row", { name: "1 Paslon 1 121 120 -1", exact: true }).waitFor();
  await page.getByRole("row", { name: "2 Paslon 2 49 50 1", exact: true }).waitFor();
  await look(page, "kabupaten-selisih");
});

test("a difference is corrected at its station from above, typed twice and confirmed by a second person", async () => {
  const page = room.at(`Ketua ${KAB}`);
  await page.getByLabel("Kode TPS (13 angka)").first().fill(ASTRAY);
  await page.getByRole("button", { name: "Betulkan pada TPS" }).click();
  await page.getByRole("heading", { level: 1, name: /TPS 001/ }).waitFor();
  await look(page, "kabupaten-tps");
  await page.keyboard.press("b");
  for (const stage of ["Ketikan pertama", "Ketikan kedua"]) {
    await page.getByText(stage, { exact: true }).first().waitFor();
    await page.locator('[data-cell="votes.0"]').fill("61");
    await page.locator('[data-cell="votes.1"]').fill("24");
    await page.keyboard.press("Control+Enter");
  }
  await page.getByLabel("Alasan", { exact: true }).selectOption("tally-marks");
  await look(page, "kabupaten-betulkan");
  await page.getByRole("button", { name: /^Tetapkan/ }).click();
  await room.confirm(page, `Anggota ${KAB}`);
  await page
    .getByRole("row", { name: /Kecamatan 510102/ })
    .getByText("Sama")
    .waitFor();
  const story = page.locator("section", { has: page.getByRole("heading", { name: /^Riwayat/ }) }).last();
  await story.getByLabel("Kode TPS (13 angka)").fill(ASTRAY);
  await story.getByRole("button", { name: "Lihat riwayat TPS" }).click();
  await story.getByText(/^Pembetulan: Angka tidak sama dengan tanda turus/i).waitFor();
});

test("a certificate over an unread station is marked X503 above, and its station is read there", async () => {
  const page = await room.open(`Ketua ${KAB}`, `/dhasil/dprdk/${COUNCIL}`);
  await page.getByText(/^X503 \(Kecamatan 510102\)/).waitFor();
  await page.getByText("Masih ada TPS yang belum dibaca.").waitFor();
  await page.getByRole("button", { name: "1 TPS belum dibaca" }).click();
  await look(page, "kabupaten-x503");
  await page.getByLabel("Kode TPS (13 angka)").first().fill(UNREAD);
  await page.getByRole("button", { name: "Bacakan TPS" }).click();
  await page.getByRole("heading", { level: 1, name: /TPS 002/ }).waitFor();
  await page.keyboard.press("b");
  const paper = readingOf(UNREAD, "dprdk");
  for (const stage of ["Ketikan pertama", "Ketikan kedua"]) {
    await page.getByText(stage, { exact: true }).first().waitFor();
    const cells = await page.locator("input[data-cell]").all();
    for (const cell of cells) {
      const path = (await cell.getAttribute("data-cell")) ?? "";
      await cell.fill(String(valueAt(paper, path) ?? ""));
    }
    await page.keyboard.press("Control+Enter");
  }
  await look(page, "kabupaten-ketik");
  await page.getByRole("button", { name: /^Tetapkan/ }).click();
  await page.getByText("4/4", { exact: true }).first().waitFor();
});

test("the kabupaten certifies, and its council's seats stand there with their working", async () => {
  const page = await room.open(`Ketua ${KAB}`, "/dhasil/ppwp/0");
  await certify(page, KAB);
  await certifyByHttp(KAB, "dpr", "5100");
  await certifyByHttp(KAB, "dprdk", COUNCIL);
  await room.open(`Ketua ${KAB}`, `/dhasil/dprdk/${COUNCIL}`);
  await page.getByRole("heading", { name: "Kursi dan calon terpilih" }).waitFor();
  await look(page, "kabupaten-kursi");
});

// ---------------------------------------------------------------- the provinsi and the nation

test("the provinsi compares the kabupaten's paper and certifies", async () => {
  const page = await room.open(`Ketua ${PROV}`, "/dhasil/ppwp/0");
  const whole = await fingerprintOf(KAB, "ppwp");
  await page.getByLabel("Sidik pada kertas: Kabupaten 5101").fill(whole.slice(0, 9));
  await page.getByText("Cocok", { exact: true }).waitFor();
  await page.getByText("Sama", { exact: true }).waitFor();
  await certify(page, PROV);
  await certifyByHttp(PROV, "dpr", "5100");
  const listed = page.locator("section", { has: page.getByRole("heading", { name: "Ditetapkan di bawah" }) });
  await listed.getByText("1/1 dapil ditetapkan").waitFor();
  await look(page, "provinsi-ditetapkan");
});

test("the nation certifies, and the pair and the seats stand there with their working", async () => {
  const page = await room.open("Ketua 0", "/dhasil/ppwp/0");
  await page.getByText("Sama", { exact: true }).waitFor();
  await certify(page, "0");
  await page.getByRole("heading", { name: "Pasangan terpilih" }).waitFor();
  await page.getByRole("row", { name: "1 Paslon 1 241 63,4% Ya Ya 1/1" }).waitFor();
  await page.getByRole("row", { name: "3 Paslon 3 40 10,5% Tidak Tidak 0/1" }).waitFor();
  await look(page, "nasional-pasangan");
  await room.open("Ketua 0", "/dhasil/dpr/5100");
  await certify(page, "0");
  await page.getByRole("heading", { name: "Kursi dan calon terpilih" }).waitFor();
  await page.getByRole("columnheader", { name: "Suara ÷ pembagi" }).waitFor();
  await look(page, "nasional-kursi");
  const link = await page.getByRole("link", { name: "Kursi dan calon terpilih (PDF)" }).getAttribute("href");
  const paper = await page.request.get(new URL(link ?? "", page.url()).href);
  const pages = await readPdf(await paper.body());
  assert.match(pages.map(textOf).join(" "), /Pembagian 3 kursi/);
});

test("the overview of a provinsi opens to a kabupaten, and shows every kecamatan by its condition", async () => {
  const page = await room.open(`Ketua ${PROV}`, "/papan");
  await page.getByRole("link", { name: "Semua kecamatan" }).click();
  await page.getByRole("rowheader", { name: "Kecamatan 510101 Kabupaten 5101" }).waitFor();
  await page.getByRole("button", { name: "Tertinggal 0" }).click();
  await page.getByText("Tidak ada wilayah seperti ini.").waitFor();
  await page.getByRole("button", { name: "Semua 2" }).click();
  await look(page, "provinsi-papan-kecamatan");
  await page.getByRole("link", { name: "Kabupaten/kota" }).click();
  await page.getByRole("link", { name: "Kabupaten 5101" }).click();
  await page.getByRole("heading", { level: 1, name: "Rapat di bawah: Kabupaten 5101" }).waitFor();
  await page.getByRole("rowheader", { name: "Kecamatan 510102" }).waitFor();
  await look(page, "provinsi-papan-kabupaten");
  await page.getByRole("link", { name: "← Provinsi 51" }).click();
  await page.getByRole("heading", { level: 1, name: "Rapat di bawah", exact: true }).waitFor();
});

// ---------------------------------------------------------------- a result given back

test("a result is given back by a numbered order, and the level below sees by whose", async () => {
  const page = await room.open("Ketua 0", "/surat");
  const form = page
    .locator("section", { has: page.getByRole("heading", { name: "Buka kembali hasil di bawah" }) })
    .last();
  await form.getByRole("button", { name: "Buka kembali" }).click();
  await form.getByText("Pilih wilayahnya.").waitFor();
  await form.getByLabel("Wilayah").selectOption(PROV);
  await form.getByLabel("Hasil").selectOption("dpr/5100");
  await form.getByLabel("Nomor surat").fill(REOPEN);
  await look(page, "nasional-buka-kembali");
  await form.getByRole("button", { name: "Buka kembali" }).click();
  const below = await room.open(`Ketua ${PROV}`, "/dhasil/dpr/5100");
  await below.getByText(new RegExp(`${REOPEN} \\(Indonesia\\)`)).waitFor();
  await below.getByText("Dibuka kembali", { exact: true }).first().waitFor();
  const story = below.locator("section", { has: below.getByRole("heading", { name: "Riwayat" }) }).last();
  await story.getByText(`Surat atau putusan: ${REOPEN}`).waitFor();
  await look(below, "provinsi-dibuka-kembali");
  await room.open("Ketua 0", "/dhasil/dpr/5100");
  await page.getByText("bukan hasil akhir").waitFor();
  await page.getByText(`Sebabnya: hasil Provinsi 51 dibuka kembali dengan ${REOPEN}.`).waitFor();
  assert.equal(await page.getByRole("heading", { name: "Kursi dan calon terpilih" }).count(), 0);
  await look(page, "nasional-setelah-dibuka");
});

test("above a kecamatan an objection names its station by the code, and a mistyped code is said", async () => {
  const page = await room.open(`Ketua ${KAB}`, "/keberatan");
  const file = page.locator("section", { hasText: "Catat keberatan atau kejadian" }).last();
  await file.getByLabel("Uraian").fill("Salinan saksi lain.");
  await file.getByLabel("Kode TPS (13 angka)").fill(ASTRAY.slice(1));
  await file.getByRole("button", { name: "Catat", exact: true }).click();
  await file.getByText("Kode TPS terdiri atas 13 angka.").waitFor();
  await file.getByLabel("Kode TPS (13 angka)").fill(ASTRAY);
  await file.getByRole("button", { name: "Catat", exact: true }).click();
  await file.getByText("Pilih jenis pemilihannya.").waitFor();
  await file.getByLabel("Jenis pemilihan").selectOption("ppwp");
  await file.getByRole("button", { name: "Catat", exact: true }).click();
  await page.getByText("Yang dicatat (1)").waitFor();
  const { hall } = await room.by(`Ketua ${KAB}`);
  assert.deepEqual(
    hall.objections.map(({ station, contest }) => [station, contest]),
    [[ASTRAY, "ppwp"]],
  );
});

test("both languages are complete, and a phone's width and a dark room are enough, on every page above", async () => {
  const page = await room.open(`Ketua ${PROV}`, "/papan");
  const papan = ["/papan", "/papan/51/kecamatan", "/papan/5101"];
  const people = ["/rapat/kehadiran", "/keberatan", "/orang", "/kunci"];
  const paths = ["", ...papan, "/dhasil/ppwp/0", "/dhasil/dpr/5100", "/surat", "/baca", ...people];
  await page.getByRole("button", { name: "English" }).click();
  for (const path of paths) {
    await room.open(`Ketua ${PROV}`, path);
    await page.locator("main h1").first().waitFor();
    const shown = (await page.locator("main").allInnerTexts()).join(" ");
    assert.doesNotMatch(shown, /\b(yang|belum|dari|dan|rapat|surat|hasil ini)\b/i, path);
  }
  await page.emulateMedia({ colorScheme: "dark" });
  for (const width of [360, LAPTOP.width]) {
    await page.setViewportSize({ width, height: LAPTOP.height });
    for (const path of paths) {
      await room.open(`Ketua ${PROV}`, path);
      await page.locator("main h1").first().waitFor();
      await look(page, `gelap-${width}${path.replaceAll("/", "-")}`);
    }
  }
});

test("no page failed, and none broke the desk's own policy", () => {
  assert.deepEqual(room.errors, []);
});
