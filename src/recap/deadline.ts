/**
 * By when each level must have certified, counted from the day of the vote.
 *
 * The windows are those of 2024 (PKPU 3/2022, amended), of which the last is the law's own: 35 days (UU 7/2017 art. 413). The
 * definition does not know the day of the vote: whoever opens the hall says it, and a hall that was not told counts nothing.
 */
import type { RegionCode } from "../election/codes.ts";
import { levelOf } from "../election/codes.ts";
import type { PlenaryLevel } from "./form.ts";
import { minutesAhead } from "./words.ts";

const DAYS: Readonly<Record<PlenaryLevel, number>> = { kecamatan: 17, kabupaten: 20, provinsi: 25, nation: 35 };
const DAY_MS = 86_400_000;

/**
 * The end of the last day, in the region's own zone; milliseconds since 1970. Null where no day was told.
 *
 * @param votingDay `YYYY-MM-DD`
 * @throws RangeError if it is no day
 */
export function deadlineOf(votingDay: string | null, region: RegionCode, zone: string): number | null {
  if (votingDay === null) return null;
  const day = Date.parse(`${votingDay}T00:00:00Z`);
  if (Number.isNaN(day) || votingDay.length !== 10)
    throw new RangeError(`a day such as 2029-02-14 is needed, found ${votingDay}`);
  const level = levelOf(region);
  if (level === "desa") throw new RangeError(`${region} has no plenary`);
  return day + (DAYS[level] + 1) * DAY_MS - minutesAhead(zone) * 60_000 - 1;
}
