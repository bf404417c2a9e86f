/**
 * Who sits in the halls of this desk: names and sealed keys, one file per key in `DIR/desk/people/`.
 *
 * The files grant nothing. Who may do what is in the logs alone: a key that is kept here and not granted there opens no door, so
 * that cards may be made before the statement that grants them is given. A name can be deleted with its file; the
 * logs, which know a random person, then still say the same.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Type from "typebox";
import type { Standings } from "../core/standings.ts";
import { isWithin, plenoLog, type RegionCode } from "../election/codes.ts";
import { fits } from "../election/schema-faults.ts";
import { Person, PublicKey, Region } from "../election/statement-fields.ts";
import { ROLES, type Role } from "../election/statements.ts";
import { fromHex, fromUtf8, utf8 } from "../ledger/bytes.ts";
import { writeDurable } from "../store/durable.ts";
import { readFileOrNull } from "../store/files.ts";
import { shortOf } from "../tally/authority.ts";
import { isSealedSeed } from "./wire/card.ts";
import { MOST_PASSKEYS } from "./wire/passkey.ts";
import type { Passkey, PersonView, SealedSeed } from "./wire/people.ts";
import type { NewPerson } from "./wire/routes.ts";
import { isPasskeyWish, isSealAnew, type PasskeyWish, type SealAnew } from "./wire/sign.ts";

/** A person as the file has it. `sealed` is null of a key that is kept elsewhere. */
export type KeptPerson = Omit<NewPerson, "sealed"> & {
  readonly sealed: SealedSeed | null;
  readonly passkeys?: readonly Passkey[];
};

/** Letters of any script, and what stands between them in names and titles. */
export const PersonName = Type.String({ minLength: 1, maxLength: 120, pattern: "^[\\p{L}\\p{M}\\p{N} .,'’()/-]+$" });

const Kept = Type.Object(
  {
    person: Person,
    name: PersonName,
    role: Type.Enum([...ROLES]),
    region: Region,
    publicKey: PublicKey,
    sealed: Type.Unknown(),
  },
  { additionalProperties: false },
);

/** Roles that sit in a hall; a phone's key and an archive's are kept elsewhere. */
export const SEATED: ReadonlySet<Role> = new Set(ROLES.filter((role) => role !== "station" && role !== "archive"));

/** Whether what a page sent is a person with a sealed key. */
export function isNewPerson(value: unknown): value is NewPerson {
  return fits(Kept, value) && SEATED.has((value as KeptPerson).role) && isSealedSeed((value as KeptPerson).sealed);
}

/** Short name of a person's key. */
export const keyOf = ({ publicKey }: Pick<KeptPerson, "publicKey">): string => shortOf(fromHex(publicKey));

/** The people that another desk has packed; null if the bytes are no such list. */
export function peopleFrom(bytes: Uint8Array): KeptPerson[] | null {
  let list: unknown;
  try {
    list = JSON.parse(fromUtf8(bytes));
  } catch {
    return null;
  }
  const isKept = (one: unknown) => isNewPerson(one) || (fits(Kept, one) && (one as KeptPerson).sealed === null);
  return Array.isArray(list) && list.every(isKept) ? (list as KeptPerson[]) : null;
}

/** Why a key cannot be sealed anew. */
export type SealRefusal = "unknown" | "used" | "signature";

/** Why a passkey is not kept. */
export type PasskeyRefusal = "unknown" | "signature" | "salt" | "many";

export class People {
  readonly #folder: string;
  readonly #origin: string;
  /** By short name of the key. */
  readonly #people = new Map<string, KeptPerson>();

  private constructor(folder: string, origin: string) {
    this.#folder = folder;
    this.#origin = origin;
  }

  /** The people of a data folder, in the election of this origin. */
  static open(data: string, origin: string): People {
    const people = new People(join(data, "desk", "people"), origin);
    for (const key of people.#names()) {
      const bytes = readFileOrNull(people.#path(key));
      if (bytes !== null) people.#people.set(key, JSON.parse(fromUtf8(bytes)) as KeptPerson);
    }
    return people;
  }

  get(key: string): KeptPerson | undefined {
    return this.#people.get(key);
  }

  /** Person → name. */
  names(): Map<string, string> {
    return new Map([...this.#people.values()].map(({ person, name }) => [person, name]));
  }

  /** Keeps people whose keys are not kept yet; a key once kept stays as it is. Throws what the disk throws. */
  add(list: readonly KeptPerson[]): void {
    for (const person of list) if (!this.#people.has(keyOf(person))) this.#keep(person);
  }

  /** The people of a region and of all within it, to be taken to another desk: see {@link peopleFrom}. Null if there are none. */
  packed(region: RegionCode): Uint8Array | null {
    const list = [...this.#people.values()].filter((person) => isWithin(person.region, region));
    return list.length === 0 ? null : utf8(JSON.stringify(list));
  }

  /** Seals a key with a PIN in place of the card alone: once, and by the key's own wish. */
  sealAnew(key: string, wish: SealAnew): SealRefusal | null {
    const person = this.#people.get(key);
    if (person === undefined) return "unknown";
    if (person.sealed?.by !== "card" || wish.sealed.by !== "card+pin") return "used";
    if (!isSealAnew(this.#origin, wish, fromHex(person.publicKey))) return "signature";
    this.#keep({ ...person, sealed: wish.sealed });
    return null;
  }

  /** Keeps a key for a passkey too, by the key's own wish. The caller has redeemed the challenge. */
  addPasskey(key: string, wish: PasskeyWish): PasskeyRefusal | null {
    const person = this.#people.get(key);
    if (person === undefined) return "unknown";
    if (!isPasskeyWish(this.#origin, wish, fromHex(person.publicKey))) return "signature";
    const others = (person.passkeys ?? []).filter(({ id }) => id !== wish.passkey.id);
    if (others.some(({ salt }) => salt !== wish.passkey.salt)) return "salt";
    if (others.length >= MOST_PASSKEYS) return "many";
    this.#keep({ ...person, passkeys: [...others, wish.passkey] });
    return null;
  }

  /** Forgets a key's copy for a passkey: the passkey then opens nothing. */
  removePasskey(key: string, id: string): void {
    const person = this.#people.get(key);
    const before = person?.passkeys ?? [];
    const passkeys = before.filter((each) => each.id !== id);
    if (person !== undefined && passkeys.length < before.length) this.#keep({ ...person, passkeys });
  }

  /** Those who hold, or held, or are to hold a role in a hall: its own and those of regions that contain it. */
  in(region: RegionCode, standings: Standings): PersonView[] {
    return [...this.#people.values()]
      .filter((person) => isWithin(region, person.region))
      .map((person) => viewOf(person, plenoLog(region), standings))
      .sort((a, b) => b.region.length - a.region.length || ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
  }

  #keep(person: KeptPerson): void {
    const key = keyOf(person);
    writeDurable(this.#path(key), utf8(`${JSON.stringify(person)}\n`));
    this.#people.set(key, person);
  }

  #names(): string[] {
    // Before the first person there is no folder; one that cannot be read is no empty one.
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).flatMap((file) => /^([0-9a-f]{16})\.json$/.exec(file)?.[1] ?? []);
  }

  #path(key: string): string {
    return join(this.#folder, `${key}.json`);
  }
}

function viewOf(kept: KeptPerson, log: string, standings: Standings): PersonView {
  const key = keyOf(kept);
  const holds = standings
    .grantsOf(log, key)
    .some(({ person, role, region }) => person === kept.person && role === kept.role && region === kept.region);
  const standing = holds ? "granted" : standings.isKnown(log, key) ? "revoked" : "not-granted";
  return { ...kept, key, standing, passkeys: standing === "revoked" ? [] : (kept.passkeys ?? []) };
}
