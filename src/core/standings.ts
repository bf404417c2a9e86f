/**
 * Who may send a sheet, as the plenaries' logs in the store say now.
 *
 * The door and the sequencer must be ready at once after a start with millions of statements, so nothing is read before it
 * is asked for: a kecamatan's first sheet reads the plenaries above it, which hold its grants, and no other. The facts and
 * their judgement are the fold's own (`Authority`), so that the door can never let in what the fold would refuse.
 *
 * A log of sheets is judged here as if it had seen its plenaries as they stand: the sequencer makes that true by writing
 * `seen` before the sheet.
 */
import { parentOf, parseLogName, type RegionCode } from "../election/codes.ts";
import type { District, Model } from "../election/model.ts";
import { decode, type StatementType, statementType } from "../election/statements.ts";
import type { Hash } from "../ledger/hash.ts";
import { parseStatement, type Statement } from "../ledger/statement.ts";
import { leafHash } from "../ledger/tree.ts";
import type { LogName, Store } from "../store/store.ts";
import { Authority, type Genesis } from "../tally/authority.ts";
import { LogState } from "../tally/logs.ts";
import type { Custody, Grant, Role } from "../tally/plenary.ts";
import { EVERYTHING, type Scope } from "../tally/scope.ts";
import { SHEET_ROLES } from "../tally/sheets.ts";

/** `unknown`: no grant has arrived yet, it may still. The others will not change by waiting. */
export type KeyStanding =
  | { readonly ok: true; readonly grant: Grant }
  | { readonly ok: false; readonly why: "unknown" | "revoked" | "other-station" | "role" };

/** A revocation, at this index of a plenary's log, that undoes what the key has sent. */
export interface Undoing {
  readonly log: LogName;
  readonly index: number;
  /** Short name of the key. */
  readonly key: string;
}

/** Entries read from the store at a time. */
const PAGE = 1_000;

export class Standings {
  readonly #store: Store;
  readonly #definition: (root: Hash) => Model;
  readonly #authority: Authority;
  /** Plenaries' logs that are followed to their ends; one that nobody asked for is not. */
  readonly #followed = new Set<LogName>();
  /** Folding reads the store in between, so two at once could fold one entry twice: they take turns. */
  #turn: Promise<void> = Promise.resolve();
  /** Moves whenever a plenary's log does, so that a view brought up to it need not be looked at again. */
  #version = 0;
  readonly #views = new Map<LogName, LogState>();

  /** `scope`: which logs this place has at all; prefixes of the others are taken as they are named. */
  constructor(store: Store, definition: (root: Hash) => Model, scope: Scope = EVERYTHING) {
    this.#store = store;
    this.#definition = definition;
    this.#authority = new Authority(scope);
  }

  /** Moves whenever anything that is answered here may have changed. */
  get version(): number {
    return this.#version;
  }

  get genesis(): Genesis | null {
    return this.#authority.genesis;
  }

  /** Reads what is needed to judge statements of a log, if it has not been read. Later calls cost nothing. */
  async load(log: LogName): Promise<void> {
    const region = regionOf(log);
    if (this.#views.has(log) || region === null) return;
    await this.#alone(async () => {
      const plenaries = this.#authority.chain(region).map((plenary) => plenary.log);
      await this.#foldAll(plenaries);
      for (const plenary of plenaries) this.#followed.add(plenary);
      this.#views.set(log, new NewestView(log, this.#authority));
    });
  }

  /** Whether {@link load} has been done for the log. */
  isLoaded(log: LogName): boolean {
    return this.#views.has(log);
  }

  /** The logs of the plenaries that have a say in a log, without itself, and the size at which each is known here. */
  plenaries(log: LogName): { readonly log: LogName; readonly size: number }[] {
    const region = regionOf(log);
    if (region === null) return [];
    return this.#authority
      .chain(region)
      .map((plenary) => ({ log: plenary.log, size: this.#authority.log(plenary.log).size }))
      .filter((plenary) => plenary.log !== log && plenary.size > 0)
      .reverse();
  }

  /** RFC 6962 root of a plenary's log as far as it is known here. */
  rootOf(plenary: LogName): Uint8Array {
    return this.#authority.log(plenary).root();
  }

  /**
   * The hand-overs of a log that its parent's plenary has stated, the latest last; none while it is where it began. The log must
   * have been loaded.
   */
  custodies(log: LogName): readonly Custody[] {
    const parent = parentOf(this.#view(log).region);
    return (parent && this.#authority.plenary(parent).custodies.get(log)) ?? NONE;
  }

  /** Under which custody a plenary's log is where it ends here: 0 before its first writer's hand-over. It must have been loaded. */
  epochOf(log: LogName): number {
    return this.#authority.log(log).epoch;
  }

  /** Takes in an entry that was just appended, if the log is one that is followed here. */
  async follow(log: LogName, index: number, bytes: Uint8Array): Promise<void> {
    await this.#alone(async () => {
      if (this.#followed.has(log) && index === this.#authority.log(log).size) await this.#fold(log, bytes);
    });
  }

  /** Takes in what another process has appended to the plenaries that have a say in a loaded log. True if anything. */
  async refresh(log: LogName): Promise<boolean> {
    const region = regionOf(log);
    if (region === null) return false;
    const before = this.#version;
    await this.#alone(() => this.#foldAll(this.#authority.chain(region).map((plenary) => plenary.log)));
    return this.#version !== before;
  }

  /** Takes in what another process has appended to these plenaries' logs, as far as they are followed here; absent: to any of them. */
  async catchUp(logs: Iterable<LogName> = this.#followed): Promise<void> {
    await this.#alone(async () => {
      const followed = [...logs].filter((log) => this.#followed.has(log));
      await this.#foldAll(followed.sort((a, b) => b.length - a.length));
    });
  }

  /** The public key of a short name, if a plenary above the log names it. Says nothing of what the key may do. */
  publicKey(log: LogName, key: string): Uint8Array | null {
    return this.#authority.publicKey(this.#view(log).region, key);
  }

  /** Whether the key may sign a sheet of the station (13 digits) in the log. The log must have been loaded. */
  keyFor(log: LogName, key: string, station: string): KeyStanding {
    const view = this.#view(log);
    const holder = this.#authority.holder(view, key, SHEET_ROLES, station);
    if (holder !== null) return { ok: true, grant: holder };
    if (!this.#authority.isKnown(view, key)) return { ok: false, why: "unknown" };
    const grants = this.#authority.grantsOf(view, key);
    if (grants.length === 0) return { ok: false, why: "revoked" };
    return { ok: false, why: grants.some(({ role }) => isSheetRole(role)) ? "other-station" : "role" };
  }

  /** Any standing grant of the key in the log's view: who may ask for a pass. */
  grantOf(log: LogName, key: string): Grant | null {
    return this.#authority.grantsOf(this.#view(log), key)[0] ?? null;
  }

  /** All standing grants of the key in the log's view. */
  grantsOf(log: LogName, key: string): Grant[] {
    return this.#authority.grantsOf(this.#view(log), key);
  }

  /** Whether anything above the log ever granted the key a role, revoked since or not. */
  isKnown(log: LogName, key: string): boolean {
    return this.#authority.isKnown(this.#view(log), key);
  }

  /** Number of the order that halts the region of a plenary's log, as far as it is ordered now; null if none does. */
  haltOn(log: LogName): string | null {
    const view = this.#view(log);
    return this.#authority.haltOn(view, view.region);
  }

  /** The revocations above a log that undo what their keys have sent; nearly always none. */
  undoings(log: LogName): Undoing[] {
    const region = regionOf(log);
    if (region === null) return [];
    return this.#authority
      .chain(region)
      .flatMap((plenary) =>
        [...plenary.revoked].flatMap(([key, times]) =>
          times.filter(({ undo }) => undo).map(({ index }) => ({ log: plenary.log, index, key })),
        ),
      );
  }

  /** The roots of all definitions that were ever in force, the first one first. */
  definitionRoots(): Hash[] {
    return this.#authority.definitions.map(({ root }) => root);
  }

  /** The definition in force for a log that has seen everything; null before there is one. */
  model(log: LogName): Model | null {
    const root = this.#authority.definitions[this.#authority.definitionSeenBy(this.#view(log))]?.root;
    return root === undefined ? null : this.#definition(root);
  }

  /** The district whose definition object this is, in any definition that was ever in force; undefined if there was none. */
  district(object: string): District | undefined {
    for (const { root } of this.#authority.definitions.toReversed()) {
      const district = this.#definition(root).districtByObject(object);
      if (district !== undefined) return district;
    }
    return undefined;
  }

  /** The log as it will be judged once it has seen its plenaries as they stand. */
  #view(log: LogName): LogState {
    const view = this.#views.get(log);
    if (view === undefined) throw new Error(`${log} was asked about before it was loaded`);
    return view;
  }

  #alone(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /**
   * Folds plenaries' logs to their ends; they come from below to the nation. What is appended meanwhile by another process must not
   * be known of one log and not of another that it names: so the ends are looked for from below, and folded from the nation down.
   */
  async #foldAll(plenaries: readonly LogName[]): Promise<void> {
    const ends: { readonly log: LogName; readonly size: number }[] = [];
    for (const log of plenaries) ends.push({ log, size: (await this.#store.head(log))?.size ?? 0 });
    for (const { log, size } of ends.reverse()) await this.#foldTo(log, size);
  }

  /** Folds a log up to a size. */
  async #foldTo(log: LogName, size: number): Promise<void> {
    for (;;) {
      const from = this.#authority.log(log).size;
      if (from >= size) return;
      const entries = await this.#store.read(log, from, Math.min(from + PAGE, size));
      if (entries.length === 0) return;
      for (const entry of entries) await this.#fold(log, entry);
    }
  }

  async #fold(log: LogName, entry: Uint8Array): Promise<void> {
    const state = this.#authority.log(log);
    if (state.kind === "pleno") await this.#state(state, parseStatement(entry));
    state.push(leafHash(entry));
    this.#version++;
  }

  async #state(state: LogState, { type: line, body: bytes, id }: Statement): Promise<void> {
    const type = statementType(line);
    if (type === null || MOVES_VOTES.has(type)) return;
    const body = decode(type, bytes);
    // What a plenary has seen of logs below it moves votes and pens, never a key: it is for the fold alone.
    if (body.type === "seen" && !this.#isAbove(body.body.log, state)) return;
    // Custody is granted at a size and root of the log that it hands over.
    if (body.type === "custody") await this.#foldTo(body.body.log, body.body.size);
    this.#authority.state(state, body, id);
  }

  #isAbove(log: LogName, state: LogState): boolean {
    return this.#authority.chain(state.region).some((plenary) => plenary.log === log);
  }
}

/**
 * A log that has seen everything. It is not the log's own state, which must stay what the log has written down: by that alone it is
 * judged whether a `seen` is the first of a new writer.
 */
class NewestView extends LogState {
  readonly #authority: Authority;

  constructor(log: LogName, authority: Authority) {
    super(log);
    this.#authority = authority;
  }

  override sees(log: LogName): number {
    return this.#authority.log(log).size;
  }
}

/** Statements of a plenary that say nothing of who may do what; nearly all of it, once readings have begun. */
const MOVES_VOTES: ReadonlySet<StatementType> = new Set(["reading", "certificate", "order", "objection"]);

const NONE: readonly Custody[] = [];

function isSheetRole(role: Role): boolean {
  return SHEET_ROLES.includes(role);
}

function regionOf(log: LogName): RegionCode | null {
  const parsed = parseLogName(log);
  return parsed === null || parsed.kind === "editions" ? null : parsed.region;
}
