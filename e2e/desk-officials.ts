/**
 * The people of plenaries, as their tests need them: each with a card and a PIN that a browser can type, and with the key itself,
 * so that a test can also state by HTTP what it has no need to press.
 */
import { randomBytes } from "node:crypto";
import type { RegionCode } from "../src/election/codes.ts";
import type { Role } from "../src/election/statements.ts";
import { toHex } from "../src/ledger/bytes.ts";
import type { Signer } from "../src/ledger/note.ts";
import { type Card, makeCard, readCard, seal } from "../src/recap/wire/card.ts";
import { type Accepted, type NewPerson, OWN_REQUEST } from "../src/recap/wire/routes.ts";
import { type HallType, type Said, signAct, signerOf, signIn } from "../src/recap/wire/sign.ts";
import type { HallView } from "../src/recap/wire/views.ts";

const random = (count: number) => new Uint8Array(randomBytes(count));

export interface Official {
  readonly name: string;
  readonly role: Role;
  readonly region: RegionCode;
  readonly card: Card;
  readonly pin: string;
  readonly seed: Uint8Array;
  readonly signer: Signer;
  readonly listed: NewPerson;
}

/** Somebody with a card whose PIN is chosen already. */
export async function makeOfficial(origin: string, name: string, role: Role, region: string): Promise<Official> {
  const [card, seed] = [makeCard(random), random(32)];
  const pin = "271828";
  const signer = signerOf(origin, seed);
  const sealed = await seal(seed, { card, pin }, random);
  const code = region as RegionCode;
  const person = toHex(random(16));
  const listed = { person, name, role, region: code, publicKey: toHex(signer.publicKey), sealed };
  return { name, role, region: code, card, pin, seed, signer, listed };
}

/** Finds one of them by name. */
export const among =
  (officials: readonly Official[]) =>
  (name: string): Official => {
    const found = officials.find((official) => official.name === name);
    if (found === undefined) throw new RangeError(`nobody is called ${name}`);
    return found;
  };

/** Sets a new desk up with these people. @param printed what the program has printed, with the code that it shows */
export async function setUp(desk: string, printed: string, officials: readonly Official[]): Promise<void> {
  const code = /set-up code of the desk.*: (\S+)/.exec(printed)?.[1] ?? "";
  const read = readCard(code);
  if (!("card" in read)) throw new Error(`the console shows no set-up code:\n${printed}`);
  const body = { secret: read.card, list: officials.map(({ listed }) => listed) };
  await new Client(desk).post("/api/setup", body);
}

/** Somebody at a desk by HTTP, without a page. */
export class Client {
  readonly #desk: string;
  #cookie = "";

  constructor(desk: string) {
    this.#desk = desk.replace(/\/$/, "");
  }

  async get<T>(path: string): Promise<T> {
    return (await this.#ask(path, {})).json() as Promise<T>;
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const init = { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    return (await this.#ask(path, init)).json() as Promise<T>;
  }

  /** Posts what is no JSON. */
  async send<T>(path: string, body: string): Promise<T> {
    return (await this.#ask(path, { method: "POST", body })).json() as Promise<T>;
  }

  async signIn(origin: string, { region, seed }: Official): Promise<void> {
    const { challenge } = await this.post<{ challenge: string }>("/api/challenge", {});
    await this.post("/api/session", signIn(origin, region, challenge, seed));
  }

  /** States an act in a hall, signed by these. Rejects with the refusal's words. */
  async state<T extends HallType>(
    hall: HallView,
    type: T,
    body: Said<T>,
    officials: readonly Official[],
  ): Promise<Accepted> {
    const signers = officials.map(({ signer }) => signer);
    const note = signAct({ election: hall.election.tag, signers, time: Date.now(), type, body });
    const init = { method: "POST", body: new Uint8Array(note) };
    return (await this.#ask(`/api/halls/${hall.region.code}/statements`, init)).json() as Promise<Accepted>;
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const [name, value] = OWN_REQUEST;
    const headers = { ...init.headers, [name]: value, cookie: this.#cookie };
    const response = await fetch(this.#desk + path, { ...init, headers });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(";")[0] ?? "";
    if (!response.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
