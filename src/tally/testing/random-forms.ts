/**
 * What the steps of a random history are made of: the dice, forms right and wrong, and statements that no honest writer
 * appends.
 */
import { type ContestKind, NATION, plenoLog, type RegionCode, tpsLog } from "../../election/codes.ts";
import type { Model } from "../../election/model.ts";
import { concat, toHex, utf8 } from "../../ledger/bytes.ts";
import type { JsonObject } from "../../ledger/canonical.ts";
import { sha256 } from "../../ledger/hash.ts";
import { signStatement } from "../../ledger/statement.ts";
import type { LogName } from "../logs.ts";
import { figuresFor, type World } from "../testing.ts";

/** Draws small numbers from a large one; when it is used up, always 0, which is the ordinary choice. */
export class Dice {
  #left: number;

  constructor(seed: number) {
    this.#left = seed;
  }

  below(sides: number): number {
    const drawn = this.#left % sides;
    this.#left = Math.floor(this.#left / sides);
    return drawn;
  }

  /** True once in so many times. */
  rarely(sides: number): boolean {
    return this.below(sides) === sides - 1;
  }

  of<T>(first: T, ...others: readonly T[]): T {
    const at = this.below(others.length + 1);
    return at === 0 ? first : (others[at - 1] ?? first);
  }
}

/**
 * The figures of a form by one of the definitions (the first is in force). `good`: how much likelier than each of the ways
 * in which forms are wrong.
 */
export function randomForm(
  world: World,
  models: readonly [Model, ...Model[]],
  station: string,
  contest: ContestKind,
  dice: Dice,
  good: number,
): JsonObject {
  const [latest] = models;
  const drawn = dice.rarely(4) ? (models[dice.below(models.length)] ?? latest) : latest;
  // An earlier definition may not have the station.
  const model = drawn.station(station) ? drawn : latest;
  const columns = world.districtOf(station, contest, model).choices.length;
  const base = dice.below(12);
  const votes: (number | null)[] = Array.from({ length: columns }, (_, i) => (base * (i + 1)) % 17);
  votes[0] = dice.below(40);
  const sum = () => votes.reduce<number>((total, value) => total + (value ?? 0), 0);
  const formed = (change: JsonObject = {}): JsonObject => ({
    ...world.form(station, contest, votes, model),
    ...change,
  });
  const parties = world.districtOf(station, contest, model).parties.map(() => 3);
  switch (Math.max(0, dice.below(good + 8) - good)) {
    case 1:
      return formed({ figures: figuresFor(sum() + 1, 5) });
    case 2:
      votes[1] = null;
      return formed();
    case 3:
      return world.form(station, contest, null, model);
    case 4:
      return formed({ parties });
    case 5:
      votes[0] = 65_534 + dice.below(3);
      return formed();
    case 6:
      votes[votes.length - 1] = null;
      return formed({ parties });
    case 7:
      votes.fill(null);
      return formed();
    default:
      return formed();
  }
}

/** Writes one of the statements that must be refused without moving anything, about this station. */
export function writeJunk(world: World, log: LogName, station: string, dice: Dice): void {
  const kecamatan = station.slice(0, 6) as RegionCode;
  const form = world.form(station, "ppwp", [1, 2, 3]);
  const sheet = { ...form, papers: null, previous: null };
  const custody = { log: plenoLog("5101" as RegionCode), size: 0, root: toHex(sha256(utf8(""))), epoch: 1 };
  const definition = { root: world.model.root, decree: "9/UJI" };
  const junk: readonly (() => void)[] = [
    () => world.append(log, foreign(world, "sheet", sheet, `station ${station}`)),
    () => world.write(log, "sheet", { ...sheet, extra: 1 }, [`station ${station}`]),
    () => world.write(log, "sheet", { ...sheet, votes: [1, 2, 3, 4] }, [`station ${station}`]),
    () => world.write(log, "sheet", sheet, [`station ${station}`, `chair ${kecamatan}`]),
    () => world.write(log, "unheard", { a: 1 }, ["root"]),
    () => world.write(log, "seen", { log: plenoLog(NATION), size: 1, root: "0".repeat(64) }, ["centre"]),
    () => world.write(log, "seen", { log: "editions", size: 1, root: "0".repeat(64) }, ["centre"]),
    () => world.write(tpsLog(kecamatan), "definition", { ...definition, note: "first" }, ["root"]),
    () => world.write(plenoLog("51" as RegionCode), "custody", { ...custody, vkey: "x+y+z" }, ["chair 51"]),
    () => world.write(log, "order", { kind: "ruling" }, ["root"]),
    () => world.append(log, damaged(world, sheet, station)),
  ];
  junk[dice.below(junk.length)]?.();
}

/** A statement of another election. */
function foreign(world: World, type: string, body: JsonObject, signer: string): Uint8Array {
  const full = { election: "ab".repeat(16), time: 1, ...body };
  return signStatement(`teguh/${type}/v1`, full, [world.signer(signer)]);
}

/** A note whose JSON is not canonical any more: a space after the first brace. */
function damaged(world: World, body: JsonObject, station: string): Uint8Array {
  const bytes = foreign(world, "sheet", body, `station ${station}`);
  const at = bytes.indexOf(0x7b) + 1;
  return concat(bytes.subarray(0, at), utf8(" "), bytes.subarray(at));
}
