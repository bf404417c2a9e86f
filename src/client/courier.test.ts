// The client's side of the bargain: whatever the wire and the doors do, every sheet is in exactly once, nothing is let go of
// on anything less than the centre's receipt, and a herd that returns does not trample the door.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../ledger/bytes.ts";
import { hashHex } from "../ledger/hash.ts";
import type { Courier } from "./courier.ts";
import type { PhotoAnswer } from "./photo.ts";
import { readReceipt } from "./receipts.ts";
import { MemoryShelf } from "./shelf.ts";
import { openDevice, randomFrom, someSheet } from "./testing/device.ts";
import { type DoorRules, LOG, LOG_VKEY, type Mishap, simulatedDoor } from "./testing/simulated-door.ts";
import { VirtualTime } from "./testing/virtual-time.ts";

const FOREVER = new AbortController().signal;

const MISHAPS: readonly Mishap[] = [
  ..."lost unheard late other-key other-sheet nonsense portal held no-pass busy".split(" "),
] as Mishap[];

/** A door that has a mishap with this probability, then works. */
function troubledDoor(time: VirtualTime, seed: number, trouble: number, change: Partial<DoorRules> = {}) {
  const random = randomFrom(seed);
  const mishap = () => (random() < trouble ? (MISHAPS[Math.floor(random() * MISHAPS.length)] ?? "none") : "none");
  return { random, ...simulatedDoor({ time, delay: () => 20 + random() * 200, mishap, random, ...change }) };
}

/** Works until every sheet is received. */
async function deliverAll(courier: Courier, time: VirtualTime): Promise<void> {
  const stopping = new AbortController();
  const received = () => courier.outbox.sheets.every(({ state }) => state === "received");
  const working = courier.run(stopping.signal);
  const watching = (async () => {
    while (!received()) await time.rest(1_000);
    stopping.abort();
  })();
  await Promise.all([watching, working]);
}

test("every sheet is in exactly once, with the log's own receipt, whatever is lost, doubled, late or forged on the way", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 90 }), async (seed, percent) => {
      const time = new VirtualTime();
      const { fetch, seen, random } = troubledDoor(time, seed, percent / 100);
      const courier = await openDevice("phone", time, random, { fetch });
      const ids = [];
      for (let n = 0; n < 5; n++) ids.push(await courier.takeSheet(someSheet("phone", n), LOG));
      await time.until(deliverAll(courier, time));
      assert.deepEqual([...seen.stored].sort(), [...ids].sort(), "each once");
      for (const item of courier.outbox.sheets) {
        assert.ok(item.state === "received");
        const said = readReceipt(item.receipt, item.id, LOG, LOG_VKEY);
        assert.deepEqual(said, { kind: "received", index: seen.stored.indexOf(item.id) });
      }
      assert.deepEqual(seen.impatient, [], "nobody came before the time that was asked for");
    }),
    { numRuns: 30 },
  );
});

test("switched off at any moment, a device goes on with the very same bytes and lets go of nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 6 }), async (seed, lives) => {
      const time = new VirtualTime();
      const { fetch, seen, random } = troubledDoor(time, seed, 0.4);
      const shelf = new MemoryShelf();
      const first = await openDevice("phone", time, random, { fetch, shelf });
      const notes = [0, 1, 2].map((n) => someSheet("phone", n));
      const ids = [];
      for (const note of notes) ids.push(await first.takeSheet(note, LOG));
      for (const life of lives) {
        const courier = await openDevice("phone", time, random, { fetch, shelf });
        const ending = new AbortController();
        const dying = time.rest(life).then(() => ending.abort());
        await time.until(Promise.all([courier.run(ending.signal), dying]));
        for (const { id, state } of courier.outbox.sheets) {
          assert.equal(courier.outbox.note(id) === null, state === "received", "let go on the centre's receipt alone");
        }
      }
      const last = await openDevice("phone", time, random, { fetch, shelf });
      for (const note of notes) await last.takeSheet(note, LOG);
      await time.until(deliverAll(last, time));
      assert.deepEqual([...seen.stored].sort(), [...ids].sort());
    }),
    { numRuns: 20 },
  );
});

/** A herd: seconds of outage, what the door stores in a second, seconds of work that may wait there. */
const HERDS = [
  { outage: 180, perSecond: 40, queue: 4 },
  { outage: 10, perSecond: 40, queue: 4 },
  { outage: 10, perSecond: 10, queue: 2 },
] as const;

for (const [seed, { outage, perSecond, queue }] of HERDS.entries()) {
  const all = 400;
  test(`a herd of ${all} sheets after ${outage} s, at a door of ${perSecond}/s, sends each at most 1.3 times`, async (t) => {
    const time = new VirtualTime();
    const isOpen = () => time.now >= outage * 1000;
    const { fetch, seen, random } = troubledDoor(time, seed, 0, { isOpen, capacity: { perSecond, queue } });
    const returning = Array.from({ length: all / 5 }, async (_, i) => {
      const courier = await openDevice(`phone ${i}`, time, random, { fetch });
      for (let n = 0; n < 5; n++) await courier.takeSheet(someSheet(`phone ${i}`, n), LOG);
      await courier.drain(FOREVER);
    });
    await time.until(Promise.all(returning));
    assert.equal(seen.stored.length, all);
    assert.deepEqual(seen.impatient, [], "nobody came before the time that was asked for");
    const sends = (seen.offers.length + seen.turnedAway) / all;
    const seconds = Math.round(time.now / 1000 - outage);
    t.diagnostic(
      `${sends} sends per sheet, all in after ${seconds} s; at its full pace the door needs ${all / perSecond} s`,
    );
    assert.ok(sends <= 1.3, `${sends} sends per sheet`);
    assert.ok(seconds <= 180, `${seconds} s`);
  });
}

test("what a relay holds stays on the device until the centre has it", async () => {
  const time = new VirtualTime();
  let isAtCentre = false;
  const { fetch, seen } = simulatedDoor({
    time,
    delay: () => 10,
    mishap: () => (isAtCentre ? "none" : "held"),
    random: () => 0.5,
  });
  const courier = await openDevice("phone", time, () => 0.5, { fetch });
  const id = await courier.takeSheet(someSheet("phone", 1), LOG);
  await time.until(courier.drain(FOREVER));
  assert.equal(courier.outbox.sheet(id)?.state, "held");
  assert.notEqual(courier.outbox.note(id), null);
  const before = time.now;
  isAtCentre = true;
  await time.until(deliverAll(courier, time));
  assert.ok(time.now - before >= 300_000, "a relay is not asked all the time");
  assert.deepEqual([courier.outbox.sheet(id)?.state, courier.outbox.note(id), seen.stored], ["received", null, [id]]);
});

test("where one host is away the next one is asked, at once and not after a minute", async () => {
  const time = new VirtualTime();
  const { fetch: works } = simulatedDoor({ time, delay: () => 10, mishap: () => "none", random: () => 0.5 });
  const asked: string[] = [];
  const courier = await openDevice("phone", time, () => 0, {
    async fetch(url, init) {
      asked.push(new URL(url).host);
      if (url.startsWith("http://a/")) throw new TypeError("fetch failed");
      return works(url, init);
    },
  });
  await courier.takeSheet(someSheet("phone", 1), LOG);
  await time.until(courier.drain(FOREVER));
  assert.deepEqual(asked, ["a", "b", "b", "b"]);
  assert.ok(time.now < 1_000);
});

test("on a hall's network sheets go to the hall's door, and to the centre's while that is not reached", async () => {
  const time = new VirtualTime();
  const { fetch: works } = simulatedDoor({ time, delay: () => 10, mishap: () => "none", random: () => 0.5 });
  const asked: string[] = [];
  let isHallThere = true;
  const host = "https://192.168.43.1:8444/";
  const courier = await openDevice("phone", time, () => 0, {
    async fetch(url, init) {
      asked.push("centre");
      return works(url, init);
    },
    hall: {
      host,
      async fetch(url, init) {
        asked.push("hall");
        assert.ok(url.startsWith(host), "nobody else is judged by its fingerprint");
        if (!isHallThere) throw new TypeError("fetch failed");
        return works(url, init);
      },
    },
  });
  const bring = async (n: number) => {
    asked.length = 0;
    await courier.takeSheet(someSheet("phone", n), LOG);
    await time.until(courier.drain(FOREVER));
    return asked.join(" ");
  };
  assert.equal(await bring(1), "hall hall hall", "two for the pass, one for the sheet");
  isHallThere = false;
  assert.equal(await bring(2), "hall centre centre centre");
  isHallThere = true;
  assert.equal(await bring(3), "hall");
  assert.ok(courier.outbox.sheets.every(({ state }) => state === "received"));
});

test("photos of a sheet that the hall holds are brought there too, and kept until the centre has them", async () => {
  const time = new VirtualTime();
  let isLinePulled = true;
  const { fetch } = simulatedDoor({
    time,
    delay: () => 10,
    mishap: () => (isLinePulled ? "held" : "none"),
    random: () => 0.5,
  });
  const brought: string[] = [];
  const sending =
    (to: string) =>
    async (_host: string, { paper }: { paper: string }) => {
      brought.push(`${paper.slice(0, 2)} ${to}`);
      return { kind: "published" } as const;
    };
  const host = "https://192.168.43.1:8444/";
  const shelf = new MemoryShelf();
  const hall = { host, fetch, sendPhoto: sending("hall") };
  const courier = await openDevice("phone", time, () => 0, { fetch, shelf, hall, sendPhoto: sending("centre") });
  const id = await courier.takeSheet(someSheet("phone", 1), LOG);
  const page = new Uint8Array([1, 2, 3]);
  const name = { station: "7101012001001", contest: "ppwp", list: hashHex(utf8("list")), paper: hashHex(page) };
  await courier.takePhoto(id, name, page);
  const short = name.paper.slice(0, 2);
  await time.until(courier.drain(FOREVER));
  assert.deepEqual(brought, [`${short} hall`]);
  assert.deepEqual(await shelf.bytes(name.paper), page, "the hall may burn");
  isLinePulled = false;
  await time.until(deliverAll(courier, time));
  await time.until(courier.drain(FOREVER));
  assert.deepEqual(brought, [`${short} hall`, `${short} centre`]);
  assert.equal(await shelf.bytes(name.paper), null);
});

test("a refusal counts where a door says why, and the next sheet goes on", async () => {
  const time = new VirtualTime();
  const { fetch: works, seen } = simulatedDoor({ time, delay: () => 10, mishap: () => "none", random: () => 0.5 });
  const message = { id: "Salah.", en: "Wrong." };
  const refused = { status: 403, text: JSON.stringify({ faults: [{ code: "key-revoked", message }] }) };
  const bad = new TextDecoder().decode(someSheet("phone", 1));
  const courier = await openDevice("phone", time, () => 0.5, {
    fetch: async (url, init) =>
      init.body === bad
        ? { status: refused.status, headers: { get: () => null }, text: async () => refused.text }
        : works(url, init),
  });
  const first = await courier.takeSheet(someSheet("phone", 1), LOG);
  const second = await courier.takeSheet(someSheet("phone", 2), LOG);
  await time.until(courier.drain(FOREVER));
  const item = courier.outbox.sheet(first);
  assert.deepEqual(item?.state === "refused" && item.reasons, [{ code: "key-revoked", message }]);
  assert.notEqual(courier.outbox.note(first), null, "it stays on the device");
  assert.deepEqual(seen.stored, [second]);
});

test("a device whose clock is set back by a year while it waits is not late by a year", async () => {
  const time = new VirtualTime();
  const { fetch, seen } = simulatedDoor({
    time,
    delay: () => 10,
    mishap: () => "none",
    isOpen: () => time.now > 20_000,
    random: () => 0.5,
  });
  const year = 365 * 86_400_000;
  const clock = () => (time.now < 10_000 ? 2 * year : year);
  const courier = await openDevice("phone", time, () => 0.5, { fetch, clock });
  const id = await courier.takeSheet(someSheet("phone", 1), LOG);
  await time.until(courier.drain(FOREVER));
  assert.deepEqual(seen.stored, [id]);
  assert.ok(time.now < 200_000);
});

test("photos follow their sheet's receipt, wait by themselves, and never keep a sheet waiting", async () => {
  const time = new VirtualTime();
  const { fetch, seen } = simulatedDoor({ time, delay: () => 10, mishap: () => "none", random: () => 0.5 });
  const story: string[] = [];
  const answers: PhotoAnswer[] = [{ kind: "later", milliseconds: 60_000 }, { kind: "away" }];
  const shelf = new MemoryShelf();
  const courier = await openDevice("phone", time, () => 0.5, {
    shelf,
    async fetch(url, init) {
      if (url.endsWith("/sheet")) story.push("sheet");
      return fetch(url, init);
    },
    async sendPhoto(_host, { paper }, bytes) {
      assert.equal(hashHex(bytes), paper);
      story.push("photo");
      return answers.shift() ?? { kind: "published" };
    },
  });
  const photo = utf8("a photo");
  const paper = hashHex(photo);
  const name = { station: "7101012001001", contest: "ppwp", list: hashHex(utf8("list")), paper };
  const first = await courier.takeSheet(someSheet("phone", 1), LOG);
  await courier.takePhoto(first, name, photo);
  const working = courier.drain(FOREVER);
  const later = time.rest(10_000).then(() => courier.takeSheet(someSheet("phone", 2), LOG));
  await time.until(Promise.all([working, later]));
  assert.deepEqual(story, ["sheet", "photo", "sheet", "photo", "photo"]);
  assert.equal(seen.stored.length, 2);
  assert.deepEqual(
    courier.outbox.photos.map(({ state }) => state),
    ["published"],
  );
  assert.equal(await shelf.bytes(paper), null, "published, it need not be kept");
});

test("a photo that a door refuses for good, or that the device has lost, is said to be so and keeps nothing waiting", async () => {
  const time = new VirtualTime();
  const { fetch } = simulatedDoor({ time, delay: () => 10, mishap: () => "none", random: () => 0.5 });
  const reasons = [{ code: "metadata", message: { id: "Ada keterangan.", en: "It carries details." } }];
  const courier = await openDevice("phone", time, () => 0.5, {
    fetch,
    sendPhoto: async () => ({ kind: "refused", reasons }),
  });
  const sheet = await courier.takeSheet(someSheet("phone", 1), LOG);
  const name = { station: "7101012001001", contest: "ppwp", list: hashHex(utf8("list")) };
  await courier.takePhoto(sheet, { ...name, paper: hashHex(utf8("one")) }, utf8("one"));
  await courier.takePhoto(sheet, { ...name, paper: hashHex(utf8("two")) }, null);
  await time.until(courier.drain(FOREVER));
  const codes = courier.outbox.photos.map((item) => item.state === "refused" && item.reasons[0]?.code);
  assert.deepEqual(codes, ["metadata", "lost"]);
});
