/**
 * Bali with its 57 kecamatan, on the machines of the simulation's kind: a centre and a laptop in every hall, all in memory. Votes and
 * people are invented and follow from a seed.
 */
import { publicKeyOf } from "#ed25519";
import { Sequencer } from "../src/core/sequence.ts";
import { demoElection, ORIGIN } from "../src/demo/election.ts";
import { DemoKeys, SEATS } from "../src/demo/keys.ts";
import { recountedPaper } from "../src/demo/mistakes.ts";
import { contestsOf, districtOf, kecamatanIn, stationsOf } from "../src/demo/places.ts";
import { Chance } from "../src/demo/random.ts";
import { formOf, reportedOf } from "../src/demo/sheets.ts";
import {
  type ContestKind,
  NATION,
  plenoLog,
  type RegionCode,
  type StationCode,
  tpsLog,
} from "../src/election/codes.ts";
import { definitionObjects } from "../src/election/definition-tree.ts";
import type { Model } from "../src/election/model.ts";
import { readDefinition } from "../src/election/read-definition.ts";
import type { Grant } from "../src/election/statements.ts";
import { toHex, utf8 } from "../src/ledger/bytes.ts";
import { sha256 } from "../src/ledger/hash.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../src/ledger/note.ts";
import { keyName, parseStatement, signStatement } from "../src/ledger/statement.ts";
import { regionNames } from "../src/store/geography.ts";
import { MemoryMedium, openMemoryStore } from "../src/store/memory.ts";
import type { LogName, Store } from "../src/store/store.ts";
import { Answerer } from "../src/sync/answerer.ts";
import { Leader } from "../src/sync/leader.ts";
import { decodeMessages, encodeMessages } from "../src/sync/messages.ts";
import { Replica } from "../src/sync/replica.ts";
import { homeOf } from "../src/sync/sequencer-home.ts";
import type { Genesis } from "../src/tally/authority.ts";
import { scopeOf } from "../src/tally/scope.ts";
import { copyDisk } from "./disk.ts";

const MOST_IN_GRANT = 350;
const START = 1_865_000_000_000;

interface Place {
  readonly store: Store;
  readonly sequencer: Sequencer;
  readonly replica: Replica;
}

export interface Hall extends Place {
  readonly region: RegionCode;
  readonly log: LogName;
  /** Stations still to be read, contest by contest. */
  readonly toRead: { readonly station: StationCode; readonly kind: ContestKind }[];
}

/** Statements that were sent in conversations, and how many of them were new where they came. */
export interface Traffic {
  sent: number;
  taken: number;
}

/** An election on its machines. */
export class Bali {
  readonly seed: string;
  readonly model: Model;
  readonly keys: DemoKeys;
  readonly medium = new MemoryMedium();
  readonly halls: Hall[] = [];
  readonly traffic: Traffic = { sent: 0, taken: 0 };
  readonly #root: Signer;
  #centre: Place | null = null;
  #genesis: Genesis | null = null;
  #now = START;

  /** Founds the election: genesis, definition, and everyone's grants down to the phones. */
  static async found(seed: string, stations: number): Promise<Bali> {
    const file = demoElection(regionNames(), { seed, stations });
    const { root, objects } = definitionObjects(file);
    const bali = new Bali(
      seed,
      readDefinition(root, (hash) => objects.get(hash)),
    );
    await bali.#found();
    return bali;
  }

  private constructor(seed: string, model: Model) {
    this.seed = seed;
    this.model = model;
    this.keys = new DemoKeys(seed);
    this.#root = named("root");
  }

  get centre(): Place {
    if (this.#centre === null) throw new RangeError("the election was not founded");
    return this.#centre;
  }

  readonly #clock = () => ++this.#now;

  async #found(): Promise<void> {
    const store = openMemoryStore(this.medium);
    const centre = named("centre");
    const sequencer = await Sequencer.open({
      store,
      definition: () => this.model,
      centre,
      logKey: () => null,
      clock: this.#clock,
    });
    const key = ({ publicKey }: Signer) => toHex(publicKey);
    const body = {
      name: ORIGIN,
      root: key(this.#root),
      editions: key(named("editions")),
      centre: key(centre),
      fold: 1,
      rules: 1,
    };
    await sequencer.write("pleno/0", "genesis", body, [this.#root]);
    await sequencer.write("pleno/0", "definition", { decree: "1/SIMULASI", note: "first", root: this.model.root }, [
      this.#root,
    ]);
    const seats = (code: RegionCode) => SEATS.map((seat) => this.keys.seatGrant(code, seat));
    const grant = async (code: RegionCode, list: readonly Grant[]) => {
      const by = code === NATION ? this.#root : this.keys.official(code, "chair");
      for (let from = 0; from < list.length; from += MOST_IN_GRANT) {
        const part = list.slice(from, from + MOST_IN_GRANT).map((one) => ({ ...one }));
        await sequencer.write(plenoLog(code), "grant", { list: part }, [by]);
      }
    };
    for (const { code, level, children } of this.model.regions) {
      if (level === "kecamatan") {
        const phones = stationsOf(this.model, code).map((station) => this.keys.phoneGrant(station, "first"));
        await grant(code, phones);
      } else if (level !== "desa") {
        await grant(
          code,
          children.flatMap((child) => seats(child.code)),
        );
      }
    }
    const { genesis } = sequencer.standings;
    if (genesis === null) throw new RangeError("the genesis was not appended");
    this.#genesis = genesis;
    const home = homeOf({ sequencer, store, genesis, firstVkey, isCentre: true, checkpointKey: centreKey });
    this.#centre = { store, sequencer, replica: await Replica.open(home, openMemoryStore()) };
  }

  /** Hands every hall's log to a laptop that has what the centre has. */
  async handOver(): Promise<void> {
    for (const region of kecamatanIn(this.model)) {
      const log = plenoLog(region);
      const key = laptopKey(region);
      const head = await this.centre.store.head(log);
      const body = {
        log,
        size: head?.size ?? 0,
        root: toHex(head?.root() ?? new Uint8Array(32)),
        vkey: vkeyOf(key.name, key.publicKey),
        epoch: 1,
      };
      const parent = region.slice(0, 4) as RegionCode;
      await this.order(parent, "custody", body);
    }
    for (const region of kecamatanIn(this.model)) this.halls.push(await this.#openHall(region));
  }

  async #openHall(region: RegionCode): Promise<Hall> {
    const log = plenoLog(region);
    const scope = scopeOf(region);
    const store = openMemoryStore(copyDisk(this.medium, scope));
    const writing = { ...laptopKey(region), name: keyName(ORIGIN, laptopKey(region).publicKey) };
    const only = (signer: Signer) => (asked: LogName) => (asked === log ? signer : null);
    const sequencer = await Sequencer.open({
      store,
      definition: () => this.model,
      centre: writing,
      logKey: only(writing),
      scope,
      clock: this.#clock,
    });
    const genesis = this.#genesis;
    if (genesis === null) throw new RangeError("the election was not founded");
    const checkpointKey = only(laptopKey(region));
    const home = homeOf({ sequencer, store, genesis, scope, firstVkey, isCentre: false, checkpointKey });
    const replica = await Replica.open(home, openMemoryStore());
    const toRead = contestsOf(this.model).flatMap((kind) =>
      stationsOf(this.model, region).map((station) => ({ station, kind })),
    );
    return { region, log, store, sequencer, replica, toRead };
  }

  /** The chair of a plenary at the centre states something. */
  async order(
    region: RegionCode,
    type: "custody" | "halt" | "resume",
    body: Record<string, string | number | null | string[]>,
  ): Promise<void> {
    await this.centre.sequencer.write(plenoLog(region), type, body, [this.keys.official(region, "chair")]);
  }

  /** All sheets as they were written, at the centre. */
  async sheets(): Promise<void> {
    const election = this.#genesis?.electionTag ?? "";
    for (const region of kecamatanIn(this.model)) {
      const notes = stationsOf(this.model, region).flatMap((station) =>
        contestsOf(this.model).map((kind) => this.#sheet(election, station, kind)),
      );
      for (const note of notes) await this.centre.sequencer.append(tpsLog(region), note);
    }
  }

  #sheet(election: string, station: StationCode, kind: ContestKind): Uint8Array {
    const { district, paper } = reportedOf(this.model, this.seed, station, kind);
    const body = { ...formOf(station, district, paper), election, papers: null, previous: null, time: START };
    return signStatement("teguh/sheet/v1", body, [this.keys.phone(station, "first")]);
  }

  /** A hall reads so many stations; of some the votes are counted again at once. */
  async read({ region, sequencer, log, toRead }: Hall, most: number): Promise<void> {
    const operator = this.keys.official(region, "operator");
    const chair = this.keys.official(region, "chair");
    for (const { station, kind } of toRead.splice(0, most)) {
      const district = districtOf(this.model, station, kind);
      const { truth } = reportedOf(this.model, this.seed, station, kind);
      const decided = {
        evidence: null,
        fields: [],
        incident: null,
        initialled: [],
        refused: [],
        sheet: null,
        time: START,
      };
      const body = { ...formOf(station, district, truth), ...decided };
      const election = this.#genesis?.electionTag ?? "";
      const first = signStatement(
        "teguh/reading/v1",
        { ...body, election, outcome: "same", previous: null, reason: null },
        [operator],
      );
      await sequencer.append(log, first);
      if (!new Chance(this.seed, `recount ${station} ${kind}`).happens(0.02)) continue;
      const recounted = {
        ...formOf(station, district, recountedPaper(this.seed, station, district, truth)),
        ...decided,
      };
      const previous = toHex(parseStatement(first).id);
      const recount = { asked: [], counted: [this.keys.officialPerson(region, "operator")], supervisor: true };
      const again = { ...recounted, election, outcome: "recount", previous, reason: "recount", recount };
      await sequencer.append(log, signStatement("teguh/reading/v1", again, [operator, chair]));
    }
  }

  /** Whether the hall knows that it is halted. */
  async isHalted({ region, store }: Hall): Promise<boolean> {
    const halts = await ordersSeen(store, plenoLog(region.slice(0, 2) as RegionCode));
    return halts.at(-1) === "halt";
  }

  /** A whole conversation of a hall with the centre. */
  async converse({ replica, region }: Hall): Promise<void> {
    const leader = new Leader({ replica, region });
    const answerer = new Answerer({ replica: this.centre.replica });
    const before = this.medium.arrivals.length;
    for (;;) {
      const said = await leader.next();
      if (said.length === 0) break;
      for (const message of said) if (message.kind === "chunk") this.traffic.sent += message.entries.length;
      await leader.hear(decodeMessages(encodeMessages(await answerer.answer(decodeMessages(encodeMessages(said))))));
    }
    this.traffic.taken += this.medium.arrivals.length - before;
  }
}

/** The halts and resumptions in a log, in order. */
async function ordersSeen(store: Store, log: LogName): Promise<string[]> {
  const entries = await store.read(log, 0, 10_000);
  return entries
    .map((entry) => parseStatement(entry).type.split("/")[1] ?? "")
    .filter((type) => type === "halt" || type === "resume");
}

const seedOf = (word: string) => sha256(utf8(`bali ${word}`));

function named(word: string): Signer {
  return ed25519Signer(keyName(ORIGIN, publicKeyOf(seedOf(word))), seedOf(word));
}

const known = new Map<string, Signer>();
function underOrigin(word: string, log: LogName): Signer {
  const key = known.get(word) ?? ed25519Signer(`${ORIGIN}/log/${log}`, seedOf(word));
  known.set(word, key);
  return key;
}

const centreKey = (log: LogName) => underOrigin(`log ${log}`, log);
const laptopKey = (region: RegionCode) => underOrigin(`laptop ${region}`, plenoLog(region));
export const firstVkey = (log: LogName): string => vkeyOf(centreKey(log).name, centreKey(log).publicKey);
