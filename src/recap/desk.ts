/**
 * A desk: the halls of one election that are held at this machine, who sits in them, and what they hand in.
 *
 * It knows no HTTP. Halls are opened when they are first asked for and kept. While anyone watches a hall its logs are followed, and
 * what the plenaries above have said is written into its log as seen at once: an order from above binds a hall from there on,
 * and the people in it are to learn so before the next of them signs something.
 */
import type { Standings } from "../core/standings.ts";
import type { Core } from "../core/submission.ts";
import { isWithin, NATION, parentOf, plenoLog, type RegionCode } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { decodeBody, type Role, typeLine } from "../election/statements.ts";
import { fromHex, fromUtf8 } from "../ledger/bytes.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import type { Signer } from "../ledger/note.ts";
import { parseStatement, signStatement } from "../ledger/statement.ts";
import type { LogName, Store } from "../store/store.ts";
import { shortOf } from "../tally/authority.ts";
import { OFFICERS } from "../tally/powers.ts";
import { Acts, isMisfortune, isUnwritten, type Stated } from "./acts.ts";
import type { Unfit } from "./acts-judged.ts";
import {
  type Denied,
  LATE,
  NO_FIRST_CHAIR,
  NO_HALL,
  NO_ROLE,
  NO_ROOT,
  NOT_CHAIR,
  NOT_TRIED,
  NOT_WRITTEN,
} from "./denials.ts";
import { Hall, type HallOptions } from "./hall.ts";
import type { Papers } from "./papers.ts";
import { type People, SEATED } from "./people.ts";
import { Printer } from "./printer.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { PersonView, SessionView, WelcomeView } from "./wire/people.ts";
import type { NewPerson, SignIn } from "./wire/routes.ts";
import { isSignIn } from "./wire/sign.ts";

/** A role that a simulation hands to whoever asks. */
export interface OpenRole {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
}

export interface DeskOptions {
  readonly store: Store;
  readonly core: Core;
  readonly standings: Standings;
  readonly definition: (root: Hash) => Model;
  readonly people: People;
  readonly papers: Papers;
  readonly sessions: Sessions;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Only this plenary and those above and within it; absent: all of the election. */
  readonly region?: RegionCode | undefined;
  /** Of a laptop that works on its own: it holds the plenary of that region alone, and its people came with the bundle. */
  readonly isAlone?: boolean;
  /** Why nothing may be stated in a log at this place now; null if it may. Asked before anything is stated. */
  readonly hindrance?: (log: LogName) => Promise<Unfit | null>;
  /** A station's sheet that is held here and in no log yet; null if there is none. */
  readonly heldSheet?: HallOptions["heldSheet"];
  /** `YYYY-MM-DD`: deadlines count from it. */
  readonly votingDay?: string | undefined;
  /** Address of the public site, for the codes on paper. */
  readonly site?: string | undefined;
  /** The root's signer, if its key is at hand: it grants the first chair. */
  readonly root: () => Signer | null;
  /** Of a simulation: the keys of a role in a region, in the order in which they are handed out. */
  readonly openRoles?: ((region: RegionCode, role: Role) => readonly OpenRole[]) | undefined;
}

interface Open {
  readonly hall: Hall;
  readonly acts: Acts;
  readonly watchers: Set<() => void>;
  /** Sizes of the plenaries above that the hall's log was last seen to know. */
  known: string;
}

export class Desk {
  readonly people: People;
  readonly papers: Papers;
  readonly sessions: Sessions;
  readonly clock: () => number;
  readonly #options: DeskOptions;
  readonly #open = new Map<RegionCode, Promise<Open>>();
  readonly #printer = new Printer();
  #needsSetup = true;

  /** The standings must have been loaded for `pleno/0`. */
  constructor(options: DeskOptions) {
    this.#options = options;
    this.people = options.people;
    this.papers = options.papers;
    this.sessions = options.sessions;
    this.clock = options.clock;
  }

  get origin(): string {
    return this.#options.standings.genesis?.election ?? "";
  }

  /** The definition in force. @throws RangeError before there is one */
  get model(): Model {
    const model = this.#options.standings.model(plenoLog(NATION));
    if (model === null) throw new RangeError("the election has no definition yet");
    return model;
  }

  /** Whether the desk holds a plenary of this region. */
  has(region: RegionCode): boolean {
    const level = this.model.region(region)?.level;
    const { region: own, isAlone = false } = this.#options;
    const isHere = own === undefined || isWithin(region, own) || (!isAlone && isWithin(own, region));
    return level !== undefined && level !== "desa" && isHere;
  }

  async welcome(): Promise<WelcomeView> {
    const { model } = this;
    const halls = model.regions
      .filter(({ code }) => this.has(code))
      .map(({ code, name, level }) => {
        const tryRoles = [...SEATED].filter((role) => this.#openRoles(code, role).length > 0);
        return { code, name, level, above: this.#namesAbove(code), tryRoles };
      });
    return {
      origin: this.origin,
      title: model.title,
      simulation: model.simulation,
      halls,
      needsSetup: await this.needsSetup(),
      tryRoles: this.#options.openRoles !== undefined && model.simulation,
    };
  }

  /** What may be tried of a role in a hall: in a simulation only. */
  #openRoles(region: RegionCode, role: Role): readonly OpenRole[] {
    return this.model.simulation && this.has(region) ? (this.#options.openRoles?.(region, role) ?? []) : [];
  }

  #namesAbove(code: RegionCode): string[] {
    const names: string[] = [];
    for (let at = parentOf(code); at !== null && at !== NATION; at = parentOf(at)) {
      names.unshift(this.model.region(at)?.name ?? at);
    }
    return names;
  }

  /** The hall of a region that this desk {@link has}. */
  async hall(region: RegionCode): Promise<Hall> {
    return (await this.#opened(region)).hall;
  }

  /** Person → name, of all who are kept here: what a paper shows where the logs have a random number. */
  names(): ReadonlyMap<string, string> {
    return this.people.names();
  }

  /** Ends what goes on by itself: the printing. */
  close(): Promise<void> {
    return this.#printer.close();
  }

  #opened(region: RegionCode): Promise<Open> {
    let open = this.#open.get(region);
    if (open === undefined) {
      open = this.#openHall(region);
      this.#open.set(region, open);
      // One that could not be opened is tried again.
      open.catch(() => this.#open.delete(region));
    }
    return open;
  }

  async #openHall(region: RegionCode): Promise<Open> {
    const { store, core, standings, definition, votingDay = null, site, heldSheet } = this.#options;
    await standings.load(plenoLog(region));
    const apart = {
      pages: async (list: Hash) => pagesIn(this.papers.get(list)),
      words: async (hash: Hash) => this.#words(hash),
    };
    const told = { ...(site === undefined ? {} : { site }), ...(heldSheet === undefined ? {} : { heldSheet }) };
    const hall = await Hall.open({ store, definition, region, apart, votingDay, printer: this.#printer, ...told });
    const opened = {
      hall,
      acts: new Acts({ store, core, standings, hall }),
      watchers: new Set<() => void>(),
      known: "",
    };
    await this.#bringDown(opened);
    await hall.follow();
    await this.#bringUp(hall);
    return opened;
  }

  /** What was written under a hash: the text itself, or the one among the pages of a list. */
  #words(hash: Hash): string | null {
    const paper = this.papers.get(hash);
    if (paper?.type !== "application/json") return textIn(paper);
    return pagesIn(paper).reduce<string | null>((text, page) => text ?? textIn(this.papers.get(page)), null);
  }

  /** Has the hall's log say that it knows the plenaries above as they stand. */
  async #bringDown(open: Open): Promise<void> {
    const { core, standings } = this.#options;
    const log = plenoLog(open.hall.region);
    await standings.refresh(log);
    const above = standings.plenaries(log);
    const sizes = above.map(({ size }) => size).join(" ");
    if (sizes === open.known) return;
    try {
      for (const plenary of above) await core.see(log, plenary.log);
      open.known = sizes;
    } catch (error) {
      // The next statement brings it down, or the next look.
      if (!isUnwritten(error)) throw error;
    }
  }

  /**
   * Has the hall's log say that it knows the certificates below. A desk passes its own on by itself; those that came with a log from
   * elsewhere nobody has passed on, and nothing could be certified over them.
   */
  async #bringUp(hall: Hall): Promise<void> {
    try {
      for (const below of hall.certifiedBelow()) await this.#options.core.see(plenoLog(hall.region), below);
    } catch (error) {
      if (!isUnwritten(error)) throw error;
    }
  }

  // ---------------------------------------------------------------- watching

  /** Calls back whenever what the hall shows may have changed; the answer ends it. */
  async watch(region: RegionCode, tell: () => void): Promise<() => void> {
    const { watchers } = await this.#opened(region);
    watchers.add(tell);
    return () => watchers.delete(tell);
  }

  /** Looks at the logs of every hall that is watched, and tells the watchers of those that moved. */
  async look(): Promise<void> {
    for (const opening of [...this.#open.values()]) {
      const open = await opening.catch(() => null);
      if (open === null || open.watchers.size === 0) continue;
      await this.#bringDown(open);
      if (!(await open.hall.follow())) continue;
      for (const tell of open.watchers) tell();
      await this.#bringUp(open.hall);
    }
  }

  // ---------------------------------------------------------------- people

  /** Those who hold, held or are to hold a role in a hall. */
  async peopleIn(region: RegionCode): Promise<PersonView[]> {
    const { standings } = this.#options;
    await standings.load(plenoLog(region));
    await standings.refresh(plenoLog(region));
    return this.people.in(region, standings);
  }

  /** Keeps new people, if somebody signed in is a chair over all their regions. */
  async addPeople(session: Session, list: readonly NewPerson[]): Promise<PersonView[] | Denied> {
    const rolesOver = (region: RegionCode) => session.keys.flatMap((key) => this.#rolesOf(session.region, key, region));
    if (!list.every(({ region }) => this.has(region) && rolesOver(region).includes("chair"))) return NOT_CHAIR;
    this.people.add(list);
    return this.peopleIn(session.region);
  }

  /** The roles that a key holds over all of a region, as the hall's log would judge it. */
  #rolesOf(hall: RegionCode, key: string, over: RegionCode = hall): Role[] {
    return this.#options.standings
      .grantsOf(plenoLog(hall), key)
      .filter(({ role, region }) => SEATED.has(role) && isWithin(over, region as RegionCode))
      .map(({ role }) => role);
  }

  // ---------------------------------------------------------------- sessions

  /** Signs a person in on a device. `token`: of the device's session, if it has one. */
  async signIn(token: string | null, answer: SignIn): Promise<Session | Denied> {
    const { standings } = this.#options;
    const { region, challenge } = answer;
    if (!this.sessions.redeem(challenge)) return LATE;
    if (!this.has(region)) return NO_HALL;
    const log = plenoLog(region);
    await standings.load(log);
    await standings.refresh(log);
    const publicKey = fromHex(answer.publicKey);
    const key = shortOf(publicKey);
    const isKnown = this.#rolesOf(region, key).length > 0 && isSignIn(this.origin, answer, publicKey);
    return isKnown ? this.sessions.signIn(token, region, key) : NO_ROLE;
  }

  /** Of a simulation: signs whoever asks in as one who holds the role, and hands out the key. */
  async tryRole(
    token: string | null,
    region: RegionCode,
    role: Role,
  ): Promise<{ session: Session; role: OpenRole } | Denied> {
    const roles = this.#openRoles(region, role);
    await this.#options.standings.load(plenoLog(region));
    const present = this.sessions.get(token)?.keys ?? [];
    const known = roles.filter(({ publicKey }) => this.#rolesOf(region, shortOf(publicKey)).includes(role));
    const next = known.find(({ publicKey }) => !present.includes(shortOf(publicKey))) ?? known.at(-1);
    if (next === undefined) return NOT_TRIED;
    return { session: this.sessions.signIn(token, region, shortOf(next.publicKey)), role: next };
  }

  /** The session of a token without those whose roles have been taken away; null if nobody is left, or it has ended. */
  async session(token: string | null): Promise<Session | null> {
    const session = this.sessions.get(token);
    if (session === null || session.isProjector) return session;
    await this.#options.standings.refresh(plenoLog(session.region));
    const gone = session.keys.filter((key) => this.#rolesOf(session.region, key).length === 0);
    return gone.length === 0 ? session : this.sessions.without(session, gone);
  }

  view({ region, keys, isProjector, until }: Session): SessionView {
    const people = keys.map((key) => this.#present(region, key));
    return { region, people: isProjector ? [SCREEN] : people, until };
  }

  #present(region: RegionCode, key: string): SessionView["people"][number] {
    const grants = this.#options.standings
      .grantsOf(plenoLog(region), key)
      .filter((grant) => SEATED.has(grant.role) && isWithin(region, grant.region as RegionCode));
    const kept = this.people.get(key);
    const { person = "", role = "observer" } = grants[0] ?? {};
    return { person, name: kept?.name ?? "", role, key };
  }

  /** Whether a session may look into a hall: its own, and those within its region. */
  mayLook(session: Session, region: RegionCode): boolean {
    return isWithin(region, session.region) && this.has(region);
  }

  /** Whether an officer of the hall is signed in: who may open it to a screen. */
  isOfficer(session: Session): boolean {
    return this.#holdsOne(session, OFFICERS);
  }

  /** Whether somebody is signed in who states acts in the hall, and so may hand in papers for them. */
  mayHandIn(session: Session): boolean {
    return this.#holdsOne(session, [...OFFICERS, "supervisor"]);
  }

  #holdsOne({ region, keys }: Session, roles: readonly Role[]): boolean {
    return keys.some((key) => this.#rolesOf(region, key).some((role) => roles.includes(role)));
  }

  // ---------------------------------------------------------------- statements

  /** Hands in a statement, and tells the hall's watchers at once. */
  async state(session: Session, region: RegionCode, note: Uint8Array): Promise<Stated> {
    const { acts, watchers } = await this.#opened(region);
    const hindered = (await this.#options.hindrance?.(plenoLog(region))) ?? null;
    if (hindered !== null) return { kind: "refused", ...hindered };
    const stated = await acts.state(note, session.keys);
    if (stated.kind === "accepted") for (const tell of watchers) tell();
    return stated;
  }

  // ---------------------------------------------------------------- set-up

  /** Whether no chair of the nation is granted yet but the root itself, so that nobody could sign in. */
  async needsSetup(): Promise<boolean> {
    if (this.#options.isAlone === true) return false;
    if (this.#needsSetup) this.#needsSetup = !(await this.#hasChair());
    return this.#needsSetup;
  }

  async #hasChair(): Promise<boolean> {
    const { store, standings } = this.#options;
    const log = plenoLog(NATION);
    await standings.refresh(log);
    const size = (await store.head(log))?.size ?? 0;
    for (const bytes of await store.read(log, 0, size)) {
      const { type, body } = parseStatement(bytes);
      if (type !== typeLine("grant")) continue;
      const { list } = decodeBody("grant", body);
      const isChair = ({ key, role, region }: (typeof list)[number]) =>
        role === "chair" && region === NATION && this.#rolesOf(NATION, shortOf(fromHex(key))).includes("chair");
      if (list.some(isChair)) return true;
    }
    return false;
  }

  /** Makes the first grants by the root's key. The caller has seen the console's secret. */
  async setUp(list: readonly NewPerson[]): Promise<{ readonly index: number } | Denied> {
    const root = this.#options.root();
    if (root === null) return NO_ROOT;
    if (!list.some(({ role, region }) => role === "chair" && region === NATION)) return NO_FIRST_CHAIR;
    this.people.add(list);
    const body = {
      election: this.#options.standings.genesis?.electionTag ?? "",
      list: list.map(({ publicKey, person, role, region }) => ({ key: publicKey, person, role, region })),
      time: this.clock(),
    };
    const grants = signStatement(typeLine("grant"), body, [root]);
    try {
      const result = await this.#options.core.append(plenoLog(NATION), grants);
      if (result.kind === "moved") throw new Error("a statement without a size cannot have moved");
      return { index: result.index };
    } catch (error) {
      if (isMisfortune(error)) return NOT_WRITTEN;
      throw error;
    }
  }
}

/** A screen is nobody. */
const SCREEN = { person: "", name: "Proyektor", role: "projector", key: "" } as const;

type Paper = ReturnType<Papers["get"]>;

/** The pages of a list, none where it has not come. */
function pagesIn(paper: Paper): readonly Hash[] {
  if (paper?.type !== "application/json") return [];
  return (JSON.parse(fromUtf8(paper.bytes)) as string[]).map(asHash);
}

function textIn(paper: Paper): string | null {
  return paper?.type.startsWith("text/") ? fromUtf8(paper.bytes) : null;
}
