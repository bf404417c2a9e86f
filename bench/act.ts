/**
 * From an official's stating an act at the desk to its being in a published edition that a reader has verified: the whole
 * demonstration under way in its real processes (door, desk, publisher, public server, phones that send, committees that read),
 * and in the plenary that is left to a visitor readings, and acts about the room when all is read.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { contestsOf, stationsOf } from "../src/demo/places.ts";
import { runDemo } from "../src/demo/run.ts";
import { modelIn } from "../src/demo/settings.ts";
import { formOf, reportedOf } from "../src/demo/sheets.ts";
import type { RegionCode } from "../src/election/codes.ts";
import { fromHex } from "../src/ledger/bytes.ts";
import type { WelcomeView } from "../src/recap/wire/people.ts";
import type { Accepted, TriedRole } from "../src/recap/wire/routes.ts";
import { type HallType, type Said, signAct, signerOf } from "../src/recap/wire/sign.ts";
import type { HallView } from "../src/recap/wire/views.ts";
import { Device } from "../src/server/testing/desk.ts";
import { type Context, type Figure, p99 } from "./figure.ts";
import { PublishedReader } from "./published-reader.ts";

const MOST_SECONDS = 3;
const ACTS = 100;
/** Between two acts, in milliseconds: quicker than people who read aloud. */
const BETWEEN = { short: 50, whole: 200 };
const STATIONS = { short: 60, whole: 600 };
/** How often the reader looks, in milliseconds. */
const LOOK = 50;
/** Acts that are stated before any is measured, for code that is not compiled yet. */
const WARM = 10;
const SEED = "1";

type Signer = ReturnType<typeof signerOf>;

/** What is to be stated. */
type Act = { [T in HallType]: readonly [T, Said<T>] }[HallType];

export async function run({ short }: Context): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "teguh-act-"));
  const data = join(folder, "data");
  const stopping = new AbortController();
  const addresses = new Map<string, string>();
  const ready = Promise.withResolvers<void>();
  const ended = runDemo({
    data,
    seed: SEED,
    stations: short ? STATIONS.short : STATIONS.whole,
    speed: 60,
    publicPort: 0,
    intakePort: 0,
    deskPort: 0,
    photosPort: 0,
    onReady: (role, address) => {
      addresses.set(role, address);
      if (addresses.size === 3) ready.resolve();
    },
    log: () => undefined,
    signal: stopping.signal,
  });
  try {
    await Promise.race([
      ready.promise,
      ended.then(() => Promise.reject(new Error("the demonstration ended before it was ready"))),
    ]);
    const delays = await measure(data, addresses, short ? BETWEEN.short : BETWEEN.whole);
    return [
      {
        what: `act stated at the desk → in a published edition that a reader has verified, ${delays.length} acts, p99`,
        value: p99(delays),
        unit: "s",
        atMost: MOST_SECONDS,
      },
    ];
  } finally {
    stopping.abort();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(data: string, addresses: ReadonlyMap<string, string>, between: number): Promise<number[]> {
  const visitor = await Visitor.sit(addresses.get("desk") ?? "");
  const acts = actsIn(data, visitor);
  for (let i = 0; i < WARM; i++) await visitor.say(acts.next().value);
  const reader = new PublishedReader(addresses.get("public") ?? "");
  let next = performance.now();
  for (let said = 0; said < ACTS || reader.waits; ) {
    if (said < ACTS && performance.now() >= next) {
      const at = performance.now();
      const index = await visitor.say(acts.next().value);
      reader.await({ at, log: `pleno/${visitor.region}`, index });
      next = at + between;
      said++;
    }
    await reader.look();
    await sleep(Math.min(LOOK, between));
  }
  return reader.delays;
}

/** First every reading that is left to the visitor, then who is in the room, over and over. */
function* actsIn(data: string, { region, person }: Visitor): Generator<Act, never> {
  yield ["minutes", { act: { what: "open" } }];
  const model = modelIn(data);
  const nothing = { evidence: null, fields: [], incident: null, initialled: [], refused: [], previous: null };
  const recount = { asked: [], counted: [person], supervisor: true };
  const decided = { ...nothing, outcome: "recount", reason: "recount", recount, sheet: null } as const;
  for (const station of stationsOf(model, region)) {
    for (const contest of contestsOf(model)) {
      const { district, truth } = reportedOf(model, SEED, station, contest);
      yield ["reading", { ...formOf(station, district, truth), ...decided }];
    }
  }
  for (let observers = 0; ; observers++) {
    yield ["minutes", { act: { what: "attendance", panel: 0, observers, participants: [], supervisors: 1 } }];
  }
}

/** Somebody who tries the chair of the kecamatan that the demonstration leaves to visitors. */
class Visitor {
  readonly region: RegionCode;
  /** Who they are in the grants. */
  readonly person: string;
  readonly #device: Device;
  readonly #election: string;
  readonly #signer: Signer;
  #time = Date.now();

  private constructor(device: Device, { region, people }: TriedRole, election: string, signer: Signer) {
    const [person] = people;
    if (person === undefined) throw new Error("the desk let somebody in and names nobody");
    this.region = region;
    this.person = person.person;
    this.#device = device;
    this.#election = election;
    this.#signer = signer;
  }

  static async sit(address: string): Promise<Visitor> {
    const device = new Device(Number(new URL(address).port));
    const { body: welcome } = await device.ask<WelcomeView>("GET", "/api/welcome");
    const left = welcome.halls.find(({ level, tryRoles }) => level === "kecamatan" && tryRoles.includes("chair"));
    if (!left) throw new Error("the demonstration leaves no plenary to a visitor");
    const { body } = await device.ask<TriedRole>("POST", "/api/try", { region: left.code, role: "chair" });
    const { election } = (await device.ask<HallView>("GET", `/api/halls/${left.code}`)).body;
    return new Visitor(device, body, election.tag, signerOf(welcome.origin, fromHex(body.seed)));
  }

  /** States an act; its index in the plenary's log. */
  async say([type, body]: Act): Promise<number> {
    const note = signAct({ election: this.#election, signers: [this.#signer], time: this.#time++, type, body });
    const answer = await this.#device.ask<Accepted>("POST", `/api/halls/${this.region}/statements`, note);
    if (answer.status !== 200) throw new Error(`the desk took no ${type}: ${JSON.stringify(answer.body)}`);
    return answer.body.index;
  }
}
