/**
 * A hall for tests: a small election with real keys, a fold that follows every log, and the record of one plenary beside it, as
 * a desk keeps it.
 */
import { plenoLog, type RegionCode } from "../election/codes.ts";
import type { MinutesAct } from "../election/minutes.ts";
import { type Body, decode, ROLES, type Role, statementType } from "../election/statements.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { asHash, type Hash, sha256 } from "../ledger/hash.ts";
import { parseStatement } from "../ledger/statement.ts";
import { Tally } from "../tally/fold.ts";
import type { LogName } from "../tally/logs.ts";
import type { RefusalReason } from "../tally/refusal.ts";
import { World, type Written } from "../tally/testing.ts";
import type { Signing } from "./plenary-allowed.ts";
import { type Entry, PlenaryRecord } from "./plenary-record.ts";
import { type PlenaryState, plenaryState } from "./plenary-state.ts";
import { surroundingsOf } from "./plenary-surroundings.ts";

/** An entry whose statement is known in full. */
export type KnownEntry = Omit<Entry, "stated"> & { readonly stated: Body };

const personOf = (name: string) => toHex(sha256(utf8(name)).subarray(0, 16));

export class TestHall {
  readonly region: RegionCode;
  readonly log: LogName;
  readonly world: World;
  readonly tally: Tally;
  readonly record: PlenaryRecord;
  /** Every entry of the hall's log with its verdict, for a second reckoning. */
  readonly entries: KnownEntry[] = [];
  /** By contest/station: read by plenaries above. */
  readonly readAbove = new Set<string>();
  #fed = 0;

  /** A hall of the region with one key per role, named `<role> key`. */
  constructor(region: RegionCode, world = new World()) {
    this.region = region;
    this.world = world;
    this.tally = new Tally({ definition: world.definition });
    this.log = plenoLog(region);
    this.record = new PlenaryRecord(region);
    this.world.grantAll();
    const list = ROLES.map((role) => ({
      key: toHex(this.world.signer(`${role} key`).publicKey),
      person: personOf(`${role} key`),
      region,
      role,
    }));
    this.world.write("pleno/0", "grant", { list }, ["root"]);
    this.world.seeAbove(this.log);
    this.follow();
  }

  /** Who would sign, as a desk knows them. */
  static signing(roles: readonly Role[]): Signing[] {
    return roles.map((role) => ({ person: personOf(`${role} key`), roles: [role] }));
  }

  static keys(roles: readonly Role[]): string[] {
    return roles.map((role) => `${role} key`);
  }

  /** Brings fold and record up to what has been written. */
  follow(): void {
    for (const { log, bytes } of this.world.order.slice(this.#fed)) {
      const index = this.tally.size(log);
      this.tally.add(log, bytes);
      if (log === this.log) this.#keep(index, bytes);
    }
    this.#fed = this.world.order.length;
  }

  #keep(index: number, bytes: Uint8Array): void {
    const { type, body, id } = parseStatement(bytes);
    const known = statementType(type);
    if (known === null) throw new TypeError(`${type} is no statement`);
    const refusal = this.verdict(this.log, index);
    const entry: KnownEntry = { index, id: asHash(toHex(id)), stated: decode(known, body), refusal };
    this.entries.push(entry);
    this.record.add(entry);
  }

  /** What the fold said of an entry. */
  verdict(log: LogName, index: number): RefusalReason | null {
    return this.tally.voids().find((entry) => entry.log === log && entry.index === index)?.reason ?? null;
  }

  state(): PlenaryState {
    this.follow();
    const { model } = this.tally;
    if (!model) throw new TypeError("a test election has a definition");
    return plenaryState(this.record, surroundingsOf(this.tally.authority, this.region, model, this.readAbove));
  }

  say(act: MinutesAct, roles: readonly Role[] = ["operator"]): Written {
    return this.world.write(this.log, "minutes", { act: act as unknown as JsonObject }, TestHall.keys(roles));
  }

  /** Reads a station with figures that add up. */
  read(
    station: string,
    contest: Parameters<World["reading"]>[2],
    { previous = null, outcome = "same", roles = ["operator"] }: ReadOptions = {},
  ): Written {
    const columns = this.world.districtOf(station, contest).choices.length;
    const votes = Array.from({ length: columns }, (_, i) => i + 1);
    return this.world.reading(this.region, station, contest, votes, previous, { outcome }, TestHall.keys(roles));
  }

  certify(contest: string, district: string, roles: readonly Role[] = ["chair", "member"]): Written {
    const figures = new Array<number>(25).fill(0);
    const about = { contest, district, region: this.region, figures, votes: [], stations: 0, read: 0, papers: null };
    return this.world.write(this.log, "certificate", about, TestHall.keys(roles));
  }
}

interface ReadOptions {
  readonly previous?: Hash | null;
  readonly outcome?: string;
  readonly roles?: readonly Role[];
}
