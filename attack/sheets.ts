/**
 * The phones of a run as far as they sign: a key for every station of the measured election (those that it grants), and for
 * each station and contest the chain of its sheets, each of which replaces the one before. All of it follows from the station's
 * code, so the process of the phones, the attacker's and the one that looks after them make the same.
 */
import { join } from "node:path";
import { publicKeyOf } from "#ed25519";
import { seedOf } from "../bench/nation.ts";
import { CONTEST_KINDS, type ContestKind } from "../src/election/codes.ts";
import type { District, Model } from "../src/election/model.ts";
import { toHex } from "../src/ledger/bytes.ts";
import type { Hash } from "../src/ledger/hash.ts";
import { ed25519Signer, type Signer } from "../src/ledger/note.ts";
import { keyName, parseStatement, signStatement } from "../src/ledger/statement.ts";
import { definitionsIn } from "../src/publish/definitions.ts";
import { figuresFor } from "../src/tally/testing.ts";

/** What every process of a run is told of the election. */
export interface Place {
  /** The data folder. */
  readonly data: string;
  /** Of the definition's root object. */
  readonly definition: Hash;
  /** What statements carry as `election`. */
  readonly tag: string;
  readonly stations: readonly string[];
}

interface Chain {
  readonly station: string;
  readonly kind: ContestKind;
  readonly district: District;
  /** Id of the last sheet that was made. */
  last: string | null;
  version: number;
}

/** A sheet that is ready to be sent. */
export interface Sheet {
  readonly id: string;
  readonly station: string;
  readonly note: Uint8Array;
}

export class Stations {
  readonly #place: Place;
  readonly #model: Model;
  readonly #signers = new Map<string, Signer>();
  readonly #chains: readonly Chain[];
  #next = 0;

  constructor(place: Place) {
    this.#place = place;
    this.#model = definitionsIn(join(place.data, "definition")).model(place.definition);
    this.#chains = CONTEST_KINDS.flatMap((kind) =>
      place.stations.flatMap((station) => {
        const district = this.#districtOf(station, kind);
        return district === null ? [] : [{ station, kind, district, last: null, version: 0 }];
      }),
    );
  }

  /** The next sheet of the stations that `may` send: of every chain in turn, so that one device sends seldom. */
  next(may: (station: string) => boolean = () => true, shift = 0): Sheet {
    for (;;) {
      const chain = this.#chains[this.#next++ % this.#chains.length];
      if (chain === undefined) throw new RangeError("an election without stations has no sheets");
      if (may(chain.station)) return this.#make(chain, shift);
    }
  }

  /** Two sheets that both replace the same one: what two members of a committee send who do not know of each other. */
  rivals(): readonly [Sheet, Sheet] {
    const chain = this.#chains[this.#next++ % this.#chains.length];
    if (chain === undefined) throw new RangeError("an election without stations has no sheets");
    const { last } = chain;
    const first = this.#make(chain, 0);
    const after = chain.last;
    chain.last = last;
    const second = this.#make(chain, 1);
    chain.last = after;
    return [first, second];
  }

  /** What a phone sends to get its pass. */
  answer(challenge: string, station: string): Uint8Array {
    const body = { challenge, election: this.#place.tag, region: station, time: Date.now() };
    return signStatement("teguh/pass/v1", body, [this.#signer(station)]);
  }

  #make(chain: Chain, shift: number): Sheet {
    const { station, kind, district, last } = chain;
    const version = chain.version++;
    const votes = district.choices.map((_, i) => (i + version) % 3);
    const valid = votes.reduce((sum, count) => sum + count, 0);
    const parties = district.parties.map(({ columns }) => columns.reduce((sum, i) => sum + (votes[i] ?? 0), 0));
    const body = {
      contest: kind,
      district: district.object,
      election: this.#place.tag,
      figures: figuresFor(valid, version % 4, valid + 20),
      papers: null,
      parties,
      previous: last,
      station,
      time: Date.now() + shift,
      votes,
    };
    const note = signStatement("teguh/sheet/v1", body, [this.#signer(station)]);
    const id = toHex(parseStatement(note).id);
    chain.last = id;
    return { id, station, note };
  }

  #districtOf(station: string, kind: ContestKind): District | null {
    const desa = this.#model.region(station.slice(0, 10));
    return (desa && this.#model.contest(kind)?.districtOf(desa)) ?? null;
  }

  #signer(station: string): Signer {
    let known = this.#signers.get(station);
    if (known === undefined) {
      const seed = seedOf(station);
      known = ed25519Signer(keyName(this.#model.origin, publicKeyOf(seed)), seed);
      this.#signers.set(station, known);
    }
    return known;
  }
}
