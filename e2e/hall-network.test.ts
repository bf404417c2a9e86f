/**
 * A hall's network, with the real program: what is answered in the clear and to strangers, how a second laptop, the projector and a
 * phone are let in, and how one is put out again. 127.0.0.2 stands for the laptop's address on the network. The browser is told the
 * one key that it may trust, so that another one's certificate is refused as everywhere.
 */
import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import decodeQR from "qr/decode.js";
import { askForPass, type Fetch, offerSheet } from "../src/client/door.ts";
import { pinnedFetch } from "../src/client/pinned-node.ts";
import type { StationCode } from "../src/election/codes.ts";
import { fromUtf8, utf8 } from "../src/ledger/bytes.ts";
import { openBody, parseStatement } from "../src/ledger/statement.ts";
import { type AddressView, type InviteView, inGroups, type NetworkView } from "../src/recap/wire/network.ts";
import { OWN_REQUEST } from "../src/recap/wire/routes.ts";
import { launchBrowser } from "./browser.ts";
import { LAPTOP, PHONE, signIn } from "./desk-page.ts";
import { excess, violations } from "./every-page.ts";
import { Halls, KEC } from "./hall-fixture.ts";
import type { Program } from "./program.ts";

const STATION = "5101021001001" as StationCode;
/** What does not come in so long does not come, in milliseconds. */
const PATIENCE = 60_000;
/** Where pictures of the pages go, if somebody wants them. */
const PICTURES = process.env.TEGUH_PICTURES;

const ON_NETWORK = [
  ["--host", "0.0.0.0"],
  ["--address", "127.0.0.2"],
  ["--desk-tls-port", "0"],
  ["--intake-tls-port", "0"],
].flat();

let halls: Halls;
let hall: Program;
/** The main laptop's own desk, and where others find it. */
let own: string;
let at: AddressView;
let network: () => Promise<NetworkView>;
let authority: X509Certificate;
let browser: Browser;
const errors: string[] = [];

before(async () => {
  halls = await Halls.open();
  hall = halls.laptop("hall", true, ON_NETWORK);
  own = (await hall.address("desk")).replace("0.0.0.0", "127.0.0.1");
  const chair = await halls.signedIn(hall, "Ayu Ketua");
  network = () => chair.get<NetworkView>("/api/sync/network");
  const [address] = (await network()).addresses;
  assert.ok(address);
  at = address;
  const file = await fetch(`${at.steps}teguh-aula-${KEC}.crt`);
  authority = new X509Certificate(Buffer.from(await file.arrayBuffer()));
  browser = await browserTrusting(authority);
});

after(async () => {
  await browser?.close();
  await halls?.close();
});

/** A browser that believes certificates by this key, and by nobody else that it does not know. */
function browserTrusting({ publicKey }: X509Certificate): Promise<Browser> {
  const key = createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64");
  return launchBrowser([`--ignore-certificate-errors-spki-list=${key}`]);
}

async function newPage(viewport: typeof LAPTOP | typeof PHONE = LAPTOP): Promise<Page> {
  const page = await (await browser.newContext({ viewport })).newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) errors.push(message.text());
  });
  return page;
}

/** The main laptop, where the chair has signed in, at a page. */
async function mainLaptop(path: string): Promise<Page> {
  const page = await newPage();
  await page.goto(`${own}#/${KEC}${path}`);
  await signIn(page, halls.official("Ayu Ketua"));
  await page.getByText("Ayu Ketua", { exact: true }).waitFor();
  return page;
}

/** What the camera of another device would read from the code on a page. */
async function scanned(page: Page, label: string): Promise<string> {
  const code = page.getByRole("img", { name: label });
  await code.waitFor();
  await code.scrollIntoViewIfNeeded();
  const picture = (await code.screenshot()).toString("base64");
  const pixels = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const { data, width, height } = context?.getImageData(0, 0, image.width, image.height) ?? {};
    return { data: [...(data ?? [])], width: width ?? 0, height: height ?? 0 };
  }, picture);
  return decodeQR({ ...pixels, data: Uint8ClampedArray.from(pixels.data) });
}

/** Everybody can use the page as it stands, on a laptop and a phone, in light and dark. */
async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? LAPTOP;
  for (const viewport of [LAPTOP, PHONE])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await violations(page), [], `${name} ${viewport.width} ${colorScheme}`);
      assert.ok((await excess(page)) <= 0, `${name} is wider than the screen of ${viewport.width}`);
      if (PICTURES !== undefined)
        await page.screenshot({ path: join(PICTURES, `${name}-${viewport.width}-${colorScheme}.png`), fullPage: true });
    }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: "light" });
  // As docs/HALL.md has it: of a phone the first screen.
  const fullPage = before.width > PHONE.width;
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage });
}

const [MARK, VALUE] = OWN_REQUEST;

/** A request to the desk over https, as the desk's page makes it. */
async function asked(ask: Fetch, path: string, body?: unknown, cookie = "") {
  const init = { method: body === undefined ? "GET" : "POST", headers: { [MARK]: VALUE, cookie } } as const;
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await ask(at.desk + path, {
    ...init,
    signal,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const { code } = (text.startsWith("{") ? JSON.parse(text) : {}) as { code?: string };
  return { status: answer.status, code, cookie: answer.headers.get("set-cookie") ?? "" };
}

test("the console, the main laptop and the certificate that is handed out show one fingerprint", async () => {
  const { fingerprint } = await network();
  assert.equal(authority.fingerprint256.replaceAll(":", "").toLowerCase(), fingerprint);
  const printed = await hall.said("sidik jari sertifikat aula / fingerprint of the hall's certificate");
  assert.equal(printed, inGroups(fingerprint));
});

test("in the clear the network gets the steps and what is public, and nothing of the desk", async () => {
  const [name, value] = OWN_REQUEST;
  const headers = { [name]: value };
  for (const path of ["welcome", `halls/${KEC}/people`, "session"])
    assert.equal((await fetch(`${at.steps}api/${path}`, { headers })).status, 403, path);
  assert.equal((await fetch(`${at.steps}api/challenge`, { method: "POST", headers, body: "{}" })).status, 403);
  assert.match(await (await fetch(at.steps)).text(), new RegExp(inGroups((await network()).fingerprint)));
  assert.equal((await fetch(`${own}api/welcome`)).status, 200, "the laptop itself");
  assert.equal((await fetch(`${at.public}status.json`)).status, 200);
});

test("over https a device that was not let in gets the page, and no answer", async () => {
  const ask = pinnedFetch((await network()).fingerprint);
  assert.equal((await asked(ask, "")).status, 200);
  for (const path of ["welcome", `halls/${KEC}/people`, "session"]) {
    const { status, code } = await asked(ask, `api/${path}`);
    assert.deepEqual([status, code], [403, "not-paired"], path);
  }
});

test("no other way to write an address leads past the door", async () => {
  const { port } = new URL(at.desk);
  const ca = authority.toString();
  for (const path of ["/./api/welcome", "/x/../api/welcome", "/%2e/api/welcome", "https://127.0.0.2/api/welcome"]) {
    const asking = request({ host: "127.0.0.2", port, path, ca });
    asking.end();
    const [answer] = (await once(asking, "response")) as [IncomingMessage];
    answer.resume();
    assert.equal(answer.statusCode, 403, path);
  }
});

test("a second laptop scans the code, compares, is let in by one button, signs in, and is put out by one", async () => {
  const main = await mainLaptop("/sambungan");
  await main.getByRole("button", { name: "Pasangkan perangkat" }).click();
  await main.getByText("Untuk satu perangkat, sampai").waitFor();
  await look(main, "hall-network");
  const address = await scanned(main, "Pasangkan perangkat");
  assert.ok(address.startsWith(`${at.steps}#`));

  const second = await newPage(PHONE);
  await second.goto(address);
  await second.getByText("Sama dengan yang ada di kode QR. Cocokkan").waitFor();
  await look(second, "hall-steps");
  await second.getByRole("link", { name: "Buka meja pleno" }).first().click();
  await second.getByRole("heading", { name: "Pasangkan perangkat ini" }).waitFor();
  await second.getByLabel("Nama perangkat ini").fill("Laptop panel 2");
  await look(second, "hall-pair");
  await second.getByRole("button", { name: "Pasangkan", exact: true }).click();
  await second.getByRole("heading", { name: "Pasangkan perangkat ini" }).waitFor({ state: "detached" });
  await second.setViewportSize(LAPTOP);
  await signIn(second, halls.official("Putu Operator"));
  await second.getByText("Putu Operator", { exact: true }).waitFor();

  await main.getByRole("row", { name: /Laptop panel 2/ }).waitFor();
  await main.getByRole("button", { name: "Keluarkan Laptop panel 2" }).click();
  await main.getByRole("row", { name: /Laptop panel 2/ }).waitFor({ state: "detached" });
  await second.reload();
  await second.getByRole("heading", { name: "Pasangkan perangkat ini" }).waitFor();
});

test("the code of another laptop is not taken for this one's: the page of steps says that the fingerprint differs", async () => {
  const page = await newPage();
  await page.goto(`${at.steps}#${"0".repeat(64)}/AAAAAAAA`);
  await page.getByText("Tidak sama dengan yang ada di kode QR").waitFor();
  assert.equal(await page.getByText("Sama dengan yang ada di kode QR. Cocokkan").isVisible(), false);
});

test("a browser that trusts another laptop's authority does not open the desk", async () => {
  const other = halls.laptop("other", true, ON_NETWORK);
  const { addresses } = await (await halls.signedIn(other, "Ayu Ketua")).get<NetworkView>("/api/sync/network");
  const page = await newPage();
  await assert.rejects(page.goto(addresses[0]?.desk ?? ""), /ERR_CERT_AUTHORITY_INVALID/);
  await other.stop();
});

test("the projector scans the screen's code and follows the panel, and is one of the devices", async () => {
  await halls.handOver(hall);
  const main = await mainLaptop("");
  await main.getByRole("button", { name: "Buka rapat" }).click();
  await main.getByText("Rapat dibuka").waitFor();
  await main.getByRole("button", { name: "Pasangkan layar" }).click();
  const address = await scanned(main, "Layar ruangan");
  const wall = await newPage();
  await wall.goto(address);
  await wall.getByRole("link", { name: "Buka meja pleno" }).first().click();
  await wall.getByLabel("Nama perangkat ini").fill("Proyektor");
  await wall.getByRole("button", { name: "Pasangkan", exact: true }).click();
  await wall.getByText("001", { exact: true }).waitFor();
  const { devices } = await network();
  assert.deepEqual(
    devices.map(({ name, seenAt }) => [name, seenAt !== null]),
    [["Proyektor", true]],
  );
});

test("a phone brings its sheet to the hall's door if the door has the certificate that was scanned, and to no other", async () => {
  const { fingerprint } = await network();
  const sheet = halls.election.sheet(STATION, "ppwp", [10, 20, 30]);
  const election = String(openBody(parseStatement(sheet)).election);
  const door = (print: string) => ({ fetch: pinnedFetch(print), patience: PATIENCE, rest: untilTheSignal });
  const request = { signer: halls.election.phoneOf(STATION), election, region: STATION, time: Date.now() };
  assert.equal((await askForPass(door("0".repeat(64)), at.intake, request)).kind, "away");
  const given = await askForPass(door(fingerprint), at.intake, request);
  assert.equal(given.kind, "pass");
  const pass = given.kind === "pass" ? given.pass : "";
  const answer = await offerSheet(door(fingerprint), at.intake, fromUtf8(sheet), pass);
  assert.equal(answer.kind, "receipt");
  const receipt = answer.kind === "receipt" ? openBody(parseStatement(utf8(answer.receipt))) : {};
  assert.equal(receipt.index, undefined, "held here");
});

/** Nothing here is ever late. */
const untilTheSignal = (_milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));

test("only an officer lets devices in and puts them out", async () => {
  const supervisor = await halls.signedIn(hall, "Ketut Pengawas");
  await assert.rejects(supervisor.post<InviteView>("/api/sync/network", {}), /403/);
  assert.ok((await supervisor.get<NetworkView>("/api/sync/network")).fingerprint);
});

test("both languages are complete on the network's pages", async () => {
  const page = await newPage(PHONE);
  await page.goto(`${at.steps}?lang=en`);
  const steps = (await page.locator("main").textContent()) ?? "";
  await page.goto(at.desk);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "Pair this device" }).waitFor();
  for (const text of [steps, (await page.locator("main").textContent()) ?? ""])
    assert.doesNotMatch(text.replace("Bahasa Indonesia", ""), /\b(yang|belum|dari|dan|perangkat|lalu)\b/i);
});

test("a code is guessed at few times", async () => {
  const ask = pinnedFetch((await network()).fingerprint);
  const guess = () => asked(ask, "api/pair", { code: "AAAAAAAA", name: "Tamu" });
  let { status } = await guess();
  assert.equal(status, 403);
  for (let guesses = 0; guesses < 100 && status === 403; guesses++) ({ status } = await guess());
  assert.equal(status, 429);
});

test("no page failed, and none broke its policy", () => {
  assert.deepEqual(errors, []);
});
