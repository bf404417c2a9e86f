/** A test election whose logs stand in a store, as a hall finds them. */
import { placeOf } from "../../core/submission.ts";
import type { RegionCode } from "../../election/codes.ts";
import { parseStatement } from "../../ledger/statement.ts";
import { openMemoryStore } from "../../store/memory.ts";
import type { Store } from "../../store/store.ts";
import type { World } from "../../tally/testing.ts";
import { Hall, type HallOptions } from "../hall.ts";
import { TestHall } from "../plenary-testing.ts";

/** Appends entries of logs to a store, as the sequencer would. */
export async function storeOf(
  entries: readonly { readonly log: string; readonly bytes: Uint8Array }[],
  store: Store = openMemoryStore(),
): Promise<Store> {
  const epoch = await store.claim("core");
  const placed = entries.map(({ log, bytes }) => {
    const statement = parseStatement(bytes);
    return { log, id: statement.id, ...placeOf(statement), bytes };
  });
  await store.append(placed, epoch);
  return store;
}

/** A plenary's people, the logs that they write, and the store that these go to with {@link StoredHall.store}. */
export class StoredHall {
  readonly desk: TestHall;
  readonly #store: Store = openMemoryStore();
  #stored = 0;

  constructor(region: RegionCode, world?: World) {
    this.desk = new TestHall(region, world);
  }

  /** Puts what was written since into the store. */
  async store(): Promise<Store> {
    const { order } = this.desk.world;
    const from = this.#stored;
    this.#stored = order.length;
    return storeOf(order.slice(from), this.#store);
  }

  async open(region = this.desk.region, options: Partial<HallOptions> = {}): Promise<Hall> {
    const store = await this.store();
    return Hall.open({ store, definition: this.desk.world.definition, region, ...options });
  }
}
