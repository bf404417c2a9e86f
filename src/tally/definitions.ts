/**
 * The definitions of an election in the order in which `pleno/0` states them. The last lays out the books; a sheet is judged
 * by the one that its log has seen, so that an amendment changes nothing that was judged before it was seen.
 */
import { isWellFormed } from "../election/malformed.ts";
import type { District, Model } from "../election/model.ts";
import type { HotSheet } from "../election/sheet.ts";
import type { View } from "./sheets.ts";

export class Definitions {
  readonly #models: (Model | null)[] = [];
  #inForce: Model | null = null;
  /** For each district object: the district, and the first definition that has it. */
  readonly #districts = new Map<string, { readonly district: District; readonly since: number }>();

  /** The last one; null before there is one. */
  get inForce(): Model | null {
    return this.#inForce;
  }

  /** Adds the next one. False, and the one before stays in force, if it loses anything that may have votes. */
  add(model: Model): boolean {
    const keeps = this.#inForce === null || keepsAll(this.#inForce, model);
    const since = this.#models.push(keeps ? model : this.#inForce) - 1;
    if (!keeps) return false;
    this.#inForce = model;
    for (const contest of model.contests) {
      for (const district of contest.districts) {
        if (!this.#districts.has(district.object)) this.#districts.set(district.object, { district, since });
      }
    }
    return true;
  }

  /** The definition number `seen` and the sheet's district in it; null if by it the sheet is malformed. */
  view(seen: number, sheet: HotSheet): View | null {
    const model = this.#models[seen];
    if (!model) return null;
    const district = (object: string) => {
      const named = this.#districts.get(object);
      return named && named.since <= seen ? named.district : undefined;
    };
    if (!isWellFormed(sheet, { model, district })) return null;
    const desa = model.desa(sheet.desa);
    const inForce = desa && model.contestAt(sheet.contest)?.districtOf(desa);
    return inForce ? { model, district: inForce } : null;
  }

  /** The definition number `seen`; null before there is one. */
  model(seen: number): Model | null {
    return this.#models[seen] ?? null;
  }

  /** A district as the definition number `seen` has it. */
  district(seen: number, contest: string, code: string): District | null {
    const model = this.#models[seen];
    return model?.contests.find(({ kind }) => kind === contest)?.district(code) ?? null;
  }
}

/** Whether an amended definition keeps all stations, districts and columns of the one before, in their places. */
function keepsAll(old: Model, next: Model): boolean {
  for (let i = 0; i < old.stationCount; i++) if (!next.station(old.stationAt(i))) return false;
  return old.contests.every((contest) =>
    contest.districts.every((district) => {
      const kept = next.contest(contest.kind)?.district(district.code);
      if (!kept || !district.choices.every(({ id }, column) => kept.choices[column]?.id === id)) return false;
      return district.desa.every((desa) => {
        const there = next.region(desa.code);
        return there !== undefined && kept.contest.districtOf(there) === kept;
      });
    }),
  );
}
