/** The chair of a kecamatan at the plenary desk, over HTTP as the desk's page speaks it: signs in, and grants a key now and then. */
import { randomBytes } from "node:crypto";
import { publicKeyOf } from "#ed25519";
import { seedOf } from "../bench/nation.ts";
import type { RegionCode } from "../src/election/codes.ts";
import { toHex } from "../src/ledger/bytes.ts";
import { People } from "../src/recap/people.ts";
import type { Accepted } from "../src/recap/wire/routes.ts";
import { signAct, signerOf, signIn } from "../src/recap/wire/sign.ts";
import { Device } from "../src/server/testing/desk.ts";

/** As the synthetic nation grants it. */
const CHAIR = "c".repeat(16);

/** Names the kecamatan's chair to the desk: before the desk's process starts. */
export function nameChair(data: string, origin: string, region: RegionCode): void {
  const publicKey = toHex(publicKeyOf(seedOf(region)));
  People.open(data, origin).add([
    { person: CHAIR, name: "Ketua Simulasi", role: "chair", region, publicKey, sealed: null },
  ]);
}

export class Chair {
  readonly #origin: string;
  readonly #tag: string;
  readonly #region: RegionCode;
  readonly #device: Device;

  private constructor(origin: string, tag: string, region: RegionCode, device: Device) {
    this.#origin = origin;
    this.#tag = tag;
    this.#region = region;
    this.#device = device;
  }

  /** Signs in at the desk at `address`. */
  static async at(address: string, origin: string, tag: string, region: RegionCode): Promise<Chair> {
    const device = new Device(Number(new URL(address).port));
    const { body } = await device.ask<{ challenge: string }>("POST", "/api/challenge", {});
    const answer = signIn(origin, region, body.challenge, seedOf(region));
    const { status } = await device.ask("POST", "/api/session", answer);
    if (status !== 200) throw new Error(`the desk lets its chair not in: ${status}`);
    return new Chair(origin, tag, region, device);
  }

  /** Grants somebody a key; the act's place in the plenary's log, or null if the desk said "later". */
  async act(): Promise<number | null> {
    const granted = {
      key: randomBytes(32).toString("hex"),
      person: randomBytes(8).toString("hex"),
      role: "observer",
    } as const;
    const note = signAct({
      election: this.#tag,
      signers: [signerOf(this.#origin, seedOf(this.#region))],
      time: Date.now(),
      type: "grant",
      body: { list: [{ ...granted, region: this.#region }] },
    });
    const { status, body } = await this.#device.ask<Accepted>("POST", `/api/halls/${this.#region}/statements`, note);
    return status === 200 ? body.index : null;
  }
}
