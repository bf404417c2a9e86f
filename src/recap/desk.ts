/**
 * A desk: the halls of one election that are held at this machine, who sits in them, and what they hand in.
 *
 * It knows no HTTP. The halls themselves are in `desk-halls.ts`, the first run in `desk-setup.ts`; here is who may come in.
 */
import { isWithin, NATION, parentOf, plenoLog, type RegionCode } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { decodeBody, type Role, typeLine } from "../election/statements.ts";
import { fromHex } from "../ledger/bytes.ts";
import { parseStatement } from "../ledger/statement.ts";
import type { LogName } from "../store/store.ts";
import { shortOf } from "../tally/authority.ts";
import { OFFICERS } from "../tally/powers.ts";
import type { Stated } from "./acts.ts";
import type { Unfit } from "./acts-judged.ts";
import { type Denied, LATE, NO_HALL, NO_ROLE, NOT_CHAIR, NOT_TRIED } from "./denials.ts";
import { Halls, type HallsOptions } from "./desk-halls.ts";
import { SetUp, type SetUpOptions } from "./desk-setup.ts";
import type { Hall } from "./hall.ts";
import type { Papers } from "./papers.ts";
import { type People, SEATED } from "./people.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { PersonView, SessionView, WelcomeView } from "./wire/people.ts";
import type { NewPerson, SignIn } from "./wire/routes.ts";
import { isSignIn } from "./wire/sign.ts";
import type { Witnesses } from "./witnesses.ts";

/** A role that a simulation hands to whoever asks. */
export interface OpenRole {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
}

export interface DeskOptions extends HallsOptions, SetUpOptions {
  readonly witnesses: Witnesses;
  readonly sessions: Sessions;
  /** Only this plenary and those above and within it; absent: all of the election. */
  readonly region?: RegionCode | undefined;
  /** Of a laptop that works on its own: it holds the plenary of that region alone, and its people came with the bundle. */
  readonly isAlone?: boolean;
  /** Why nothing may be stated in a log at this place now; null if it may. Asked before anything is stated. */
  readonly hindrance?: (log: LogName) => Promise<Unfit | null>;
  /** Of a simulation: the keys of a role in a region, in the order in which they are handed out. */
  readonly openRoles?: ((region: RegionCode, role: Role) => readonly OpenRole[]) | undefined;
}

export class Desk {
  readonly people: People;
  readonly witnesses: Witnesses;
  readonly papers: Papers;
  readonly sessions: Sessions;
  readonly clock: () => number;
  readonly #options: DeskOptions;
  readonly #halls: Halls;
  readonly #setUp: SetUp;

  /** The standings must have been loaded for `pleno/0`. */
  constructor(options: DeskOptions) {
    this.#options = options;
    this.people = options.people;
    this.witnesses = options.witnesses;
    this.papers = options.papers;
    this.sessions = options.sessions;
    this.clock = options.clock;
    this.#halls = new Halls(options);
    this.#setUp = new SetUp(options);
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
  hall(region: RegionCode): Promise<Hall> {
    return this.#halls.hall(region);
  }

  /** Person → name, of all who are kept here: what a paper shows where the logs have a random number. */
  names(): ReadonlyMap<string, string> {
    return new Map([...this.witnesses.names(), ...this.people.names()]);
  }

  /** Ends what goes on by itself: the printing. */
  close(): Promise<void> {
    return this.#halls.close();
  }

  /** Calls back whenever what a hall shows may have changed; the answer ends it. */
  watch(region: RegionCode, tell: () => void): Promise<() => void> {
    return this.#halls.watch(region, tell);
  }

  /** Looks at the logs of every hall that is watched, and tells the watchers of those that moved. */
  look(): Promise<void> {
    return this.#halls.look();
  }

  /** Hands in a statement, and tells the hall's watchers at once. */
  async state(session: Session, region: RegionCode, note: Uint8Array): Promise<Stated> {
    const hindered = (await this.#options.hindrance?.(plenoLog(region))) ?? null;
    if (hindered !== null) return { kind: "refused", ...hindered };
    const stated = await this.#halls.state(region, note, session.keys);
    const left = stated.kind === "accepted" ? withdrawnIn(note) : null;
    if (left !== null) this.witnesses.forget(left);
    return stated;
  }

  /** Whether no chair of the nation is granted yet but the root itself, so that nobody could sign in. */
  async needsSetup(): Promise<boolean> {
    return this.#options.isAlone !== true && (await this.#setUp.isNeeded());
  }

  /** Makes the first grants by the root's key. The caller has seen the console's secret. */
  setUp(list: readonly NewPerson[]): Promise<{ readonly index: number } | Denied> {
    return this.#setUp.make(list);
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
}

/** A screen is nobody. */
const SCREEN = { person: "", name: "Proyektor", role: "projector", key: "" } as const;

/** The saksi whose mandate a note takes back: nothing is printed for them any more, so no name need be kept. */
function withdrawnIn(note: Uint8Array): string | null {
  const { type, body } = parseStatement(note);
  if (type !== typeLine("minutes")) return null;
  const { act } = decodeBody("minutes", body);
  return act.what === "mandate" && act.withdrawn ? act.person : null;
}
