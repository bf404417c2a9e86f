/** The invented Bali that all courses of the days share: its definition, its people's keys, and what stands on every paper. */
import { demoElection } from "../src/demo/election.ts";
import { DemoKeys } from "../src/demo/keys.ts";
import { type Reported, reportedOf } from "../src/demo/sheets.ts";
import type { ContestKind, StationCode } from "../src/election/codes.ts";
import { definitionObjects } from "../src/election/definition-tree.ts";
import type { Model } from "../src/election/model.ts";
import { readDefinition } from "../src/election/read-definition.ts";
import type { Hash } from "../src/ledger/hash.ts";
import { regionNames } from "../src/store/geography.ts";

export class Invented {
  readonly seed: string;
  readonly model: Model;
  readonly keys: DemoKeys;
  /** The definition's, by hash. */
  readonly objects: ReadonlyMap<Hash, Uint8Array>;
  readonly #papers = new Map<string, Reported>();

  /** Everything follows from the seed; of few stations some kecamatan have none, and are left out. */
  constructor(seed: string, stations: number) {
    const { root, objects } = definitionObjects(demoElection(regionNames(), { seed, stations }));
    this.seed = seed;
    this.objects = objects;
    this.model = readDefinition(root, (hash) => objects.get(hash));
    this.keys = new DemoKeys(seed);
  }

  /** The papers of a station in a contest, and what its phones make of them. */
  papers(station: StationCode, kind: ContestKind): Reported {
    const key = `${station} ${kind}`;
    const papers = this.#papers.get(key) ?? reportedOf(this.model, this.seed, station, kind);
    this.#papers.set(key, papers);
    return papers;
  }
}
