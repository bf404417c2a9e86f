/**
 * A small election in being, for tests of what stands on the sequencer: the example of `src/election/testing.ts`, its genesis,
 * its definition and its grants down to the keys of stations, in a store of the test's choice.
 */

import { NATION, parentOf, plenoLog, type RegionCode, type StationCode } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import type { SheetBody } from "../election/sheet.ts";
import type { Role } from "../election/statements.ts";
import { exampleFile, exampleSheet, modelOf } from "../election/testing.ts";
import { fromHex, toHex, utf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { sha256 } from "../ledger/hash.ts";
import { ed25519Signer, type Signer } from "../ledger/note.ts";
import { keyName, parseStatement, shortKey, signStatement } from "../ledger/statement.ts";
import { openMemoryStore } from "../store/memory.ts";
import type { Store } from "../store/store.ts";
import { Sequencer } from "./sequence.ts";
import { type SheetFacts, type Submission, stationChain } from "./submission.ts";

export const ORIGIN = "contoh.example/2029";
/** Where nearly all tests happen. */
export const STATION = "7101012001001" as StationCode;
export const TPS_LOG = "tps/710101";

/** A key by its word: the same word gives the same key in every test. */
export function keyOf(word: string): { readonly signer: Signer; readonly seed: Uint8Array; readonly short: string } {
  const seed = sha256(utf8(`key of ${word}`));
  const { publicKey } = ed25519Signer("any", seed);
  const name = keyName(ORIGIN, publicKey);
  return { signer: ed25519Signer(name, seed), seed, short: shortKey(name) };
}

export interface World {
  readonly store: Store;
  readonly model: Model;
  readonly sequencer: Sequencer;
  /** What the clock shows; a test moves it. */
  readonly time: { now: number };
  /** Grants a key (by its word) a role in a region or station, by the chair of the region's plenary. */
  grant(word: string, where: string, role: Role): Promise<void>;
  revoke(word: string, region: string, undo?: boolean): Promise<void>;
  /** A new sequencer on the same store, as after a restart. */
  restart(): Promise<Sequencer>;
}

/**
 * An election in `store` with chairs down to kecamatan 710101, whose chair has granted the key "phone" to {@link STATION}.
 */
export async function openWorld(store: Store = openMemoryStore(), onReplaced?: () => void): Promise<World> {
  const model = modelOf(exampleFile());
  const time = { now: 1_865_000_000_000 };
  const open = () =>
    Sequencer.open({
      store,
      definition: () => model,
      centre: keyOf("centre").signer,
      clock: () => time.now,
      onReplaced,
    });
  const sequencer = await open();
  const root = keyOf("root");
  await sequencer.write("pleno/0", "genesis", genesisBody(), [root.signer]);
  await sequencer.write("pleno/0", "definition", { decree: "1/KPU/2029", note: "first", root: model.root }, [
    root.signer,
  ]);
  const chairOf = (region: string) => keyOf(region === NATION ? "root" : `chair ${region}`).signer;
  const world: World = {
    store,
    model,
    sequencer,
    time,
    restart: open,
    async grant(word, where, role) {
      const region = role === "chair" ? (parentOf(where as RegionCode) ?? NATION) : where.slice(0, 6);
      const key = toHex(keyOf(word).signer.publicKey);
      const person = toHex(sha256(utf8(word)).subarray(0, 8));
      const list = [{ key, person, region: where, role }];
      await sequencer.write(plenoLog(region as RegionCode), "grant", { list }, [chairOf(region)]);
    },
    async revoke(word, region, undo = false) {
      const keys = [keyOf(word).short];
      await sequencer.write(plenoLog(region as RegionCode), "revoke", { keys, undo }, [chairOf(region)]);
    },
  };
  for (const region of ["71", "7101", "710101"]) await world.grant(`chair ${region}`, region, "chair");
  await world.grant("phone", STATION, "station");
  return world;
}

function genesisBody(): JsonObject {
  const key = (word: string) => toHex(keyOf(word).signer.publicKey);
  return { centre: key("centre"), editions: key("editions"), fold: 1, name: ORIGIN, root: key("root"), rules: 1 };
}

/** The note of a sheet of {@link STATION} for the pairs, signed by the key of a word. */
export function sheetNote(world: World, change: Partial<SheetBody> = {}, word = "phone"): Uint8Array {
  const { by: _, ...body } = exampleSheet(world.model, {
    election: world.sequencer.standings.genesis?.electionTag ?? "",
    station: STATION,
    ...change,
  });
  return signStatement("teguh/sheet/v1", body as unknown as JsonObject, [keyOf(word).signer]);
}

/** A submission as the door makes it. */
export function submissionOf(bytes: Uint8Array, expect?: "latest"): Submission {
  const { id, body, signatures } = parseStatement(bytes);
  const { station, previous } = JSON.parse(new TextDecoder().decode(body)) as SheetBody;
  const facts: SheetFacts = {
    id,
    key: shortKey(signatures[0]?.name ?? ""),
    station,
    chain: stationChain(station, 0),
    previous: previous === null ? null : fromHex(previous),
  };
  return { log: `tps/${station.slice(0, 6)}`, bytes, facts, expect };
}
