/**
 * Which logs are written here, and with which key.
 *
 * A log has one writer at any time. It begins at the centre; a custody in its parent's plenary hands it to the key of another
 * place, and from then on nobody else may append to it, the centre no more than a laptop that was replaced. Whatever is
 * appended here asks first, by the newest custody that this place knows: a laptop that hears of its own replacement stops.
 */
import type { Signer } from "../ledger/note.ts";
import { shortKey } from "../ledger/statement.ts";
import type { LogName } from "../store/store.ts";
import { shortOf } from "../tally/authority.ts";
import type { Custody } from "../tally/plenary.ts";
import type { Standings } from "./standings.ts";

/** The key of a log at this place, under the name by which statements are signed; null if this place has none for it. */
export type LogKey = (log: LogName) => Signer | null;

export class Writers {
  readonly #standings: Standings;
  readonly #centre: Signer;
  readonly #logKey: LogKey;
  /** Whether `centre` is the election's; asked for every sheet. */
  #isElections: boolean | null = null;

  /** `centre`: signs in logs that were never handed over, if it is the election's centre. */
  constructor(standings: Standings, centre: Signer, logKey: LogKey = () => null) {
    this.#standings = standings;
    this.#centre = centre;
    this.#logKey = logKey;
  }

  /** Who writes a loaded log here; null if it is written elsewhere. */
  signerOf(log: LogName): Signer | null {
    const { genesis } = this.#standings;
    // Before there is a genesis there is one place only, which is about to write it.
    if (genesis === null) return this.#centre;
    const custody = this.#standings.custodies(log).at(-1);
    if (custody === undefined) {
      this.#isElections ??= this.#is(this.#centre, shortOf(genesis.centre));
      return this.#isElections ? this.#centre : null;
    }
    const own = this.#logKey(log);
    if (own !== null && this.#is(own, custody.writer)) return own;
    return this.#is(this.#centre, custody.writer) ? this.#centre : null;
  }

  /** The custody of a loaded log that its own last statements do not know yet: its writer has to begin with it. */
  unseenCustody(log: LogName, seenOfParent: number): Custody | null {
    const custody = this.#standings.custodies(log).at(-1);
    return custody !== undefined && custody.index >= seenOfParent ? custody : null;
  }

  #is(signer: Signer, short: string): boolean {
    return shortKey(signer.name) === short;
  }
}

/** The log is written at another place. Nothing was stored; whoever has custody of it has to append this. */
export class WrittenElsewhere extends Error {
  override readonly name = "WrittenElsewhere";
  readonly log: LogName;

  constructor(log: LogName) {
    super(
      `${log} ditulis di tempat lain sesuai serah terima terakhir; lanjutkan di sana / ` +
        `${log} is written elsewhere since its last hand-over; go on there`,
    );
    this.log = log;
  }
}
