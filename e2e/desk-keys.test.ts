/**
 * Ways to a key besides typing, in a real Chromium before a desk that runs: a passkey of a virtual authenticator opens it and confirms as a
 * second person; a card is read by the camera. What neither can do is said in words.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Browser, CDPSession, Page } from "playwright-core";
import encodeQR from "qr";
import { keyOf } from "../src/core/testing.ts";
import { NATION } from "../src/election/codes.ts";
import type { Role } from "../src/election/statements.ts";
import { toHex, utf8 } from "../src/ledger/bytes.ts";
import { sha256 } from "../src/ledger/hash.ts";
import { type Card, cardQr, makeCard, seal } from "../src/recap/wire/card.ts";
import type { PersonView } from "../src/recap/wire/people.ts";
import type { StationView } from "../src/recap/wire/views.ts";
import { CHAIR, type Fixture, KEC, random, sendSheet, withDesk } from "../src/server/testing/desk.ts";
import { launchBrowser } from "./browser.ts";
import { LAPTOP } from "./desk-page.ts";
import { look } from "./every-page.ts";

const PAGE = new URL("../dist/desk/", import.meta.url).pathname;
const PIN = "271828";
const scratch = mkdtempSync(join(tmpdir(), "teguh-keys-"));
after(() => rmSync(scratch, { recursive: true }));

interface Holder {
  readonly name: string;
  readonly card: Card;
  readonly key: string;
}

/** Gives one of the desk's people a card with a PIN. */
async function giveCard({ desk }: Fixture, word: string, role: Role, name: string, card = makeCard(random)) {
  const { seed, signer, short } = keyOf(word);
  const sealed = await seal(seed, { card, pin: PIN }, random);
  const person = toHex(sha256(utf8(word)).subarray(0, 8));
  desk.people.add([{ person, name, role, region: KEC, publicKey: toHex(signer.publicKey), sealed }]);
  return { name, card, key: short } satisfies Holder;
}

async function openDesk(browser: Browser, url: string, path = ""): Promise<Page> {
  const context = await browser.newContext({ viewport: LAPTOP });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(error));
  await page.goto(`${url}#/${KEC}${path}`);
  return page;
}

/** An authenticator that is always at hand, as a phone that has just been touched. */
async function plugIn(page: Page, hasPrf: boolean): Promise<{ client: CDPSession; id: string }> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "usb",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
  return { client, id: authenticatorId };
}

async function enterByCard(page: Page, { name, card }: Holder): Promise<void> {
  await choose(page, name);
  await page.getByLabel("Kode kartu").fill(card);
  await page.getByLabel("PIN").fill(PIN);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name }).waitFor();
}

async function choose(page: Page, name: string): Promise<void> {
  const list = page.getByLabel("Nama", { exact: true });
  await list.selectOption(await list.locator("option", { hasText: name }).getAttribute("value"));
}

/** Adds a passkey on the page of the own key. */
async function addPasskey(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Tambah passkey" }).click();
  await page.getByRole("dialog").getByLabel("PIN").fill(PIN);
  await page.keyboard.press("Enter");
}

/** The desk with two officers, and a browser beside it. */
async function room(run: (fixture: Fixture, browser: Browser, people: Holder[]) => Promise<void>, args: string[] = []) {
  await withDesk(
    async (fixture) => {
      // With a chair of the nation the desk needs no setting up.
      await fixture.world.grant("chair 0", NATION, "chair");
      const people = [
        await giveCard(fixture, "operator", "operator", "Tirta Operator"),
        await giveCard(fixture, "member", "member", "Made Anggota"),
      ];
      const browser = await launchBrowser(args);
      try {
        await run(fixture, browser, people);
      } finally {
        await browser.close();
      }
    },
    undefined,
    PAGE,
  );
}

test("a passkey opens the own key, and a second person's confirms; removed, it opens nothing", async () => {
  await room(async (fixture, browser, [operator, member]) => {
    assert.ok(operator && member);
    await sendSheet(fixture.world);
    await fixture.say(await fixture.signedIn(CHAIR), "minutes", { act: { what: "open" } }, CHAIR);
    const page = await openDesk(browser, `http://localhost:${fixture.port}/`);
    await plugIn(page, true);

    for (const holder of [member, operator]) {
      await enterByCard(page, holder);
      await addPasskey(page, holder.name);
      await page.getByText("Passkey ditambahkan.").waitFor();
      await page.getByText(/^Ditambahkan \d+ \w+ 20\d\d$/).waitFor();
      await look(page, "kunci-saya");
      await page.getByRole("button", { name: "Keluar" }).click();
      await page.getByRole("heading", { name: "Masuk" }).waitFor();
    }

    await choose(page, operator.name);
    await look(page, "masuk-passkey");
    await page.getByRole("button", { name: "Masuk dengan passkey" }).click();
    await page.getByRole("link", { name: operator.name }).waitFor();
    await page.keyboard.press("Control+l");
    await page.getByRole("heading", { name: "Layar terkunci" }).waitFor();
    await page.getByRole("button", { name: "Masuk dengan passkey" }).click();
    await page.getByRole("link", { name: operator.name }).waitFor();

    await page.getByRole("link", { name: "Pembacaan" }).click();
    await page.getByRole("heading", { level: 1, name: /TPS 001/ }).waitFor();
    await page.keyboard.press("n");
    await page.getByLabel("Alasan").selectOption("not-explained");
    await page.getByLabel("Nomor kejadian khusus").fill("1");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Konfirmasi orang kedua" });
    const list = dialog.getByLabel("Nama", { exact: true });
    if ((await list.count()) > 0) await choose(page, member.name);
    await dialog.getByRole("button", { name: "Masuk dengan passkey" }).click();
    await dialog.waitFor({ state: "detached" });
    const device = await fixture.signedIn("operator");
    const { body } = await device.ask<StationView>("GET", `/api/halls/${KEC}/stations/ppwp/7101012001001`);
    assert.equal(body.reading?.outcome, "noted");

    await page.getByRole("link", { name: operator.name }).click();
    await page.getByRole("button", { name: "Hapus" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Hapus" }).click();
    await page.getByText("Belum ada passkey untuk kunci ini.").waitFor();
    await page.getByRole("button", { name: "Keluar" }).click();
    await choose(page, operator.name);
    await page.getByLabel("Kode kartu").waitFor();
    assert.equal(await page.getByRole("button", { name: "Masuk dengan passkey" }).count(), 0);
  });
});

test("an authenticator without prf, and one that is not the right one, are told in words", async () => {
  await room(async (fixture, browser, [operator]) => {
    assert.ok(operator);
    const page = await openDesk(browser, `http://localhost:${fixture.port}/`);
    const poor = await plugIn(page, false);
    await enterByCard(page, operator);
    await addPasskey(page, operator.name);
    await page.getByRole("alert").getByText("Passkey ini tidak dapat membuka kunci").waitFor();
    await poor.client.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: poor.id });
    const good = await plugIn(page, true);
    await page.getByRole("dialog").getByLabel("PIN").fill(PIN);
    await page.keyboard.press("Enter");
    await page.getByText("Passkey ditambahkan.").waitFor();
    await good.client.send("WebAuthn.clearCredentials", { authenticatorId: good.id });
    await page.getByRole("button", { name: "Keluar" }).click();
    await choose(page, operator.name);
    await page.getByRole("button", { name: "Masuk dengan passkey" }).click();
    await page.getByRole("alert").getByText("pakai kartu dan PIN").waitFor();
    await page.getByLabel("Kode kartu").fill(operator.card);
    await page.getByLabel("PIN").fill(PIN);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: operator.name }).waitFor();
  });
});

test("at an address without a domain the page says that there are no passkeys, and card and PIN go on", async () => {
  await room(async (fixture, browser, [operator]) => {
    assert.ok(operator);
    const page = await openDesk(browser, `http://127.0.0.1:${fixture.port}/`);
    await enterByCard(page, operator);
    await page.getByRole("link", { name: operator.name }).click();
    await page.getByText("Passkey tidak dapat dipakai di alamat ini").waitFor();
    assert.equal(await page.getByRole("button", { name: "Tambah passkey" }).count(), 0);
    const device = await fixture.signedIn("operator");
    const people = (await device.ask<PersonView[]>("GET", `/api/halls/${KEC}/people`)).body;
    assert.deepEqual(people.find(({ key }) => key === operator.key)?.passkeys, []);
  });
});

/** A film of one frame (YUV4MPEG2), as Chromium's pretended camera plays it: a QR code on white, 640 × 480. */
function film(text: string): string {
  const [width, height, scale] = [640, 480, 8];
  const code = encodeQR(text, "raw", { border: 4 });
  const luma = new Uint8Array(width * height).fill(235);
  const [left, top] = [width, height].map((side) => Math.floor((side - code.length * scale) / 2));
  code.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (!isDark) return;
      for (let i = 0; i < scale; i++) {
        const start = ((top ?? 0) + y * scale + i) * width + (left ?? 0) + x * scale;
        luma.fill(16, start, start + scale);
      }
    });
  });
  const chroma = new Uint8Array((width * height) / 2).fill(128);
  const path = join(scratch, `${toHex(random(4))}.y4m`);
  writeFileSync(path, Buffer.concat([utf8(`YUV4MPEG2 W${width} H${height} F30:1 Ip C420\nFRAME\n`), luma, chroma]));
  return path;
}

const camera = (text: string) => [
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  `--use-file-for-fake-video-capture=${film(text)}`,
];

test("a card that is held before the camera fills in whose it is and its code; the PIN is all that is left", async () => {
  const card = makeCard(random);
  const text = cardQr(card, keyOf("supervisor").short);
  await room(async (fixture, browser) => {
    const { name } = await giveCard(fixture, "supervisor", "supervisor", "Ratih Pengawas", card);
    const page = await openDesk(browser, `http://localhost:${fixture.port}/`);
    await page.getByRole("button", { name: "Pindai dengan kamera" }).click();
    await page.locator("video").waitFor({ state: "detached" });
    await look(page, "masuk-kamera");
    await page.keyboard.type(PIN);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name }).waitFor();
  }, camera(text));
});

test("a code that is no card is told while the camera goes on looking", async () => {
  await room(async (fixture, browser) => {
    const page = await openDesk(browser, `http://localhost:${fixture.port}/`);
    await page.getByRole("button", { name: "Pindai dengan kamera" }).click();
    await page.getByRole("alert").getByText("bukan kartu kunci").waitFor();
    await look(page, "kamera-bukan-kartu");
    await page.getByRole("button", { name: "Matikan kamera" }).click();
    assert.equal(await page.locator("video").count(), 0);
  }, camera("HTTPS://CONTOH.EXAMPLE"));
});
