import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { toHex } from "../../../src/ledger/bytes.ts";
import { type Card, makeCard, seal } from "../../../src/recap/wire/card.ts";
import type { PersonView, SealedSeed } from "../../../src/recap/wire/people.ts";
import { isSealAnew, isSignIn } from "../../../src/recap/wire/sign.ts";
import { Api } from "../shell/api.ts";
import { inventedPeople, ORIGIN, REGION } from "../testing/invented.ts";
import { KeyFault, Keyring, PIN_TRIES } from "./keyring.ts";

const random = (count: number) => new Uint8Array(randomBytes(count));
const PIN = "918273";
const chair = inventedPeople()[0] ?? assert.fail("nobody was invented");
const card: Card = makeCard(random);
let unused: SealedSeed;
let used: SealedSeed;

before(async () => {
  unused = await seal(chair.seed, { card }, random);
  used = await seal(chair.seed, { card, pin: PIN }, random);
});

const holder = (sealed: SealedSeed | null, standing: PersonView["standing"] = "granted"): PersonView => ({
  person: chair.person,
  name: chair.name,
  role: chair.role,
  region: REGION,
  publicKey: toHex(chair.signer.publicKey),
  key: chair.key,
  sealed,
  standing,
});

/** A program that checks what a key signs, and remembers what it was asked. */
function program() {
  const asked: string[] = [];
  const api = new Api(async (input, init) => {
    const path = String(input);
    asked.push(`${init?.method ?? "GET"} ${path}`);
    const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : null;
    if (path === "/api/challenge") return Response.json({ challenge: "ab".repeat(32) });
    if (path.endsWith("/sealed")) {
      const isOwn = isSealAnew(ORIGIN, body as Parameters<typeof isSealAnew>[1], chair.signer.publicKey);
      return new Response(null, { status: isOwn ? 204 : 403 });
    }
    const signIn = body as Parameters<typeof isSignIn>[1];
    if (!isSignIn(ORIGIN, signIn, chair.signer.publicKey)) return new Response(null, { status: 403 });
    return Response.json({ region: REGION, people: [holder(null)], until: 0 });
  });
  return { asked, keyring: new Keyring(api, ORIGIN, REGION) };
}

const isFault = (code: KeyFault["code"]) => (error: unknown) => error instanceof KeyFault && error.code === code;

test("a first use seals the key with the PIN before it signs in, and opens it", async () => {
  const { asked, keyring } = program();
  await keyring.firstUse(holder(unused), card, PIN);
  assert.deepEqual(asked, [`PUT /api/people/${chair.key}/sealed`, "POST /api/challenge", "POST /api/session"]);
  assert.equal(keyring.active.value?.signer.name, chair.signer.name);
});

test("a locked device has no open key, and still knows the card", async () => {
  const { keyring } = program();
  await keyring.enter(holder(used), card, PIN);
  keyring.lock();
  assert.equal(keyring.active.value, null);
  assert.equal(keyring.cardOf(chair.key), card);
  await keyring.leave();
  assert.equal(keyring.cardOf(chair.key), null);
});

test("a key that was opened for one signature does not make its person the one who works", async () => {
  const { asked, keyring } = program();
  const signer = await keyring.openSigner(holder(used), card, PIN);
  assert.equal(signer.name, chair.signer.name);
  assert.equal(keyring.active.value, null);
  assert.deepEqual(asked, []);
});

test("after five wrong PINs the card must be shown again", async () => {
  const { keyring } = program();
  keyring.remember(holder(used), card);
  for (let i = 1; i < PIN_TRIES; i++) {
    await assert.rejects(keyring.openSigner(holder(used), card, "564738"), isFault("wrong"));
  }
  assert.equal(keyring.cardOf(chair.key), card);
  await assert.rejects(keyring.openSigner(holder(used), card, "564738"), isFault("too-many"));
  assert.equal(keyring.cardOf(chair.key), null);
});

test("a revoked key and one that is kept elsewhere open nothing", async () => {
  const { keyring } = program();
  await assert.rejects(keyring.enter(holder(used, "revoked"), card, PIN), isFault("revoked"));
  await assert.rejects(keyring.enter(holder(null), card, PIN), isFault("no-key"));
});
