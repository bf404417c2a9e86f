/** The table of powers is whole, and the fold asks it for the statements that are acts by themselves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ACT_NAMES } from "../election/minutes.ts";
import { ROLES, STATEMENT_TYPES, type StatementType } from "../election/statements.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { sha256 } from "../ledger/hash.ts";
import { Tally } from "./fold.ts";
import { ACTS_OF_PLENARY, type ActName, POWERS, signersRefusal } from "./powers.ts";
import { World } from "./testing.ts";

const OTHERS: readonly StatementType[] = ["genesis", "seen", "sheet", "annul", "edition", "receipt", "minutes"];

test("every act of the minutes and every other statement of a plenary has its row", () => {
  const expected = [...ACT_NAMES, ...STATEMENT_TYPES.filter((type) => !OTHERS.includes(type)), "correction"];
  assert.deepEqual([...ACTS_OF_PLENARY].sort(), expected.sort());
});

test("nobody at all may do nothing", () => {
  for (const act of ACTS_OF_PLENARY) assert.equal(signersRefusal(act, [], () => null)?.reason, "no-authority");
});

/** A nation in whose plenary everyone has a key, named after the role. */
function ready(): World {
  const world = new World();
  const list = ROLES.map((role) => ({
    key: toHex(world.signer(role).publicKey),
    person: toHex(sha256(utf8(role)).subarray(0, 16)),
    region: "0",
    role,
  }));
  world.write("pleno/0", "grant", { list }, ["root"]);
  return world;
}

const about = { contest: "ppwp", district: "0" };
const EMPTY_ROOT = toHex(sha256(new Uint8Array()));
/** What the nation's plenary may state, though most of it has no effect here. */
const BODIES: Readonly<Partial<Record<ActName, (world: World) => JsonObject>>> = {
  definition: ({ model }) => ({ decree: "3/UJI", note: "correction", root: model.root }),
  rules: () => ({ decree: "3/UJI", fold: 1, rules: 1 }),
  cosign: () => ({ vkey: "pemantau.example+c4a8bee2+BA==" }),
  grant: (world) => ({
    list: [{ key: toHex(world.signer("new").publicKey), person: "00".repeat(16), region: "51", role: "chair" }],
  }),
  revoke: (world) => ({ keys: [world.shortOf("new")], undo: false }),
  custody: (world) => ({ epoch: 1, log: "pleno/51", root: EMPTY_ROOT, size: 0, vkey: world.vkeyOf("pleno/51") }),
  halt: () => ({ order: "4/UJI", regions: ["51"] }),
  resume: () => ({ at: null, order: "5/UJI", regions: ["51"] }),
  pause: () => ({ panel: null }),
  unpause: () => ({ panel: null }),
  reopen: () => ({ ...about, order: "6/UJI", region: "51" }),
  order: () => ({ ...about, deltas: [[0, 1]], kind: "ruling", number: "7/UJI", region: "0" }),
  objection: () => ({
    contest: null,
    kind: "incident",
    papers: null,
    participant: null,
    ref: null,
    station: null,
    status: "filed",
  }),
};

for (const act of ACTS_OF_PLENARY) {
  const body = BODIES[act];
  if (!body) continue;
  test(`${act} is open to exactly the roles of the table`, () => {
    for (const role of ROLES) {
      const world = ready();
      world.write("pleno/0", act, body(world), [role]);
      const tally = new Tally({ definition: world.definition });
      for (const { log, bytes } of world.order) tally.add(log, bytes);
      const refused = tally.voids().some(({ reason }) => reason === "no-authority");
      assert.equal(refused, !POWERS[act].roles.includes(role), role);
      assert.equal(
        tally.voids().some(({ reason }) => reason === "malformed" || reason === "wrong-log"),
        false,
      );
    }
  });
}
