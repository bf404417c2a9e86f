/**
 * Bali with its 57 kecamatan, on machines of the simulation's kind: a centre and a laptop in every hall, all in memory. Votes and
 * people are invented; with every key they follow from a seed.
 */
import { publicKeyOf } from "#ed25519";
import { Sequencer } from "../src/core/sequence.ts";
import { ORIGIN } from "../src/demo/election.ts";
import { type DemoKeys, SEATS } from "../src/demo/keys.ts";
import { hasSecondPhone, recountedPaper } from "../src/demo/mistakes.ts";
import { contestsOf, kecamatanIn, stationsOf } from "../src/demo/places.ts";
import { Chance } from "../src/demo/random.ts";
import { formOf, sheetNote } from "../src/demo/sheets.ts";
import {
  type ContestKind,
  NATION,
  plenoLog,
  type RegionCode,
  type StationCode,
  tpsLog,
} from "../src/election/codes.ts";
import type { Model } from "../src/election/model.ts";
import type { Grant, StatementType } from "../src/election/statements.ts";
import { Receipts } from "../src/intake/receipt.ts";
import { toHex, utf8 } from "../src/ledger/bytes.ts";
import type { JsonObject } from "../src/ledger/canonical.ts";
import { asHash, type Hash, sha256 } from "../src/ledger/hash.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../src/ledger/note.ts";
import { keyName, parseStatement, signStatement } from "../src/ledger/statement.ts";
import { logSeed } from "../src/store/keys.ts";
import { MemoryMedium, openMemoryStore } from "../src/store/memory.ts";
import type { LogName, Store } from "../src/store/store.ts";
import { Answerer } from "../src/sync/answerer.ts";
import { Leader } from "../src/sync/leader.ts";
import { decodeMessages, encodeMessages, type SheetAnswer } from "../src/sync/messages.ts";
import { Relay } from "../src/sync/relay.ts";
import { Replica } from "../src/sync/replica.ts";
import { homeOf } from "../src/sync/sequencer-home.ts";
import type { Genesis } from "../src/tally/authority.ts";
import { scopeOf } from "../src/tally/scope.ts";
import { copyDisk } from "./disk.ts";
import type { Invented } from "./invented.ts";
import { takeSheet } from "./take-sheet.ts";

const MOST_IN_GRANT = 350;
/** Of so many readings one is counted again at once: what it changes is a fall in somebody's votes. */
const RECOUNTED = 0.02;

interface Place {
  readonly store: Store;
  readonly sequencer: Sequencer;
  readonly replica: Replica;
}

interface Centre extends Place {
  readonly answerer: Answerer;
}

export interface Hall extends Place {
  readonly region: RegionCode;
  readonly log: LogName;
  readonly relay: Relay;
  /** Stations still to be read, contest by contest. */
  readonly toRead: { readonly station: StationCode; readonly kind: ContestKind }[];
}

/** Statements of the halls' logs that were sent to the centre, and how many of them were new there. */
export interface Traffic {
  sent: number;
  taken: number;
}

/** An election on its machines. */
export class Bali {
  readonly medium = new MemoryMedium();
  readonly halls: Hall[] = [];
  readonly traffic: Traffic = { sent: 0, taken: 0 };
  /** What everybody's clock says, in milliseconds since 1970. */
  now: number;
  readonly invented: Invented;
  readonly #root: Signer;
  #centre: Centre | null = null;
  #genesis: Genesis | null = null;

  /**
   * Founds the election at a time: genesis, definition, and everyone's grants down to the phones; then hands every hall's log to a
   * laptop that has what the centre has.
   */
  static async found(invented: Invented, now: number): Promise<Bali> {
    const bali = new Bali(invented, now);
    await bali.#found();
    await bali.#grantAll();
    await bali.#handOver();
    return bali;
  }

  private constructor(invented: Invented, now: number) {
    this.invented = invented;
    this.now = now;
    this.#root = named("root");
  }

  get seed(): string {
    return this.invented.seed;
  }

  get model(): Model {
    return this.invented.model;
  }

  get keys(): DemoKeys {
    return this.invented.keys;
  }

  get centre(): Centre {
    if (this.#centre === null) throw new RangeError("the election was not founded");
    return this.#centre;
  }

  get #election(): Genesis {
    if (this.#genesis === null) throw new RangeError("the election was not founded");
    return this.#genesis;
  }

  readonly #clock = () => this.now;

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
    const { genesis } = sequencer.standings;
    if (genesis === null) throw new RangeError("the genesis was not appended");
    this.#genesis = genesis;
    const home = homeOf({ sequencer, store, genesis, firstVkey, isCentre: true, checkpointKey: centreKey });
    const replica = await Replica.open(home, openMemoryStore());
    const { electionTag } = genesis;
    const receipts = new Receipts({ election: ORIGIN, electionTag, seedOf: seedOfLog, clock: this.#clock });
    const sheets = (notes: readonly Uint8Array[]) =>
      Promise.all(notes.map((note) => takeSheet(sequencer, receipts, note)));
    this.#centre = { store, sequencer, replica, answerer: new Answerer({ replica, sheets }) };
  }

  async #grantAll(): Promise<void> {
    const seats = (code: RegionCode) => SEATS.map((seat) => this.keys.seatGrant(code, seat));
    for (const { code, level, children } of this.model.regions) {
      if (level === "kecamatan") {
        const phones = stationsOf(this.model, code).flatMap((station) => this.#phonesOf(station));
        await this.#grant(code, phones);
      } else if (level !== "desa") {
        await this.#grant(
          code,
          children.flatMap((child) => seats(child.code)),
        );
      }
    }
  }

  #phonesOf(station: StationCode): Grant[] {
    const first = this.keys.phoneGrant(station, "first");
    return hasSecondPhone(this.seed, station) ? [first, this.keys.phoneGrant(station, "second")] : [first];
  }

  async #grant(code: RegionCode, list: readonly Grant[]): Promise<void> {
    const by = code === NATION ? this.#root : this.keys.official(code, "chair");
    for (let from = 0; from < list.length; from += MOST_IN_GRANT) {
      const part = list.slice(from, from + MOST_IN_GRANT).map((one) => ({ ...one }));
      await this.centre.sequencer.write(plenoLog(code), "grant", { list: part }, [by]);
    }
  }

  async #handOver(): Promise<void> {
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
      await this.state(region.slice(0, 4) as RegionCode, "custody", body);
    }
    for (const region of kecamatanIn(this.model)) this.halls.push(await this.#openHall(region));
  }

  async #openHall(region: RegionCode): Promise<Hall> {
    const log = plenoLog(region);
    const scope = scopeOf(region);
    const store = openMemoryStore(copyDisk(this.medium, scope));
    const key = laptopKey(region);
    const writing = { ...key, name: keyName(ORIGIN, key.publicKey) };
    const only = (signer: Signer) => (asked: LogName) => (asked === log ? signer : null);
    const sequencer = await Sequencer.open({
      store,
      definition: () => this.model,
      centre: writing,
      logKey: only(writing),
      scope,
      clock: this.#clock,
    });
    const genesis = this.#election;
    const home = homeOf({ sequencer, store, genesis, scope, firstVkey, isCentre: false, checkpointKey: only(key) });
    const own = openMemoryStore();
    const replica = await Replica.open(home, own);
    const relay = await Relay.open({ replica, own, log: tpsLog(region), signer: key, clock: this.#clock });
    const toRead = contestsOf(this.model).flatMap((kind) =>
      stationsOf(this.model, region).map((station) => ({ station, kind })),
    );
    return { region, log, store, sequencer, replica, relay, toRead };
  }

  /** The chair of a plenary at the centre states something. */
  async state(region: RegionCode, type: StatementType, body: JsonObject): Promise<void> {
    await this.centre.sequencer.write(plenoLog(region), type, body, [this.keys.official(region, "chair")]);
  }

  /** The sheets of a station in all contests, as its phones sign them one after the other. */
  sheetsOf(station: StationCode): Uint8Array[] {
    return contestsOf(this.model).flatMap((kind) => {
      const reported = this.invented.papers(station, kind);
      let first: Hash | null = null;
      return reported.sendings.map((sending) => {
        const about = { previous: sending.replaces && first, papers: null, time: this.now };
        const phone = this.keys.phone(station, sending.phone);
        const note = sheetNote(this.#election.electionTag, station, reported, sending, about, phone);
        first ??= asHash(toHex(parseStatement(note).id));
        return note;
      });
    });
  }

  /** Phones hand their sheets to the centre. @returns what they are told */
  async handIn(notes: readonly Uint8Array[]): Promise<readonly SheetAnswer[]> {
    const [message] = await this.centre.answerer.answer([{ kind: "sheets", notes }]);
    if (message?.kind !== "answers") throw new TypeError("the centre takes no sheets");
    return message.answers;
  }

  /**
   * A hall reads so many stations; of some the votes are counted again at once. `isInVain`: it is halted, so they will not count, and
   * stay to be read. They are the last ones: of a desa whose box is open the rest may be read in spite of a halt.
   */
  async read({ region, sequencer, log, toRead }: Hall, most: number, isInVain = false): Promise<void> {
    const operator = this.keys.official(region, "operator");
    const chair = this.keys.official(region, "chair");
    const { electionTag: election } = this.#election;
    for (const { station, kind } of isInVain ? toRead.slice(-most) : toRead.splice(0, most)) {
      const { district, truth } = this.invented.papers(station, kind);
      const decided = {
        election,
        evidence: null,
        fields: [],
        incident: null,
        initialled: [],
        refused: [],
        sheet: null,
        time: this.now,
      };
      const said = { ...formOf(station, district, truth), ...decided, outcome: "same", previous: null, reason: null };
      const first = signStatement("teguh/reading/v1", said, [operator]);
      await sequencer.append(log, first);
      if (isInVain || !new Chance(this.seed, `recount ${station} ${kind}`).happens(RECOUNTED)) continue;
      const paper = recountedPaper(this.seed, station, district, truth);
      const previous = toHex(parseStatement(first).id);
      const recount = { asked: [], counted: [this.keys.officialPerson(region, "operator")], supervisor: true };
      const why = { outcome: "recount", previous, reason: "recount", recount };
      const again = { ...formOf(station, district, paper), ...decided, ...why };
      await sequencer.append(log, signStatement("teguh/reading/v1", again, [operator, chair]));
    }
  }

  /** The order that halts a hall, as far as its laptop knows; null if it may read. */
  async haltOf({ region, sequencer, log }: Hall): Promise<string | null> {
    const above = plenoLog(region.slice(0, 2) as RegionCode);
    // What the laptop has heard its log says at once that it has seen: from there the order binds.
    await sequencer.see(log, above);
    return sequencer.standings.haltOn(log);
  }

  /** A conversation of a hall with the centre, which may break off wherever `isCut` says so; false if it did. */
  async converse({ replica, relay, region, log }: Hall, isCut: () => boolean = () => false): Promise<boolean> {
    const leader = new Leader({ replica, relay, region });
    const before = (await this.centre.store.head(log))?.size ?? 0;
    try {
      for (;;) {
        const said = await leader.next();
        if (said.length === 0) return true;
        if (isCut()) return false;
        for (const message of said)
          if (message.kind === "chunk" && message.log === log) this.traffic.sent += message.entries.length;
        const answers = await this.centre.answerer.answer(decodeMessages(encodeMessages(said)));
        if (isCut()) return false;
        await leader.hear(decodeMessages(encodeMessages(answers)));
      }
    } finally {
      this.traffic.taken += ((await this.centre.store.head(log))?.size ?? 0) - before;
    }
  }
}

const seedOf = (word: string) => sha256(utf8(`bali ${word}`));
/** With which the centre's publisher signs. */
export const PUBLISHER_KEYS = { master: seedOf("master"), editions: seedOf("editions") };
const seedOfLog = (origin: string) => logSeed(PUBLISHER_KEYS.master, origin);

function named(word: string): Signer {
  return ed25519Signer(keyName(ORIGIN, publicKeyOf(seedOf(word))), seedOf(word));
}

const known = new Map<string, Signer>();
function underOrigin(log: LogName, seedOfOrigin: (origin: string) => Uint8Array, word = log): Signer {
  const origin = `${ORIGIN}/log/${log}`;
  const key = known.get(word) ?? ed25519Signer(origin, seedOfOrigin(origin));
  known.set(word, key);
  return key;
}

const centreKey = (log: LogName) => underOrigin(log, seedOfLog);
const laptopKey = (region: RegionCode) =>
  underOrigin(plenoLog(region), () => seedOf(`laptop ${region}`), `laptop ${region}`);
const firstVkey = (log: LogName): string => vkeyOf(centreKey(log).name, centreKey(log).publicKey);
