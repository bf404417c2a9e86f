/**
 * By when each level must have certified, counted from the day of the vote.
 *
 * The windows are those of 2024 (PKPU 3/2022, amended), of which the last is the law's own: 35 days (UU 7/2017 art. 413). The
 * definition says the day of the vote; under one that does not, nothing counts down.
 */
import type { Model, Region } from "../election/model.ts";
import type { PlenaryLevel } from "./form.ts";
import { minutesAhead } from "./words.ts";

const DAYS: Readonly<Record<PlenaryLevel, number>> = { kecamatan: 17, kabupaten: 20, provinsi: 25, nation: 35 };
const DAY_MS = 86_400_000;

/**
 * The end of the last day of a region's plenary, in the region's own zone; milliseconds since 1970. Null where the definition
 * does not say the day of the vote.
 *
 * @throws RangeError for a desa, which has no plenary
 */
export function deadlineOf({ votingDay }: Model, { code, level, zone }: Region): number | null {
  if (level === "desa") throw new RangeError(`${code} has no plenary`);
  if (votingDay === null) return null;
  return Date.parse(`${votingDay}T00:00:00Z`) + (DAYS[level] + 1) * DAY_MS - minutesAhead(zone) * 60_000 - 1;
}
