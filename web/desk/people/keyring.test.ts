import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { toHex, utf8 } from "../../../src/ledger/bytes.ts";
import { sha256 } from "../../../src/ledger/hash.ts";
import { type Card, makeCard, seal } from "../../../src/recap/wire/card.ts";
import type { Passkey, PersonView, SealedSeed } from "../../../src/recap/wire/people.ts";
import { isPasskeyWish, isSealAnew, isSignIn } from "../../../src/recap/wire/sign.ts";
import { Api } from "../shell/api.ts";
import { inventedPeople, ORIGIN, REGION } from "../testing/invented.ts";
import type { Authenticator } from "./authenticator.ts";
import { KeyFault } from "./key-fault.ts";
import { Keyring, PIN_TRIES } from "./keyring.ts";

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

const holder = (
  sealed: SealedSeed | null,
  standing: PersonView["standing"] = "granted",
  passkeys: readonly Passkey[] = [],
): PersonView => ({
  person: chair.person,
  name: chair.name,
  role: chair.role,
  region: REGION,
  publicKey: toHex(chair.signer.publicKey),
  key: chair.key,
  sealed,
  passkeys,
  standing,
});

/** A program that checks what a key signs, and remembers what it was asked. */
function program(authenticator?: Authenticator) {
  const asked: string[] = [];
  const kept: Passkey[] = [];
  const api = new Api(async (input, init) => {
    const path = String(input);
    asked.push(`${init?.method ?? "GET"} ${path}`);
    const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : null;
    if (path === "/api/challenge") return Response.json({ challenge: "ab".repeat(32) });
    if (path.endsWith("/sealed")) {
      const isOwn = isSealAnew(ORIGIN, body as Parameters<typeof isSealAnew>[1], chair.signer.publicKey);
      return new Response(null, { status: isOwn ? 204 : 403 });
    }
    if (path.endsWith("/passkeys")) {
      const wish = body as Parameters<typeof isPasskeyWish>[1];
      assert.ok(isPasskeyWish(ORIGIN, wish, chair.signer.publicKey));
      kept.push(wish.passkey);
      return new Response(null, { status: 204 });
    }
    const signIn = body as Parameters<typeof isSignIn>[1];
    if (!isSignIn(ORIGIN, signIn, chair.signer.publicKey)) return new Response(null, { status: 403 });
    return Response.json({ region: REGION, people: [holder(null)], until: 0 });
  });
  return { asked, kept, keyring: new Keyring(api, ORIGIN, REGION, authenticator) };
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

/** A phone with one credential, whose secret follows from the salt. */
function phone(id = "one"): Authenticator {
  const answer = (salt: string) => Promise.resolve({ id, secret: sha256(utf8(`${id} ${salt}`)) });
  return { create: (_holder, salt) => answer(salt), open: ([passkey]) => answer(passkey?.salt ?? "") };
}

test("a passkey that card and PIN added opens the key alone, to work or for one signature", async () => {
  const { kept, keyring } = program(phone());
  await assert.rejects(keyring.addPasskey(holder(used), card, "564738", "2029-02-20"), isFault("wrong"));
  await keyring.addPasskey(holder(used), card, PIN, "2029-02-20");
  const [passkey] = kept;
  assert.deepEqual([kept.length, passkey?.id, passkey?.added], [1, "one", "2029-02-20"]);
  const person = holder(used, "granted", kept);
  const working = () => keyring.active.value?.signer.name;
  assert.equal((await keyring.openSignerByPasskey(person)).name, chair.signer.name);
  assert.equal(working(), undefined);
  await keyring.enterByPasskey(person);
  assert.equal(working(), chair.signer.name);
  assert.equal(keyring.cardOf(chair.key), null, "no card was shown");
});

test("all passkeys of a key share their salt", async () => {
  const { kept, keyring } = program(phone());
  await keyring.addPasskey(holder(used), card, PIN, "2029-02-20");
  await keyring.addPasskey(holder(used, "granted", kept.slice(0, 1)), card, PIN, "2029-02-21");
  assert.equal(kept[1]?.salt, kept[0]?.salt);
});

test("a passkey opens nothing once its key is revoked, and another's passkey never does", async () => {
  const { kept, keyring } = program(phone());
  await keyring.addPasskey(holder(used), card, PIN, "2029-02-20");
  await assert.rejects(keyring.enterByPasskey(holder(used, "revoked", kept)), isFault("revoked"));
  const other = program(phone("two")).keyring;
  await assert.rejects(other.enterByPasskey(holder(used, "granted", kept)), isFault("passkey-wrong"));
});
