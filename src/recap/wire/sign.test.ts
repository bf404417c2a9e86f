import assert from "node:assert/strict";
import { test } from "node:test";
import { publicKeyOf } from "#ed25519";
import type { RegionCode } from "../../election/codes.ts";
import { BodyError, decodeBody } from "../../election/statements.ts";
import { utf8 } from "../../ledger/bytes.ts";
import { sha256 } from "../../ledger/hash.ts";
import { checkSignature, openBody, parseStatement } from "../../ledger/statement.ts";
import type { SealedSeed } from "./people.ts";
import { isSealAnew, isSignIn, sealAnew, signAct, signerOf, signIn } from "./sign.ts";

const ORIGIN = "contoh.example/2029";
const seeds = ["chair", "member"].map((word) => sha256(utf8(word)));
const [seed = new Uint8Array(32), other = new Uint8Array(32)] = seeds;
const election = "0".repeat(32);
const region = "710101" as RegionCode;

test("an act of two persons is one statement with both signatures", () => {
  const signers = seeds.map((one) => signerOf(ORIGIN, one));
  const note = signAct({ election, signers, time: 7, type: "pause", body: { panel: 1 } });
  const statement = parseStatement(note);
  assert.deepEqual(openBody(statement).by, [...signers.map(({ name }) => name)]);
  assert.deepEqual(decodeBody("pause", statement.body).panel, 1);
  seeds.forEach((one, i) => {
    assert.ok(checkSignature(statement, i, publicKeyOf(one)));
  });
});

test("what does not fit its type is never signed, and every fault is named", () => {
  const body = { order: "", regions: [] } as never;
  const attempt = () => signAct({ election, signers: [signerOf(ORIGIN, seed)], time: 7, type: "halt", body });
  assert.throws(attempt, (error) => error instanceof BodyError && error.faults.length === 2);
});

test("a sign-in is this key's answer to this challenge in this hall, and no other", () => {
  const answer = signIn(ORIGIN, region, "ab".repeat(32), seed);
  assert.ok(isSignIn(ORIGIN, answer, publicKeyOf(seed)));
  assert.ok(!isSignIn(ORIGIN, answer, publicKeyOf(other)));
  assert.ok(!isSignIn("lain.example/2029", answer, publicKeyOf(seed)));
  assert.ok(!isSignIn(ORIGIN, { ...answer, region: "710102" as RegionCode }, publicKeyOf(seed)));
  assert.ok(!isSignIn(ORIGIN, { ...answer, challenge: "cd".repeat(32) }, publicKeyOf(seed)));
  assert.ok(!isSignIn(ORIGIN, { ...answer, signature: "not base64" }, publicKeyOf(seed)));
});

test("only the key itself can wish to be sealed anew, and only so", () => {
  const sealed: SealedSeed = { by: "card+pin", salt: "00", nonce: "11", box: "22" };
  const wish = sealAnew(ORIGIN, sealed, seed);
  assert.ok(isSealAnew(ORIGIN, wish, publicKeyOf(seed)));
  assert.ok(!isSealAnew(ORIGIN, wish, publicKeyOf(other)));
  assert.ok(!isSealAnew(ORIGIN, { ...wish, sealed: { ...sealed, box: "33" } }, publicKeyOf(seed)));
});
