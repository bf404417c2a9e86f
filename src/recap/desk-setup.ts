/**
 * The first run of a desk: while no chair of the nation is granted but the root itself nobody could sign in, and the root's key
 * grants the first ones.
 */
import type { Standings } from "../core/standings.ts";
import type { Core } from "../core/submission.ts";
import { NATION, plenoLog } from "../election/codes.ts";
import { decodeBody, typeLine } from "../election/statements.ts";
import { fromHex } from "../ledger/bytes.ts";
import type { Signer } from "../ledger/note.ts";
import { parseStatement, signStatement } from "../ledger/statement.ts";
import type { Store } from "../store/store.ts";
import { shortOf } from "../tally/authority.ts";
import { isMisfortune } from "./acts.ts";
import { type Denied, NO_FIRST_CHAIR, NO_ROOT, NOT_WRITTEN } from "./denials.ts";
import type { People } from "./people.ts";
import type { NewPerson } from "./wire/routes.ts";

export interface SetUpOptions {
  readonly store: Store;
  readonly core: Core;
  readonly standings: Standings;
  readonly people: People;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** The root's signer, if its key is at hand: it grants the first chair. */
  readonly root: () => Signer | null;
}

const LOG = plenoLog(NATION);

export class SetUp {
  readonly #options: SetUpOptions;
  #isNeeded = true;

  constructor(options: SetUpOptions) {
    this.#options = options;
  }

  /** Whether there is no such chair yet. The standings must have been loaded for `pleno/0`. */
  async isNeeded(): Promise<boolean> {
    if (this.#isNeeded) this.#isNeeded = !(await this.#hasChair());
    return this.#isNeeded;
  }

  async #hasChair(): Promise<boolean> {
    const { store, standings } = this.#options;
    await standings.refresh(LOG);
    const isChair = (key: string) =>
      standings.grantsOf(LOG, shortOf(fromHex(key))).some(({ role, region }) => role === "chair" && region === NATION);
    const size = (await store.head(LOG))?.size ?? 0;
    for (const bytes of await store.read(LOG, 0, size)) {
      const { type, body } = parseStatement(bytes);
      if (type !== typeLine("grant")) continue;
      const { list } = decodeBody("grant", body);
      if (list.some(({ key, role, region }) => role === "chair" && region === NATION && isChair(key))) return true;
    }
    return false;
  }

  /** Makes the first grants by the root's key. */
  async make(list: readonly NewPerson[]): Promise<{ readonly index: number } | Denied> {
    const { people, standings, core, clock } = this.#options;
    const root = this.#options.root();
    if (root === null) return NO_ROOT;
    if (!list.some(({ role, region }) => role === "chair" && region === NATION)) return NO_FIRST_CHAIR;
    people.add(list);
    const body = {
      election: standings.genesis?.electionTag ?? "",
      list: list.map(({ publicKey, person, role, region }) => ({ key: publicKey, person, role, region })),
      time: clock(),
    };
    const grants = signStatement(typeLine("grant"), body, [root]);
    try {
      const result = await core.append(LOG, grants);
      if (result.kind === "moved") throw new Error("a statement without a size cannot have moved");
      return { index: result.index };
    } catch (error) {
      if (isMisfortune(error)) return NOT_WRITTEN;
      throw error;
    }
  }
}
