import assert from "node:assert/strict";
import { test } from "node:test";
import { regionCode } from "../../../src/election/codes.ts";
import { utf8 } from "../../../src/ledger/bytes.ts";
import { Api } from "./api.ts";
import { Outbox } from "./outbox.ts";

const REGION = regionCode("910203");
const ABOUT = { id: "TPS 001", en: "Station 001" };

/** A browser's storage, as far as the outbox needs one. */
function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
    key: () => null,
    get length() {
      return kept.size;
    },
  };
}

/** A program that takes statements until it is cut; what it took, in order. */
function program() {
  const taken: string[] = [];
  const state = { isCut: false, refuses: "" };
  const api = new Api(async (_input, init) => {
    if (state.isCut) throw new TypeError("cut");
    const text = new TextDecoder().decode(init?.body as Uint8Array);
    if (text === state.refuses) {
      const problem = { code: "refused", message: { id: "Tidak", en: "No" }, reason: "halted" };
      return new Response(JSON.stringify(problem), { status: 409 });
    }
    taken.push(text);
    return new Response(JSON.stringify({ index: taken.length, id: text, duplicate: false }));
  });
  return { api, taken, state };
}

test("statements arrive in the order in which they were made", async () => {
  const { api, taken } = program();
  const outbox = new Outbox(api, REGION, null);
  const sent = ["a", "b", "c"].map((text) => outbox.send({ note: utf8(text), about: ABOUT }));
  assert.deepEqual(
    (await Promise.all(sent)).map((delivery) => delivery.ok && delivery.index),
    [1, 2, 3],
  );
  assert.deepEqual(taken, ["a", "b", "c"]);
  assert.equal(outbox.waiting.value, 0);
});

test("what was signed while the connection was cut is kept, and another page hands it in", async () => {
  const { api, taken, state } = program();
  const kept = storage();
  state.isCut = true;
  const first = new Outbox(api, REGION, kept);
  void first.send({ note: utf8("a"), about: ABOUT });
  void first.send({ note: utf8("b"), about: ABOUT });
  await first.push();
  assert.equal(first.waiting.value, 2);
  state.isCut = false;
  const reloaded = new Outbox(api, REGION, kept);
  assert.equal(reloaded.waiting.value, 2);
  await reloaded.push();
  assert.deepEqual(taken, ["a", "b"]);
  assert.equal(new Outbox(api, REGION, kept).waiting.value, 0);
  await first.push();
});

test("a refusal comes back to whoever waits for it, and loudly where the page has gone on", async () => {
  const { api, taken, state } = program();
  const outbox = new Outbox(api, REGION, null);
  state.refuses = "a";
  const awaited = await outbox.send({ note: utf8("a"), about: ABOUT });
  assert.deepEqual([awaited.ok, !awaited.ok && awaited.reason], [false, "halted"]);
  assert.deepEqual(outbox.returned.value, []);
  await outbox.send({ note: utf8("a"), about: ABOUT, link: "#/x", goesOn: true });
  await outbox.send({ note: utf8("b"), about: ABOUT });
  const [returned] = outbox.returned.value;
  assert.deepEqual(returned, { about: ABOUT, link: "#/x", words: { id: "Tidak", en: "No" } });
  assert.deepEqual(taken, ["b"], "one refusal holds up nothing");
  if (returned !== undefined) outbox.dismiss(returned);
  assert.deepEqual(outbox.returned.value, []);
});
