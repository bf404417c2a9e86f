import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Standings } from "../core/standings.ts";
import { keyOf as keyOfWord, ORIGIN, openWorld } from "../core/testing.ts";
import type { RegionCode } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";
import { isNewPerson, type KeptPerson, keyOf, People } from "./people.ts";

const data = mkdtempSync(join(tmpdir(), "teguh-people-"));
after(() => rmSync(data, { recursive: true }));

const KEC = "710101" as RegionCode;
const hex = (bytes: number) => toHex(new Uint8Array(randomBytes(bytes)));
const sealed = { by: "card", salt: hex(16), nonce: hex(24), box: hex(48) } as const;

function personOf(word: string, change: Partial<KeptPerson> = {}): KeptPerson {
  const person = toHex(sha256(new TextEncoder().encode(word)).subarray(0, 8));
  const publicKey = toHex(keyOfWord(word).signer.publicKey);
  return { person, name: `Nama ${word}`, role: "member", region: KEC, publicKey, sealed, ...change };
}

test("people are kept in files for the desk's user alone, and found again after a start", () => {
  const people = People.open(data, ORIGIN);
  const [member, operator] = [personOf("member"), personOf("operator", { role: "operator" })];
  people.add([member, operator]);
  const folder = join(data, "desk", "people");
  for (const file of readdirSync(folder)) assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600, file);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  const again = People.open(data, ORIGIN);
  assert.deepEqual(again.get(keyOf(member)), member);
  assert.equal(again.names().get(operator.person), "Nama operator");
});

test("a key that is kept is never replaced by another's card", () => {
  const people = People.open(data, ORIGIN);
  people.add([personOf("member", { name: "Lain", sealed: { ...sealed, box: hex(48) } })]);
  assert.deepEqual(people.get(keyOf(personOf("member"))), personOf("member"));
});

test("a file grants nothing: what a person holds, the logs say, for exactly this person, role and region", async () => {
  const world = await openWorld();
  const standings = new Standings(world.store, () => world.model);
  await standings.load(`pleno/${KEC}`);
  const folder = mkdtempSync(join(data, "other-"));
  const people = People.open(folder, ORIGIN);
  people.add([
    personOf("member"),
    personOf("impostor", { role: "chair" }),
    personOf("chair 7101", { role: "chair", region: "7101" as RegionCode }),
    personOf("elsewhere", { region: "710201" as RegionCode }),
  ]);
  await world.grant("member", KEC, "member");
  await world.grant("impostor", KEC, "observer");
  await standings.refresh(`pleno/${KEC}`);
  const standing = () => people.in(KEC, standings).map(({ name, standing }) => [name, standing]);
  assert.deepEqual(standing(), [
    ["Nama impostor", "revoked"],
    ["Nama member", "granted"],
    ["Nama chair 7101", "granted"],
  ]);
  await world.revoke("member", KEC);
  await standings.refresh(`pleno/${KEC}`);
  assert.deepEqual(standing()[1], ["Nama member", "revoked"]);
});

test("what a page sends as a person is one in every field", () => {
  const person = personOf("new");
  assert.ok(isNewPerson(person));
  assert.ok(isNewPerson({ ...person, name: "I Gusti Ayu Putu Sūrya-Dewi, S.Sos., M.A." }));
  const wrong: readonly object[] = [
    { name: "" },
    { name: "a\nb" },
    { name: "<script>" },
    { role: "station" },
    { region: "7101012001001" },
    { publicKey: "00" },
    { person: "someone" },
    { sealed: null },
    { more: true },
  ];
  for (const change of wrong) assert.ok(!isNewPerson({ ...person, ...change }), JSON.stringify(change));
});
