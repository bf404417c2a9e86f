/**
 * Who may do what, as the plenaries' logs say it: grants, revocations, halts, certificates, reopenings, custody.
 *
 * Every fact keeps the index at which its log states it, and is never removed. So one state answers for every view: a
 * statement is judged by the facts below the sizes that its own log has seen, and what arrives later cannot change the
 * judgement. The door, the fold and the audit all ask here.
 *
 * Authority is a chain: the root key of the genesis is the nation's chair; a chair grants roles in its region and below.
 */
import { type ContestKind, isWithin, levelOf, NATION, parentOf, plenoLog, type RegionCode } from "../election/codes.ts";
import { isRecapitulatedAt } from "../election/competence.ts";
import type { Body, BodyOf } from "../election/statements.ts";
import { fromHex, toHex } from "../ledger/bytes.ts";
import { asHash, type Hash, sha256 } from "../ledger/hash.ts";
import { NoteError, parseVkey } from "../ledger/note.ts";
import { shortKey } from "../ledger/statement.ts";
import { addGrants, allGrants, type Grant, grantsTo } from "./grants.ts";
import { haltsOn, type StandingHalt } from "./halts.ts";
import { type LogName, LogState } from "./logs.ts";
import { type Custody, Plenary, penKey, type Role, WHOLE } from "./plenary.ts";
import { type ActName, signersRefusal } from "./powers.ts";
import { fault, noEffect, type Refusal } from "./refusal.ts";
import { EVERYTHING, type Scope } from "./scope.ts";

export interface Genesis {
  readonly id: Hash;
  /** Origin of the election's logs and keys. */
  readonly election: string;
  /** What every statement carries as `election`: the first 16 bytes of the genesis id, in hex. */
  readonly electionTag: string;
  readonly root: Uint8Array;
  readonly editions: Uint8Array;
  readonly centre: Uint8Array;
}

interface HolderAnswer {
  readonly view: LogState;
  readonly short: string;
  readonly roles: readonly Role[];
  readonly where: string;
  readonly grant: Grant | null;
}

export class Authority {
  /** Called with a region before anything of it is made anew: it may bring back what was there. */
  readonly #bringBack: (region: RegionCode) => void;
  genesis: Genesis | null = null;
  /** The definition's roots in the order of `pleno/0`, with the index that states each. */
  readonly definitions: { readonly index: number; readonly root: Hash }[] = [];
  readonly #logs = new Map<LogName, LogState>();
  readonly #plenaries = new Map<RegionCode, Plenary>();
  readonly #chains = new Map<RegionCode, readonly Plenary[]>();
  /** By short name: the keys that a genesis or a custody names. All others are in the grants of their plenaries. */
  readonly #keys = new Map<string, Uint8Array>();
  /** What {@link holder} answered last, until any fact changes: the sheets of a station come together. */
  #lastHolder: HolderAnswer | null = null;
  readonly #scope: Scope;

  /** `bringBack`: of a kecamatan whose logs rest, before the first of them is asked for. */
  constructor(scope: Scope = EVERYTHING, bringBack: (region: RegionCode) => void = () => undefined) {
    this.#scope = scope;
    this.#bringBack = bringBack;
  }

  /** The state of a log; an empty one if it is not known yet. */
  log(name: LogName): LogState {
    const known = this.#logs.get(name);
    if (known) return known;
    const empty = new LogState(name);
    this.#bringBack(empty.region);
    const log = this.#logs.get(name) ?? empty;
    this.#logs.set(name, log);
    return log;
  }

  /** The state of a log that is here; null if it is not known, or rests. */
  logAtHand(name: LogName): LogState | null {
    return this.#logs.get(name) ?? null;
  }

  logs(): IterableIterator<LogState> {
    return this.#logs.values();
  }

  /** Puts back what was saved of a region's plenary and its logs. */
  restore(logs: readonly LogState[], saved: Plenary): void {
    this.#lastHolder = null;
    for (const log of logs) this.#logs.set(log.name, log);
    const plenary = Object.assign(this.plenary(saved.region), saved);
    plenary.grants.forEach((run, i) => {
      plenary.grants[i] = run.slice();
    });
    for (const custodies of plenary.custodies.values()) {
      for (const { vkey } of custodies) this.#learn(parseVkey(vkey).publicKey);
    }
  }

  plenary(region: RegionCode): Plenary {
    const known = this.#plenaries.get(region);
    if (known) return known;
    this.#bringBack(region);
    const plenary = this.#plenaries.get(region) ?? new Plenary(region);
    this.#plenaries.set(region, plenary);
    return plenary;
  }

  /** The plenaries that have a say in a region: its own, its parent's, … the nation's. */
  chain(region: RegionCode): readonly Plenary[] {
    let chain = this.#chains.get(region);
    if (!chain) {
      const plenaries: Plenary[] = [];
      for (let at: RegionCode | null = region; at; at = parentOf(at)) plenaries.push(this.plenary(at));
      chain = plenaries;
      this.#chains.set(region, chain);
    }
    return chain;
  }

  /**
   * The public key of a short name, if a plenary that has a say in the region, a genesis or a custody names it; null if none
   * does. Says nothing of authority.
   */
  publicKey(region: RegionCode, short: string): Uint8Array | null {
    for (const { grants } of this.chain(region)) {
      const [grant] = grantsTo(grants, short);
      if (grant) return grant.key;
    }
    return this.#keys.get(short) ?? null;
  }

  /** Index of the definition in force for a log; -1 before it has seen one. */
  definitionSeenBy(log: LogState): number {
    const known = log.sees(plenoLog(NATION));
    let last = -1;
    for (let i = 0; i < this.definitions.length; i++) if ((this.definitions[i]?.index ?? 0) < known) last = i;
    return last;
  }

  /** The grants of a key that stand in a log's view of its region's and ancestors' plenaries. */
  grantsOf(view: LogState, short: string): Grant[] {
    const chain = this.chain(view.region);
    const standing: Grant[] = [];
    for (let i = 0; i < chain.length; i++) {
      const plenary = chain[i];
      if (!plenary) continue;
      const known = view.sees(plenary.log);
      for (const grant of grantsTo(plenary.grants, short)) {
        if (grant.index < known && !this.#isRevoked(view, chain, i, grant)) standing.push(grant);
      }
    }
    return standing;
  }

  /** All grants that stand in a log's view for its very region, in the order in which they were given, the nation's first. */
  holders(view: LogState): Grant[] {
    const chain = this.chain(view.region);
    return chain
      .flatMap((plenary, i) => {
        const known = view.sees(plenary.log);
        return [
          allGrants(plenary.grants).filter(
            (grant) => grant.region === view.region && grant.index < known && !this.#isRevoked(view, chain, i, grant),
          ),
        ];
      })
      .reverse()
      .flat();
  }

  /** Whether a log's view knows the key at all, revoked or not. */
  isKnown(view: LogState, short: string): boolean {
    return this.chain(view.region).some((plenary) => {
      const known = view.sees(plenary.log);
      return grantsTo(plenary.grants, short).some((grant) => grant.index < known);
    });
  }

  /** The first standing grant of the key with one of the roles that covers the region or station; null if there is none. */
  holder(view: LogState, short: string, roles: readonly Role[], where: string): Grant | null {
    const last = this.#lastHolder;
    if (last?.view === view && last.short === short && last.roles === roles && last.where === where) return last.grant;
    const grant = this.#findHolder(view, short, roles, where);
    this.#lastHolder = { view, short, roles, where, grant };
    return grant;
  }

  #findHolder(view: LogState, short: string, roles: readonly Role[], where: string): Grant | null {
    const chain = this.chain(view.region);
    for (let i = 0; i < chain.length; i++) {
      const plenary = chain[i];
      if (!plenary) continue;
      const known = view.sees(plenary.log);
      for (const grant of grantsTo(plenary.grants, short)) {
        const fits = grant.index < known && roles.includes(grant.role) && covers(grant.region, where);
        if (fits && !this.#isRevoked(view, chain, i, grant)) return grant;
      }
    }
    return null;
  }

  /** The order that halts a region in a log's view, or null. A halt is lifted by the log that ordered it, or one above. */
  haltOn(view: LogState, region: RegionCode): string | null {
    return haltsOn(view, this.chain(region), region)[0]?.order ?? null;
  }

  /** All orders that halt a region in the view of its own plenary's log. */
  haltsOn(region: RegionCode): StandingHalt[] {
    return haltsOn(this.log(plenoLog(region)), this.chain(region), region);
  }

  /** Why those who sign may not do this act in the log's plenary; null if they may. */
  refusesSigners(log: LogState, act: ActName, by: readonly string[]): Refusal | null {
    return signersRefusal(act, by, (name, roles) => this.holder(log, shortKey(name), roles, log.region));
  }

  /**
   * Whether a region's plenary holds the pen over one kecamatan, contest and district where its log stands now. The pen
   * starts with the kecamatan; a certificate passes it to the parent that has seen it; a reopening gives it back. Above the level
   * that declares the contest nobody holds it: what came up there can only be given back.
   */
  holdsPen(plenary: Plenary, kecamatan: RegionCode, contest: ContestKind, district: string): boolean {
    if (!isRecapitulatedAt(contest, levelOf(plenary.region))) return false;
    const view = this.log(plenary.log);
    const chain = this.chain(kecamatan);
    const at = chain.indexOf(plenary);
    if (at < 0) return false;
    const child = chain[at - 1];
    if (child && !this.#hasPassed(view, child, plenary, contest, district)) return false;
    const parent = chain[at + 1];
    return !parent || !this.#hasPassed(view, plenary, parent, contest, district);
  }

  /** Whether a region's plenary may give a result back to one right below where its log stands now: it came up, and went no further. */
  mayGiveBack(plenary: Plenary, child: RegionCode, contest: string, district: string): boolean {
    const view = this.log(plenary.log);
    if (!this.#hasPassed(view, this.plenary(child), plenary, contest, district)) return false;
    const parent = this.chain(plenary.region)[1];
    return !parent || !this.#hasPassed(view, plenary, parent, contest, district);
  }

  /** Whether the pen went from a region to its parent, certificates against reopenings, by what the view has seen of both. */
  #hasPassed(view: LogState, child: Plenary, parent: Plenary, contest: string, district: string): boolean {
    const key = penKey(contest, district);
    const certified = countBelow(child.certificates.get(key), view.sees(child.log));
    const reopened = countBelow(parent.reopenings.get(`${key}/${child.region}`), view.sees(parent.log));
    return certified > reopened;
  }

  /**
   * Takes in a statement that states a fact of authority, and says whether it may. Readings, sheets and all that moves
   * votes are not for here; the caller has checked signatures.
   */
  state(log: LogState, stated: Body, id: Uint8Array): Refusal | null {
    const refusal = this.#state(log, stated, id);
    this.#lastHolder = null;
    return refusal;
  }

  #state(log: LogState, stated: Body, id: Uint8Array): Refusal | null {
    if (stated.type === "genesis") return this.#begin(log, stated.body, id);
    if (!this.genesis || stated.body.election !== this.genesis.electionTag) return fault("other-election");
    if (stated.type === "seen") return this.#see(log, stated.body);
    if (log.kind !== "pleno") return fault("wrong-log");
    return this.#order(log, this.plenary(log.region), stated, id);
  }

  #begin(log: LogState, body: BodyOf<"genesis">, id: Uint8Array): Refusal | null {
    if (log.name !== plenoLog(NATION) || log.size !== 0 || this.genesis) return fault("wrong-log");
    const idHex = toHex(id);
    this.genesis = {
      id: asHash(idHex),
      election: body.name,
      electionTag: idHex.slice(0, 32),
      root: fromHex(body.root),
      editions: fromHex(body.editions),
      centre: fromHex(body.centre),
    };
    for (const key of [this.genesis.root, this.genesis.editions, this.genesis.centre]) this.#learn(key);
    const { root } = this.genesis;
    addGrants(this.plenary(NATION).grants, 0, [{ key: root, person: "root", role: "chair", region: NATION }]);
    return null;
  }

  #see(log: LogState, body: BodyOf<"seen">): Refusal | null {
    if (!this.#isPrefix(body) || body.size < log.sees(body.log)) return fault("wrong-root");
    const custody = this.#newCustody(log, body);
    const writer = custody ? custody.writer : this.#writerOf(log);
    if (shortKey(body.by[0] ?? "") !== writer) return fault("not-the-writer");
    if (custody) {
      if (custody.size !== log.size) return fault("not-the-writer");
      log.writer = custody.writer;
      log.epoch = custody.epoch;
    }
    log.seen.set(body.log, body.size);
    return null;
  }

  /** Whether a log has the prefix that is named; one out of scope is taken at the word of who names it. */
  #isPrefix({ log, size, root }: Pick<BodyOf<"seen">, "log" | "size" | "root">): boolean {
    if (!this.#scope(log)) return true;
    const other = this.log(log);
    return size <= other.size && toHex(other.root(size)) === root;
  }

  /** The custody of `log` that this very statement brings into view, if any. */
  #newCustody(log: LogState, body: BodyOf<"seen">): Custody | null {
    const parent = parentOf(log.region);
    if (!parent || body.log !== plenoLog(parent)) return null;
    const before = log.sees(body.log);
    const custodies = this.plenary(parent).custodies.get(log.name) ?? [];
    return custodies.findLast((custody) => custody.index >= before && custody.index < body.size) ?? null;
  }

  #writerOf(log: LogState): string {
    return log.writer ?? (this.genesis ? shortOf(this.genesis.centre) : "");
  }

  #order(log: LogState, plenary: Plenary, stated: Body, id: Uint8Array): Refusal | null {
    const { region } = plenary;
    const index = log.size;
    if (!isOrdered(stated)) return fault("wrong-log");
    if (NATIONAL.has(stated.type) && region !== NATION) return fault("wrong-log");
    const refusal = this.refusesSigners(log, stated.type, stated.body.by);
    if (refusal) return refusal;
    switch (stated.type) {
      case "definition":
        this.definitions.push({ index, root: asHash(stated.body.root) });
        return null;
      case "rules":
      case "cosign":
        return null;
      case "grant":
        if (!stated.body.list.every((grant) => covers(region, grant.region))) return fault("no-authority");
        addGrants(
          plenary.grants,
          index,
          stated.body.list.map((grant) => ({ ...grant, key: fromHex(grant.key) })),
        );
        return null;
      case "revoke":
        for (const short of stated.body.keys) push(plenary.revoked, short, { index, undo: stated.body.undo });
        return null;
      case "custody":
        return this.#hand(plenary, index, stated.body);
      case "halt":
      case "resume":
        if (!stated.body.regions.every((where) => covers(region, where))) return fault("no-authority");
        (stated.type === "halt" ? plenary.halts : plenary.resumes).push({
          index,
          order: stated.body.order,
          regions: stated.body.regions,
          knew: new Map(log.seen),
        });
        return null;
      case "pause":
      case "unpause":
        if (stated.type === "pause") plenary.paused.add(stated.body.panel ?? WHOLE);
        else plenary.paused.delete(stated.body.panel ?? WHOLE);
        return null;
      case "reopen": {
        const { body } = stated;
        if (parentOf(body.region) !== region) return fault("no-authority");
        if (!this.mayGiveBack(plenary, body.region, body.contest, body.district)) return noEffect("no-pen");
        const key = penKey(body.contest, body.district);
        push(plenary.reopenings, `${key}/${body.region}`, index);
        plenary.movedAt.set(key, index);
        return null;
      }
      case "objection":
        plenary.referable.set(toHex(id), { type: "objection" });
        return null;
    }
  }

  #hand(plenary: Plenary, index: number, body: BodyOf<"custody">): Refusal | null {
    const other = this.log(body.log);
    if (parentOf(other.region) !== plenary.region) return fault("no-authority");
    if (!this.#isPrefix(body)) return fault("wrong-root");
    const custodies = plenary.custodies.get(body.log) ?? [];
    if (body.epoch !== (custodies.at(-1)?.epoch ?? 0) + 1) return fault("not-the-writer");
    const key = keyOf(body.vkey);
    if (!key) return fault("malformed");
    this.#learn(key);
    push(plenary.custodies, body.log, {
      index,
      size: body.size,
      writer: shortOf(key),
      vkey: body.vkey,
      epoch: body.epoch,
    });
    return null;
  }

  #learn(key: Uint8Array): void {
    this.#keys.set(shortOf(key), key);
  }

  /** A revocation binds grants of its own log before it, and grants of every log below. */
  #isRevoked(view: LogState, chain: readonly Plenary[], at: number, grant: Grant): boolean {
    for (let i = at; i < chain.length; i++) {
      const plenary = chain[i];
      const revocations = plenary?.revoked.get(grant.short);
      if (!plenary || !revocations) continue;
      const known = view.sees(plenary.log);
      for (const { index } of revocations) {
        if (index < known && (i > at || index > grant.index)) return true;
      }
    }
    return false;
  }
}

/** Statements of a plenary's log that are wholly judged here, by the roles of those who sign and by what they name. */
const ORDERED = [
  "definition",
  "rules",
  "cosign",
  "grant",
  "revoke",
  "custody",
  "halt",
  "resume",
  "pause",
  "unpause",
  "reopen",
  "objection",
] as const satisfies readonly ActName[];
type Ordered = Extract<Body, { readonly type: (typeof ORDERED)[number] }>;
const isOrdered = (stated: Body): stated is Ordered => ORDERED.some((type) => type === stated.type);
/** Acts of the nation's plenary alone. */
const NATIONAL: ReadonlySet<string> = new Set<Ordered["type"]>(["definition", "rules", "cosign"]);

/** Whether a grant for `outer` (a region, or a station) reaches `inner`. */
function covers(outer: string, inner: string): boolean {
  return isWithin(inner as RegionCode, outer as RegionCode);
}

/** The 16 hex digits by which a key is named: the start of SHA-256 of the public key. */
export function shortOf(key: Uint8Array): string {
  return toHex(sha256(key).subarray(0, 8));
}

/** The public key of a vkey; null if the text is none. */
function keyOf(vkey: string): Uint8Array | null {
  try {
    return parseVkey(vkey).publicKey;
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
}

/** How many of the rising indices are below a size. */
export function countBelow(indices: readonly number[] | undefined, size: number): number {
  if (!indices) return 0;
  let count = 0;
  while (count < indices.length && (indices[count] ?? 0) < size) count++;
  return count;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
