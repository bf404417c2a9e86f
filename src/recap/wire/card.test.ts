import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { type Card, cardGroups, cardQr, isSealedSeed, makeCard, open, pinFault, readCard, seal } from "./card.ts";

const random = (count: number) => new Uint8Array(randomBytes(count));
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const cards = fc.uint8Array({ minLength: 26, maxLength: 26 }).map((bytes) => makeCard(() => bytes));
const asked = (typed: string): Card | null => {
  const read = readCard(typed);
  return "card" in read ? read.card : null;
};

test("a card has seven groups of four, with 130 random bits in them", () => {
  const card = makeCard(random);
  assert.match(cardGroups(card).join("-"), /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.notEqual(makeCard(random), card);
});

test("a card is read however it is typed: small letters, any separators, O for 0, I and L for 1", () => {
  fc.assert(
    fc.property(cards, fc.constantFrom("", " ", "-", " – ", "."), (card, separator) => {
      const typed = cardGroups(card).join(separator).toLowerCase().replaceAll("0", "o").replaceAll("1", "l");
      assert.equal(asked(` ${typed}\n`), card);
    }),
  );
});

test("one wrong symbol is noticed, and its group is named", () => {
  fc.assert(
    fc.property(cards, fc.nat(27), fc.nat(30), (card, place, other) => {
      const wrong = [...SYMBOLS].filter((symbol) => symbol !== card[place])[other] ?? "";
      const read = readCard(card.slice(0, place) + wrong + card.slice(place + 1));
      assert.ok("fault" in read && read.group === Math.floor(place / 4) + 1);
    }),
  );
});

test("two wrong symbols, or two that changed places, are noticed", () => {
  fc.assert(
    fc.property(cards, fc.nat(27), fc.nat(27), fc.nat(30), fc.nat(30), (card, a, b, x, y) => {
      fc.pre(a !== b);
      const symbols = [...card];
      symbols[a] = [...SYMBOLS].filter((symbol) => symbol !== card[a])[x] ?? "";
      symbols[b] = [...SYMBOLS].filter((symbol) => symbol !== card[b])[y] ?? "";
      assert.equal(asked(symbols.join("")), null);
    }),
  );
});

test("a code of another length is refused with the number of symbols", () => {
  const read = readCard("ABCD-EFGH");
  assert.ok("fault" in read && read.fault.id.includes("28") && read.fault.id.includes("8"));
});

test("the QR code says the card and whose key it opens", () => {
  const card = makeCard(random);
  const key = "0123456789abcdef";
  assert.deepEqual(readCard(cardQr(card, key)), { card, key });
  assert.match(cardQr(card, key), /^[0-9A-Z-]+$/, "the alphabet of the small QR codes");
});

test("a PIN is six digits that neither run nor repeat; a birthday is nobody's business", () => {
  for (const pin of ["000000", "123456", "654321", "890123", "123123", "121212", "112233", "12345", "12345a"])
    assert.notEqual(pinFault(pin), null, pin);
  for (const pin of ["170845", "310599", "480217"]) assert.equal(pinFault(pin), null, pin);
});

test("what is sealed opens with its card and its PIN, and with nothing else", async () => {
  const seed = random(32);
  const [card, other] = [makeCard(random), makeCard(random)];
  const first = await seal(seed, { card }, random);
  assert.deepEqual(await open(first, { card }), seed);
  assert.equal(await open(first, { card: other }), null);
  assert.equal(await open(first, { card, pin: "480217" }), null);
  const second = await seal(seed, { card, pin: "480217" }, random);
  assert.equal(second.by, "card+pin");
  assert.deepEqual(await open(second, { card, pin: "480217" }), seed);
  assert.equal(await open(second, { card, pin: "480218" }), null);
  assert.equal(await open(second, { card }), null);
  assert.equal(await open({ ...second, by: "card" }, { card }), null, "it cannot pass for one without a PIN");
});

test("a damaged sealed key opens nothing, and one of another form is none", async () => {
  const card = makeCard(random);
  const sealed = await seal(random(32), { card }, random);
  assert.ok(isSealedSeed(sealed));
  assert.equal(await open({ ...sealed, box: sealed.box.slice(2) }, { card }), null);
  assert.ok(!isSealedSeed({ ...sealed, box: "00" }));
  assert.ok(!isSealedSeed({ ...sealed, note: "more" }));
  assert.ok(!isSealedSeed(null));
});

test("a key is never sealed with a weak PIN", async () => {
  await assert.rejects(seal(random(32), { card: makeCard(random), pin: "123456" }, random), RangeError);
});
