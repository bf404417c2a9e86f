/**
 * Making cards: a seed, a card that opens it, and the line of the grant, for each person. All of it is made in this browser;
 * the desk gets the seed sealed, the log gets the public key, and the card's secret is on paper alone.
 */
import type { RegionCode } from "../../../src/election/codes.ts";
import type { Role } from "../../../src/election/statements.ts";
import { toHex } from "../../../src/ledger/bytes.ts";
import { shortKey } from "../../../src/ledger/statement.ts";
import { type Card, makeCard, type Random, seal } from "../../../src/recap/wire/card.ts";
import type { NewPerson } from "../../../src/recap/wire/routes.ts";
import { type Said, signerOf } from "../../../src/recap/wire/sign.ts";

const SEED_BYTES = 32;
const PERSON_BYTES = 16;

/** Who is to get a card. */
export interface Wanted {
  readonly name: string;
  readonly role: Role;
  readonly region: RegionCode;
  /** Of somebody whose card is replaced: the person as the log knows them. */
  readonly person?: string;
}

export interface Issued {
  readonly card: Card;
  /** Short name of the key, 16 hex. */
  readonly key: string;
  readonly holder: NewPerson;
}

/** Makes one card; takes what sealing costs. */
export async function issueCard(
  { name, role, region, person }: Wanted,
  origin: string,
  random: Random,
): Promise<Issued> {
  const seed = random(SEED_BYTES);
  const signer = signerOf(origin, seed);
  const card = makeCard(random);
  const sealed = await seal(seed, { card }, random);
  const holder: NewPerson = {
    person: person ?? toHex(random(PERSON_BYTES)),
    name: name.normalize("NFC").trim(),
    role,
    region,
    publicKey: toHex(signer.publicKey),
    sealed,
  };
  return { card, key: shortKey(signer.name), holder };
}

/** The statement that grants these keys their roles. */
export function grantOf(issued: readonly Issued[]): Said<"grant"> {
  return {
    list: issued.map(({ holder: { publicKey, person, region, role } }) => ({ key: publicKey, person, region, role })),
  };
}
