import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../ledger/bytes.ts";
import { canonical, type JsonObject } from "../ledger/canonical.ts";
import { ACT_NAMES, type MinutesAct } from "./minutes.ts";
import { BodyError, decode } from "./statements.ts";

const hash = "0a".repeat(32);
const station = "7101012001001";
const common = { by: ["contoh.example/2029/k/0123456789abcdef"], election: "0f".repeat(16), time: 1 };

/** One right act of each kind, without `what`. */
const EXAMPLES: Readonly<Record<MinutesAct["what"], JsonObject>> = {
  schedule: { at: 1_866_000_000_000, place: null },
  open: {},
  attendance: { observers: 4, panel: 3, participants: ["P1", "p2"], supervisors: 1 },
  mandate: { letter: hash, participant: "P1", person: "0011223344556677", seated: true, withdrawn: false },
  box: { contest: "dpr", desa: "7101012001", from: "pps", photo: null, received: 5, seal: "broken", station },
  agenda: { panel: 0, queue: [{ contest: "ppwp", desa: "7101012001" }] },
  postpone: { contest: "ppwp", reason: "box-missing", station },
  "take-up": { contest: "ppwp", station },
  inspection: {
    contest: "dpr",
    district: "71",
    draft: { root: hash, size: 9 },
    outcome: "remarks",
    papers: hash,
    participant: "P1",
    supervisor: false,
  },
  signature: {
    certificate: hash,
    contest: "dpr",
    district: "71",
    outcome: "refused",
    participant: "P1",
    reason: "figures-disputed",
  },
  scan: { certificate: hash, pages: hash },
  evidence: { papers: hash, reading: hash },
  advice: { contest: null, kind: "recount", objection: null, papers: hash, station: null },
  "advice-answer": { advice: hash, followed: false, reason: "no-ground" },
  "paper-order": { at: null, dated: 2, kind: "halt", letter: hash, order: "12/PL.01/2029" },
};

const read = (act: JsonObject) => decode("minutes", utf8(canonical({ ...common, act })));

for (const what of ACT_NAMES) {
  test(`the act ${what} is read, and refused with a field missing, added or of another type`, () => {
    const act = { what, ...EXAMPLES[what] };
    assert.deepEqual(read(act), { type: "minutes", body: { ...common, act } });
    assert.throws(() => read({ ...act, note: "Budi" }), /act\.note is not a known field/);
    for (const key of Object.keys(act)) {
      const { [key]: _, ...rest }: JsonObject = act;
      assert.throws(() => read(rest), BodyError, `without ${key}`);
      assert.throws(() => read({ ...act, [key]: { no: 1 } }), BodyError, `with another ${key}`);
    }
  });
}

test("an act that nobody knows is refused, and every fault of a known one is named by its own schema", () => {
  assert.throws(() => read({ what: "applause" }), BodyError);
  assert.throws(() => read({ what: "constructor" }), BodyError);
  assert.throws(
    () => read({ what: "postpone", contest: "dprx", reason: "Budi said so", station: "1" }),
    (error: unknown) => {
      assert.ok(error instanceof BodyError);
      assert.deepEqual(error.faults.map(({ path }) => path).sort(), ["act.contest", "act.reason", "act.station"]);
      return true;
    },
  );
});

test("a panel is one of four, and nobody is present twice", () => {
  assert.throws(() => read({ what: "agenda", panel: 4, queue: [] }), BodyError);
  assert.throws(() => read({ what: "attendance", ...EXAMPLES.attendance, participants: ["P1", "P1"] }), BodyError);
});
