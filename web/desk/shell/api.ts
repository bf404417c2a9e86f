/**
 * The desk's addresses as functions, typed by the contract that the program answers by (`recap/wire`).
 *
 * Whatever goes wrong becomes one {@link ApiFault} with words for the person: nothing came (`offline`), or the program said
 * why not ({@link Problem}). Callers decide what stays on the screen; nothing here retries, since only the caller knows
 * whether trying again is safe.
 */
import type { ContestKind, DistrictCode, RegionCode, StationCode } from "../../../src/election/codes.ts";
import type { Role } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { InviteView, NetworkView, PairWish } from "../../../src/recap/wire/network.ts";
import type { PersonView, SessionView, WelcomeView } from "../../../src/recap/wire/people.ts";
import {
  type Accepted,
  type NewPerson,
  OWN_REQUEST,
  type Problem,
  type SignIn,
  type TriedRole,
} from "../../../src/recap/wire/routes.ts";
import type { PlaceView, SafeView } from "../../../src/recap/wire/safe.ts";
import type { PasskeyWish, SealAnew } from "../../../src/recap/wire/sign.ts";
import type { CustodyView, HeldView, StickView, SyncView } from "../../../src/recap/wire/sync.ts";
import type {
  ActsView,
  BelowView,
  DesaView,
  DistrictView,
  HallView,
  OverviewView,
  SeatsView,
  StationView,
  StoryView,
} from "../../../src/recap/wire/views.ts";

const OFFLINE: Text = {
  id: "Program meja tidak menjawab. Yang sudah dinyatakan aman. Periksa apakah laptop induk menyala dan tersambung; halaman ini menyambung lagi sendiri.",
  en: "The desk's program does not answer. What has been stated is safe. See that the main laptop is on and connected; this page reconnects by itself.",
};
const UNREADABLE: Text = {
  id: "Jawaban program meja tidak dapat dibaca. Muat ulang halaman ini.",
  en: "The answer of the desk's program cannot be read. Reload this page.",
};

/** A request that was not answered as hoped: `code` as in {@link Problem}, or `offline`. */
export class ApiFault extends Error {
  override readonly name = "ApiFault";
  readonly code: string;
  readonly words: Text;
  /** Of a refusal: the fold's reason. */
  readonly reason: string | null;

  constructor(code: string, words: Text, reason: string | null = null) {
    super(`${code}: ${words.en}`);
    this.code = code;
    this.words = words;
    this.reason = reason;
  }

  /** Nothing came: the same request may be made again. */
  get isOffline(): boolean {
    return this.code === "offline" || this.code === "later";
  }
}

export type PaperKind = "evidence" | "letter" | "scan" | "words";

type Send = typeof fetch;

export class Api {
  readonly #send: Send;

  constructor(send: Send = (input, init) => fetch(input, init)) {
    this.#send = send;
  }

  // ---- who is here
  welcome = () => this.#get<WelcomeView>("/api/welcome");
  people = (region: RegionCode) => this.#get<PersonView[]>(`/api/halls/${region}/people`);
  session = () => this.#get<SessionView>("/api/session");
  challenge = () => this.#post<{ challenge: string }>("/api/challenge", {});
  signIn = (signIn: SignIn) => this.#post<SessionView>("/api/session", signIn);
  signOut = () => this.#ask<null>("/api/session", { method: "DELETE" });
  setUp = (secret: string, list: readonly NewPerson[]) => this.#post<{ index: number }>("/api/setup", { secret, list });
  addPeople = (list: readonly NewPerson[]) => this.#post<PersonView[]>("/api/people", list);
  reseal = (key: string, wish: SealAnew) =>
    this.#ask<null>(`/api/people/${key}/sealed`, { method: "PUT", ...json(wish) });
  addPasskey = (key: string, wish: PasskeyWish) => this.#post<null>(`/api/people/${key}/passkeys`, wish);
  removePasskey = (key: string, id: string) =>
    this.#ask<null>(`/api/people/${key}/passkeys/${id}`, { method: "DELETE" });
  /** A one-time link for a screen of the hall. */
  pairScreen = () => this.#post<{ link: string }>("/api/projector", {});
  openScreen = (link: string) => this.#post<SessionView>(`/api/projector/${link}`, {});
  tryRole = (region: RegionCode, role: Role) => this.#post<TriedRole>("/api/try", { region, role });

  nameWitness = (person: string, name: string) =>
    this.#ask<null>(`/api/witnesses/${person}`, { method: "PUT", ...json({ name }) });
  forgetWitness = (person: string) => this.#ask<null>(`/api/witnesses/${person}`, { method: "DELETE" });

  // ---- what is shown
  hall = (region: RegionCode) => this.#get<HallView>(`/api/halls/${region}`);
  district = (region: RegionCode, contest: ContestKind, district: DistrictCode) =>
    this.#get<DistrictView>(`/api/halls/${region}/districts/${contest}/${district}`);
  station = (region: RegionCode, contest: ContestKind, station: StationCode) =>
    this.#get<StationView>(`/api/halls/${region}/stations/${contest}/${station}`);
  desa = (region: RegionCode, contest: ContestKind, desa: RegionCode) =>
    this.#get<DesaView>(`/api/halls/${region}/desa/${contest}/${desa}`);
  overview = (region: RegionCode) => this.#get<OverviewView>(`/api/halls/${region}/overview`);
  /** Of a region within the hall's; `everyKecamatan`, of a provinsi: all of them instead of the plenaries right below. */
  overviewOf = (region: RegionCode, of: RegionCode, everyKecamatan: boolean) =>
    this.#get<OverviewView>(`/api/halls/${region}/overview?of=${of}${everyKecamatan ? "&level=kecamatan" : ""}`);
  below = (region: RegionCode, contest: ContestKind, district: DistrictCode) =>
    this.#get<BelowView>(`/api/halls/${region}/below/${contest}/${district}`);
  seats = (region: RegionCode, contest: ContestKind, district: DistrictCode) =>
    this.#get<SeatsView | null>(`/api/halls/${region}/seats/${contest}/${district}`);
  /** What rulings, revotes and corrections did to a district's result, or to a station's. */
  story = (region: RegionCode, contest: ContestKind, district: DistrictCode, station: StationCode | null) =>
    this.#get<StoryView>(
      `/api/halls/${region}/story/${contest}/${district}${station === null ? "" : `?station=${station}`}`,
    );
  /** The newest 200 entries of the minutes below `before`; of all, without it. */
  acts = (region: RegionCode, before?: number) =>
    this.#get<ActsView>(`/api/halls/${region}/acts${before === undefined ? "" : `?before=${before}`}`);

  // ---- a laptop on its own, and who writes which log
  sync = () => this.#get<SyncView>("/api/sync");
  bringStick = (file: Blob) => this.#ask<StickView>("/api/sync/stick", { method: "POST", body: file });
  /** Brings a sheet as a phone has signed it. */
  bringSheet = (note: Uint8Array) =>
    this.#ask<HeldView>("/api/sync/sheets", { method: "POST", body: new Uint8Array(note) });
  network = () => this.#get<NetworkView>("/api/sync/network");
  /** A code that lets one device in. */
  invite = () => this.#post<InviteView>("/api/sync/network", {});
  putOut = (device: string) => this.#ask<null>(`/api/sync/network/${device}`, { method: "DELETE" });
  /** Of a device that is not let in yet. */
  pairDevice = (wish: PairWish) => this.#post<null>("/api/pair", wish);
  custody = (region: RegionCode) => this.#get<CustodyView>(`/api/halls/${region}/custody`);

  // ---- a laptop's own safety
  safe = () => this.#get<SafeView>("/api/safe");
  /** Shows the program what this browser was shown: see `SafeView.checkpoint`. */
  seen = (checkpoint: string) => this.#ask<SafeView>("/api/safe/seen", { method: "POST", body: checkpoint });
  acceptClock = () => this.#post<SafeView>("/api/safe/clock", {});
  copyPlaces = () => this.#get<PlaceView[]>("/api/safe/places");
  copyTo = (folder: string | null) => this.#post<SafeView>("/api/safe/copy", { folder });

  // ---- what is done
  /** Hands in a signed statement. The same bytes may be handed in any number of times. */
  state = (region: RegionCode, note: Uint8Array) =>
    this.#ask<Accepted>(`/api/halls/${region}/statements`, {
      method: "POST",
      body: new Uint8Array(note),
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  paper = (kind: PaperKind, bytes: Blob | string) =>
    this.#ask<{ hash: Hash }>(`/api/papers?kind=${kind}`, { method: "POST", body: bytes });
  /** The pages of a list that a statement names. */
  pages = (list: Hash) => this.#get<Hash[]>(paperUrl(list));
  paperList = (pages: readonly Hash[]) => this.#post<{ hash: Hash }>("/api/paper-lists", { pages });

  #get<T>(path: string): Promise<T> {
    return this.#ask<T>(path, {});
  }

  #post<T>(path: string, body: unknown): Promise<T> {
    return this.#ask<T>(path, { method: "POST", ...json(body) });
  }

  async #ask<T>(path: string, init: RequestInit): Promise<T> {
    const [name, value] = OWN_REQUEST;
    const headers = { ...init.headers, [name]: value };
    let response: Response;
    try {
      response = await this.#send(path, { ...init, headers, cache: "no-store", credentials: "same-origin" });
    } catch {
      throw new ApiFault("offline", OFFLINE);
    }
    if (!response.ok) throw await faultOf(response);
    if (response.status === 204) return null as T;
    try {
      return (await response.json()) as T;
    } catch {
      throw new ApiFault("unreadable", UNREADABLE);
    }
  }
}

function json(body: unknown): RequestInit {
  return { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

async function faultOf(response: Response): Promise<ApiFault> {
  let problem: Partial<Problem> = {};
  try {
    problem = (await response.json()) as Partial<Problem>;
  } catch {
    // Not the desk's program, or it is just ending: what follows says what can be done.
  }
  const { code, message, reason } = problem;
  if (code === undefined || message === undefined) {
    return response.status >= 500 ? new ApiFault("offline", OFFLINE) : new ApiFault("unreadable", UNREADABLE);
  }
  return new ApiFault(code, message, reason ?? null);
}

// ---------------------------------------------------------------- addresses of files

/** Where a photographed page or another paper is. */
export const paperUrl = (hash: Hash): string => `/api/papers/${hash}`;

/** Where a paper of the hall is printed: `certificate/dpr/BALI.pdf`, `night/5103031001.pdf`, `incidents.pdf`. */
export const printUrl = (region: RegionCode, name: string): string => `/api/halls/${region}/${name}`;

/** Where a laptop gives its logs as a file. */
export const STICK_URL = "/api/sync/stick";

/** Where the hall tells that its view may have changed. */
export const eventsUrl = (region: RegionCode): string => `/api/halls/${region}/events`;
