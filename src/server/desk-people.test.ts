import assert from "node:assert/strict";
import { test } from "node:test";
import { CoreAway } from "../core/submission.ts";
import { keyOf, ORIGIN } from "../core/testing.ts";
import { NATION, type RegionCode } from "../election/codes.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import { asHash, sha256 } from "../ledger/hash.ts";
import { cardGroups, makeCard, open, seal } from "../recap/wire/card.ts";
import { MOST_PASSKEYS, sealForPasskey } from "../recap/wire/passkey.ts";
import type { Passkey, PersonView, WelcomeView } from "../recap/wire/people.ts";
import type { NewPerson } from "../recap/wire/routes.ts";
import { sealAnew, wishPasskey } from "../recap/wire/sign.ts";
import type { HallView } from "../recap/wire/views.ts";
import { StoreFull } from "../store/store.ts";
import { CHAIR, type Device, KEC, random, withDesk } from "./testing/desk.ts";

const HALL = `/api/halls/${KEC}`;

/** A person with a sealed key, as a chair's page makes one. */
async function newPerson(word: string, role: NewPerson["role"], region: RegionCode) {
  const card = makeCard(random);
  const sealed = await seal(keyOf(word).seed, { card }, random);
  const publicKey = toHex(keyOf(word).signer.publicKey);
  const person: NewPerson = { person: "ab".repeat(8), name: "Ni Luh Contoh, S.H.", role, region, publicKey, sealed };
  return { person, card };
}

test("a chair makes a card, grants its key, and its holder chooses a PIN once", async () => {
  await withDesk(async ({ signedIn, say, device }) => {
    const chair = await signedIn(CHAIR);
    const { person, card } = await newPerson("new member", "member", KEC);
    const peopleOf = async () => (await chair.ask<PersonView[]>("GET", `${HALL}/people`)).body;
    assert.equal((await chair.ask("POST", "/api/people", [person])).status, 200);
    assert.equal((await peopleOf())[0]?.standing, "not-granted");
    const { publicKey: key, person: who, role, region } = person;
    assert.equal((await say(chair, "grant", { list: [{ key, person: who, role, region }] }, CHAIR)).status, 200);
    const [granted] = await peopleOf();
    assert.deepEqual([granted?.standing, granted?.name], ["granted", person.name]);

    const seed = granted?.sealed ? await open(granted.sealed, { card }) : null;
    assert.deepEqual(seed, keyOf("new member").seed);
    const holder = device();
    assert.equal((await holder.signIn("new member")).body.people[0]?.name, person.name);
    const sealed = await seal(keyOf("new member").seed, { card, pin: "480217" }, random);
    const path = `/api/people/${granted?.key}/sealed`;
    assert.equal((await holder.ask("PUT", path, sealAnew(ORIGIN, sealed, keyOf("stranger").seed))).status, 403);
    const wish = sealAnew(ORIGIN, sealed, keyOf("new member").seed);
    assert.equal((await holder.ask("PUT", path, wish)).status, 204);
    assert.equal((await holder.ask("PUT", path, wish)).status, 403, "only once");
    assert.deepEqual((await peopleOf())[0]?.sealed, sealed);

    await say(chair, "revoke", { keys: [granted?.key ?? ""], undo: false }, CHAIR);
    assert.equal((await peopleOf())[0]?.standing, "revoked");
  });
});

test("only a chair makes cards, for the own region, and what is no person is refused", async () => {
  await withDesk(async ({ signedIn }) => {
    const { person } = await newPerson("new member", "member", KEC);
    const operator = await signedIn("operator");
    assert.equal((await operator.ask("POST", "/api/people", [person])).status, 403);
    const chair = await signedIn(CHAIR);
    const elsewhere = { ...person, region: "7102" };
    assert.equal((await chair.ask("POST", "/api/people", [elsewhere])).status, 403);
    const wrong = [
      { ...person, role: "station" },
      { ...person, name: "<b>" },
      { ...person, sealed: {} },
      { ...person, more: 1 },
    ];
    for (const one of wrong) assert.equal((await chair.ask("POST", "/api/people", [one])).status, 400);
    assert.equal((await chair.ask("POST", "/api/people", [])).status, 400);
  });
});

test("the first chair is made with the console's secret, and only while there is none", async () => {
  await withDesk(async ({ device, secret, desk }) => {
    const one = device();
    const welcome = async () => (await one.ask<WelcomeView>("GET", "/api/welcome")).body.needsSetup;
    assert.equal(await welcome(), true);
    const { person } = await newPerson("first chair", "chair", NATION);
    const other = cardGroups(makeCard(random)).join("-");
    assert.equal((await one.ask("POST", "/api/setup", { secret: other, list: [person] })).status, 403);
    const member = { ...person, role: "member" };
    assert.equal((await one.ask("POST", "/api/setup", { secret, list: [member] })).status, 400);
    const typed = cardGroups(secret).join(" ").toLowerCase();
    assert.equal((await one.ask("POST", "/api/setup", { secret: typed, list: [person] })).status, 200);
    assert.equal(await welcome(), false);
    assert.equal((await one.ask("POST", "/api/setup", { secret, list: [person] })).status, 403);
    assert.equal((await one.signIn("first chair", NATION)).status, 200);
    assert.equal(await desk.needsSetup(), false);
  });
});

test("where the first chair cannot be written down yet, the console is told to try again, and that does it", async () => {
  await withDesk(async ({ device, secret, trouble }) => {
    const one = device();
    const { person } = await newPerson("first chair", "chair", NATION);
    for (const error of [new CoreAway("not there yet"), new StoreFull("store")]) {
      trouble.core = error;
      const { status, body } = await one.ask("POST", "/api/setup", { secret, list: [person] });
      assert.deepEqual([status, body.code], [503, "later"]);
    }
    trouble.core = null;
    assert.equal((await one.ask("POST", "/api/setup", { secret, list: [person] })).status, 200);
    assert.equal((await one.signIn("first chair", NATION)).status, 200);
  });
});

test("the console's secret cannot be guessed at, nor used without the root key", async () => {
  await withDesk(
    async ({ device, secret }) => {
      const { person } = await newPerson("first chair", "chair", NATION);
      const one = device();
      assert.equal((await one.ask("POST", "/api/setup", { secret, list: [person] })).status, 403);
      const answers: number[] = [];
      for (let i = 0; i < 6; i++) {
        const guess = { secret: makeCard(random), list: [person] };
        answers.push((await one.ask("POST", "/api/setup", guess)).status);
      }
      assert.deepEqual([answers[0], answers.at(-1)], [403, 429]);
    },
    () => ({ root: () => null }),
  );
});

/** As the log knows one of {@link withDesk}'s people. */
async function granted(word: "member"): Promise<NewPerson> {
  const { person } = await newPerson(word, word, KEC);
  return { ...person, person: toHex(sha256(utf8(word)).subarray(0, 8)) };
}

const SALT = "cd".repeat(32);
const passkeyOf = (word: string, id: string): Passkey =>
  sealForPasskey(keyOf(word).seed, random(32), { id, salt: SALT, added: "2029-02-20" }, random);

test("a passkey is kept by the key's own wish to a fresh challenge, and forgotten by whoever is signed in with it", async () => {
  await withDesk(async ({ signedIn, desk, device }) => {
    desk.people.add([await granted("member")]);
    const { short: key } = keyOf("member");
    const stranger = device();
    const challenge = async () =>
      (await stranger.ask<{ challenge: string }>("POST", "/api/challenge", {})).body.challenge;
    const path = `/api/people/${key}/passkeys`;
    const passkeys = async () => (await stranger.ask<PersonView[]>("GET", `${HALL}/people`)).body[0]?.passkeys;

    const passkey = passkeyOf("member", "one");
    const wish = wishPasskey(ORIGIN, passkey, await challenge(), keyOf("member").seed);
    assert.equal((await stranger.ask("POST", path, wish)).status, 204);
    assert.deepEqual(await passkeys(), [passkey]);
    assert.equal((await stranger.ask("POST", path, wish)).status, 403, "a challenge is answered once");

    const refused: readonly (readonly [status: number, wish: unknown])[] = [
      [403, wishPasskey(ORIGIN, passkeyOf("member", "two"), await challenge(), keyOf("operator").seed)],
      [403, { ...wishPasskey(ORIGIN, passkeyOf("member", "two"), "00".repeat(32), keyOf("member").seed) }],
      [403, { ...wish, challenge: await challenge() }],
      [400, { ...wish, passkey: { ...passkey, more: "x" } }],
      [400, { passkey }],
    ];
    for (const [status, one] of refused) assert.equal((await stranger.ask("POST", path, one)).status, status);
    const unknown = `/api/people/${keyOf("nobody").short}/passkeys`;
    const own = wishPasskey(ORIGIN, passkeyOf("nobody", "one"), await challenge(), keyOf("nobody").seed);
    assert.equal((await stranger.ask("POST", unknown, own)).status, 404);
    assert.deepEqual(await passkeys(), [passkey]);

    const gone = `${path}/one`;
    assert.equal((await stranger.ask("DELETE", gone)).status, 401);
    assert.equal((await (await signedIn("operator")).ask("DELETE", gone)).status, 403);
    const member = await signedIn("member");
    assert.equal((await member.ask("DELETE", gone, undefined, {})).status, 403, "not the desk's own page");
    assert.deepEqual(await passkeys(), [passkey]);
    assert.equal((await member.ask("DELETE", gone)).status, 204);
    assert.deepEqual(await passkeys(), []);
  });
});

test("a key has five passkeys of one salt at most, and none once it is revoked", async () => {
  await withDesk(async ({ world, device, desk }) => {
    desk.people.add([await granted("member")]);
    const one = device();
    const add = async (passkey: Passkey) => {
      const { challenge } = (await one.ask<{ challenge: string }>("POST", "/api/challenge", {})).body;
      const wish = wishPasskey(ORIGIN, passkey, challenge, keyOf("member").seed);
      return (await one.ask("POST", `/api/people/${keyOf("member").short}/passkeys`, wish)).status;
    };
    for (let i = 0; i < MOST_PASSKEYS; i++) assert.equal(await add(passkeyOf("member", `id${i}`)), 204);
    assert.equal(await add(passkeyOf("member", "too-many")), 403);
    assert.equal(await add(passkeyOf("member", "id0")), 204, "the same one again takes its own place");
    assert.equal(await add({ ...passkeyOf("member", "id0"), salt: "ef".repeat(32) }), 403);
    const view = async () => (await one.ask<PersonView[]>("GET", `${HALL}/people`)).body[0];
    assert.equal((await view())?.passkeys.length, MOST_PASSKEYS);
    await world.revoke("member", KEC);
    assert.deepEqual([(await view())?.standing, (await view())?.passkeys], ["revoked", []]);
  });
});

test("what saksi are called is kept beside the log for those who work in the hall, printed, and forgotten", async () => {
  await withDesk(async ({ signedIn, say, desk, size }) => {
    const person = "5a".repeat(16);
    const act = { what: "mandate", letter: asHash("0a".repeat(32)), participant: "P1", person, seated: true } as const;
    const operator = await signedIn("operator");
    const named = async (device: Device) =>
      (await device.ask<HallView>("GET", HALL)).body.mandates.map(({ name }) => name);
    await say(operator, "minutes", { act: { ...act, withdrawn: false } }, "operator");
    assert.deepEqual(await named(operator), [null]);

    const path = `/api/witnesses/${person}`;
    const before = await size();
    const [observer, supervisor] = [await signedIn("observer"), await signedIn("supervisor")];
    for (const device of [observer, supervisor]) {
      assert.equal((await device.ask("PUT", path, { name: "Ketut Contoh" })).status, 403);
      assert.equal((await device.ask("DELETE", path)).status, 403);
    }
    assert.equal((await operator.ask("PUT", path, { name: "<b>" })).status, 400);
    assert.equal((await operator.ask("PUT", "/api/witnesses/..", { name: "Ketut Contoh" })).status, 404);
    assert.equal(
      (await operator.ask("PUT", path, { name: "Ketut Contoh" }, {})).status,
      403,
      "not the desk's own page",
    );
    assert.equal((await operator.ask("PUT", path, { name: "Ketut Contoh" })).status, 204);
    assert.deepEqual(await named(operator), ["Ketut Contoh"]);
    assert.deepEqual(await named(supervisor), ["Ketut Contoh"]);
    assert.deepEqual(await named(observer), [null], "who only looks needs no name");
    assert.equal(desk.names().get(person), "Ketut Contoh", "this is what papers are printed with");
    assert.equal(await size(), before, "no name comes into the log");

    assert.equal((await operator.ask("DELETE", path)).status, 204);
    assert.deepEqual(await named(operator), [null]);
    await operator.ask("PUT", path, { name: "Ketut Contoh" });
    await say(operator, "minutes", { act: { ...act, seated: false, withdrawn: true } }, "operator");
    assert.equal(desk.names().has(person), false, "nor is it kept of whoever holds no mandate");
  });
});
