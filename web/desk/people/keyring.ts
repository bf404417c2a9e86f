/**
 * Whose keys are at this device, and which of them is open.
 *
 * One person works at a time, and that person's key stays open in the page's memory until the screen is locked: reading a
 * station takes one keystroke, and a PIN for each would be typed by nobody. Of everyone else who has shown a card here the
 * page remembers the card's secret alone; their key is opened with their PIN for the moment of one signature. Nothing of
 * this is ever stored: a reload forgets all of it. Who came with a passkey shows it again.
 */
import type { RegionCode } from "../../../src/election/codes.ts";
import type { Role } from "../../../src/election/statements.ts";
import { fromHex, toHex } from "../../../src/ledger/bytes.ts";
import type { Signer } from "../../../src/ledger/note.ts";
import { type Card, open, type Random, seal } from "../../../src/recap/wire/card.ts";
import { openByPasskey, PRF_SALT_BYTES, sealForPasskey } from "../../../src/recap/wire/passkey.ts";
import type { PersonView } from "../../../src/recap/wire/people.ts";
import { sealAnew, signerOf, signIn, wishPasskey } from "../../../src/recap/wire/sign.ts";
import { type Api, ApiFault } from "../shell/api.ts";
import { Observable } from "../shell/observable.ts";
import type { Authenticator } from "./authenticator.ts";
import { KeyFault } from "./key-fault.ts";
import { lazyAuthenticator } from "./lazy-authenticator.ts";

/** How somebody came to this device: with a card, by a passkey, or, in a simulation, by trying a role. */
export type Way = { readonly by: "card"; readonly card: Card } | { readonly by: "passkey" } | { readonly by: "trial" };

export interface Present {
  readonly person: Pick<PersonView, "person" | "name" | "role" | "key">;
  readonly way: Way;
}

/** The one who works. */
export interface Active {
  readonly person: Present["person"];
  readonly signer: Signer;
}

/** After so many wrong PINs in a row the card must be shown again. */
export const PIN_TRIES = 5;

export const randomBytes: Random = (count) => crypto.getRandomValues(new Uint8Array(count));

export class Keyring {
  readonly present = new Observable<readonly Present[]>([]);
  readonly active = new Observable<Active | null>(null);
  readonly #api: Api;
  readonly #origin: string;
  readonly #region: RegionCode;
  readonly #authenticator: Authenticator;
  readonly #tries = new Map<string, number>();

  /** @param origin of the election, as keys are named after it */
  constructor(api: Api, origin: string, region: RegionCode, authenticator: Authenticator = lazyAuthenticator) {
    this.#api = api;
    this.#origin = origin;
    this.#region = region;
    this.#authenticator = authenticator;
  }

  /** Opens a key that has a PIN, for whoever has shown the card here before. Throws {@link KeyFault}. */
  async openSigner(person: PersonView, card: Card, pin: string): Promise<Signer> {
    return signerOf(this.#origin, await this.#openSeed(person, card, pin));
  }

  /** First use of a card: the key is sealed with the PIN as well, and its person begins to work. */
  async firstUse(person: PersonView, card: Card, pin: string): Promise<void> {
    const seed = await this.#openSeed(person, card);
    const sealed = await seal(seed, { card, pin }, randomBytes);
    await this.#api.reseal(person.key, sealAnew(this.#origin, sealed, seed));
    await this.#begin(person, { by: "card", card }, seed);
  }

  /** Card and PIN: the person begins to work. Throws {@link KeyFault}. */
  async enter(person: PersonView, card: Card, pin: string): Promise<void> {
    await this.#begin(person, { by: "card", card }, await this.#openSeed(person, card, pin));
  }

  /** A passkey instead of card and PIN: the person begins to work. Throws {@link KeyFault}. */
  async enterByPasskey(person: PersonView): Promise<void> {
    await this.#begin(person, { by: "passkey" }, await this.#openByPasskey(person));
  }

  /** Opens a key by its passkey, for one signature. Throws {@link KeyFault}. */
  async openSignerByPasskey(person: PersonView): Promise<Signer> {
    return signerOf(this.#origin, await this.#openByPasskey(person));
  }

  /**
   * Makes a passkey for a key, which card and PIN open first: the key's copy for it is sealed here, and kept by the desk.
   * @param today `YYYY-MM-DD`. Throws {@link KeyFault}.
   */
  async addPasskey(person: PersonView, card: Card, pin: string, today: string): Promise<void> {
    const seed = await this.#openSeed(person, card, pin);
    const salt = person.passkeys[0]?.salt ?? toHex(randomBytes(PRF_SALT_BYTES));
    const { id, secret } = await this.#authenticator.create(person, salt, person.passkeys);
    const passkey = sealForPasskey(seed, secret, { id, salt, added: today }, randomBytes);
    const { challenge } = await this.#api.challenge();
    await this.#api.addPasskey(person.key, wishPasskey(this.#origin, passkey, challenge, seed));
  }

  /** In a simulation: a role without a card. */
  async tryRole(role: Role): Promise<void> {
    const { signer, person } = await this.triedSigner(role);
    this.#admit({ person, way: { by: "trial" } });
    this.active.set({ person, signer });
  }

  /** In a simulation: somebody of this role to sign with. */
  async triedSigner(role: Role): Promise<Active> {
    const session = await this.#api.tryRole(this.#region, role);
    const signer = signerOf(this.#origin, fromHex(session.seed));
    const publicKey = toHex(signer.publicKey);
    const person = session.people.find(({ key }) => signer.name.endsWith(key)) ?? session.people.at(-1);
    if (person === undefined || publicKey !== session.publicKey) throw new KeyFault("no-key");
    return { person, signer };
  }

  /** A card that was shown to confirm something: its person need only type the PIN from now on. */
  remember(person: PersonView, card: Card): void {
    this.#admit({ person, way: { by: "card", card } });
  }

  /** The card of somebody who has shown it here. */
  cardOf(key: string): Card | null {
    const way = this.present.value.find(({ person }) => person.key === key)?.way;
    return way?.by === "card" ? way.card : null;
  }

  /** Closes the open key; cards stay known, so that a PIN is enough to go on. */
  lock(): void {
    this.active.set(null);
  }

  /** Forgets everything and ends the session. */
  async leave(): Promise<void> {
    this.active.set(null);
    this.present.set([]);
    this.#tries.clear();
    try {
      await this.#api.signOut();
    } catch (fault) {
      // Without the keys nothing can be signed here; the session ends by itself.
      if (!(fault instanceof ApiFault)) throw fault;
    }
  }

  async #begin(person: PersonView, way: Way, seed: Uint8Array): Promise<void> {
    const { challenge } = await this.#api.challenge();
    const session = await this.#api.signIn(signIn(this.#origin, this.#region, challenge, seed));
    const named = session.people.find(({ key }) => key === person.key) ?? person;
    this.#admit({ person: named, way });
    this.active.set({ person: named, signer: signerOf(this.#origin, seed) });
  }

  #admit(present: Present): void {
    const others = this.present.value.filter(({ person }) => person.key !== present.person.key);
    this.present.set([...others, present]);
  }

  async #openByPasskey({ standing, passkeys }: PersonView): Promise<Uint8Array> {
    if (standing === "revoked") throw new KeyFault("revoked");
    const { id, secret } = await this.#authenticator.open(passkeys);
    const passkey = passkeys.find((each) => each.id === id);
    const seed = passkey === undefined ? null : openByPasskey(passkey, secret);
    if (seed === null) throw new KeyFault("passkey-wrong");
    return seed;
  }

  async #openSeed({ key, sealed, standing }: PersonView, card: Card, pin?: string): Promise<Uint8Array> {
    if (standing === "revoked") throw new KeyFault("revoked");
    if (sealed === null) throw new KeyFault("no-key");
    const seed = await open(sealed, pin === undefined ? { card } : { card, pin });
    if (seed !== null) {
      this.#tries.delete(key);
      return seed;
    }
    const tries = (this.#tries.get(key) ?? 0) + 1;
    this.#tries.set(key, tries);
    if (tries < PIN_TRIES) throw new KeyFault("wrong");
    this.#tries.delete(key);
    this.present.set(this.present.value.filter(({ person }) => person.key !== key));
    throw new KeyFault("too-many");
  }
}
