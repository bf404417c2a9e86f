/** Simulated devices with a courier each. */
import { Endpoints, signEndpoints } from "../../election/endpoints.ts";
import { utf8 } from "../../ledger/bytes.ts";
import { sha256 } from "../../ledger/hash.ts";
import { ed25519Signer, ed25519Verifier } from "../../ledger/note.ts";
import { keyName, signStatement } from "../../ledger/statement.ts";
import { Courier, type CourierOptions } from "../courier.ts";
import { MemoryShelf } from "../shelf.ts";
import { ELECTION, LOG, LOG_VKEY } from "./simulated-door.ts";
import type { VirtualTime } from "./virtual-time.ts";

const ORIGIN = "contoh.example/2029";

export function keyOf(word: string) {
  const seed = sha256(utf8(`key of ${word}`));
  return ed25519Signer(keyName(ORIGIN, ed25519Signer("any", seed).publicKey), seed);
}

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function endpointsOf(urls: readonly string[], random: () => number): Endpoints {
  const centre = keyOf("centre");
  const endpoints = new Endpoints({
    centre: ed25519Verifier(centre.name, centre.publicKey),
    electionTag: ELECTION,
    random,
  });
  endpoints.learn(signEndpoints({ election: ELECTION, number: 1, time: 1, urls }, centre));
  return endpoints;
}

type Given = Pick<CourierOptions, "fetch"> & Partial<CourierOptions>;

/** A device with an own key; hosts `http://a/` and `http://b/`. */
export function openDevice(word: string, time: VirtualTime, random: () => number, given: Given): Promise<Courier> {
  return Courier.open({
    signer: keyOf(word),
    region: "7101012001001",
    election: ELECTION,
    vkeyOf: (log) => (log === LOG ? LOG_VKEY : null),
    endpoints: endpointsOf(["http://a/", "http://b/"], random),
    shelf: new MemoryShelf(),
    clock: () => Math.floor(time.now),
    ticks: () => time.now,
    random,
    rest: time.rest,
    ...given,
  });
}

/** The note of something that only has to be told apart from others. */
export function someSheet(word: string, n: number): Uint8Array {
  return signStatement("teguh/sheet/v1", { election: ELECTION, n, time: 1, word }, [keyOf(word)]);
}
