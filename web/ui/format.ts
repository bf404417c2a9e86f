/** Numbers and times as the screens write them: 1.454.640, 64,0 %, 14 Februari 2029 pukul 20.15.03 WITA. */

export type Language = "id" | "en";

const MINUTE = 60_000;
const OFFSETS: Readonly<Record<string, number>> = { WIB: 7 * 60, WITA: 8 * 60, WIT: 9 * 60 };
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  id: "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};

/** A whole number with its thousands apart. */
export function formatNumber(value: number, language: Language): string {
  const separator = language === "id" ? "." : ",";
  return String(value).replace(/\B(?=(\d{3})+$)/g, separator);
}

/** A share with one decimal, rounded to the nearest; 100 only for all, 0 only for none. A dash where the whole is 0. */
export function formatShare(part: number, whole: number, language: Language): string {
  if (whole === 0) return "–";
  const tenths = Math.round((part * 1000) / whole);
  const kept = part === 0 || part === whole ? tenths : Math.min(999, Math.max(1, tenths));
  const comma = language === "id" ? "," : ".";
  return `${Math.floor(kept / 10)}${comma}${kept % 10}%`;
}

/** Minutes east of UTC of "WIB", "WITA", "WIT" or "+09:00"; an unknown zone is taken as UTC. */
export function offsetOf(zone: string): number {
  const known = OFFSETS[zone];
  if (known !== undefined) return known;
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === "-" ? -size : size;
}

/** A day, `2029-02-14`, as people write it: `14 Februari 2029`. */
export function formatDay(day: string, language: Language): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${MONTHS[language][Number(month) - 1]} ${year}`;
}

/** A time (milliseconds since 1970) on the clocks of a zone, with the zone's name. */
export function formatTime(time: number, zone: string, language: Language): string {
  const local = new Date(time + offsetOf(zone) * MINUTE);
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two);
  const date = formatDay(local.toISOString().slice(0, 10), language);
  const name = zone in OFFSETS ? zone : `UTC${zone.startsWith("+") || zone.startsWith("-") ? zone : ""}`;
  return language === "id" ? `${date} pukul ${clock.join(".")} ${name}` : `${date}, ${clock.join(":")} ${name}`;
}
