import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { fromHex } from "../../../src/ledger/bytes.ts";
import { cardGroups, cardQr, open, readCard } from "../../../src/recap/wire/card.ts";
import { signAct, signerOf } from "../../../src/recap/wire/sign.ts";
import { ORIGIN, REGION } from "../testing/invented.ts";
import { grantOf, issueCard } from "./issue.ts";

const random = (count: number) => new Uint8Array(randomBytes(count));

test("a card opens its own key, typed or scanned, and the grant names that key", async () => {
  const issued = await issueCard({ name: " Sari Wulandra ", role: "chair", region: REGION }, ORIGIN, random);
  assert.equal(issued.holder.name, "Sari Wulandra");
  const typed = readCard(cardGroups(issued.card).join(" ").toLowerCase());
  const scanned = readCard(cardQr(issued.card, issued.key));
  assert.ok("card" in typed && "card" in scanned);
  assert.equal(scanned.key, issued.key);
  const seed = await open(issued.holder.sealed, { card: typed.card });
  assert.ok(seed);
  assert.equal(Buffer.from(signerOf(ORIGIN, seed).publicKey).toString("hex"), issued.holder.publicKey);
  const [line] = grantOf([issued]).list;
  assert.equal(line?.key, issued.holder.publicKey);
  const granter = signerOf(ORIGIN, random(32));
  signAct({ type: "grant", body: grantOf([issued]), election: "0".repeat(32), signers: [granter], time: 1 });
  assert.equal(fromHex(issued.holder.publicKey).length, 32);
});

test("a replaced card has another key and stands for the same person", async () => {
  const person = "ab".repeat(16);
  const first = await issueCard({ name: "A", role: "member", region: REGION, person }, ORIGIN, random);
  const second = await issueCard({ name: "A", role: "member", region: REGION, person }, ORIGIN, random);
  assert.equal(first.holder.person, second.holder.person);
  assert.notEqual(first.holder.publicKey, second.holder.publicKey);
  assert.notEqual(first.card, second.card);
});
