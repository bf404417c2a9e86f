/**
 * Every right by every role: whoever holds a role in a hall, beside it, above it or below it, and whoever holds none, states every
 * act that a hall may state, with nothing else against it. The desk's address, the hall behind it and the fold say the same of
 * each, and all three say what is written here; a role or an act that is new and not written here fails the test.
 *
 * Nothing that is tried is written down, so that every case finds the hall in the same state.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AppendResult } from "../core/submission.ts";
import { keyOf, STATION, type World } from "../core/testing.ts";
import { districtCode, type RegionCode, type StationCode } from "../election/codes.ts";
import { ACT_NAMES } from "../election/minutes.ts";
import { ROLES, type Role } from "../election/statements.ts";
import { toHex } from "../ledger/bytes.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import { parseStatement } from "../ledger/statement.ts";
import { HALL_TYPES, type HallType, type Said } from "../recap/wire/sign.ts";
import type { BelowView } from "../recap/wire/views.ts";
import type { LogName } from "../store/store.ts";
import { Tally } from "../tally/fold.ts";
import { ACTS_OF_PLENARY, POWERS } from "../tally/powers.ts";
import { type Fixture, readingOf, withDesk } from "./testing/desk.ts";
import { BELOW, DPRDK, ELSEWHERE, HALL, HALL_ACTS, type HallAct, type Standing, TRIED } from "./testing/every-act.ts";

const FOR_OFFICERS: readonly HallAct[] = [
  ...(["attendance", "mandate", "box", "agenda", "take-up", "postpone", "evidence"] as const),
  ...(["reading", "correction", "objection", "inspection", "certificate", "signature", "scan"] as const),
  ...(["paper-order", "halt", "resume"] as const),
];
/** What each role may state in its hall and in the halls within; of an act of two persons, what it may be one of them for. */
const RIGHTS: Readonly<Record<Role | "nobody", readonly HallAct[]>> = {
  chair: [
    ...FOR_OFFICERS,
    ...([
      "schedule",
      "open",
      "pause",
      "unpause",
      "advice-answer",
      "reopen",
      "order",
      "grant",
      "revoke",
      "custody",
    ] as const),
  ],
  member: FOR_OFFICERS,
  operator: FOR_OFFICERS,
  supervisor: ["objection", "advice"],
  observer: [],
  projector: [],
  station: [],
  archive: [],
  nobody: [],
};

/** Where a role is held, as seen from the hall in which everything is stated, and whether it counts there. */
const PLACES = {
  "in the hall": { region: "7101", counts: true },
  "in the hall beside": { region: "7102", counts: false },
  "on the level above": { region: "71", counts: true },
  "on the level below": { region: "710101", counts: false },
} as const satisfies Readonly<Record<string, { readonly region: string; readonly counts: boolean }>>;

const LOG: LogName = `pleno/${HALL}`;
const CHAIR = `chair ${HALL}`;
const MEMBER = `member ${HALL}`;

/** Those who sit in a hall at all; a station's key and an archive's open no session. */
const SITS: readonly (Role | "nobody")[] = ["chair", "member", "operator", "supervisor", "observer", "projector"];

/** Somebody who states: by the word of their key. */
interface Subject {
  readonly word: string;
  readonly says: string;
  readonly role: Role | "nobody";
  readonly region: RegionCode;
  readonly counts: boolean;
}

const SUBJECTS: readonly Subject[] = [
  ...Object.entries(PLACES).flatMap(([where, { region, counts }]) =>
    ROLES.map((role): Subject => {
      return { word: `${role} ${region}`, says: `${role} ${where}`, role, region: region as RegionCode, counts };
    }),
  ),
  { word: "a stranger", says: "nobody", role: "nobody", region: HALL, counts: true },
];

/** Grants every role at every place, reads and hands up the results of the level below, and finishes one of them here. */
async function prepare({ world, device }: Fixture): Promise<Standing> {
  await world.grant("chair 7102", "7102", "chair");
  for (const { word, role, region } of SUBJECTS) {
    if (role !== "nobody" && role !== "chair") await world.grant(word, region, role);
  }
  const write = async (log: string, type: HallType, body: object, ...words: string[]): Promise<Hash> => {
    const signers = words.map((word) => keyOf(word).signer);
    const result = await world.sequencer.write(log as LogName, type, { ...body }, signers);
    assert.ok(result.kind === "appended");
    return asHash(toHex(result.id));
  };
  let reading: Said<"reading"> | null = null;
  for (const station of stationsOf(world)) {
    const body = readingOf(world, { station });
    const id = await write(`pleno/${BELOW}`, "reading", body, `member ${BELOW}`);
    if (station === STATION) reading = { ...body, previous: id };
  }
  assert.ok(reading);
  const none = { figures: new Array<null>(25).fill(null), papers: null, read: 0, stations: 0 };
  const result = { ...none, contest: "ppwp", district: districtCode("0"), votes: [null, null, null] } as const;
  const other = { ...none, contest: "dprdk", district: DPRDK, votes: [] } as const;
  for (const each of [result, other]) {
    await write(`pleno/${BELOW}`, "certificate", { ...each, region: BELOW }, `chair ${BELOW}`, `member ${BELOW}`);
  }
  await world.sequencer.see(LOG, `pleno/${BELOW}` as LogName);
  const finished = await write(LOG, "certificate", { ...other, region: HALL }, CHAIR, MEMBER);
  const noted = { what: "advice", contest: null, kind: "other", objection: null, papers: null, station: null };
  const advice = await write(LOG, "minutes", { act: noted }, `supervisor ${HALL}`);
  const change = { votes: [99, 61, 40], fields: ["votes.0", "votes.1"], reason: "wrong-row", outcome: "corrected" };
  const corrected = await write(LOG, "reading", { ...reading, ...change }, CHAIR, MEMBER);
  const chair = device();
  await chair.signIn(CHAIR, HALL);
  const below = (await chair.ask<BelowView>("GET", `/api/halls/${HALL}/below/ppwp/0`)).body;
  const sum = (of: "expected" | "read") => below.children.reduce((total, child) => total + child[of], 0);
  const totals = { figures: [...below.total.figures], votes: [...below.total.votes] };
  const counts = { read: sum("read"), stations: sum("expected") };
  return {
    reading: { ...reading, previous: corrected },
    certificate: { contest: "ppwp", district: districtCode("0"), region: HALL, papers: null, ...totals, ...counts },
    finished,
    advice,
    below: await headOf(world, `pleno/${BELOW}`),
  };
}

async function headOf({ store }: World, log: LogName): Promise<Standing["below"]> {
  const head = await store.head(log);
  assert.ok(head);
  return { size: head.size, root: asHash(toHex(head.root())) };
}

function stationsOf({ model }: World): StationCode[] {
  const { stationFrom = 0, stationTo = 0 } = model.region(BELOW) ?? {};
  return Array.from({ length: stationTo - stationFrom }, (_, i) => model.stationAt(stationFrom + i));
}

/** What the fold says of a note that comes after all that stands in the logs; null if it stands. */
async function foldOf({ store, model }: World): Promise<(note: Uint8Array) => string | null> {
  const entries: { log: LogName; bytes: Uint8Array }[] = [];
  for (const [log, { size }] of await store.heads()) {
    for (const bytes of await store.read(log, 0, size)) entries.push({ log, bytes });
  }
  return (note) => {
    const tally = new Tally({ definition: () => model });
    tally.addAll(entries);
    assert.deepEqual(tally.voids(), []);
    const index = tally.size(LOG);
    tally.add(LOG, note);
    assert.equal(tally.size(LOG), index + 1, "it waits for nothing");
    return tally.refusalOf(LOG, index);
  };
}

/** A rightful partner for an act of two persons. */
const partnerOf = ({ word }: Subject) => (word === CHAIR ? MEMBER : CHAIR);

test("no role and no act is forgotten, and the rights written here are those of the table of powers", () => {
  assert.deepEqual(Object.keys(RIGHTS).sort(), [...ROLES, "nobody"].sort());
  assert.deepEqual([...HALL_ACTS, ...ELSEWHERE].sort(), [...ACTS_OF_PLENARY].sort());
  const stated = [...HALL_TYPES.filter((type) => type !== "minutes"), ...ACT_NAMES, "correction"];
  assert.deepEqual([...HALL_ACTS].sort(), stated.sort());
  for (const role of ROLES) {
    const inTable = HALL_ACTS.filter((act) => POWERS[act].roles.includes(role));
    assert.deepEqual([...RIGHTS[role]].sort(), inTable.sort(), role);
  }
});

/** Runs with a hall as {@link prepare} leaves it; what is then tried reaches the log's writer, and is not written. */
async function withTrials(
  run: (fixture: Fixture, standing: Standing, fold: (note: Uint8Array) => string | null) => Promise<void>,
): Promise<void> {
  let isTrial = false;
  const dry = ({ sequencer }: World) => ({
    core: {
      append: async (log: LogName, bytes: Uint8Array): Promise<AppendResult> => {
        assert.ok(isTrial);
        return { kind: "appended", id: parseStatement(bytes).id, log, index: 0 };
      },
      see: async (log: LogName, other: LogName): Promise<AppendResult> =>
        isTrial ? { kind: "moved" } : sequencer.see(log, other),
    },
  });
  await withDesk(async (fixture) => {
    const standing = await prepare(fixture);
    const fold = await foldOf(fixture.world);
    isTrial = true;
    await run(fixture, standing, fold);
  }, dry);
}

test("every role at every place states every act: the address, the hall and the fold say what is written here", async () => {
  await withTrials(async ({ world, desk, device, note }, standing, fold) => {
    const wrong: string[] = [];
    let cases = 0;
    for (const subject of SUBJECTS) {
      const { word, says, role, region, counts } = subject;
      // A minute for each, so that nobody is held off for signing in too often.
      world.time.now += 60_000;
      const own = device();
      const signedIn = await own.signIn(word, region);
      assert.equal(signedIn.status, SITS.includes(role) ? 200 : 403, `${says} signs in`);
      for (const act of HALL_ACTS) {
        const { type, body } = TRIED[act](standing);
        const signed = note(type, body, ...(POWERS[act].persons === 2 ? [word, partnerOf(subject)] : [word]));
        const may = counts && RIGHTS[role].includes(act);
        const answer = await own.ask("POST", `/api/halls/${HALL}/statements`, signed);
        // Asked past the door as well: what the session lets through, the hall must still judge.
        const session = { token: "", region: HALL, keys: [keyOf(word).short], isProjector: false, until: 0 };
        const stated = await desk.state(session, HALL, signed);
        const folded = fold(signed);
        const isAsWritten = may
          ? answer.status === 200 && stated.kind === "accepted" && folded === null
          : [401, 403, 409].includes(answer.status) &&
            ["refused", "not-allowed"].includes(stated.kind) &&
            folded === "no-authority";
        const heard = `address ${answer.status}, hall ${JSON.stringify(stated)}, fold ${folded}`;
        if (!isAsWritten) wrong.push(`${says} ${may ? "may" : "may not"} ${act}: ${heard}`);
        cases++;
      }
    }
    assert.deepEqual(wrong, []);
    assert.equal(cases, HALL_ACTS.length * (ROLES.length * Object.keys(PLACES).length + 1));
  });
});

test("nobody does alone what takes two, and two without a chair not what takes one", async () => {
  await withTrials(async ({ device, note }, standing, fold) => {
    const officers = [CHAIR, MEMBER, `operator ${HALL}`];
    const all = device();
    for (const word of officers) await all.signIn(word, HALL);
    const reasonOf = async (act: HallAct, ...words: string[]) => {
      const { type, body } = TRIED[act](standing);
      const signed = note(type, body, ...words);
      const { body: said } = await all.ask("POST", `/api/halls/${HALL}/statements`, signed);
      assert.equal(said.reason ?? null, fold(signed), `${act} by ${words}`);
      return said.reason ?? null;
    };
    for (const act of HALL_ACTS.filter((each) => POWERS[each].persons === 2)) {
      for (const word of officers) {
        const needsChair = POWERS[act].chair && word !== CHAIR;
        assert.equal(await reasonOf(act, word), needsChair ? "no-authority" : "one-person", `${act} by ${word}`);
      }
      const [, ...others] = officers;
      assert.equal(await reasonOf(act, ...others), POWERS[act].chair ? "no-authority" : null, act);
    }
  });
});

test("a screen of the hall states nothing, whoever has signed what it hands in", async () => {
  await withTrials(async ({ device, note }, standing) => {
    const chair = device();
    await chair.signIn(CHAIR, HALL);
    const { link } = (await chair.ask<{ link: string }>("POST", "/api/projector", {})).body;
    const screen = device();
    assert.equal((await screen.ask("POST", `/api/projector/${link}`, {})).status, 200);
    for (const act of HALL_ACTS) {
      const { type, body } = TRIED[act](standing);
      const signed = note(type, body, CHAIR, ...(POWERS[act].persons === 2 ? [MEMBER] : []));
      assert.equal((await screen.ask("POST", `/api/halls/${HALL}/statements`, signed)).status, 403, act);
    }
  });
});
