/**
 * The keys of everyone who takes part: one for each role of each plenary, one for each station's phone, a second one where
 * a station has two. They follow from the seed, so whoever knows the seed can sign for all of them: that is well for an
 * election that is invented, and the reason why only this one is made so.
 */
import { publicKeyOf } from "#ed25519";
import type { RegionCode, StationCode } from "../election/codes.ts";
import type { Grant, Role } from "../election/statements.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";
import { type Signer, signerOf } from "../ledger/note.ts";
import { keyName } from "../ledger/statement.ts";
import { ORIGIN } from "./election.ts";

/** Who of the simulated committee sits in every plenary. */
export const SEATS = ["chair", "member", "operator"] as const satisfies readonly Role[];
export type Seat = (typeof SEATS)[number];

/** Which of a station's phones. */
export type Phone = "first" | "second";

export class DemoKeys {
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  official(region: RegionCode, seat: Seat): Signer {
    return this.#signer(`${seat} ${region}`);
  }

  /** The seed of a visitor's key: it is handed to whoever asks. */
  visitorSeed(region: RegionCode, seat: string): Uint8Array {
    return this.#seedOf(`visiting ${seat} ${region}`);
  }

  visitor(region: RegionCode, seat: string): Signer {
    return this.#signer(`visiting ${seat} ${region}`);
  }

  /** What is granted to a visitor who takes a seat. */
  visitorGrant(region: RegionCode, seat: string, role: Role): Grant {
    return this.#grant(this.visitor(region, seat), `visiting ${seat} ${region}`, role, region);
  }

  /** An official as the logs know them: a random-looking number. */
  officialPerson(region: RegionCode, seat: Seat): string {
    return this.seatGrant(region, seat).person;
  }

  phone(station: StationCode, which: Phone): Signer {
    return this.#signer(`${which} phone ${station}`);
  }

  /** What is granted to an official. */
  seatGrant(region: RegionCode, seat: Seat): Grant {
    return this.#grant(this.official(region, seat), `${seat} ${region}`, seat, region);
  }

  /** What is granted to a phone: of either the same officer is the owner. */
  phoneGrant(station: StationCode, which: Phone): Grant {
    return this.#grant(this.phone(station, which), `officer ${station}`, "station", station);
  }

  #signer(label: string): Signer {
    const seed = this.#seedOf(label);
    const publicKey = publicKeyOf(seed);
    return signerOf(keyName(ORIGIN, publicKey), seed, publicKey);
  }

  #seedOf(label: string): Uint8Array {
    return sha256(utf8(`${this.#seed}\nkey of ${label}`));
  }

  #grant(signer: Signer, label: string, role: Role, region: RegionCode | StationCode): Grant {
    const person = toHex(sha256(utf8(`${this.#seed}\nperson ${label}`)).subarray(0, 8));
    return { key: toHex(signer.publicKey), person, region, role };
  }
}
