/**
 * Photographs in a hall without a line, with the real programs: a phone brings them with its sheet, the hall shows them, the
 * centre has them as soon as there is a line, and the next bundle has them if it is asked to.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { teguh } from "../src/cli/testing.ts";
import { sendPhoto } from "../src/client/photo.ts";
import type { StationCode } from "../src/election/codes.ts";
import { writePages } from "../src/election/page-list.ts";
import { jpeg, segment } from "../src/election/testing/photos.ts";
import { type Hash, hashHex } from "../src/ledger/hash.ts";
import { Halls, KEC } from "./hall-fixture.ts";
import { Phone } from "./phone.ts";
import type { Program } from "./program.ts";
import { until } from "./until.ts";

const STATION = "5101021001001" as StationCode;
const PAGE = jpeg({ extra: Array.from({ length: 6 }, () => segment(0xe2, new Uint8Array(60_000))) });
const LIST = writePages([hashHex(PAGE)]);

let halls: Halls;
let hall: Program;
let centreDoor: Server;

before(async () => {
  halls = await Halls.open();
  hall = halls.laptop("hall");
  await halls.handTo((await halls.sync(hall)).vkey);
  centreDoor = await oneAddress(await halls.centre.address("intake"), await halls.centre.address("photos"));
  halls.link.heal(addressOf(centreDoor));
  await halls.inHand(hall);
  halls.link.cut();
});

after(async () => {
  centreDoor?.closeAllConnections();
  centreDoor?.close();
  await halls?.close();
});

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

/** A centre's one address, behind which sheets and photos go different ways, as nginx sends them. */
async function oneAddress(sheets: string, photos: string): Promise<Server> {
  const server = createServer((incoming, response) => {
    const { method, url = "/", headers } = incoming;
    const onward = request(new URL(url, url.startsWith("/photo") ? photos : sheets), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    // The line is cut in the middle of something.
    onward.on("error", () => response.destroy());
    incoming.on("error", () => onward.destroy());
    incoming.pipe(onward);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** The bytes of a photo as a public view serves it; null if it has none. */
async function shown(program: Program, photo: Hash): Promise<Uint8Array | null> {
  const answer = await fetch(`${await program.address("public")}photo/${photo}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return answer.status === 200 ? bytes : null;
}

test("a phone's photos are taken in the hall as soon as the hall holds their sheet, and everyone there sees them", async () => {
  const intake = await hall.address("intake");
  const sheet = halls.election.sheet(STATION, "ppwp", [10, 20, 30], { papers: hashHex(LIST) });
  const phone = new Phone(halls.election, STATION);
  const pass = await phone.pass(intake);
  assert.ok(typeof pass === "string");
  const about = { station: STATION, contest: "ppwp", list: hashHex(LIST) };
  const bring = (bytes: Uint8Array) =>
    sendPhoto(intake, { ...about, paper: hashHex(bytes) }, bytes, pass, new AbortController().signal);
  assert.equal((await bring(LIST)).kind, "later", "no sheet names it yet");
  assert.equal((await phone.send(intake, sheet)).status, 200);
  for (const bytes of [LIST, PAGE]) assert.equal((await bring(bytes)).kind, "published");
  assert.deepEqual(await shown(hall, hashHex(PAGE)), PAGE);
  assert.equal(await shown(halls.centre, hashHex(PAGE)), null);
});

test("once there is a line the centre has the sheet, then its photos, over a restart of the laptop", async () => {
  await hall.stop();
  hall = halls.laptop("hall", false);
  halls.link.heal(addressOf(centreDoor));
  await halls.together(hall);
  await until("the centre shows the photo", async () => (await shown(halls.centre, hashHex(PAGE))) !== null);
  assert.deepEqual(await shown(halls.centre, hashHex(PAGE)), PAGE);
  assert.deepEqual(await shown(halls.centre, hashHex(LIST)), LIST);
  halls.link.cut();
});

test("a bundle has the photos if it is asked to, and a laptop that starts from it shows them without a line", async () => {
  const made = async (...more: string[]) => {
    const ran = await teguh("bundle", KEC, "--data", halls.centreData, "--out", halls.bundle, "--json", ...more);
    assert.equal(ran.code, 0, ran.err);
    return (JSON.parse(ran.out) as { photos: number }).photos;
  };
  assert.equal(await made(), 0);
  assert.equal(await made("--photos"), 2);
  const second = halls.laptop("second");
  assert.deepEqual(await shown(second, hashHex(PAGE)), PAGE);
  await second.stop();
});
