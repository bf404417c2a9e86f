/** Whatever the desk lets through, the fold takes; and what it refuses for the fold's reasons, the fold would have refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Standings } from "../core/standings.ts";
import { keyOf, openWorld, type World } from "../core/testing.ts";
import { plenoLog, type RegionCode, type StationCode } from "../election/codes.ts";
import type { MinutesAct } from "../election/minutes.ts";
import { OUTCOMES } from "../election/sheet.ts";
import { exampleSheet, recountIn } from "../election/testing.ts";
import type { Hash } from "../ledger/hash.ts";
import { Acts, type Stated } from "./acts.ts";
import { Hall } from "./hall.ts";
import { type HallType, type Said, signAct } from "./wire/sign.ts";

const KEC = "710101" as RegionCode;
const LOG = plenoLog(KEC);
const STATIONS = ["7101012001001", "7101012001002", "7101012002001"] as StationCode[];
const ROLES = ["member", "operator", "supervisor", "observer"] as const;
const WORDS = ["chair 710101", ...ROLES, "stranger"];

interface Opened {
  readonly world: World;
  readonly hall: Hall;
  readonly acts: Acts;
}

async function openHall(): Promise<Opened> {
  const world = await openWorld();
  for (const role of ROLES) await world.grant(role, KEC, role);
  const { store, sequencer: core } = world;
  const definition = () => world.model;
  const standings = new Standings(store, definition);
  await standings.load(LOG);
  const hall = await Hall.open({ store, definition, region: KEC });
  return { world, hall, acts: new Acts({ store, core, standings, hall }) };
}

/** One attempt: what is said, by whom. `previous`: whether a reading names the one that stands. */
interface Attempt {
  readonly what:
    | "reading"
    | "pause"
    | "unpause"
    | "open"
    | "take-up"
    | "halt"
    | "resume"
    | "objection"
    | "grant"
    | "revoke";
  readonly station: StationCode;
  readonly outcome: (typeof OUTCOMES)[number];
  readonly votes: readonly [number, number, number];
  readonly previous: boolean;
  readonly by: readonly string[];
}

const attempts: fc.Arbitrary<Attempt> = fc.record({
  what: fc.constantFrom(
    "reading",
    "reading",
    "reading",
    "pause",
    "unpause",
    "open",
    "take-up",
    "halt",
    "resume",
    "objection",
    "grant",
    "revoke",
  ),
  station: fc.constantFrom(...STATIONS),
  outcome: fc.constantFrom(...OUTCOMES),
  votes: fc.tuple(fc.nat(200), fc.nat(200), fc.nat(200)),
  previous: fc.boolean(),
  by: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 2 }),
});

/** The note of an attempt. */
async function noteOf({ world, hall }: Opened, made: Attempt, time: number): Promise<Uint8Array> {
  const election = world.sequencer.standings.genesis?.electionTag ?? "";
  const say = <T extends HallType>(type: T, body: Said<T>) =>
    signAct({ election, signers: made.by.map((word) => keyOf(word).signer), time, type, body });
  const minutes = (act: MinutesAct) => say("minutes", { act });
  switch (made.what) {
    case "reading": {
      const standing = await hall.station("ppwp", made.station);
      const { contest, district, figures, parties } = exampleSheet(world.model);
      const previous: Hash | null = made.previous ? (standing?.reading?.id ?? null) : null;
      const decided = { evidence: null, fields: [], incident: null, initialled: [], refused: [], reason: null };
      const { outcome, station, votes } = made;
      const form = { contest, district, figures, parties, station, votes };
      return say("reading", { ...form, ...decided, sheet: null, previous, outcome, ...recountIn(outcome) });
    }
    case "pause":
    case "unpause":
      return say(made.what, { panel: null });
    case "open":
      return minutes({ what: "open" });
    case "take-up":
      return minutes({ what: "take-up", contest: "ppwp", station: made.station });
    case "halt":
      return say("halt", { order: "1/UJI/2029", regions: [KEC] });
    case "resume":
      return say("resume", { order: "2/UJI/2029", regions: [KEC], at: null });
    case "objection": {
      const about = { contest: "ppwp", station: made.station, participant: null, papers: null, ref: null } as const;
      return say("objection", { ...about, kind: "objection", status: "filed" });
    }
    case "grant": {
      const grant = { key: "ab".repeat(32), person: "cd".repeat(8), role: "observer", region: KEC } as const;
      return say("grant", { list: [grant] });
    }
    case "revoke":
      return say("revoke", { keys: [keyOf("observer").short], undo: false });
  }
}

async function attempt(opened: Opened, made: Attempt, time: number): Promise<Stated> {
  const present = made.by.map((word) => keyOf(word).short);
  return opened.acts.state(await noteOf(opened, made, time), present);
}

test("nothing that the desk has let through is void", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(attempts, { maxLength: 25 }), async (made) => {
      const opened = await openHall();
      for (const [i, one] of made.entries()) {
        const before = (await opened.world.store.head(LOG))?.size;
        const stated = await attempt(opened, one, 1_865_000_000_000 + i);
        const after = (await opened.world.store.head(LOG))?.size;
        if (stated.kind !== "accepted") {
          assert.ok(stated.kind !== "later" && after === before, JSON.stringify(stated));
          continue;
        }
        assert.equal(opened.hall.sources().tally.refusalOf(LOG, stated.accepted.index), null, one.what);
      }
    }),
    { numRuns: 40 },
  );
});

test("what the desk refuses for a reason of the fold's, the fold would have refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(attempts, { maxLength: 12 }), attempts, async (before, last) => {
      const opened = await openHall();
      for (const [i, one] of before.entries()) await attempt(opened, one, 1_865_000_000_000 + i);
      const note = await noteOf(opened, last, 1_865_000_000_999);
      const stated = await opened.acts.state(
        note,
        last.by.map((word) => keyOf(word).short),
      );
      if (stated.kind !== "refused") return;
      // The same note, let in beside the desk.
      const result = await opened.world.sequencer.append(LOG, note);
      assert.ok(result.kind === "appended");
      await opened.hall.follow();
      assert.equal(opened.hall.sources().tally.refusalOf(LOG, result.index), stated.reason, last.what);
    }),
    { numRuns: 60 },
  );
});
