/**
 * A visitor in the demonstration: takes the plenary that is left, holds all of it over the desk's addresses, and the simulated
 * plenaries beside and above go on and come to their end with what the visitor certified.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { main } from "../cli/teguh.ts";
import type { RegionCode } from "../election/codes.ts";
import { fromHex, fromUtf8 } from "../ledger/bytes.ts";
import type { Signer } from "../ledger/note.ts";
import type { WelcomeView } from "../recap/wire/people.ts";
import type { TriedRole } from "../recap/wire/routes.ts";
import { type HallType, type Said, signAct, signerOf } from "../recap/wire/sign.ts";
import type { BelowView, HallView } from "../recap/wire/views.ts";
import { Device } from "../server/testing/desk.ts";
import { readFileOrNull } from "../store/files.ts";
import { contestsOf, stationsOf } from "./places.ts";
import { runDemo } from "./run.ts";
import { modelIn } from "./settings.ts";
import { formOf, reportedOf } from "./sheets.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-visit-"));
const data = join(folder, "data");
after(() => rmSync(folder, { recursive: true }));

const SEED = "1";
const STATIONS = 60;
/** All is over in half a minute; the visitor comes in the first seconds. */
const SPEED = 2_000;
/** Kills what hangs; no judgement on speed. */
const HUNG = 240_000;
const LOOK_AGAIN = 50;

async function until<T>(what: string, found: () => Promise<T | null> | T | null): Promise<T> {
  for (const began = performance.now(); performance.now() - began < HUNG; await pause(LOOK_AGAIN)) {
    const value = await found();
    if (value !== null) return value;
  }
  throw new Error(`waited in vain: ${what}`);
}

interface Published {
  readonly status: string;
  readonly recap: { readonly read: number };
}

function published(region: string): Published | null {
  const bytes = readFileOrNull(join(data, "public", "now", "ppwp", `${region}.json`));
  return bytes === null ? null : (JSON.parse(fromUtf8(bytes)) as Published);
}

test("a visitor holds a plenary by hand, and the election goes on to its end", { timeout: HUNG }, async () => {
  const stopping = new AbortController();
  const addresses = new Map<string, string>();
  const ended = runDemo({
    data,
    seed: SEED,
    stations: STATIONS,
    speed: SPEED,
    publicPort: 0,
    intakePort: 0,
    deskPort: 0,
    photosPort: 0,
    onReady: (role, address) => addresses.set(role, address),
    log: () => undefined,
    signal: stopping.signal,
  });
  try {
    const address = await until("desk and door", () =>
      addresses.has("intake") ? (addresses.get("desk") ?? null) : null,
    );
    const device = new Device(Number(new URL(address).port));
    const { body: welcome } = await device.ask<WelcomeView>("GET", "/api/welcome");
    const open = welcome.halls.filter(({ tryRoles }) => tryRoles.includes("chair"));
    assert.deepEqual(
      open.map(({ level }) => level),
      ["nation", "provinsi", "kabupaten", "kecamatan"],
    );
    const region = open.at(-1)?.code ?? ("0" as RegionCode);
    const hall = `/api/halls/${region}`;
    const people: Signer[] = [];
    for (const role of ["chair", "member", "member"] as const) {
      const { body } = await device.ask<TriedRole>("POST", "/api/try", { region, role });
      people.push(signerOf(welcome.origin, fromHex(body.seed)));
    }
    const [chair, member, second] = people;
    assert.ok(chair && member && second && second.name !== member.name, "the second member is another person");
    const election = (await device.ask<HallView>("GET", hall)).body.election.tag;
    let time = Date.now();
    const say = async <T extends HallType>(type: T, body: Said<T>, ...signers: Signer[]) => {
      const note = signAct({ election, signers, time: time++, type, body });
      const answer = await device.ask("POST", `${hall}/statements`, note);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    };

    await say("minutes", { act: { what: "open" } }, chair);
    const model = modelIn(data);
    for (const station of stationsOf(model, region)) {
      for (const contest of contestsOf(model)) {
        const { district, truth } = reportedOf(model, SEED, station, contest);
        const nothing = { evidence: null, fields: [], incident: null, initialled: [], refused: [], previous: null };
        const recount = { asked: [], counted: ["00112233445566778899aabbccddeeff"], supervisor: true };
        const decided = { ...nothing, outcome: "recount", reason: "recount", recount, sheet: null } as const;
        await say("reading", { ...formOf(station, district, truth), ...decided }, second);
      }
    }
    const view = (await device.ask<HallView>("GET", hall)).body;
    assert.equal(view.phase.phase, "read");
    for (const { contest, district } of view.results) {
      const { total, children } = (await device.ask<BelowView>("GET", `${hall}/below/${contest}/${district.code}`))
        .body;
      const count = (of: "read" | "expected") => children.reduce((sum, child) => sum + child[of], 0);
      const sums = { figures: [...total.figures], votes: [...total.votes] };
      const body = { contest, district: district.code, region, papers: null, ...sums };
      await say("certificate", { ...body, read: count("read"), stations: count("expected") }, chair, member);
    }
    await until("the nation's certificate", () => (published("0")?.status === "certified" ? true : null));
    assert.equal(published("0")?.recap.read, STATIONS);
  } finally {
    stopping.abort();
    await ended;
  }
  let out = "";
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: () => undefined,
  };
  assert.equal(await main(["verify", data], io), 0, out);
});
