/** What handing in a statement asks of a hall; `hall.ts` is the real one. */
import type { ContestKind, RegionCode, StationCode } from "../election/codes.ts";
import type { Hash } from "../ledger/hash.ts";
import type { PlenaryState } from "./plenary-state.ts";

export interface DeskHall {
  readonly region: RegionCode;
  /** Reads what is new in its logs; whether anything was. */
  follow(): Promise<boolean>;
  state(): PlenaryState;
  /** Id of the reading of a station that stands, whoever gave it; null if it is not read. */
  readingOf(contest: ContestKind, station: StationCode): Hash | null;
}
